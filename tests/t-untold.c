/* What was done and not yet told, in files: a line each word, for this user, for a while. */
#include "app/untold.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utc.h"
#include "store/sitefile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char dir[32], folder[64];
static struct sitefile *file;

static const char *const done[HERALD_WORDS] = { [HERALD_TIME] = "2026-11-21T03:42:00.123Z",
	[HERALD_NODE] = "UPS1", [HERALD_ACT] = "off", [HERALD_DETAIL] = "shown",
	[HERALD_WHO] = "sato@console" };

static char *damaged;		/* what the last untold_read() said */

static const struct site *site(void)
{
	return sitefile_site(file);
}

/* What all have, behind site and terminal. */
#define REST "\"time\":\"2026-11-21T03:42:00Z\",\"node\":\"UPS1\",\"act\":\"off\"," \
	"\"detail\":\"\",\"who\":\"\""

static int set_up(void **state)
{
	char *text = mem_dup("[Network]\nFormat=1\nSiteKey="
	    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n");

	(void)state;
	strcpy(dir, "/tmp/t-untold-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(folder, sizeof folder, "%s/amc/untold", dir);
	setenv("XDG_STATE_HOME", dir, 1);
	file = sitefile_parse("site.ini", text, strlen(text), NULL);
	return 0;
}

static int tear_down(void **state)
{
	char *command = mem_printf("rm -rf %s", dir);

	(void)state;
	free(damaged);
	damaged = NULL;
	sitefile_free(file);
	assert_int_equal(system(command), 0);
	free(command);
	return 0;
}

static size_t count(void)
{
	struct untold *list, *next;
	size_t n;

	free(damaged);
	n = untold_read(site(), &list, &damaged);

	for (; list; list = next) {
		next = list->next;
		untold_free(list);
	}
	return n;
}

static void each_has_a_file(void **state)
{
	struct untold *u = untold_new(site(), 7, done, true), *list;
	struct stat st;

	(void)state;
	assert_null(u->trouble);
	assert_int_equal(stat(u->path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(stat(folder, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_int_equal(untold_read(site(), &list, &damaged), 1);
	assert_int_equal(list->terminal, 7);
	assert_string_equal(list->words[HERALD_WHO], "sato@console");
	assert_null(list->words[HERALD_KEY]);
	/* the other program tells it */
	assert_false(untold_is_gone(u));
	untold_over(list);
	assert_true(untold_is_gone(u));
	untold_free(u);
	assert_int_equal(count(), 0);
}

/* What a terminal would refuse, or take for another one when it comes again. */
static void a_word_is_a_line(void **state)
{
	const char *words[HERALD_WORDS];
	struct untold *u, *list;

	(void)state;
	memcpy(words, done, sizeof words);
	words[HERALD_DETAIL] = "denied: two\nlines\xff";
	u = untold_new(site(), 7, words, true);
	assert_string_equal(u->words[HERALD_DETAIL], "denied: two?lines?");
	assert_int_equal(untold_read(site(), &list, &damaged), 1);
	assert_string_equal(list->words[HERALD_DETAIL], u->words[HERALD_DETAIL]);
	untold_free(list);
	untold_over(u);
}

static void what_cannot_be_kept_says_why(void **state)
{
	char *at = mem_printf("%s/none", dir);
	struct untold *u;

	(void)state;
	assert_true(file_replace(at, "", 0, 0600, NULL));
	setenv("XDG_STATE_HOME", at, 1);
	u = untold_new(site(), 7, done, true);
	assert_null(u->path);
	assert_non_null(strstr(u->trouble, at));
	assert_false(untold_is_gone(u));
	untold_over(u);
	setenv("XDG_STATE_HOME", dir, 1);
	free(at);
}

static void put(int64_t at, const char *text)
{
	char *path = mem_printf("%s/%013lld-1", folder, (long long)at);

	assert_true(file_replace(path, text, strlen(text), 0600, NULL));
	free(path);
}

static void old_ones_and_those_of_others_are_passed_over(void **state)
{
	int64_t now = utc_now(), day = 24 * 3600 * 1000;
	struct untold *u = untold_new(site(), 7, done, true);
	char *old = mem_printf("%s/%013lld-1", folder, (long long)(now - 31 * day));

	(void)state;
	put(now - 31 * day, "{}");
	put(now - 2 * day, "{\"site\":\"0123456789abcdef\",\"terminal\":7," REST "}");
	/* by a program that is about to */
	put(now - 10, "{\"site\":");
	assert_int_equal(count(), 1);
	assert_null(damaged);
	assert_int_not_equal(access(old, F_OK), 0);
	untold_over(u);
	free(old);
}

/* What a falling machine or a full disk left is neither lost without a word nor in the way. */
static void what_is_damaged_is_put_aside(void **state)
{
	static const char *const texts[] = { "{\"site\":", "", "{}",
		"{\"site\":\"0123456789abcdef\",\"terminal\":0," REST "}",
		"{\"site\":\"0123456789abcdef\",\"terminal\":7,\"time\":\"then\"}" };
	struct untold *u = untold_new(site(), 7, done, true);
	int64_t now = utc_now(), hour = 3600 * 1000;
	char path[100];

	(void)state;
	for (int i = 0; i < 5; i++) {
		put(now - hour, texts[i]);
		assert_int_equal(count(), 1);
		snprintf(path, sizeof path, "%s/damaged-%013lld-1", folder, (long long)(now - hour));
		if (!damaged || !strstr(damaged, path))
			fail_msg("%s is said to be: %s", texts[i], damaged ? damaged : "well");
		assert_int_equal(access(path, F_OK), 0);
		/* it is said once */
		assert_int_equal(count(), 1);
		assert_null(damaged);
	}
	for (int i = 1; i < 6; i++)
		put(now - i * hour, "");
	assert_int_equal(count(), 1);
	assert_non_null(strstr(damaged, "5 acts"));
	assert_non_null(strstr(damaged, ", ..."));
	/* and do not stay for ever */
	snprintf(path, sizeof path, "%s/damaged-%013lld-1", folder,
	    (long long)(now - 31 * 24 * hour));
	assert_true(file_replace(path, "", 0, 0600, NULL));
	assert_int_equal(count(), 1);
	assert_int_not_equal(access(path, F_OK), 0);
	untold_over(u);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_has_a_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_word_is_a_line, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_cannot_be_kept_says_why, set_up, tear_down),
		cmocka_unit_test_setup_teardown(old_ones_and_those_of_others_are_passed_over, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(what_is_damaged_is_put_aside, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
