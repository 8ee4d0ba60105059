/* The cursor in a form, and what is typed there; a part of sheet */
#include "tui/sheet.h"

#include "base/i18n.h"
#include "base/text.h"
#include "tui/ask.h"
#include "tui/draw.h"

#include <string.h>
#include <strings.h>

int sheet_buttons(const struct sheet *s)
{
	return (int)s->layout->buttons_n + 2;
}

/* The row of an entry in its column. */
static int sheet_row(const struct sheet *s, int entry, int *column)
{
	int row[2] = { 0, 0 }, at = 0;

	for (size_t i = 0; i < s->layout->n; i++) {
		const struct spot *spot = &s->layout->spots[i];

		*column = spot->column;
		if (spot->field && at++ == entry)
			return row[spot->column];
		row[spot->column]++;
	}
	*column = 0;
	return 0;
}

int sheet_column_rows(const struct sheet *s, int column)
{
	int rows = 0;

	for (size_t i = 0; i < s->layout->n; i++)
		rows += s->layout->spots[i].column == column;
	return rows;
}

int sheet_body_rows(const struct sheet *s)
{
	int rows = sheet_column_rows(s, 0), other = sheet_column_rows(s, 1);
	int most = screen_rows() - 10;

	rows = other > rows ? other : rows;
	return rows < most ? rows : most;
}

struct entry *sheet_focused(struct sheet *s)
{
	return s->focus < s->n ? &s->entries[s->focus] : NULL;
}

/* What is typed is checked as it is typed; the words stay till it is right. */
void sheet_check(struct sheet *s)
{
	struct entry *en = sheet_focused(s);
	struct err e = { .text = "" };
	int n;

	s->wrong.text[0] = '\0';
	sheet_try(s, &e);
	if (en && sheet_entry_changed(en) && field_check(en->field, en->line.s, &n, &s->wrong) &&
	    s->refused == s->focus)
		s->wrong = e;
}

void sheet_show_focus(struct sheet *s)
{
	int column, row, rows = sheet_body_rows(s);

	if (s->focus >= s->n)
		return;
	row = sheet_row(s, s->focus, &column);
	/* the title above the first field comes along */
	s->top[column] = draw_window(row == 1 ? 0 : s->top[column], row, rows,
	    sheet_column_rows(s, column));
}

/* A field is left only with a value that it can have. */
void sheet_go(struct sheet *s, int to)
{
	int all = s->n + sheet_buttons(s);

	sheet_check(s);
	if (s->wrong.text[0]) {
		screen_beep();
		return;
	}
	s->focus = (to + all) % all;
	if (sheet_focused(s))
		sheet_focused(s)->line.at = sheet_focused(s)->line.len;
	s->fresh = true;
	sheet_show_focus(s);
}

static void cycle(struct entry *en, int by)
{
	const struct choice *c = en->field->choices;
	int n = 0, at = 0;

	for (; c[n].word; n++)
		if (strcmp(c[n].word, en->line.s) == 0)
			at = n;
	line_set(&en->line, c[(at + n + by) % n].word);
}

static void picked(struct tui *t, int which, const char *text, void *arg)
{
	struct sheet *s = arg;

	(void)t;
	(void)text;
	if (which >= 0 && sheet_focused(s))
		line_set(&sheet_focused(s)->line, sheet_focused(s)->field->choices[which].word);
	sheet_check(s);
}

void sheet_pick(struct sheet *s, struct entry *en)
{
	const char *labels[32];
	int n = 0, at = 0;

	if (sheet_names_profile(en)) {
		sheet_pick_profile(s, en);
		return;
	}
	if (!en->field->choices) {
		sheet_pick_of_card(s, en);
		return;
	}
	for (const struct choice *c = en->field->choices; c[n].word && n < 32; n++) {
		labels[n] = tr(c[n].label);
		if (strcmp(c[n].word, en->line.s) == 0)
			at = n;
	}
	ask_choice(s->view.tui, tr(en->field->label), labels, n, at, picked, s);
}

static void move_in_field(struct sheet *s, struct entry *en, enum move move)
{
	static const char *const keys[] = { [MOVE_LEFT] = "Left",
	    [MOVE_RIGHT] = "Right", [MOVE_HOME] = "Home", [MOVE_END] = "End" };

	if (en->field->choices) {
		if (move == MOVE_LEFT || move == MOVE_RIGHT)
			cycle(en, move == MOVE_LEFT ? -1 : 1);
		sheet_check(s);
	} else {
		line_key(&en->line, keys[move]);
		s->fresh = false;
	}
}

/* To the same row of the other column, or to the buttons. */
static void other_column(struct sheet *s, int by)
{
	int column, row = 0, here = 0, best = -1;

	if (s->focus < s->n)
		row = sheet_row(s, s->focus, &here);
	for (int i = 0; i < s->n && by; i++) {
		int r = sheet_row(s, i, &column);

		if (column == here + by && (best < 0 || r <= row))
			best = i;
	}
	sheet_go(s, best >= 0 ? best : by > 0 ? s->n + sheet_buttons(s) - 2 : 0);
}

void sheet_move(struct view *v, enum move move)
{
	struct sheet *s = (struct sheet *)v;
	struct entry *en = sheet_focused(s);

	switch (move) {
	case MOVE_UP:
	case MOVE_PREVIOUS:
		sheet_go(s, s->focus - 1);
		break;
	case MOVE_DOWN:
		/* the buttons are one row */
		sheet_go(s, en ? s->focus + 1 : 0);
		break;
	case MOVE_NEXT:
		sheet_go(s, s->focus + 1);
		break;
	case MOVE_PAGE_UP:
		other_column(s, -1);
		break;
	case MOVE_PAGE_DOWN:
		other_column(s, 1);
		break;
	default:
		if (en)
			move_in_field(s, en, move);
		else if (move == MOVE_LEFT || move == MOVE_RIGHT)
			sheet_go(s, s->focus + (move == MOVE_LEFT ? -1 : 1));
	}
}

bool sheet_key(struct view *v, const char *name)
{
	struct sheet *s = (struct sheet *)v;
	struct entry *en = sheet_focused(s);
	const struct choice *c;

	if (!en) {
		if (strcmp(name, "Space") != 0)
			return false;
		v->type->ok(v);
		return true;
	}
	/* no id has a blank in it */
	if (strcmp(name, "Space") == 0 && (sheet_has_list(en) || sheet_names_profile(en))) {
		sheet_pick(s, en);
		return true;
	}
	if (!en->field->choices) {
		bool used;

		if (s->fresh && line_inserts(name))
			line_set(&en->line, "");
		used = line_key(&en->line, name);
		s->fresh = s->fresh && !used;
		sheet_check(s);
		return used;
	}
	/* a letter chooses what begins with it */
	for (c = en->field->choices; c->word; c++)
		if (strncasecmp(tr(c->label), name, strlen(name)) == 0 ||
		    strncasecmp(c->word, name, strlen(name)) == 0) {
			line_set(&en->line, c->word);
			sheet_check(s);
			return true;
		}
	return false;
}
