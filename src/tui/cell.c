#include "tui/cell.h"

#include "app/watch.h"
#include "base/i18n.h"
#include "tui/draw.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { CHANGED_MS = 6000 };

bool cell_is_linked_device(const struct node *n)
{
	return n->kind == KIND_UPS && n->container == IN_DEVICES;
}

bool cell_changed(struct app *app, const struct node *n)
{
	const struct ups_status *u = watch_ups(app, n->id);
	const struct terminal_status *t = watch_terminal(app, n->id);
	int64_t at = u ? u->changed : t ? t->changed : 0;

	return at && loop_now() - at < CHANGED_MS;
}

static void no_answer(int64_t since, char *buf, size_t size)
{
	char time[40];

	if (since)
		snprintf(buf, size, _("no answer %s"),
		    draw_duration((loop_now() - since) / 1000, time, sizeof time));
	else
		snprintf(buf, size, "%s", _("no answer"));
}

static void ups_words(struct app *app, const struct node *n, const char *mark,
    char *buf, size_t size, enum role *role)
{
	const struct ups_status *u = watch_ups(app, n->id);
	enum ups_state state = watch_ups_state(app, n->id);
	char words[100], time[40];

	if (!u || (!u->known && !u->silent_since)) {
		snprintf(buf, size, "%s%s", mark, _("not asked yet"));
		*role = ROLE_OLD;
		return;
	}
	if (u->silent_since) {
		no_answer(u->silent_since, words, sizeof words);
		*role = theme_severity(watch_severity(app, n->id));
	} else if (state == UPS_ON_BATTERY || state == UPS_LOW_BATTERY) {
		double s = u->reading.on_battery_seconds;
		int64_t age = loop_now() - u->at;

		if (isnan(s)) {
			s = 0;
			age = loop_now() - u->state_since;
		}
		snprintf(words, sizeof words, "%s %s", tr(state_label(state)),
		    draw_duration((int64_t)s + age / 1000, time, sizeof time));
		*role = theme_severity(watch_severity(app, n->id));
	} else {
		snprintf(words, sizeof words, "%s", tr(state_label(state)));
		*role = theme_severity(watch_severity(app, n->id));
	}
	if (!u->silent_since && watch_ups_stale(app, n->id))
		*role = ROLE_OLD;
	snprintf(buf, size, "%s%s", mark, words);
}

static void terminal_words(struct app *app, const struct node *n, char *buf,
    size_t size, enum role *role)
{
	const struct terminal_status *t = watch_terminal(app, n->id);

	if (!t || t->state == TERMINAL_UNKNOWN) {
		snprintf(buf, size, "%s", _("not asked yet"));
		*role = ROLE_OLD;
	} else if (t->state == TERMINAL_NO_ANSWER) {
		no_answer(t->silent_since, buf, size);
		*role = theme_severity(watch_severity(app, n->id));
	} else {
		snprintf(buf, size, "%s", tr(terminal_state_label(t->state)));
		*role = theme_severity(watch_severity(app, n->id));
	}
}

/* The worst below it, in the words of the one that is. */
static void group_words(struct app *app, const struct node *n, char *buf,
    size_t size, enum role *role)
{
	int worst = watch_severity(app, n->id);

	snprintf(buf, size, "-----");
	if (worst <= 0)
		return;
	for (const struct node *i = node_next(n, n); i; i = node_next(i, n))
		if (i->kind != KIND_GROUP && watch_severity(app, i->id) == worst) {
			if (i->kind == KIND_UPS)
				ups_words(app, i, "", buf, size, role);
			else
				terminal_words(app, i, buf, size, role);
			break;
		}
	*role = theme_severity(worst);
}

void cell_state(struct app *app, const struct node *n, char *buf, size_t size,
    enum role *role)
{
	if (n->kind == KIND_UPS)
		ups_words(app, n, cell_is_linked_device(n) ? "*" : "", buf, size, role);
	else if (n->kind == KIND_TERMINAL)
		terminal_words(app, n, buf, size, role);
	else
		group_words(app, n, buf, size, role);
}

static void name(struct app *app, const struct node *n, char *buf, size_t size,
    enum role *role)
{
	(void)app;
	snprintf(buf, size, "%s", n->parent ? node_name(n) : _("network"));
	if (n->kind == KIND_GROUP)
		*role = ROLE_GROUP;
}

static void address(struct app *app, const struct node *n, char *buf, size_t size,
    enum role *role)
{
	(void)app;
	(void)role;
	snprintf(buf, size, "%s", node_address(n));
}

static void description(struct app *app, const struct node *n, char *buf,
    size_t size, enum role *role)
{
	(void)app;
	(void)role;
	snprintf(buf, size, "%s", node_description(n));
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

static void age(struct app *app, const struct node *n, char *buf, size_t size,
    enum role *role)
{
	const struct ups_status *u = watch_ups(app, n->id);
	const struct terminal_status *t = watch_terminal(app, n->id);
	int64_t at = u && u->known ? u->at : t ? t->at : 0;

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
	snprintf(buf, size, "%d", t->revision);
	if (t->revision != site_network(app_site(app))->revision)
		*role = ROLE_NOTE;
}

static const struct cell cells[] = {
	{ "name", name },
	{ "address", address },
	{ "description", description },
	{ "state", cell_state },
	{ "in", in },
	{ "out", out },
	{ "load", load },
	{ "charge", charge },
	{ "runtime", runtime },
	{ "age", age },
	{ "revision", revision },
};

const struct cell *cell_find(const char *cell)
{
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
		if (strcmp(cells[i].name, cell) == 0)
			return &cells[i];
	return NULL;
}
