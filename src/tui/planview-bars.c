/* planview-bars - the time bars of the outage plan; a part of planview */
#include "tui/planview.h"

#include "base/i18n.h"
#include "base/text.h"
#include "tui/shape.h"

#include <stdio.h>

/*
 * What a cell of a time bar tells; each has a glyph of its own, another where
 * that cannot be shown, and a role.
 */
enum phase {
	PHASE_NOTHING, PHASE_WAIT, PHASE_ORDER, PHASE_CLUSTER, PHASE_OS, PHASE_GRACE,
	PHASE_OFF, PHASE_COUNT
};

static const struct {
	const char *glyph, *plain, *label;
	enum role role;
} phases[PHASE_COUNT] = {
	[PHASE_NOTHING] = { " ", " ", "", ROLE_TEXT },
	[PHASE_WAIT] = { "·", ".", N_("waits"), ROLE_TEXT },
	[PHASE_ORDER] = { "─", "-", N_("confirmed, ordered"), ROLE_NOTE },
	[PHASE_CLUSTER] = { "▒", "%", N_("cluster stop"), ROLE_WARNING },
	[PHASE_OS] = { "█", "#", N_("OS stop"), ROLE_ERROR },
	[PHASE_GRACE] = { "▄", "=", N_("grace time"), ROLE_CHANGED },
	[PHASE_OFF] = { "×", "x", N_("off"), ROLE_GROUP },
};

/* Seconds from one mark of the axis to the next, so that their numbers have room. */
static int tick_of(int horizon, int cols)
{
	int tick = 10, least = horizon * 8 / cols;

	while (tick * 5 < least)
		tick *= 10;
	return tick >= least ? tick : tick * 2 >= least ? tick * 2 : tick * 5;
}

int planview_horizon(const struct plan *plan)
{
	return plan->end + plan->end / 16 + 10;
}

static enum phase ups_phase(const struct plan_node *n, int second)
{
	bool off = plan_happens(n, STEP_OFF);

	if (off && second >= n->at[STEP_OFF].latest)
		return PHASE_NOTHING;
	if (off && second >= n->at[STEP_OFF_ORDERED].latest)
		return PHASE_GRACE;
	if (off && second >= (n->failed ? n->at[STEP_CONFIRMED] :
	    n->at[STEP_OFF_ORDERED]).earliest)
		return PHASE_ORDER;
	return n->failed ? PHASE_WAIT : PHASE_NOTHING;
}

static enum phase terminal_phase(const struct plan_node *n, int second)
{
	if (!plan_happens(n, STEP_OS_DOWN) || second >= n->at[STEP_OS_DOWN].latest)
		return PHASE_NOTHING;
	if (second >= n->at[STEP_OS_ORDERED].latest)
		return PHASE_OS;
	if (second < n->at[STEP_SHUTDOWN_ORDERED].earliest)
		return PHASE_WAIT;
	return plan_happens(n, STEP_CLUSTER_STOPPED) &&
	    second >= n->at[STEP_SHUTDOWN_ORDERED].latest &&
	    second < n->at[STEP_CLUSTER_STOPPED].latest ? PHASE_CLUSTER : PHASE_ORDER;
}

int planview_end(const struct plan_node *n)
{
	return plan_happens(n, STEP_OFF) ? n->at[STEP_OFF].latest :
	    plan_happens(n, STEP_OS_DOWN) ? n->at[STEP_OS_DOWN].latest : -1;
}

static void put_phase(int y, int x, enum phase phase)
{
	uint32_t glyph;

	/* of what this terminal cannot show, shapes that look alike would take the place */
	text_next(phases[phase].glyph, NULL, &glyph);
	screen_put(y, x, 1, phases[phase].role, shape_instead(glyph) ?
	    phases[phase].plain : phases[phase].glyph);
}

void planview_bar(const struct plan_node *n, int y, int x, int cols, int horizon)
{
	bool ups = site_id_kind(n->id) == KIND_UPS;
	int i, second, end = planview_end(n);

	for (i = 0; i < cols; i++) {
		/* in the middle of the cell */
		second = (int)((int64_t)(2 * i + 1) * horizon / (2 * cols));
		put_phase(y, x + i, ups ? ups_phase(n, second) :
		    terminal_phase(n, second));
	}
	if (end >= 0)
		put_phase(y, x + (int)((int64_t)end * cols / horizon), PHASE_OFF);
}

void planview_axis(int y, int x, int cols, int horizon)
{
	int second, at, tick = tick_of(horizon, cols);
	char text[16];

	for (second = 0; second < horizon; second += tick) {
		at = (int)((int64_t)second * cols / horizon);
		snprintf(text, sizeof text, "%d", second);
		if (at + text_width(text) <= cols)
			screen_put(y, x + at, cols - at, ROLE_HEAD, text);
	}
}

void planview_legend(int y)
{
	int x = 2, phase;

	for (phase = PHASE_WAIT; phase < PHASE_COUNT; phase++) {
		put_phase(y, x, phase);
		x += 2;
		x += screen_put(y, x, screen_cols() - x - 1, ROLE_HINT,
		    tr(phases[phase].label)) + 2;
	}
}
