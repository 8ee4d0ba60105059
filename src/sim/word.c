/* word - what a simulated card can be told from outside; see word.h */
#include "sim/word.h"

#include "base/i18n.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * What it takes is a number from min to max, or, with values, one of these
 * words, of which the number is the place; "" is nothing. One of the functions
 * is there.
 */
struct word {
	const char *word, *values;
	int min, max;
	void (*card)(struct simcard *, double);
	void (*agent)(struct simagent *, double);
	void (*both)(const struct word_target *, double);
	bool (*check)(const char *text, struct err *);	/* of text */
	void (*text)(const struct word_target *, const char *text);
	const char *help;
};

#define ON_OFF "on|off"
enum { ON };				/* its place there */

static void do_mains(struct simcard *c, double place)
{
	simcard_set_mains(c, place == ON);
}

static void do_replace(struct simcard *c, double place)
{
	simcard_set_bad_battery(c, place == ON);
}

static void do_comm(struct simcard *c, double place)
{
	simcard_set_comm(c, place == ON);
}

static void do_login(struct simagent *a, double place)
{
	simagent_set_login(a, place == ON);
}

static void do_alive(struct simagent *a, double n)
{
	(void)n;
	simagent_set_alive(a, true);
}

static void do_dead(struct simagent *a, double n)
{
	(void)n;
	simagent_set_alive(a, false);
}

static void do_lie(struct simagent *a, double lie)
{
	simagent_set_lie(a, (int)lie);
}

/* The card's own computer, not the UPS. */
static void do_restart(const struct word_target *t, double seconds)
{
	simagent_restart(t->agent, seconds * 1000 / t->speed);
	simcard_restart(t->card, seconds);
}

static bool check_access(const char *text, struct err *e)
{
	char name[64];
	enum access access;

	return access_parse_pair(text, name, &access, e);
}

static void do_access(const struct word_target *t, const char *text)
{
	char name[64];
	enum access access;

	if (access_parse_pair(text, name, &access, NULL))
		simagent_set_access(t->agent, name, access);
}

static bool check_stations(const char *text, struct err *e)
{
	struct stations s = { 0 };
	bool ok = stations_read(&s, text, e);

	stations_done(&s);
	return ok;
}

static void do_stations(const struct word_target *t, const char *text)
{
	simagent_set_stations(t->agent, text);
}

#define CARD(w, values, min, max, f, help) \
	{ w, values, min, max, f, NULL, NULL, NULL, NULL, help }
#define AGENT(w, values, min, max, f, help) \
	{ w, values, min, max, NULL, f, NULL, NULL, NULL, help }

static const struct word words[] = {
	CARD("mains", ON_OFF, 0, 0, do_mains, N_("power at the input of the UPS")),
	CARD("volts", NULL, 0, 300, simcard_set_volts,
	    N_("voltage of the mains; beyond the transfer settings the UPS goes on battery")),
	CARD("load", NULL, 0, 150, simcard_set_load,
	    N_("what hangs on it, in % of 950 W")),
	CARD("battery", NULL, 0, 100, simcard_set_charge,
	    N_("charge of the battery in %")),
	CARD("temperature", NULL, 0, 90, simcard_set_temperature,
	    N_("inside the UPS, in degrees Celsius")),
	CARD("replace", ON_OFF, 0, 0, do_replace,
	    N_("a worn battery: lasts a quarter as long and fails its test")),
	CARD("comm", ON_OFF, 0, 0, do_comm, N_("the link between card and UPS")),
	CARD("servers", NULL, 0, 3600, simcard_set_servers,
	    N_("seconds that servers registered at the card need to stop: it waits for them")),
	CARD("lag", NULL, 0, 60, simcard_set_lag,
	    N_("seconds after which a written setting reads as written")),
	{ "restart", NULL, 0, 3600, NULL, NULL, do_restart, NULL, NULL,
	    N_("the card, not the UPS: silent for so many seconds, then anew") },
	AGENT("login", ON_OFF, 0, 0, do_login,
	    N_("somebody is at the card's web page: who may only \"write\" cannot")),
	{ "access", "COMMUNITY=ACCESS", 0, 0, NULL, NULL, NULL, check_access, do_access,
	    N_("disabled, read, write or write+") },
	{ "nms", "all|ADDRESS,...", 0, 0, NULL, NULL, NULL, check_stations, do_stations,
	    N_("whom it answers: the NMS IPs of its access control") },
	AGENT("latency", NULL, 0, 60000, simagent_set_latency,
	    N_("milliseconds after which it answers")),
	AGENT("jitter", NULL, 0, 60000, simagent_set_jitter,
	    N_("so many milliseconds more or less, by chance")),
	AGENT("loss", NULL, 0, 100, simagent_set_loss,
	    N_("% of the messages get lost, each way")),
	AGENT("lie", "none|type|rubbish|number|cut|source", 0, 0, do_lie,
	    N_("answers wrongly")),
	AGENT("dead", "", 0, 0, do_dead, N_("answers nothing")),
	AGENT("alive", "", 0, 0, do_alive, N_("answers again")),
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

bool word_needs_card(const struct word *w)
{
	return w->card || w->both;
}

bool word_restarts(const struct word *w)
{
	return w->both == do_restart;
}

static const char *values_of(const struct word *w)
{
	static char buf[32];

	if (w->values)
		return w->values;
	snprintf(buf, sizeof buf, "%d..%d", w->min, w->max);
	return buf;
}

/* The place of text among the values, or -1. */
static int choice(const char *values, const char *text)
{
	const size_t len = strlen(text);
	int n;

	for (n = 0; values; n++) {
		if (strncmp(values, text, len) == 0 &&
		    (values[len] == '|' || !values[len]))
			return n;
		values = strchr(values, '|');
		if (values)
			values++;
	}
	return -1;
}

static bool number_of(const struct word *w, const char *text, double *n)
{
	char *end;

	if (w->values) {
		*n = choice(w->values, text);
		return *n >= 0;
	}
	*n = strtod(text, &end);
	return end > text && !*end && *n >= w->min && *n <= w->max;
}

bool word_check(const struct word *w, const char *text, struct err *e)
{
	double n;

	if (!w->values || *w->values) {
		if (!*text)
			return err_set(e, _("%s takes one value: %s"), w->word,
			    values_of(w));
	} else if (*text) {
		return err_set(e, _("%s takes no value"), w->word);
	}
	if (w->check)
		return w->check(text, e);
	return number_of(w, text, &n) || err_set(e, _("%s is %s, not \"%s\""),
	    w->word, values_of(w), text);
}

void word_do(const struct word *w, const struct word_target *t, const char *text)
{
	double n;

	if (w->text)
		w->text(t, text);
	else if (!number_of(w, text, &n))
		return;
	else if (w->card)
		w->card(t->card, n);
	else if (w->agent)
		w->agent(t->agent, n);
	else
		w->both(t, n);
}

void word_help(struct text *out)
{
	const struct word *w;

	for (w = words; w < words + WORDS; w++)
		text_printf(out, "  %-11s %-9s %s\n", w->word, values_of(w),
		    tr(w->help));
}
