/* phases - the tables of PowerNet that a UPS with three phases has; see phases.h */
#include "sim/phases.h"

#include <assert.h>

enum { PHASES = 3, VOLTS = 2, WATTS = 4000, VOLT_AMPERES = 5333 };

/* Which of its values, and how it is told. */
enum what { IN_VOLTS, IN_AMPERES, IN_WATTS, OUT_VOLTS, OUT_AMPERES, OUT_VA, OUT_LOAD,
	OUT_WATTS, IN_HERTZ, OUT_HERTZ, COUNT_OF_PHASES, ONE };

struct row { const char *oid; enum what what; int phase; };

#define U "1.3.6.1.4.1.318.1.1.1.9."
#define ALL(o, what) { o ".1", what, 0 }, { o ".2", what, 1 }, { o ".3", what, 2 }

static const struct row rows[] = {
	{ U "2.1.0", ONE, 0 },
	{ U "2.2.1.1.1", ONE, 0 },
	{ U "2.2.1.2.1", COUNT_OF_PHASES, 0 },
	{ U "2.2.1.4.1", IN_HERTZ, 0 },
	ALL(U "2.3.1.3.1.1", IN_VOLTS),
	ALL(U "2.3.1.6.1.1", IN_AMPERES),
	ALL(U "2.3.1.9.1.1", IN_WATTS),
	{ U "3.1.0", ONE, 0 },
	{ U "3.2.1.1.1", ONE, 0 },
	{ U "3.2.1.2.1", COUNT_OF_PHASES, 0 },
	{ U "3.2.1.4.1", OUT_HERTZ, 0 },
	ALL(U "3.3.1.3.1.1", OUT_VOLTS),
	ALL(U "3.3.1.4.1.1", OUT_AMPERES),
	ALL(U "3.3.1.7.1.1", OUT_VA),
	ALL(U "3.3.1.10.1.1", OUT_LOAD),
	ALL(U "3.3.1.13.1.1", OUT_WATTS),
};
enum { ROWS = sizeof rows / sizeof *rows };

/* Tenths of a percent: the first phase has most, the last least. */
static int load_of(const struct simview *v, int phase)
{
	return v->load * (11 - phase) / 10;
}

/* Tenths of an ampere, as power over voltage. */
static int amperes(int load, int volts)
{
	return volts > 0 ? (int64_t)load * VOLT_AMPERES * 10 / 1000 / (volts * VOLTS / 10) :
	    0;
}

static int64_t value_of(const struct simview *v, const struct row *r)
{
	const int load = load_of(v, r->phase);

	switch (r->what) {
	case IN_VOLTS:
		return (v->line * VOLTS + 5) / 10;
	case IN_AMPERES:
		return v->output == OUTPUT_ON_LINE ? amperes(load, v->line) : 0;
	case IN_WATTS:
		return v->output == OUTPUT_ON_LINE ? load * WATTS / 1000 : 0;
	case OUT_VOLTS:
		return (v->out * VOLTS + 5) / 10;
	case OUT_AMPERES:
		return amperes(load, v->out);
	case OUT_VA:
		return load * VOLT_AMPERES / 1000;
	case OUT_LOAD:
		return (load + 5) / 10;
	case OUT_WATTS:
		return load * WATTS / 1000;
	case IN_HERTZ:
		return v->line_frequency;
	case OUT_HERTZ:
		return v->out_frequency;
	case COUNT_OF_PHASES:
		return PHASES;
	case ONE:
		break;
	}
	return 1;
}

static void get(void *card, size_t i, struct value *v)
{
	v->type = VALUE_INTEGER;
	v->number = value_of(simcard_view(card), &rows[i]);
}

static enum set_result set(void *card, size_t i, const struct value *v, bool apply)
{
	(void)card;
	(void)i;
	(void)v;
	(void)apply;
	return SET_NOT_WRITABLE;
}

void phases_objects(struct objects *all, struct simcard *card)
{
	static struct oid oids[ROWS];
	size_t i;
	bool ok;

	for (i = 0; i < ROWS && !oids[ROWS - 1].n; i++) {
		ok = oid_parse(&oids[i], rows[i].oid);
		assert(ok && (i == 0 || oid_compare(&oids[i - 1], &oids[i]) < 0));
		(void)ok;
	}
	*all = (struct objects){ oids, ROWS, card, get, set };
}
