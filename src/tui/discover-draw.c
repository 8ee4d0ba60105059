/* How what a search for cards found is drawn; a part of discover */
#include "tui/discovering.h"

#include "base/i18n.h"
#include "tui/draw.h"

#include <stdio.h>

static const char *name_of(const struct searching *s, unsigned id)
{
	const struct node *n = site_find(app_site(s->view.tui->app), id);

	return n ? node_name(n) : "?";
}

enum role discovering_words(const struct searching *s, const struct discovered *x, char *buf,
    size_t size)
{
	if (x->registered)
		snprintf(buf, size, _("registered: %s"), name_of(s, x->registered));
	else if (x->twin)
		snprintf(buf, size, _("same serial as %s"), name_of(s, x->twin));
	else if (!*x->profile)
		snprintf(buf, size, _("no UPS: %.150s"), *x->what ? x->what : x->sysoid);
	else
		snprintf(buf, size, "%s", x->profile_name);
	return x->registered ? ROLE_GOOD : x->twin ? ROLE_WARNING :
	    *x->profile ? ROLE_TEXT : ROLE_GREYED;
}

/* The columns: where each begins in hundredths, and its title. */
static const struct { int part; const char *title; } columns[] = {
	{ 6, N_("IP address") }, { 25, N_("Name") }, { 38, N_("Model") },
	{ 58, N_("Serial") }, { 75, N_("What it is") },
};
enum { COLUMNS = sizeof columns / sizeof *columns, PARTS = 100 };

static void put(int y, int x, int cols, int column, enum role role, const char *text)
{
	int from = columns[column].part * cols / PARTS;
	int to = column + 1 < COLUMNS ? columns[column + 1].part * cols / PARTS : cols + 1;

	draw_label(y, x + from, to - from - 1, role, text);
}

static void draw_row(const struct searching *s, const struct discovered *f, bool here, int y,
    int x, int cols)
{
	char words[300];
	enum role role = discovering_words(s, f, words, sizeof words);
	enum role plain = here ? ROLE_SELECTED : *f->profile ? ROLE_TEXT : ROLE_GREYED;

	if (here) {
		screen_fill(y, x, 1, cols, ROLE_SELECTED);
		screen_cursor(y, x, false);
	}
	screen_put(y, x, 4, plain, !discovering_can_tick(f) ? "" :
	    discovering_tick_of(s, f->address) < s->n_ticked ? "[x]" : "[ ]");
	put(y, x, cols, 0, plain, f->address);
	put(y, x, cols, 1, plain, f->name);
	put(y, x, cols, 2, plain, f->ident.model);
	put(y, x, cols, 3, plain, f->ident.serial);
	put(y, x, cols, 4, here ? plain : role, words);
}

int discovering_window(void)
{
	return screen_rows() - 8;
}

static const char *hint(const struct searching *s, int n)
{
	if (discover_busy(s->discover))
		return _("Esc stops the search; what was found stays.");
	if (!n)
		return _("Nobody answers: check the addresses, the community names and the access "
		    "lists of the cards. Esc leaves.");
	return _("Space ticks, Enter registers what is ticked in a group. Esc leaves.");
}

void discovering_draw(struct view *v)
{
	const struct searching *s = (const struct searching *)v;
	int n, cols = screen_cols() - 4, bottom = screen_rows() - 3;
	const struct discovered *list = discovering_list(s, &n);
	int at = discovering_cursor(s), top = draw_window(s->top, at, discovering_window(), n);
	char title[200];

	snprintf(title, sizeof title, _("Discover cards: %s, %d found, %d ticked"), s->where, n,
	    (int)s->n_ticked);
	screen_fill(1, 0, screen_rows() - 3, screen_cols(), ROLE_TEXT);
	screen_box(1, 0, screen_rows() - 3, screen_cols(), ROLE_FOCUS, title);
	for (int i = 0; i < COLUMNS; i++)
		put(2, 2, cols, i, ROLE_HEAD, tr(columns[i].title));
	for (int i = 0; i < discovering_window() && top + i < n; i++) {
		draw_row(s, &list[top + i], top + i == at, 3 + i, 2, cols);
		target_add(3 + i, 1, 1, cols, TARGET_ROW, (unsigned)(top + i));
	}
	draw_more(3, screen_cols() - 1, discovering_window(), top, n);
	draw_wrapped(bottom - 2, 2, 2, discover_busy(s->discover) ? cols - 24 : cols, ROLE_HINT,
	    hint(s, n));
	if (discover_busy(s->discover)) {
		snprintf(title, sizeof title, "%3.0f %%", discover_percent(s->discover));
		draw_bar(bottom - 1, 2 + cols - 22, 16, ROLE_GOOD, discover_percent(s->discover));
		screen_put(bottom - 1, 2 + cols - 5, 5, ROLE_TEXT, title);
	}
}
