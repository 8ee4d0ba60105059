/* The columns that a list can have: what each says, and how it is sorted. */
#include "tui/cell.h"

#include "app/watch.h"
#include "base/i18n.h"
#include "base/text.h"
#include "tui/draw.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void name(struct app *app, const struct node *n, char *buf, size_t size,
    enum role *role)
{
	(void)app;
	text_copy(buf, size, n->parent ? node_name(n) : _("network"));
	if (n->kind == KIND_GROUP)
		*role = ROLE_GROUP;
}

static void address(struct app *app, const struct node *n, char *buf, size_t size,
    enum role *role)
{
	(void)app;
	(void)role;
	text_copy(buf, size, node_address(n));
}

/* Its end is what tells one from another. */
static void address_end(struct app *app, const struct node *n, int cols, char *buf, size_t size)
{
	const char *s = node_address(n);

	(void)app;
	while (text_width(s) > cols - 1)
		s++;
	snprintf(buf, size, "%s%s", shape(SHAPE_MORE), s);
}

static void description(struct app *app, const struct node *n, char *buf,
    size_t size, enum role *role)
{
	(void)app;
	(void)role;
	text_copy(buf, size, node_description(n));
}

/*
 * A reading that there is; a late one does not look new, and that of a card
 * which no longer answers is only in the details, with its age.
 */
static const struct reading *reading_of(struct app *app, const struct node *n,
    enum role *role)
{
	const struct ups_status *u = watch_ups(app, n->id);

	if (!u || !u->known || u->silent_since)
		return NULL;
	if (watch_ups_stale(app, n->id))
		*role = ROLE_OLD;
	return &u->reading;
}

static void number(double v, const char *unit, char *buf, size_t size)
{
	if (!isnan(v))
		snprintf(buf, size, "%.0f%s", v, unit);
}

static void in(struct app *app, const struct node *n, char *buf, size_t size,
    enum role *role)
{
	const struct reading *r = reading_of(app, n, role);

	if (r)
		number(r->input_voltage, "", buf, size);
}

/* Watts where the card gives them, else what it gives. */
static void out(struct app *app, const struct node *n, char *buf, size_t size,
    enum role *role)
{
	const struct reading *r = reading_of(app, n, role);

	if (r && !isnan(r->output_watts))
		number(r->output_watts, "W", buf, size);
	else if (r)
		number(r->load_percent, "%", buf, size);
}

/* "1.2k", "12k": where there is room for three digits and the unit. */
static void out_brief(struct app *app, const struct node *n, int cols, char *buf, size_t size)
{
	enum role unused;
	const struct reading *r = reading_of(app, n, &unused);

	(void)cols;
	if (r && !isnan(r->output_watts))
		snprintf(buf, size, "%.*fk", r->output_watts < 9950, r->output_watts / 1000);
}

static void load(struct app *app, const struct node *n, char *buf, size_t size,
    enum role *role)
{
	const struct reading *r = reading_of(app, n, role);

	if (r)
		number(r->load_percent, "%", buf, size);
}

static void charge(struct app *app, const struct node *n, char *buf, size_t size,
    enum role *role)
{
	const struct reading *r = reading_of(app, n, role);

	if (r)
		number(r->charge_percent, "%", buf, size);
}

static void runtime(struct app *app, const struct node *n, char *buf, size_t size,
    enum role *role)
{
	const struct reading *r = reading_of(app, n, role);

	if (r && !isnan(r->runtime_seconds))
		draw_duration((int64_t)r->runtime_seconds, buf, size);
}

/* loop_now() of the last answer; 0: there was none. */
static int64_t heard_at(struct app *app, const struct node *n)
{
	const struct ups_status *u = watch_ups(app, n->id);
	const struct terminal_status *t = watch_terminal(app, n->id);

	return u && u->known ? u->at : t ? t->at : 0;
}

static void age(struct app *app, const struct node *n, char *buf, size_t size,
    enum role *role)
{
	int64_t at = heard_at(app, n);

	if (!at)
		return;
	reading_of(app, n, role);
	draw_duration((loop_now() - at) / 1000, buf, size);
}

static void revision(struct app *app, const struct node *n, char *buf, size_t size,
    enum role *role)
{
	const struct terminal_status *t = watch_terminal(app, n->id);

	if (!t || !t->revision)
		return;
	if (t->revision == site_network(app_site(app))->revision) {
		snprintf(buf, size, "%d", t->revision);
	} else {
		snprintf(buf, size, "≠%d", t->revision);
		*role = ROLE_NOTE;
	}
}

/* The worst first; then by state. */
static double state_rank(struct app *app, const struct node *n)
{
	const struct terminal_status *t = watch_terminal(app, n->id);
	int state = n->kind == KIND_UPS ? (int)watch_ups_state(app, n->id) :
	    n->kind == KIND_TERMINAL && t ? 20 + (int)t->state : 40;

	return state - 100 * watch_severity(app, n->id);
}

static const struct reading *rank_of(struct app *app, const struct node *n)
{
	enum role unused;

	return reading_of(app, n, &unused);
}

static double in_rank(struct app *app, const struct node *n)
{
	const struct reading *r = rank_of(app, n);

	return r ? r->input_voltage : (double)NAN;
}

/* Watts and percent do not compare: those that give watts come behind. */
static double out_rank(struct app *app, const struct node *n)
{
	const struct reading *r = rank_of(app, n);

	return !r ? (double)NAN : isnan(r->output_watts) ? r->load_percent - 1e6 :
	    r->output_watts;
}

static double load_rank(struct app *app, const struct node *n)
{
	const struct reading *r = rank_of(app, n);

	return r ? r->load_percent : (double)NAN;
}

static double charge_rank(struct app *app, const struct node *n)
{
	const struct reading *r = rank_of(app, n);

	return r ? r->charge_percent : (double)NAN;
}

static double runtime_rank(struct app *app, const struct node *n)
{
	const struct reading *r = rank_of(app, n);

	return r ? r->runtime_seconds : (double)NAN;
}

static double age_rank(struct app *app, const struct node *n)
{
	int64_t at = heard_at(app, n);

	return at ? (double)-at : (double)NAN;
}

static double revision_rank(struct app *app, const struct node *n)
{
	const struct terminal_status *t = watch_terminal(app, n->id);

	return t && t->revision ? t->revision : (double)NAN;
}

static const struct cell cells[] = {
	{ "name", name, false, NULL, NULL },
	{ "address", address, false, address_end, NULL },
	{ "description", description, false, NULL, NULL },
	{ "state", cell_state, true, cell_state_in, state_rank },
	{ "in", in, true, NULL, in_rank },
	{ "out", out, true, out_brief, out_rank },
	{ "load", load, true, NULL, load_rank },
	{ "charge", charge, true, NULL, charge_rank },
	{ "runtime", runtime, true, NULL, runtime_rank },
	{ "age", age, true, NULL, age_rank },
	{ "revision", revision, true, NULL, revision_rank },
};

const struct cell *cell_find(const char *cell)
{
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
		if (strcmp(cells[i].name, cell) == 0)
			return &cells[i];
	return NULL;
}
