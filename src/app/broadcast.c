/* broadcast - the site to many terminals; see broadcast.h */
#include "app/broadcast.h"
#include "app/transfer.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct target {
	struct broadcast *of;
	struct broadcast_row *row;
	struct transfer *transfer;
};

struct broadcast {
	struct app *app;
	struct target *targets;
	struct broadcast_row *rows;
	size_t n;
	loop_fn *changed;
	void *arg;
};

static void settle(struct target *t, enum broadcast_state state, const char *words)
{
	t->row->state = state;
	text_copy(t->row->words, sizeof t->row->words, words);
	t->of->changed(t->of->arg);
}

static void met(struct transfer *x, const struct err *e, void *arg)
{
	struct target *t = arg;

	if (e) {
		settle(t, BROADCAST_FAILED, e->text);
	} else if (transfer_pin_state(x) == PIN_NEW) {
		/* a key is looked at by a person, one by one */
		settle(t, BROADCAST_FAILED,
		    _("first contact: send to it alone once, and compare its key"));
	} else {
		settle(t, BROADCAST_MET, _("answers, with the known key"));
	}
}

struct broadcast *broadcast_new(struct app *a, const unsigned *terminals, size_t n,
    loop_fn *changed, void *arg)
{
	struct broadcast *b = mem_new(struct broadcast);
	struct err e;

	*b = (struct broadcast){ .app = a, .n = n, .changed = changed, .arg = arg,
	    .targets = mem_zero(n + 1, sizeof *b->targets),
	    .rows = mem_zero(n + 1, sizeof *b->rows) };
	for (size_t i = 0; i < n; i++) {
		struct target *t = &b->targets[i];

		*t = (struct target){ .of = b, .row = &b->rows[i] };
		t->row->terminal = terminals[i];
		text_copy(t->row->words, sizeof t->row->words, _("asking…"));
		t->transfer = transfer_new(a, terminals[i], &e);
		if (!t->transfer) {
			t->row->state = BROADCAST_FAILED;
			text_copy(t->row->words, sizeof t->row->words, e.text);
		}
	}
	for (size_t i = 0; i < n; i++)
		if (b->targets[i].transfer)
			transfer_contact(b->targets[i].transfer, met, &b->targets[i]);
	return b;
}

void broadcast_free(struct broadcast *b)
{
	if (!b)
		return;
	for (size_t i = 0; i < b->n; i++)
		transfer_free(b->targets[i].transfer);
	free(b->targets);
	free(b->rows);
	free(b);
}

const struct broadcast_row *broadcast_rows(const struct broadcast *b, size_t *n)
{
	*n = b->n;
	return b->rows;
}

size_t broadcast_count(const struct broadcast *b, enum broadcast_state state)
{
	size_t count = 0;

	for (size_t i = 0; i < b->n; i++)
		count += b->rows[i].state == state;
	return count;
}

bool broadcast_busy(const struct broadcast *b)
{
	return broadcast_count(b, BROADCAST_ASKING) > 0;
}

static size_t lines(const char *s)
{
	size_t n = 0;

	for (; s && *s; s++)
		n += *s == '\n';
	return n;
}

static void looked(struct transfer *x, const struct err *e, void *arg)
{
	struct target *t = arg;
	char words[400];

	if (e) {
		settle(t, BROADCAST_FAILED, e->text);
		return;
	}
	t->row->held = transfer_held_revision(x);
	t->row->changes = lines(transfer_difference(x));
	if (t->row->held == site_network(app_site(t->of->app))->revision && !t->row->changes) {
		snprintf(words, sizeof words, _("revision %d, and no difference"), t->row->held);
		settle(t, BROADCAST_ALIKE, words);
	} else if (t->row->held) {
		snprintf(words, sizeof words, ngettext("revision %d, %zu difference",
		    "revision %d, %zu differences", t->row->changes), t->row->held,
		    t->row->changes);
		settle(t, BROADCAST_READY, words);
	} else {
		settle(t, BROADCAST_READY, _("it has no site yet"));
	}
}

/* Those in a state begin their next step: marked all first, as any may end at once. */
static void advance(struct broadcast *b, enum broadcast_state from, const char *words)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->rows[i].state == from) {
			b->rows[i].state = BROADCAST_ASKING;
			text_copy(b->rows[i].words, sizeof b->rows[i].words, words);
		}
}

void broadcast_look(struct broadcast *b, const char *password)
{
	advance(b, BROADCAST_MET, _("reading what it holds…"));
	for (size_t i = 0; i < b->n; i++)
		if (b->rows[i].state == BROADCAST_ASKING)
			transfer_look(b->targets[i].transfer, "operator", password, looked,
			    &b->targets[i]);
}

static void sent(struct transfer *x, const struct err *e, void *arg)
{
	struct target *t = arg;
	char words[400];

	if (e) {
		settle(t, BROADCAST_FAILED, e->text);
		return;
	}
	snprintf(words, sizeof words, _("sent, it holds revision %d now"),
	    transfer_sent_revision(x));
	settle(t, BROADCAST_SENT, words);
}

void broadcast_send(struct broadcast *b)
{
	advance(b, BROADCAST_READY, _("sending…"));
	for (size_t i = 0; i < b->n; i++)
		if (b->rows[i].state == BROADCAST_ASKING)
			transfer_send(b->targets[i].transfer, sent, &b->targets[i]);
}
