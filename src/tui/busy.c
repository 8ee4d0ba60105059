#include "tui/busy.h"

#include "base/mem.h"
#include "tui/draw.h"
#include "tui/linear.h"

#include <stdlib.h>

struct busy {
	struct view view;
	char *title, *words;
	void (*work)(struct tui *, void *arg);
	void *arg;
	void (*drop)(void *arg);
	struct watch *timer;
	bool drawn;
	int turns;
};

enum {
	COLS = 70, ROWS = 6,
	TURN_MS = 10,
	TURNS = 20,		/* of a screen that is too small to say anything */
};

static void draw(struct view *v)
{
	struct busy *b = (struct busy *)v;
	int y, x;

	draw_dialog(ROWS, COLS, b->title, &y, &x);
	draw_wrapped(y, x, ROWS - 3, COLS - 4, ROLE_DIALOG, b->words);
	b->drawn = true;
}

static void work(struct busy *b)
{
	struct tui *t = b->view.tui;
	void (*run)(struct tui *, void *arg) = b->work;
	void *arg = b->arg;

	b->drop = NULL;
	tui_close(&b->view);
	run(t, arg);
	tui_draw_soon(t);
}

static void turn(void *arg)
{
	struct busy *b = arg;

	if (b->drawn || ++b->turns > TURNS)
		work(b);
	else
		loop_again(b->timer, TURN_MS);
}

static void linear(struct view *v, struct linear *l)
{
	struct busy *b = (struct busy *)v;

	linear_say(l, "%s", b->words);
	work(b);
}

static void free_view(struct view *v)
{
	struct busy *b = (struct busy *)v;

	loop_remove(b->timer);
	if (b->drop)
		b->drop(b->arg);
	free(b->title);
	free(b->words);
	free(b);
}

/* The keys of a question, none of which does anything. */
static const struct view_type type = {
	.name = "ask", .draw = draw, .free = free_view, .linear = linear,
};

void busy_open(struct tui *t, const char *title, const char *words,
    void (*run)(struct tui *, void *arg), void *arg, void (*drop)(void *arg))
{
	struct busy *b = mem_new(struct busy);

	b->title = mem_dup(title);
	b->words = mem_dup(words);
	b->work = run;
	b->arg = arg;
	b->drop = drop;
	b->timer = loop_after(t->loop, TURN_MS, turn, b);
	tui_push(t, &b->view, &type);
	tui_draw_soon(t);
}
