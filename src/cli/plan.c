/* plan - the timeline of an outage, and what the batteries must last */
#include "app/planner.h"
#include "app/watch.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/outage.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool fails(const struct plan_node *n)
{
	return n->failed;
}

/* What nobody watches runs on, but not for long: a verdict tells of it. */
static bool stays(const struct plan_node *n)
{
	return site_id_kind(n->id) == KIND_TERMINAL && n->fate != FATE_DOWN &&
	    n->fate != FATE_UNWATCHED;
}

static struct json *events_json(const struct plan *plan, const struct cli_names *names)
{
	struct json *list = json_new_array(), *j;
	struct plan_event *events;
	size_t i, n;

	events = plan_events(plan, &n);
	for (i = 0; i < n; i++) {
		j = json_new_object();
		json_put_int(j, "at_earliest", events[i].at.earliest);
		json_put_int(j, "at_latest", events[i].at.latest);
		json_put_text(j, "event", step_word(events[i].step));
		cli_put_name(j, "node", names, events[i].node);
		json_put_text(j, "rule", step_rule(events[i].step));
		json_add(list, j);
	}
	free(events);
	return list;
}

static struct json *verdicts_json(const struct plan *plan, const struct cli_names *names)
{
	struct json *list = json_new_array(), *j;
	size_t i;

	for (i = 0; i < plan->verdicts.n; i++) {
		const struct finding *f = &plan->verdicts.list[i];

		j = json_new_object();
		json_put_text(j, "rule", *f->rule ? f->rule : NULL);
		json_put_text(j, "severity", severity_word(f->severity));
		cli_put_name(j, "node", names, f->node);
		json_put_text(j, "message", f->message);
		json_add(list, j);
	}
	return list;
}

static struct json *plan_json(const struct plan *plan, const struct cli_names *names,
    bool parallel)
{
	struct json *j = json_new_object();
	struct json *failed = json_new_array(), *stay = json_new_array();
	struct json *required = json_new_object(), *runtime = json_new_object();
	size_t i;

	for (i = 0; i < plan->n; i++) {
		const struct plan_node *n = &plan->nodes[i];
		char *name = cli_name(names, n->id);

		if (fails(n))
			json_add_text(failed, name);
		if (n->required)
			json_put_int(required, name, n->required);
		if (n->failed && !isnan(n->runtime))
			json_put_number(runtime, name, n->runtime);
		if (stays(n))
			json_add_text(stay, name);
		free(name);
	}
	json_put_text(j, "schema", "amc.plan.v1");
	json_put(j, "failed", failed);
	json_put_bool(j, "parallel", parallel);
	json_put(j, "events", events_json(plan, names));
	json_put(j, "required_battery_seconds", required);
	json_put(j, "runtime_seconds", runtime);
	json_put_int(j, "control_terminal_seconds", plan->control_seconds);
	json_put(j, "stay_up", stay);
	json_put(j, "verdicts", verdicts_json(plan, names));
	return j;
}

static void print_events(const struct plan *plan, const struct cli_names *names)
{
	struct plan_event *events;
	size_t i, n;

	events = plan_events(plan, &n);
	for (i = 0; i < n; i++) {
		const struct plan_event *e = &events[i];
		char at[24], *name = cli_name(names, e->node);

		printf("%11s s  ", cli_bounds(e->at, at));
		cli_cell(name, 18);
		printf("  %s\n", tr(step_label(e->step)));
		free(name);
	}
	free(events);
}

/* "Stay up: A, B" for the nodes that are chosen; nothing if none is. */
static void print_list(const char *title, const struct plan *plan,
    const struct cli_names *names, bool chosen(const struct plan_node *))
{
	bool any = false;
	size_t i;

	for (i = 0; i < plan->n; i++) {
		char *name;

		if (!chosen(&plan->nodes[i]))
			continue;
		name = cli_name(names, plan->nodes[i].id);
		printf("%s%s", any ? ", " : title, name);
		any = true;
		free(name);
	}
	if (any)
		printf("\n");
}

static void print_batteries(const struct plan *plan, const struct cli_names *names)
{
	size_t i;

	for (i = 0; i < plan->n; i++) {
		const struct plan_node *n = &plan->nodes[i];
		char *name;

		if (!n->required)
			continue;
		name = cli_name(names, n->id);
		if (isnan(n->runtime))
			printf(_("%s must last %d s on its battery\n"), name, n->required);
		else
			printf(_("%s must last %d s on its battery, which holds %.0f s\n"),
			    name, n->required, n->runtime);
		free(name);
	}
}

static void print_verdicts(const struct plan *plan)
{
	static const int colors[] = { [SEVERITY_ERROR] = 3,
		[SEVERITY_WARNING] = 2, [SEVERITY_NOTE] = 1 };
	size_t i;

	for (i = 0; i < plan->verdicts.n; i++) {
		const struct finding *f = &plan->verdicts.list[i];

		printf("%s%s:%s %s%s%s\n", cli_color(colors[f->severity]),
		    severity_word(f->severity), cli_plain(), f->rule,
		    *f->rule ? ": " : "", f->message);
	}
}

static void print(const struct plan *plan, const struct cli_names *names)
{
	print_list(_("Without mains: "), plan, names, fails);
	printf("\n");
	print_events(plan, names);
	printf("\n");
	print_list(_("Stay up: "), plan, names, stays);
	print_batteries(plan, names);
	if (plan->control_seconds)
		printf(_("A control terminal and the network must live %d s\n"),
		    plan->control_seconds);
	print_verdicts(plan);
}

static int print_plan(struct cli *c, const struct outage *o)
{
	struct plan *plan = planner_plan(c->app, o);
	struct cli_names names = cli_names_of(app_site(c->app));
	bool wrong = plan->verdicts.count[SEVERITY_ERROR] > 0;

	if (c->json)
		cli_print_json(plan_json(plan, &names, c->parallel));
	else
		print(plan, &names);
	cli_names_done(&names);
	plan_free(plan);
	return wrong ? ERR_SITE : 0;
}

int verb_plan(struct cli *c)
{
	struct outage o = { .parallel = c->parallel };
	struct err e = { .text = "" };
	int status, faulty;

	if (!c->all == !c->fail_count)
		return cli_usage(c, "plan");
	if (!cli_open(c, c->argv[0], &status))
		return status;
	if (c->live) {
		watch_start(c->app);
		cli_sweep(c);
	}
	status = cli_outage(c, &o, &e) ? print_plan(c, &o) : cli_fail(&e);
	if (c->live)
		watch_stop(c->app);
	outage_done(&o);
	/* what could not be understood is not in the plan */
	faulty = cli_faulty(c->app);
	return status ? status : faulty;
}
