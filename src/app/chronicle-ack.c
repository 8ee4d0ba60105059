/* chronicle-ack - saying that events were seen; a part of chronicle */
#include "app/chronicling.h"
#include "app/diary.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"

#include <stdlib.h>
#include <string.h>

static void go_on(struct chronicle *);

void chronicle_stop_acking(struct chronicle *c)
{
	struct acking *x = c->acking;

	if (!x)
		return;
	c->acking = NULL;
	archive_cancel(x->query);
	if (x->password)
		explicit_bzero(x->password, strlen(x->password));
	free(x->password);
	free(x->who);
	free(x->list);
	free(x);
}

/* Here at once: what the terminal has comes with the next look at it. */
static void mark(struct chronicle *c, const struct ack *a, const char *who)
{
	struct entries *held = &c->sources[a->source].held;

	for (size_t i = 0; i < held->n; i++)
		if (held->list[i].id == a->id && !held->list[i].acked_at) {
			held->list[i].acked_at = utc_now();
			text_copy(held->list[i].acked_by, sizeof held->list[i].acked_by, who);
		}
}

static void step(struct acking *x, bool well)
{
	const struct ack *a = &x->list[x->at++];

	x->well = well && (a->first || x->well);
	x->done += a->last && x->well;
}

/* A terminal that refuses one is not asked again: the password may be wrong. */
static void fail(struct acking *x, const struct err *e)
{
	x->failed[x->list[x->at].source] = true;
	if (!*x->words)
		text_copy(x->words, sizeof x->words, e->text);
	step(x, false);
}

static void answered(const char *json, size_t len, const struct err *e, void *arg)
{
	struct chronicle *c = arg;
	struct acking *x = c->acking;

	(void)json;
	(void)len;
	archive_cancel(x->query);
	x->query = NULL;
	if (e) {
		fail(x, e);
	} else {
		mark(c, &x->list[x->at], x->who);
		step(x, true);
	}
	go_on(c);
	chronicle_stale(c);
}

static bool tell(struct chronicle *c, const struct ack *a, struct err *e)
{
	struct acking *x = c->acking;
	struct json *j;
	char *body;

	if (c->own) {
		if (!diary_acknowledge(c->app, a->id, x->who, e))
			return false;
		mark(c, a, x->who);
		step(x, true);
		return true;
	}
	j = json_new_object();
	json_put_int(j, "id", a->id);
	json_put_text(j, "who", x->who);
	body = json_print(j);
	json_free(j);
	x->query = archive_tell(c->app, c->sources[a->source].terminal, x->password,
	    "/v1/events/acknowledge", body, answered, c, e);
	free(body);
	return x->query != NULL;
}

/* The next ones, until one is on its way or there are none. */
static void go_on(struct chronicle *c)
{
	struct acking *x = c->acking;
	chronicle_acked *told = x->told;
	void *arg = x->arg;
	size_t done;
	char words[sizeof x->words];
	struct err e = { .text = "" };

	while (x->at < x->n) {
		if (x->failed[x->list[x->at].source])
			step(x, false);
		else if (!tell(c, &x->list[x->at], &e))
			fail(x, &e);
		else if (x->query)
			return;
	}
	done = x->done;
	text_copy(words, sizeof words, x->words);
	chronicle_stop_acking(c);
	told(done, words, arg);
}

static void add(struct chronicle *c, struct acking *x, struct sight_key key)
{
	int at = chronicle_find(c, key);
	size_t from = x->n;
	struct happening h;

	if (at < 0)
		return;
	h = chronicle_at(c, (size_t)at);
	for (size_t i = 0; i < h.n; i++)
		if (entry_waits(h.sights[i].entry)) {
			x->list = mem_realloc(x->list, x->n + 1, sizeof *x->list);
			x->list[x->n] = (struct ack){ h.sights[i].source, h.sights[i].entry->id,
			    x->n == from, false };
			x->n++;
		}
	if (x->n > from)
		x->list[x->n - 1].last = true;
}

bool chronicle_acknowledge(struct chronicle *c, const struct sight_key *keys, size_t n,
    const char *password, chronicle_acked *done, void *arg, struct err *e)
{
	const char *who = getenv("USER");
	struct acking *x;

	if (c->acking)
		return err_set(e, _("others are being acknowledged just now"));
	x = c->acking = mem_new(struct acking);
	for (size_t i = 0; i < n; i++)
		add(c, x, keys[i]);
	x->told = done;
	x->arg = arg;
	x->who = mem_dup(who && *who ? who : "operator");
	x->password = password ? mem_dup(password) : NULL;
	if (!x->n) {
		chronicle_stop_acking(c);
		return err_set(e, _("None of them asks to be acknowledged."));
	}
	go_on(c);
	chronicle_stale(c);
	return true;
}
