/* cards - the settings of many cards beside the site's; see cards.h */
#include "app/cards.h"
#include "app/collect.h"
#include "app/context.h"
#include "app/known.h"
#include "app/note.h"
#include "app/reach.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "snmp/writing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AT_ONCE 32		/* cards that are spoken to at the same time */

struct one {
	struct cards_one known;
	struct cards *cards;
	struct collect *collect;	/* while it is read */
	struct card *card;		/* while it is written */
	struct writing *writing;
};

struct cards {
	struct app *app;
	struct one *list;
	size_t n;
	loop_fn *changed;
	void *arg;
};

static void start_more(struct cards *);

static const struct ups *ups_of(const struct one *o)
{
	return node_ups(site_find(app_site(o->cards->app), o->known.id));
}

static bool is_spoken_to(const struct one *o)
{
	return o->known.phase == CARD_READING || o->known.phase == CARD_WRITING;
}

static void tell(struct cards *c)
{
	c->changed(c->arg);
}

static void fail(struct one *o, const struct err *e)
{
	o->known.phase = CARD_FAILED;
	o->known.error = *e;
}

/* The next turns, and the news. */
static void went_on(struct cards *c)
{
	start_more(c);
	tell(c);
}

/* Reading */

/* What the site asks, beside what the card was seen to have. */
static void compare(const struct ups *u, struct outcome *o)
{
	char buf[16];

	text_copy(o->asked, sizeof o->asked, field_text(o->field, u, buf));
	text_copy(o->before, sizeof o->before, o->kept);
	outcome_expect(o);
	o->kind = !*o->kept ? OUTCOME_UNSUPPORTED :
	    strcmp(o->asked, o->kept) == 0 ? OUTCOME_ALIKE : OUTCOME_DIFFERS;
	o->why[0] = '\0';
}

static void take(struct one *o, const struct collected *list, size_t n)
{
	const struct ups *u = ups_of(o);

	free(o->known.list);
	o->known.list = mem_zero(n + 1, sizeof *o->known.list);
	o->known.n = u ? n : 0;
	for (size_t i = 0; i < o->known.n; i++) {
		struct outcome *out = &o->known.list[i];

		out->field = list[i].field;
		out->snap = list[i].snap;
		out->step = list[i].step;
		text_copy(out->allowed, sizeof out->allowed, list[i].allowed);
		text_copy(out->kept, sizeof out->kept, list[i].value);
		compare(u, out);
	}
}

static void collected(const struct collected *list, size_t n, const struct reading *ident,
    const char *profile, const struct err *e, void *arg)
{
	struct one *o = arg;

	o->collect = NULL;
	if (ident) {
		take(o, list, n);
		o->known.ident = *ident;
		text_copy(o->known.profile, sizeof o->known.profile, profile ? profile : "");
		o->known.phase = CARD_READ;
	} else {
		fail(o, e);
	}
	went_on(o->cards);
}

static void start_reading(struct one *o, const struct ups *u)
{
	struct err e;

	o->known.phase = CARD_READING;
	o->collect = collect_start(o->cards->app, u, collected, o, &e);
	if (!o->collect)
		fail(o, &e);
}

/* Writing */

/* What was sent, or was to be, into the events; what the site has already was neither. */
static bool is_told(enum outcome_kind k)
{
	return k != OUTCOME_ALIKE && k != OUTCOME_DIFFERS && k != OUTCOME_UNSUPPORTED;
}

static void note(const struct one *o)
{
	char detail[500];

	for (size_t i = 0; i < o->known.n; i++) {
		const struct outcome *x = &o->known.list[i];
		bool otherwise = *x->kept && strcmp(x->kept, x->asked) != 0;

		if (!is_told(x->kind))
			continue;
		snprintf(detail, sizeof detail, "%s %s%s%s%s%s%s", x->field->key,
		    outcome_word(x->kind), otherwise ? " (" : "", otherwise ? x->kept : "",
		    otherwise ? ")" : "", *x->why ? ": " : "", x->why);
		app_note_node(o->cards->app, o->known.id, ENTRY_SETTING, 1, x->before, x->asked,
		    detail);
	}
}

static void stop_writing(struct one *o)
{
	card_free(o->card);
	o->card = NULL;
	writing_cancel(o->writing);
	o->writing = NULL;
}

static void written(bool done, bool refused, const struct err *e, void *arg)
{
	struct one *o = arg;

	if (!done) {
		tell(o->cards);
		return;
	}
	o->writing = NULL;	/* it is gone, and its card is not asked any more */
	stop_writing(o);
	if (e) {
		fail(o, e);
		if (ups_of(o))
			reach_explain(ups_of(o), REACH_WRITE, &o->known.error);
	} else {
		o->known.phase = CARD_WRITTEN;
		note(o);
		known_refuses(o->cards->app, o->known.id, refused);
	}
	went_on(o->cards);
}

static void start_writing(struct one *o, const struct ups *u)
{
	struct err e;

	o->known.phase = CARD_WRITING;
	o->card = reach_card(o->cards->app, u, REACH_WRITE);
	o->writing = writing_start(o->cards->app->loop, o->card, o->known.list, o->known.n,
	    WRITING_PATIENCE, written, o, &e);
	if (o->writing)
		return;
	stop_writing(o);
	fail(o, &e);
}

/* Turns */

static void start(struct one *o)
{
	const struct ups *u = ups_of(o);
	struct err e;

	if (!u) {
		err_set(&e, _("the node is gone"));
		fail(o, &e);
	} else if (o->known.phase == CARD_WAITS) {
		start_reading(o, u);
	} else {
		start_writing(o, u);
	}
}

static bool is_waiting(const struct one *o)
{
	return o->known.phase == CARD_WAITS || o->known.phase == CARD_TO_WRITE;
}

static void start_more(struct cards *c)
{
	size_t busy = 0;

	for (size_t i = 0; i < c->n; i++)
		busy += is_spoken_to(&c->list[i]);
	for (size_t i = 0; i < c->n && busy < AT_ONCE; i++)
		if (is_waiting(&c->list[i])) {
			start(&c->list[i]);
			busy += is_spoken_to(&c->list[i]);
		}
}

struct cards *cards_new(struct app *a, const unsigned *ids, size_t n, loop_fn *changed,
    void *arg)
{
	struct cards *c = mem_new(struct cards);

	*c = (struct cards){ .app = a, .n = n, .changed = changed, .arg = arg,
	    .list = mem_zero(n + 1, sizeof *c->list) };
	for (size_t i = 0; i < n; i++) {
		c->list[i].cards = c;
		c->list[i].known.id = ids[i];
		reading_clear(&c->list[i].known.ident);
	}
	start_more(c);
	return c;
}

void cards_free(struct cards *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->n; i++) {
		collect_cancel(c->list[i].collect);
		if (c->list[i].writing)
			note(&c->list[i]);
		stop_writing(&c->list[i]);
		free(c->list[i].known.list);
	}
	free(c->list);
	free(c);
}

struct app *cards_app(const struct cards *c)
{
	return c->app;
}

size_t cards_count(const struct cards *c)
{
	return c->n;
}

const struct cards_one *cards_at(const struct cards *c, size_t i)
{
	return &c->list[i].known;
}

bool cards_busy(const struct cards *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (is_waiting(&c->list[i]) || is_spoken_to(&c->list[i]))
			return true;
	return false;
}

size_t cards_differences(const struct cards_one *one)
{
	size_t n = 0;

	for (size_t i = 0; i < one->n; i++)
		n += one->list[i].kind != OUTCOME_UNSUPPORTED &&
		    !outcome_is_good(one->list[i].kind);
	return n;
}

void cards_compare(struct cards *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct cards_one *one = &c->list[i].known;
		const struct ups *u = ups_of(&c->list[i]);

		for (size_t k = 0; u && k < one->n &&
		    (one->phase == CARD_READ || one->phase == CARD_WRITTEN); k++)
			compare(u, &one->list[k]);
	}
}

bool cards_write(struct cards *c, size_t i, struct err *e)
{
	struct cards_one *one = &c->list[i].known;
	const struct ups *u = ups_of(&c->list[i]);

	if (!app_writable(c->app, e))
		return false;
	if (!u)
		return err_set(e, _("the node is gone"));
	if (one->phase == CARD_FAILED)
		return err_kind(e, one->error.kind, "%s", one->error.text);
	if (one->phase != CARD_READ && one->phase != CARD_WRITTEN)
		return err_set(e, _("%s: the card is being asked already"), u->name);
	for (size_t k = 0; k < one->n; k++)
		compare(u, &one->list[k]);
	one->phase = cards_differences(one) ? CARD_TO_WRITE : CARD_WRITTEN;
	start_more(c);
	return true;
}
