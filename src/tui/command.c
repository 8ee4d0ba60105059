#include "tui/command.h"

#include "app/operate.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "tui/ask.h"
#include "tui/draw.h"
#include "tui/linear.h"
#include "tui/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One power device that is told to. */
struct told {
	struct telling *telling;
	unsigned id;
	struct operation *operation;	/* while it is under way */
	struct command_state state;
	char error[300];
};

/* From the choice to the end; the view is only open when something was sent. */
struct telling {
	struct view view;
	const struct command *command;
	int outlet;
	struct told *list;
	size_t n, at, top;
	const struct command *offered[64];	/* while it is chosen */
};

/* The one that a question is asked about: it may never be answered. */
static struct telling *pending;

static void telling_free(struct telling *c)
{
	if (!c)
		return;
	if (pending == c)
		pending = NULL;
	for (size_t i = 0; i < c->n; i++)
		operate_cancel(c->list[i].operation);
	free(c->list);
	free(c);
}

/* What is seen of it */

static bool is_over(const struct telling *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->list[i].operation)
			return false;
	return true;
}

static enum role words_of(const struct told *o, char *buf, size_t size)
{
	if (*o->error) {
		text_copy(buf, size, o->error);
		return ROLE_ALARM;
	}
	command_words(&o->state, buf, size);
	switch (o->state.end) {
	case COMMAND_PENDING:
		return ROLE_GREYED;
	case COMMAND_SHOWN:
		return o->state.result == RESULT_NONE || o->state.result == RESULT_PASSED ?
		    ROLE_GOOD : ROLE_ALARM;
	case COMMAND_ACCEPTED:
		return ROLE_GOOD;
	default:
		return ROLE_ALARM;
	}
}

static const char *name_of(const struct told *o)
{
	const struct node *n = site_find(app_site(o->telling->view.tui->app), o->id);

	return n ? node_name(n) : "?";
}

enum { WORD_ROWS = 4 };

static int list_rows(const struct telling *c)
{
	int most = screen_rows() - 6 - WORD_ROWS - 4;

	most = most < 1 ? 1 : most;
	return (int)c->n < most ? (int)c->n : most;
}

static void draw(struct view *v)
{
	struct telling *c = (struct telling *)v;
	int rows = list_rows(c), cols = screen_cols() - 10, x, y;
	char words[600];
	enum role role;

	cols = cols > 100 ? 100 : cols;
	c->top = (size_t)draw_window((int)c->top, (int)c->at, rows, (int)c->n);
	draw_dialog(rows + WORD_ROWS + 5, cols + 4, tr(c->command->label), &y, &x);
	for (size_t i = c->top; i < c->n && i < c->top + (size_t)rows; i++) {
		bool here = i == c->at && c->n > 1;

		role = words_of(&c->list[i], words, sizeof words);
		if (here) {
			screen_fill(y, x, 1, cols, ROLE_SELECTED);
			role = ROLE_SELECTED;
		}
		screen_put(y, x, 16, here ? role : ROLE_DIALOG, name_of(&c->list[i]));
		draw_cut(y++, x + 17, cols - 17, role, words);
	}
	role = words_of(&c->list[c->at], words, sizeof words);
	draw_wrapped(y + 1, x, WORD_ROWS, cols, role, words);
	screen_put(y + WORD_ROWS + 2, x, cols, ROLE_HINT, is_over(c) ? _("Esc closes.") :
	    _("Esc closes; what was sent stays sent, and shows in the list."));
}

static void move(struct view *v, enum move move)
{
	struct telling *c = (struct telling *)v;

	if (move == MOVE_UP && c->at > 0)
		c->at--;
	else if (move == MOVE_DOWN && c->at + 1 < c->n)
		c->at++;
}

static void cancel(struct view *v)
{
	tui_close(v);
}

static void free_view(struct view *v)
{
	telling_free((struct telling *)v);
}

/* A line each when it is known; Ctrl-C leaves it as Esc does. */
static void linear(struct view *v, struct linear *l)
{
	struct telling *c = (struct telling *)v;
	char words[600];

	if (!is_over(c)) {
		if (!linear_wait(l))
			cancel(v);
		return;
	}
	for (size_t i = 0; i < c->n; i++) {
		words_of(&c->list[i], words, sizeof words);
		linear_say(l, "%s: %s", name_of(&c->list[i]), words);
	}
	cancel(v);
}

static const struct view_type type = {
	.name = "command", .draw = draw, .move = move, .ok = cancel, .cancel = cancel,
	.free = free_view, .linear = linear,
};

/* Giving it */

static void hear(const struct command_state *s, const struct err *e, void *arg)
{
	struct told *o = arg;

	o->state = *s;
	if (e)
		text_copy(o->error, sizeof o->error, e->text);
	if (s->end != COMMAND_PENDING)
		o->operation = NULL;
	tui_draw_soon(o->telling->view.tui);
}

static void give(struct tui *t, struct telling *c)
{
	struct err e;

	pending = NULL;
	c->view.tui = t;
	for (size_t i = 0; i < c->n; i++) {
		struct told *o = &c->list[i];

		o->operation = operate_start(t->app, o->id, c->command, c->outlet, hear, o, &e);
		if (!o->operation)
			text_copy(o->error, sizeof o->error, e.text);
	}
	tui_push(t, &c->view, &type);
}

static void confirmed(struct tui *t, int which, const char *text, void *arg)
{
	(void)text;
	if (which == 0)
		give(t, arg);
	else
		telling_free(arg);
}

static unsigned *ids_of(const struct telling *c)
{
	unsigned *ids = mem_zero(c->n + 1, sizeof *ids);

	for (size_t i = 0; i < c->n; i++)
		ids[i] = c->list[i].id;
	return ids;
}

static void confirm(struct tui *t, struct telling *c)
{
	unsigned *ids = ids_of(c);
	struct text words = { 0 };
	char *name = mem_dup(operate_name(t->app, ids, c->n));
	struct err e;

	operate_words(t->app, c->command, ids, c->n, c->outlet, &words);
	free(ids);
	if (!operate_allowed(t->app, c->command, &e)) {
		ask_message(t, tr(c->command->label), e.text);
		telling_free(c);
	} else if (c->command->risk == RISK_NONE) {
		give(t, c);
	} else if (c->command->risk == RISK_CUT) {
		ask_typed(t, tr(c->command->label), words.s, name, confirmed, c);
	} else {
		ask_confirm(t, tr(c->command->label), words.s, confirmed, c);
	}
	free(name);
	text_done(&words);
}

static void outlet_said(struct tui *t, int which, const char *text, void *arg)
{
	struct telling *c = arg;
	char *end = NULL;
	long n = which == 0 && text ? strtol(text, &end, 10) : 0;

	if (which != 0) {
		telling_free(c);
	} else if (n < 1 || n > 1000 || *end) {
		tui_say(t, 1, _("%s is no number of an outlet group; they count from 1"), text);
		telling_free(c);
	} else {
		c->outlet = (int)n;
		confirm(t, c);
	}
}

static void go_on(struct tui *t, struct telling *c)
{
	if (c->command->outlet)
		ask_text(t, tr(c->command->label), _("Which outlet group? They count from 1."), "1",
		    false, outlet_said, c);
	else
		confirm(t, c);
}

static void chosen(struct tui *t, int which, const char *text, void *arg)
{
	struct telling *c = arg;

	(void)text;
	if (which < 0) {
		telling_free(c);
		return;
	}
	c->command = c->offered[which];
	go_on(t, c);
}

/* Choosing */

/* Can any of the cards do it, as far as they are known? */
static bool is_offered(struct tui *t, const struct telling *c, const struct command *k)
{
	bool unknown = false;

	for (size_t i = 0; i < c->n; i++) {
		const struct ups_status *s = watch_ups(t->app, c->list[i].id);

		if (s && *s->profile && operate_known(t->app, s->profile, k))
			return true;
		unknown = unknown || !s || !*s->profile;
	}
	return unknown;
}

static struct telling *telling_new(struct tui *t)
{
	struct telling *c = mem_new(struct telling);
	unsigned *ids = settings_chosen(t, &c->n);

	telling_free(pending);
	pending = c;
	c->list = mem_zero(c->n + 1, sizeof *c->list);
	for (size_t i = 0; i < c->n; i++)
		c->list[i] = (struct told){ .telling = c, .id = ids[i] };
	free(ids);
	return c;
}

/* Those whose word begins so. */
static void choose(struct tui *t, const char *title, const char *prefix)
{
	struct telling *c = telling_new(t);
	const char *labels[64];
	int n = 0;

	for (const struct command *k = commands; k->word && n < 64; k++)
		if (strncmp(k->word, prefix, strlen(prefix)) == 0 && is_offered(t, c, k)) {
			c->offered[n] = k;
			labels[n++] = tr(k->label);
		}
	if (n > 0) {
		ask_choice(t, title, labels, n, 0, chosen, c);
		return;
	}
	tui_say(t, 1, _("These cards cannot be told to."));
	telling_free(c);
}

static void straight(struct tui *t, const char *word)
{
	struct telling *c = telling_new(t);

	c->command = command_find(word);
	go_on(t, c);
}

bool command_can(struct tui *t, struct err *e)
{
	size_t n;

	if (app_read_only(t->app))
		return err_kind(e, ERR_REFUSED, _("The site was opened read-only."));
	free(settings_chosen(t, &n));
	return n > 0 || err_set(e, _("Select a power device or a group of them."));
}

bool command_can_switch(struct tui *t, struct err *e)
{
	return command_can(t, e) && operate_allowed(t->app, command_find("on"), e);
}

void command_open(struct tui *t)
{
	choose(t, _("What is the UPS to do?"), "");
}

void command_test(struct tui *t)
{
	straight(t, "test");
}

void command_on(struct tui *t)
{
	straight(t, "on");
}

void command_off(struct tui *t)
{
	choose(t, _("UPS output off"), "off");
}

void command_reboot(struct tui *t)
{
	choose(t, _("UPS output off and on again"), "reboot");
}
