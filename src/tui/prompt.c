#include "tui/prompt.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/draw.h"
#include "tui/linear.h"

#include <stdlib.h>

enum { FIELD_LEAST = 20, BAD_LINES = 3 };

struct prompt {
	struct view view;
	const struct prompt_use *use;
	struct line line;
	struct err bad;		/* why what is typed means nothing, or "" */
	void *arg;
};

/* Words that have no room beside the field stand above it. */
static void draw_bad(const struct prompt *p, int y, int cols)
{
	int lines = draw_wrapped(0, 0, 0, cols - 4, ROLE_ERROR, p->bad.text);

	if (lines > BAD_LINES)
		lines = BAD_LINES;
	screen_fill(y - lines - 2, 0, lines + 2, cols, ROLE_DIALOG);
	screen_box(y - lines - 2, 0, lines + 2, cols, ROLE_DIALOG, tr(p->use->label));
	draw_wrapped(y - lines - 1, 2, lines, cols - 4, ROLE_ERROR, p->bad.text);
}

static void draw(struct view *v)
{
	struct prompt *p = (struct prompt *)v;
	const char *hint = p->bad.text[0] ? p->bad.text : tr(p->use->hint);
	int y = screen_rows() - 1, cols = screen_cols(), x, room, wide;

	screen_fill(y, 0, 1, cols, ROLE_TEXT);
	x = screen_put(y, 0, 30, ROLE_BAR_KEY, tr(p->use->label)) + 1;
	if (p->bad.text[0] && text_width(hint) > cols - x - FIELD_LEAST - 3) {
		draw_bad(p, y, cols);
		hint = "";
	}
	wide = text_width(hint);
	room = cols - x - wide - 3;
	if (room < FIELD_LEAST)
		room = FIELD_LEAST;
	draw_cut(y, x + room + 2, cols - x - room - 2, p->bad.text[0] ? ROLE_ERROR :
	    ROLE_HINT, hint);
	draw_line(y, x, room, ROLE_FIELD_NOW, &p->line, false, true);
}

static void typed(struct prompt *p)
{
	p->bad.text[0] = '\0';
	if (!p->use->typed(p->view.tui, p->line.s, p->arg, &p->bad) && !p->bad.text[0])
		screen_beep();
	tui_draw_soon(p->view.tui);
}

static bool key(struct view *v, const char *name)
{
	struct prompt *p = (struct prompt *)v;

	if (!line_key(&p->line, name))
		return false;
	typed(p);
	return true;
}

static bool paste(struct view *v, const char *text)
{
	struct prompt *p = (struct prompt *)v;

	if (!line_insert(&p->line, text))
		screen_beep();
	typed(p);
	return true;
}

static void move(struct view *v, enum move move)
{
	static const char *const keys[] = { [MOVE_LEFT] = "Left", [MOVE_RIGHT] = "Right",
	    [MOVE_HOME] = "Home", [MOVE_END] = "End" };
	struct prompt *p = (struct prompt *)v;

	if (move == MOVE_UP || move == MOVE_DOWN)
		prompt_step(v->tui, move == MOVE_UP ? -1 : 1);
	else if (move == MOVE_LEFT || move == MOVE_RIGHT || move == MOVE_HOME ||
	    move == MOVE_END)
		line_key(&p->line, keys[move]);
}

static void finish(struct prompt *p, bool kept)
{
	const struct prompt_use *use = p->use;
	struct tui *t = p->view.tui;
	char *text = mem_dup(p->line.s);
	void *arg = p->arg;

	p->arg = NULL;
	tui_close(&p->view);
	use->done(t, kept, text, arg);
	use->drop(arg);
	free(text);
}

static void ok(struct view *v)
{
	finish((struct prompt *)v, true);
}

static void cancel(struct view *v)
{
	finish((struct prompt *)v, false);
}

/* Asked once; an empty answer is an empty line. */
static void linear(struct view *v, struct linear *l)
{
	struct prompt *p = (struct prompt *)v;
	char *text;

	linear_say(l, "%s: %s", tr(p->use->label), tr(p->use->hint));
	text = linear_ask(l, "> ", 0);
	if (text) {
		line_set(&p->line, text);
		typed(p);
		if (p->bad.text[0])
			linear_say(l, "%s", p->bad.text);
	}
	finish(p, text && !p->bad.text[0]);
	free(text);
}

static void free_view(struct view *v)
{
	struct prompt *p = (struct prompt *)v;

	if (p->arg)
		p->use->drop(p->arg);
	line_done(&p->line);
	free(p);
}

const struct view_type prompt_find = {
	.name = "find", .draw = draw, .move = move, .key = key, .ok = ok,
	.cancel = cancel, .paste = paste, .free = free_view, .linear = linear,
};

const struct view_type prompt_filter = {
	.name = "filter", .draw = draw, .move = move, .key = key, .ok = ok,
	.cancel = cancel, .paste = paste, .free = free_view, .linear = linear,
};

void prompt_open(struct tui *t, const struct prompt_use *use, const char *initial,
    void *arg)
{
	struct prompt *p = mem_new(struct prompt);

	p->use = use;
	p->arg = arg;
	line_init(&p->line, initial);
	tui_push(t, &p->view, use->type);
}

bool prompt_step(struct tui *t, int by)
{
	struct prompt *p = (struct prompt *)t->top;

	if (p->view.type != &prompt_find && p->view.type != &prompt_filter)
		return false;
	if (p->use->step)
		p->use->step(t, by, p->arg);
	return true;
}
