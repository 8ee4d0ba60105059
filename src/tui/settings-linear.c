/* The settings of the cards in linear mode; a part of settings */
#include "tui/comparing.h"

#include "base/i18n.h"
#include "tui/linear.h"

/* When all are through: a line each, then what to do. */
void settings_linear(struct view *v, struct linear *l)
{
	static const char *const labels[] = { N_("Write settings to UPS"),
	    N_("Take the cards' values"), N_("Cancel") };
	const char *const words[] = { tr(labels[0]), tr(labels[1]), tr(labels[2]) };
	struct settings *s = (struct settings *)v;
	char title[200], text[600];
	size_t cards;
	struct err e;

	if (cards_busy(s->cards)) {
		if (!linear_wait(l))
			settings_cancel(v);
		return;
	}
	s->ask = false;
	settings_title(s, title, sizeof title);
	linear_say(l, "%s", title);
	for (size_t i = 0; i < s->n; i++) {
		const struct node *n = settings_node(s, cards_at(s->cards, s->rows[i].card));

		settings_words(s, &s->rows[i], text, sizeof text);
		linear_say(l, "%s%s%s: %s", n ? node_name(n) : "?", s->rows[i].setting ? ", " : "",
		    s->rows[i].setting ? tr(s->rows[i].setting->field->label) : "", text);
	}
	if (!settings_differences(s, &cards)) {
		settings_cancel(v);
		return;
	}
	linear_say(l, "  1 %s\n  2 %s\n  3 %s", words[0], words[1], words[2]);
	switch (linear_choose(l, words, 3, 2)) {
	case 0:
		if (settings_can_write(v->tui, &e))
			settings_ask_to_write(s);
		else
			linear_say(l, "%s", e.text);
		break;
	case 1:
		if (settings_can_take(v->tui, &e))
			settings_take(v->tui);
		else
			linear_say(l, "%s", e.text);
		break;
	default:
		settings_cancel(v);
	}
}
