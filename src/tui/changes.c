#include "tui/changes.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/draw.h"
#include "tui/linear.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct changes_view {
	struct view view;
	struct changes_ask ask;	/* its texts are ours */
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

void changes_draw(int y, int x, int rows, int cols, const char *lines, int top)
{
	enum role role = ROLE_DIALOG;
	const char *s = lines;
	bool begins = true;
	int i;

	for (i = 0; *s && i < top + rows; i++) {
		size_t skip, len = draw_break(s, cols - 1, &skip);
		char *part = mem_ndup(s, len);

		/* what was wrapped goes on in the colour of its beginning */
		if (begins)
			role = role_of(s);
		if (i >= top)
			screen_put(y + i - top, x, cols - 1, role, part);
		begins = s[len] == '\n';
		s += len + skip;
		free(part);
	}
	if (top > 0)
		screen_put(y, x + cols - 1, 1, ROLE_HINT, "▲");
	if (*s)
		screen_put(y + rows - 1, x + cols - 1, 1, ROLE_HINT, "▼");
}

static int cols_of(void)
{
	int cols = screen_cols() - 4;

	return cols > COLS_MAX ? COLS_MAX : cols;
}

/* As many as there are lines, if there is room; the buttons below them. */
static int list_rows(const struct changes_view *c)
{
	int inner = cols_of() - 4, most = screen_rows() - 8;
	int rows = draw_wrapped(0, 0, 0, inner - 1, ROLE_DIALOG, c->ask.lines);
	int text = draw_wrapped(0, 0, 0, inner, ROLE_DIALOG, c->ask.text);

	most -= text > TEXT_ROWS ? TEXT_ROWS : text;
	return rows > most ? most : rows < 1 ? 1 : rows;
}

static void draw(struct view *v)
{
	struct changes_view *c = (struct changes_view *)v;
	int rows = list_rows(c), inner = cols_of() - 4, y, x;
	int text = draw_wrapped(0, 0, 0, inner, ROLE_DIALOG, c->ask.text);

	if (text > TEXT_ROWS)
		text = TEXT_ROWS;
	draw_dialog(text + 1 + rows + 4, cols_of(), c->ask.title, &y, &x);
	draw_wrapped(y, x, text, inner, ROLE_DIALOG, c->ask.text);
	y += text + 1;
	changes_draw(y, x, rows, inner, c->ask.lines, c->top);
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

	switch (move) {
	case MOVE_UP:		by = -1; break;
	case MOVE_DOWN:		by = 1; break;
	case MOVE_PAGE_UP:	by = 1 - page; break;
	case MOVE_PAGE_DOWN:	by = page - 1; break;
	case MOVE_HOME:		by = -c->top; break;
	case MOVE_END:		by = (int)strlen(c->ask.lines); break;
	case MOVE_LEFT:
	case MOVE_PREVIOUS:
		c->at = (c->at + c->ask.n - 1) % c->ask.n;
		return;
	case MOVE_RIGHT:
	case MOVE_NEXT:
		c->at = (c->at + 1) % c->ask.n;
		return;
	}
	c->top = draw_scroll(c->top, by, page, cols_of() - 4, c->ask.lines);
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
