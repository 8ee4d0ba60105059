/* broadcast - the site to many terminals; see broadcast.h */
#include "app/broadcasting.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void broadcast_mark(struct target *t, enum broadcast_state state, const char *words)
{
	t->row->state = state;
	text_copy(t->row->words, sizeof t->row->words, words);
}

static void settle(struct target *t, enum broadcast_state state, const char *words)
{
	broadcast_mark(t, state, words);
	t->of->changed(t->of->arg);
}

static void settle_err(struct target *t, enum broadcast_state state, const struct err *e)
{
	t->row->kind = e->kind ? e->kind : ERR_FAILED;
	settle(t, state, e->text);
}

static void look(struct target *);

static void met(struct transfer *x, const struct err *e, void *arg)
{
	struct target *t = arg;
	struct err first = { .text = "" };

	if (e && *transfer_pin(x) && transfer_pin_state(x) == PIN_CHANGED) {
		settle_err(t, BROADCAST_STRANGER, e);
	} else if (e) {
		settle_err(t, e->kind == ERR_UNREACHABLE ? BROADCAST_AWAY : BROADCAST_FAILED, e);
	} else if (transfer_pin_state(x) == PIN_NEW) {
		/* a key is looked at by a person, one by one */
		err_kind(&first, ERR_REFUSED,
		    _("first contact: send to it alone, compare its key"));
		settle_err(t, BROADCAST_STRANGER, &first);
	} else {
		broadcast_mark(t, BROADCAST_MET, _("answers, with the known key"));
		if (t->of->password)
			look(t);
		t->of->changed(t->of->arg);
	}
}

struct broadcast *broadcast_new(struct app *a, const unsigned *terminals, size_t n,
    int timeout_ms, loop_fn *changed, void *arg)
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
		broadcast_mark(t, BROADCAST_ASKING, _("asking…"));
		t->transfer = transfer_new(a, terminals[i], &e);
		if (!t->transfer) {
			t->row->kind = ERR_UNREACHABLE;	/* it has no address */
			broadcast_mark(t, BROADCAST_AWAY, e.text);
		} else if (timeout_ms) {
			transfer_timeout(t->transfer, timeout_ms);
		}
	}
	for (size_t i = 0; i < n; i++)
		if (b->targets[i].transfer)
			transfer_contact(b->targets[i].transfer, met, &b->targets[i]);
	return b;
}

static void forget_password(struct broadcast *b)
{
	if (b->password)
		explicit_bzero(b->password, strlen(b->password));
	free(b->password);
	b->password = NULL;
}

void broadcast_free(struct broadcast *b)
{
	if (!b)
		return;
	for (size_t i = 0; i < b->n; i++) {
		loop_remove(b->targets[i].again);
		transfer_free(b->targets[i].transfer);
	}
	free(b->targets);
	free(b->rows);
	free(b->later);
	forget_password(b);
	free(b);
}

const struct broadcast_row *broadcast_rows(const struct broadcast *b, size_t *n)
{
	*n = b->n;
	return b->rows;
}

struct transfer *broadcast_transfer(const struct broadcast *b, size_t row)
{
	return b->targets[row].transfer;
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
	return b->sending || broadcast_count(b, BROADCAST_ASKING) > 0;
}

void broadcast_trust(struct broadcast *b, size_t row)
{
	b->rows[row].kind = 0;
	broadcast_mark(&b->targets[row], BROADCAST_MET, _("answers, with the key that was accepted"));
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
		settle_err(t, e->kind == ERR_UNREACHABLE ? BROADCAST_AWAY : BROADCAST_FAILED, e);
		return;
	}
	t->row->held = transfer_held_revision(x);
	t->row->changes = lines(transfer_difference(x));
	if (t->row->held == site_network(app_site(t->of->app))->revision && !t->row->changes) {
		snprintf(words, sizeof words, _("revision %d, and no difference"), t->row->held);
		t->alike = true;
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

static void look(struct target *t)
{
	broadcast_mark(t, BROADCAST_ASKING, _("reading what it holds…"));
	transfer_look(t->transfer, "operator", t->of->password, looked, t);
}

void broadcast_look(struct broadcast *b, const char *password)
{
	forget_password(b);
	b->password = mem_dup(password);
	for (size_t i = 0; i < b->n; i++)
		if (b->rows[i].state == BROADCAST_MET)
			look(&b->targets[i]);
}
