/* records - what a control terminal keeps: events, stats */
#include "app/entry-words.h"
#include "app/records.h"
#include "base/csv.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utc.h"
#include "cli/cli.h"
#include "cli/terminal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static bool wants_csv(struct cli *c, bool *csv, struct err *e)
{
	*csv = c->format && strcmp(c->format, "csv") == 0;
	return !c->format || *csv || err_kind(e, ERR_USAGE,
	    _("--format %s: csv, or --json"), c->format);
}

static void local_time(int64_t ms, char *out, size_t size)
{
	time_t at = (time_t)(ms / 1000);
	struct tm tm;

	strftime(out, size, "%Y-%m-%d %H:%M:%S", localtime_r(&at, &tm));
}

static void print_event(const struct entry *x)
{
	struct text t = { 0 };
	char when[40];

	local_time(x->at, when, sizeof when);
	entry_text(x, &t);
	printf("%6lld  %s  %s%-2s %s%s", (long long)x->id, when, cli_color(x->severity),
	    entry_severity_mark(x->severity), t.s ? t.s : "", cli_plain());
	if (*x->acked_by)
		printf(_("  [seen by %s]"), x->acked_by);
	else if (entry_waits(x))
		printf(_("  [not acknowledged]"));
	putchar('\n');
	text_done(&t);
}

static void csv_events(const struct entries *l)
{
	static const char *const titles[] = { "id", "time", "kind", "severity", "node", "before",
		"after", "cause", "who", "from", "detail", "acknowledged", "acknowledged_by" };
	struct text t = { 0 };
	size_t i;

	for (i = 0; i < sizeof titles / sizeof *titles; i++)
		csv_put(&t, titles[i], i == 0);
	csv_end(&t);
	for (i = 0; i < l->n; i++) {
		const struct entry *x = &l->list[i];
		char id[24], cause[24], severity[12], at[UTC_SIZE] = "", acked[UTC_SIZE] = "";
		const char *const cells[] = { id, at, entry_kind_word(x->kind), severity, x->name,
			x->before, x->after, x->cause ? cause : "", x->who, x->origin, x->detail,
			acked, x->acked_by };

		snprintf(id, sizeof id, "%lld", (long long)x->id);
		snprintf(cause, sizeof cause, "%lld", (long long)x->cause);
		snprintf(severity, sizeof severity, "%d", x->severity);
		utc_print_ms(x->at, at);
		if (x->acked_at)
			utc_print_ms(x->acked_at, acked);
		for (size_t k = 0; k < sizeof cells / sizeof *cells; k++)
			csv_put(&t, cells[k], k == 0);
		csv_end(&t);
	}
	fputs(t.s, stdout);
	text_done(&t);
}

/* "acknowledge=12", "acknowledge-until=12" */
static int acknowledge(struct cli *c, const char *word)
{
	struct json *j = json_new_object();
	struct question q = { .method = "POST", .path = "/v1/events/acknowledge" };
	struct err e = { .text = "" };
	char *body, *answer, *end, who[132] = "operator";
	size_t len = 0;

	json_put_int(j, "id", strtoll(strchr(word, '=') + 1, &end, 10));
	json_put_bool(j, "until", strncmp(word, "acknowledge-until=", 18) == 0);
	getlogin_r(who, sizeof who);
	json_put_text(j, "who", getenv("USER") ? getenv("USER") : who);
	body = json_print(j);
	json_free(j);
	q.body = body;
	answer = *end ? NULL : terminal_answer(c, c->argv[0], &q, &len, &e);
	if (*end)
		err_kind(&e, ERR_USAGE, _("%s: not the number of an event"), word);
	free(body);
	if (!answer)
		return cli_fail(&e);
	if (c->json)
		fputs(answer, stdout);
	free(answer);
	return 0;
}

int verb_events(struct cli *c)
{
	char *const *words = c->argv + 1;
	size_t n = (size_t)c->argc - 1, len = 0;
	struct question q = { .method = "GET" };
	struct err e = { .text = "" };
	struct entries l = { 0 };
	char *path, *answer;
	bool csv;

	if (n == 1 && strncmp(words[0], "acknowledge", 11) == 0 && strchr(words[0], '='))
		return acknowledge(c, words[0]);
	if (!wants_csv(c, &csv, &e) ||
	    !(path = records_path("/v1/events", records_event_keys, words, n, &e)))
		return cli_fail(&e);
	q.path = path;
	answer = terminal_answer(c, c->argv[0], &q, &len, &e);
	free(path);
	if (!answer || (!c->json && !entries_parse(&l, answer, len, &e))) {
		free(answer);
		return cli_fail(&e);
	}
	if (c->json)
		fputs(answer, stdout);
	else if (csv)
		csv_events(&l);
	else
		for (size_t i = l.n; i > 0; i--)	/* the newest last, as a log has it */
			print_event(&l.list[i - 1]);
	free(answer);
	entries_done(&l);
	return 0;
}

/* A member as a cell: {"min", "mean", "max"} are three of them. */
static void put_cells(struct text *t, const struct json *v, const char *key, bool title, bool first)
{
	static const char *const parts[] = { "min", "mean", "max" };
	char buf[24] = "", *name;
	const char *word;

	if (!json_holds_members(v)) {
		if (!isnan(json_number(v, NAN)))
			snprintf(buf, sizeof buf, "%.12g", json_number(v, NAN));
		word = title ? key : *buf ? buf : json_word(v, buf);
		csv_put(t, word ? word : "", first);
		return;
	}
	for (int i = 0; i < 3; i++) {
		name = mem_printf("%s_%s", key, parts[i]);
		if (title)
			csv_put(t, name, false);
		else
			put_cells(t, json_get(v, parts[i]), name, false, false);
		free(name);
	}
}

/* Whatever the rows hold, as a table. */
static void csv_rows(const struct json *list)
{
	struct text t = { 0 };
	const struct json *v;
	const char *key;

	for (size_t row = 0; row < json_count(list); row++)
		for (int title = row == 0; title >= 0; title--) {
			for (size_t i = 0; (v = json_member(json_at(list, row), i, &key)); i++)
				put_cells(&t, v, key, title, i == 0);
			csv_end(&t);
		}
	if (t.s)
		fputs(t.s, stdout);
	text_done(&t);
}

static const struct json *rows_of(const struct json *j)
{
	static const char *const names[] = { "samples", "hours", "months" };
	const struct json *list = NULL;

	for (int i = 0; i < 3 && !list; i++)
		list = json_get(j, names[i]);
	return list;
}

int verb_stats(struct cli *c)
{
	struct question q = { .method = "GET" };
	struct err e = { .text = "" };
	char *path, *answer;
	struct json *j;
	size_t len = 0;
	bool csv;	/* anyway */

	if (!wants_csv(c, &csv, &e) || !(path = records_path("/v1/statistics",
	    records_sample_keys, c->argv + 1, (size_t)c->argc - 1, &e)))
		return cli_fail(&e);
	q.path = path;
	answer = terminal_answer(c, c->argv[0], &q, &len, &e);
	free(path);
	if (!answer)
		return cli_fail(&e);
	if (c->json) {
		fputs(answer, stdout);
		free(answer);
		return 0;
	}
	j = json_parse(answer, len, &e);
	free(answer);
	if (!j)
		return cli_fail(&e);
	csv_rows(rows_of(j));
	json_free(j);
	return 0;
}
