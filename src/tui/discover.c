/* discover - the list of what a search for cards finds; see discover.h */
#include "tui/discover.h"
#include "tui/discovering.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/ask.h"
#include "tui/draw.h"
#include "tui/linear.h"
#include "tui/mainview.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct searching {
	struct view view;
	struct discover *discover;
	char *where;
	char at[16];		/* the address of the cursor's row; "": the first */
	int top;
	char (*ticked)[16];	/* addresses: rows come in between */
	size_t n_ticked, cap_ticked;
	unsigned *groups;	/* that are offered now */
};

static const struct view_type type;

static struct searching *of(const struct tui *t)
{
	return t->top->type == &type ? (struct searching *)t->top : NULL;
}

static const struct discovered *rows(const struct searching *s, int *n)
{
	size_t count;
	const struct discovered *list = discover_found(s->discover, &count);

	*n = (int)count;
	return list;
}

static int cursor(const struct searching *s)
{
	int n;
	const struct discovered *list = rows(s, &n);

	for (int i = 0; i < n; i++)
		if (strcmp(list[i].address, s->at) == 0)
			return i;
	return 0;
}

/* Where the tick of an address is; n_ticked: it has none. */
static size_t tick_of(const struct searching *s, const char *address)
{
	size_t i;

	for (i = 0; i < s->n_ticked && strcmp(s->ticked[i], address) != 0; i++)
		;
	return i;
}

static bool can_tick(const struct discovered *x)
{
	return *x->profile && !x->registered;
}

static void changed(void *arg)
{
	struct searching *s = arg;

	tui_draw_soon(s->view.tui);
}

/* Drawing */

static const char *name_of(const struct searching *s, unsigned id)
{
	const struct node *n = site_find(app_site(s->view.tui->app), id);

	return n ? node_name(n) : "?";
}

/* What it is; the last column. */
static enum role words_of(const struct searching *s, const struct discovered *x, char *buf,
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
	enum role role = words_of(s, f, words, sizeof words);
	enum role plain = here ? ROLE_SELECTED : *f->profile ? ROLE_TEXT : ROLE_GREYED;

	if (here) {
		screen_fill(y, x, 1, cols, ROLE_SELECTED);
		screen_cursor(y, x, false);
	}
	screen_put(y, x, 4, plain, !can_tick(f) ? "" :
	    tick_of(s, f->address) < s->n_ticked ? "[x]" : "[ ]");
	put(y, x, cols, 0, plain, f->address);
	put(y, x, cols, 1, plain, f->name);
	put(y, x, cols, 2, plain, f->ident.model);
	put(y, x, cols, 3, plain, f->ident.serial);
	put(y, x, cols, 4, here ? plain : role, words);
}

static int list_rows(void)
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

static void draw(struct view *v)
{
	const struct searching *s = (const struct searching *)v;
	int n, cols = screen_cols() - 4, bottom = screen_rows() - 3;
	const struct discovered *list = rows(s, &n);
	int at = cursor(s), top = draw_window(s->top, at, list_rows(), n);
	char title[200];

	snprintf(title, sizeof title, _("Discover cards: %s, %d found, %d ticked"), s->where, n,
	    (int)s->n_ticked);
	screen_fill(1, 0, screen_rows() - 3, screen_cols(), ROLE_TEXT);
	screen_box(1, 0, screen_rows() - 3, screen_cols(), ROLE_FOCUS, title);
	for (int i = 0; i < COLUMNS; i++)
		put(2, 2, cols, i, ROLE_HEAD, tr(columns[i].title));
	for (int i = 0; i < list_rows() && top + i < n; i++) {
		draw_row(s, &list[top + i], top + i == at, 3 + i, 2, cols);
		target_add(3 + i, 1, 1, cols, TARGET_ROW, (unsigned)(top + i));
	}
	draw_more(3, screen_cols() - 1, list_rows(), top, n);
	draw_wrapped(bottom - 2, 2, 2, discover_busy(s->discover) ? cols - 24 : cols, ROLE_HINT, hint(s, n));
	if (discover_busy(s->discover)) {
		snprintf(title, sizeof title, "%3.0f %%", discover_percent(s->discover));
		draw_bar(bottom - 1, 2 + cols - 22, 16, ROLE_GOOD, discover_percent(s->discover));
		screen_put(bottom - 1, 2 + cols - 5, 5, ROLE_TEXT, title);
	}
}

/* Moving and ticking */

static void go(struct searching *s, int at)
{
	int n;
	const struct discovered *list = rows(s, &n);

	if (n == 0)
		return;
	at = at < 0 ? 0 : at >= n ? n - 1 : at;
	text_copy(s->at, sizeof s->at, list[at].address);
	s->top = draw_window(s->top, at, list_rows(), n);
}

static void move(struct view *v, enum move move)
{
	struct searching *s = (struct searching *)v;
	int at = cursor(s), page = list_rows() - 1;

	switch (move) {
	case MOVE_UP:		go(s, at - 1); break;
	case MOVE_DOWN:		go(s, at + 1); break;
	case MOVE_PAGE_UP:	go(s, at - page); break;
	case MOVE_PAGE_DOWN:	go(s, at + page); break;
	case MOVE_HOME:		go(s, 0); break;
	case MOVE_END:		go(s, 1 << 20); break;
	default:		break;
	}
}

static void set_tick(struct searching *s, const struct discovered *x, bool on)
{
	size_t i = tick_of(s, x->address);

	if (on && i == s->n_ticked && can_tick(x)) {
		mem_grow(s->ticked, s->n_ticked, s->cap_ticked);
		text_copy(s->ticked[s->n_ticked++], sizeof *s->ticked, x->address);
	} else if (!on && i < s->n_ticked) {
		memmove(s->ticked[i], s->ticked[i + 1], (--s->n_ticked - i) * sizeof *s->ticked);
	}
}

bool discover_is_open(struct tui *t, struct err *e)
{
	return of(t) || err_set(e, _("This is for the list of found cards."));
}

static void nothing_to_tick(struct tui *t)
{
	screen_beep();
	tui_say(t, 1, _("There is no card to tick yet."));
}

void discover_tick(struct tui *t)
{
	struct searching *s = of(t);
	int n, at = cursor(s);
	const struct discovered *list = rows(s, &n);

	if (n == 0) {
		nothing_to_tick(t);
		return;
	}
	if (!can_tick(&list[at])) {
		screen_beep();
		tui_say(t, 1, list[at].registered ? _("It is registered already.") :
		    _("It is no UPS that a profile knows."));
		return;
	}
	set_tick(s, &list[at], tick_of(s, list[at].address) == s->n_ticked);
	go(s, at + 1);
}

/* All that can be; if they all are, none. */
void discover_tick_all(struct tui *t)
{
	struct searching *s = of(t);
	int n, most = 0;
	const struct discovered *list = rows(s, &n);
	bool on;

	for (int i = 0; i < n; i++)
		most += can_tick(&list[i]);
	if (!most)
		nothing_to_tick(t);
	on = (int)s->n_ticked < most;
	for (int i = 0; i < n; i++)
		set_tick(s, &list[i], on);
}

/* Registering */

static void register_in(struct searching *s, unsigned group)
{
	struct tui *t = s->view.tui;
	int n;
	const struct discovered *list = rows(s, &n);
	size_t *which = mem_zero((size_t)n + 1, sizeof *which), count = 0, done;
	struct err e = { .text = "" };

	for (int i = 0; i < n; i++)
		if (tick_of(s, list[i].address) < s->n_ticked)
			which[count++] = (size_t)i;
	if (!discover_register(s->discover, group, which, count, &done, &e)) {
		ask_message(t, _("Nothing was registered"), e.text);
	} else {
		tui_close(&s->view);
		mainview_go(t, (struct place){ group, IN_POWER });
		tui_say(t, 0, ngettext("%zu card registered; u takes it back",
		    "%zu cards registered; u takes them back", (unsigned long)done), done);
	}
	free(which);
}

static void group_said(struct tui *t, int which, const char *text, void *arg)
{
	struct searching *s = arg;

	(void)t;
	(void)text;
	if (which >= 0)
		register_in(s, s->groups[which]);
}

/* The groups of the site, the one where the operator was first. */
static void ask_group(struct searching *s)
{
	struct tui *t = s->view.tui;
	const struct site *site = app_site(t->app);
	const struct node *top = &site_network(site)->node, *n, *here;
	size_t count = site_count(site, KIND_GROUP);
	char **labels = mem_zero(count + 1, sizeof *labels);
	int k = 0, at = 0;

	here = site_find(site, mainview_place(t).id);
	while (here && here->kind != KIND_GROUP)
		here = here->parent;
	s->groups = mem_realloc(s->groups, count + 1, sizeof *s->groups);
	for (n = top; n; n = node_next(n, top)) {
		if (n->kind != KIND_GROUP)
			continue;
		at = n == here ? k : at;
		s->groups[k] = n->id;
		labels[k++] = node_path(n);
	}
	ask_choice(t, _("Register in which group?"), (const char *const *)labels, k, at,
	    group_said, s);
	while (k > 0)
		free(labels[--k]);
	free(labels);
}

static void ok(struct view *v)
{
	struct searching *s = (struct searching *)v;

	if (s->n_ticked == 0) {
		screen_beep();
		tui_say(v->tui, 1, _("Nothing is ticked: Space ticks a card, a all."));
	} else {
		ask_group(s);
	}
}

static void cancel(struct view *v)
{
	struct searching *s = (struct searching *)v;

	if (discover_busy(s->discover))
		discover_stop(s->discover);
	else
		tui_close(v);
}

static void mouse(struct view *v, const struct mouse *m)
{
	struct searching *s = (struct searching *)v;

	if (m->what == MOUSE_WHEEL_UP || m->what == MOUSE_WHEEL_DOWN)
		move(v, m->what == MOUSE_WHEEL_UP ? MOVE_UP : MOVE_DOWN);
	else if (m->what == MOUSE_PRESS && m->on.kind == TARGET_ROW)
		go(s, (int)m->on.n);
	else if (m->what == MOUSE_DOUBLE && m->on.kind == TARGET_ROW)
		discover_tick(v->tui);
}

/* Linear mode */

static void linear_row(const struct searching *s, int i, const struct discovered *x,
    struct linear *l)
{
	char words[300];

	words_of(s, x, words, sizeof words);
	linear_say(l, "%3d %s%s%s%s%s%s%s, %s", i + 1, x->address, *x->name ? ", " : "", x->name,
	    *x->ident.model ? ", " : "", x->ident.model, *x->ident.serial ? ", " : "",
	    x->ident.serial, words);
}

/* "1 3 5" or "all"; false and told when one is no row that can be registered. */
static bool linear_ticks(struct searching *s, char *line, struct linear *l)
{
	int n, number;
	const struct discovered *list = rows(s, &n);
	char *rest = NULL, *word;

	s->n_ticked = 0;
	if (strcmp(line, "all") == 0 || strcmp(line, _("all")) == 0) {
		for (int i = 0; i < n; i++)
			set_tick(s, &list[i], true);
		return true;
	}
	for (word = strtok_r(line, ", ", &rest); word; word = strtok_r(NULL, ", ", &rest)) {
		number = atoi(word);
		if (number < 1 || number > n || !can_tick(&list[number - 1])) {
			linear_say(l, _("%s: not a number of a UPS that is not registered yet."), word);
			return false;
		}
		set_tick(s, &list[number - 1], true);
	}
	return true;
}

static void linear(struct view *v, struct linear *l)
{
	struct searching *s = (struct searching *)v;
	int n;
	const struct discovered *list;
	char *line;

	if (discover_busy(s->discover)) {
		if (!linear_wait(l))	/* Ctrl-C: what was found so far */
			discover_stop(s->discover);
		return;
	}
	list = rows(s, &n);
	linear_say(l, _("Discover cards: %s, %d found, %d ticked"), s->where, n, 0);
	for (int i = 0; i < n; i++)
		linear_row(s, i, &list[i], l);
	line = n ? linear_ask(l, _("Numbers to register, all, or nothing to go back: "), 0) : NULL;
	if (!line || !*line)
		tui_close(v);
	else if (linear_ticks(s, line, l) && s->n_ticked)
		ask_group(s);
	free(line);
}

static void free_view(struct view *v)
{
	struct searching *s = (struct searching *)v;

	discover_free(s->discover);
	free(s->where);
	free(s->ticked);
	free(s->groups);
	free(s);
}

static const struct view_type type = {
	.name = "discover", .draw = draw, .move = move, .ok = ok, .cancel = cancel,
	.mouse = mouse, .free = free_view, .linear = linear,
};

bool discovering_open(struct tui *t, const struct discover_settings *o, struct err *e)
{
	struct searching *s = mem_new(struct searching);

	s->view.tui = t;
	s->discover = discover_start(t->app, o, changed, s, e);
	if (!s->discover) {
		free(s);
		return false;
	}
	s->where = mem_dup(o->where);
	tui_push(t, &s->view, &type);
	return true;
}
