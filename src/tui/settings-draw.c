/* How the settings of the cards stand beside the site's; a part of settings */
#include "tui/comparing.h"

#include "base/i18n.h"
#include "base/text.h"
#include "tui/draw.h"

#include <stdio.h>

enum { NAME_COLS = 11, LABEL_COLS = 25, VALUE_COLS = 10, HEAD_ROWS = 2, WORD_ROWS = 3,
	WORDS_COLS = 60 };	/* less is no room for the words: the lines below have them */

size_t settings_window(void)
{
	int rows = screen_rows() - 5 - HEAD_ROWS + 1 - WORD_ROWS;

	return rows > 1 ? (size_t)rows : 1;
}

static void draw_row(const struct settings *s, size_t i, int y, int x, int cols)
{
	const struct spot_row *r = &s->rows[i];
	const struct cards_one *one = cards_at(s->cards, r->card);
	const struct node *n = settings_node(s, one);
	bool here = i == s->at, first = i == 0 || s->rows[i - 1].card != r->card || i == s->top;
	char words[600], value[80];
	enum role role = settings_words(s, r, words, sizeof words), plain = ROLE_TEXT;

	if (here) {
		screen_fill(y, x, 1, cols, ROLE_SELECTED);
		screen_cursor(y, x, false);
		role = plain = ROLE_SELECTED;
	}
	if (first)
		draw_label(y, x, NAME_COLS - 1, here ? plain : ROLE_GROUP, n ? node_name(n) : "?");
	x += NAME_COLS;
	cols -= NAME_COLS;
	if (!r->setting) {
		screen_put(y, x, cols, role, words);
		return;
	}
	draw_label(y, x, LABEL_COLS - 1, plain, ui_label(s->view.tui->ui, KIND_UPS,
	    r->setting->field, LABEL_COLS - 1));
	outcome_value(r->setting->field, r->setting->asked, value, sizeof value);
	draw_label(y, x + LABEL_COLS, VALUE_COLS - 1, plain, value);
	screen_put(y, x + LABEL_COLS + VALUE_COLS, 2, role, settings_mark(r->setting->kind));
	outcome_value(r->setting->field, r->setting->kept, value, sizeof value);
	draw_label(y, x + LABEL_COLS + VALUE_COLS + 2, VALUE_COLS - 1, plain, value);
	x += LABEL_COLS + 2 * VALUE_COLS + 2;
	cols -= LABEL_COLS + 2 * VALUE_COLS + 2;
	screen_put(y, x, cols, role, cols < WORDS_COLS ? tr(outcome_label(r->setting->kind)) : words);
}

static void draw_head(int y, int x, int cols)
{
	screen_put(y, x, NAME_COLS - 1, ROLE_HEAD, _("Name"));
	x += NAME_COLS;
	screen_put(y, x, LABEL_COLS - 1, ROLE_HEAD, _("Setting"));
	screen_put(y, x + LABEL_COLS, VALUE_COLS - 1, ROLE_HEAD, _("Site"));
	screen_put(y, x + LABEL_COLS + VALUE_COLS + 2, VALUE_COLS - 1, ROLE_HEAD, _("Card"));
	screen_put(y, x + LABEL_COLS + 2 * VALUE_COLS + 2, cols - NAME_COLS - LABEL_COLS -
	    2 * VALUE_COLS - 2, ROLE_HEAD, _("What becomes of it"));
}

void settings_draw(struct view *v)
{
	struct settings *s = (struct settings *)v;
	int cols = screen_cols() - 4, rows = (int)settings_window(), bottom = screen_rows() - 3 - WORD_ROWS;
	char title[200], words[600];
	enum role role;

	s->top = (size_t)draw_window((int)s->top, (int)s->at, rows, (int)s->n);
	settings_title(s, title, sizeof title);
	screen_fill(1, 0, screen_rows() - 3, screen_cols(), ROLE_TEXT);
	screen_box(1, 0, screen_rows() - 3, screen_cols(), ROLE_FOCUS, title);
	draw_head(2, 2, cols);
	for (size_t i = s->top; i < s->n && i < s->top + (size_t)rows; i++)
		draw_row(s, i, 3 + (int)(i - s->top), 2, cols);
	draw_more(3, screen_cols() - 2, rows, (int)s->top, (int)s->n);
	if (s->n == 0)
		return;
	role = settings_words(s, &s->rows[s->at], words, sizeof words);
	draw_wrapped(bottom, 2, WORD_ROWS, cols, role, words);
}
