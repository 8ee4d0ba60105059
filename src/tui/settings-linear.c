/* The settings of the cards in linear mode; a part of settings */
#include "tui/comparing.h"

#include "base/i18n.h"
#include "tui/linear.h"

static void go(struct view *v, int row)
{
	((struct settings *)v)->at = (size_t)row;
}

static void tell_row(const struct settings *s, size_t i, struct linear *l)
{
	const struct node *n = settings_node(s, cards_at(s->cards, s->rows[i].card));
	char text[600];

	settings_words(s, &s->rows[i], text, sizeof text);
	linear_say(l, "%3zu %s%s%s: %s", i + 1, n ? node_name(n) : "?",
	    s->rows[i].setting ? ", " : "",
	    s->rows[i].setting ? tr(s->rows[i].setting->field->label) : "", text);
}

/* When all are through: a line each, then what to do. */
void settings_linear(struct view *v, struct linear *l)
{
	struct settings *s = (struct settings *)v;
	struct linear_view o = { .number = _("A number opens its form"), .go = go };
	enum linear_turn turn;
	char title[200];

	if (cards_busy(s->cards)) {
		if (!linear_wait(l))
			settings_cancel(v);
		return;
	}
	s->ask = false;
	settings_title(s, title, sizeof title);
	linear_say(l, "%s", title);
	for (size_t i = 0; i < s->n; i++)
		tell_row(s, i, l);
	o.rows = (int)s->n;
	turn = linear_turn(v, l, &o);
	if (turn == LINEAR_ROW)
		v->type->ok(v);
	else if (turn == LINEAR_BACK)
		settings_cancel(v);
}
