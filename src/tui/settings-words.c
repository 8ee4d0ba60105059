/* What there is to say of the settings of the cards; a part of settings */
#include "tui/comparing.h"

#include "base/i18n.h"
#include "base/text.h"

#include <stdio.h>

/* Words of a card without rows of its own. */
static enum role card_words(const struct cards_one *one, char *buf, size_t size)
{
	switch (one->phase) {
	case CARD_WAITS:
	case CARD_TO_WRITE:
		text_copy(buf, size, _("waits for its turn"));
		return ROLE_GREYED;
	case CARD_READING:
		text_copy(buf, size, _("asked …"));
		return ROLE_GREYED;
	case CARD_FAILED:
		text_copy(buf, size, one->error.text);
		return ROLE_ALARM;
	default:
		text_copy(buf, size, _("= all as in the site"));
		return ROLE_GOOD;
	}
}

static enum role role_of(enum outcome_kind k)
{
	switch (k) {
	case OUTCOME_ALIKE:
	case OUTCOME_KEPT:
		return ROLE_GOOD;
	case OUTCOME_DIFFERS:
	case OUTCOME_WRITTEN:
		return ROLE_NOTE;
	case OUTCOME_SNAPPED:
		return ROLE_WARNING;
	case OUTCOME_UNSUPPORTED:
		return ROLE_GREYED;
	default:
		return ROLE_ALARM;
	}
}

const char *settings_mark(enum outcome_kind k)
{
	switch (k) {
	case OUTCOME_ALIKE:
	case OUTCOME_KEPT:
		return "=";
	case OUTCOME_SNAPPED:
	case OUTCOME_DIFFERS:
		return "≠";
	case OUTCOME_WRITTEN:
		return "…";
	case OUTCOME_UNSUPPORTED:
		return "-";
	default:
		return "!";
	}
}

enum role settings_words(const struct settings *s, const struct spot_row *r, char *buf,
    size_t size)
{
	if (!r->setting)
		return card_words(cards_at(s->cards, r->card), buf, size);
	outcome_words(r->setting, buf, size);
	return role_of(r->setting->kind);
}

size_t settings_differences(const struct settings *s, size_t *cards)
{
	size_t n = 0, one;

	*cards = 0;
	for (size_t i = 0; i < cards_count(s->cards); i++) {
		if (cards_at(s->cards, i)->phase == CARD_FAILED)
			continue;
		one = cards_differences(cards_at(s->cards, i));
		n += one;
		*cards += one > 0;
	}
	return n;
}

void settings_title(const struct settings *s, char *buf, size_t size)
{
	size_t cards, n = settings_differences(s, &cards);
	size_t over = 0;

	for (size_t i = 0; i < cards_count(s->cards); i++)
		over += cards_at(s->cards, i)->phase == CARD_READ ||
		    cards_at(s->cards, i)->phase == CARD_WRITTEN ||
		    cards_at(s->cards, i)->phase == CARD_FAILED;
	if (cards_busy(s->cards))
		snprintf(buf, size, _("Settings kept in the UPS: %zu of %zu cards done"), over,
		    cards_count(s->cards));
	else
		snprintf(buf, size, ngettext("Settings kept in the UPS: %zu differs, on %zu of %zu cards",
		    "Settings kept in the UPS: %zu differ, on %zu of %zu cards", n), n, cards,
		    cards_count(s->cards));
}
