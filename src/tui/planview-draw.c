/* planview-draw - how the outage plan looks; a part of planview */
#include "tui/planview.h"

#include "base/i18n.h"
#include "base/text.h"
#include "tui/draw.h"
#include "tui/shape.h"

#include <math.h>
#include <stdio.h>

/* Columns of a row; the bar has what the others leave. */
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

/* Lines of the details, which stand between a rule and the legend below the list. */
static int details_rows(void)
{
	return screen_rows() < 30 ? 3 : 5;
}

int planview_list_rows(void)
{
	/* above: the summary and the axis; around: the box, the bars of the screen */
	return screen_rows() - 5 - 2 - details_rows() - 2;
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

	if (planview_end(n) >= 0)
		draw_number(y, l->ends, role, planview_end(n));
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
	enum role role = row == p->at ? ROLE_SELECTED : ROLE_TEXT;
	const char *fate = planview_fate(n);

	if (!node)
		return;
	if (row == p->at) {
		screen_fill(y, l.mark, 1, l.bar - l.mark - 1, role);
		screen_fill(y, l.ends, 1, 3 * NUMBER, role);
		screen_cursor(y, l.mark, false);
	}
	if (n->worst)
		screen_put(y, l.mark, 1, row == p->at ? role : worst_role(n->worst), "!");
	target_add(y, 1, 1, screen_cols() - 2, TARGET_ROW, (unsigned)row);
	if (node->kind == KIND_UPS) {
		screen_put(y, l.fails, 3, role, n->failed ? "[x]" : "[ ]");
		target_add(y, l.fails, 1, 3, TARGET_FIELD, (unsigned)row);
	}
	draw_cut_padded(y, l.name, l.name_cols, role, node_name(node));
	draw_cut_padded(y, l.group, l.group_cols, role, node_name(node->parent));
	if (fate)
		screen_put(y, l.bar, l.bar_cols, n->fate == FATE_UNWATCHED ?
		    ROLE_WARNING : ROLE_GOOD, fate);
	else
		planview_bar(n, y, l.bar, l.bar_cols, horizon);
	draw_numbers(n, &l, y, role);
}

static void draw_verdict(const struct planview *p, int row, int y)
{
	const struct finding *f = planview_verdict(p, row);
	bool here = row == p->at;
	int cols = screen_cols() - 2;

	target_add(y, 1, 1, cols, TARGET_ROW, (unsigned)row);
	if (here) {
		screen_fill(y, 1, 1, cols, ROLE_SELECTED);
		screen_cursor(y, 1, false);
	}
	screen_put(y, 1, 1, here ? ROLE_SELECTED : worst_role(1 + (int)f->severity), "!");
	screen_put(y, 2, 10, here ? ROLE_SELECTED : worst_role(1 + (int)f->severity),
	    tr(severity_word(f->severity)));
	screen_put(y, 12, 4, here ? ROLE_SELECTED : ROLE_TEXT, f->rule);
	draw_cut(y, 17, cols - 17, here ? ROLE_SELECTED : ROLE_TEXT, f->message);
}

static void draw_axis(int y, int horizon)
{
	struct layout_of_row l = row_layout();

	screen_put(y, l.name, l.name_cols, ROLE_HEAD, _("Name"));
	screen_put(y, l.group, l.group_cols, ROLE_HEAD, _("Group"));
	planview_axis(y, l.bar, l.bar_cols, horizon);
	screen_right(y, l.ends, NUMBER - 1, ROLE_HEAD, _("end[s]"));
	screen_right(y, l.must, NUMBER - 1, ROLE_HEAD, _("must[s]"));
	screen_right(y, l.has, NUMBER - 1, ROLE_HEAD, _("has[s]"));
}

static void draw_summary(const struct planview *p, int y)
{
	const struct findings *verdicts = &p->plan->verdicts;
	enum role role = !p->plan->failed ? ROLE_HINT : !verdicts->n ? ROLE_GOOD :
	    verdicts->count[SEVERITY_ERROR] ? ROLE_ERROR : ROLE_WARNING;
	struct text t = { 0 };

	planview_summary(p, &t);
	draw_cut(y, 2, screen_cols() - 4, role, t.s);
	text_done(&t);
}

/* Of the row under the cursor: its steps, and what is wrong with it. */
static void draw_details(const struct planview *p, int y)
{
	const struct plan_node *n = p->n ? planview_node(p, p->at) : NULL;
	const struct findings *verdicts = &p->plan->verdicts;
	struct text t = { 0 };
	size_t i;

	if (n)
		planview_words(p, n, &t);
	else if (p->n)
		text_add(&t, planview_verdict(p, p->at)->message);
	for (i = 0; n && i < verdicts->n; i++)
		if (verdicts->list[i].node == n->id)
			text_printf(&t, "%s%s", t.len ? "\n" : "", verdicts->list[i].message);
	if (t.s)
		draw_wrapped(y, 2, details_rows(), screen_cols() - 4,
		    n ? ROLE_TEXT : ROLE_HINT, t.s);
	text_done(&t);
}

static void draw_list(const struct planview *p, int y)
{
	int rows = planview_list_rows(), top = draw_window(p->top, p->at, rows, p->n);
	int horizon = planview_horizon(p->plan);
	int i, right = screen_cols() - 2;

	draw_axis(y - 1, horizon);
	for (i = 0; i < rows && top + i < p->n; i++)
		if (planview_node(p, top + i))
			draw_node(p, top + i, y + i, horizon);
		else
			draw_verdict(p, top + i, y + i);
	draw_more(y, right, rows, top, p->n);
}

void planview_draw(struct view *v)
{
	const struct planview *p = (const struct planview *)v;
	int rows = screen_rows() - 3, list = planview_list_rows();
	struct text title = { 0 };

	planview_title(p, &title);
	screen_fill(1, 0, rows, screen_cols(), ROLE_TEXT);
	screen_box(1, 0, rows, screen_cols(), ROLE_FOCUS, title.s);
	text_done(&title);
	draw_summary(p, 2);
	draw_list(p, 4);
	screen_hline(4 + list, 1, screen_cols() - 2, ROLE_BORDER);
	draw_details(p, 5 + list);
	planview_legend(5 + list + details_rows());
}
