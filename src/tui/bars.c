#include "tui/bars.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "tui/draw.h"
#include "tui/pulldown.h"

#include <stdio.h>

enum { BAR_MOST = 40 };	/* a key takes three columns and more */

int bars_menu_x(const struct tui *t, size_t i)
{
	int x = 1;

	while (i-- > 0)
		x += text_width(tr(t->ui->menus[i].title)) + 2;
	return x;
}

static void draw_title(struct tui *t)
{
	const char *path = app_path(t->app), *from;
	struct text s = { 0 };
	uint32_t cp;
	int x = bars_menu_x(t, t->ui->menus_n) + 1;

	screen_fill(0, 0, 1, screen_cols(), ROLE_BAR);
	for (size_t i = 0; i < t->ui->menus_n; i++) {
		int at = bars_menu_x(t, i);
		int cols = screen_put(0, at, 30, ROLE_BAR, tr(t->ui->menus[i].title));

		target_add(0, at - 1, 1, cols + 2, TARGET_MENU, (unsigned)i);
	}
	if (t->title)
		text_printf(&s, "%s · ", t->title);
	text_add(&s, path ? file_name(path) : _("no file"));
	text_printf(&s, _(" · rev %d"), site_network(app_site(t->app))->revision);
	if (app_read_only(t->app))
		text_add(&s, _(" · read-only"));
	if (app_modified(t->app))
		text_add(&s, _(" · modified"));
	if (t->file_changed)
		text_add(&s, _(" · changed on disk"));
	if (t->paused)
		text_add(&s, _(" · paused"));
	text_add(&s, " ");
	/* where there is no room the name is cut, not what it is warned of */
	from = s.s;
	while (text_width(from) > screen_cols() - x - (from > s.s))
		from += text_next(from, NULL, &cp);
	if (from > s.s)
		screen_put(0, screen_cols() - text_width(from) - 1, 1, ROLE_BAR,
		    shape(SHAPE_MORE));
	screen_right(0, screen_cols() - text_width(from), text_width(from), ROLE_BAR, from);
	text_done(&s);
}

/* Of the terminal's window; it is seen when the console is not. */
static void name_window(struct tui *t, const struct alarm *a)
{
	const char *path = app_path(t->app);
	struct text s = { 0 };

	text_printf(&s, "amc: %s", t->title ? t->title : path ? file_name(path) : _("no file"));
	if (app_modified(t->app))
		text_add(&s, _(" · modified"));
	if (a->severity >= 2)
		text_printf(&s, " ! %s", a->text);
	screen_title(s.s);
	text_done(&s);
}

/* " ‖ paused since 14:03:12, P goes on · " */
static void add_paused(const struct tui *t, struct text *s)
{
	const char *key = keys_of(t->ui->keys, "main", action_find("pause"));
	struct tm tm;
	char since[16];

	strftime(since, sizeof since, "%H:%M:%S", localtime_r(&t->paused, &tm));
	text_printf(s, " %s ", shape(SHAPE_PAUSED));
	text_printf(s, _("PAUSED since %s, %s goes on"), since, key ? key : _("the View menu"));
	text_add(s, " ·");
}

static void add_findings(struct tui *t, struct text *s)
{
	const struct findings *f = app_check(t->app);
	size_t errors = f->count[SEVERITY_ERROR], warnings = f->count[SEVERITY_WARNING];

	if (errors)
		text_printf(s, ngettext(" · %zu error", " · %zu errors", errors), errors);
	if (warnings)
		text_printf(s, ngettext(" · %zu warning", " · %zu warnings", warnings), warnings);
}

/* " · MASTER" on its machine; elsewhere who it is. */
static void add_master(const struct tui *t, struct text *s)
{
	bool here;
	const struct node *n = site_find(app_site(t->app), watch_master(t->app, &here));

	if (here)
		text_add(s, _(" · MASTER"));
	else if (n)
		text_printf(s, _(" · master %s"), node_name(n));
}

static void draw_alarm(struct tui *t)
{
	int y = screen_rows() - 2;
	struct alarm a = { 0 };
	bool alarm = watch_alarm(t->app, &a);
	enum role role = alarm ? theme_severity(a.severity) : ROLE_GOOD;
	struct text s = { 0 };
	char time[40];

	name_window(t, &a);
	if (t->paused) {
		role = !alarm || a.severity < 2 ? ROLE_WARNING : role;
		add_paused(t, &s);
	}
	if (t->said_at) {
		text_printf(&s, " %s %s", t->said_severity >= 2 ? "!" : "·", t->said);
		if (!t->paused)
			role = t->said_severity ? theme_severity(t->said_severity) : ROLE_TEXT;
	} else {
		bool faults = app_check(t->app)->count[SEVERITY_ERROR] > 0;

		if (!alarm && (faults || t->paused))
			role = ROLE_WARNING;
		text_printf(&s, " %s %s", alarm || faults ? "!" : " ", alarm ? a.text :
		    faults ? _("the site has errors (F6)") : _("all is well"));
		add_findings(t, &s);
		if (watch_last(t->app))
			text_printf(&s, _(" · polled %s ago"), draw_duration(
			    (loop_now() - watch_last(t->app)) / 1000, time, sizeof time));
		add_master(t, &s);
	}
	draw_cut_padded(y, 0, screen_cols(), role, s.s);
	text_done(&s);
}

/* A key of the bar. */
struct bar_key {
	const struct binding *binding;
	size_t number;		/* as keys_each() counts */
	const char *words;
	int cols;		/* of the key and the words */
};

/*
 * Those that the view on top has, at most BAR_MOST; how many. On the main screen what
 * cannot be done now is greyed; elsewhere only what can be done has a place.
 */
static size_t bar_keys(struct tui *t, struct bar_key list[BAR_MOST])
{
	const struct binding *b;
	size_t n = 0;

	for (size_t i = 0; n < BAR_MOST &&
	    (b = keys_each(t->ui->keys, t->top->type->name, i)); i++) {
		const char *words;

		if (!b->bar || (t->top != t->main && !action_usable(b->action, t, NULL)))
			continue;
		words = tr(b->action->brief);
		list[n++] = (struct bar_key){ b, i, words, text_width(b->key) + text_width(words) };
	}
	return n;
}

static void draw_keys(struct tui *t)
{
	struct bar_key list[BAR_MOST];
	size_t n = bar_keys(t, list);
	int y = screen_rows() - 1, x = 0, used = 0, gap, from;

	for (size_t i = 0; i < n; i++)
		used += list[i].cols + 2;
	gap = used <= screen_cols() ? 1 : 0;
	screen_fill(y, 0, 1, screen_cols(), ROLE_TEXT);
	for (size_t i = 0; i < n; i++) {
		const struct binding *b = list[i].binding;

		if (x + list[i].cols + gap > screen_cols())
			continue;
		from = x;
		x += screen_put(y, x, 20, ROLE_BAR_KEY, b->key) + gap;
		x += screen_put(y, x, 30, action_usable(b->action, t, NULL) ? ROLE_BAR :
		    ROLE_GREYED, list[i].words) + 1;
		target_add(y, from, 1, x - from - 1, TARGET_KEY, (unsigned)list[i].number);
	}
}

void bars_draw(struct tui *t)
{
	target_owner(t);
	draw_title(t);
	draw_alarm(t);
	draw_keys(t);
}

void bars_mouse(struct tui *t, const struct mouse *m)
{
	if (m->what != MOUSE_PRESS && m->what != MOUSE_DOUBLE)
		return;
	if (m->on.kind == TARGET_KEY) {
		const struct binding *b = keys_each(t->ui->keys, t->top->type->name, m->on.n);

		if (b)
			tui_key(t, b->key);
	} else if (t->top == t->main) {
		pulldown_open(t, m->on.n);
	} else {
		pulldown_switch(t, m->on.n);
	}
}
