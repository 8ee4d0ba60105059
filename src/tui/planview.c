#include "tui/planview.h"

#include "app/planner.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "tui/draw.h"
#include "tui/mainview.h"

#include <stdlib.h>

/* Readings that come together make one new plan. */
enum { MAKE_MS = 1000 };

static const struct site *site(const struct planview *p)
{
	return app_site(p->view.tui->app);
}

const struct plan_node *planview_node(const struct planview *p, int row)
{
	size_t i = p->rows[row];

	return i < p->plan->n ? &p->plan->nodes[i] : NULL;
}

const struct finding *planview_verdict(const struct planview *p, int row)
{
	size_t i = p->rows[row];

	return i < p->plan->n ? NULL : &p->plan->verdicts.list[i - p->plan->n];
}

/* The node under the cursor: of a verdict, the one that it is about. */
static unsigned under_cursor(const struct planview *p)
{
	if (p->at >= p->n)
		return 0;
	return planview_node(p, p->at) ? planview_node(p, p->at)->id :
	    planview_verdict(p, p->at)->node;
}

static bool is_shown(const struct planview *p, const struct plan_node *n)
{
	return !p->concerned || n->failed || n->fate != FATE_UNTOUCHED;
}

static void take_rows(struct planview *p)
{
	const struct plan *plan = p->plan;
	size_t i;

	p->n = 0;
	p->rows = mem_realloc(p->rows, plan->n + plan->verdicts.n + 1, sizeof *p->rows);
	for (i = 0; i < plan->n; i++)
		if (is_shown(p, &plan->nodes[i]))
			p->rows[p->n++] = i;
	for (i = 0; i < plan->verdicts.n; i++)
		p->rows[p->n++] = plan->n + i;
}

static void keep_window(struct planview *p)
{
	if (p->at >= p->n)
		p->at = p->n - 1;
	if (p->at < 0)
		p->at = 0;
	p->top = draw_window(p->top, p->at, planview_list_rows(), p->n);
}

static void go_to(struct planview *p, unsigned id)
{
	int i;

	for (i = 0; i < p->n && planview_node(p, i); i++)
		if (planview_node(p, i)->id == id)
			p->at = i;
	keep_window(p);
}

/* The plan and its rows as things are now; the cursor stays on its node. */
static void make(struct planview *p)
{
	bool on_node = p->plan && p->at < p->n && planview_node(p, p->at);
	unsigned id = on_node ? under_cursor(p) : 0;

	plan_free(p->plan);
	p->plan = planner_plan(p->view.tui->app, &p->outage);
	p->changes = site_changes(site(p));
	p->made = loop_now();
	loop_pause(p->later);
	take_rows(p);
	if (on_node)
		go_to(p, id);
	keep_window(p);
}

static void make_later(void *arg)
{
	struct planview *p = arg;

	make(p);
	tui_draw_soon(p->view.tui);
}

static void changed(struct view *v)
{
	struct planview *p = (struct planview *)v;
	int64_t since = loop_now() - p->made;

	if (p->changes != site_changes(site(p)) || since >= MAKE_MS)
		make(p);
	else
		loop_again(p->later, (int)(MAKE_MS - since));
}

static int next_verdict(const struct planview *p, int by)
{
	int i, at = p->at;

	for (i = 0; i < p->n; i++) {
		at = (at + by + p->n) % p->n;
		if (!planview_node(p, at) || planview_node(p, at)->worst)
			return at;
	}
	return p->at;
}

static void move(struct view *v, enum move move)
{
	struct planview *p = (struct planview *)v;
	int page = planview_list_rows() - 1;

	switch (move) {
	case MOVE_UP:		p->at--; break;
	case MOVE_DOWN:		p->at++; break;
	case MOVE_PAGE_UP:	p->at -= page; break;
	case MOVE_PAGE_DOWN:	p->at += page; break;
	case MOVE_HOME:		p->at = 0; break;
	case MOVE_END:		p->at = p->n - 1; break;
	case MOVE_NEXT:		p->at = next_verdict(p, 1); break;
	case MOVE_PREVIOUS:	p->at = next_verdict(p, -1); break;
	default:		return;
	}
	keep_window(p);
}

static void cancel(struct view *v)
{
	tui_close(v);
}

static void ok(struct view *v)
{
	struct tui *t = v->tui;
	unsigned id = under_cursor((struct planview *)v);

	tui_close(v);
	if (site_find(app_site(t->app), id))
		mainview_go(t, (struct place){ id, IN_ITSELF });
}

static void mouse(struct view *v, const struct mouse *m)
{
	struct planview *p = (struct planview *)v;
	bool row = m->on.kind == TARGET_ROW || m->on.kind == TARGET_FIELD;

	if (m->what == MOUSE_WHEEL_UP || m->what == MOUSE_WHEEL_DOWN) {
		move(v, m->what == MOUSE_WHEEL_UP ? MOVE_UP : MOVE_DOWN);
		return;
	}
	if (!row || (int)m->on.n >= p->n)
		return;
	if (m->what == MOUSE_PRESS)
		p->at = (int)m->on.n;
	if (m->what == MOUSE_PRESS && m->on.kind == TARGET_FIELD)
		planview_toggle(v->tui);
	else if (m->what == MOUSE_DOUBLE && m->on.kind == TARGET_ROW)
		ok(v);
}

/* The row in words. */
static char *copy(struct view *v, struct err *e)
{
	const struct planview *p = (const struct planview *)v;
	const struct plan_node *n;
	const struct node *node;
	struct text t = { 0 };

	if (!p->n) {
		err_set(e, _("no row is selected"));
		return NULL;
	}
	n = planview_node(p, p->at);
	node = site_find(site(p), under_cursor(p));
	if (n) {
		text_printf(&t, "%s: ", node ? node_name(node) : "");
		if (planview_fate(n))
			text_add(&t, planview_fate(n));
		else
			planview_words(p, n, &t);
	} else {
		text_printf(&t, "%s: %s", planview_verdict(p, p->at)->rule,
		    planview_verdict(p, p->at)->message);
	}
	return text_take(&t);
}

static void free_view(struct view *v)
{
	struct planview *p = (struct planview *)v;

	loop_remove(p->later);
	outage_done(&p->outage);
	plan_free(p->plan);
	free(p->rows);
	free(p);
}

static const struct view_type type = {
	.name = "plan", .draw = planview_draw, .move = move, .ok = ok, .cancel = cancel,
	.changed = changed, .mouse = mouse, .copy = copy, .free = free_view,
	.linear = planview_linear,
};

/* The view when it is the one with the keys; its actions mean nothing elsewhere. */
static struct planview *planview(const struct tui *t)
{
	return t->top->type == &type ? (struct planview *)t->top : NULL;
}

void planview_open(struct tui *t)
{
	struct place place = mainview_place(t);
	const struct node *n = site_find(app_site(t->app), place.id);
	struct planview *p = mem_new(struct planview);
	size_t fails = n ? outage_add(&p->outage, n, place.container) : 0;
	int i;

	tui_push(t, &p->view, &type);
	p->later = loop_after(t->loop, MAKE_MS, make_later, p);
	make(p);
	for (i = p->n; i-- > 0; )
		if (planview_node(p, i) && planview_node(p, i)->failed)
			p->at = i;
	if (n)
		go_to(p, n->id);
	keep_window(p);
	if (n && !fails)
		tui_say(t, 1, _("%s needs no power device of this site"), node_name(n));
}

const struct outage *planview_outage(const struct tui *t)
{
	return planview(t) ? &planview(t)->outage : NULL;
}

void planview_toggle(struct tui *t)
{
	struct planview *p = planview(t);
	unsigned id = p ? under_cursor(p) : 0;

	if (!p)
		return;
	if (!id || site_id_kind(id) != KIND_UPS) {
		tui_say(t, 1, _("It is power devices that fail: go to one"));
		return;
	}
	outage_set(&p->outage, id, !outage_has(&p->outage, id));
	make(p);
}

void planview_all(struct tui *t)
{
	struct planview *p = planview(t);
	bool all;

	if (!p)
		return;
	all = p->plan->failed == site_count(site(p), KIND_UPS);
	outage_clear(&p->outage);
	if (!all)
		outage_add(&p->outage, &site_network(site(p))->node, IN_ITSELF);
	make(p);
}

void planview_parallel(struct tui *t)
{
	struct planview *p = planview(t);

	if (!p)
		return;
	p->outage.parallel = !p->outage.parallel;
	make(p);
	tui_say(t, 0, "%s", p->outage.parallel ?
	    _("Orders to the power devices go out all at once") :
	    _("Orders to the power devices go out one after another"));
}

void planview_concerned(struct tui *t)
{
	struct planview *p = planview(t);

	if (!p)
		return;
	p->concerned = !p->concerned;
	make(p);
}
