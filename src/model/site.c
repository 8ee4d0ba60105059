/* site - the tree of a site's power; see site.h */
#include "model/siting.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned number_at(const void *records, unsigned place)
{
	return site_id_number(((const struct node *)shelf_at(records, place))->id);
}

struct site *site_new(void)
{
	struct site *s = mem_new(struct site);
	enum kind k;

	for (k = 0; k < KIND_COUNT; k++) {
		s->records[k].size = record_size(k);
		s->places[k] = (struct index){ .number = number_at, .keeper = &s->records[k] };
	}
	site_set_init(s);
	s->network = (struct network *)site_create(s, KIND_NETWORK, 1);
	return s;
}

void site_free(struct site *s)
{
	enum kind k;

	if (!s)
		return;
	site_set_done(s);
	for (k = 0; k < KIND_COUNT; k++) {
		shelf_done(&s->records[k]);
		index_done(&s->places[k]);
	}
	pool_done(&s->strings);
	free(s);
}

struct network *site_network(const struct site *s)
{
	return s->network;
}

unsigned long site_changes(const struct site *s)
{
	return s->changes;
}

size_t site_count(const struct site *s, enum kind k)
{
	return s->count[k];
}

unsigned site_id(enum kind k, unsigned number)
{
	return number << 2 | k;
}

unsigned site_id_number(unsigned id)
{
	return id >> 2;
}

enum kind site_id_kind(unsigned id)
{
	return id & 3;
}

const char *site_section(unsigned id, char buf[24])
{
	enum kind k = site_id_kind(id);

	if (k == KIND_NETWORK)
		return "Network";
	snprintf(buf, 24, "%s%u", kind_section(k), site_id_number(id));
	return buf;
}

struct node *site_find(const struct site *s, unsigned id)
{
	enum kind k = site_id_kind(id);
	unsigned place = id ? index_find(&s->places[k], site_id_number(id)) : 0;

	return place ? shelf_at(&s->records[k], place) : NULL;
}

/* Where the first of a container is kept; NULL if it has no such. */
static struct node **first_of(const struct node *n, enum container c)
{
	if (n->kind == KIND_GROUP)
		return &((struct group *)n)->first[c];
	if (n->kind == KIND_NETWORK && c == IN_ITSELF)
		return &((struct network *)n)->first;
	return NULL;
}

bool site_allows(const struct node *parent, enum container c, enum kind k,
    struct err *e)
{
	static const unsigned char kinds[IN_COUNT] = {
		[IN_POWER] = 1 << KIND_UPS,
		[IN_CONTROL] = 1 << KIND_TERMINAL | 1 << KIND_GROUP,
		[IN_LINKED] = 1 << KIND_TERMINAL | 1 << KIND_GROUP,
		[IN_DEVICES] = 1 << KIND_UPS | 1 << KIND_GROUP,
		[IN_ITSELF] = 1 << KIND_GROUP,
	};

	if (parent->kind == KIND_NETWORK && (c != IN_ITSELF || k != KIND_GROUP))
		return err_rule(e, "R1", _("the network holds power control groups only"));
	if (parent->kind == KIND_UPS || parent->kind == KIND_TERMINAL)
		return err_rule(e, "R2", _("%s is no group: nothing can be below it"),
		    node_name(parent));
	if (kinds[c] & 1 << k)
		return true;
	switch (k) {
	case KIND_UPS:
		return err_rule(e, "R2", _("a power device goes into power devices or linked devices of a group"));
	case KIND_TERMINAL:
		return err_rule(e, "R2", _("a terminal goes into control terminals or linked terminals of a group"));
	case KIND_GROUP:
		return err_rule(e, "R2", _("a group does not go into power devices"));
	default:
		return err_rule(e, "R1", _("there is one network"));
	}
}

struct node *site_create(struct site *s, enum kind k, unsigned number)
{
	unsigned id = site_id(k, number), place;
	struct node *n;

	if (number == 0 || number > SITE_NUMBER || site_find(s, id))
		return NULL;
	place = shelf_take(&s->records[k]);
	n = shelf_at(&s->records[k], place);
	memcpy(n, s->initial[k], record_size(k));
	n->id = id;
	n->kind = (unsigned char)k;
	index_put(&s->places[k], number, place);
	s->count[k]++;
	if (number > s->last[k])
		s->last[k] = number;
	s->changes++;
	return n;
}

static void take_out(struct node *n)
{
	struct node **first;

	if (!n->parent)
		return;
	first = first_of(n->parent, n->container);
	(n->next ? n->next : *first)->prev = n->prev;
	if (*first == n)
		*first = n->next;
	else
		n->prev->next = n->next;
	n->parent = n->next = n->prev = NULL;
}

static void put_in(struct node *n, struct node *parent, enum container c,
    struct node *before)
{
	struct node **first = first_of(parent, c);
	struct node *behind = before ? before : *first;	/* in the ring of the prevs */

	n->parent = parent;
	n->container = (unsigned char)c;
	n->next = before;
	n->prev = behind ? behind->prev : n;
	if (behind)
		behind->prev = n;
	if (before == *first)
		*first = n;
	else
		n->prev->next = n;
}

/* How many levels there are below a node. */
static int height(const struct node *top)
{
	const struct node *n;
	int depth = node_depth(top), most = 0;

	for (n = node_next(top, top); n; n = node_next(n, top))
		if (!node_child(n) && node_depth(n) - depth > most)
			most = node_depth(n) - depth;
	return most;
}

/* May something of that height hang below it? */
static bool shallow(const struct node *parent, int levels, struct err *e)
{
	return node_depth(parent) + 1 + levels <= SITE_DEPTH ||
	    err_set(e, _("groups nest at most %d deep"), SITE_DEPTH);
}

bool site_hang(struct site *s, struct node *n, struct node *parent,
    enum container c, struct node *before, struct err *e)
{
	if (!site_allows(parent, c, n->kind, e))
		return false;
	if (node_is_below(parent, n))
		return err_set(e, _("%s cannot hang below itself"), node_name(n));
	if (!shallow(parent, height(n), e))
		return false;
	assert(!before || (before->parent == parent && before->container == c));
	if (before == n)
		return true;
	take_out(n);
	put_in(n, parent, c, before);
	s->changes++;
	return true;
}

struct node *site_add(struct site *s, struct node *parent, enum container c,
    enum kind k, const char *name, struct err *e)
{
	const struct field *f = field_find(record_fields(k), "Name");
	struct node *n;
	int unused;

	if (!site_allows(parent, c, k, e) || !field_check(f, name, &unused, e))
		return NULL;
	if (!shallow(parent, 0, e))
		return NULL;
	n = site_create(s, k, site_last(s, k) + 1);
	if (!n) {
		err_set(e, _("there are no numbers left for a new %s"),
		    kind_word(k));
		return NULL;
	}
	put_in(n, parent, c, NULL);
	site_set(s, n, f, name, NULL);
	return n;
}

unsigned site_last(const struct site *s, enum kind k)
{
	int kept = k == KIND_GROUP ? s->network->last_group :
	    k == KIND_UPS ? s->network->last_ups :
	    k == KIND_TERMINAL ? s->network->last_terminal : 0;

	return kept > (int)s->last[k] ? (unsigned)kept : s->last[k];
}

void site_keep_number(struct site *s, unsigned id)
{
	static const char *const keys[KIND_COUNT] = {
		[KIND_GROUP] = "LastGroup", [KIND_UPS] = "LastUps",
		[KIND_TERMINAL] = "LastTerminal",
	};
	const struct field *f = field_find(network_fields, keys[site_id_kind(id)]);
	char number[16];

	if (field_int(f, s->network) >= (int)site_id_number(id))
		return;
	snprintf(number, sizeof number, "%u", site_id_number(id));
	site_set(s, &s->network->node, f, number, NULL);
}

static void drop(struct site *s, struct node *n)
{
	enum kind k = n->kind;
	unsigned number = site_id_number(n->id), place = index_find(&s->places[k], number);

	if (number == s->last[k])
		site_keep_number(s, n->id);
	if (s->gathering == n)
		site_settle(s);
	index_remove(&s->places[k], number);
	shelf_give(&s->records[k], place);
	s->count[k]--;
}

void site_remove(struct site *s, struct node *n)
{
	struct node *child, *up, *top = n;

	assert(n->kind != KIND_NETWORK);
	for (;;) {	/* leaves first, without recursion */
		while ((child = node_child(n)))
			n = child;
		up = n == top ? NULL : n->parent;
		take_out(n);
		drop(s, n);
		if (!up)
			break;
		n = up;
	}
	s->changes++;
}

struct site_mark site_mark(const struct site *s)
{
	struct site_mark m = { .changes = s->changes };

	memcpy(m.last, s->last, sizeof m.last);
	return m;
}

void site_rewind(struct site *s, const struct site_mark *m)
{
	s->changes = m->changes;
	memcpy(s->last, m->last, sizeof s->last);
}

const char *site_string(const struct site *s, const char *text)
{
	return pool_find(&s->strings, text);
}
