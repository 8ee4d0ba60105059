/* profile-reading - readings and states in a profile; see profile-reading.h */
#include "snmp/profile-reading.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Our own row of the object counts, and not this last one, which is lent: true. */
static bool take_back(struct profile *p)
{
	struct profile_reading *r = &p->readings[--p->n_readings];

	p->n_oids = r->first;
	free(r->none.list);
	return true;
}

/* "charge-percent, model": what there is to choose from. */
static void attr_words(char *buf, size_t size)
{
	size_t at = 0;

	for (const struct reading_attr *a = reading_attrs; a->name && at < size; a++)
		at += (size_t)snprintf(buf + at, size - at, "%s%s", at ? ", " : "", a->name);
}

static void state_words(char *buf, size_t size)
{
	size_t at = 0;

	for (int i = 0; i < UPS_STATE_COUNT && at < size; i++)
		at += (size_t)snprintf(buf + at, size - at, "%s%s", at ? ", " : "",
		    state_word((enum ups_state)i));
}

static void flag_words(char *buf, size_t size)
{
	size_t at = 0;

	for (unsigned bit = 1; flag_word(bit) && at < size; bit <<= 1)
		at += (size_t)snprintf(buf + at, size - at, "%s%s", at ? ", " : "",
		    flag_word(bit));
}

bool profile_reading_parse(struct profile_source *s, const struct xml_node *n, struct err *e)
{
	static const char *const joins[] = { "first", "sum", "most", NULL };
	const char *name = xml_attr(n, "attr");
	struct profile *p = s->p;
	struct profile_reading *r;
	char known[300];
	int join;

	mem_grow(p->readings, p->n_readings, s->cap.readings);
	r = &p->readings[p->n_readings];
	*r = (struct profile_reading){ .attr = reading_attr(name), .first = p->n_oids };
	if (!r->attr) {
		attr_words(known, sizeof known);
		return xml_err(s->doc, n, e, _("attr: a UPS has no reading %s; it has %s"),
		    name, known);
	}
	p->n_readings++;
	if (!profile_oids(s, n, "oid", &p->oids, &p->n_oids, &s->cap.oids, e) ||
	    !profile_scale(s, n, &r->scale, e) || !profile_none(s, n, &r->none, e) ||
	    !profile_choice(s, n, "join", joins, &join, e))
		return false;
	r->join = (enum profile_join)join;
	r->n = p->n_oids - r->first;
	if (r->n == 0)
		return xml_err(s->doc, n, e, _("oid: is empty"));
	for (size_t i = 0; i + 1 < p->n_readings; i++)
		if (p->readings[i].attr == r->attr &&
		    p->oids[p->readings[i].first] == p->oids[r->first])
			return s->lent ? take_back(p) :
			    xml_err(s->doc, n, e, _("%s is read from %s already"), name,
			    p->oids[r->first]);
	return true;
}

static bool overlaps(const struct profile_map *a, const struct profile_map *b)
{
	for (size_t i = 0; i < a->from.n; i++)
		for (size_t k = 0; k < b->from.n; k++)
			if (a->from.list[i].from <= b->from.list[k].to &&
			    b->from.list[k].from <= a->from.list[i].to)
				return true;
	return false;
}

static bool parse_map(const struct profile_source *s, const struct xml_node *n,
    struct profile_map *m, struct err *e)
{
	const char *from = xml_attr(n, "from"), *place = xml_attr(n, "place");
	const char *to = xml_attr(n, "to"), *flags = xml_attr(n, "flag");
	char known[300];
	size_t len;

	if (!from == !place)
		return xml_err(s->doc, n, e, _("<map> needs either from or place"));
	if (!to && !flags)
		return xml_err(s->doc, n, e, _("<map> needs to or flag"));
	m->places = place != NULL;
	if (!profile_ranges(s, n, place ? "place" : "from", place ? place : from,
	    &m->from, e))
		return false;
	if (m->from.n == 0)
		return xml_err(s->doc, n, e, _("%s: is empty"), place ? "place" : "from");
	if (to && !state_from_word(to, &m->state)) {
		state_words(known, sizeof known);
		return xml_err(s->doc, n, e, _("to: a UPS has no state %s; it has %s"), to, known);
	}
	m->tells_state = to != NULL;
	for (; flags && (len = profile_word(&flags)) > 0; flags += len) {
		char *word = mem_ndup(flags, len);
		unsigned bit = 0;
		bool ok = flag_from_word(word, &bit);

		if (!ok) {
			flag_words(known, sizeof known);
			xml_err(s->doc, n, e, _("flag: a UPS has no flag %s; it has %s"), word,
			    known);
		}
		free(word);
		if (!ok)
			return false;
		m->flags |= bit;
	}
	return true;
}

bool profile_state_parse(struct profile_source *s, const struct xml_node *n, struct err *e)
{
	struct profile *p = s->p;
	const char *oid = xml_attr(n, "oid");
	const struct xml_node *child;
	struct profile_state *st;
	size_t cap = 0;

	oid = profile_oid(s, n, "oid", oid, strlen(oid), e);
	if (!oid)
		return false;
	mem_grow(p->states, p->n_states, s->cap.states);
	st = &p->states[p->n_states++];
	*st = (struct profile_state){ .oid = p->n_oids };
	mem_grow(p->oids, p->n_oids, s->cap.oids);
	p->oids[p->n_oids++] = oid;
	for (child = xml_first(n); child; child = xml_next(child)) {
		mem_grow(st->maps, st->n, cap);
		st->maps[st->n] = (struct profile_map){ .places = false };
		if (!parse_map(s, child, &st->maps[st->n++], e))
			return false;
		for (size_t i = 0; i + 1 < st->n; i++)
			if (overlaps(&st->maps[i], &st->maps[st->n - 1]))
				return xml_err(s->doc, child, e,
				    _("<map>: one of these is mapped above already"));
	}
	return st->n > 0 || xml_err(s->doc, n, e, _("<state> needs a <map>"));
}
