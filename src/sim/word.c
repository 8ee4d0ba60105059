/* word - what a simulated card can be told from outside; see word.h */
#include "sim/word.h"

#include "base/i18n.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct word {
	const char *word;
	int min, max;
	void (*number)(struct simcard *, double);
	void (*on)(struct simcard *, bool);	/* instead of number: on or off */
	const char *help;
};

static const struct word words[] = {
	{ "mains",       0, 0,   NULL, simcard_set_mains,
	  N_("power at the input of the UPS") },
	{ "volts",       0, 300, simcard_set_volts, NULL,
	  N_("voltage of the mains; beyond the transfer settings the UPS goes on battery") },
	{ "load",        0, 150, simcard_set_load, NULL,
	  N_("what hangs on it, in % of 950 W") },
	{ "battery",     0, 100, simcard_set_charge, NULL,
	  N_("charge of the battery in %") },
	{ "temperature", 0, 90,  simcard_set_temperature, NULL,
	  N_("inside the UPS, in degrees Celsius") },
	{ "replace",     0, 0,   NULL, simcard_set_bad_battery,
	  N_("a worn battery: lasts a quarter as long and fails its test") },
	{ "comm",        0, 0,   NULL, simcard_set_comm,
	  N_("the link between card and UPS") },
	{ "lag",         0, 60,  simcard_set_lag, NULL,
	  N_("seconds after which a written setting reads as written") },
};
enum { WORDS = sizeof words / sizeof *words };

const struct word *word_find(const char *s)
{
	int i;

	for (i = 0; i < WORDS; i++)
		if (strcmp(words[i].word, s) == 0)
			return &words[i];
	return NULL;
}

const char *word_values(const struct word *w)
{
	static char buf[32];

	if (w->on)
		return "on|off";
	snprintf(buf, sizeof buf, "%d..%d", w->min, w->max);
	return buf;
}

bool word_read(const struct word *w, const char *text, double *value,
    struct err *e)
{
	char *end;

	if (w->on) {
		*value = strcmp(text, "on") == 0;
		if (*value || strcmp(text, "off") == 0)
			return true;
	} else {
		*value = strtod(text, &end);
		if (*text && !*end && *value >= w->min && *value <= w->max)
			return true;
	}
	return err_set(e, _("%s is %s, not \"%s\""), w->word, word_values(w), text);
}

void word_do(const struct word *w, struct simcard *card, double value)
{
	if (w->on)
		w->on(card, value);
	else
		w->number(card, value);
}

void word_help(struct text *out)
{
	int i;

	for (i = 0; i < WORDS; i++)
		text_printf(out, "  %-11s %-7s %s\n", words[i].word,
		    word_values(&words[i]), tr(words[i].help));
	text_printf(out, "  %-11s %-7s %s\n", "dead", "", _("answers nothing"));
	text_printf(out, "  %-11s %-7s %s\n", "alive", "", _("answers again"));
}
