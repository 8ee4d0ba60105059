/*
 * Saving a site: what is counted and kept, who is refused, and that the file
 * is never harmed. The death of the program is for tests/saving.sh.
 */
#include "store/sitefile.h"

#include "base/file.h"
#include "base/mem.h"
#include "store/history.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "folder.h"
#include "node.h"

#define NET "[Network]\nFormat=1\nRevision=1\n"
#define G1 "[Group1]\nName=A\nParent=Network\n"
#define BYTES(s) s, sizeof s - 1
#define TREE NET G1 \
	"[Ups1]\nName=UPS1\nParent=Group1.PowerDevices\n" \
	"[Terminal1]\nName=T1\nParent=Group1.ControlTerminals\n" \
	"[Group2]\nName=B\nParent=Group1\n" \
	"[Terminal2]\nName=T2\nParent=Group2.LinkedTerminals\n" \
	"[Plugin]\nx=1\n"

static void put(const char *path, const char *s)
{
	struct err e = { .text = "" };

	if (!file_replace(path, s, strlen(s), 0600, &e))
		fail_msg("%s", e.text);
}

static void holds(const char *path, const char *want)
{
	size_t len;
	char *s = file_read(path, 1 << 20, &len, NULL);

	assert_non_null(s);
	assert_string_equal(s, want);
	free(s);
}

static struct sitefile *open_good(const char *path)
{
	struct findings found = { 0 };
	struct err e = { .text = "" };
	struct sitefile *f = sitefile_read(path, &found, &e);

	if (!f || sitefile_faulty(f))
		fail_msg("%s", f ? found.list[0].message : e.text);
	findings_done(&found);
	return f;
}

static void save(struct sitefile *f)
{
	struct err e = { .text = "" };

	if (!sitefile_save(f, NULL, &e))
		fail_msg("%s", e.text);
}

static void saving_counts_and_keeps_the_old(void **state)
{
	struct sitefile *f;
	struct stat st;
	size_t len;
	char *s, host[65] = "";

	(void)state;
	put("site.ini", TREE);
	chmod("site.ini", 0640);
	f = open_good("site.ini");
	save(f);		/* nothing to do */
	holds("site.ini", TREE);
	assert_int_equal(access("history", F_OK), -1);
	set(f, "UPS1", "ConfirmSeconds", "90");
	save(f);
	s = file_read("site.ini", 10000, &len, NULL);
	assert_non_null(strstr(s, "[Network]\nFormat=1\nRevision=2\nSaved="));
	gethostname(host, 64);
	assert_string_equal(site_network(sitefile_site(f))->saved_by, host);
	assert_memory_equal(strstr(s, "Parent=Group1.PowerDevices\n") + 27,
	    "ConfirmSeconds=90\n", 18);
	free(s);
	assert_int_equal(stat("site.ini", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	holds("history/site.ini.1", TREE);
	assert_int_equal(stat("history/site.ini.1", &st), 0);
	assert_int_equal(st.st_mode & 077, 0);
	/* and on from there, with the same open file */
	set(f, "UPS1", "ConfirmSeconds", "91");
	save(f);
	assert_int_equal(site_network(sitefile_site(f))->revision, 3);
	assert_int_equal(access("history/site.ini.2", F_OK), 0);
	assert_int_equal(access("site.ini.lock", F_OK), -1);
	sitefile_free(f);
}

static void a_new_site_is_private(void **state)
{
	struct sitefile *f = sitefile_new("new.ini");
	struct stat st;

	(void)state;
	save(f);
	sitefile_free(f);
	assert_int_equal(stat("new.ini", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	f = open_good("new.ini");
	assert_int_equal(strlen(site_network(sitefile_site(f))->site_key), 64);
	assert_int_equal(site_network(sitefile_site(f))->revision, 1);
	sitefile_free(f);
}

static void fifty_revisions_are_kept(void **state)
{
	struct err e;
	char name[40], bytes[20];
	int i;

	(void)state;
	for (i = 1; i <= HISTORY_KEEP + 7; i++) {
		snprintf(bytes, sizeof bytes, "%d", i);
		assert_true(history_keep("a.ini", i, bytes, strlen(bytes), &e));
		assert_true(history_keep("b.ini", 7, "b", 1, &e));
	}
	for (i = 1; i <= HISTORY_KEEP + 7; i++) {
		snprintf(name, sizeof name, "history/a.ini.%d", i);
		assert_int_equal(access(name, F_OK), i <= 7 ? -1 : 0);
	}
	holds("history/a.ini.57", "57");
	holds("history/b.ini.7", "b");
	assert_int_equal(access("history/b.ini.7.1", F_OK), -1);
	/* another file of the same number is kept, too */
	assert_true(history_keep("b.ini", 7, "B", 1, &e));
	holds("history/b.ini.7", "b");
	holds("history/b.ini.7.1", "B");
	/* files without a revision count too, and the oldest of them go first */
	for (i = 0; i < 60; i++) {
		snprintf(bytes, sizeof bytes, "%d", i);
		assert_true(history_keep("c.ini", 0, bytes, strlen(bytes), &e));
	}
	assert_int_equal(system("test $(ls history | grep -c '^c.ini') = 50"), 0);
	holds("history/c.ini.0.59", "59");
	assert_int_equal(access("history/c.ini.0.9", F_OK), -1);
}

/* Copies that somebody put beside the history, under numbers that no revision has. */
static void numbers_that_are_no_revisions_do_not_count(void **state)
{
	static const char *const made[] = { "20261126140000", "2147483647", "2000000001",
		"4294967299" };
	char name[64];
	struct sitefile *f;

	(void)state;
	put("site.ini", TREE);
	f = open_good("site.ini");
	assert_int_equal(mkdir("history", 0700), 0);
	for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
		snprintf(name, sizeof name, "history/site.ini.%s", made[i]);
		put(name, "a copy");
		assert_int_equal(history_latest("site.ini"), 0);
	}
	set(f, "UPS1", "ConfirmSeconds", "90");
	save(f);
	assert_int_equal(site_network(sitefile_site(f))->revision, 2);
	sitefile_free(f);
}

/* Other servers tell sites apart by them: none is saved under one that was there before. */
static void revisions_end_with_words(void **state)
{
	static const char last[] = "[Network]\nFormat=1\nRevision=2000000000\n" G1;
	struct err e = { .text = "" };
	struct sitefile *f;

	(void)state;
	put("site.ini", last);
	put("other.ini", last);
	f = open_good("site.ini");
	set(f, "A", "Description", "x");
	assert_false(sitefile_save(f, NULL, &e));
	assert_non_null(strstr(e.text, "2000000000"));
	assert_false(sitefile_save_as(f, "other.ini", true, NULL, &e));
	holds("site.ini", last);
	holds("other.ini", last);
	assert_string_equal(site_network(sitefile_site(f))->saved, "");
	sitefile_free(f);
}

static void what_another_wrote_is_not_overwritten(void **state)
{
	struct sitefile *f;
	struct err e = { .text = "" };

	(void)state;
	put("site.ini", TREE);
	f = open_good("site.ini");
	set(f, "UPS1", "ConfirmSeconds", "90");
	put("site.ini", TREE "; by hand\n");
	assert_true(sitefile_changed_underneath(f, NULL));
	assert_false(sitefile_save(f, NULL, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	assert_string_equal(e.text, "site.ini: the file was changed by somebody "
	    "else since it was read; nothing was saved");
	holds("site.ini", TREE "; by hand\n");
	assert_int_equal(site_network(sitefile_site(f))->revision, 1);
	assert_int_equal(unlink("site.ini"), 0);
	assert_false(sitefile_save(f, NULL, &e));
	assert_string_equal(e.text,
	    "site.ini: the file is gone since it was read");
	/* the same bytes again: as if nothing had been */
	put("site.ini", TREE);
	assert_false(sitefile_changed_underneath(f, NULL));
	save(f);
	sitefile_free(f);
	/* a new file does not take the place of one that came meanwhile */
	f = sitefile_new("new.ini");
	put("new.ini", "precious\n");
	assert_false(sitefile_save(f, NULL, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	holds("new.ini", "precious\n");
	sitefile_free(f);
}

static void two_do_not_save_at_once(void **state)
{
	struct sitefile *f;
	struct err e = { .text = "" };
	int to_child[2], to_us[2], status;
	char byte;
	pid_t child;

	(void)state;
	put("site.ini", TREE);
	assert_int_equal(pipe(to_child) | pipe(to_us), 0);
	child = fork();
	if (child == 0) {
		int lock = file_lock("site.ini", NULL);

		if (write(to_us[1], "l", 1) == 1 && read(to_child[0], &byte, 1) == 1)
			file_unlock(lock, "site.ini");
		_exit(lock < 0);
	}
	assert_int_equal(read(to_us[0], &byte, 1), 1);
	f = open_good("site.ini");
	set(f, "UPS1", "ConfirmSeconds", "90");
	assert_false(sitefile_save(f, NULL, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	assert_memory_equal(e.text, "site.ini: somebody else is saving it just now: ", 47);
	holds("site.ini", TREE);
	assert_int_equal(write(to_child[1], "u", 1), 1);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	save(f);
	sitefile_free(f);
}

/* What another user left behind is not to be opened: its name is all that helps. */
static void a_lock_of_another_user_is_named(void **state)
{
	struct err e = { .text = "" };
	int status;
	pid_t child;

	(void)state;
	if (getuid() != 0)
		skip();
	put("site.ini", TREE);
	put("site.ini.lock", "1\n");
	assert_int_equal(chmod(".", 0777), 0);
	child = fork();
	if (child == 0) {
		if (setgid(65534) < 0 || setuid(65534) < 0 || file_lock("site.ini", &e) >= 0)
			_exit(1);
		fprintf(stderr, "# %s\n", e.text);
		_exit(e.kind == ERR_REFUSED && strstr(e.text, "root") &&
		    strstr(e.text, "site.ini.lock") ? 0 : 2);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void faults_forbid_saving_until_they_are_mended(void **state)
{
	static const char s[] = NET G1 "RecognitionCode=\n";
	struct findings found = { 0 };
	struct err e = { .text = "" };
	struct sitefile *f;

	(void)state;
	put("site.ini", s);
	f = sitefile_read("site.ini", NULL, &e);
	assert_true(sitefile_faulty(f));
	set(f, "A", "Description", "x");
	assert_false(sitefile_save(f, &found, &e));
	assert_int_equal(e.kind, ERR_SITE);
	assert_int_equal(found.count[SEVERITY_ERROR], 1);
	findings_done(&found);
	holds("site.ini", s);
	set(f, "A", "RecognitionCode", "mended");
	save(f);
	assert_false(sitefile_faulty(f));
	sitefile_free(f);
	sitefile_free(open_good("site.ini"));
}

/* A disk that is full, as the limit on a file's size makes one. */
static void a_full_disk_leaves_the_old(void **state)
{
	struct sitefile *f;
	int status;
	pid_t child;

	(void)state;
	put("site.ini", TREE);
	f = open_good("site.ini");
	set(f, "UPS1", "ConfirmSeconds", "90");
	child = fork();
	if (child == 0) {
		struct rlimit limit = { 100, 100 };
		struct err e = { .text = "" };
		bool ok;

		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &limit);
		ok = sitefile_save(f, NULL, &e);
		/* nor does the site say that it was saved */
		if (*site_network(sitefile_site(f))->saved ||
		    *site_network(sitefile_site(f))->saved_by ||
		    site_network(sitefile_site(f))->revision != 1)
			_exit(3);
		_exit(ok ? 1 : strstr(e.text, strerror(EFBIG)) ? 0 : 2);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	holds("site.ini", TREE);
	assert_int_equal(system("test \"$(ls -A)\" = \"$(printf 'history\\nsite.ini')\""), 0);
	assert_int_equal(system("test -z \"$(ls -A history)\""), 0);
	save(f);
	sitefile_free(f);
}

static void a_site_that_was_sent_takes_the_place(void **state)
{
	struct err e = { .text = "" };

	(void)state;
	assert_true(sitefile_put("got.ini", BYTES(NET), &e));
	holds("got.ini", NET);
	assert_true(sitefile_put("got.ini", BYTES(TREE), &e));
	holds("got.ini", TREE);
	holds("history/got.ini.1", NET);
	assert_false(sitefile_put("none/got.ini", BYTES(TREE), &e));
}

#define FILE_TEST(f) cmocka_unit_test_setup_teardown(f, make_folder, remove_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FILE_TEST(saving_counts_and_keeps_the_old),
		FILE_TEST(a_new_site_is_private),
		FILE_TEST(fifty_revisions_are_kept),
		FILE_TEST(numbers_that_are_no_revisions_do_not_count),
		FILE_TEST(revisions_end_with_words),
		FILE_TEST(what_another_wrote_is_not_overwritten),
		FILE_TEST(two_do_not_save_at_once),
		FILE_TEST(a_lock_of_another_user_is_named),
		FILE_TEST(faults_forbid_saving_until_they_are_mended),
		FILE_TEST(a_full_disk_leaves_the_old),
		FILE_TEST(a_site_that_was_sent_takes_the_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
