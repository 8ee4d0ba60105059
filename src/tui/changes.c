#include "tui/changes.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/draw.h"
#include "tui/linear.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The text as rows of some width; made once, as it may be long. */
struct lines {
	int cols;
	struct row_of { const char *s; size_t len; enum role role; } *rows;
	size_t n, cap;
};

struct changes_view {
	struct view view;
	struct changes_ask ask;	/* its texts are ours */
	struct lines layout;
	int at, top;
};

enum { COLS_MAX = 110, TEXT_ROWS = 4 };

static enum role role_of(const char *line)
{
	switch (line[0] && line[1] == ' ' ? line[0] : '\0') {
	case '+':
		return ROLE_GOOD;
	case '-':
		return ROLE_ERROR;
	case '!':
		return ROLE_ALARM;
	case '>':
	case '~':
		return ROLE_DIALOG;
	default:
		return ROLE_GROUP;
	}
}

static void lay_out(struct lines *l, const char *text, int cols)
{
	enum role role = ROLE_DIALOG;
	bool begins = true;

	if (l->cols == cols)
		return;
	l->cols = cols;
	for (l->n = 0; *text; l->n++) {
		size_t skip, len = draw_break(text, cols, &skip);

		/* what was wrapped goes on in the colour of its beginning */
		if (begins)
			role = role_of(text);
		mem_grow(l->rows, l->n, l->cap);
		l->rows[l->n] = (struct row_of){ text, len, role };
		begins = text[len] == '\n';
		text += len + skip;
	}
}

static void draw_layout(const struct lines *l, int y, int x, int rows, int top)
{
	for (int i = 0; i < rows && (size_t)(top + i) < l->n; i++) {
		const struct row_of *row = &l->rows[top + i];
		char *part = mem_ndup(row->s, row->len);

		screen_put(y + i, x, l->cols, row->role, part);
		free(part);
	}
	draw_more(y, x + l->cols, rows, top, (int)l->n);
}

void changes_draw(int y, int x, int rows, int cols, const char *lines, int top)
{
	struct lines l = { 0 };

	lay_out(&l, lines, cols - 1);
	draw_layout(&l, y, x, rows, top);
	free(l.rows);
}

static int cols_of(void)
{
	int cols = screen_cols() - 4;

	return cols > COLS_MAX ? COLS_MAX : cols;
}

static int text_rows(const struct changes_view *c)
{
	int rows = draw_wrapped(0, 0, 0, cols_of() - 4, ROLE_DIALOG, c->ask.text);

	return rows > TEXT_ROWS ? TEXT_ROWS : rows;
}

/* As many as there are, if there is room; the buttons stand below them. */
static int list_rows(struct changes_view *c)
{
	int most = screen_rows() - 8 - text_rows(c);

	lay_out(&c->layout, c->ask.lines, cols_of() - 5);
	return (size_t)most < c->layout.n ? most : (int)c->layout.n;
}

/* What the wish to scroll comes to; the screen may be another than before. */
static int top_of(struct changes_view *c, int top)
{
	int rows = list_rows(c), most = (int)c->layout.n - rows;

	return top > most ? most : top < 0 ? 0 : top;
}

static void draw(struct view *v)
{
	struct changes_view *c = (struct changes_view *)v;
	int rows = list_rows(c), text = text_rows(c), y, x;

	draw_dialog(text + 1 + rows + 4, cols_of(), c->ask.title, &y, &x);
	draw_wrapped(y, x, text, cols_of() - 4, ROLE_DIALOG, c->ask.text);
	y += text + 1;
	draw_layout(&c->layout, y, x, rows, top_of(c, c->top));
	y += rows + 1;
	for (int i = 0; i < c->ask.n; i++) {
		if (i == c->at)
			screen_cursor(y, x, false);
		x += draw_button(y, x, tr(c->ask.labels[i]), i == c->at) + 1;
	}
}

static void move(struct view *v, enum move move)
{
	struct changes_view *c = (struct changes_view *)v;
	int page = list_rows(c), by = 0;

	c->top = top_of(c, c->top);
	switch (move) {
	case MOVE_UP:		by = -1; break;
	case MOVE_DOWN:		by = 1; break;
	case MOVE_PAGE_UP:	by = 1 - page; break;
	case MOVE_PAGE_DOWN:	by = page - 1; break;
	case MOVE_HOME:		by = -c->top; break;
	case MOVE_END:		by = (int)c->layout.n; break;
	case MOVE_LEFT:
	case MOVE_PREVIOUS:
		c->at = (c->at + c->ask.n - 1) % c->ask.n;
		return;
	case MOVE_RIGHT:
	case MOVE_NEXT:
		c->at = (c->at + 1) % c->ask.n;
		return;
	}
	c->top = top_of(c, c->top + by);
}

static void finish(struct changes_view *c, int which)
{
	struct changes_ask ask = c->ask;
	struct tui *t = c->view.tui;

	c->ask.drop = NULL;
	tui_close(&c->view);
	if (ask.done)
		ask.done(t, which, NULL, ask.arg);
	if (ask.drop)
		ask.drop(ask.arg);
}

static bool key(struct view *v, const char *name)
{
	struct changes_view *c = (struct changes_view *)v;

	for (int i = 0; i < c->ask.n; i++)
		if (strncasecmp(tr(c->ask.labels[i]), name, strlen(name)) == 0) {
			finish(c, i);
			return true;
		}
	return false;
}

static void ok(struct view *v)
{
	finish((struct changes_view *)v, ((struct changes_view *)v)->at);
}

static void cancel(struct view *v)
{
	finish((struct changes_view *)v, -1);
}

static void linear(struct view *v, struct linear *l)
{
	struct changes_view *c = (struct changes_view *)v;
	const char *labels[4];

	linear_say(l, "%s: %s", c->ask.title, c->ask.text);
	linear_text(l, c->ask.lines);
	if (c->ask.n == 1) {	/* there was only something to look at */
		finish(c, 0);
		return;
	}
	for (int i = 0; i < c->ask.n; i++) {
		labels[i] = tr(c->ask.labels[i]);
		linear_say(l, "%3d %s", i + 1, labels[i]);
	}
	finish(c, linear_choose(l, labels, c->ask.n, c->at));
}

static void free_view(struct view *v)
{
	struct changes_view *c = (struct changes_view *)v;

	if (c->ask.drop)
		c->ask.drop(c->ask.arg);
	free(c->layout.rows);
	free((char *)(size_t)c->ask.title);
	free((char *)(size_t)c->ask.text);
	free((char *)(size_t)c->ask.lines);
	free(c);
}

static const struct view_type type = {
	.name = "changes", .draw = draw, .move = move, .key = key, .ok = ok,
	.cancel = cancel, .free = free_view, .linear = linear,
};

void changes_open(struct tui *t, const struct changes_ask *ask)
{
	struct changes_view *c = mem_new(struct changes_view);

	c->ask = *ask;
	c->at = ask->at;
	c->ask.title = mem_dup(ask->title);
	c->ask.text = mem_dup(ask->text);
	c->ask.lines = mem_dup(*ask->lines ? ask->lines : _("no difference"));
	tui_push(t, &c->view, &type);
}
