/* notifier - what happened, to people; see notifier.h */
#include "app/notifying.h"
#include "app/context.h"
#include "app/note.h"
#include "app/watch.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/utc.h"

#include <stdlib.h>
#include <string.h>

#define QUIET_MS 600000
#define LEFT_MS 60000		/* kept while another is the sender */
#define TRY_MS 5000
#define TRY_MOST_MS 900000
#define GIVE_UP_MS INT64_C(86400000)
#define LOOK_MS 30000		/* at least so often: is it still so, is the clock right? */
#define LOOK_LEFT_MS 1000
#define SAVE_MS 500

static void plan(struct notifier *);

static bool is_present(enum terminal_state s)
{
	return s == TERMINAL_MASTER || s == TERMINAL_NORMAL || s == TERMINAL_NORMAL_CLUSTER;
}

/* The first control terminal in the tree that is there; we are there. */
static bool is_sender(const struct notifier *n)
{
	const struct node *top = &site_network(app_site(n->app))->node, *t;

	for (t = top; t; t = node_next(t, top)) {
		const struct terminal_status *s;

		if (t->kind != KIND_TERMINAL || t->container != IN_CONTROL)
			continue;
		if (strcmp(node_name(t), n->name) == 0)
			return true;
		s = watch_terminal(n->app, t->id);
		/* one that was not asked yet may be there */
		if (s && (is_present(s->state) || s->state == TERMINAL_UNKNOWN))
			return false;
	}
	return true;
}

static void drop_first(struct outlet *o)
{
	message_done(&o->queue[0]);
	memmove(o->queue, o->queue + 1, --o->n * sizeof *o->queue);
}

/* Into the event log, and to the other channels. */
static void note(struct outlet *o, int severity, const char *words, const char *why)
{
	struct entry x = { .kind = ENTRY_SERVICE, .severity = severity };
	char *detail = mem_printf("%s: %s%s%s", o->channel->name, words, *why ? ": " : "", why);

	text_copy(x.name, sizeof x.name, o->notifier->name);
	text_show(x.detail, sizeof x.detail, detail);
	if (severity >= 2)
		log_warning("%s", detail);
	else
		log_notice("%s", detail);
	o->notifier->telling = o;
	app_note(o->notifier->app, &x);
	o->notifier->telling = NULL;
	free(detail);
}

static void forget(struct outlet *o, const char *why)
{
	/* one under way ends before another begins */
	deliver_cancel(o->delivery);
	o->delivery = NULL;
	drop_first(o);
	o->dropped++;
	note(o, 2, _("a notification was not sent and is given up"), why);
}

static void enqueue(struct outlet *o, struct notice_item *items, size_t count, int64_t now)
{
	mem_grow(o->queue, o->n, o->cap);
	o->queue[o->n++] = (struct message){ .id = ++o->last_id, .at = now, .items = items,
		.n = count };
	while (o->n > NOTIFIER_QUEUE)
		forget(o, _("too many wait"));
}

static void failed(struct outlet *o, const struct err *e, int64_t now)
{
	struct message *m = &o->queue[0];
	bool first = !*o->error;
	int64_t pause = TRY_MS;

	for (int i = 0; i < m->tries && pause < TRY_MOST_MS; i++)
		pause *= 2;
	m->tries++;
	m->next = now + (pause < TRY_MOST_MS ? pause : TRY_MOST_MS);
	o->failed++;
	o->failed_at = now;
	text_copy(o->error, sizeof o->error, e->text);
	if (first)
		note(o, 2, _("notifications fail"), e->text);
	else
		log_info("%s: %s", o->channel->name, e->text);
	if (now - m->at > GIVE_UP_MS)
		forget(o, o->error);
}

static void taken(struct outlet *o, int64_t now)
{
	bool again = *o->error;

	drop_first(o);
	o->sent++;
	o->sent_at = now;
	o->error[0] = '\0';
	if (again)
		note(o, 1, _("notifications are sent again"), "");
}

static void ended(const struct err *e, const char *steps, void *arg)
{
	struct outlet *o = arg;

	(void)steps;
	o->delivery = NULL;
	if (e)
		failed(o, e, utc_now());
	else
		taken(o, utc_now());
	notifier_save(o->notifier);
	plan(o->notifier);
}

static void send_first(struct outlet *o, int64_t now)
{
	struct message *m = &o->queue[0];
	struct err e = { .text = "" };

	if (!is_sender(o->notifier)) {
		if (now - m->at > LEFT_MS)
			drop_first(o);	/* the sender has had time for it */
		return;
	}
	o->delivery = deliver(app_loop(o->notifier->app), o->channel, m, o->notifier->name, ended,
	    o, &e);
	if (!o->delivery)
		failed(o, &e, now);
}

/* Does what was told of it hold no more, though no event said so? */
static bool is_over(const struct app *a, const struct notice_item *i)
{
	const struct ups_status *u = watch_ups(a, i->node);
	const struct terminal_status *t = watch_terminal(a, i->node);
	unsigned flag;

	if (!site_find(app_site(a), i->node))
		return true;
	if (i->kind == ENTRY_TERMINAL_STATE)
		return t && is_present(t->state);
	if (!u || !u->known || u->silent_since)
		return false;
	return i->kind == ENTRY_UPS_SILENT ||
	    (i->kind == ENTRY_UPS_STATE && state_severity(u->reading.state) < 2) ||
	    (i->kind == ENTRY_UPS_FLAG && flag_from_word(i->word, &flag) &&
	     !(u->reading.flags & flag));
}

/* What ended while we were away, and what was taken out of the site. */
static void look_after(struct outlet *o, int64_t now)
{
	for (size_t i = 0; i < o->notices.n; i++) {
		struct notice_subject *s = &o->notices.list[i];

		if (s->lasts && !s->item.over && is_over(o->notifier->app, &s->item))
			notices_end(&o->notices, s, now);
	}
}

static void shift(int64_t *at, int64_t by)
{
	if (*at)
		*at += by;
}

/* The clock was set: what is due in a while is still due in that while. */
static void mind_clock(struct notifier *n)
{
	int64_t offset = utc_now() - loop_now(), by = offset - n->offset;

	n->offset = offset;
	if (by > -2000 && by < 2000)
		return;
	for (size_t i = 0; i < n->channels.n; i++) {
		struct outlet *o = &n->outlets[i];

		for (size_t k = 0; k < o->notices.n; k++) {
			struct notice_subject *s = &o->notices.list[k];

			shift(&s->due, by);
			shift(&s->held, by);
			shift(&s->told_at, by);
		}
		for (size_t k = 0; k < o->n; k++)
			shift(&o->queue[k].next, by);
	}
}

static void tick(void *arg)
{
	struct notifier *n = arg;
	bool settled = watch_settled(n->app), changed = false;
	int64_t now = utc_now();

	mind_clock(n);
	for (size_t i = 0; i < n->channels.n; i++) {
		struct outlet *o = &n->outlets[i];
		struct notice_item *items;
		size_t count;

		if (settled)
			look_after(o, now);
		items = notices_take(&o->notices, now, &count);
		if (items) {
			enqueue(o, items, count, now);
			changed = true;
		}
	}
	if (changed)
		notifier_save(n);	/* whole, before anything is done about it */
	for (size_t i = 0; i < n->channels.n; i++) {
		struct outlet *o = &n->outlets[i];

		if (o->n && !o->delivery && o->queue[0].next <= now)
			send_first(o, now);
	}
	plan(n);
}

/* When is there something to do again? */
static void plan(struct notifier *n)
{
	int64_t now = utc_now(), first = now + LOOK_MS, at;

	for (size_t i = 0; i < n->channels.n; i++) {
		struct outlet *o = &n->outlets[i];

		at = notices_due(&o->notices);
		if (at && at < first)
			first = at;
		if (!o->n || o->delivery)
			continue;
		at = o->queue[0].next > now ? o->queue[0].next :
		    is_sender(n) ? now : now + LOOK_LEFT_MS;
		if (at < first)
			first = at;
	}
	loop_again(n->tick, first > now ? (int)(first - now) : 0);
}

static bool concerns(const struct outlet *o, const struct entry *x)
{
	const struct site *site = app_site(o->notifier->app);
	const struct node *node = site_find(site, x->node), *top;

	for (size_t i = 0; i < o->channel->nodes.n; i++) {
		top = site_lookup(site, o->channel->nodes.list[i], NULL, NULL);
		if (top && node && node_is_below(node, top))
			return true;
	}
	return !o->channel->nodes.n || !x->node;
}

static void hear(struct notifier *n, const struct entry *x)
{
	bool news = false;

	for (size_t i = 0; i < n->channels.n; i++)
		if (&n->outlets[i] != n->telling && concerns(&n->outlets[i], x) &&
		    notices_add(&n->outlets[i].notices, x, utc_now()))
			news = true;
	if (!news)
		return;
	loop_again(n->save, SAVE_MS);
	plan(n);
}

static void save(void *arg)
{
	notifier_save(arg);
}

struct notifier *notifier_new(struct app *a, const char *conf, const char *dir, const char *name,
    struct err *e)
{
	struct notifier *n = mem_new(struct notifier);

	if (!channels_read(&n->channels, conf, e) || !n->channels.n) {
		free(n);
		return NULL;
	}
	n->app = a;
	n->name = mem_dup(name);
	n->path = file_join(dir, "notify.json");
	n->offset = utc_now() - loop_now();
	n->outlets = mem_zero(n->channels.n, sizeof *n->outlets);
	for (size_t i = 0; i < n->channels.n; i++) {
		const struct channel *c = &n->channels.list[i];

		n->outlets[i] = (struct outlet){ .notifier = n, .channel = c, .notices = {
			.severity = c->severity, .kinds = c->kinds, .wait_ms = c->wait_ms,
			.quiet_ms = QUIET_MS } };
	}
	notifier_load(n);
	n->tick = loop_after(a->loop, 1000, tick, n);
	n->save = loop_after(a->loop, SAVE_MS, save, n);
	loop_pause(n->save);
	a->notifier = n;
	a->notify = hear;
	return n;
}

static void outlet_done(struct outlet *o)
{
	deliver_cancel(o->delivery);
	deliver_cancel(o->testing);
	while (o->n)
		message_done(&o->queue[--o->n]);
	free(o->queue);
	free(o->test_steps);
	notices_done(&o->notices);
}

void notifier_free(struct notifier *n)
{
	if (!n)
		return;
	notifier_save(n);
	n->app->notifier = NULL;
	loop_remove(n->tick);
	loop_remove(n->save);
	for (size_t i = 0; i < n->channels.n; i++)
		outlet_done(&n->outlets[i]);
	free(n->outlets);
	channels_done(&n->channels);
	free(n->name);
	free(n->path);
	free(n);
}

static void tested(const struct err *e, const char *steps, void *arg)
{
	struct outlet *o = arg;

	o->testing = NULL;
	o->test_ok = !e;
	text_copy(o->test_error, sizeof o->test_error, e ? e->text : "");
	free(o->test_steps);
	o->test_steps = mem_dup(steps);
	if (!e) {
		o->sent++;
		o->sent_at = utc_now();
		log_notice(_("%s: a test was sent"), o->channel->name);
		return;
	}
	log_warning(_("%s: a test failed: %s"), o->channel->name, e->text);
}

int notifier_test(struct notifier *n, const char *name, struct err *e)
{
	const struct channel *c = channels_find(&n->channels, name, e);
	struct outlet *o = c ? &n->outlets[c - n->channels.list] : NULL;
	struct message m = { .id = 0, .at = utc_now(), .test = true };
	struct err why = { .text = "" };

	if (!o || (o->testing && !err_set(e, _("%s: a test is under way"), name)))
		return 0;
	o->test++;
	o->testing = deliver(app_loop(n->app), c, &m, n->name, tested, o, &why);
	if (!o->testing)
		tested(&why, "", o);
	return o->test;
}
