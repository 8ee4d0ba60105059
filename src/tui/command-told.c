/* What is seen of what UPSs were told to do; a part of command */
#include "tui/telling.h"

#include "base/i18n.h"
#include "base/text.h"
#include "tui/draw.h"
#include "tui/linear.h"

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

const struct view_type command_told = {
	.name = "command", .draw = draw, .move = move, .ok = cancel, .cancel = cancel,
	.free = free_view, .linear = linear,
};
