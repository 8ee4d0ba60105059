#include "tui/review.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct review {
	struct view view;
	char *title, *text;
	struct changes changes;
	int top;
	const char *const *labels;
	int n, at;
	ask_done *done;
	void *arg;
};

struct box {
	int rows, cols;		/* of the list */
	int text;		/* rows of the words above */
};

static struct box box_of(const struct review *r)
{
	struct box b = { .cols = screen_cols() > 124 ? 116 : screen_cols() - 8 };
	int most = screen_rows() - 10;

	b.text = draw_wrapped(0, 0, 0, b.cols, ROLE_DIALOG, r->text);
	b.rows = (int)r->changes.n < most - b.text ? (int)r->changes.n : most - b.text;
	return b;
}

/* A value as the form has it: a choice by its label. */
static const char *shown(const struct field *f, const char *text)
{
	for (const struct choice *c = f->choices; c && c->word; c++)
		if (strcmp(c->word, text) == 0)
			return tr(c->label);
	return *text ? text : "\"\"";
}

static void draw_change(const struct change *c, int y, int x, int cols)
{
	static const struct { char mark[2]; enum role role; } looks[] = {
		[CHANGE_ADDED] = { "+", ROLE_GOOD }, [CHANGE_REMOVED] = { "-", ROLE_ALARM },
		[CHANGE_MOVED] = { ">", ROLE_NOTE }, [CHANGE_SET] = { "~", ROLE_NOTE },
	};
	/* the last name says most; what leads to it is in amc diff */
	const char *name = c->path;
	int width = cols / 4;
	struct text t = { 0 };

	for (const char *p = c->path; *p; p++)
		if (*p == '/' && p[1])
			name = p + 1;
	screen_put(y, x, 1, looks[c->kind].role, looks[c->kind].mark);
	draw_label(y, x + 2, width, ROLE_GROUP, name);
	if (c->kind == CHANGE_SET && c->field->flags & FIELD_SECRET)
		text_printf(&t, _("%s: another"), tr(c->field->label));
	else if (c->kind == CHANGE_SET)
		text_printf(&t, "%s: %s → %s", tr(c->field->label), shown(c->field, c->from),
		    shown(c->field, c->to));
	else
		text_add(&t, c->kind == CHANGE_ADDED ? _("new") :
		    c->kind == CHANGE_REMOVED ? _("deleted") : c->to);
	draw_label(y, x + width + 3, cols - width - 3, ROLE_DIALOG, t.s);
	text_done(&t);
}

static void draw(struct view *v)
{
	const struct review *r = (const struct review *)v;
	struct box b = box_of(r);
	int y, x;

	draw_dialog(b.rows + b.text + 5, b.cols + 4, r->title, &y, &x);
	draw_wrapped(y, x, b.text, b.cols, ROLE_DIALOG, r->text);
	y += b.text + 1;
	for (int i = 0; i < b.rows && r->top + i < (int)r->changes.n; i++)
		draw_change(&r->changes.list[r->top + i], y + i, x, b.cols - 2);
	if (r->top > 0)
		screen_put(y, x + b.cols - 1, 1, ROLE_HINT, "▲");
	if (r->top + b.rows < (int)r->changes.n)
		screen_put(y + b.rows - 1, x + b.cols - 1, 1, ROLE_HINT, "▼");
	y += b.rows + 1;
	for (int i = 0; i < r->n; i++)
		x += draw_button(y, x, tr(r->labels[i]), i == r->at) + 2;
}

static void move(struct view *v, enum move move)
{
	struct review *r = (struct review *)v;
	struct box b = box_of(r);
	int most = (int)r->changes.n - b.rows, top = r->top;

	switch (move) {
	case MOVE_UP:		top--; break;
	case MOVE_DOWN:		top++; break;
	case MOVE_PAGE_UP:	top -= b.rows - 1; break;
	case MOVE_PAGE_DOWN:	top += b.rows - 1; break;
	case MOVE_HOME:		top = 0; break;
	case MOVE_END:		top = most; break;
	case MOVE_LEFT:
	case MOVE_PREVIOUS:	r->at = (r->at + r->n - 1) % r->n; break;
	case MOVE_RIGHT:
	case MOVE_NEXT:		r->at = (r->at + 1) % r->n; break;
	}
	r->top = top > most ? most : top;
	if (r->top < 0)
		r->top = 0;
}

static void finish(struct review *r, int which)
{
	struct tui *t = r->view.tui;
	ask_done *done = r->done;
	void *arg = r->arg;

	tui_close(&r->view);
	if (done)
		done(t, which, NULL, arg);
}

static void ok(struct view *v)
{
	struct review *r = (struct review *)v;

	finish(r, r->at);
}

static void cancel(struct view *v)
{
	finish((struct review *)v, -1);
}

static void free_view(struct view *v)
{
	struct review *r = (struct review *)v;

	changes_done(&r->changes);
	free(r->title);
	free(r->text);
	free(r);
}

static const struct view_type type = {
	.name = "review", .draw = draw, .move = move, .ok = ok, .cancel = cancel,
	.free = free_view,
};

void review_ask(struct tui *t, const char *title, const char *text, struct changes *changes,
    const char *const *labels, int n, int at, ask_done *done, void *arg)
{
	struct review *r = mem_new(struct review);

	*r = (struct review){ .title = mem_dup(title), .text = mem_dup(text),
	    .changes = *changes, .labels = labels, .n = n, .at = at, .done = done, .arg = arg };
	*changes = (struct changes){ 0 };
	tui_push(t, &r->view, &type);
}
