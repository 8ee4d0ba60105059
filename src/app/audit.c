/* audit - every act on a terminal; see audit.h */
#include "app/audit.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define TAIL (2 * AUDIT_DETAIL + 4096)	/* a line is never longer, as JSON */

static char *path_of(const char *dir, int old)
{
	return old ? mem_printf("%s/audit.log.%d", dir, old) : mem_printf("%s/audit.log", dir);
}

/*
 * Open and locked, and still the one of that name: who had to wait for the lock may
 * hold one that has been put aside meanwhile.
 */
static int open_log(const char *dir, const char *path, struct err *e)
{
	struct stat folder, mine, named;
	int fd;

	for (;;) {
		fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (fd < 0 || flock(fd, LOCK_EX) < 0 || fstat(fd, &mine) < 0) {
			err_errno(e, path);
			if (fd >= 0)
				close(fd);
			return -1;
		}
		if (stat(path, &named) == 0 && named.st_ino == mine.st_ino)
			break;
		close(fd);
	}
	/* made by root, for the service: it must be able to go on with it */
	if (geteuid() == 0 && mine.st_size == 0 && stat(dir, &folder) == 0 &&
	    fchown(fd, folder.st_uid, folder.st_gid) < 0) {
		err_errno(e, path);
		close(fd);
		return -1;
	}
	return fd;
}

/* The number of the last act in an open log; 0: none. *torn: it does not end with a line. */
static int64_t last_number(int fd, off_t size, bool *torn)
{
	char *tail = mem_zero(TAIL + 1, 1), *line;
	off_t from = size > TAIL ? size - TAIL : 0;
	ssize_t n = pread(fd, tail, (size_t)(size - from), from);
	int64_t number = 0;

	*torn = n > 0 && tail[n - 1] != '\n';
	while (n > 0 && tail[n - 1] == '\n')
		tail[--n] = '\0';
	line = n > 0 ? strrchr(tail, '\n') : NULL;
	if (n > 0)
		sscanf(line ? line + 1 : tail, "{\"n\":%" SCNd64, &number);
	free(tail);
	return number;
}

static void put(struct json *j, const char *key, const char *value, size_t most)
{
	char *shown;

	if (!value || !*value) {
		json_put_null(j, key);
		return;
	}
	shown = mem_zero(most + 1, 1);
	text_copy(shown, most + 1, value);
	json_put_text(j, key, shown);
	free(shown);
}

static char *line_of(const struct audit_act *a, int64_t number)
{
	struct json *j = json_new_object();
	char at[UTC_SIZE], *line;

	utc_print_ms(utc_now(), at);
	json_put_int(j, "n", number);
	json_put_text(j, "time", at);
	put(j, "act", a->act, 40);
	put(j, "role", a->role, 40);
	put(j, "terminal", a->terminal, 260);
	put(j, "user", a->user, 130);
	put(j, "from", a->from, 64);
	put(j, "before", a->before, 130);
	put(j, "after", a->after, 130);
	put(j, "detail", a->detail, AUDIT_DETAIL);
	json_put_bool(j, "done", !a->refused);
	put(j, "refused", a->refused, 600);
	if (a->id && *a->id)
		put(j, "id", a->id, 64);
	line = json_print_line(j);
	json_free(j);
	return line;
}

/* Full: the numbers move on by one, and an empty one is made next time. */
static void put_aside(const char *dir)
{
	char *from, *to;

	for (int i = AUDIT_OLD; i > 0; i--) {
		from = path_of(dir, i - 1);
		to = path_of(dir, i);
		rename(from, to);
		free(from);
		free(to);
	}
}

static int64_t number_in(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	int64_t n = 0;
	bool torn;

	if (fd >= 0 && fstat(fd, &st) == 0)
		n = last_number(fd, st.st_size, &torn);
	if (fd >= 0)
		close(fd);
	return n;
}

static bool append(const char *dir, int fd, const struct audit_act *a, struct err *e)
{
	char *older = path_of(dir, 1), *line;
	struct text t = { 0 };
	struct stat st;
	bool torn = false, ok;
	int64_t last = 0;

	if (fstat(fd, &st) == 0)
		last = st.st_size ? last_number(fd, st.st_size, &torn) : number_in(older);
	line = line_of(a, last + 1);
	text_printf(&t, "%s%s\n", torn ? "\n" : "", line);
	/* one write: whole, or told */
	ok = write(fd, t.s, t.len) == (ssize_t)t.len && fdatasync(fd) == 0;
	if (!ok)
		err_errno(e, "audit.log");
	else if (st.st_size + (off_t)t.len >= AUDIT_SIZE)
		put_aside(dir);
	text_done(&t);
	free(line);
	free(older);
	return ok;
}

bool audit_write(const char *dir, const struct audit_act *a, struct err *e)
{
	char *path;
	bool ok;
	int fd;

	if (access(dir, F_OK) < 0 && errno == ENOENT)
		return true;
	path = path_of(dir, 0);
	fd = open_log(dir, path, e);
	ok = fd >= 0 && append(dir, fd, a, e);
	if (fd >= 0)
		close(fd);	/* and gives the lock back */
	free(path);
	return ok;
}

void audit_user(char *out, size_t size)
{
	static const char *const names[] = { "SUDO_USER", "LOGNAME", "USER" };
	char host[HOST_NAME_MAX + 1] = "", all[400];
	const char *user = NULL;

	for (size_t i = 0; i < sizeof names / sizeof *names && (!user || !*user); i++)
		user = getenv(names[i]);
	gethostname(host, sizeof host - 1);
	if (user && *user)
		snprintf(all, sizeof all, "%.128s@%s", user, host);
	else
		snprintf(all, sizeof all, "%u@%s", (unsigned)getuid(), host);
	text_show(out, size, all);
}

bool audit_local(const char *dir, const char *act, const char *before, const char *after,
    struct err *e)
{
	char user[100];
	struct audit_act a = { .act = act, .role = "local", .user = user, .before = before,
		.after = after };

	audit_user(user, sizeof user);
	return audit_write(dir, &a, e);
}

static bool matches(const struct json *j, const struct audit_filter *f, int64_t at)
{
	return (!f->until || at < f->until) &&
	    (!f->before || json_get_number(j, "n", 0) < (double)f->before);
}

static int64_t time_of(const struct json *j)
{
	const char *text = json_get_text(j, "time");
	int64_t at = 0;

	return text && utc_parse(text, 0, &at) ? at : 0;
}

/*
 * The lines of a file from its end on. False when there is no need to look at
 * older ones. A line that is no JSON was cut by a crash: the numbers tell.
 */
static bool read_file(const char *path, const struct audit_filter *f, struct json *list,
    bool *more)
{
	size_t len = 0, end, start;
	char *text = file_read(path, AUDIT_SIZE + TAIL, &len, NULL);
	bool go_on = true;

	for (end = len; text && go_on && end > 0; end = start) {
		struct json *j;
		int64_t at;

		while (end > 0 && text[end - 1] == '\n')
			text[--end] = '\0';
		for (start = end; start > 0 && text[start - 1] != '\n'; start--)
			;
		if (start == end || (f->text && !strstr(text + start, f->text)) ||
		    !(j = json_parse(text + start, end - start, NULL)))
			continue;
		at = time_of(j);
		if (f->since && at < f->since)
			go_on = false;
		else if (matches(j, f, at) && json_count(list) == f->max)
			go_on = !(*more = true);
		else if (matches(j, f, at)) {
			json_add(list, j);
			continue;
		}
		json_free(j);
	}
	free(text);
	return go_on;
}

bool audit_read(const char *dir, const struct audit_filter *f, struct json *list, bool *more,
    struct err *e)
{
	bool go_on = true;

	*more = false;
	for (int i = 0; i <= AUDIT_OLD && go_on; i++) {
		char *path = path_of(dir, i);

		if (access(path, F_OK) == 0 && access(path, R_OK) < 0) {
			err_errno(e, path);
			free(path);
			return false;
		}
		go_on = read_file(path, f, list, more);
		free(path);
	}
	return true;
}

static const char *get(const struct json *j, const char *key)
{
	const char *s = json_get_text(j, key);

	return s ? s : "";
}

void audit_parse(const struct json *j, struct audit_line *l)
{
	*l = (struct audit_line){ .n = (int64_t)json_get_number(j, "n", 0), .at = time_of(j),
		.act = { .act = get(j, "act"), .role = get(j, "role"),
		.terminal = get(j, "terminal"), .user = get(j, "user"), .from = get(j, "from"),
		.before = get(j, "before"), .after = get(j, "after"), .detail = get(j, "detail"),
		.refused = get(j, "refused") } };
	if (json_is_yes(json_get(j, "done")))
		l->act.refused = NULL;
}
