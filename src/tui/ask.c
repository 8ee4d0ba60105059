#include "tui/ask.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/draw.h"
#include "tui/linear.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct ask {
	struct view view;
	char *title, *text;
	const char *const *labels;
	int n, at;
	bool fresh, has_line, secret;
	struct line line;
	char *name;		/* that must be typed, or NULL */
	bool wrong;		/* another one was */
	ask_done *done;
	void *arg;
};

enum { COLS_MAX = 66 };

static int cols_of(const struct ask *a)
{
	int cols = text_width(a->title) + 4, buttons = 0, text = text_width(a->text);

	for (int i = 0; i < a->n; i++)
		buttons += draw_button_cols(tr(a->labels[i])) + 2;
	if (text > cols)
		cols = text;
	if (buttons > cols)
		cols = buttons;
	if (a->has_line && cols < 44)
		cols = 44;
	return (cols > COLS_MAX ? COLS_MAX : cols) + 4;
}

static void draw(struct view *v)
{
	struct ask *a = (struct ask *)v;
	int cols = cols_of(a), inner = cols - 4, x, y, rows;
	int lines = draw_wrapped(0, 0, 0, inner, ROLE_DIALOG, a->text);

	if (lines > screen_rows() - 10)
		lines = screen_rows() - 10;
	rows = lines + 4 + (a->has_line ? 2 : 0) + (a->name ? 2 : 0);
	draw_dialog(rows, cols, a->title, &y, &x);
	draw_wrapped(y, x, lines, inner, ROLE_DIALOG, a->text);
	y += lines + 1;
	if (a->name) {
		char words[400];

		snprintf(words, sizeof words, a->wrong ? _("That is another name. Type %s to go on:") :
		    _("Type %s to go on:"), a->name);
		screen_put(y, x, inner, a->wrong ? ROLE_ERROR : ROLE_DIALOG, words);
		y += 2;
	}
	if (a->has_line) {
		draw_line(y, x, inner, a->wrong ? ROLE_FIELD_BAD : ROLE_FIELD_NOW, &a->line,
		    a->secret, true);
		target_add(y, x, 1, inner, TARGET_FIELD, 0);
		y += 2;
	}
	for (int i = 0; i < a->n; i++)
		x += draw_button_of(y, x, tr(a->labels[i]), i == a->at && !a->has_line,
		    (unsigned)i) + 2;
}

static void finish(struct ask *a, int which)
{
	struct tui *t = a->view.tui;
	ask_done *done = a->done;
	void *arg = a->arg;
	char *text = a->has_line ? mem_dup(a->line.s) : NULL;

	a->done = NULL;
	tui_close(&a->view);
	if (done)
		done(t, which, text, arg);
	if (text)
		explicit_bzero(text, strlen(text));
	free(text);
}

static void move(struct view *v, enum move move)
{
	struct ask *a = (struct ask *)v;

	if (a->has_line) {
		static const char *const keys[] = { [MOVE_LEFT] = "Left",
		    [MOVE_RIGHT] = "Right", [MOVE_HOME] = "Home", [MOVE_END] = "End" };

		if (move == MOVE_LEFT || move == MOVE_RIGHT || move == MOVE_HOME ||
		    move == MOVE_END)
			line_key(&a->line, keys[move]);
		a->fresh = false;
		return;
	}
	if (move == MOVE_LEFT || move == MOVE_UP || move == MOVE_PREVIOUS)
		a->at = (a->at + a->n - 1) % a->n;
	else
		a->at = (a->at + 1) % a->n;
}

static bool key(struct view *v, const char *name)
{
	struct ask *a = (struct ask *)v;

	if (a->has_line) {
		/* what stood there first gives way to what is typed */
		if (a->fresh && line_inserts(name))
			line_set(&a->line, "");
		a->fresh = a->wrong = false;
		return line_key(&a->line, name);
	}
	/* the letter of the English label counts in every language: y is yes */
	for (int i = 0; i < a->n; i++)
		if (strncasecmp(tr(a->labels[i]), name, strlen(name)) == 0 ||
		    strncasecmp(a->labels[i], name, strlen(name)) == 0) {
			finish(a, i);
			return true;
		}
	return false;
}

static void ok(struct view *v)
{
	struct ask *a = (struct ask *)v;

	if (a->name && strcmp(a->name, a->line.s) != 0) {
		a->wrong = true;
		screen_beep();
		return;
	}
	finish(a, a->at);
}

static void cancel(struct view *v)
{
	finish((struct ask *)v, -1);
}

static void mouse(struct view *v, const struct mouse *m)
{
	struct ask *a = (struct ask *)v;

	if (m->what != MOUSE_PRESS)
		return;
	if (m->on.kind == TARGET_FIELD) {
		line_point(&a->line, m->on.cols, a->secret, m->x - m->on.x);
		a->fresh = false;
	} else if (m->on.kind == TARGET_BUTTON && !a->has_line) {
		finish(a, (int)m->on.n);
	} else if (m->on.kind == TARGET_BUTTON) {
		if (m->on.n == 0)
			ok(v);
		else
			cancel(v);
	}
}

static bool paste(struct view *v, const char *text)
{
	struct ask *a = (struct ask *)v;

	if (!a->has_line)
		return false;
	if (a->fresh)
		line_set(&a->line, "");
	a->fresh = a->wrong = false;
	if (!line_insert(&a->line, text))
		tui_say(v->tui, 1, _("The pasted text is longer than a field can be; nothing was pasted"));
	return true;
}

static void free_view(struct view *v)
{
	struct ask *a = (struct ask *)v;

	if (a->done && v->tui->leaving)
		a->done(v->tui, -1, a->has_line ? a->line.s : NULL, a->arg);
	free(a->name);
	free(a->title);
	free(a->text);
	line_done(&a->line);
	free(a);
}

static void linear_line(struct ask *a, struct linear *l)
{
	bool right;
	char *prompt = a->secret || !*a->line.s ? mem_dup("> ") : mem_printf("[%s]> ", a->line.s);
	char *text;

	if (a->name)
		linear_say(l, _("Type %s to go on:"), a->name);
	text = linear_ask(l, prompt, a->secret ? LINEAR_SECRET : 0);
	free(prompt);
	right = text && (!a->name || strcmp(text, a->name) == 0);
	if (text && *text && !right)
		linear_say(l, "%s", _("That is another name; nothing was done."));
	if (text && *text)
		line_set(&a->line, text);
	if (text)
		explicit_bzero(text, strlen(text));
	finish(a, right ? 0 : -1);
	free(text);
}

static void linear(struct view *v, struct linear *l)
{
	struct ask *a = (struct ask *)v;
	const char *labels[4];

	linear_say(l, "%s: %s", a->title, a->text);
	if (a->has_line) {
		linear_line(a, l);
		return;
	}
	if (a->n == 1) {	/* it was only said */
		finish(a, 0);
		return;
	}
	for (int i = 0; i < a->n; i++) {
		labels[i] = tr(a->labels[i]);
		linear_say(l, "%3d %s", i + 1, labels[i]);
	}
	finish(a, linear_choose(l, labels, a->n, a->at));
}

static const struct view_type type = {
	.name = "ask", .draw = draw, .move = move, .key = key, .ok = ok,
	.cancel = cancel, .mouse = mouse, .paste = paste, .free = free_view, .linear = linear,
};

static const struct view_type type_line = {
	.name = "ask-text", .draw = draw, .move = move, .key = key, .ok = ok,
	.cancel = cancel, .mouse = mouse, .paste = paste, .free = free_view, .linear = linear,
};

void ask_buttons(struct tui *t, const char *title, const char *text,
    const char *const *labels, int n, int at, ask_done *done, void *arg)
{
	struct ask *a = mem_new(struct ask);

	*a = (struct ask){ .title = mem_dup(title), .text = mem_dup(text),
	    .labels = labels, .n = n, .at = at, .done = done, .arg = arg };
	tui_push(t, &a->view, &type);
}

void ask_message(struct tui *t, const char *title, const char *text)
{
	static const char *const labels[] = { N_("OK") };

	ask_buttons(t, title, text, labels, 1, 0, NULL, NULL);
}

void ask_confirm(struct tui *t, const char *title, const char *text, ask_done *done,
    void *arg)
{
	static const char *const labels[] = { N_("Yes"), N_("No") };

	ask_buttons(t, title, text, labels, 2, 1, done, arg);
}

static struct ask *open_line(struct tui *t, const char *title, const char *text,
    const char *initial, bool secret, ask_done *done, void *arg)
{
	static const char *const labels[] = { N_("OK (Enter)"), N_("Cancel (Esc)") };
	struct ask *a = mem_new(struct ask);

	*a = (struct ask){ .title = mem_dup(title), .text = mem_dup(text),
	    .labels = labels, .n = 2, .has_line = true, .fresh = true, .secret = secret,
	    .done = done, .arg = arg };
	line_init(&a->line, initial);
	tui_push(t, &a->view, &type_line);
	return a;
}

void ask_text(struct tui *t, const char *title, const char *text,
    const char *initial, bool secret, ask_done *done, void *arg)
{
	open_line(t, title, text, initial, secret, done, arg);
}

void ask_typed(struct tui *t, const char *title, const char *text, const char *name,
    ask_done *done, void *arg)
{
	open_line(t, title, text, "", false, done, arg)->name = mem_dup(name);
}
