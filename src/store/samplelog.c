/* samplelog - what the UPSs told, for curves and reports; see samplelog.h */
#include "store/samplelog.h"
#include "base/mem.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOUR 3600
#define FORGET 2000		/* rows that go at once */

/* Kept as tenths: a voltage takes two bytes so. */
#define SCALE 10.0

/*
 * The hour stands first: what is written together lies together, and a UPS's
 * week is one look for each of its hours.
 */
static const char *const schema[] = {
	"CREATE TABLE sample (hour INTEGER, ups INTEGER, at INTEGER, span INTEGER, state INTEGER,"
	" v0, v1, v2, v3, v4, v5, v6, v7, v8, PRIMARY KEY (hour, ups, at)) WITHOUT ROWID;"
	"CREATE TABLE hourly (ups INTEGER, hour INTEGER, known INTEGER, battery INTEGER, wh,"
	" i0, m0, x0, i1, m1, x1, i2, m2, x2, i3, m3, x3, i4, m4, x4, i5, m5, x5, i6, m6, x6,"
	" i7, m7, x7, i8, m8, x8, PRIMARY KEY (ups, hour)) WITHOUT ROWID;"
	"CREATE INDEX hourly_hour ON hourly (hour);"
	"CREATE TABLE summed (hour INTEGER)",	/* one row: hours before it are summed up */
};
#define STEPS (sizeof schema / sizeof *schema)
_Static_assert(VALUE_COUNT == 9, "the schema has a column for each value");

struct samplelog {
	struct db *db;
	char *path;
	int64_t max_bytes;
	struct db_statement *insert;
	int64_t hour;		/* that is summed up now; 0: not known yet */
	unsigned ups;		/* up to which that is done */
};

static void stop(struct samplelog *l)
{
	db_finish(l->insert);
	db_close(l->db);
	l->insert = NULL;
	l->db = NULL;
}

/* It is open and can be written, or not open at all. */
static bool start(struct samplelog *l, struct err *e)
{
	l->db = db_open(l->path, schema, STEPS, l->max_bytes, e);
	l->insert = l->db ? db_prepare(l->db, "INSERT OR REPLACE INTO sample VALUES"
	    " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", e) : NULL;
	if (!l->insert)
		stop(l);
	return l->insert != NULL;
}

struct samplelog *samplelog_open(const char *path, int64_t max_bytes, struct err *e)
{
	struct samplelog *l = mem_new(struct samplelog);

	l->path = mem_dup(path);
	l->max_bytes = max_bytes;
	if (start(l, e))
		return l;
	samplelog_close(l);
	return NULL;
}

void samplelog_close(struct samplelog *l)
{
	if (!l)
		return;
	stop(l);
	free(l->path);
	free(l);
}

static bool insert(struct samplelog *l, const struct sample *x, struct err *e)
{
	struct db_statement *s = l->insert;

	db_put_int(s, 1, x->at / HOUR);
	db_put_int(s, 2, x->ups);
	db_put_int(s, 3, x->at);
	db_put_int(s, 4, x->span);
	db_put_int(s, 5, x->state);
	for (int v = 0; v < VALUE_COUNT; v++)
		if (isnan(x->value[v]) || fabs(x->value[v]) > 1e12)
			db_put_nothing(s, 6 + v);
		else
			db_put_int(s, 6 + v, llround(x->value[v] * SCALE));
	return db_do(s, e);
}

static bool write_all(struct samplelog *l, const struct sample *list, size_t n, struct err *e)
{
	if (!db_begin(l->db, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!insert(l, &list[i], e)) {
			db_undo(l->db);
			return false;
		}
	if (db_commit(l->db, e))
		return true;
	db_undo(l->db);
	return false;
}

/* The oldest hour of samples goes, or, when there is but this one, of the year. */
static bool make_room(struct samplelog *l)
{
	db_checkpoint(l->db, NULL);
	if (!db_run(l->db, "DELETE FROM sample WHERE hour = (SELECT min(hour) FROM sample)"
	    " AND hour < (SELECT max(hour) FROM sample)", NULL))
		return false;
	if (db_changes(l->db) == 0 && (!db_run(l->db, "DELETE FROM hourly WHERE hour IN"
	    " (SELECT DISTINCT hour FROM hourly ORDER BY hour LIMIT 24)", NULL) ||
	    db_changes(l->db) == 0))
		return false;
	return db_checkpoint(l->db, NULL);
}

bool samplelog_add(struct samplelog *l, const struct sample *list, size_t n, struct err *e)
{
	struct err words = { .text = "" };
	bool ok = l->db || start(l, &words);

	ok = ok && write_all(l, list, n, &words);
	if (!ok && l->db && db_full(l->db)) {
		ok = make_room(l) && write_all(l, list, n, &words);
		if (ok)
			words.text[0] = '\0';
	} else if (!ok && l->db && db_damaged(l->db)) {
		stop(l);
		ok = db_put_aside(l->path, &words) && start(l, &words) && write_all(l, list, n, &words);
	}
	if (e && *words.text)
		*e = words;
	return ok;
}

static bool number(struct samplelog *l, const char *sql, int64_t a, int64_t b, int64_t *n,
    struct err *e)
{
	struct db_statement *s = db_prepare(l->db, sql, e);
	enum db_step step = DB_FAILED;

	*n = 0;
	if (s) {
		db_put_int(s, 1, a);
		db_put_int(s, 2, b);
		step = db_step(s, e);
		if (step == DB_ROW)
			*n = db_int(s, 0);
	}
	db_finish(s);
	return step != DB_FAILED;
}

static bool run3(struct samplelog *l, const char *sql, int64_t a, int64_t b, int64_t c,
    struct err *e)
{
	struct db_statement *s = db_prepare(l->db, sql, e);
	bool ok;

	if (!s)
		return false;
	db_put_int(s, 1, a);
	db_put_int(s, 2, b);
	db_put_int(s, 3, c);
	ok = db_do(s, e);
	db_finish(s);
	return ok;
}

/* What comes in from the mains is not what it is while there are none. */
static char *sum_up_sql(void)
{
	char value[80];
	struct text t = { 0 };

	text_printf(&t, "INSERT OR REPLACE INTO hourly SELECT ups, hour, min(sum(span), 3600),"
	    " min(sum(CASE WHEN state IN (%d, %d) THEN span ELSE 0 END), 3600),"
	    " sum(v%d * span) / 36000.0", UPS_ON_BATTERY, UPS_LOW_BATTERY, VALUE_OUTPUT_WATTS);
	for (int v = 0; v < VALUE_COUNT; v++) {
		snprintf(value, sizeof value, v == VALUE_INPUT_VOLTAGE ||
		    v == VALUE_INPUT_FREQUENCY ?
		    "CASE WHEN state IN (%2$d, %3$d) THEN NULL ELSE v%1$d END" : "v%1$d",
		    v, UPS_ON_BATTERY, UPS_LOW_BATTERY);
		text_printf(&t, ", min(%s), sum(%s * span) / sum(CASE WHEN %s IS NULL THEN NULL"
		    " ELSE span * 1.0 END), max(%s)", value, value, value, value);
	}
	text_add(&t, " FROM sample WHERE hour = ?1 AND ups > ?2 AND ups <= ?3 GROUP BY ups");
	return text_take(&t);
}

/* Which hour is to be summed up next; 0: there is none that is over. */
static bool next_hour(struct samplelog *l, int64_t now_hour, struct err *e)
{
	int64_t from, hour;

	if (l->hour)
		return true;
	if (!number(l, "SELECT max(hour) FROM summed", 0, 0, &from, e) ||
	    !number(l, "SELECT min(hour) FROM sample WHERE hour >= ?1 AND hour < ?2", from,
	    now_hour, &hour, e))
		return false;
	l->hour = hour;
	l->ups = 0;
	return true;
}

/* A slice of it: the hours of some UPSs. */
static bool sum_up(struct samplelog *l, struct err *e)
{
	int64_t last;
	char *sql;
	bool ok;

	if (!number(l, "SELECT max(ups) FROM (SELECT DISTINCT ups FROM sample WHERE hour = ?1"
	    " AND ups > ?2 ORDER BY ups LIMIT 16)", l->hour, l->ups, &last, e))
		return false;
	if (last) {
		sql = sum_up_sql();
		ok = run3(l, sql, l->hour, l->ups, last, e);
		free(sql);
		l->ups = (unsigned)last;
		return ok;
	}
	ok = db_begin(l->db, e) && db_run(l->db, "DELETE FROM summed", e) &&
	    run3(l, "INSERT INTO summed VALUES (?1 + 1)", l->hour, 0, 0, e) && db_commit(l->db, e);
	if (!ok)
		db_undo(l->db);
	l->hour = 0;
	return ok;
}

static bool forget(struct samplelog *l, time_t now, bool *more, struct err *e)
{
	int64_t gone = 0;

	if (!run3(l, "DELETE FROM sample WHERE (hour, ups, at) IN (SELECT hour, ups, at FROM sample"
	    " WHERE hour < ?1 LIMIT ?2)", (now - SAMPLELOG_WEEK) / HOUR, FORGET, 0, e))
		return false;
	gone += db_changes(l->db);
	if (!run3(l, "DELETE FROM hourly WHERE (ups, hour) IN (SELECT ups, hour FROM hourly"
	    " WHERE hour < ?1 LIMIT ?2)", (now - SAMPLELOG_YEAR) / HOUR, FORGET, 0, e))
		return false;
	gone += db_changes(l->db);
	*more = gone > 0;
	return !gone || db_shrink(l->db, 64, e);
}

bool samplelog_tend(struct samplelog *l, time_t now, bool *more, struct err *e)
{
	*more = false;
	if (!l->db && !start(l, e))
		return false;
	if (!next_hour(l, now / HOUR, e))
		return false;
	if (!l->hour)
		return forget(l, now, more, e);
	*more = true;
	return sum_up(l, e);
}

/* Runs a query of one UPS from..to, a row at a time. */
static bool each_row(struct samplelog *l, const char *sql, unsigned ups, int64_t from, int64_t to,
    bool (*row)(struct db_statement *, void *), void *arg, struct err *e)
{
	struct db_statement *s = l->db || start(l, e) ? db_prepare(l->db, sql, e) : NULL;
	enum db_step step = DB_FAILED;

	if (!s)
		return false;
	db_put_int(s, 1, ups);
	db_put_int(s, 2, from);
	db_put_int(s, 3, to);
	while ((step = db_step(s, e)) == DB_ROW)
		if (!row(s, arg)) {
			step = DB_DONE;
			break;
		}
	db_finish(s);
	return step == DB_DONE;
}

struct listing {
	samplelog_sample *sample;
	samplelog_hour *hour;
	samplelog_month *month;
	void *arg;
};

static bool sample_row(struct db_statement *s, void *arg)
{
	const struct listing *list = arg;
	struct sample x = { .ups = (unsigned)db_int(s, 1), .at = db_int(s, 2),
		.span = (int)db_int(s, 3), .state = (enum ups_state)db_int(s, 4) };

	for (int v = 0; v < VALUE_COUNT; v++)
		x.value[v] = db_real(s, 5 + v) / SCALE;
	return list->sample(&x, list->arg);
}

/*
 * An hour after the other and not a range of them: the UPS comes behind the hour
 * in the key, and what other UPSs told is not looked at. Only hours that there are:
 * who asks for all from year 1 to 9999 must not hold us up.
 */
bool samplelog_list(struct samplelog *l, unsigned ups, time_t from, time_t to,
    samplelog_sample *each, void *arg, struct err *e)
{
	struct listing list = { .sample = each, .arg = arg };

	return each_row(l, "WITH RECURSIVE hours(h) AS"
	    " (SELECT min(hour) FROM sample WHERE hour >= ?2 / 3600 UNION ALL"
	    " SELECT (SELECT min(hour) FROM sample WHERE hour > h) FROM hours"
	    " WHERE h < (?3 - 1) / 3600)"
	    " SELECT sample.* FROM hours CROSS JOIN sample ON hour = h AND ups = ?1"
	    " AND at >= ?2 AND at < ?3 ORDER BY h, at", ups, from, to, sample_row, &list, e);
}

static bool hour_row(struct db_statement *s, void *arg)
{
	const struct listing *list = arg;
	struct sample_hour x = { .ups = (unsigned)db_int(s, 0), .at = db_int(s, 1) * HOUR,
		.known = (int)db_int(s, 2), .on_battery = (int)db_int(s, 3),
		.watt_hours = db_real(s, 4) };

	for (int v = 0; v < VALUE_COUNT; v++) {
		x.min[v] = db_real(s, 5 + 3 * v) / SCALE;
		x.mean[v] = db_real(s, 6 + 3 * v) / SCALE;
		x.max[v] = db_real(s, 7 + 3 * v) / SCALE;
	}
	return list->hour(&x, list->arg);
}

bool samplelog_hours(struct samplelog *l, unsigned ups, time_t from, time_t to,
    samplelog_hour *each, void *arg, struct err *e)
{
	struct listing list = { .hour = each, .arg = arg };

	return each_row(l, "SELECT * FROM hourly WHERE ups = ?1 AND hour >= (?2 + 3599) / 3600"
	    " AND hour * 3600 < ?3 ORDER BY hour", ups, from, to, hour_row, &list, e);
}

static bool month_row(struct db_statement *s, void *arg)
{
	const struct listing *list = arg;
	struct sample_month x = { .known = db_int(s, 1), .on_battery = db_int(s, 2),
		.watt_hours = db_real(s, 3), .lowest = db_real(s, 4) / SCALE,
		.highest = db_real(s, 5) / SCALE, .load = db_real(s, 6) / SCALE,
		.temperature = db_real(s, 7) / SCALE };

	text_copy(x.month, sizeof x.month, db_text(s, 0));
	return list->month(&x, list->arg);
}

bool samplelog_months(struct samplelog *l, unsigned ups, samplelog_month *each, void *arg,
    struct err *e)
{
	struct listing list = { .month = each, .arg = arg };
	char sql[300];

	snprintf(sql, sizeof sql, "SELECT strftime('%%Y-%%m', hour * 3600, 'unixepoch'), sum(known),"
	    " sum(battery), sum(wh), min(i%d), max(x%d), max(x%d), max(x%d) FROM hourly"
	    " WHERE ups = ?1 AND ?2 = ?3 GROUP BY 1 ORDER BY 1", VALUE_INPUT_VOLTAGE,
	    VALUE_INPUT_VOLTAGE, VALUE_LOAD_PERCENT, VALUE_TEMPERATURE);
	return each_row(l, sql, ups, 0, 0, month_row, &list, e);
}
