/* archive - who keeps events and statistics, and how they are asked; see archive.h */
#include "app/archive.h"
#include "app/context.h"
#include "app/transfer.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct archive {
	char *role, *password;
	struct watch *wipe;
};

struct archive_query {
	struct transfer *transfer;
	archive_answer *answer;
	void *arg;
	bool asking;		/* inside the call that asks */
	bool failed;		/* in there, with these words */
	struct err err;
};

size_t archive_terminals(const struct app *a, unsigned *ids, size_t max)
{
	const struct node *top = &site_network(app_site(a))->node, *n;
	size_t count = 0;

	for (n = top; n && count < max; n = node_next(n, top))
		if (n->kind == KIND_TERMINAL && n->container == IN_CONTROL)
			ids[count++] = n->id;
	return count;
}

static void wipe(void *arg)
{
	struct archive *x = arg;

	if (x->password)
		explicit_bzero(x->password, strlen(x->password));
	free(x->password);
	free(x->role);
	x->password = x->role = NULL;
}

void archive_enter(struct app *a, const char *role, const char *password)
{
	if (!a->archive) {
		a->archive = mem_new(struct archive);
		a->archive->wipe = loop_after(a->loop, ARCHIVE_MINUTES * 60000, wipe, a->archive);
	}
	wipe(a->archive);
	a->archive->role = mem_dup(role);
	a->archive->password = mem_dup(password);
	loop_again(a->archive->wipe, ARCHIVE_MINUTES * 60000);
}

void archive_leave(struct app *a)
{
	if (a->archive)
		wipe(a->archive);
}

const char *archive_role(const struct app *a)
{
	return a->archive ? a->archive->role : NULL;
}

void archive_free(struct archive *x)
{
	if (!x)
		return;
	wipe(x);
	loop_remove(x->wipe);
	free(x);
}

static void answered(struct transfer *t, const struct err *e, void *arg)
{
	struct archive_query *q = arg;
	const char *json;
	size_t len = 0;

	if (q->asking) {
		q->failed = true;
		q->err = *e;
		return;
	}
	json = e ? NULL : transfer_answer(t, &len);
	q->answer(json, len, e, q->arg);
}

static struct archive_query *ask(struct app *a, unsigned terminal, const struct question *question,
    archive_answer *answer, void *arg, struct err *e)
{
	const struct terminal *t = node_terminal(site_find(app_site(a), terminal));
	struct archive_query *q;

	if (t && !*t->pin) {
		err_kind(e, ERR_REFUSED,
		    _("its key is not known yet: send to it or fetch from it first"));
		return NULL;
	}
	q = mem_new(struct archive_query);
	q->answer = answer;
	q->arg = arg;
	q->transfer = transfer_new(a, terminal, e);
	q->asking = true;
	if (q->transfer)
		transfer_ask(q->transfer, question, answered, q);
	q->asking = false;
	if (q->failed && e)
		*e = q->err;
	if (q->transfer && !q->failed)
		return q;
	archive_cancel(q);
	return NULL;
}

struct archive_query *archive_ask(struct app *a, unsigned terminal, const char *path,
    archive_answer *answer, void *arg, struct err *e)
{
	struct question question = { .method = "GET", .path = path };

	if (!archive_role(a)) {
		err_kind(e, ERR_REFUSED, _("nobody is logged in"));
		return NULL;
	}
	question.role = a->archive->role;
	question.password = a->archive->password;
	loop_again(a->archive->wipe, ARCHIVE_MINUTES * 60000);
	return ask(a, terminal, &question, answer, arg, e);
}

struct archive_query *archive_tell(struct app *a, unsigned terminal, const char *password,
    const char *path, const char *body, archive_answer *answer, void *arg, struct err *e)
{
	struct question question = { .method = "POST", .path = path, .role = "operator",
		.password = password, .body = body };

	return ask(a, terminal, &question, answer, arg, e);
}

void archive_cancel(struct archive_query *q)
{
	if (!q)
		return;
	transfer_free(q->transfer);
	free(q);
}
