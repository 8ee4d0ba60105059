/* rehearse - the verb rehearse: an outage tried out, which switches nothing */
#include "app/rehearsal.h"
#include "app/watch.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/outage.h"
#include "cli/via.h"

#include <stdio.h>
#include <stdlib.h>

/* Cards that are silent are given up before, and servers too. */
enum { LONGEST_MS = 120000, LOOK_MS = 1000, ENDS = REHEARSAL_FAILS + 1 };

static const int colors[ENDS] = { [REHEARSAL_DOUBTFUL] = 2, [REHEARSAL_FAILS] = 3 };

struct totals {
	size_t n, of[ENDS];
};

static struct totals count(const struct rehearsal *r)
{
	struct totals t = { 0 };
	const struct rehearsal_row *rows;

	rows = rehearsal_rows(r, &t.n);
	for (size_t i = 0; i < t.n; i++)
		t.of[rows[i].end]++;
	return t;
}

static void heard(struct rehearsal *r, void *arg)
{
	*(bool *)arg = rehearsal_over(r);
}

/* A server is ordered down, a UPS off: which of them it is, its words tell. */
static void print_row(const struct rehearsal_row *row, const struct cli_names *names)
{
	char at[24], *name = cli_name(names, row->node);

	printf("%9s s  ", cli_bounds(row->at, at));
	cli_cell(name, 10);
	printf("  %s", cli_color(colors[row->end]));
	cli_cell(tr(rehearsal_end_label(row->end)), 11);
	printf("%s  %s\n", cli_plain(), row->end == REHEARSAL_PENDING ?
	    _("did not answer in time") : row->words);
	free(name);
}

static void print(const struct rehearsal *r, const struct cli_names *names)
{
	struct totals t = count(r);
	const struct rehearsal_row *rows;
	size_t n;

	rows = rehearsal_rows(r, &n);
	for (size_t i = 0; i < n; i++)
		print_row(&rows[i], names);
	printf(_("\n%zu would obey, %zu are doubtful, %zu would fail\n"), t.of[REHEARSAL_GOOD],
	    t.of[REHEARSAL_DOUBTFUL], t.of[REHEARSAL_FAILS]);
	if (t.of[REHEARSAL_PENDING])
		printf(_("%zu did not answer in time\n"), t.of[REHEARSAL_PENDING]);
	if (rehearsal_note(r))
		printf("%s%s%s\n", cli_color(2), rehearsal_note(r), cli_plain());
}

static struct json *row_json(const struct rehearsal_row *row, const struct cli_names *names)
{
	struct json *j = json_new_object();

	json_put_int(j, "at_earliest", row->at.earliest);
	json_put_int(j, "at_latest", row->at.latest);
	json_put_text(j, "event", step_word(row->step));
	cli_put_name(j, "node", names, row->node);
	json_put_text(j, "end", rehearsal_end_word(row->end));
	json_put_text(j, "words", row->words);
	return j;
}

static void print_json(const struct cli *c, const struct rehearsal *r, const struct outage *o,
    const char *via, const struct cli_names *names)
{
	struct json *j = json_new_object(), *failed = json_new_array(), *list = json_new_array();
	const struct node *top = &site_network(app_site(c->app))->node, *i;
	const struct rehearsal_row *rows;
	struct totals t = count(r);
	const struct err *e = rehearsal_error(r);
	size_t n;

	for (i = top; i; i = node_next(i, top))
		if (outage_has(o, i->id)) {
			char *name = cli_name(names, i->id);

			json_add_text(failed, name);
			free(name);
		}
	rows = rehearsal_rows(r, &n);
	for (size_t k = 0; k < n; k++)
		json_add(list, row_json(&rows[k], names));
	json_put_text(j, "schema", "amc.rehearsal.v1");
	json_put(j, "failed", failed);
	json_put_bool(j, "parallel", o->parallel);
	json_put_text(j, "via", via);
	json_put_bool(j, "armed", site_network(app_site(c->app))->armed);
	json_put_text(j, "note", rehearsal_note(r));
	json_put(j, "orders", list);
	for (int end = REHEARSAL_PENDING; end < ENDS; end++)
		json_put_int(j, rehearsal_end_word((enum rehearsal_end)end), (long long)t.of[end]);
	json_put_text(j, "error", e ? e->text : NULL);
	cli_print_json(j);
}

/* 0 when all would obey, also with doubts; 6 when some would not, 1 when none would. */
static int status_of(const struct rehearsal *r)
{
	struct totals t = count(r);
	size_t bad = t.of[REHEARSAL_FAILS] + t.of[REHEARSAL_PENDING];

	return !bad ? 0 : bad < t.n ? ERR_PARTLY : 1;
}

static bool all_known(const struct app *a)
{
	const struct node *top = &site_network(app_site(a))->node, *n;
	bool known = true;

	for (n = top; n && known; n = node_next(n, top)) {
		const struct terminal_status *s = watch_terminal(a, n->id);

		known = n->kind != KIND_TERMINAL || (s && s->state != TERMINAL_UNKNOWN);
	}
	return known;
}

/* Which site each terminal holds: those that are there say it at once. */
static void look_around(struct cli *c)
{
	int64_t now, end = loop_now() + LOOK_MS;

	while (!all_known(c->app) && (now = loop_now()) < end)
		loop_once(c->loop, (int)(end - now));
}

static int run(struct cli *c, const struct outage *o, struct transfer *x, const char *password)
{
	struct err e = { .text = "" };
	bool over = false;
	struct rehearsal *r = rehearsal_start(c->app, o, x, password, heard, &over, &e);
	struct cli_names names;
	int status;

	if (!r)
		return cli_fail(&e);
	cli_wait(c, &over, c->timeout_ms ? c->timeout_ms : LONGEST_MS);
	names = cli_names_of(app_site(c->app));
	if (c->json)
		print_json(c, r, o, transfer_name(x), &names);
	else
		print(r, &names);
	status = rehearsal_error(r) ? cli_fail(rehearsal_error(r)) : status_of(r);
	cli_names_done(&names);
	rehearsal_free(r);
	return status;
}

int verb_rehearse(struct cli *c)
{
	struct outage o = { .parallel = c->parallel };
	struct err e = { .text = "" };
	struct transfer *x = NULL;
	char *password = NULL;
	int status, faulty;

	if (c->all + (c->fail_count > 0) + (c->scenario != NULL) != 1)
		return cli_usage(c, "rehearse");
	if (!cli_open(c, c->argv[0], &status))
		return status;
	watch_start(c->app);
	if (cli_outage(c, &o, &e) && (x = via_meet(c, &password, &e))) {
		look_around(c);
		status = run(c, &o, x, password);
	} else {
		status = cli_fail(&e);
	}
	via_leave(c, x, password);
	outage_done(&o);
	/* what could not be understood was not tried out */
	faulty = cli_faulty(c->app);
	return status ? status : faulty;
}
