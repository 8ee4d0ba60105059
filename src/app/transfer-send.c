/* transfer-send - ours to the terminal, at once or in two steps; a part of transfer */
#include "app/transferring.h"
#include "app/diff.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STAGED "/v1/site/staged"

/* As the person who looked, to the key that he trusted. */
static void ask(struct transfer *t, struct request *q, client_done *answer, transfer_done *done,
    void *arg)
{
	q->role = t->role;
	q->password = t->password;
	q->pin = transfer_trusted_pin(t);
	q->pin_next = transfer_trusted_next(t);
	transfer_request(t, q, answer, done, arg);
}

/* What it holds by now, beside what was compared. */
static void looked_again(const struct response *r, const struct err *e, void *arg)
{
	struct transfer *t = arg;
	struct changes changes = { 0 };
	struct text lines = { 0 };
	struct sitefile *was, *is;

	(void)e;
	if (r && r->status == 200 && t->held_len) {
		was = sitefile_parse(t->where, mem_ndup(t->held, t->held_len), t->held_len, NULL);
		is = sitefile_parse(t->where, mem_ndup(r->body, r->body_len), r->body_len, NULL);
		diff_sites(sitefile_site(was), sitefile_site(is), &changes);
		changes_show(&changes, &lines);
		free(t->meanwhile);
		t->meanwhile = text_take(&lines);
		changes_done(&changes);
		sitefile_free(was);
		sitefile_free(is);
	}
	transfer_finish(t, &t->failure);
}

/* Somebody else was faster: who, and what did he change? */
static void overtaken(struct transfer *t, const struct response *r)
{
	struct request q = { .method = "GET", .path = "/v1/site" };
	struct json *j = json_parse(r->body, r->body_len, NULL);
	const char *who = j ? json_get_text(j, "who") : NULL;
	const char *from = j ? json_get_text(j, "from") : NULL;
	const char *since = j ? json_get_text(j, "since") : NULL;
	int revision = j ? (int)json_get_number(j, "revision", 0) : 0;
	char by[300];

	/* others may send anything */
	text_show(by, sizeof by, who ? who : "");
	if (*by && from && since)
		err_kind(&t->failure, ERR_REFUSED,
		    _("%s: holds another site by now than the one that was compared: revision %d, sent by %.100s from %.50s at %.30s. Compare again; nothing was sent."),
		    t->where, revision, by, from, since);
	else
		err_kind(&t->failure, ERR_REFUSED,
		    _("%s: holds another site by now than the one that was compared: somebody else sent one. Compare again; nothing was sent."),
		    t->where);
	json_free(j);
	ask(t, &q, looked_again, t->done, t->arg);
}

/* True when it was done as asked; else the step is ended, or goes on asking why. */
static bool accepted(struct transfer *t, const struct response *r, const struct err *e)
{
	struct err words = { .text = "" };

	if (!r)
		transfer_fail(t, e);
	else if (r->status == 412)
		overtaken(t, r);
	else if (!response_ok(r, &words))
		transfer_fail(t, &words);
	else
		return true;
	return false;
}

static void sent(const struct response *r, const struct err *e, void *arg)
{
	struct transfer *t = arg;
	struct json *j;

	if (!accepted(t, r, e))
		return;
	j = json_parse(r->body, r->body_len, NULL);
	t->sent_revision = j ? (int)json_get_number(j, "revision", 0) : 0;
	json_free(j);
	transfer_finish(t, NULL);
}

bool transfer_sendable(struct app *a, struct err *e)
{
	const struct findings *f;
	const struct finding *first = NULL;
	size_t i, n = 0;

	if (!app_writable(a, e))
		return false;
	if (app_modified(a))
		return err_set(e, _("save first: what is sent is what the file holds"));
	f = app_check(a);
	/* what is wrong with a card or a server may be what the sending mends */
	for (i = 0; i < f->n; i++)
		if (f->list[i].severity == SEVERITY_ERROR &&
		    !f->list[i].live && n++ == 0)
			first = &f->list[i];
	if (first)
		return err_kind(e, ERR_SITE,
		    ngettext("the site has %zu error and is not sent; the first: %s",
		    "the site has %zu errors and is not sent; the first: %s", n),
		    n, first->message);
	return true;
}

static void put(struct transfer *t, const char *path, client_done *answer, transfer_done *done,
    void *arg)
{
	/* done twice, staging comes to the same; a site that counts is another to match */
	struct request q = { .method = "PUT", .path = path, .if_match = t->etag,
		.again = strcmp(path, STAGED) == 0 };
	struct err e = { .text = "" };

	if (!transfer_sendable(t->app, &e)) {
		done(t, &e, arg);
		return;
	}
	/* the file itself, the same bytes for all: nothing is printed once more for each */
	q.body = app_saved_text(t->app, &q.body_len);
	ask(t, &q, answer, done, arg);
}

void transfer_send(struct transfer *t, transfer_done *done, void *arg)
{
	put(t, "/v1/site", sent, done, arg);
}

static void staged(const struct response *r, const struct err *e, void *arg)
{
	struct transfer *t = arg;

	if (!accepted(t, r, e))
		return;
	text_copy(t->tag, sizeof t->tag, r->etag);
	transfer_finish(t, NULL);
}

void transfer_stage(struct transfer *t, transfer_done *done, void *arg)
{
	put(t, STAGED, staged, done, arg);
}

void transfer_activate(struct transfer *t, const char *later, transfer_done *done, void *arg)
{
	const char *tag = *t->tag ? t->tag : t->etag;
	char *body = mem_printf("{\"tag\":\"%.*s\"%s%s}", (int)strcspn(tag + 1, "\""), tag + 1,
	    later ? ",\"later\":" : "", later ? later : "");
	struct request q = { .method = "POST", .path = "/v1/site/activate",
		.body = body, .body_len = strlen(body), .again = true };

	ask(t, &q, sent, done, arg);
	free(body);
}

static void unstaged(const struct response *r, const struct err *e, void *arg)
{
	struct transfer *t = arg;

	if (accepted(t, r, e))
		transfer_finish(t, NULL);
}

void transfer_unstage(struct transfer *t, transfer_done *done, void *arg)
{
	struct request q = { .method = "DELETE", .path = STAGED,
		.if_match = t->tag, .again = true };

	ask(t, &q, unstaged, done, arg);
}

int transfer_sent_revision(const struct transfer *t)
{
	return t->sent_revision;
}

const char *transfer_meanwhile(const struct transfer *t)
{
	return t->meanwhile ? t->meanwhile : "";
}
