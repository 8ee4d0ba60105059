/* prefs: an operator's own settings survive the console, two consoles do not undo each other, and no fault of the file is in the way. */
#include "tui/prefs.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static char dir[] = "/tmp/t-prefs.XXXXXX";
static char path[64];

static struct prefs *load(void)
{
	struct err e = { .text = "?" };
	struct prefs *p = prefs_new(&e);

	assert_string_equal(e.text, "");
	return p;
}

static void save(struct prefs *p)
{
	struct err e;

	if (!prefs_save(p, &e))
		fail_msg("%s", e.text);
	prefs_free(p);
}

static void test_nothing_yet(void **state)
{
	struct prefs *p = load();

	(void)state;
	assert_null(prefs_get(p, "theme"));
	assert_int_equal(prefs_number(p, "split", 10, 90, 29), 29);
	save(p);
	/* nothing was set: nothing is written */
	assert_int_equal(access(path, F_OK), -1);
}

static void test_kept(void **state)
{
	static const char *const values[] = { "", "dark", "名前 = UPS; '\"#\\ 100%", " ends ",
	    "\\", "[x]", "%41", "a:b,c:d" };
	struct prefs *p = load();
	struct stat st;
	char key[16];

	(void)state;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		snprintf(key, sizeof key, "key-%zu", i);
		prefs_set(p, key, values[i]);
		assert_string_equal(prefs_get(p, key), values[i]);
	}
	prefs_set_number(p, "split", 33);
	save(p);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	p = load();
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		snprintf(key, sizeof key, "key-%zu", i);
		assert_string_equal(prefs_get(p, key), values[i]);
	}
	assert_int_equal(prefs_number(p, "split", 10, 90, 29), 33);
	assert_int_equal(prefs_number(p, "split", 40, 90, 50), 50);
	assert_int_equal(prefs_number(p, "key-1", 0, 9, 7), 7);
	prefs_free(p);
}

/* Each console's changes stay, and of the same setting the later one. */
static void test_two_consoles(void **state)
{
	struct prefs *a = load(), *b = load();

	(void)state;
	prefs_set(a, "theme", "light");
	prefs_set(a, "sort", "name");
	prefs_set(b, "theme", "dark");
	save(a);
	save(b);
	a = load();
	assert_string_equal(prefs_get(a, "theme"), "dark");
	assert_string_equal(prefs_get(a, "sort"), "name");
	prefs_free(a);
}

/* A line that no ini reader would take whole is not written. */
static void test_bounds(void **state)
{
	struct prefs *p = load();
	char long_one[PREFS_VALUE + 2];

	(void)state;
	prefs_set(p, "theme", "light");
	memset(long_one, 'x', sizeof long_one);
	long_one[PREFS_VALUE + 1] = '\0';
	prefs_set(p, "theme", long_one);
	assert_string_equal(prefs_get(p, "theme"), "light");
	prefs_set(p, "theme", "two\nlines");
	assert_string_equal(prefs_get(p, "theme"), "light");
	memset(long_one, '#', PREFS_VALUE / 2);
	long_one[PREFS_VALUE / 2] = '\0';
	prefs_set(p, "theme", long_one);
	assert_string_equal(prefs_get(p, "theme"), "light");
	long_one[PREFS_VALUE] = '\0';
	memset(long_one, 'x', PREFS_VALUE);
	prefs_set(p, "theme", long_one);
	save(p);
	p = load();
	assert_string_equal(prefs_get(p, "theme"), long_one);
	prefs_free(p);
}

static void write_file(const char *text)
{
	struct err e;
	char *d = file_dir(path);

	assert_true(file_mkdirs(d, 0700, &e));
	assert_true(file_replace(path, text, strlen(text), 0600, &e));
	free(d);
}

/* Told once; what is set counts until the end, and the rest of the file is left alone. */
static void test_faults(void **state)
{
	struct prefs *p;
	struct err e;
	char *bytes;
	size_t len;

	(void)state;
	write_file("[console]\nthis is no setting\n");
	p = prefs_new(&e);
	assert_non_null(strstr(e.text, path));
	assert_null(prefs_get(p, "theme"));
	prefs_set(p, "theme", "light");
	assert_string_equal(prefs_get(p, "theme"), "light");
	save(p);
	bytes = file_read(path, 1000, &len, &e);
	assert_non_null(strstr(bytes, "this is no setting"));
	assert_non_null(strstr(bytes, "theme = light"));
	free(bytes);
	unlink(path);

	/* the folder cannot be made */
	setenv("XDG_STATE_HOME", "/proc/nowhere", 1);
	p = load();
	prefs_set(p, "theme", "light");
	assert_false(prefs_save(p, &e));
	assert_non_null(strstr(e.text, "are not kept: /proc/nowhere"));
	assert_true(prefs_save(p, &e));
	prefs_free(p);
	setenv("XDG_STATE_HOME", dir, 1);
}

static void test_no_home(void **state)
{
	struct prefs *p;
	struct err e;

	(void)state;
	unsetenv("XDG_STATE_HOME");
	unsetenv("HOME");
	p = load();
	prefs_set(p, "theme", "light");
	assert_false(prefs_save(p, &e));
	assert_non_null(strstr(e.text, "neither HOME nor XDG_STATE_HOME"));
	prefs_free(p);
	setenv("XDG_STATE_HOME", dir, 1);
}

static int make_dir(void **state)
{
	(void)state;
	if (!mkdtemp(dir))
		return -1;
	setenv("XDG_STATE_HOME", dir, 1);
	snprintf(path, sizeof path, "%s/amc/console.conf", dir);
	return 0;
}

static int forget(void **state)
{
	(void)state;
	unlink(path);
	return 0;
}

static int remove_dir(void **state)
{
	char *sub = file_dir(path);

	(void)state;
	rmdir(sub);
	free(sub);
	return rmdir(dir);
}

#define PREFS_TEST(t) cmocka_unit_test_setup(t, forget)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PREFS_TEST(test_nothing_yet),
		PREFS_TEST(test_kept),
		PREFS_TEST(test_two_consoles),
		PREFS_TEST(test_bounds),
		PREFS_TEST(test_faults),
		cmocka_unit_test_setup_teardown(test_no_home, forget, forget),
	};

	unsetenv("LANGUAGE");
	setenv("LC_ALL", "C.UTF-8", 1);
	i18n_init();
	return cmocka_run_group_tests_name("prefs", tests, make_dir, remove_dir);
}
