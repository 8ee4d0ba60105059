/* eventlog - the events of a control terminal; see eventlog.h */
#include "store/eventlog.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHRINK_PAGES 64

static const char *const schema[] = {
	"CREATE TABLE entry (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL,"
	" severity INTEGER NOT NULL, node INTEGER, name TEXT, before TEXT, after TEXT,"
	" cause INTEGER, who TEXT, origin TEXT, detail TEXT, acked_at INTEGER, acked_by TEXT);"
	"CREATE INDEX entry_at ON entry (at);"
	"CREATE INDEX entry_node ON entry (node, id) WHERE node IS NOT NULL;"
	"CREATE INDEX entry_waits ON entry (id) WHERE severity >= 2 AND acked_at IS NULL",
	"ALTER TABLE entry ADD COLUMN told TEXT;"
	"CREATE UNIQUE INDEX entry_told ON entry (told) WHERE told IS NOT NULL",
};
#define STEPS (sizeof schema / sizeof *schema)

struct eventlog {
	struct db *db;
	char *path;
	int64_t max_bytes;
	struct db_statement *insert;
	int64_t last;		/* id of the newest, written or waiting */
	struct entry *waiting;
	size_t n, cap, lost;
	bool suspect;		/* reading has found damage: to be opened anew */
};

static int64_t one_number(struct db *d, const char *sql)
{
	struct db_statement *s = db_prepare(d, sql, NULL);
	int64_t n = s && db_step(s, NULL) == DB_ROW ? db_int(s, 0) : 0;

	db_finish(s);
	return n;
}

static void stop(struct eventlog *l)
{
	db_finish(l->insert);
	db_close(l->db);
	l->insert = NULL;
	l->db = NULL;
}

/* It is open and can be written, or not open at all. */
static bool start(struct eventlog *l, struct err *e)
{
	int64_t last;

	l->db = db_open(l->path, schema, STEPS, l->max_bytes, e);
	if (!l->db)
		return false;
	l->insert = db_prepare(l->db, "INSERT OR REPLACE INTO entry VALUES"
	    " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
	    " ON CONFLICT (told) WHERE told IS NOT NULL DO NOTHING", e);
	if (!l->insert) {
		stop(l);
		return false;
	}
	last = one_number(l->db, "SELECT max(id) FROM entry");
	if (last > l->last)
		l->last = last;
	return true;
}

struct eventlog *eventlog_open(const char *path, int64_t max_bytes, struct err *e)
{
	struct eventlog *l = mem_new(struct eventlog);

	l->path = mem_dup(path);
	l->max_bytes = max_bytes;
	if (start(l, e))
		return l;
	eventlog_close(l);
	return NULL;
}

struct eventlog *eventlog_open_readonly(const char *path, struct err *e)
{
	struct eventlog *l = mem_new(struct eventlog);

	l->path = mem_dup(path);
	l->db = db_open_readonly(path, STEPS, e);
	if (l->db)
		return l;
	eventlog_close(l);
	return NULL;
}

void eventlog_close(struct eventlog *l)
{
	if (!l)
		return;
	if (l->insert)
		eventlog_flush(l, NULL);
	stop(l);
	free(l->waiting);
	free(l->path);
	free(l);
}

size_t eventlog_waiting(const struct eventlog *l)
{
	return l->n;
}

size_t eventlog_lost(const struct eventlog *l)
{
	return l->lost;
}

int64_t eventlog_next(const struct eventlog *l)
{
	return l->last + 1;
}

int64_t eventlog_add(struct eventlog *l, const struct entry *x)
{
	if (l->n == EVENTLOG_WAITING) {
		memmove(l->waiting, l->waiting + 1, --l->n * sizeof *l->waiting);
		l->lost++;
	}
	mem_grow(l->waiting, l->n, l->cap);
	l->waiting[l->n] = *x;
	return l->waiting[l->n++].id = ++l->last;
}

static void put_word(struct db_statement *s, int place, const char *text)
{
	db_put_text(s, place, *text ? text : NULL);
}

static void put_id(struct db_statement *s, int place, int64_t id)
{
	if (id)
		db_put_int(s, place, id);
	else
		db_put_nothing(s, place);
}

static bool insert(struct eventlog *l, const struct entry *x, struct err *e)
{
	struct db_statement *s = l->insert;

	db_put_int(s, 1, x->id);
	db_put_int(s, 2, x->at);
	db_put_text(s, 3, entry_kind_word(x->kind));
	db_put_int(s, 4, x->severity);
	put_id(s, 5, x->node);
	put_word(s, 6, x->name);
	put_word(s, 7, x->before);
	put_word(s, 8, x->after);
	put_id(s, 9, x->cause);
	put_word(s, 10, x->who);
	put_word(s, 11, x->origin);
	put_word(s, 12, x->detail);
	put_id(s, 13, x->acked_at);
	put_word(s, 14, x->acked_by);
	put_word(s, 15, x->told);
	return db_do(s, e);
}

static bool write_waiting(struct eventlog *l, struct err *e)
{
	if (!db_begin(l->db, e))
		return false;
	for (size_t i = 0; i < l->n; i++)
		if (!insert(l, &l->waiting[i], e)) {
			db_undo(l->db);
			return false;
		}
	if (db_commit(l->db, e))
		return true;
	db_undo(l->db);
	return false;
}

/* The oldest go; the log of the database itself has to have room for that. */
static bool make_room(struct eventlog *l)
{
	db_checkpoint(l->db, NULL);
	return db_run(l->db, "DELETE FROM entry WHERE id <= (SELECT min(id) + (max(id) - min(id)) / "
	    "10 FROM entry)", NULL) && db_changes(l->db) > 0 && db_checkpoint(l->db, NULL);
}

static bool reopen(struct eventlog *l, struct err *e)
{
	bool damaged = l->suspect || (l->db && db_damaged(l->db));

	l->suspect = false;
	stop(l);
	return (!damaged || db_put_aside(l->path, e)) && start(l, e);
}

bool eventlog_flush(struct eventlog *l, struct err *e)
{
	struct err words = { .text = "" };
	bool ok = (l->db && !l->suspect) || reopen(l, &words);

	if (ok && l->n)
		ok = write_waiting(l, &words);
	if (!ok && l->db && db_full(l->db)) {
		ok = make_room(l) && write_waiting(l, &words);
		if (ok)
			words.text[0] = '\0';
	} else if (!ok && l->db && db_damaged(l->db))
		ok = reopen(l, &words) && write_waiting(l, &words);
	if (ok)
		l->n = 0;
	else if (l->db && db_full(l->db) && !*words.text)
		err_set(&words, _("%s: no room, and nothing old that could go"), l->path);
	if (e && *words.text)
		*e = words;
	return ok;
}

/* False. The next flush opens it anew, and so puts aside what is damaged. */
static bool found_damage(struct eventlog *l)
{
	l->suspect = l->insert && l->db && db_damaged(l->db);
	return false;
}

static void get_word(char *to, size_t size, struct db_statement *s, int column)
{
	text_copy(to, size, db_text(s, column));
}

static void row(struct db_statement *s, struct entry *x)
{
	*x = (struct entry){ .id = db_int(s, 0), .at = db_int(s, 1),
		.severity = (int)db_int(s, 3), .node = (unsigned)db_int(s, 4),
		.cause = db_int(s, 8), .acked_at = db_int(s, 12) };
	/* of a newer amc: it is shown by its words */
	if (!entry_kind_from_word(db_text(s, 2), &x->kind))
		x->kind = ENTRY_SERVICE;
	get_word(x->name, sizeof x->name, s, 5);
	get_word(x->before, sizeof x->before, s, 6);
	get_word(x->after, sizeof x->after, s, 7);
	get_word(x->who, sizeof x->who, s, 9);
	get_word(x->origin, sizeof x->origin, s, 10);
	get_word(x->detail, sizeof x->detail, s, 11);
	get_word(x->acked_by, sizeof x->acked_by, s, 13);
	get_word(x->told, sizeof x->told, s, 14);
}

/* Letters of ASCII alike in both cases, as instr(lower(...)) of query_of() does. */
static bool has_text(const char *s, const char *text)
{
	char part[sizeof ((struct entry *)0)->detail];
	size_t n = strlen(text);

	for (; n < sizeof part && strlen(s) >= n; s++) {
		snprintf(part, n + 1, "%s", s);
		if (text_equal_fold(part, text))
			return true;
	}
	return false;
}

/* The same as query_of(), of one that waits. */
static bool fits(const struct eventlog_filter *f, const struct entry *x)
{
	return (!f->since || x->at >= f->since) && (!f->until || x->at < f->until) &&
	    (!f->before_id || x->id < f->before_id) && (!f->node || x->node == f->node) &&
	    x->severity >= f->severity && (!f->waiting || entry_waits(x)) &&
	    (!f->kinds || f->kinds & 1u << x->kind) &&
	    (!f->text || has_text(x->name, f->text) || has_text(x->who, f->text) ||
	    has_text(x->detail, f->text));
}

/* What could not be written yet; false when no more is wanted, or that is all of it. */
static bool list_waiting(struct eventlog *l, struct eventlog_filter *f, eventlog_each *each,
    void *arg)
{
	size_t max = f->max ? f->max : 1000;

	for (size_t i = l->n; i > 0; i--) {
		if (!fits(f, &l->waiting[i - 1]))
			continue;
		if (!each(&l->waiting[i - 1], arg) || --max == 0)
			return false;
	}
	f->max = max;
	return true;
}

/* The SQL of a filter; the text is bound as ?1. */
static char *query_of(const struct eventlog_filter *f)
{
	struct text t = { 0 };
	const char *comma = "";

	text_add(&t, "SELECT * FROM entry WHERE 1");
	if (f->since)
		text_printf(&t, " AND at >= %lld", (long long)f->since);
	if (f->until)
		text_printf(&t, " AND at < %lld", (long long)f->until);
	if (f->before_id)
		text_printf(&t, " AND id < %lld", (long long)f->before_id);
	if (f->node)
		text_printf(&t, " AND node = %u", f->node);
	if (f->severity > 0)
		text_printf(&t, " AND severity >= %d", f->severity);
	if (f->waiting)
		text_add(&t, " AND severity >= 2 AND acked_at IS NULL");
	if (f->kinds) {
		text_add(&t, " AND kind IN (");
		for (enum entry_kind k = 0; k < ENTRY_KINDS; k++)
			if (f->kinds & 1u << k) {
				text_printf(&t, "%s'%s'", comma, entry_kind_word(k));
				comma = ",";
			}
		text_add(&t, ")");
	}
	if (f->text)
		text_add(&t, " AND (instr(lower(ifnull(name, '')), lower(?1))"
		    " OR instr(lower(ifnull(who, '')), lower(?1))"
		    " OR instr(lower(ifnull(detail, '')), lower(?1)))");
	text_printf(&t, " ORDER BY id DESC LIMIT %zu", f->max ? f->max : 1000);
	return text_take(&t);
}

bool eventlog_list(struct eventlog *l, const struct eventlog_filter *given, eventlog_each *each,
    void *arg, struct err *e)
{
	struct eventlog_filter filter = *given, *f = &filter;
	enum db_step step = DB_FAILED;
	struct db_statement *s;
	struct entry x;
	char *sql;

	if (!list_waiting(l, f, each, arg))
		return true;
	sql = query_of(f);
	s = l->db || start(l, e) ? db_prepare(l->db, sql, e) : NULL;
	free(sql);
	if (!s)
		return found_damage(l);
	if (f->text)
		db_put_text(s, 1, f->text);
	while ((step = db_step(s, e)) == DB_ROW) {
		row(s, &x);
		if (!each(&x, arg)) {
			db_reset(s);
			step = DB_DONE;
			break;
		}
	}
	db_finish(s);
	return step == DB_DONE || found_damage(l);
}

static bool acknowledge(struct eventlog *l, const char *sql, int64_t id, const char *who,
    int64_t at, size_t *n, struct err *e)
{
	struct db_statement *s;
	bool ok;

	if (!eventlog_flush(l, e))
		return false;
	s = db_prepare(l->db, sql, e);
	if (!s)
		return found_damage(l);
	db_put_int(s, 1, at);
	db_put_text(s, 2, who);
	db_put_int(s, 3, id);
	ok = db_do(s, e);
	*n = ok ? (size_t)db_changes(l->db) : 0;
	db_finish(s);
	return ok || found_damage(l);
}

bool eventlog_ack(struct eventlog *l, int64_t id, const char *who, int64_t at, struct err *e)
{
	size_t n;

	/* the first one stays */
	if (!acknowledge(l, "UPDATE entry SET acked_at = ifnull(acked_at, ?1),"
	    " acked_by = ifnull(acked_by, ?2) WHERE id = ?3", id, who, at, &n, e))
		return false;
	return n > 0 || err_kind(e, ERR_USAGE, _("there is no event %lld"), (long long)id);
}

bool eventlog_ack_until(struct eventlog *l, int64_t id, const char *who, int64_t at, size_t *n,
    struct err *e)
{
	return acknowledge(l, "UPDATE entry SET acked_at = ?1, acked_by = ?2"
	    " WHERE severity >= 2 AND acked_at IS NULL AND id <= ?3", id, who, at, n, e);
}

bool eventlog_was_told(struct eventlog *l, const char *told)
{
	struct db_statement *s;
	enum db_step step = DB_FAILED;

	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->waiting[i].told, told) == 0)
			return true;
	s = l->db ? db_prepare(l->db, "SELECT 1 FROM entry WHERE told = ?1", NULL) : NULL;
	if (s) {
		db_put_text(s, 1, told);
		step = db_step(s, NULL);
		db_finish(s);
	}
	return step == DB_ROW || (step == DB_FAILED && found_damage(l));
}

int64_t eventlog_unseen(struct eventlog *l)
{
	int64_t n = l->db ? one_number(l->db,
	    "SELECT count(*) FROM entry WHERE severity >= 2 AND acked_at IS NULL") : 0;

	for (size_t i = 0; i < l->n; i++)
		n += entry_waits(&l->waiting[i]);
	return n;
}

bool eventlog_forget(struct eventlog *l, int64_t before, struct err *e)
{
	struct db_statement *s;
	bool ok;

	if (!eventlog_flush(l, e))
		return false;
	s = db_prepare(l->db, "DELETE FROM entry WHERE at < ?1 AND"
	    " id <= (SELECT max(id) FROM entry) - ?2", e);
	if (!s)
		return found_damage(l);
	db_put_int(s, 1, before);
	db_put_int(s, 2, EVENTLOG_KEPT);
	ok = db_do(s, e);
	db_finish(s);
	return (ok && db_shrink(l->db, SHRINK_PAGES, e)) || found_damage(l);
}
