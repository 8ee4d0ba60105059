/* bulk_collect_open(): the settings of many cards, a row each; see bulk.h */
#include "tui/bulk.h"

#include "app/collect.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/ask.h"
#include "tui/draw.h"
#include "tui/linear.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { AT_ONCE = 32 };		/* cards that are asked at the same time */

enum progress { WAITS, ASKED, ANSWERED, FAILED };

struct asked {
	struct cards *cards;
	unsigned id;
	enum progress progress;
	struct collect *collect;	/* while it is asked */
	struct collected *list;		/* what it said */
	size_t n;
	char error[200];
};

struct cards {
	struct view view;
	struct asked *list;
	int n, at, top;
};

static void ask_more(struct cards *);

/* What the card keeps and the site has otherwise; from row i on, or NULL. */
static const struct collected *next_different(const struct asked *a, size_t *i)
{
	const struct tui *t = a->cards->view.tui;
	const struct ups *u = node_ups(site_find(app_site(t->app), a->id));
	char buf[16];
	int number;

	while (u && *i < a->n) {
		const struct collected *c = &a->list[(*i)++];

		/* what it does not support is "", what no site can hold is passed over */
		if (c->field && *c->value && field_check(c->field, c->value, &number, NULL) &&
		    strcmp(c->value, field_text(c->field, u, buf)) != 0)
			return c;
	}
	return NULL;
}

static int differences(const struct asked *a)
{
	size_t i = 0;
	int n = 0;

	while (next_different(a, &i))
		n++;
	return n;
}

static void answered(const struct collected *list, size_t n, const struct reading *ident,
    const char *profile, const struct err *e, void *arg)
{
	struct asked *a = arg;

	(void)ident;
	(void)profile;
	a->collect = NULL;
	if (!e) {
		a->progress = ANSWERED;
		a->list = mem_zero(n, sizeof *a->list);
		memcpy(a->list, list, n * sizeof *list);
		a->n = n;
	} else {
		a->progress = FAILED;
		text_copy(a->error, sizeof a->error, e->text);
	}
	ask_more(a->cards);
	tui_draw_soon(a->cards->view.tui);
}

static int count(const struct cards *c, enum progress p)
{
	int n = 0;

	for (int i = 0; i < c->n; i++)
		n += c->list[i].progress == p;
	return n;
}

static void ask(struct asked *a)
{
	struct app *app = a->cards->view.tui->app;
	const struct ups *u = node_ups(site_find(app_site(app), a->id));
	struct err e = { .text = "" };

	a->progress = ASKED;
	if (!u)
		err_set(&e, _("the node is gone"));
	else
		a->collect = collect_start(app, u, answered, a, &e);
	if (!a->collect) {
		a->progress = FAILED;
		text_copy(a->error, sizeof a->error, e.text);
	}
}

static void ask_more(struct cards *c)
{
	int asked = count(c, ASKED);

	for (int i = 0; i < c->n && asked < AT_ONCE; i++)
		if (c->list[i].progress == WAITS) {
			ask(&c->list[i]);
			asked += c->list[i].progress == ASKED;
		}
}

static int list_rows(const struct cards *c)
{
	int most = screen_rows() - 11;

	return c->n < most ? c->n : most;
}

static enum role words_of(const struct asked *a, char *buf, size_t size)
{
	int n;

	switch (a->progress) {
	case WAITS:
		snprintf(buf, size, "%s", _("waits for its turn"));
		return ROLE_GREYED;
	case ASKED:
		snprintf(buf, size, "%s", _("asked …"));
		return ROLE_DIALOG;
	case FAILED:
		snprintf(buf, size, "%s", a->error);
		return ROLE_WARNING;
	default:
		n = differences(a);
		if (n)
			snprintf(buf, size, ngettext("≠ %d setting differs",
			    "≠ %d settings differ", (unsigned long)n), n);
		else
			snprintf(buf, size, "%s", _("= all as in the site"));
		return n ? ROLE_NOTE : ROLE_GOOD;
	}
}

static void draw_row(const struct cards *c, int i, int y, int x, int cols)
{
	const struct asked *a = &c->list[i];
	const struct node *n = site_find(app_site(c->view.tui->app), a->id);
	char words[300];
	enum role role = words_of(a, words, sizeof words);

	if (i == c->at) {
		screen_fill(y, x, 1, cols, ROLE_SELECTED);
		screen_cursor(y, x, false);
		role = ROLE_SELECTED;
	}
	screen_put(y, x, 16, i == c->at ? role : ROLE_DIALOG, n ? node_name(n) : "");
	draw_cut(y, x + 17, cols - 17, role, words);
}

/* What the card at the cursor keeps otherwise. */
static void draw_differences(const struct cards *c, int y, int x, int cols)
{
	const struct asked *a = &c->list[c->at];
	const struct node *n = site_find(app_site(c->view.tui->app), a->id);
	const struct collected *one;
	struct text words = { 0 };
	char buf[16];
	size_t i = 0;

	while (a->progress == ANSWERED && (one = next_different(a, &i)))
		text_printf(&words, "%s%s %s → %s", words.len ? " · " : "",
		    tr(one->field->label), field_text(one->field, n, buf), one->value);
	if (words.len)
		draw_wrapped(y, x, 2, cols, ROLE_DIALOG, words.s);
	text_done(&words);
}

static void draw(struct view *v)
{
	struct cards *c = (struct cards *)v;
	int rows = list_rows(c), cols = screen_cols() - 12, x, y;
	int over = count(c, ANSWERED) + count(c, FAILED);
	char title[200];

	cols = cols > 90 ? 90 : cols;
	snprintf(title, sizeof title, _("Collect SNMP settings: %d of %d"), over, c->n);
	draw_dialog(rows + 7, cols + 4, title, &y, &x);
	for (int i = 0; i < rows && c->top + i < c->n; i++)
		draw_row(c, c->top + i, y + i, x, cols);
	draw_differences(c, y + rows, x, cols);
	draw_wrapped(y + rows + 3, x, 2, cols, ROLE_HINT, over < c->n ?
	    _("Esc ends the asking.") :
	    _("Enter takes what the cards keep into the site, as one act. Esc leaves it."));
}

static void move(struct view *v, enum move move)
{
	struct cards *c = (struct cards *)v;

	c->at = draw_step(c->at, c->n, list_rows(c) - 1, move);
	c->top = draw_window(c->top, c->at, list_rows(c), c->n);
}

/* How many settings were taken, -1 and words when one was refused: then none. */
static int take(struct cards *c, struct err *e)
{
	struct app *app = c->view.tui->app;
	const struct collected *one;
	int taken = 0;

	app_act_begin(app, _("take the cards' values"));
	for (int i = 0; i < c->n; i++) {
		size_t at = 0;

		while (c->list[i].progress == ANSWERED &&
		    (one = next_different(&c->list[i], &at))) {
			if (!app_set(app, c->list[i].id, one->field->key, one->value, e)) {
				app_act_abort(app);
				return -1;
			}
			taken++;
		}
	}
	app_act_end(app);
	return taken;
}

static void ok(struct view *v)
{
	struct cards *c = (struct cards *)v;
	struct tui *t = v->tui;
	struct err e;
	int taken;

	if (count(c, WAITS) + count(c, ASKED) > 0) {
		screen_beep();
		tui_say(t, 1, _("Some cards are still asked."));
		return;
	}
	taken = take(c, &e);
	if (taken < 0) {
		ask_message(t, _("Nothing was changed"), e.text);
		return;
	}
	tui_close(v);
	tui_say(t, 0, ngettext("%d setting taken from the cards",
	    "%d settings taken from the cards", (unsigned long)taken), taken);
}

static void cancel(struct view *v)
{
	tui_close(v);
}

/* When all are through: a line each, then whether to take it. */
static void linear(struct view *v, struct linear *l)
{
	static const char *const labels[] = { N_("Take the cards' values"), N_("Cancel") };
	const char *const words[] = { tr(labels[0]), tr(labels[1]) };
	struct cards *c = (struct cards *)v;
	char text[300];

	if (count(c, WAITS) + count(c, ASKED) > 0) {
		if (!linear_wait(l))
			cancel(v);
		return;
	}
	for (int i = 0; i < c->n; i++) {
		const struct node *n = site_find(app_site(v->tui->app), c->list[i].id);

		words_of(&c->list[i], text, sizeof text);
		linear_say(l, "%s: %s", n ? node_name(n) : "", text);
	}
	linear_say(l, "  1 %s\n  2 %s", words[0], words[1]);
	if (linear_choose(l, words, 2, 1) == 0)
		ok(v);
	else
		cancel(v);
}

static void free_view(struct view *v)
{
	struct cards *c = (struct cards *)v;

	for (int i = 0; i < c->n; i++) {
		collect_cancel(c->list[i].collect);
		free(c->list[i].list);
	}
	free(c->list);
	free(c);
}

static const struct view_type type = {
	.name = "cards", .draw = draw, .move = move, .ok = ok, .cancel = cancel,
	.free = free_view, .linear = linear,
};

void bulk_collect_open(struct tui *t, unsigned *ids, size_t n)
{
	struct cards *c = mem_new(struct cards);

	c->list = mem_zero(n, sizeof *c->list);
	c->n = (int)n;
	for (size_t i = 0; i < n; i++)
		c->list[i] = (struct asked){ .cards = c, .id = ids[i] };
	free(ids);
	tui_push(t, &c->view, &type);
	ask_more(c);
}
