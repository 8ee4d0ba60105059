/* shutdown - the verb shutdown: servers down, over a control terminal */
#include "app/operate.h"
#include "app/serverorder.h"
#include "app/watch.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/ups.h"
#include "cli/via.h"

#include <stdio.h>
#include <stdlib.h>

/* The control terminal hears of each server in some 10 s; this is far more. */
enum { LONGEST_MS = 120000 };

struct work {
	struct cli *cli;
	enum order_deed deed;
	bool *told;		/* of each row: it was printed */
	bool over;
	struct err error;	/* of the control terminal itself */
};

static const char *name_of(const struct work *w, const struct order_row *r)
{
	const struct node *n = site_find(app_site(w->cli->app), r->terminal);

	return n ? node_name(n) : "?";
}

static void print_row(const struct work *w, const struct order_row *r)
{
	char words[700];

	order_words(r, w->deed, words, sizeof words);
	printf("%s: %s%s%s\n", name_of(w, r), cli_color(r->end == ORDER_TAKEN ? 0 : 3), words,
	    cli_plain());
}

/* Those that have ended and were not printed yet; with all, the others too. */
static void print_rows(struct work *w, const struct serverorder *s, bool all)
{
	const struct order_row *list;
	size_t n;

	list = serverorder_rows(s, &n);
	for (size_t i = 0; i < n && !w->cli->json; i++) {
		if (w->told[i] || (list[i].end == ORDER_PENDING && !all))
			continue;
		w->told[i] = true;
		print_row(w, &list[i]);
	}
	fflush(stdout);
}

static void hear(struct serverorder *s, const struct err *e, void *arg)
{
	struct work *w = arg;

	if (e)
		w->error = *e;
	else
		print_rows(w, s, false);
	w->over = serverorder_over(s);
}

static void put_seconds(struct json *j, const char *key, int seconds)
{
	if (seconds < 0)
		json_put_null(j, key);
	else
		json_put_int(j, key, seconds);
}

static struct json *row_json(const struct work *w, const struct order_row *r)
{
	struct json *j = json_new_object();
	bool taken = r->end == ORDER_TAKEN;

	json_put_text(j, "name", name_of(w, r));
	json_put_text(j, "end", order_end_word(r->end));
	put_seconds(j, "in", r->in);
	put_seconds(j, "takes", r->takes);
	json_put_text(j, "does", taken && *r->does ? r->does : NULL);
	json_put_text(j, "error", taken || !*r->why ? NULL : r->why);
	return j;
}

/* As the control terminal has it, and who that was. */
static void print_json(const struct work *w, const struct order_row *rows, size_t n,
    const char *via)
{
	struct json *j = json_new_object(), *list = json_new_array();

	json_put_text(j, "schema", "amc.order.v1");
	json_put_text(j, "deed", w->deed == ORDER_CANCEL ? "cancel" : "shutdown");
	json_put_bool(j, "rehearsal", w->deed == ORDER_REHEARSE);
	json_put_text(j, "via", via);
	json_put_bool(j, "done", w->over);
	json_put_text(j, "error", *w->error.text ? w->error.text : NULL);
	for (size_t i = 0; i < n; i++)
		json_add(list, row_json(w, &rows[i]));
	json_put(j, "terminals", list);
	cli_print_json(j);
}

static int status_of(const struct order_row *r)
{
	static const int statuses[] = { [ORDER_PENDING] = ERR_PARTLY, [ORDER_TAKEN] = 0,
		[ORDER_REFUSED] = ERR_REFUSED, [ORDER_UNREACHED] = ERR_UNREACHABLE };

	return statuses[r->end];
}

static int finish(struct work *w, const struct serverorder *s, const char *via)
{
	const struct order_row *rows;
	int *list, status;
	size_t n;

	rows = serverorder_rows(s, &n);
	list = mem_zero(n + 1, sizeof *list);
	for (size_t i = 0; i < n; i++)
		list[i] = status_of(&rows[i]);
	status = ups_status(list, n);
	free(list);
	if (w->cli->json)
		print_json(w, rows, n, via);
	if (*w->error.text)
		return cli_fail(&w->error);
	print_rows(w, s, true);
	return status;
}

static int give(struct cli *c, enum order_deed deed, struct transfer *x, const char *password,
    const unsigned *ids, size_t n)
{
	struct work w = { .cli = c, .deed = deed, .told = mem_zero(n + 1, sizeof *w.told) };
	struct err e = { .text = "" };
	struct serverorder *s = serverorder_start(c->app, x, password, deed, ids, n,
	    c->in ? c->in : ORDER_IN, hear, &w, &e);
	int status;

	if (s) {
		cli_wait(c, &w.over, c->timeout_ms ? c->timeout_ms : LONGEST_MS);
		status = finish(&w, s, transfer_name(x));
	} else {
		status = cli_fail(&e);
	}
	serverorder_free(s);
	free(w.told);
	return status;
}

/* Who is hit; what shuts down is asked of a person, or has --yes. */
static bool is_meant(struct cli *c, enum order_deed deed, const unsigned *ids, size_t n,
    struct err *e)
{
	struct text words = { 0 };
	bool ok = true;

	if (deed == ORDER_CANCEL)
		return true;
	serverorder_words(c->app, ids, n, c->in ? c->in : ORDER_IN, &words);
	if (deed == ORDER_SHUTDOWN)
		ok = cli_confirm(c, words.s, operate_name(c->app, ids, n), e);
	else if (!c->json)
		printf("%s\n", words.s);
	text_done(&words);
	return ok;
}

int verb_shutdown(struct cli *c)
{
	enum order_deed deed = c->cancel ? ORDER_CANCEL : c->dry_run ? ORDER_REHEARSE :
	    ORDER_SHUTDOWN;
	struct err e = { .text = "" };
	struct transfer *x = NULL;
	char *password = NULL;
	unsigned *ids = NULL;
	int status;
	size_t n;

	if (c->cancel && (c->dry_run || c->in))
		return cli_usage(c, "shutdown");
	if (!cli_open(c, c->argv[0], &status))
		return status;
	watch_start(c->app);
	if (serverorder_allowed(c->app, deed, &e) &&
	    (ids = cli_named(c, 1, KIND_TERMINAL, &n, &e)) && is_meant(c, deed, ids, n, &e) &&
	    (x = via_meet(c, &password, &e)))
		status = give(c, deed, x, password, ids, n);
	else
		status = cli_fail(&e);
	via_leave(c, x, password);
	free(ids);
	return status;
}
