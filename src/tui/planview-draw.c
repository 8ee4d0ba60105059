/* planview-draw - how the outage plan looks; a part of planview */
#include "tui/planview.h"

#include "base/i18n.h"
#include "base/text.h"
#include "tui/chart.h"
#include "tui/draw.h"

#include <math.h>
#include <stdio.h>

/*
 * What a cell of a time bar tells; each has a glyph of its own, another where
 * the locale has none but ASCII, and a role.
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

/* Columns of a row; bar.cols is what is left. */
struct layout_of_row {
	int mark, fails, name, group, bar, ends, must, has;
	int name_cols, group_cols, bar_cols;
};
enum { NUMBER = 8 };	/* columns of each of the three numbers */

static struct layout_of_row row_layout(void)
{
	struct layout_of_row l = { .mark = 1, .fails = 2, .name = 6 };
	int right = screen_cols() - 2 - 3 * NUMBER;

	l.name_cols = screen_cols() < 100 ? 14 : 18;
	l.group = l.name + l.name_cols + 1;
	l.group_cols = screen_cols() < 100 ? 0 : 18;
	l.bar = l.group + (l.group_cols ? l.group_cols + 1 : 0);
	l.bar_cols = right - l.bar;
	l.ends = right;
	l.must = l.ends + NUMBER;
	l.has = l.must + NUMBER;
	return l;
}

/* Lines of the window below the list: a rule, the details, the legend. */
static int details_rows(void)
{
	return screen_rows() < 30 ? 3 : 5;
}

int planview_list_rows(void)
{
	/* above: the summary and the axis; around: the box, the bars of the screen */
	return screen_rows() - 5 - 2 - details_rows() - 2;
}

/* Seconds from one mark of the axis to the next, so that their numbers have room. */
static int tick_of(int horizon, int cols)
{
	int tick = 10, least = horizon * 8 / cols;

	while (tick * 5 < least)
		tick *= 10;
	return tick >= least ? tick : tick * 2 >= least ? tick * 2 : tick * 5;
}

/* The second at the end of the bar: a little behind the last step. */
static int horizon_of(const struct plan *plan)
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

/* The second at which the last thing happens to it, or -1. */
static int end_of(const struct plan_node *n)
{
	return plan_happens(n, STEP_OFF) ? n->at[STEP_OFF].latest :
	    plan_happens(n, STEP_OS_DOWN) ? n->at[STEP_OS_DOWN].latest : -1;
}

static void put_phase(int y, int x, enum phase phase)
{
	screen_put(y, x, 1, phases[phase].role, chart_braille() ? phases[phase].glyph :
	    phases[phase].plain);
}

static void draw_times(const struct plan_node *n, int y, int x, int cols, int horizon)
{
	bool ups = site_id_kind(n->id) == KIND_UPS;
	int i, second, end = end_of(n);

	for (i = 0; i < cols; i++) {
		/* in the middle of the cell */
		second = (int)((int64_t)(2 * i + 1) * horizon / (2 * cols));
		put_phase(y, x + i, ups ? ups_phase(n, second) :
		    terminal_phase(n, second));
	}
	if (end >= 0)
		put_phase(y, x + (int)((int64_t)end * cols / horizon), PHASE_OFF);
}

/* What stands in the place of a time bar, or NULL. */
static const char *words_of(const struct plan_node *n, enum role *role)
{
	bool terminal = site_id_kind(n->id) == KIND_TERMINAL;

	*role = ROLE_GOOD;
	switch (n->fate) {
	case FATE_UNTOUCHED:
		return terminal ? _("stays up") : "";
	case FATE_SPARED:
		return terminal ? _("stays up: enough UPSs left") :
		    NULL;
	case FATE_UNWATCHED:
		*role = ROLE_WARNING;
		return _("not watched: gets no order");
	default:
		return NULL;
	}
}

static void draw_number(int y, int x, enum role role, double number)
{
	char text[24];

	if (isnan(number))
		return;
	snprintf(text, sizeof text, "%.0f", number);
	screen_right(y, x, NUMBER - 1, role, text);
}

static void draw_numbers(const struct plan_node *n, const struct layout_of_row *l,
    int y, enum role role)
{
	bool here = role == ROLE_SELECTED;

	if (end_of(n) >= 0)
		draw_number(y, l->ends, role, end_of(n));
	if (n->required)
		draw_number(y, l->must, role, n->required);
	if (site_id_kind(n->id) == KIND_UPS)
		draw_number(y, l->has, !here && n->required && n->runtime < n->required ?
		    ROLE_WARNING : role, n->runtime);
}

static enum role worst_role(int worst)
{
	return theme_severity(4 - worst);	/* error 1 .. note 3 */
}

static void draw_node(const struct planview *p, int row, int y, int horizon)
{
	const struct plan_node *n = planview_node(p, row);
	const struct node *node = site_find(app_site(p->view.tui->app), n->id);
	struct layout_of_row l = row_layout();
	enum role role = row == p->at ? ROLE_SELECTED : ROLE_TEXT, other;
	const char *words = words_of(n, &other);

	if (!node)
		return;
	if (row == p->at) {
		screen_fill(y, l.mark, 1, l.bar - l.mark - 1, role);
		screen_fill(y, l.ends, 1, 3 * NUMBER, role);
		screen_cursor(y, l.mark, false);
	}
	if (n->worst)
		screen_put(y, l.mark, 1, row == p->at ? role : worst_role(n->worst), "!");
	if (node->kind == KIND_UPS)
		screen_put(y, l.fails, 3, role, n->failed ? "[x]" : "[ ]");
	screen_pad(y, l.name, l.name_cols, role, node_name(node));
	screen_pad(y, l.group, l.group_cols, role, node_name(node->parent));
	if (words)
		screen_put(y, l.bar, l.bar_cols, other, words);
	else
		draw_times(n, y, l.bar, l.bar_cols, horizon);
	draw_numbers(n, &l, y, role);
}

static void draw_verdict(const struct planview *p, int row, int y)
{
	const struct finding *f = planview_verdict(p, row);
	bool here = row == p->at;
	int cols = screen_cols() - 2;

	if (here) {
		screen_fill(y, 1, 1, cols, ROLE_SELECTED);
		screen_cursor(y, 1, false);
	}
	screen_put(y, 1, 1, here ? ROLE_SELECTED : worst_role(1 + (int)f->severity), "!");
	screen_put(y, 2, 10, here ? ROLE_SELECTED : worst_role(1 + (int)f->severity),
	    tr(severity_word(f->severity)));
	screen_put(y, 12, 4, here ? ROLE_SELECTED : ROLE_TEXT, f->rule);
	screen_put(y, 17, cols - 17, here ? ROLE_SELECTED : ROLE_TEXT, f->message);
}

static void draw_axis(int y, int horizon)
{
	struct layout_of_row l = row_layout();
	int second, tick = tick_of(horizon, l.bar_cols);
	char text[16];

	screen_put(y, l.name, l.name_cols, ROLE_HEAD, _("Name"));
	screen_put(y, l.group, l.group_cols, ROLE_HEAD, _("Group"));
	for (second = 0; second < horizon; second += tick) {
		int x = (int)((int64_t)second * l.bar_cols / horizon);

		snprintf(text, sizeof text, "%d", second);
		if (x + text_width(text) <= l.bar_cols)
			screen_put(y, l.bar + x, l.bar_cols - x, ROLE_HEAD, text);
	}
	screen_right(y, l.ends, NUMBER - 1, ROLE_HEAD, _("end[s]"));
	screen_right(y, l.must, NUMBER - 1, ROLE_HEAD, _("must[s]"));
	screen_right(y, l.has, NUMBER - 1, ROLE_HEAD, _("has[s]"));
}

static void draw_summary(const struct planview *p, int y)
{
	const struct plan *plan = p->plan;
	struct text t = { 0 };

	if (!plan->failed) {
		screen_put(y, 2, screen_cols() - 4, ROLE_HINT,
		    _("Nothing fails. Space: the power device under the cursor, a: all of them."));
		return;
	}
	text_printf(&t, _("Servers down: %zu of %zu"), plan->down, plan->terminals);
	if (plan->control_seconds)
		text_printf(&t, _(" · control terminals must live %d s"),
		    plan->control_seconds);
	if (plan->verdicts.n)
		text_printf(&t, _(" · rules broken: %zu"), plan->verdicts.n);
	screen_put(y, 2, screen_cols() - 4, !plan->verdicts.n ? ROLE_GOOD :
	    plan->verdicts.count[SEVERITY_ERROR] ? ROLE_ERROR : ROLE_WARNING, t.s);
	text_done(&t);
}

static void add_steps(struct text *t, const struct plan_node *n)
{
	int step;

	for (step = 0; step < STEP_COUNT; step++) {
		if (!plan_happens(n, step) || step == STEP_POWER_FAILED)
			continue;
		text_printf(t, "%s%s %d", t->len ? " · " : "", tr(step_label(step)),
		    n->at[step].earliest);
		if (n->at[step].latest != n->at[step].earliest)
			text_printf(t, "-%d", n->at[step].latest);
		text_add(t, " s");
	}
}

/* In words, what happens to the node of a row. */
static void node_words(const struct planview *p, const struct plan_node *n, struct text *t)
{
	const struct site *site = app_site(p->view.tui->app);
	const struct node *cause = site_find(site, n->cause);
	size_t i;

	add_steps(t, n);
	if (n->fate == FATE_SPARED && site_id_kind(n->id) == KIND_UPS)
		text_printf(t, "%s%s", t->len ? " · " : "",
		    _("switched off by nobody: on until its battery is empty"));
	if (n->fate == FATE_DOWN && cause)
		text_printf(t, _(" · because of %s"), node_name(cause));
	if (n->fate == FATE_DOWN && site_id_kind(n->id) == KIND_UPS && !n->failed)
		text_printf(t, " · %s", _("has its mains, goes off with its servers"));
	for (i = 0; i < p->plan->verdicts.n; i++)
		if (p->plan->verdicts.list[i].node == n->id)
			text_printf(t, "%s%s", t->len ? "\n" : "",
			    p->plan->verdicts.list[i].message);
}

static void draw_details(const struct planview *p, int y)
{
	const struct plan_node *n = p->n ? planview_node(p, p->at) : NULL;
	struct text t = { 0 };

	if (n)
		node_words(p, n, &t);
	else if (p->n)
		text_add(&t, planview_verdict(p, p->at)->message);
	if (t.s)
		draw_wrapped(y, 2, details_rows(), screen_cols() - 4,
		    n ? ROLE_TEXT : ROLE_HINT, t.s);
	text_done(&t);
}

static void draw_legend(int y)
{
	int x = 2, phase;

	for (phase = PHASE_WAIT; phase < PHASE_COUNT; phase++) {
		put_phase(y, x, phase);
		x += 2;
		x += screen_put(y, x, screen_cols() - x - 1, ROLE_HINT,
		    tr(phases[phase].label)) + 2;
	}
}

static void draw_list(const struct planview *p, int y)
{
	int rows = planview_list_rows(), top = draw_window(p->top, p->at, rows, p->n);
	int horizon = horizon_of(p->plan);
	int i, right = screen_cols() - 2;

	draw_axis(y - 1, horizon);
	for (i = 0; i < rows && top + i < p->n; i++)
		if (planview_node(p, top + i))
			draw_node(p, top + i, y + i, horizon);
		else
			draw_verdict(p, top + i, y + i);
	if (top > 0)
		screen_put(y, right, 1, ROLE_HINT, "▲");
	if (top + rows < p->n)
		screen_put(y + rows - 1, right, 1, ROLE_HINT, "▼");
}

void planview_draw(struct view *v)
{
	const struct planview *p = (const struct planview *)v;
	int rows = screen_rows() - 3, list = planview_list_rows();
	char title[160];

	snprintf(title, sizeof title, p->outage.parallel ?
	    _("Outage plan: %zu of %zu power devices fail, orders at once") :
	    _("Outage plan: %zu of %zu power devices fail"), p->plan->failed,
	    site_count(app_site(v->tui->app), KIND_UPS));
	screen_fill(1, 0, rows, screen_cols(), ROLE_TEXT);
	screen_box(1, 0, rows, screen_cols(), ROLE_FOCUS, title);
	draw_summary(p, 2);
	draw_list(p, 4);
	screen_hline(4 + list, 1, screen_cols() - 2, ROLE_BORDER);
	draw_details(p, 5 + list);
	draw_legend(5 + list + details_rows());
}
