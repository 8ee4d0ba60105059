/* outcome - what became of a setting that a card was to have; see outcome.h */
#include "model/outcome.h"

#include "base/i18n.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A whole number, and nothing behind it? */
static bool number_of(const char *text, long *n)
{
	char *end;

	*n = strtol(text, &end, 10);
	return end > text && !*end;
}

/* The next number of "20,180,300"; false at the end, or when it is none. */
static bool next_number(const char **list, long *n)
{
	char *end;

	if (!**list)
		return false;
	*n = strtol(*list, &end, 10);
	if (end == *list)
		return false;
	*list = *end == ',' ? end + 1 : end;
	return true;
}

/*
 * The legal number next to n on that side, or the last one on it; n itself
 * where there is no list.
 */
static long snapped(long n, const char *list, int snap)
{
	bool any = false, found = false;
	long legal, last = n, to = n;

	while (next_number(&list, &legal)) {
		if (!any || (legal - last) * snap > 0)
			last = legal;
		any = true;
		if ((legal - n) * snap >= 0 && (!found || (legal - to) * snap < 0)) {
			to = legal;
			found = true;
		}
	}
	return found ? to : last;
}

void outcome_expect(struct outcome *o)
{
	long n;

	text_copy(o->expected, sizeof o->expected, o->asked);
	if (!number_of(o->asked, &n))
		return;
	if (o->step > 1)
		n = (n + o->step / 2) / o->step * o->step;
	if (o->snap)
		n = snapped(n, o->allowed, o->snap);
	snprintf(o->expected, sizeof o->expected, "%ld", n);
}

bool outcome_waits(const struct outcome *o)
{
	return o->kind == OUTCOME_WRITTEN || o->kind == OUTCOME_STAYED ||
	    o->kind == OUTCOME_OTHER;
}

void outcome_judge(struct outcome *o, const char *read, int seconds)
{
	text_copy(o->kept, sizeof o->kept, read);
	o->why[0] = '\0';
	if (strcmp(read, o->asked) == 0) {
		o->kind = OUTCOME_KEPT;
	} else if (strcmp(read, o->expected) == 0) {
		o->kind = OUTCOME_SNAPPED;
	} else if (strcmp(read, o->before) != 0) {
		o->kind = OUTCOME_OTHER;
	} else {
		o->kind = OUTCOME_STAYED;
		snprintf(o->why, sizeof o->why, _("it took it, but still shows the old value "
		    "after %d s"), seconds);
	}
}

bool outcome_is_good(enum outcome_kind k)
{
	return k == OUTCOME_ALIKE || k == OUTCOME_KEPT;
}

bool outcome_offers(const struct outcome *o)
{
	int n;

	return (o->kind == OUTCOME_SNAPPED || o->kind == OUTCOME_OTHER ||
	    o->kind == OUTCOME_STAYED || o->kind == OUTCOME_REFUSED) &&
	    o->kept[0] && strcmp(o->kept, o->asked) != 0 &&
	    field_check(o->field, o->kept, &n, NULL);
}

static const struct { const char *word, *label; } kinds[] = {
	[OUTCOME_ALIKE] = { "alike", N_("as in the site") },
	[OUTCOME_DIFFERS] = { "differs", N_("differs") },
	[OUTCOME_WRITTEN] = { "written", N_("reading back") },
	[OUTCOME_KEPT] = { "kept", N_("as asked") },
	[OUTCOME_SNAPPED] = { "snapped", N_("by the card's rule") },
	[OUTCOME_OTHER] = { "other", N_("otherwise") },
	[OUTCOME_STAYED] = { "stayed", N_("still as before") },
	[OUTCOME_REFUSED] = { "refused", N_("refused") },
	[OUTCOME_UNSUPPORTED] = { "unsupported", N_("not on this card") },
	[OUTCOME_UNKNOWN] = { "unknown", N_("not known") },
};

const char *outcome_word(enum outcome_kind k)
{
	return kinds[k].word;
}

bool outcome_from_word(const char *text, enum outcome_kind *k)
{
	size_t len = strcspn(text, ":, ");

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strlen(kinds[i].word) == len && strncmp(kinds[i].word, text, len) == 0) {
			*k = (enum outcome_kind)i;
			return true;
		}
	return false;
}

const char *outcome_label(enum outcome_kind k)
{
	return kinds[k].label;
}

void outcome_value(const struct field *f, const char *text, char *buf, size_t size)
{
	const struct choice *c;
	int n;

	for (c = f->choices; c && c->word; c++)
		if (strcmp(c->word, text) == 0) {
			snprintf(buf, size, "%s", tr(c->label));
			return;
		}
	if (f->unit && field_check(f, text, &n, NULL))
		snprintf(buf, size, "%s %s", text, field_unit(f));
	else
		text_copy(buf, size, *text ? text : "-");
}

/* Why a value is kept that was not asked: by the card's rule, as far as known. */
static const char *rule_words(const struct outcome *o, const char *kept)
{
	long asked, to;

	if (!o->snap && o->step > 1)
		return _("nearest that the card can count");
	if (!o->snap || !number_of(o->asked, &asked) || !number_of(kept, &to))
		return _("the card's own choice");
	if (to > asked)
		return o->snap > 0 ? _("next higher legal value") : _("lowest legal value");
	return o->snap < 0 ? _("next lower legal value") : _("highest legal value");
}

static void differs_words(const struct outcome *o, const char *asked, const char *before,
    char *buf, size_t size)
{
	char expected[80];

	outcome_value(o->field, o->expected, expected, sizeof expected);
	if (strcmp(o->expected, o->asked) == 0)
		snprintf(buf, size, _("%s in the card, %s asked"), before, asked);
	else if (strcmp(o->expected, o->before) == 0)
		snprintf(buf, size, _("%s in the card, %s asked: of that it makes %s again (%s)"),
		    before, asked, expected, rule_words(o, o->expected));
	else
		snprintf(buf, size, _("%s in the card, %s asked: of that it will make %s (%s)"),
		    before, asked, expected, rule_words(o, o->expected));
}

void outcome_words(const struct outcome *o, char *buf, size_t size)
{
	char asked[80], before[80], kept[80];

	outcome_value(o->field, o->asked, asked, sizeof asked);
	outcome_value(o->field, o->before, before, sizeof before);
	outcome_value(o->field, o->kept, kept, sizeof kept);
	switch (o->kind) {
	case OUTCOME_ALIKE:
		snprintf(buf, size, _("%s, as asked; nothing to write"), before);
		break;
	case OUTCOME_DIFFERS:
		differs_words(o, asked, before, buf, size);
		break;
	case OUTCOME_WRITTEN:
		snprintf(buf, size, _("%s written, reading it back"), asked);
		break;
	case OUTCOME_KEPT:
		snprintf(buf, size, _("%s, as asked; it was %s"), asked, before);
		break;
	case OUTCOME_SNAPPED:
		snprintf(buf, size, _("%s was asked, the card keeps %s: %s"), asked, kept,
		    rule_words(o, o->kept));
		break;
	case OUTCOME_OTHER:
		snprintf(buf, size, *o->allowed ?
		    _("%s was asked, the card keeps %s; no rule of its profile tells why "
		    "(it takes %s)") :
		    _("%s was asked, the card keeps %s; no rule of its profile tells why"),
		    asked, kept, o->allowed);
		break;
	case OUTCOME_STAYED:
	case OUTCOME_REFUSED:
		snprintf(buf, size, _("%s was asked, the card keeps %s: %s"), asked,
		    *o->kept ? kept : before, o->why);
		break;
	case OUTCOME_UNSUPPORTED:
		snprintf(buf, size, _("%s was asked; %s"), asked,
		    *o->why ? o->why : _("this card has no such setting"));
		break;
	case OUTCOME_UNKNOWN:
		snprintf(buf, size, _("%s was asked; what the card keeps is not known: %s"),
		    asked, o->why);
		break;
	}
}
