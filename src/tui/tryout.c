#include "tui/tryout.h"

#include "app/tryout.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/draw.h"
#include "tui/edit.h"
#include "tui/linear.h"
#include "tui/send.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct trying {
	struct view view;
	struct transfer *transfer;
	struct tryout *tryout;
	bool waiting;		/* a question to the terminal is under way */
	int at, top;
	char *tested;		/* the channel whose steps are shown, or NULL */
	bool ok;
	char error[600];
};

static const char title[] = N_("Notifications");

static int count(const struct trying *t)
{
	const struct json *list = tryout_channels(t->tryout);

	return list ? (int)json_count(list) : 0;
}

static const struct json *channel(const struct trying *t, int i)
{
	return json_at(tryout_channels(t->tryout), (size_t)i);
}

static const char *word(const struct json *j, const char *key)
{
	const char *s = json_get_text(j, key);

	return s ? s : "";
}

static void told(struct tryout *x, const struct err *e, void *arg)
{
	struct trying *t = arg;

	(void)x;
	t->waiting = false;
	t->ok = !e;
	text_show(t->error, sizeof t->error, e ? e->text : "");
	if (t->at >= count(t))
		t->at = 0;
	tui_draw_soon(t->view.tui);
}

/* "web  webhook  sent 3, waiting 1, given up 0" */
static void row_words(const struct json *j, char *text, size_t size)
{
	char how[200];

	snprintf(how, sizeof how, _("sent %.0f, waiting %.0f, given up %.0f"),
	    json_get_number(j, "sent", 0), json_get_number(j, "waiting", 0),
	    json_get_number(j, "dropped", 0));
	snprintf(text, size, "%-14s %-9s %s", word(j, "channel"), word(j, "via"), how);
}

/* What is to be said below the list; the steps of a test, or what is wrong. */
static void put_state(const struct trying *t, struct text *out)
{
	if (t->waiting) {
		text_add(out, _("Asking the terminal..."));
	} else if (t->tested) {
		text_add(out, tryout_steps(t->tryout));
		if (t->ok)
			text_printf(out, _("%s: a test was sent\n"), t->tested);
		else
			text_add(out, t->error);
	} else if (*t->error) {
		text_add(out, t->error);
	} else if (!count(t)) {
		text_printf(out, _("%s has no channels for notifications\n"),
		    transfer_where(t->transfer));
	} else {
		const char *error = word(channel(t, t->at), "error");

		text_add(out, *error ? error : _("Enter sends a test by it."));
	}
}

static void draw(struct view *v)
{
	const struct trying *t = (const struct trying *)v;
	int rows = count(t), cols = screen_cols() - 4, bottom = screen_rows() - 3;
	int list = rows < 8 ? rows : 8, top = draw_window(t->top, t->at, list, rows);
	struct text state = { 0 };
	char line[300];

	screen_fill(1, 0, bottom, screen_cols(), ROLE_TEXT);
	snprintf(line, sizeof line, "%s: %s", tr(title), transfer_where(t->transfer));
	screen_box(1, 0, bottom, screen_cols(), ROLE_FOCUS, line);
	for (int i = 0; i < list; i++) {
		const struct json *j = channel(t, top + i);
		bool here = top + i == t->at;

		row_words(j, line, sizeof line);
		if (here) {
			screen_fill(2 + i, 2, 1, cols, ROLE_SELECTED);
			screen_cursor(2 + i, 2, false);
		}
		draw_label(2 + i, 2, cols, here ? ROLE_SELECTED : *word(j, "error") ?
		    ROLE_WARNING : ROLE_TEXT, line);
	}
	draw_more(2, cols + 1, list, top, rows);
	put_state(t, &state);
	if (state.s)
		draw_scrolled(3 + list, 2, bottom - 4 - list, cols,
		    *t->error ? ROLE_WARNING : ROLE_TEXT, state.s,
		    draw_scroll(0, 1000, bottom - 4 - list, cols, state.s));
	text_done(&state);
}

static void move(struct view *v, enum move move)
{
	struct trying *t = (struct trying *)v;
	int at = move == MOVE_UP ? t->at - 1 : move == MOVE_DOWN ? t->at + 1 :
	    move == MOVE_HOME ? 0 : move == MOVE_END ? count(t) - 1 : t->at;

	if (at >= 0 && at < count(t))
		t->at = at;
	t->top = draw_window(t->top, t->at, 8, count(t));
}

static void ok(struct view *v)
{
	struct trying *t = (struct trying *)v;

	if (t->waiting || !count(t))
		return;
	free(t->tested);
	t->tested = mem_dup(word(channel(t, t->at), "channel"));
	*t->error = '\0';
	t->waiting = true;
	tryout_test(t->tryout, t->tested, told, t);
}

static void cancel(struct view *v)
{
	tui_close(v);
}

static void linear_go(struct view *v, int row)
{
	((struct trying *)v)->at = row;
}

static void linear(struct view *v, struct linear *l)
{
	struct trying *t = (struct trying *)v;
	struct linear_view o = { .number = _("A number sends a test"), .rows = count(t),
	    .go = linear_go };
	struct text state = { 0 };
	enum linear_turn turn;
	char words[300];

	if (t->waiting) {
		if (!linear_wait(l))
			cancel(v);
		return;
	}
	for (int i = 0; i < count(t); i++) {
		row_words(channel(t, i), words, sizeof words);
		linear_say(l, "%3d %s", i + 1, words);
	}
	put_state(t, &state);
	linear_text(l, state.s ? state.s : "");
	text_done(&state);
	turn = o.rows ? linear_turn(v, l, &o) : LINEAR_BACK;
	if (turn == LINEAR_ROW)
		ok(v);
	else if (turn == LINEAR_BACK)
		cancel(v);
}

static void free_view(struct view *v)
{
	struct trying *t = (struct trying *)v;

	tryout_free(t->tryout);
	transfer_free(t->transfer);
	free(t->tested);
	free(t);
}

static const struct view_type type = {
	.name = "notifications", .draw = draw, .move = move, .ok = ok, .cancel = cancel,
	.free = free_view, .linear = linear,
};

bool tryout_can(struct tui *t, struct err *e)
{
	const struct node *n = edit_terminal(t);

	return (n && n->container == IN_CONTROL) ||
	    err_set(e, _("Select the control terminal whose notifications are to be seen."));
}

static void met(struct tui *tui, struct transfer *x, const char *password, void *arg)
{
	struct trying *t;

	(void)arg;
	if (!x)
		return;
	t = mem_new(struct trying);
	t->transfer = x;
	t->tryout = tryout_new(tui->app, x, "operator", password);
	t->waiting = true;
	tui_push(tui, &t->view, &type);
	tryout_look(t->tryout, told, t);
}

void tryout_open(struct tui *tui)
{
	send_meet(tui, edit_terminal(tui)->id, title, met, NULL);
}
