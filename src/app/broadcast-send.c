/* broadcast-send - staged by all, then activated by all; a part of broadcast */
#include "app/broadcasting.h"
#include "app/later.h"
#include "app/sending.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>

enum {
	STAGE_MS = 90000,	/* longer than that, what was staged first may be gone */
	AGAIN_MS = 1000,	/* a terminal that is being started again is asked so often, ... */
	PATIENCE_MS = 20000,	/* ... for so long */
};

/* Those in a state begin their next step: marked all first, as any may end at once. */
static void advance(struct broadcast *b, enum broadcast_state from, const char *words)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->rows[i].state == from)
			broadcast_mark(&b->targets[i], BROADCAST_ASKING, words);
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
			broadcast_mark(&b->targets[i], BROADCAST_AWAY, kept ?
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
	broadcast_mark(t, BROADCAST_SPARED,
	    _("not sent, as another one refused; it holds what it held"));
	go_on(t->of);
}

static void staged(struct transfer *x, const struct err *e, void *arg)
{
	struct target *t = arg;

	(void)x;
	if (e) {
		t->row->kind = e->kind;
		broadcast_mark(t, BROADCAST_FAILED, e->text);
	} else {
		broadcast_mark(t, BROADCAST_STAGED, _("has it, checked; it does not count yet"));
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
		broadcast_mark(t, BROADCAST_FAILED, words);
	} else {
		snprintf(words, sizeof words, t->alike ? _("holds revision %d, as before") :
		    _("sent, it holds revision %d now"), transfer_sent_revision(x));
		broadcast_mark(t, BROADCAST_SENT, words);
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
			broadcast_mark(&b->targets[i], BROADCAST_SPARED,
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
		broadcast_mark(&b->targets[i], BROADCAST_ASKING, _("sending…"));
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
			broadcast_mark(&b->targets[i], BROADCAST_FAILED,
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
