/* db - one SQLite database of ours; see db.h */
#include "store/db.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <limits.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_MS 200		/* somebody looks at the file with a tool of his */
#define CHECKED_MAX (16 << 20)	/* a bigger file would hold up the start */
#define LOG_PAGES 256		/* as many in the log, and they go into the file */
#define LOG_KEPT (4 << 20)	/* bytes of the log's file that stay reserved */

struct db {
	sqlite3 *lite;
	char *path;
	bool full, damaged;
};

struct db_statement {
	struct db *db;
	sqlite3_stmt *lite;
};

static bool fail(struct db *d, struct err *e)
{
	int code = sqlite3_errcode(d->lite);

	d->full = code == SQLITE_FULL || code == SQLITE_IOERR;
	d->damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
	return err_set(e, "%s: %s", d->path, sqlite3_errmsg(d->lite));
}

bool db_full(const struct db *d)
{
	return d->full;
}

bool db_damaged(const struct db *d)
{
	return d->damaged;
}

bool db_run(struct db *d, const char *sql, struct err *e)
{
	return sqlite3_exec(d->lite, sql, NULL, NULL, NULL) == SQLITE_OK || fail(d, e);
}

bool db_begin(struct db *d, struct err *e)
{
	return db_run(d, "BEGIN IMMEDIATE", e);
}

bool db_commit(struct db *d, struct err *e)
{
	return db_run(d, "COMMIT", e);
}

void db_undo(struct db *d)
{
	/* SQLite may have done so already */
	if (!sqlite3_get_autocommit(d->lite))
		db_run(d, "ROLLBACK", NULL);
}

/* The one number that a pragma answers; missing when it does not. */
static int64_t number(struct db *d, const char *pragma, int64_t missing)
{
	struct db_statement *s = db_prepare(d, pragma, NULL);
	int64_t n = s && db_step(s, NULL) == DB_ROW ? db_int(s, 0) : missing;

	db_finish(s);
	return n;
}

static int64_t size_of(struct db *d)
{
	return number(d, "PRAGMA page_count", 0) * number(d, "PRAGMA page_size", 0);
}

bool db_shrink(struct db *d, int pages, struct err *e)
{
	char sql[60];

	snprintf(sql, sizeof sql, "PRAGMA incremental_vacuum(%d)", pages);
	return db_run(d, sql, e);
}

bool db_checkpoint(struct db *d, struct err *e)
{
	return sqlite3_wal_checkpoint_v2(d->lite, NULL, SQLITE_CHECKPOINT_TRUNCATE,
	    NULL, NULL) == SQLITE_OK || fail(d, e);
}

static bool has_text(struct db *d, const char *pragma, const char *wanted)
{
	struct db_statement *s = db_prepare(d, pragma, NULL);
	bool is = s && db_step(s, NULL) == DB_ROW && strcmp(db_text(s, 0), wanted) == 0;

	db_finish(s);
	return is;
}

/* Step by step, each whole or not at all. */
static bool bring_up(struct db *d, const char *const *schema, size_t steps, struct err *e)
{
	int64_t at = number(d, "PRAGMA user_version", 0);
	char sql[60];

	if (at > (int64_t)steps)
		return err_set(e, _("%s: made by a newer amc (schema %d, we know %zu)"),
		    d->path, (int)at, steps);
	for (; at < (int64_t)steps; at++) {
		snprintf(sql, sizeof sql, "PRAGMA user_version = %d", (int)at + 1);
		if (!db_begin(d, e))
			return false;
		if (!db_run(d, schema[at], e) || !db_run(d, sql, e) || !db_commit(d, e)) {
			db_undo(d);
			return false;
		}
	}
	return true;
}

static struct db *try_open(const char *path, int flags, struct err *e)
{
	struct db *d = mem_new(struct db);

	d->path = mem_dup(path);
	if (sqlite3_open_v2(path, &d->lite, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
		fail(d, e);
		db_close(d);
		return NULL;
	}
	sqlite3_extended_result_codes(d->lite, 0);
	sqlite3_busy_timeout(d->lite, BUSY_MS);
	return d;
}

/* Is it a database, and whole as far as one can see quickly? */
static bool sound(struct db *d)
{
	if (number(d, "SELECT count(*) FROM sqlite_master", -1) < 0)
		return false;
	return size_of(d) > CHECKED_MAX || has_text(d, "PRAGMA quick_check(1)", "ok");
}

static bool set_up(struct db *d, const char *const *schema, size_t steps, int64_t max_bytes,
    struct err *e)
{
	int64_t pages;
	char sql[120];

	/* the first two have to come before anything is in it */
	if (!db_run(d, "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL;"
	    "PRAGMA synchronous = NORMAL", e))
		return false;
	/* of one that is as large as it may be, too: nothing old could go before */
	if (!bring_up(d, schema, steps, e))
		return false;
	pages = max_bytes / number(d, "PRAGMA page_size", 4096);
	snprintf(sql, sizeof sql, "PRAGMA wal_autocheckpoint = %d; PRAGMA journal_size_limit = %d;"
	    "PRAGMA max_page_count = %lld", LOG_PAGES, LOG_KEPT,
	    pages > 0 ? (long long)pages : INT_MAX - 1LL);
	return db_run(d, sql, e);
}

/* PATH.damaged, or .damaged.1, ... what is not there yet; its log goes with it. */
bool db_put_aside(const char *path, struct err *e)
{
	static const char *const ends[] = { "-wal", "-shm" };
	char *to = mem_printf("%s.damaged", path);

	for (int i = 1; access(to, F_OK) == 0; i++) {
		free(to);
		to = mem_printf("%s.damaged.%d", path, i);
	}
	if (rename(path, to) != 0) {
		free(to);
		return err_errno(e, path);
	}
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		char *old = mem_printf("%s%s", path, ends[i]), *new = mem_printf("%s%s", to, ends[i]);

		rename(old, new);
		free(old);
		free(new);
	}
	err_set(e, _("%s was damaged and lies as %s now; a new one was begun"), path, to);
	free(to);
	return true;
}

struct db *db_open(const char *path, const char *const *schema, size_t steps,
    int64_t max_bytes, struct err *e)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	mode_t mask = umask(077);
	struct db *d = try_open(path, flags, e);
	bool ok;

	if (d && access(path, F_OK) == 0 && !sound(d)) {
		db_close(d);
		d = db_put_aside(path, e) ? try_open(path, flags, e) : NULL;
	}
	ok = d && set_up(d, schema, steps, max_bytes, e);
	umask(mask);
	if (ok)
		return d;
	db_close(d);
	return NULL;
}

struct db *db_open_readonly(const char *path, size_t steps, struct err *e)
{
	struct db *d = try_open(path, SQLITE_OPEN_READONLY, e);

	if (d && number(d, "PRAGMA user_version", -1) == (int64_t)steps)
		return d;
	if (d)
		err_set(e, _("%s: no database of this amc"), path);
	db_close(d);
	return NULL;
}

void db_close(struct db *d)
{
	if (!d)
		return;
	sqlite3_close(d->lite);
	free(d->path);
	free(d);
}

struct db_statement *db_prepare(struct db *d, const char *sql, struct err *e)
{
	struct db_statement *s = mem_new(struct db_statement);

	s->db = d;
	if (sqlite3_prepare_v2(d->lite, sql, -1, &s->lite, NULL) == SQLITE_OK)
		return s;
	fail(d, e);
	free(s);
	return NULL;
}

void db_finish(struct db_statement *s)
{
	if (!s)
		return;
	sqlite3_finalize(s->lite);
	free(s);
}

void db_put_int(struct db_statement *s, int place, int64_t n)
{
	sqlite3_bind_int64(s->lite, place, n);
}

void db_put_text(struct db_statement *s, int place, const char *text)
{
	sqlite3_bind_text(s->lite, place, text, -1, SQLITE_TRANSIENT);
}

void db_put_nothing(struct db_statement *s, int place)
{
	sqlite3_bind_null(s->lite, place);
}

void db_reset(struct db_statement *s)
{
	sqlite3_reset(s->lite);
}

enum db_step db_step(struct db_statement *s, struct err *e)
{
	int code = sqlite3_step(s->lite);

	if (code == SQLITE_ROW)
		return DB_ROW;
	if (code != SQLITE_DONE)
		fail(s->db, e);
	sqlite3_reset(s->lite);
	return code == SQLITE_DONE ? DB_DONE : DB_FAILED;
}

bool db_do(struct db_statement *s, struct err *e)
{
	enum db_step step;

	while ((step = db_step(s, e)) == DB_ROW)
		;
	return step == DB_DONE;
}

int64_t db_int(struct db_statement *s, int column)
{
	return sqlite3_column_int64(s->lite, column);
}

static bool is_nothing(struct db_statement *s, int column)
{
	return sqlite3_column_type(s->lite, column) == SQLITE_NULL;
}

double db_real(struct db_statement *s, int column)
{
	return is_nothing(s, column) ? NAN : sqlite3_column_double(s->lite, column);
}

const char *db_text(struct db_statement *s, int column)
{
	const char *text = (const char *)sqlite3_column_text(s->lite, column);

	return text ? text : "";
}

int64_t db_changes(struct db *d)
{
	return sqlite3_changes64(d->lite);
}
