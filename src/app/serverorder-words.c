/*
 * serverorder-words - whom to ask, who is hit, and what became of it, in words; a part of
 * serverorder
 */
#include "app/serverorder.h"
#include "app/watch.h"
#include "base/i18n.h"
#include "base/text.h"

#include <stdio.h>

static const struct { const char *word, *label; } ends[] = {
	[ORDER_PENDING] = { "pending", N_("being asked") },
	[ORDER_TAKEN] = { "taken", N_("taken") },
	[ORDER_REFUSED] = { "refused", N_("refused") },
	[ORDER_UNREACHED] = { "unreached", N_("not reached") },
};

const char *order_end_word(enum order_end end)
{
	return ends[end].word;
}

const char *order_end_label(enum order_end end)
{
	return ends[end].label;
}

static void taken_words(const struct order_row *r, enum order_deed deed, char *buf, size_t size)
{
	if (deed == ORDER_CANCEL)
		snprintf(buf, size, "%s", _("stays up"));
	else if (deed == ORDER_REHEARSE && r->takes >= 0)
		snprintf(buf, size, _("would run %s, for which it counts %d s"), r->does, r->takes);
	else if (deed == ORDER_REHEARSE)
		snprintf(buf, size, _("would run %s"), r->does);
	else if (r->in > 0)
		snprintf(buf, size, _("goes down in %d s: runs %s"), r->in, r->does);
	else
		snprintf(buf, size, _("goes down now: runs %s"), r->does);
}

void order_words(const struct order_row *r, enum order_deed deed, char *buf, size_t size)
{
	if (r->end == ORDER_TAKEN)
		taken_words(r, deed, buf, size);
	else
		snprintf(buf, size, "%s%s%s", tr(order_end_label(r->end)), *r->why ? ": " : "", r->why);
}

/* Whom to ask */

static bool answers(const struct terminal_status *s)
{
	return s && !s->silent_since && terminal_state_is_well(s->state);
}

unsigned serverorder_via(const struct app *a, struct err *e)
{
	const struct node *top = &site_network(app_site(a))->node, *n;
	unsigned first = 0, answering = 0;

	for (n = top; n; n = node_next(n, top)) {
		const struct terminal_status *s;

		if (n->kind != KIND_TERMINAL || n->container != IN_CONTROL)
			continue;
		s = watch_terminal(a, n->id);
		if (answers(s) && s->state == TERMINAL_MASTER)
			return n->id;
		first = first ? first : n->id;
		answering = !answering && answers(s) ? n->id : answering;
	}
	if (!first)
		err_set(e, _("the site has no control terminal: nobody can pass the order on"));
	return answering ? answering : first;
}

/* Words before it */

static bool is_among(unsigned id, const unsigned *ids, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

static bool is_control(const struct terminal *t)
{
	return t->node.container == IN_CONTROL;
}

static bool is_member(const struct terminal *t)
{
	return t->set->cluster_member;
}

/* The names of those of them that are such; how many. */
static size_t name_those(const struct app *a, const unsigned *ids, size_t n,
    bool is(const struct terminal *), struct text *names)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		const struct terminal *t = node_terminal(site_find(app_site(a), ids[i]));

		if (t && is(t))
			text_printf(names, "%s%s", count++ ? ", " : "", t->name);
	}
	return count;
}

/* Does any terminal of the site stay that is such? */
static bool any_left(const struct app *a, const unsigned *ids, size_t n,
    bool is(const struct terminal *))
{
	const struct node *top = &site_network(app_site(a))->node, *i;

	for (i = top; i; i = node_next(i, top))
		if (i->kind == KIND_TERMINAL && is(node_terminal(i)) && !is_among(i->id, ids, n))
			return true;
	return false;
}

/* "SRV1 (G1), SRV2 (G2)" */
static void name_all(const struct app *a, const unsigned *ids, size_t n, struct text *names)
{
	for (size_t i = 0; i < n; i++) {
		const struct node *t = site_find(app_site(a), ids[i]);

		if (t)
			text_printf(names, "%s%s (%s)", names->len ? ", " : "", node_name(t),
			    node_name(t->parent));
	}
}

static void add_control(const struct app *a, const unsigned *ids, size_t n, struct text *words)
{
	struct text names = { 0 };
	size_t count = name_those(a, ids, n, is_control, &names);

	if (count)
		text_printf(words, ngettext("\n%s is a control terminal: the UPSs are not watched by "
		    "it then.", "\n%s are control terminals: the UPSs are not watched by them then.",
		    count), names.s);
	if (count && !any_left(a, ids, n, is_control))
		text_add(words, _(" No other control terminal is left to watch them."));
	text_done(&names);
}

static void add_members(const struct app *a, const unsigned *ids, size_t n, struct text *words)
{
	struct text names = { 0 };
	size_t count = name_those(a, ids, n, is_member, &names);

	if (count && any_left(a, ids, n, is_member))
		text_printf(words, ngettext("\n%s is a member of the cluster: what it runs goes to the "
		    "others.", "\n%s are members of the cluster: what they run goes to the others.",
		    count), names.s);
	else if (count)
		text_printf(words, ngettext("\n%s is the last member of the cluster: the cluster stops.",
		    "\n%s are all members of the cluster: the cluster stops.", count), names.s);
	text_done(&names);
}

void serverorder_words(const struct app *a, const unsigned *ids, size_t n, int in,
    struct text *words)
{
	struct text names = { 0 };

	name_all(a, ids, n, &names);
	text_printf(words, ngettext("%zu server goes down: %s.", "%zu servers go down: %s.", n), n,
	    names.s ? names.s : "");
	text_done(&names);
	add_control(a, ids, n, words);
	add_members(a, ids, n, words);
	text_add(words, "\n");
	if (in > 0)
		text_printf(words, _("It can be called off for %d s. The outputs of the UPSs are not "
		    "switched."), in);
	else
		text_add(words, _("It begins at once and cannot be called off. The outputs of the UPSs "
		    "are not switched."));
}
