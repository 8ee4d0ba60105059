/*
 * Which passwords are taken, and what is said of those that are not.
 */
#include "app/passwd.h"
#include "base/conf.h"
#include "peer/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void each_is_judged(void **state)
{
	static const char *const names[] = { "operator", "", "sato", "SSC-CL-SV1", "x", "制御端末", NULL };
	static const struct { const char *password, *words; } cases[] = {
		{ "correct horse battery", NULL },
		{ "12345679", NULL },
		{ "無停電電源装置群", NULL },
		{ "operator", "has the name operator and 0 more" },
		{ "Operator2026", "has the name operator and 4 more" },
		{ "2026OPERATOR!", "has the name operator and 5 more" },
		{ "operator and 8 more", NULL },
		{ "satosato", "has the name sato and 4 more" },
		{ "ssc-cl-sv1ssc", "has the name SSC-CL-SV1 and 3 more" },
		{ "制御端末1234567", "has the name 制御端末 and 7 more" },
		{ "xylophones", NULL },
		{ "aaaaaaaaaaaa", "only 1 different character" },
		{ "abababababab", "only 2 different characters" },
		{ "電源電源電源電源", "only 2 different characters" },
		{ "12345678", "a row of characters" },
		{ "hgfedcba", "a row of characters" },
		{ "abcdefghijk", "a row of characters" },
		{ "demodemo", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err e = { .text = "" };
		bool ok = passwd_allows(cases[i].password, names, &e);

		if (ok != !cases[i].words || (!ok && !strstr(e.text, cases[i].words)))
			fail_msg("%s: \"%s\"", cases[i].password, e.text);
	}
}

/* What libcrypt made is what libcrypt, asked by another program, says of it. */
static bool second_opinion(const char *password, const char *hash)
{
	char command[600], got[200] = "";
	FILE *f;

	snprintf(command, sizeof command, "perl -e 'print crypt($ARGV[0], $ARGV[1])' '%s' '%s'",
	    password, hash);
	f = popen(command, "r");
	if (!f || !fgets(got, sizeof got, f))
		got[0] = '\0';
	pclose(f);
	return strcmp(got, hash) == 0;
}

static void into_the_settings(void **state)
{
	char path[] = "/tmp/amc-passwd-XXXXXX", *first, *second;
	struct conf *c;
	struct err e = { .text = "" };

	(void)state;
	close(mkstemp(path));
	assert_true(conf_set(path, "amcd", "Name", "TANSHI-1", &e));
	assert_true(conf_set(path, "amcd", "StateDirectory", "/tmp/amc-no-such-folder", &e));
	assert_true(passwd_set(path, "operator", "correct horse", &e));
	c = conf_read(path, &e);
	first = strdup(conf_get(c, "passwords", "Operator"));
	conf_free(c);
	assert_int_equal(strncmp(first, "$y$", 3), 0);
	assert_true(second_opinion("correct horse", first));
	assert_false(second_opinion("correct hors", first));

	assert_false(passwd_set(path, "operator", "correct horse", &e));
	assert_string_equal(e.text, "this is the password that the operator has already");
	assert_false(passwd_set(path, "viewer", "correct horse", &e));
	assert_string_equal(e.text, "this is the password of the operator; each role needs its own");
	assert_false(passwd_set(path, "viewer", "tanshi-1-2026", &e));
	assert_non_null(strstr(e.text, "the name TANSHI-1"));
	assert_false(passwd_set(path, "viewer", "operator2026", &e));
	assert_non_null(strstr(e.text, "the name operator"));
	assert_false(passwd_set(path, "root", "correct horse 2", &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_false(passwd_set(path, "viewer", "short", &e));
	assert_non_null(strstr(e.text, "at least 8"));
	assert_true(passwd_set(path, "operator", "another horse", &e));
	c = conf_read(path, &e);
	second = strdup(conf_get(c, "passwords", "Operator"));
	assert_null(conf_get(c, "passwords", "Viewer"));
	conf_free(c);
	assert_string_not_equal(first, second);
	free(first);
	free(second);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_judged),
		cmocka_unit_test(into_the_settings),
	};

	setenv("LOGNAME", "", 1);
	unsetenv("SUDO_USER");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
