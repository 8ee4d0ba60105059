#include "tui/cell.h"

#include "app/watch.h"
#include "base/i18n.h"
#include "tui/draw.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { CHANGED_MS = 6000 };
#define CLOCK_TOLD 1.5	/* s; what terminals say of their clocks is exact to 0.5 s */

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
		snprintf(words, sizeof words, "%s %s", tr(state_label(state)),
		    draw_duration(watch_on_battery(u), time, sizeof time));
		*role = theme_severity(watch_severity(app, n->id));
	} else {
		snprintf(words, sizeof words, "%s", tr(state_label(state)));
		*role = theme_severity(watch_severity(app, n->id));
	}
	if (!u->silent_since && watch_ups_stale(app, n->id))
		*role = ROLE_OLD;
	snprintf(buf, size, "%s%s", mark, words);
}

static void terminal_words(struct app *app, const struct node *n, bool brief, char *buf,
    size_t size, enum role *role)
{
	const struct terminal_status *t = watch_terminal(app, n->id);
	const char *words = !t ? "" : tr(brief ? terminal_state_brief(t->state) :
	    terminal_state_label(t->state));
	char time[40];

	if (!t || t->state == TERMINAL_UNKNOWN) {
		snprintf(buf, size, "%s", _("not asked yet"));
		*role = ROLE_OLD;
	} else if (t->state == TERMINAL_NO_ANSWER) {
		no_answer(t->silent_since, buf, size);
		*role = theme_severity(watch_severity(app, n->id));
	} else if (!terminal_state_severity(t->state) || !t->silent_since) {
		snprintf(buf, size, "%s", words);
		*role = theme_severity(watch_severity(app, n->id));
	} else {
		snprintf(buf, size, "%s %s", words,
		    draw_duration((loop_now() - t->silent_since) / 1000, time, sizeof time));
		*role = theme_severity(watch_severity(app, n->id));
	}
}

static struct text *next_fact(struct text *t)
{
	if (t->len)
		text_add(t, "  ");
	return t;
}

void cell_terminal_facts(struct app *app, const struct node *n, struct text *t, enum role *role)
{
	const struct terminal_status *s = watch_terminal(app, n->id);
	char words[40];

	*role = ROLE_TEXT;
	if (!s || s->silent_since)
		return;
	if (*s->software) {
		*role = ROLE_ERROR;
		text_printf(next_fact(t), _("also runs %s"), s->software);
	}
	if (s->clock_known && fabs(s->clock_ahead) >= CLOCK_TOLD) {
		if (*role == ROLE_TEXT)
			*role = ROLE_WARNING;
		snprintf(words, sizeof words, "%+.0f", s->clock_ahead);
		text_printf(next_fact(t), _("clock %s s"), words);
	}
	if (*s->speaks_from && strcmp(s->speaks_from, node_terminal(n)->address) != 0)
		text_printf(next_fact(t), _("to the cards from %s"), s->speaks_from);
	if (s->since)
		text_printf(next_fact(t), _("up %s"),
		    draw_duration((loop_now() - s->since) / 1000, words, sizeof words));
}

/* Of a group that of the worst below it. */
static void state_words(struct app *app, const struct node *n, bool brief, char *buf,
    size_t size, enum role *role)
{
	bool group = n->kind != KIND_UPS && n->kind != KIND_TERMINAL;

	if (group)
		n = site_find(app_site(app), watch_worst(app, n->id, IN_ITSELF));
	if (!n)
		snprintf(buf, size, "-----");
	else if (n->kind == KIND_UPS)
		ups_words(app, n, cell_is_linked_device(n) ? "*" : "", buf, size, role);
	else
		terminal_words(app, n, brief, buf, size, role);
	if (group && n)
		*role = theme_severity(watch_severity(app, n->id));
}

void cell_state(struct app *app, const struct node *n, char *buf, size_t size,
    enum role *role)
{
	state_words(app, n, false, buf, size, role);
}

void cell_state_in(struct app *app, const struct node *n, int cols, char *buf, size_t size)
{
	enum role unused;

	state_words(app, n, false, buf, size, &unused);
	if (text_width(buf) > cols)
		state_words(app, n, true, buf, size, &unused);
}

void cell_worst(struct app *app, unsigned id, enum container c, char *buf,
    size_t size, enum role *role)
{
	const struct node *n = site_find(app_site(app), watch_worst(app, id, c));

	if (!n)
		return;
	cell_state(app, n, buf, size, role);
	*role = theme_severity(watch_severity(app, n->id));
}
