/* metrics - what is known of the site, as OpenMetrics; see metrics.h */
#include "app/metrics.h"
#include "app/beacons.h"
#include "app/notifier.h"
#include "app/status.h"
#include "app/trapping.h"
#include "app/watch.h"

#include <math.h>
#include <stdio.h>

/* Each reading attribute's name and unit as Prometheus has them, and its scale. */
static const struct gauge {
	const char *attr, *name, *unit, *help;
	double scale;
} gauges[] = {
	{ "input-voltage", "amc_ups_input_volts", "volts", "Voltage at the input", 1 },
	{ "output-voltage", "amc_ups_output_volts", "volts", "Voltage at the output", 1 },
	{ "input-frequency", "amc_ups_input_frequency_hertz", "hertz", "Frequency at the input", 1 },
	{ "load-percent", "amc_ups_load_ratio", "ratio", "Load, 1 is the rated power", 0.01 },
	{ "output-watts", "amc_ups_output_watts", "watts", "Power at the output", 1 },
	{ "charge-percent", "amc_ups_battery_charge_ratio", "ratio", "Charge of the battery", 0.01 },
	{ "runtime-seconds", "amc_ups_battery_runtime_seconds", "seconds",
		"How long the battery lasts at this load", 1 },
	{ "battery-voltage", "amc_ups_battery_volts", "volts", "Voltage of the battery", 1 },
	{ "temperature-celsius", "amc_ups_temperature_celsius", "celsius", "Temperature", 1 },
	{ "on-battery-seconds", "amc_ups_on_battery_seconds", "seconds",
		"Since the mains failed", 1 },
};

static void family(struct text *t, const char *name, const char *type, const char *unit,
    const char *help)
{
	text_printf(t, "# TYPE %s %s\n", name, type);
	if (unit)
		text_printf(t, "# UNIT %s %s\n", name, unit);
	text_printf(t, "# HELP %s %s\n", name, help);
}

static void label(struct text *t, const char *name, const char *value, bool first)
{
	text_printf(t, "%s%s=\"", first ? "{" : ",", name);
	for (; *value; value++)
		if (*value == '\\' || *value == '"')
			text_printf(t, "\\%c", *value);
		else if (*value == '\n')
			text_add(t, "\\n");
		else
			text_add_len(t, value, 1);
	text_add(t, "\"");
}

/* {ups="UPS1",group="G" */
static void name_of(struct text *t, const struct node *n)
{
	label(t, n->kind == KIND_UPS ? "ups" : "terminal", node_name(n), true);
	label(t, "group", node_name(n->parent), false);
}

static const struct node *top_of(const struct app *a)
{
	return &site_network(app_site(a))->node;
}

#define each(n, a, k) (const struct node *n = top_of(a); n; n = node_next(n, top_of(a))) \
	if (n->kind == (k))

static bool fresh(const struct app *a, const struct node *n, const struct ups_status *s)
{
	return s && s->known && !watch_ups_stale(a, n->id);
}

static void print_gauge(const struct app *a, const struct gauge *g, struct text *t)
{
	const struct reading_attr *attr = reading_attr(g->attr);

	family(t, g->name, "gauge", g->unit, g->help);
	for each(n, a, KIND_UPS) {
		const struct ups_status *s = watch_ups(a, n->id);
		double v = fresh(a, n, s) ? *(const double *)(const void *)
		    ((const char *)&s->reading + attr->offset) : NAN;

		if (isnan(v))
			continue;
		text_add(t, g->name);
		name_of(t, n);
		text_printf(t, "} %.10g\n", v * g->scale);
	}
}

static void print_states(const struct app *a, struct text *t)
{
	family(t, "amc_ups_state", "stateset", NULL, "State of the UPS");
	for each(n, a, KIND_UPS)
		for (int i = 0; i < UPS_STATE_COUNT; i++) {
			text_add(t, "amc_ups_state");
			name_of(t, n);
			label(t, "amc_ups_state", state_word((enum ups_state)i), false);
			text_printf(t, "} %d\n", watch_ups_state(a, n->id) == (enum ups_state)i);
		}
	family(t, "amc_ups_condition", "stateset", NULL, "What else is the matter with it");
	for each(n, a, KIND_UPS) {
		const struct ups_status *s = watch_ups(a, n->id);

		for (unsigned bit = 1; fresh(a, n, s) && flag_word(bit); bit <<= 1) {
			text_add(t, "amc_ups_condition");
			name_of(t, n);
			label(t, "amc_ups_condition", flag_word(bit), false);
			text_printf(t, "} %d\n", (s->reading.flags & bit) != 0);
		}
	}
}

static void print_answers(const struct app *a, struct text *t)
{
	family(t, "amc_ups_up", "gauge", NULL, "1 when the card answered the last question");
	for each(n, a, KIND_UPS) {
		const struct ups_status *s = watch_ups(a, n->id);

		text_add(t, "amc_ups_up");
		name_of(t, n);
		text_printf(t, "} %d\n", s && s->known && !s->silent_since);
	}
	family(t, "amc_ups_reading_age_seconds", "gauge", "seconds", "Age of the last answer");
	for each(n, a, KIND_UPS) {
		const struct ups_status *s = watch_ups(a, n->id);

		if (!s || !s->known)
			continue;
		text_add(t, "amc_ups_reading_age_seconds");
		name_of(t, n);
		text_printf(t, "} %.1f\n", (double)(loop_now() - s->at) / 1000);
	}
	family(t, "amc_ups", "info", NULL, "What it is");
	for each(n, a, KIND_UPS) {
		const struct ups_status *s = watch_ups(a, n->id);

		if (!s || !s->known)
			continue;
		text_add(t, "amc_ups_info");
		name_of(t, n);
		label(t, "model", s->reading.model, false);
		label(t, "serial", s->reading.serial, false);
		label(t, "firmware", s->reading.firmware, false);
		text_add(t, "} 1\n");
	}
}

static void print_terminals(const struct app *a, struct text *t)
{
	family(t, "amc_terminal_up", "gauge", NULL, "1 when it answered and is trusted");
	for each(n, a, KIND_TERMINAL) {
		const struct terminal_status *s = watch_terminal(a, n->id);
		enum terminal_state state = s ? s->state : TERMINAL_UNKNOWN;

		text_add(t, "amc_terminal_up");
		name_of(t, n);
		text_printf(t, "} %d\n", terminal_state_is_well(state));
	}
	family(t, "amc_terminal_revision", "gauge", NULL, "Revision of the site that it holds");
	for each(n, a, KIND_TERMINAL) {
		const struct terminal_status *s = watch_terminal(a, n->id);

		if (!s || !s->revision)
			continue;
		text_add(t, "amc_terminal_revision");
		name_of(t, n);
		text_printf(t, "} %d\n", s->revision);
	}
}

static void print_site(struct app *a, struct text *t)
{
	static const char *const words[] = { "note", "warning", "error" };
	static const enum severity kinds[] = { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };
	const struct findings *f = app_check(a);

	family(t, "amc_site_revision", "gauge", NULL, "Revision of our own site");
	text_printf(t, "amc_site_revision %d\n", site_network(app_site(a))->revision);
	family(t, "amc_site_armed", "gauge", NULL, "1 when power is really switched");
	text_printf(t, "amc_site_armed %d\n", site_network(app_site(a))->armed);
	family(t, "amc_site_findings", "gauge", NULL, "What the rules found");
	for (int i = 0; i < 3; i++)
		text_printf(t, "amc_site_findings{severity=\"%s\"} %zu\n", words[i],
		    f->count[kinds[i]]);
}

static void print_beacons(const struct beacons *b, struct text *t)
{
	family(t, "amc_beacons", "counter", NULL, "Beacons that came, by what became of them");
	for (enum beacon_verdict v = 0; v < BEACON_VERDICTS; v++)
		text_printf(t, "amc_beacons_total{verdict=\"%s\"} %lu\n", beacon_verdict_word(v),
		    beacons_count(b, v));
}

static void print_traps(const struct app *a, struct text *t)
{
	struct trapping_counts c;

	if (!trapping_counts(a, &c))
		return;
	family(t, "amc_traps", "counter", NULL, "Traps that came, by what became of them");
	text_printf(t, "amc_traps_total{verdict=\"known\"} %lu\n", c.known);
	text_printf(t, "amc_traps_total{verdict=\"unknown\"} %lu\n", c.unknown);
	text_printf(t, "amc_traps_total{verdict=\"refused\"} %lu\n", c.refused);
	text_printf(t, "amc_traps_total{verdict=\"bad\"} %lu\n", c.bad);
	text_printf(t, "amc_traps_total{verdict=\"dropped\"} %lu\n", c.dropped);
}

void metrics_print(struct app *a, const struct metrics_more *more, struct text *t)
{
	family(t, "amc_build", "info", NULL, "The program");
	text_add(t, "amc_build_info{version=\"" VERSION_TEXT "\"} 1\n");
	print_site(a, t);
	print_answers(a, t);
	print_states(a, t);
	for (size_t i = 0; i < sizeof gauges / sizeof *gauges; i++)
		print_gauge(a, &gauges[i], t);
	print_terminals(a, t);
	if (more->events_waiting >= 0) {
		family(t, "amc_events_waiting", "gauge", NULL, "That nobody has acknowledged");
		text_printf(t, "amc_events_waiting %ld\n", more->events_waiting);
		family(t, "amc_recorder_up", "gauge", NULL, "1 when events and samples are kept");
		text_printf(t, "amc_recorder_up %d\n", !more->trouble);
	}
	if (more->beacons)
		print_beacons(more->beacons, t);
	print_traps(a, t);
	notifier_metrics(more->notifier, t);
	text_add(t, "# EOF\n");
}
