/*
 * A second opinion: iniparser, written by others, reads every sample and the
 * nastiest files that we write with the same sections, keys and values. What
 * stands in the file as %XX is %XX to it.
 */
#include "base/conf.h"
#include "base/file.h"
#include "base/mem.h"
#include "store/ini.h"
#include "store/sitefile.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void no_fault(void *arg, long line, const char *words)
{
	(void)arg;
	fail_msg("line %ld: %s", line, words);
}

/* The raw value without the quotes around it. */
static char *unquoted(const struct ini_key *k)
{
	bool quoted = k->raw_len >= 2 && k->raw[0] == '"' &&
	    k->raw[k->raw_len - 1] == '"';

	return mem_ndup(k->raw + quoted, k->raw_len - 2 * quoted);
}

/* How many keys a file has, all of which iniparser reads as we do. */
static int agree(const char *path)
{
	struct err e = { .text = "" };
	ini_section s;
	struct conf *conf;
	struct ini_key k;
	struct ini *ini;
	size_t len, at;
	char *bytes = file_read(path, 1 << 20, &len, &e);
	int count = 0;

	if (!bytes)
		fail_msg("%s", e.text);
	conf = conf_read(path, &e);
	if (!conf)
		fail_msg("%s", e.text);
	ini = ini_parse(bytes, len, no_fault, NULL);
	for (s = ini_first(ini); s; s = ini_next(ini, s)) {
		const char *title = ini_title(ini, s, &len);
		char *name = mem_ndup(title, len);

		for (at = 0; ini_each(ini, s, &at, &k); count++) {
			char *key = mem_ndup(k.key, k.key_len);
			char *ours = unquoted(&k);
			const char *theirs = conf_get(conf, name, key);

			if (!theirs || strcmp(theirs, ours) != 0)
				fail_msg("%s: [%s] %s: \"%s\" is \"%s\" to iniparser",
				    path, name, key, ours,
				    theirs ? theirs : "nothing");
			free(ours);
			free(key);
		}
		free(name);
	}
	ini_free(ini);
	conf_free(conf);
	return count;
}

static void it_reads_every_sample_alike(void **state)
{
	const char *top = getenv("top_srcdir");
	char *pattern = mem_printf("%s/data/samples/*.ini", top ? top : ".");
	glob_t found;
	size_t i;

	(void)state;
	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	assert_true(found.gl_pathc >= 13);
	for (i = 0; i < found.gl_pathc; i++)
		assert_true(agree(found.gl_pathv[i]) > 10);
	globfree(&found);
	free(pattern);
}

static const char *const nasty[] = {
	"plain", "a;b", "a ; b", "#1", " blanks ", "\t", "\"", "\"\"", "'", "''",
	"say \"hi\"", "'single'", "it's", "100%", "%41", "%", "C:\\", "C:\\\\",
	"\\", "\\;", "back\\slash", "a=b", "=", "[A]", "[Network]", "a:b", ";",
	"; comment", "# comment", "x \\", "\"a;b\\", "% \\", "a\\\"", "表", "ソ",
	"電源装置; 予備", "ｱｲｳ\\", "é", "🔋", "$(x) `y` ~", "...", "\xc2\xa0",
};

/* Writes all of them as descriptions of groups, in a file of this start. */
static void write_all(const char *path, const char *start, bool skip_unknown)
{
	struct sitefile *f = sitefile_parse(path, mem_dup(start), strlen(start),
	    NULL);
	struct site *s = sitefile_site(f);
	struct findings faults = { 0 };
	struct err e = { .text = "" };
	struct node *n;
	char name[20], *bytes;
	size_t i, len;

	for (i = 0; i < sizeof nasty / sizeof *nasty; i++) {
		snprintf(name, sizeof name, "G%zu", i);
		n = site_add(s, &site_network(s)->node, IN_ITSELF, KIND_GROUP,
		    name, &e);
		if (strchr(nasty[i], '\t'))	/* not allowed in a field */
			continue;
		if (skip_unknown && (strstr(nasty[i], "🔋") ||
		    strstr(nasty[i], "é") || strstr(nasty[i], "\xc2\xa0")))
			continue;	/* CP932 has none of these */
		if (!site_set(s, n, field_find(group_fields, "Description"),
		    nasty[i], &e))
			fail_msg("%s", e.text);
	}
	bytes = sitefile_print(f, &len, &e);
	if (!bytes || !file_replace(path, bytes, len, 0600, &e))
		fail_msg("%s", e.text);
	sitefile_free(f);
	/* read back they are the same texts */
	f = sitefile_parse(path, bytes, len, &faults);
	s = sitefile_site(f);
	if (faults.n)
		fail_msg("%ld: %s", faults.list[0].line, faults.list[0].message);
	for (i = 0; i < sizeof nasty / sizeof *nasty; i++) {
		snprintf(name, sizeof name, "G%zu", i);
		n = site_lookup(s, name, NULL, NULL);
		if (*node_group(n)->description)
			assert_string_equal(node_group(n)->description, nasty[i]);
	}
	sitefile_free(f);
}

static void it_reads_what_we_write(void **state)
{
	/* the second is CP932, the third has its line ends */
	static const char *const starts[] = {
		"; a site\n[Network]\nFormat=1\nRevision=1\n",
		"; \x95\x5c.\n[Network]\nFormat=1\nRevision=1\n",
		"[Network]\r\nFormat=1\r\nRevision=1\r\n",
	};
	char folder[] = "/tmp/t-iniparser.XXXXXX", *path;
	size_t i;

	(void)state;
	assert_non_null(mkdtemp(folder));
	path = file_join(folder, "site.ini");
	for (i = 0; i < 3; i++) {
		write_all(path, starts[i], i == 1);
		assert_true(agree(path) > 120);
	}
	unlink(path);
	rmdir(folder);
	free(path);
}

/* The longest line that we write is one that it reads. */
static void it_reads_the_longest_line(void **state)
{
	char folder[] = "/tmp/t-iniparser.XXXXXX", *path;
	struct text s = { 0 };
	struct err e;

	(void)state;
	assert_non_null(mkdtemp(folder));
	path = file_join(folder, "site.ini");
	text_add(&s, "[Network]\nFuture=");
	while (s.len < 10 + INI_LINE)
		text_add(&s, "x");
	text_add(&s, "\nFormat=1\n");
	assert_true(file_replace(path, s.s, s.len, 0600, &e));
	assert_int_equal(agree(path), 2);
	text_done(&s);
	unlink(path);
	rmdir(folder);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_reads_every_sample_alike),
		cmocka_unit_test(it_reads_what_we_write),
		cmocka_unit_test(it_reads_the_longest_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
