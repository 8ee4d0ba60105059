/* ask_choice(): one of a list. */
#include "tui/ask.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/draw.h"
#include "tui/linear.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct choice_box {
	struct view view;
	char *title;
	char **labels;
	int n, at, top;
	ask_seen *seen;		/* or NULL */
	ask_done *done;
	void *arg;
};

static int rows_of(const struct choice_box *c)
{
	return c->n > screen_rows() - 8 ? screen_rows() - 8 : c->n;
}

static void draw(struct view *v)
{
	struct choice_box *c = (struct choice_box *)v;
	int cols = text_width(c->title) + 2, rows = rows_of(c), x, y, top;

	for (int i = 0; i < c->n; i++)
		if (text_width(c->labels[i]) > cols)
			cols = text_width(c->labels[i]);
	if (cols > screen_cols() - 6)
		cols = screen_cols() - 6;
	draw_dialog(rows + 2, cols + 4, c->title, &y, &x);
	top = draw_window(c->top, c->at, rows, c->n);
	for (int i = 0; i < rows; i++) {
		draw_cut_padded(y + i, x, cols, top + i == c->at ? ROLE_SELECTED : ROLE_DIALOG,
		    c->labels[top + i]);
		target_add(y + i, x - 1, 1, cols + 2, TARGET_ROW, (unsigned)(top + i));
		if (top + i == c->at)
			screen_cursor(y + i, x, false);
	}
	draw_more(y, x + cols, rows, top, c->n);
}

static void go(struct choice_box *c, int at)
{
	c->at = at;
	c->top = draw_window(c->top, c->at, rows_of(c), c->n);
	if (c->seen)
		c->seen(c->view.tui, at);
}

static void move(struct view *v, enum move move)
{
	struct choice_box *c = (struct choice_box *)v;
	int page = rows_of(c) - 1, at = c->at;

	switch (move) {
	case MOVE_UP: case MOVE_LEFT: case MOVE_PREVIOUS:
		at = (at + c->n - 1) % c->n;
		break;
	case MOVE_DOWN: case MOVE_RIGHT: case MOVE_NEXT:
		at = (at + 1) % c->n;
		break;
	case MOVE_PAGE_UP:
		at = at > page ? at - page : 0;
		break;
	case MOVE_PAGE_DOWN:
		at = at + page < c->n ? at + page : c->n - 1;
		break;
	case MOVE_HOME:
		at = 0;
		break;
	case MOVE_END:
		at = c->n - 1;
		break;
	}
	go(c, at);
}

static void finish(struct choice_box *c, int which)
{
	struct tui *t = c->view.tui;
	ask_done *done = c->done;
	void *arg = c->arg;

	c->done = NULL;
	tui_close(&c->view);
	done(t, which, NULL, arg);
}

static void ok(struct view *v)
{
	finish((struct choice_box *)v, ((struct choice_box *)v)->at);
}

static void cancel(struct view *v)
{
	finish((struct choice_box *)v, -1);
}

/* A click chooses: the cursor need not be there before. */
static void mouse(struct view *v, const struct mouse *m)
{
	struct choice_box *c = (struct choice_box *)v;

	if (m->what == MOUSE_WHEEL_UP || m->what == MOUSE_WHEEL_DOWN) {
		go(c, c->at + (m->what == MOUSE_WHEEL_UP ? (c->at > 0 ? -1 : 0) : c->at < c->n - 1));
	} else if (m->what == MOUSE_PRESS && m->on.kind == TARGET_ROW) {
		finish(c, (int)m->on.n);
	}
}

static bool key(struct view *v, const char *name)
{
	struct choice_box *c = (struct choice_box *)v;

	if (strcmp(name, "Space") == 0) {
		ok(v);
		return true;
	}
	for (int i = 1; i <= c->n; i++)
		if (strncasecmp(c->labels[(c->at + i) % c->n], name, strlen(name)) == 0) {
			go(c, (c->at + i) % c->n);
			return true;
		}
	return false;
}

static void free_view(struct view *v)
{
	struct choice_box *c = (struct choice_box *)v;

	if (c->done && v->tui->leaving)
		c->done(v->tui, -1, NULL, c->arg);
	for (int i = 0; i < c->n; i++)
		free(c->labels[i]);
	free(c->labels);
	free(c->title);
	free(c);
}

static void linear(struct view *v, struct linear *l)
{
	struct choice_box *c = (struct choice_box *)v;

	linear_say(l, "%s:", c->title);
	for (int i = 0; i < c->n; i++)
		linear_say(l, "%3d %s", i + 1, c->labels[i]);
	finish(c, linear_choose(l, (const char *const *)c->labels, c->n, -1));
}

static const struct view_type type = {
	.name = "choice", .draw = draw, .move = move, .key = key, .ok = ok,
	.cancel = cancel, .mouse = mouse, .free = free_view, .linear = linear,
};

void ask_choice_seen(struct tui *t, const char *title, const char *const *labels, int n,
    int at, ask_seen *seen, ask_done *done, void *arg)
{
	struct choice_box *c = mem_new(struct choice_box);

	*c = (struct choice_box){ .title = mem_dup(title), .n = n, .at = at,
	    .seen = seen, .done = done, .arg = arg };
	c->labels = mem_zero((size_t)n, sizeof *c->labels);
	for (int i = 0; i < n; i++)
		c->labels[i] = mem_dup(labels[i]);
	tui_push(t, &c->view, &type);
}

void ask_choice(struct tui *t, const char *title, const char *const *labels, int n,
    int at, ask_done *done, void *arg)
{
	ask_choice_seen(t, title, labels, n, at, NULL, done, arg);
}
