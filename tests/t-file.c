/*
 * base/file: files that are replaced whole, locks, paths. Each test has a folder of
 * its own.
 */
#include "base/err.h"
#include "base/file.h"
#include "folder.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

static mode_t mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(lstat(path, &st), 0);
	return st.st_mode;
}

static void holds(const char *path, const char *want)
{
	struct err e = { .text = "" };
	size_t len;
	char *s = file_read(path, 10000, &len, &e);

	if (!s)
		fail_msg("%s", e.text);
	assert_string_equal(s, want);
	assert_int_equal(len, strlen(want));
	free(s);
}

static bool replace(const char *path, const char *text, struct err *e)
{
	return file_replace(path, text, strlen(text), 0600, e);
}

static void a_file_keeps_its_mode(void **state)
{
	struct err e;

	(void)state;
	umask(0);	/* a new file's mode does not depend on it */
	assert_true(replace("new", "1", &e));
	assert_int_equal(mode_of("new") & 07777, 0600);
	chmod("new", 0640);
	assert_true(replace("new", "22", &e));
	assert_int_equal(mode_of("new") & 07777, 0640);
	holds("new", "22");
	assert_true(replace("new", "", &e));
	holds("new", "");
	if (geteuid() == 0) {	/* the owner, too */
		struct stat st;

		assert_int_equal(chown("new", 1, 2), 0);
		assert_true(replace("new", "3", &e));
		assert_int_equal(stat("new", &st), 0);
		assert_int_equal(st.st_uid, 1);
		assert_int_equal(st.st_gid, 2);
	}
}

static void a_link_stays_a_link(void **state)
{
	struct err e;

	(void)state;
	assert_int_equal(mkdir("etc", 0700), 0);
	assert_int_equal(symlink("etc/real", "link"), 0);
	assert_true(replace("etc/real", "old", &e));
	assert_true(replace("link", "new", &e));
	assert_true(S_ISLNK(mode_of("link")));
	assert_true(S_ISREG(mode_of("etc/real")));
	holds("etc/real", "new");
}

/* A link to nothing yet: what it points to is made, the link stays. */
static void a_link_to_a_new_file_stays_a_link(void **state)
{
	struct err e = { .text = "" };

	(void)state;
	assert_int_equal(mkdir("etc", 0700), 0);
	assert_int_equal(symlink("etc/real", "link"), 0);
	if (!replace("link", "new", &e))
		fail_msg("%s", e.text);
	assert_true(S_ISLNK(mode_of("link")));
	holds("etc/real", "new");
}

static void what_cannot_be_read_is_told(void **state)
{
	struct err e;
	size_t len;

	(void)state;
	assert_null(file_read("none", 10, &len, &e));
	assert_string_equal(e.text, "none: No such file or directory");
	assert_null(file_read(".", 10, &len, &e));
	assert_string_equal(e.text, ".: not a regular file");
	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_null(file_read("fifo", 10, &len, &e));	/* and does not wait */
	assert_string_equal(e.text, "fifo: not a regular file");
	assert_true(replace("long", "12345678901", &e));
	assert_null(file_read("long", 10, &len, &e));
	assert_string_equal(e.text,
	    "long: 11 bytes is too long; at most 10 are read");
}

static void what_cannot_be_written_leaves_the_old(void **state)
{
	struct err e = { .text = "" };

	(void)state;
	assert_false(replace("none/file", "x", &e));
	assert_string_equal(e.text, "none/file: there is no such folder: none");
	assert_int_equal(mkdir("folder", 0700), 0);
	assert_false(replace("folder", "x", &e));
	assert_string_equal(e.text, "folder: Is a directory");
	assert_int_equal(system("ls -A | grep -v folder"), 256);	/* nothing beside */
}

static void one_holds_the_lock(void **state)
{
	struct err e;
	int lock, status;
	pid_t child;

	(void)state;
	lock = file_lock("site", &e);
	assert_true(lock >= 0);
	child = fork();
	if (child == 0) {
		struct err refused;
		bool got = file_lock("site", &refused) >= 0;
		char words[60];

		snprintf(words, sizeof words, ", process %ld", (long)getppid());
		_exit(got ? 1 : refused.kind != ERR_REFUSED ? 2 : strncmp(refused.text,
		    "site: somebody else is saving it just now: ", 43) ? 3 :
		    !strstr(refused.text, words) ? 4 : 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	file_unlock(lock, "site");
	assert_int_equal(access("site.lock", F_OK), -1);
	lock = file_lock("site", &e);
	assert_true(lock >= 0);
	/* one that lets go in a moment is waited for */
	child = fork();
	if (child == 0)
		_exit(file_lock("site", NULL) < 0);
	usleep(100000);
	file_unlock(lock, "site");
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	file_unlock(-1, "site");
}

static void paths_are_parted_and_made(void **state)
{
	static const struct {
		const char *path, *dir, *name;
	} parts[] = {
		{ "a.ini", ".", "a.ini" },
		{ "/a.ini", "/", "a.ini" },
		{ "/etc/amc/a.ini", "/etc/amc", "a.ini" },
		{ "./a", ".", "a" },
	};
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof parts / sizeof *parts; i++) {
		char *dir = file_dir(parts[i].path);

		assert_string_equal(dir, parts[i].dir);
		assert_string_equal(file_name(parts[i].path), parts[i].name);
		free(dir);
	}
	assert_true(file_mkdirs("a/b/c", 0700, &e));
	assert_true(file_mkdirs("a/b/c", 0700, &e));
	assert_int_equal(mode_of("a/b/c") & 07777, 0700);
	assert_true(replace("a/f", "x", &e));
	assert_false(file_mkdirs("a/f/g", 0700, &e));
	assert_string_equal(e.text, "a/f/g: Not a directory");
}

static void a_password_is_the_first_line(void **state)
{
	struct err e;
	char *line, longest[1100];

	(void)state;
	assert_true(replace("p", "secret word\r\nmore\n", &e));
	line = file_first_line("p", &e);
	assert_string_equal(line, "secret word");
	free(line);
	assert_true(replace("p", "no end", &e));
	line = file_first_line("p", &e);
	assert_string_equal(line, "no end");
	free(line);
	assert_true(replace("p", "", &e));
	line = file_first_line("p", &e);
	assert_string_equal(line, "");
	free(line);
	memset(longest, 'x', sizeof longest);
	longest[1001] = '\0';
	assert_true(replace("p", longest, &e));
	assert_null(file_first_line("p", &e));
	assert_string_equal(e.text,
	    "p: the first line is not plain text of at most 1000 bytes");
	assert_true(file_replace("p", "a\0b\n", 4, 0600, &e));
	assert_null(file_first_line("p", &e));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_folder, remove_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_keeps_its_mode),
		TEST(a_link_stays_a_link),
		TEST(a_link_to_a_new_file_stays_a_link),
		TEST(what_cannot_be_read_is_told),
		TEST(what_cannot_be_written_leaves_the_old),
		TEST(one_holds_the_lock),
		TEST(paths_are_parted_and_made),
		TEST(a_password_is_the_first_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
