/* rehearsal - an outage with real messages, which switches nothing; see rehearsal.h */
#include "app/rehearsal.h"
#include "app/context.h"
#include "app/known.h"
#include "app/operate.h"
#include "app/reach.h"
#include "app/watch.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AT_ONCE 32		/* cards that are spoken to at the same time */

/* What the plan counts with of a row, and its card while that is read. */
struct job {
	struct rehearsal *rehearsal;
	size_t row;
	int counts;		/* s that a server takes to go down */
	bool failed;		/* a UPS without mains */
	int required;		/* s that its battery must last; 0: not needed */
	bool begun;
	struct card *card;
};

struct rehearsal {
	struct app *app;
	struct rehearsal_row *rows;
	struct job *jobs;	/* of the rows */
	size_t n;
	struct serverorder *order;	/* NULL: no server is ordered down */
	struct err error;
	struct text note;
	struct watch *news;	/* what was known at once is told from the loop */
	rehearsal_told *told;
	void *arg;
};

static const struct { const char *word, *label; } ends[] = {
	[REHEARSAL_PENDING] = { "pending", N_("being asked") },
	[REHEARSAL_GOOD] = { "good", N_("would obey") },
	[REHEARSAL_DOUBTFUL] = { "doubtful", N_("doubtful") },
	[REHEARSAL_FAILS] = { "fails", N_("would fail") },
};

const char *rehearsal_end_word(enum rehearsal_end end)
{
	return ends[end].word;
}

const char *rehearsal_end_label(enum rehearsal_end end)
{
	return ends[end].label;
}

/* Those of its servers that are known to hold something else than the file that is open. */
static size_t name_drifted(const struct rehearsal *r, struct text *names)
{
	size_t count = 0;

	for (size_t i = 0; i < r->n; i++) {
		const struct terminal_status *s = watch_terminal(r->app, r->rows[i].node);
		const struct node *n = site_find(app_site(r->app), r->rows[i].node);
		enum drift drift = s && n ? watch_drift(r->app, s) : DRIFT_UNKNOWN;

		if (drift != DRIFT_UNKNOWN && drift != DRIFT_SAME)
			text_printf(names, "%s%s", count++ ? ", " : "", node_name(n));
	}
	return count;
}

static void look_around(struct rehearsal *r)
{
	struct text names = { 0 };
	size_t drifted = name_drifted(r, &names);

	text_done(&r->note);
	if (!site_network(app_site(r->app))->armed)
		text_add(&r->note, _("The site is not armed: as it is, nothing would be ordered or "
		    "switched (Armed=yes of the network)."));
	if (drifted)
		text_printf(&r->note, ngettext("%s%s holds another site than this one, and would act by "
		    "that.", "%s%s hold other sites than this one, and would act by those.", drifted),
		    r->note.len ? " " : "", names.s);
	text_done(&names);
}

/* Nothing is touched behind it: whoever is told may have freed us. */
static void tell(struct rehearsal *r)
{
	look_around(r);
	r->told(r, r->arg);
}

static void tell_soon(void *arg)
{
	tell(arg);
}

static struct rehearsal_row *row_of(const struct job *j)
{
	return &j->rehearsal->rows[j->row];
}

static void fail(struct job *j, const char *why)
{
	struct rehearsal_row *row = row_of(j);

	row->end = REHEARSAL_FAILS;
	text_copy(row->words, sizeof row->words, why);
}

/* Servers */

static void judge_taken(struct job *j, const struct order_row *o)
{
	struct rehearsal_row *row = row_of(j);

	row->end = o->takes > j->counts ? REHEARSAL_DOUBTFUL : REHEARSAL_GOOD;
	if (o->takes == j->counts)
		snprintf(row->words, sizeof row->words, _("would run %s; takes %d s, as the plan counts"),
		    o->does, o->takes);
	else if (o->takes >= 0)
		snprintf(row->words, sizeof row->words, _("would run %s; takes %d s there, the plan "
		    "counts %d s"), o->does, o->takes, j->counts);
	else
		snprintf(row->words, sizeof row->words, _("would run %s"), o->does);
}

static void judge_server(struct job *j, const struct order_row *o)
{
	if (o->end == ORDER_TAKEN)
		judge_taken(j, o);
	else if (o->end != ORDER_PENDING)
		fail(j, *o->why ? o->why : tr(order_end_label(o->end)));
}

/* Those of the order are the rows of servers, in the same order. */
static void judge_servers(struct rehearsal *r)
{
	const struct order_row *list;
	size_t n, k = 0;

	list = serverorder_rows(r->order, &n);
	for (size_t i = 0; i < r->n; i++)
		if (k < n && r->rows[i].step == STEP_SHUTDOWN_ORDERED &&
		    r->rows[i].node == list[k].terminal)
			judge_server(&r->jobs[i], &list[k++]);
}

static void heard(struct serverorder *o, const struct err *e, void *arg)
{
	struct rehearsal *r = arg;

	(void)o;
	if (e)
		r->error = *e;
	judge_servers(r);
	tell(r);
}

static bool ask_servers(struct rehearsal *r, struct transfer *x, const char *password,
    struct err *e)
{
	unsigned *ids = mem_zero(r->n + 1, sizeof *ids);
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		if (r->rows[i].step == STEP_SHUTDOWN_ORDERED)
			ids[n++] = r->rows[i].node;
	if (n)
		r->order = serverorder_start(r->app, x, password, ORDER_REHEARSE, ids, n, 0, heard, r,
		    e);
	free(ids);
	return r->order || !n;
}

/* UPSs */

/*
 * What it is sent to go off: in a failure of its mains the command that saves its battery,
 * or else the plain one; on line the one that waits for the grace time (R33).
 */
static const struct command *command_for(const struct app *a, const char *profile, bool failed)
{
	static const char *const words[][2] = { { "off-gracefully", NULL },
		{ "off-until-mains", "off" } };

	for (int i = 0; i < 2; i++) {
		const struct command *c = words[failed][i] ? command_find(words[failed][i]) : NULL;

		if (c && operate_known(a, profile, c))
			return c;
	}
	return NULL;
}

static void cannot(struct job *j, const char *profile)
{
	char why[300];

	if (j->failed)
		snprintf(why, sizeof why, _("its profile %s knows no command that switches it off on "
		    "battery"), profile);
	else
		snprintf(why, sizeof why, _("its profile %s knows no command that switches it off on "
		    "line after the grace time (R33)"), profile);
	fail(j, why);
}

/* It can be switched off; would all be as the plan counts? */
static void judge_reading(struct job *j, const struct reading *x, const struct command *c)
{
	struct rehearsal_row *row = row_of(j);
	const char *model = *x->model ? x->model : _("its UPS");
	bool off = x->state == UPS_OFF || x->state == UPS_SLEEPING;

	row->end = REHEARSAL_DOUBTFUL;
	if (off) {
		snprintf(row->words, sizeof row->words, _("answers; %s is off now"), model);
	} else if (j->required && x->runtime_seconds < j->required) {
		snprintf(row->words, sizeof row->words, _("answers; its battery must last %d s and lasts "
		    "%.0f s now"), j->required, x->runtime_seconds);
	} else {
		row->end = REHEARSAL_GOOD;
		snprintf(row->words, sizeof row->words, _("answers; %s can be switched off: %s"), model,
		    tr(c->label));
	}
}

static void judge_card(struct job *j, const struct reading *x)
{
	struct rehearsal *r = j->rehearsal;
	const char *profile = card_profile(j->card);
	const struct command *c = command_for(r->app, profile, j->failed);

	if (x->state == UPS_COMM_LOST)
		fail(j, _("its card answers, but has lost its UPS"));
	else if (!c)
		cannot(j, profile);
	else if (known_is_refused(r->app, row_of(j)->node))
		fail(j, _("with this community its card takes no settings, and so no commands"));
	else
		judge_reading(j, x, c);
}

static void ask_more(struct rehearsal *);

static void read_card(const struct reading *x, const struct err *e, void *arg)
{
	struct job *j = arg;
	struct rehearsal *r = j->rehearsal;
	const struct ups *u = node_ups(site_find(app_site(r->app), row_of(j)->node));
	struct err why;

	if (!u) {
		fail(j, _("the node is gone"));
	} else if (x) {
		judge_card(j, x);
	} else {
		why = *e;
		reach_explain(u, REACH_WRITE, &why);
		fail(j, why.text);
	}
	card_free(j->card);
	j->card = NULL;
	ask_more(r);
	tell(r);
}

/* In the way in which it would be switched, but only read. */
static void ask_card(struct job *j)
{
	struct app *a = j->rehearsal->app;
	const struct ups *u = node_ups(site_find(app_site(a), row_of(j)->node));
	struct err why;

	j->begun = true;
	if (!u) {
		fail(j, _("the node is gone"));
		return;
	}
	j->card = reach_card(a, u, REACH_WRITE);
	if (card_read(j->card, read_card, j, &why))
		return;
	fail(j, why.text);
	card_free(j->card);
	j->card = NULL;
}

static void ask_more(struct rehearsal *r)
{
	size_t busy = 0;

	for (size_t i = 0; i < r->n; i++)
		busy += r->jobs[i].card != NULL;
	for (size_t i = 0; i < r->n && busy < AT_ONCE; i++)
		if (r->rows[i].step == STEP_OFF_ORDERED && !r->jobs[i].begun) {
			ask_card(&r->jobs[i]);
			busy += r->jobs[i].card != NULL;
		}
}

/* The plan */

static void add(struct rehearsal *r, const struct plan_event *e, const struct plan *plan)
{
	const struct plan_node *p = plan_find(plan, e->node);
	const struct terminal *t = node_terminal(site_find(app_site(r->app), e->node));

	r->rows[r->n] = (struct rehearsal_row){ .node = e->node, .step = e->step, .at = e->at };
	r->jobs[r->n] = (struct job){ .rehearsal = r, .row = r->n, .failed = p->failed,
		.required = p->required, .counts = t ? t->set->shutdown_seconds : 0 };
	r->n++;
}

static void lay_out(struct rehearsal *r, const struct outage *o)
{
	struct plan *plan = planner_plan(r->app, o);
	struct plan_event *list;
	size_t n;

	list = plan_events(plan, &n);
	r->rows = mem_zero(n + 1, sizeof *r->rows);
	r->jobs = mem_zero(n + 1, sizeof *r->jobs);
	for (size_t i = 0; i < n; i++)
		if (list[i].step == STEP_SHUTDOWN_ORDERED || list[i].step == STEP_OFF_ORDERED)
			add(r, &list[i], plan);
	free(list);
	plan_free(plan);
}

struct rehearsal *rehearsal_start(struct app *a, const struct outage *o, struct transfer *x,
    const char *password, rehearsal_told *told, void *arg, struct err *e)
{
	struct rehearsal *r = mem_new(struct rehearsal);

	r->app = a;
	r->told = told;
	r->arg = arg;
	lay_out(r, o);
	if (!r->n)
		err_set(e, _("in this outage nothing would be ordered"));
	if (!r->n || !ask_servers(r, x, password, e)) {
		rehearsal_free(r);
		return NULL;
	}
	ask_more(r);
	r->news = loop_after(app_loop(a), 0, tell_soon, r);
	return r;
}

const struct rehearsal_row *rehearsal_rows(const struct rehearsal *r, size_t *n)
{
	*n = r->n;
	return r->rows;
}

bool rehearsal_over(const struct rehearsal *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->rows[i].end == REHEARSAL_PENDING)
			return false;
	return true;
}

const struct err *rehearsal_error(const struct rehearsal *r)
{
	return *r->error.text ? &r->error : NULL;
}

const char *rehearsal_note(const struct rehearsal *r)
{
	return r->note.s;
}

void rehearsal_free(struct rehearsal *r)
{
	if (!r)
		return;
	serverorder_free(r->order);
	loop_remove(r->news);
	text_done(&r->note);
	for (size_t i = 0; i < r->n; i++)
		card_free(r->jobs[i].card);
	free(r->jobs);
	free(r->rows);
	free(r);
}
