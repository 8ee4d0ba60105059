/* broadcast - the site to many terminals; see broadcast.h */
#include "app/broadcast.h"
#include "app/later.h"
#include "app/sending.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	STAGE_MS = 90000,	/* longer than that, what was staged first may be gone */
	AGAIN_MS = 1000,	/* a terminal that is being started again is asked so often, ... */
	PATIENCE_MS = 20000,	/* ... for so long */
};

struct target {
	struct broadcast *of;
	struct broadcast_row *row;
	struct transfer *transfer;
	struct watch *again;	/* when it is told once more that the site counts */
	bool alike;		/* it held our site already */
};

struct broadcast {
	struct app *app;
	struct target *targets;
	struct broadcast_row *rows;
	size_t n;
	loop_fn *changed;
	void *arg;
	bool sending, activating;
	int64_t began;		/* loop_now() of the first staging, then of the activating */
	char *later;		/* the consent, or NULL */
	char *password;		/* those that are met are looked at with it; NULL: not yet */
};

static void mark(struct target *t, enum broadcast_state state, const char *words)
{
	t->row->state = state;
	text_copy(t->row->words, sizeof t->row->words, words);
}

static void settle(struct target *t, enum broadcast_state state, const char *words)
{
	mark(t, state, words);
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
		mark(t, BROADCAST_MET, _("answers, with the known key"));
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
		mark(t, BROADCAST_ASKING, _("asking…"));
		t->transfer = transfer_new(a, terminals[i], &e);
		if (!t->transfer) {
			t->row->kind = ERR_UNREACHABLE;	/* it has no address */
			mark(t, BROADCAST_AWAY, e.text);
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
	mark(&b->targets[row], BROADCAST_MET, _("answers, with the key that was accepted"));
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

/* Those in a state begin their next step: marked all first, as any may end at once. */
static void advance(struct broadcast *b, enum broadcast_state from, const char *words)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->rows[i].state == from)
			mark(&b->targets[i], BROADCAST_ASKING, words);
}

/* Those that are marked, and not those that are while this goes on, as any may end at once. */
static void each_marked(struct broadcast *b, void (*step)(struct target *))
{
	struct target **list = mem_zero(b->n + 1, sizeof *list);
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++)
		if (b->rows[i].state == BROADCAST_ASKING)
			list[n++] = &b->targets[i];
	for (size_t i = 0; i < n; i++)
		step(list[i]);
	free(list);
}

static void look(struct target *t)
{
	mark(t, BROADCAST_ASKING, _("reading what it holds…"));
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

static void go_on(struct broadcast *);

/* What will become of those who are away? */
static void tell_away(struct broadcast *b)
{
	const struct node *n;
	bool kept = false;

	for (size_t i = 0; i < b->n; i++) {
		n = site_find(app_site(b->app), b->rows[i].terminal);
		kept = kept || (n && n->container == IN_CONTROL &&
		    b->rows[i].state == BROADCAST_SENT);
	}
	for (size_t i = 0; b->later && i < b->n; i++)
		if (b->rows[i].state == BROADCAST_AWAY)
			mark(&b->targets[i], BROADCAST_AWAY, kept ?
			    _("away; when it comes back it gets it from a control terminal") :
			    _("away; no control terminal keeps it for it: send again when it is back"));
}

/* The last word is spoken: what is left of the sending is only to be told. */
static void end(struct broadcast *b)
{
	b->sending = false;
	tell_away(b);
	if (!broadcast_count(b, BROADCAST_FAILED) || !b->activating)
		sending_end(b->app);
	b->changed(b->arg);
}

static void unstaged(struct transfer *x, const struct err *e, void *arg)
{
	struct target *t = arg;

	(void)x;
	(void)e;		/* then it goes by itself */
	mark(t, BROADCAST_SPARED, _("not sent, as another one refused; it holds what it held"));
	go_on(t->of);
}

static void staged(struct transfer *x, const struct err *e, void *arg)
{
	struct target *t = arg;

	(void)x;
	if (e) {
		t->row->kind = e->kind;
		mark(t, BROADCAST_FAILED, e->text);
	} else {
		mark(t, BROADCAST_STAGED, _("has it, checked; it does not count yet"));
	}
	go_on(t->of);
}

static void activate_again(void *arg);

static void activated(struct transfer *x, const struct err *e, void *arg)
{
	struct target *t = arg;
	char words[600];

	if (e && e->kind == ERR_UNREACHABLE && loop_now() - t->of->began < PATIENCE_MS) {
		/* it may be just starting again: it has it still */
		t->again = loop_after(app_loop(t->of->app), AGAIN_MS, activate_again, t);
		return;
	}
	if (e) {
		t->row->kind = e->kind;
		snprintf(words, sizeof words,
		    _("did not say that it counts there: %.400s. Send again: that finishes it."),
		    e->text);
		mark(t, BROADCAST_FAILED, words);
	} else {
		snprintf(words, sizeof words, t->alike ? _("holds revision %d, as before") :
		    _("sent, it holds revision %d now"), transfer_sent_revision(x));
		mark(t, BROADCAST_SENT, words);
	}
	go_on(t->of);
}

static void ask_activate(struct target *t)
{
	transfer_activate(t->transfer, t->of->later, activated, t);
}

static void activate_again(void *arg)
{
	struct target *t = arg;

	loop_remove(t->again);
	t->again = NULL;
	ask_activate(t);
}

/* Each that has staged; with a consent also those that hold it already, who keep it, too. */
static void activate(struct broadcast *b)
{
	b->activating = true;
	b->began = loop_now();
	advance(b, BROADCAST_STAGED, _("being told that it counts…"));
	if (b->later)
		advance(b, BROADCAST_ALIKE, _("being told for whom it is to keep it…"));
	each_marked(b, ask_activate);
}

static void ask_unstage(struct target *t)
{
	transfer_unstage(t->transfer, unstaged, t);
}

/* One has refused: nothing is to change anywhere. */
static void take_back(struct broadcast *b)
{
	advance(b, BROADCAST_STAGED, _("being told to drop it…"));
	for (size_t i = 0; i < b->n; i++)
		if (b->rows[i].state == BROADCAST_READY)
			mark(&b->targets[i], BROADCAST_SPARED,
			    _("not sent, as another one refused; it holds what it held"));
	each_marked(b, ask_unstage);
}

static void ask_stage(struct target *t)
{
	transfer_stage(t->transfer, staged, t);
}

/* The first of them alone, then all others: so one of two operators wins at the first. */
static void stage(struct broadcast *b)
{
	bool first = broadcast_count(b, BROADCAST_STAGED) == 0;

	for (size_t i = 0; i < b->n; i++) {
		if (b->rows[i].state != BROADCAST_READY)
			continue;
		mark(&b->targets[i], BROADCAST_ASKING, _("sending…"));
		if (first)
			break;
	}
	each_marked(b, ask_stage);
}

static void note_late(struct broadcast *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->rows[i].state == BROADCAST_STAGED &&
		    loop_now() - b->began > STAGE_MS) {
			b->rows[i].kind = ERR_UNREACHABLE;
			mark(&b->targets[i], BROADCAST_FAILED,
			    _("the others took so long that it may have dropped it; send again"));
		}
}

/* All that was asked is answered: what comes next? */
static void go_on(struct broadcast *b)
{
	if (broadcast_count(b, BROADCAST_ASKING)) {
		b->changed(b->arg);
		return;
	}
	if (!b->activating)
		note_late(b);
	if (b->activating || broadcast_count(b, BROADCAST_SPARED)) {
		end(b);
		return;
	}
	if (broadcast_count(b, BROADCAST_FAILED))
		take_back(b);
	else if (broadcast_count(b, BROADCAST_READY))
		stage(b);
	else
		activate(b);
	if (broadcast_count(b, BROADCAST_ASKING))
		b->changed(b->arg);
	else
		end(b);
}

static void make_consent(struct broadcast *b)
{
	unsigned *away = mem_zero(b->n + 1, sizeof *away);
	const char **tags = mem_zero(b->n + 1, sizeof *tags);
	size_t n_away = 0, n_tags = 0;

	for (size_t i = 0; i < b->n; i++) {
		if (b->rows[i].state == BROADCAST_AWAY)
			away[n_away++] = b->rows[i].terminal;
		if (b->rows[i].state == BROADCAST_READY)
			tags[n_tags++] = transfer_held_tag(b->targets[i].transfer);
	}
	if (n_away)
		b->later = later_text(b->app, away, n_away, tags, n_tags);
	free(away);
	free(tags);
}

/* Who is it that keeps all others from getting it? */
static const struct broadcast_row *refuser(const struct broadcast *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->rows[i].state == BROADCAST_FAILED)
			return &b->rows[i];
	return NULL;
}

bool broadcast_send(struct broadcast *b, bool later, struct err *e)
{
	const struct broadcast_row *no = refuser(b);
	const struct node *n = no ? site_find(app_site(b->app), no->terminal) : NULL;

	if (!transfer_sendable(b->app, e))
		return false;
	if (no)
		return err_kind(e, no->kind, _("%s is there and does not take it, so nothing is sent to any; name the others to leave it out"),
		    n ? node_name(n) : "?");
	if (later)
		make_consent(b);
	if (!broadcast_count(b, BROADCAST_READY) && !b->later)
		return true;
	b->sending = true;
	b->began = loop_now();
	sending_begin(b->app);
	go_on(b);
	return true;
}
