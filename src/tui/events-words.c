/* events-words - how events are shown; a part of the events view */
#include "app/entry-words.h"
#include "base/i18n.h"
#include "tui/draw.h"
#include "tui/eventing.h"
#include "tui/shape.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
	BELOW = 6,		/* rows under the list: of the event, of who is asked */
	TIME_COLS = 14, SEVERITY_COLS = 10, NAME_COLS = 12, SEEN_COLS = 10,
	WIDE = 110,		/* columns in which there is room for who told it */
	WHERE_COLS = 16,
};

int events_list_rows(void)
{
	return screen_rows() - 3 - 3 - BELOW - 1;
}

const char *events_time(int64_t at, char *buf, size_t size)
{
	time_t then = (time_t)(at / 1000);
	struct tm tm;

	strftime(buf, size, "%Y-%m-%d %H:%M:%S", localtime_r(&then, &tm));
	return buf;
}

/* Of this year without the year, of another one only with the hour. */
static const char *short_time(int64_t at, char *buf, size_t size)
{
	time_t then = (time_t)(at / 1000), now = time(NULL);
	struct tm tm, today;

	localtime_r(&now, &today);
	localtime_r(&then, &tm);
	strftime(buf, size, tm.tm_year == today.tm_year ? "%m-%d %H:%M:%S" : "%Y-%m-%d %Hh", &tm);
	return buf;
}

void events_seen_words(const struct happening *h, bool when, struct text *t)
{
	const struct entry *by = NULL;
	char at[40];

	for (size_t i = 0; i < h->n && !by; i++)
		if (h->sights[i].entry->acked_at)
			by = h->sights[i].entry;
	if (!by && !h->waiting)
		return;
	if (!by) {
		text_add(t, _("not yet"));
		return;
	}
	text_add(t, by->acked_by);
	if (when)
		text_printf(t, " %s", events_time(by->acked_at, at, sizeof at));
	/* one that was told at one terminal only still waits at the others */
	if (h->waiting)
		text_printf(t, _(" (%zu of %zu)"), h->n - h->waiting, h->n);
}

void events_add_seen(const struct happening *h, struct text *t)
{
	struct text seen = { 0 };

	events_seen_words(h, true, &seen);
	if (h->waiting == h->n)
		text_printf(t, " · %s", _("not acknowledged"));
	else if (seen.len)
		text_printf(t, _(" · seen by %s"), seen.s);
	text_done(&seen);
}

static const char *name_of(const struct events *x, int source)
{
	unsigned id = chronicle_source(x->chronicle, (size_t)source).terminal;
	const struct node *n = site_find(app_site(x->view.tui->app), id);

	return n ? node_name(n) : _("this console");
}

/* "SSC-CL-SV1", "2 terminals" */
static void add_where(const struct events *x, const struct happening *h, struct text *t)
{
	if (h->n == 1)
		text_add(t, name_of(x, h->sights[0].source));
	else
		text_printf(t, ngettext("%zu terminal", "%zu terminals", h->n), h->n);
}

/* What it follows from, if that is here: of the same terminal. */
static const struct entry *cause_of(const struct events *x, const struct sight *s)
{
	struct sight_key key = { chronicle_source(x->chronicle, (size_t)s->source).terminal,
	    s->entry->cause };
	int at = s->entry->cause ? chronicle_find(x->chronicle, key) : -1;

	return at >= 0 ? chronicle_at(x->chronicle, (size_t)at).entry : NULL;
}

static void add_cause(const struct events *x, const struct happening *h, struct text *t)
{
	const struct entry *cause = cause_of(x, &h->sights[0]);
	char when[40];

	if (cause) {
		text_printf(t, _("follows from %s "), events_time(cause->at, when, sizeof when));
		entry_text(cause, t);
	} else if (h->entry->cause) {
		text_printf(t, _("follows from event %lld of %s"), (long long)h->entry->cause,
		    name_of(x, h->sights[0].source));
	}
}

static void add_sights(const struct events *x, const struct happening *h, struct text *t)
{
	char at[40];

	for (size_t i = 0; i < h->n; i++) {
		const struct entry *e = h->sights[i].entry;

		text_printf(t, "%s%s: %s", i ? "\n" : "", name_of(x, h->sights[i].source),
		    events_time(e->at, at, sizeof at));
		text_printf(t, _(", number %lld"), (long long)e->id);
		if (e->acked_at)
			text_printf(t, _(", acknowledged by %s %s"), e->acked_by,
			    events_time(e->acked_at, at, sizeof at));
		else if (entry_waits(e))
			text_add(t, _(", not acknowledged"));
	}
}

void events_all_words(const struct events *x, const struct happening *h, struct text *t)
{
	struct text cause = { 0 };

	entry_text(h->entry, t);
	text_printf(t, "\n%s %s · %s\n", entry_severity_mark(h->entry->severity),
	    tr(entry_severity_label(h->entry->severity)), tr(entry_kind_label(h->entry->kind)));
	add_cause(x, h, &cause);
	if (cause.len)
		text_printf(t, "%s\n", cause.s);
	text_done(&cause);
	add_sights(x, h, t);
}

enum role events_source_words(const struct events *x, struct text *t)
{
	const struct chronicle *c = x->chronicle;
	enum role role = ROLE_HINT;
	bool full;

	if (chronicle_is_own(c)) {
		text_add(t, _("Only what this console has seen since it was started; l logs in at the control terminals."));
		return ROLE_NOTE;
	}
	for (size_t i = 0; i < chronicle_sources(c); i++) {
		struct chronicle_source s = chronicle_source(c, i);

		text_printf(t, "%s%s: ", i ? " · " : "", name_of(x, (int)i));
		if (*s.error)
			text_add(t, s.error);
		else if (s.loading)
			text_add(t, _("asking…"));
		else if (*s.trouble)
			text_add(t, s.trouble);
		else
			text_printf(t, "%zu", s.n);
		if (*s.error || *s.trouble)
			role = ROLE_WARNING;
	}
	if (chronicle_has_more(c, &full) && full)
		text_printf(t, " · %s", _("older ones: with a filter"));
	return role;
}

/* Where a column begins, and how wide it is. */
struct columns {
	int time, severity, name, what, where, seen, end;
};

static struct columns lay_out(int x, int cols)
{
	struct columns c = { .time = x + 1, .end = x + cols };

	c.severity = c.time + TIME_COLS + 1;
	c.name = c.severity + SEVERITY_COLS + 1;
	c.what = c.name + NAME_COLS + 1;
	c.seen = c.end - SEEN_COLS;
	c.where = cols >= WIDE ? c.seen - WHERE_COLS - 1 : c.seen;
	return c;
}

static void draw_head(int y, const struct columns *c)
{
	screen_put(y, c->time, TIME_COLS, ROLE_HEAD, _("Time"));
	screen_put(y, c->name, NAME_COLS, ROLE_HEAD, _("Name"));
	screen_put(y, c->what, c->where - c->what - 1, ROLE_HEAD, _("What"));
	if (c->where < c->seen)
		screen_put(y, c->where, WHERE_COLS, ROLE_HEAD, _("Told by"));
	screen_put(y, c->seen, SEEN_COLS, ROLE_HEAD, _("Seen by"));
}

static void draw_row(const struct events *x, int i, int y, const struct columns *c)
{
	struct happening h = chronicle_at(x->chronicle, (size_t)i);
	bool here = i == x->at;
	enum role plain = here ? ROLE_SELECTED : ROLE_TEXT;
	enum role role = here ? ROLE_SELECTED : theme_severity(h.entry->severity);
	struct text t = { 0 };
	char words[60];
	int from = c->time - 1;

	target_add(y, from, 1, c->end - from, TARGET_ROW, (unsigned)i);
	screen_fill(y, from, 1, c->end - from, plain);
	if (here)
		screen_cursor(y, from, false);
	if (events_is_tagged(x, (size_t)i))
		screen_put(y, from, 1, here ? plain : ROLE_MARKED, "#");
	screen_put(y, c->time, TIME_COLS, plain, short_time(h.entry->at, words, sizeof words));
	snprintf(words, sizeof words, "%-2s %s", entry_severity_mark(h.entry->severity),
	    tr(entry_severity_label(h.entry->severity)));
	screen_put(y, c->severity, SEVERITY_COLS, role, words);
	draw_label(y, c->name, NAME_COLS, here ? plain : ROLE_GROUP, h.entry->name);
	entry_what(h.entry, &t);
	draw_cut(y, c->what, c->where - c->what - 1, role, t.s);
	text_done(&t);
	if (c->where < c->seen) {
		add_where(x, &h, &t);
		draw_label(y, c->where, WHERE_COLS, plain, t.s);
		text_done(&t);
	}
	events_seen_words(&h, false, &t);
	if (t.s)
		draw_label(y, c->seen, SEEN_COLS, here || !h.waiting ? plain : role, t.s);
	text_done(&t);
}

/* The event under the cursor: all of its words, what it follows from, who has seen it. */
static void draw_below(const struct events *x, int y, int at, int cols)
{
	struct happening h = chronicle_at(x->chronicle, (size_t)x->at);
	struct text t = { 0 };
	char when[40];

	text_printf(&t, "%s ", events_time(h.entry->at, when, sizeof when));
	entry_text(h.entry, &t);
	y += draw_wrapped(y, at, 2, cols, theme_severity(h.entry->severity), t.s);
	text_done(&t);
	text_printf(&t, "%s · ", tr(entry_kind_label(h.entry->kind)));
	add_where(x, &h, &t);
	events_add_seen(&h, &t);
	draw_wrapped(y++, at, 1, cols, ROLE_TEXT, t.s);
	text_done(&t);
	add_cause(x, &h, &t);
	if (t.s)
		draw_wrapped(y, at, 1, cols, ROLE_TEXT, t.s);
	text_done(&t);
}

static void add_title(const struct events *x, struct text *t)
{
	bool full, more = chronicle_has_more(x->chronicle, &full);

	text_printf(t, _("Events: %zu%s"), chronicle_count(x->chronicle), more ? "+" : "");
	events_filter_words(x, t);
}

void events_draw(struct view *v)
{
	const struct events *x = (const struct events *)v;
	int rows = events_list_rows(), cols = screen_cols() - 4, n = (int)chronicle_count(x->chronicle);
	int top = draw_window(x->top, x->at, rows, n);
	struct columns c = lay_out(2, cols);
	struct text t = { 0 };
	enum role role;

	screen_fill(1, 0, screen_rows() - 3, screen_cols(), ROLE_TEXT);
	add_title(x, &t);
	screen_box(1, 0, screen_rows() - 3, screen_cols(), ROLE_FOCUS, t.s);
	text_done(&t);
	draw_head(2, &c);
	for (int i = 0; i < rows && top + i < n; i++)
		draw_row(x, top + i, 3 + i, &c);
	draw_more(3, screen_cols() - 2, rows, top, n);
	screen_hline(3 + rows, 1, screen_cols() - 2, ROLE_BORDER);
	if (n)
		draw_below(x, 4 + rows, 2, cols);
	else if (!chronicle_busy(x->chronicle))
		screen_put(3, 3, cols - 2, ROLE_HINT, _("No event is known that the filter takes."));
	role = events_source_words(x, &t);
	draw_wrapped(4 + rows + BELOW - 2, 2, 2, cols, role, t.s ? t.s : "");
	text_done(&t);
}
