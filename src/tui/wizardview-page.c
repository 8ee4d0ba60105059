/* How the questions of a page look: below each other, or as a table. */
#include "tui/wizardview.h"

#include "base/i18n.h"
#include "base/text.h"
#include "tui/draw.h"

#include <stdio.h>
#include <string.h>

enum {
	VALUE_COLS = 42,	/* of a text, at most */
	NUMBER_COLS = 3,	/* in front of a table's row */
	NAME_COLS = 30,		/* of a name in a table, at most */
};

static const char *choice_label(const struct field *f, const char *value)
{
	const struct choice *c = f->choices;

	while (c->word && strcmp(c->word, value) != 0)
		c++;
	return c->word ? tr(c->label) : value;
}

/* A value in cols cells. */
static void draw_value(const struct wizardview *v, int i, int y, int x, int cols)
{
	const struct wizard_question *q = wizard_at(v->w, (size_t)i);
	const struct field *f = q->ask->field;
	bool now = v->button == BUTTON_NONE && i == v->focus;
	bool cursor = now && v->view.tui->top == &v->view;
	enum role role = !now ? ROLE_FIELD : v->wrong.text[0] ? ROLE_FIELD_BAD : ROLE_FIELD_NOW;
	struct line line = { 0 };

	if (f->choices) {
		draw_cut_padded(y, x, cols - 2, role, choice_label(f, q->value));
		screen_put(y, x + cols - 2, 2, role, " ▾");
		if (cursor)
			screen_cursor(y, x, true);
		return;
	}
	line.s = q->value;
	line.len = strlen(q->value);
	draw_line(y, x, cols, role, now ? &v->line : &line, f->flags & FIELD_SECRET, cursor);
}

const char *wizardview_label(const struct wizard_ask *ask)
{
	return tr(ask->title ? ask->title : ask->field->label);
}

/* How wide a value of the field may get to be. */
static int value_cols(const struct field *f, int room)
{
	int want = VALUE_COLS;

	if (f->type == FIELD_NUMBER)
		want = 7;
	else if (f->type == FIELD_IPV4 || f->type == FIELD_HOST)
		want = 16;
	else if (f->type == FIELD_MAC)
		want = 18;
	else if (f->type == FIELD_HALF_WIDTH || f->type == FIELD_ASCII)
		want = f->max < VALUE_COLS ? f->max + 1 : VALUE_COLS;
	for (const struct choice *c = f->choices; c && c->word; c++)
		if (c == f->choices || text_width(tr(c->label)) + 2 > want)
			want = text_width(tr(c->label)) + 2;
	return want < room ? want : room;
}

static int label_cols(const struct wizardview *v, const struct wizard_row *rows, int n,
    int cols)
{
	int most = 0;

	for (int i = 0; i < n; i++) {
		int width = rows[i].kind != ROW_ASK ? 0 : text_width(wizardview_label(
		    wizard_at(v->w, (size_t)rows[i].first)->ask));

		if (width > most)
			most = width;
	}
	return most > cols - 30 ? cols - 30 : most;
}

static void draw_ask(const struct wizardview *v, int i, int y, int x, int cols, int label)
{
	const struct wizard_question *q = wizard_at(v->w, (size_t)i);
	int room = cols - label - 3 - (q->ask->field->unit ? 5 : 0);
	int width = value_cols(q->ask->field, room);

	draw_label(y, x + 2, label, ROLE_LABEL, wizardview_label(q->ask));
	draw_value(v, i, y, x + label + 3, width);
	if (q->ask->field->unit)
		screen_put(y, x + label + width + 4, 4, ROLE_LABEL, field_unit(q->ask->field));
}

/* The columns of a table that some row has: where each stands. -1: none has it. */
struct columns {
	int x[16], cols[16];
};

static bool is_asked(const struct wizardview *v, const struct wizard_ask *ask)
{
	for (size_t i = 0; i < wizard_count(v->w); i++)
		if (wizard_at(v->w, i)->ask == ask)
			return true;
	return false;
}

/* Addresses and short names get what they need, the others share the rest. */
static void measure(const struct wizardview *v, const struct wizard_block *b, int cols,
    struct columns *c)
{
	int left = cols - NUMBER_COLS, sharing = 0, x = NUMBER_COLS;

	for (size_t i = 0; i < b->n && i < 16; i++) {
		const struct field *f = b->asks[i].field;

		c->cols[i] = !is_asked(v, &b->asks[i]) ? -1 :
		    f->type == FIELD_TEXT ? 0 : value_cols(f, VALUE_COLS);
		sharing += c->cols[i] == 0;
		left -= c->cols[i] < 0 ? 0 : c->cols[i] + 1;
	}
	for (size_t i = 0; i < b->n && i < 16; i++) {
		if (c->cols[i] == 0) {
			c->cols[i] = (left + sharing - 1) / sharing;
			if (c->cols[i] > NAME_COLS)
				c->cols[i] = NAME_COLS;
			left -= c->cols[i];
			sharing--;
		}
		c->x[i] = x;
		x += c->cols[i] < 0 ? 0 : c->cols[i] + 1;
	}
}

static void draw_table(const struct wizardview *v, const struct wizard_row *row, int y,
    int x, int cols)
{
	const struct wizard_block *b = row->block;
	struct columns c;
	char number[12];

	measure(v, b, cols, &c);
	if (row->kind == ROW_HEAD) {
		for (size_t i = 0; i < b->n && i < 16; i++)
			if (c.cols[i] > 0)
				screen_put(y, x + c.x[i], c.cols[i], ROLE_LABEL,
				    wizardview_label(&b->asks[i]));
		return;
	}
	snprintf(number, sizeof number, "%d", wizard_at(v->w, (size_t)row->first)->number);
	screen_right(y, x, NUMBER_COLS - 1, ROLE_LABEL, number);
	for (int q = row->first; q < row->end; q++) {
		size_t i = (size_t)(wizard_at(v->w, (size_t)q)->ask - b->asks);

		draw_value(v, q, y, x + c.x[i], c.cols[i]);
	}
}

void wizardview_draw_questions(const struct wizardview *v, int y, int x, int cols)
{
	struct wizard_row rows[WIZARD_ROWS];
	int n = wizardview_rows(v, rows), seen = wizardview_body_rows(v);
	int label = label_cols(v, rows, n, cols);
	int top = draw_window(v->top, v->top, seen, n);

	for (int i = top; i < n && i < top + seen; i++) {
		int at = y + i - top;

		if (rows[i].kind == ROW_TITLE)
			screen_put(at, x, cols, ROLE_HEAD, tr(rows[i].block->title));
		else if (rows[i].kind == ROW_ASK)
			draw_ask(v, rows[i].first, at, x, cols, label);
		else
			draw_table(v, &rows[i], at, x, cols);
	}
	draw_more(y, x + cols - 1, seen, top, n);
}
