/* record - all that a card has, as a file that upssim and snmpsim replay */
#include "app/recording.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/cards.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PROGRESS_MS = 500, PATIENCE_MS = 600 * 1000 };

struct record {
	struct cli *cli;
	const char *name;
	struct recording *recording;	/* NULL: it is over */
	struct watch *progress;
	bool told;			/* a line of progress stands on the terminal */
	int status;
};

static void progress(void *arg)
{
	struct record *r = arg;

	putc('\r', stderr);
	fprintf(stderr, ngettext("%zu object",
		    "%zu objects", recording_objects(r->recording)), recording_objects(r->recording));
	fflush(stderr);
	r->told = true;
	loop_again(r->progress, PROGRESS_MS);
}

static void stop(struct record *r, const char *words)
{
	struct err e;

	err_kind(&e, ERR_UNREACHABLE, "%s: %s", r->name, words);
	recording_stop(r->recording, &e);
}

static void interrupted(void *arg)
{
	stop(arg, _("stopped"));
}

static void too_late(void *arg)
{
	stop(arg, _("--timeout is over"));
}

static void print_json(const struct record *r, const struct recorded *x, bool whole)
{
	struct json *j = json_new_object();

	json_put_text(j, "schema", "amc.record.v1");
	json_put_text(j, "name", r->name);
	json_put_text(j, "output", r->cli->output);
	json_put_int(j, "objects", (long long)x->objects);
	json_put_int(j, "left_out", (long long)x->odd);
	json_put_int(j, "hidden", (long long)x->hidden);
	json_put_bool(j, "complete", whole);
	cli_print_json(j);
}

/* A file gets all or nothing; who reads a pipe sees what there is, and the status. */
static bool give(const struct record *r, const struct recorded *x, bool whole, struct err *e)
{
	const char *out = r->cli->output;

	if (!out)
		return fwrite(x->text, 1, x->len, stdout) == x->len || err_errno(e, "stdout");
	return !whole || file_replace(out, x->text, x->len, 0600, e);
}

static void tell(const struct record *r, const struct recorded *x, bool whole)
{
	fprintf(stderr, whole ? ngettext("%s: %zu object\n",
		    "%s: %zu objects\n", x->objects) :
	    ngettext("%s: %zu object up to there\n",
		    "%s: %zu objects up to there\n", x->objects), r->name, x->objects);
	if (!whole && r->cli->output)
		fprintf(stderr, _("%s was not written\n"), r->cli->output);
	if (x->odd)
		fprintf(stderr, ngettext("%zu is left out, as a record has no form for its type\n",
		    "%zu are left out, as a record has no form for their type\n", x->odd), x->odd);
	if (x->hidden)
		fprintf(stderr, _("%zu had a community or password of ours: ******** stands there\n"),
		    x->hidden);
	if (x->objects && whole)
		fprintf(stderr, "%s\n", _("It has the card's serial number and addresses: look through "
		    "it before you give it away."));
}

static void recorded(const struct recorded *x, const struct err *e, void *arg)
{
	struct record *r = arg;
	struct err words;

	r->recording = NULL;
	if (r->told)
		fputs("\r\033[K", stderr);
	if (e)
		r->status = x->objects ? (cli_fail(e), ERR_PARTLY) : cli_fail(e);
	if (!give(r, x, !e, &words))
		r->status = cli_fail(&words);
	else if (x->objects || !e)
		tell(r, x, !e);
	if (r->cli->json)
		print_json(r, x, !e);
}

/* The UPS of a site, or the card at an address. */
static const struct ups *find(struct cli *c, int *status)
{
	struct err e = { .text = "" };
	const char *name = c->argv[0];
	const struct ups *u = NULL;
	const struct node *n;

	if (c->site) {
		if (!cli_open(c, c->site, status))
			return NULL;
		n = site_lookup(app_site(c->app), name, NULL, &e);
		u = n ? node_ups(n) : NULL;
		if (n && !u)
			err_set(&e, _("%s: is no power device"), name);
	} else if (cards_site(c, (const char *const *)c->argv, 1, &e)) {
		u = node_ups(site_find(app_site(c->app), site_id(KIND_UPS, 1)));
	}
	if (!u)
		*status = cli_fail(&e);
	return u;
}

int verb_record(struct cli *c)
{
	struct record r = { .cli = c, .name = c->argv[0] };
	struct watch *interrupt, *limit;
	const struct ups *u;
	struct err e;

	if (c->json && !c->output)
		return cli_usage(c, "record");
	if (c->output && !file_could_replace(c->output, &e))
		return cli_fail(&e);	/* rather than after minutes */
	u = find(c, &r.status);
	if (!u)
		return r.status;
	r.recording = recording_start(c->app, u, recorded, &r);
	interrupt = loop_signal(c->loop, SIGINT, interrupted, &r);
	limit = loop_after(c->loop, c->timeout_ms ? c->timeout_ms : PATIENCE_MS, too_late, &r);
	r.progress = loop_after(c->loop, PROGRESS_MS, progress, &r);
	if (!isatty(STDERR_FILENO))
		loop_pause(r.progress);
	while (r.recording)
		loop_once(c->loop, -1);
	loop_remove(r.progress);
	loop_remove(limit);
	loop_remove(interrupt);
	return r.status;
}
