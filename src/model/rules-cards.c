/* The rules on what the UPSs' cards hold and say: R21, R22, R40, R41. */
#include "model/rules-check.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* The bits in settings.given of the settings that the UPS keeps itself. */
static uint64_t card_bits(void)
{
	const struct field *f;
	uint64_t bits = 0;

	for (f = ups_fields; f->key; f++)
		if (f->flags & FIELD_IN_CARD)
			bits |= UINT64_C(1) << (f - ups_fields);
	return bits;
}

/* One finding for the whole site: it is a list of things to do. */
void check_factory_settings(struct check *c)
{
	const struct depend *d = c->depend;
	const struct ups *first = NULL;
	uint64_t bits = card_bits();
	size_t i, n = 0;

	for (i = 0; i < d->n_supplies; i++)
		if (!(d->supplies[i].ups->node.settings->given & bits) && n++ == 0)
			first = d->supplies[i].ups;
	if (n)
		report(c, &first->node, NULL,
		    ngettext("%zu of %zu UPS, %s, has no setting of those that are kept in the UPS: collect or set them, so that no UPS runs with what its factory set",
		    "%zu of %zu UPSs, first %s, have no setting of those that are kept in the UPS: collect or set them, so that no UPS runs with what its factory set", d->n_supplies),
		    n, d->n_supplies, first->name);
}

static bool has_model(const struct ups_facts *f)
{
	return f && f->reading && *f->reading->model;
}

struct card {
	const struct ups *ups;
	const struct reading *reading;
	size_t place;
};

static int by_serial(const void *x, const void *y)
{
	const struct card *a = x, *b = y;
	int way = strcmp(a->reading->serial, b->reading->serial);

	if (way == 0)
		way = strcmp(a->reading->model, b->reading->model);
	return way ? way : a->place < b->place ? -1 : a->place > b->place;
}

static bool is_same_ups(const struct reading *a, const struct reading *b)
{
	return strcmp(a->serial, b->serial) == 0 &&
	    strcmp(a->model, b->model) == 0;
}

void live_identity(struct check *c)
{
	const struct depend *d = c->depend;
	struct card *cards = mem_zero(d->n_supplies + 1, sizeof *cards);
	const struct ups_facts *f;
	const struct ups *u;
	size_t i, n = 0, first = 0;

	for (i = 0; i < d->n_supplies; i++) {
		u = d->supplies[i].ups;
		f = facts_ups(c->facts, u->node.id);
		if (f && f->reading && f->answer == CARD_ANSWERS && !has_model(f))
			report(c, &u->node, "Address",
			    _("the card at %s answers for %s without the UPS's model: it is set up wrongly, or no card of a UPS"),
			    u->address, u->name);
		if (has_model(f) && *f->reading->serial)
			cards[n++] = (struct card){ u, f->reading, i };
	}
	qsort(cards, n, sizeof *cards, by_serial);
	for (i = 1; i < n; i++) {
		if (!is_same_ups(cards[first].reading, cards[i].reading)) {
			first = i;
			continue;
		}
		u = cards[i].ups;
		report(c, &u->node, "Address",
		    _("the card at %s tells the serial number of %s (%s): %s must have the address of its own card"),
		    u->address, cards[first].ups->name,
		    cards[first].reading->serial, u->name);
	}
	free(cards);
}

/* Whom the card of a UPS must let in: the control terminals and, at cluster servers, these. */
static void put_managers(const struct check *c, const struct ups *u,
    struct text *out)
{
	const struct depend *d = c->depend;
	const struct terminal *t;
	size_t i;
	bool member;

	for (i = 0; i < d->n_terminals; i++) {
		t = d->terminals[i];
		member = t->set->cluster_member && !ups_is_linked_device(u) &&
		    t->node.parent == u->node.parent;
		if (t->node.container == IN_CONTROL || member)
			text_printf(out, "%s%s", out->len ? ", " : "", t->name);
	}
}

/* One finding for all silent cards: what is to be looked at is the same. */
static void report_silent(struct check *c, const struct ups *first, size_t n)
{
	struct text managers = { 0 };

	put_managers(c, first, &managers);
	soften(c, report(c, &first->node, "SnmpCommunity",
	    ngettext("%zu of %zu SNMP card does not answer, that of %s: its Access Control must have the community and, with Write or Write+, the addresses of %s; these are also its Trap Receivers, with Trap Generation and Authentication Traps enabled",
		    "%zu of %zu SNMP cards do not answer, first that of %s: its Access Control must have the community and, with Write or Write+, the addresses of %s; these are also its Trap Receivers, with Trap Generation and Authentication Traps enabled", c->depend->n_supplies),
	    n, c->depend->n_supplies, first->name,
	    managers.len ? managers.s : _("the control terminals")),
	    SEVERITY_NOTE);
	text_done(&managers);
}

/* What SNMP v3 lacks to ask a card, or NULL; its key into *key. */
static const char *lacks(const struct ups *u, const char **key)
{
	if (!*u->set->snmp_user) {
		*key = "SnmpUser";
		return _("the user name");
	}
	if (u->set->snmp_level > LEVEL_NONE && !*u->set->snmp_auth_password) {
		*key = "SnmpAuthPassword";
		return _("the authentication password");
	}
	if (u->set->snmp_level > LEVEL_AUTH && !*u->set->snmp_priv_password) {
		*key = "SnmpPrivPassword";
		return _("the privacy password");
	}
	return NULL;
}

void check_card_users(struct check *c)
{
	const struct depend *d = c->depend;

	for (size_t i = 0; i < d->n_supplies; i++) {
		const struct ups *u = d->supplies[i].ups;
		const char *key, *what = u->set->snmp_version == SNMP_V3 ? lacks(u, &key) : NULL;

		if (what)
			report(c, &u->node, key,
			    _("%s is asked with SNMP v3 at a level that needs %s, and there is none: its card cannot be asked"),
			    u->name, what);
	}
}

static bool is_named(const char *list, const char *name)
{
	size_t n = strlen(name);

	for (; *list; list += strcspn(list, ","), list += *list == ',')
		if (strncmp(list, name, n) == 0 && (list[n] == ',' || !list[n]))
			return true;
	return false;
}

/* Cards that answer here, and not to a terminal that must watch them. */
static void report_shut_out(struct check *c, const struct terminal *t, const char *silent)
{
	const struct depend *d = c->depend;
	const struct ups *first = NULL;
	size_t n = 0;

	for (size_t i = 0; i < d->n_supplies; i++) {
		const struct ups *u = d->supplies[i].ups;
		const struct ups_facts *f = facts_ups(c->facts, u->node.id);

		if (f && f->answer == CARD_ANSWERS && is_named(silent, u->name) && n++ == 0)
			first = u;
	}
	if (first)
		report(c, &t->node, "Address",
		    _("the card of %s answers here and not to %s: its Access Control must have %s, too (such cards: %zu)"),
		    first->name, t->name, t->address, n);
}

void live_access(struct check *c)
{
	const struct depend *d = c->depend;
	const struct ups *first = NULL, *u;
	const struct ups_facts *f;
	size_t i, silent = 0;

	for (i = 0; i < d->n_supplies; i++) {
		u = d->supplies[i].ups;
		f = facts_ups(c->facts, u->node.id);
		if (f && f->refuses)
			report(c, &u->node, "SnmpCommunity",
			    _("the card of %s takes no settings: its Access Control must give the community Write or Write+"),
			    u->name);
		if (f && f->answer == CARD_SILENT && silent++ == 0)
			first = u;
	}
	if (silent)
		report_silent(c, first, silent);
	for (i = 0; i < d->n_terminals; i++) {
		const struct terminal_facts *t = facts_terminal(c->facts, d->terminals[i]->node.id);

		if (t && t->silent_cards)
			report_shut_out(c, d->terminals[i], t->silent_cards);
	}
}

/*
 * What the card would make of a number: itself when it is allowed, the next
 * higher or lower one, or at the end of the list the last. False when the list
 * is not one of numbers.
 */
static bool snapped(const struct card_limit *l, int value, int *is)
{
	long n, below = -1, above = -1;
	const char *s = l->allowed;
	char *end;

	if (!*s)
		return false;
	for (;; s = end + 1) {
		n = strtol(s, &end, 10);
		if (end == s || (*end && *end != ',') || n < 0)
			return false;
		if (n <= value && n > below)
			below = n;
		if (n >= value && (above < 0 || n < above))
			above = n;
		if (!*end)
			break;
	}
	*is = (int)(above < 0 || (l->snap < 0 && below >= 0) ? below : above);
	return true;
}

void live_legal_values(struct check *c)
{
	const struct depend *d = c->depend;
	const struct ups_facts *f;
	const struct card_limit *l;
	const struct ups *u;
	struct finding *found;
	size_t i, j;
	int value, is;

	for (i = 0; i < d->n_supplies; i++) {
		u = d->supplies[i].ups;
		f = facts_ups(c->facts, u->node.id);
		for (j = 0; f && j < f->n_limits; j++) {
			l = &f->limits[j];
			value = field_int(l->field, u);
			if (!snapped(l, value, &is) || is == value)
				continue;
			if (l->snap)
				found = report(c, &u->node, l->field->key,
				    _("%s: %s takes %s, and would make %d of the %d given"),
				    tr(l->field->label), u->name, l->allowed,
				    is, value);
			else
				found = report(c, &u->node, l->field->key,
				    _("%s: %s takes %s, not the %d given"),
				    tr(l->field->label), u->name, l->allowed,
				    value);
			if (l->field->type == FIELD_NUMBER)
				offer_number(found, is);
		}
	}
}
