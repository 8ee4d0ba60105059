/*
 * The audit log: only ever longer, whole lines, numbered through; bounded; by many
 * processes at once; and read from its end.
 */
#include "app/audit.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utc.h"
#include "folder.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const char dir[] = ".";

static off_t size_of(const char *name, unsigned *mode)
{
	char *path = file_join(dir, name);
	struct stat st = { .st_size = -1 };

	if (stat(path, &st) < 0)
		st.st_size = -1;
	if (mode)
		*mode = st.st_mode & 07777;
	free(path);
	return st.st_size;
}

static void write_one(const char *act, const char *detail)
{
	struct audit_act a = { .act = act, .role = "operator", .user = "sato@console",
		.from = "10.0.0.1", .before = "8", .after = "9", .detail = detail };
	struct err e = { .text = "" };

	if (!audit_write(dir, &a, &e))
		fail_msg("%s", e.text);
}

/* "3 2 1": the numbers, the newest first. */
static const char *numbers(struct audit_filter f, bool *more)
{
	static char text[4000];
	struct json *list = json_new_array();
	size_t len = 0;
	struct err e;

	assert_true(audit_read(dir, &f, list, more, &e));
	text[0] = '\0';
	for (size_t i = 0; i < json_count(list) && len < sizeof text - 20; i++) {
		struct audit_line l;

		audit_parse(json_at(list, i), &l);
		len += (size_t)snprintf(text + len, sizeof text - len, "%s%lld", len ? " " : "",
		    (long long)l.n);
	}
	json_free(list);
	return text;
}

static void what_is_written_is_read(void **state)
{
	struct audit_act refused = { .act = "site", .role = "viewer", .from = "::1",
		.refused = "a viewer may not do that\n\"quoted\"" };
	struct json *list = json_new_array();
	struct audit_line l;
	struct err e;
	unsigned mode;
	bool more;

	(void)state;
	write_one("site", "~ SSC/UPS1: ConfirmSeconds 60 -> 120\n~ 電源装置: x\n");
	assert_true(audit_write(dir, &refused, &e));
	size_of("audit.log", &mode);
	assert_int_equal(mode, 0600);
	assert_true(audit_read(dir, &(struct audit_filter){ .max = 10 }, list, &more, &e));
	assert_false(more);
	assert_int_equal(json_count(list), 2);
	audit_parse(json_at(list, 0), &l);
	assert_int_equal(l.n, 2);
	assert_string_equal(l.act.refused, refused.refused);
	assert_string_equal(l.act.user, "");
	audit_parse(json_at(list, 1), &l);
	assert_int_equal(l.n, 1);
	assert_string_equal(l.act.act, "site");
	assert_string_equal(l.act.user, "sato@console");
	assert_string_equal(l.act.before, "8");
	assert_null(l.act.refused);
	assert_non_null(strstr(l.act.detail, "60 -> 120\n~ 電源装置"));
	assert_in_range(l.at, utc_now() - 60000, utc_now());
	json_free(list);
	/* no folder, no log, no failure */
	assert_true(audit_write("/tmp/amc-audit-none", &refused, &e));
}

static void filters(void **state)
{
	int64_t now;
	bool more;

	(void)state;
	for (int i = 0; i < 9; i++)
		write_one(i == 4 ? "key" : "site", "");
	now = utc_now();
	assert_string_equal(numbers((struct audit_filter){ .max = 3 }, &more), "9 8 7");
	assert_true(more);
	assert_string_equal(numbers((struct audit_filter){ .max = 3, .before = 4 }, &more), "3 2 1");
	assert_false(more);
	assert_string_equal(numbers((struct audit_filter){ .max = 3, .text = "\"key\"" }, &more), "5");
	assert_string_equal(numbers((struct audit_filter){ .max = 3, .since = now + 5000 }, &more), "");
	assert_string_equal(numbers((struct audit_filter){ .max = 2, .since = now - 5000,
		.until = now + 5000 }, &more), "9 8");
	assert_string_equal(numbers((struct audit_filter){ .max = 2, .until = now - 5000 }, &more), "");
}

static void bounded(void **state)
{
	char *detail = mem_zero(20000, 1), name[40];
	off_t all = 0;
	bool more;
	int i;

	(void)state;
	memset(detail, '"', 19999);	/* two bytes each in JSON, and cut */
	for (i = 0; i < 500; i++)
		write_one("site", detail);
	for (i = 0; i <= AUDIT_OLD + 2; i++) {
		off_t size;

		snprintf(name, sizeof name, i ? "audit.log.%d" : "audit.log", i);
		size = size_of(name, NULL);
		assert_true(i <= AUDIT_OLD || size == -1);
		assert_in_range(size + 1, 0, AUDIT_SIZE + 40000);
		all += size > 0 ? size : 0;
	}
	assert_in_range(all, AUDIT_SIZE * AUDIT_OLD, AUDIT_SIZE * (AUDIT_OLD + 1) + 40000);
	write_one("site", "");
	assert_string_equal(numbers((struct audit_filter){ .max = 1 }, &more), "501");
	assert_string_equal(numbers((struct audit_filter){ .max = 3, .before = 401 }, &more),
	    "400 399 398");
	free(detail);
}

/* A crash cut the last line: what follows stands on one of its own, and the gap shows. */
static void torn(void **state)
{
	char *path = file_join(dir, "audit.log");
	bool more;
	int fd;

	(void)state;
	write_one("site", "");
	write_one("site", "");
	fd = open(path, O_WRONLY | O_APPEND);
	assert_int_equal(write(fd, "{\"n\":3,\"time\":\"20", 17), 17);
	close(fd);
	write_one("site", "");
	assert_string_equal(numbers((struct audit_filter){ .max = 9 }, &more), "4 2 1");
	free(path);
}

static void many_at_once(void **state)
{
	enum { N = 8, EACH = 50 };
	char *detail = mem_zero(8001, 1), *seen = mem_zero(N * EACH + 1, 1);
	struct json *list = json_new_array();
	struct audit_line l;
	struct err e;
	int status;
	bool more;

	(void)state;
	memset(detail, 'x', 8000);	/* three times over the edge of a file */
	for (int i = 0; i < N; i++)
		if (fork() == 0) {
			struct audit_act a = { .act = "site", .role = "local", .detail = detail };

			for (int k = 0; k < EACH; k++)
				if (!audit_write(dir, &a, NULL))
					_exit(1);
			/* valgrind looks at what the children leave, too */
			json_free(list);
			free(detail);
			free(seen);
			_exit(0);
		}
	for (int i = 0; i < N; i++) {
		wait(&status);
		assert_int_equal(status, 0);
	}
	assert_true(audit_read(dir, &(struct audit_filter){ .max = 1000 }, list, &more, &e));
	assert_int_equal(json_count(list), N * EACH);
	for (size_t i = 0; i < json_count(list); i++) {
		audit_parse(json_at(list, i), &l);
		assert_in_range(l.n, 1, N * EACH);
		assert_int_equal(seen[l.n], 0);
		seen[l.n] = 1;
	}
	json_free(list);
	free(detail);
	free(seen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_written_is_read, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(filters, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(bounded, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(torn, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(many_at_once, make_folder, remove_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
