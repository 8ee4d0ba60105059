/* Writing into the cards what differs; a part of settings */
#include "tui/comparing.h"

#include "base/i18n.h"
#include "base/text.h"
#include "tui/ask.h"

static void wrote(struct tui *t, int which, const char *text, void *arg)
{
	struct settings *s = arg;

	(void)text;
	if (which != 0 || settings_on_top(t) != s)
		return;
	for (size_t i = 0; i < cards_count(s->cards); i++)
		if (cards_differences(cards_at(s->cards, i)))
			cards_write(s->cards, i, NULL);
	s->wrote = true;
	settings_list(s);
	tui_draw_soon(t);
}

/* What is kept otherwise can be taken over: that is the way to have them alike. */
static void tell_end(struct settings *s)
{
	size_t n = cards_offered(s->cards);

	s->wrote = false;
	if (n > 0)
		tui_say(s->view.tui, 2, ngettext("%zu setting is kept otherwise; t takes it into the site",
		    "%zu settings are kept otherwise; t takes them into the site", n), n);
	else
		tui_say(s->view.tui, 0, _("Written, and read back"));
}

void settings_ask_to_write(struct settings *s)
{
	struct text words = { 0 }, names = { 0 };
	size_t cards, n = settings_differences(s, &cards), named = 0;

	s->ask = false;
	for (size_t i = 0; i < cards_count(s->cards); i++) {
		const struct cards_one *one = cards_at(s->cards, i);

		if (cards_differences(one) && settings_node(s, one) && ++named <= 8)
			text_printf(&names, "%s%s", named > 1 ? ", " : "",
			    node_name(settings_node(s, one)));
	}
	text_add(&names, named > 8 ? " …" : "");
	text_printf(&words, ngettext("Write %zu setting, to %s?", "Write %zu settings, to %s?", n),
	    n, names.s);
	text_printf(&words, "\n\n%s", _("Each is read back until it shows, for up to 15 s."));
	ask_confirm(s->view.tui, _("Write settings to UPS"), words.s, wrote, s);
	text_done(&words);
	text_done(&names);
}

void settings_news(void *arg)
{
	struct settings *s = arg;
	size_t cards;

	settings_list(s);
	tui_draw_soon(s->view.tui);
	if (s->wrote && !cards_busy(s->cards))
		tell_end(s);
	if (!s->ask || cards_busy(s->cards) || settings_on_top(s->view.tui) != s)
		return;
	if (settings_differences(s, &cards))
		settings_ask_to_write(s);
	else
		s->ask = false;
}
