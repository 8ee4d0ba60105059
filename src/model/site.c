/* site - the tree of a site's power; see site.h */
#include "model/site.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct site {
	struct network *network;
	struct map nodes;		/* id -> struct node * */
	struct pool strings;
	size_t count[KIND_COUNT];
	unsigned last[KIND_COUNT];	/* highest number ever used */
	void *initial[KIND_COUNT];	/* a record with every field at its initial value */
	unsigned long changes;
};

static void put(struct site *s, void *record, const struct field *f,
    const char *text, int n)
{
	char *at = (char *)record + f->offset;

	if (f->type == FIELD_PARENT)
		return;
	if (field_is_int(f))
		*(int *)(void *)at = n;
	else
		*(const char **)(void *)at = pool_put(&s->strings, text);
}

static void put_initial(struct site *s, void *record, const struct field *f)
{
	int n = FIELD_NONE;

	/* a name is 1..64 columns, but a new record has none yet */
	field_check(f, f->initial, &n, NULL);
	put(s, record, f, f->initial, n);
}

struct site *site_new(void)
{
	struct site *s = mem_new(struct site);
	const struct field *f;
	enum kind k;

	for (k = 0; k < KIND_COUNT; k++) {
		s->initial[k] = mem_zero(1, record_size(k));
		for (f = record_fields(k); f->key; f++)
			put_initial(s, s->initial[k], f);
	}
	s->network = (struct network *)site_create(s, KIND_NETWORK, 1);
	return s;
}

void site_free(struct site *s)
{
	struct node *n;
	size_t i = 0;
	enum kind k;

	if (!s)
		return;
	while ((n = map_each(&s->nodes, &i)))
		free(n);
	for (k = 0; k < KIND_COUNT; k++)
		free(s->initial[k]);
	map_done(&s->nodes);
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
	return id ? map_get(&s->nodes, id) : NULL;
}

struct group *node_group(const struct node *n)
{
	return n && n->kind == KIND_GROUP ? (struct group *)n : NULL;
}

struct ups *node_ups(const struct node *n)
{
	return n && n->kind == KIND_UPS ? (struct ups *)n : NULL;
}

struct terminal *node_terminal(const struct node *n)
{
	return n && n->kind == KIND_TERMINAL ? (struct terminal *)n : NULL;
}

const char *node_name(const struct node *n)
{
	switch ((enum kind)n->kind) {
	case KIND_GROUP:
		return ((const struct group *)n)->name;
	case KIND_UPS:
		return ((const struct ups *)n)->name;
	case KIND_TERMINAL:
		return ((const struct terminal *)n)->name;
	default:
		return "network";
	}
}

/* Where the first and last of a container are kept; NULL if it has no such. */
static struct node **first_of(const struct node *n, enum container c)
{
	if (n->kind == KIND_GROUP)
		return &((struct group *)n)->first[c];
	if (n->kind == KIND_NETWORK && c == IN_ITSELF)
		return &((struct network *)n)->first;
	return NULL;
}

static struct node **last_of(const struct node *n, enum container c)
{
	return n->kind == KIND_GROUP ? &((struct group *)n)->last[c] :
	    &((struct network *)n)->last;
}

struct node *node_first(const struct node *n, enum container c)
{
	struct node **first = first_of(n, c);

	return first ? *first : NULL;
}

/* The first child in container c or one after it. */
static struct node *child_from(const struct node *n, int c)
{
	struct node *child;

	for (; c < IN_COUNT; c++) {
		child = node_first(n, c);
		if (child)
			return child;
	}
	return NULL;
}

struct node *node_next(const struct node *n, const struct node *top)
{
	struct node *next = child_from(n, 0);

	while (!next && n != top && n->parent) {
		next = n->next ? n->next : child_from(n->parent, n->container + 1);
		n = n->parent;
	}
	return next;
}

bool node_is_below(const struct node *n, const struct node *top)
{
	for (; n; n = n->parent)
		if (n == top)
			return true;
	return false;
}

int node_depth(const struct node *n)
{
	int depth = 0;

	for (n = n->parent; n; n = n->parent)
		depth++;
	return depth;
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
		return err_set(e, _("R1: the network holds power control groups only"));
	if (parent->kind == KIND_UPS || parent->kind == KIND_TERMINAL)
		return err_set(e, _("R2: %s is no group: nothing can be below it"),
		    node_name(parent));
	if (kinds[c] & 1 << k)
		return true;
	switch (k) {
	case KIND_UPS:
		return err_set(e, _("R2: a power device goes into power devices or linked devices of a group"));
	case KIND_TERMINAL:
		return err_set(e, _("R2: a terminal goes into control terminals or linked terminals of a group"));
	case KIND_GROUP:
		return err_set(e, _("R2: a group does not go into power devices"));
	default:
		return err_set(e, _("R1: there is one network"));
	}
}

struct node *site_create(struct site *s, enum kind k, unsigned number)
{
	unsigned id = site_id(k, number);
	struct node *n;

	if (number == 0 || number > SITE_NUMBER || site_find(s, id))
		return NULL;
	n = mem_zero(1, record_size(k));
	memcpy(n, s->initial[k], record_size(k));
	n->id = id;
	n->kind = (unsigned char)k;
	map_put(&s->nodes, id, n);
	s->count[k]++;
	if (number > s->last[k])
		s->last[k] = number;
	s->changes++;
	return n;
}

static void take_out(struct node *n)
{
	if (!n->parent)
		return;
	if (n->prev)
		n->prev->next = n->next;
	else
		*first_of(n->parent, n->container) = n->next;
	if (n->next)
		n->next->prev = n->prev;
	else
		*last_of(n->parent, n->container) = n->prev;
	n->parent = n->next = n->prev = NULL;
}

static void put_in(struct node *n, struct node *parent, enum container c,
    struct node *before)
{
	struct node **first = first_of(parent, c), **last = last_of(parent, c);

	n->parent = parent;
	n->container = (unsigned char)c;
	n->next = before;
	n->prev = before ? before->prev : *last;
	if (n->prev)
		n->prev->next = n;
	else
		*first = n;
	if (before)
		before->prev = n;
	else
		*last = n;
}

/* How many levels there are below a node. */
static int height(const struct node *top)
{
	const struct node *n;
	int depth = node_depth(top), most = 0;

	for (n = node_next(top, top); n; n = node_next(n, top))
		if (!child_from(n, 0) && node_depth(n) - depth > most)
			most = node_depth(n) - depth;
	return most;
}

bool site_hang(struct site *s, struct node *n, struct node *parent,
    enum container c, struct node *before, struct err *e)
{
	if (!site_allows(parent, c, n->kind, e))
		return false;
	if (node_is_below(parent, n))
		return err_set(e, _("%s cannot hang below itself"), node_name(n));
	if (node_depth(parent) + 1 + height(n) > SITE_DEPTH)
		return err_set(e, _("groups nest at most %d deep"), SITE_DEPTH);
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
	unsigned *last = &s->last[k];
	const int *kept = k == KIND_GROUP ? &s->network->last_group :
	    k == KIND_UPS ? &s->network->last_ups : &s->network->last_terminal;
	struct node *n;
	int unused;

	if (!site_allows(parent, c, k, e) || !field_check(f, name, &unused, e))
		return NULL;
	if (*kept > (int)*last)
		*last = (unsigned)*kept;
	n = site_create(s, k, *last + 1);
	if (!n) {
		err_set(e, _("there are no numbers left for a new %s"),
		    kind_word(k));
		return NULL;
	}
	if (!site_hang(s, n, parent, c, NULL, e)) {
		site_remove(s, n);
		return NULL;
	}
	site_set(s, n, f, name, NULL);
	return n;
}

/* What the file keeps, so that a number is never used again. */
static void keep_last(struct site *s, const struct node *n)
{
	static const char *const keys[KIND_COUNT] = {
		[KIND_GROUP] = "LastGroup", [KIND_UPS] = "LastUps",
		[KIND_TERMINAL] = "LastTerminal",
	};
	const struct field *f = field_find(network_fields, keys[n->kind]);
	char number[16];

	if (field_int(f, s->network) >= (int)site_id_number(n->id))
		return;
	snprintf(number, sizeof number, "%u", site_id_number(n->id));
	site_set(s, &s->network->node, f, number, NULL);
}

void site_remove(struct site *s, struct node *n)
{
	struct node *child, *up, *top = n;

	assert(n->kind != KIND_NETWORK);
	for (;;) {	/* leaves first, without recursion */
		while ((child = child_from(n, 0)))
			n = child;
		up = n == top ? NULL : n->parent;
		take_out(n);
		if (site_id_number(n->id) == s->last[n->kind])
			keep_last(s, n);
		map_remove(&s->nodes, n->id);
		s->count[n->kind]--;
		free(n);
		if (!up)
			break;
		n = up;
	}
	s->changes++;
}

uint64_t node_bit(const struct node *n, const struct field *f)
{
	return UINT64_C(1) << (f - record_fields(n->kind));
}

bool node_gives(const struct node *n, const struct field *f)
{
	return n->given & node_bit(n, f);
}

bool site_set(struct site *s, struct node *n, const struct field *f,
    const char *text, struct err *e)
{
	int number;

	if (f->type == FIELD_PARENT)
		return err_set(e, _("%s: is moved, not set"), node_name(n));
	if (!field_check(f, text, &number, e))
		return false;
	put(s, n, f, text, number);
	if (!*text && f->flags & FIELD_INHERITS)
		n->given &= ~node_bit(n, f);
	else
		n->given |= node_bit(n, f);
	s->changes++;
	return true;
}

void site_unset(struct site *s, struct node *n, const struct field *f)
{
	put_initial(s, n, f);
	n->given &= ~node_bit(n, f);
	s->changes++;
}

struct node *site_named(const struct site *s, enum kind k, const char *name,
    const struct node *except)
{
	const char *own = pool_find(&s->strings, name);
	struct node *n, *top = &s->network->node;

	if (!own)	/* nobody has any such text */
		return NULL;
	for (n = node_next(top, top); n; n = node_next(n, top))
		if (n->kind == k && n != except && node_name(n) == own)
			return n;
	return NULL;
}

/* The container that a word of len characters names, or IN_COUNT. */
static enum container container_of(const char *word, size_t len)
{
	enum container c;

	for (c = 0; c < IN_ITSELF; c++)
		if (strlen(container_word(c)) == len &&
		    strncmp(container_word(c), word, len) == 0)
			break;
	return c == IN_ITSELF ? IN_COUNT : c;
}

/*
 * The child that the path goes on with: names may contain a slash, so the
 * longest name that fits wins. *c IN_COUNT: in whichever container.
 */
static struct node *step(struct node *at, enum container c, const char **path)
{
	struct node *n, *best = NULL;
	size_t len, most = 0;
	int from = c == IN_COUNT ? 0 : (int)c, to = c == IN_COUNT ? IN_COUNT : (int)c + 1;

	for (; from < to; from++)
		for (n = node_first(at, from); n; n = n->next) {
			len = strlen(node_name(n));
			if (strncmp(node_name(n), *path, len) == 0 &&
			    ((*path)[len] == '/' || (*path)[len] == '\0') &&
			    len > most) {
				best = n;
				most = len;
			}
		}
	*path += most;
	return best;
}

/*
 * Where a path begins that does not begin at the top: the node of a unique
 * name; of names that fit, the longest. NULL if there is none, or several.
 */
static struct node *anywhere(const struct site *s, const char **path)
{
	struct node *n, *top = &s->network->node, *best = NULL;
	size_t len, most = 0;

	for (n = node_next(top, top); n; n = node_next(n, top)) {
		len = strlen(node_name(n));
		if (len < most || strncmp(node_name(n), *path, len) != 0 ||
		    ((*path)[len] != '/' && (*path)[len] != '\0'))
			continue;
		best = len > most ? n : NULL;
		most = len;
	}
	if (best)
		*path += most;
	return best;
}

static struct node *by_path(const struct site *s, const char *path,
    enum container *c, struct err *e)
{
	struct node *at = &s->network->node, *next;
	enum container in = IN_COUNT, word;
	const char *p = path;
	size_t len;

	if (strncmp(p, "network/", 8) == 0)
		p += 8;
	while (*p) {
		len = strcspn(p, "/");
		word = in == IN_COUNT && at->kind == KIND_GROUP ?
		    container_of(p, len) : IN_COUNT;
		if (word != IN_COUNT) {
			in = word;
			p += len;
		} else {
			next = step(at, in, &p);
			if (!next && p == path)
				next = anywhere(s, &p);
			if (!next) {
				err_set(e, _("%s: there is no %.*s in %s%s%s"),
				    path, (int)len, p, node_name(at),
				    in == IN_COUNT ? "" : "/",
				    in == IN_COUNT ? "" : container_word(in));
				return NULL;
			}
			at = next;
			in = IN_COUNT;
		}
		if (*p == '/')
			p++;
	}
	*c = in == IN_COUNT ? IN_ITSELF : in;
	return at;
}

struct node *site_lookup(const struct site *s, const char *path,
    enum container *c, struct err *e)
{
	struct node *n, *top = &s->network->node, *found = NULL;
	const char *own = pool_find(&s->strings, path);
	enum container in;

	if (c)
		*c = IN_ITSELF;
	if (strcmp(path, "network") == 0 || strcmp(path, "Network") == 0)
		return top;
	for (n = own ? node_next(top, top) : NULL; n; n = node_next(n, top)) {
		if (node_name(n) != own)
			continue;
		if (found) {
			char *a = node_path(found), *b = node_path(n);

			err_set(e, _("%s: there are several: %s, %s; give the path"),
			    path, a, b);
			free(a);
			free(b);
			return NULL;
		}
		found = n;
	}
	if (found)
		return found;
	if (!*path || (!strchr(path, '/') && path[0] != '@')) {
		err_set(e, _("%s: there is no such node"), *path ? path : "\"\"");
		return NULL;
	}
	n = by_path(s, path, &in, e);
	if (n && in != IN_ITSELF && !c) {
		err_set(e, _("%s: is a container, not a node"), path);
		return NULL;
	}
	if (n && c)
		*c = in;
	return n;
}

char *node_path(const struct node *n)
{
	char *path = mem_dup(node_name(n)), *longer;

	for (; n->parent; n = n->parent) {
		if (n->parent->kind == KIND_NETWORK)
			break;
		longer = mem_printf("%s/%s%s%s", node_name(n->parent),
		    container_word(n->container),
		    n->container == IN_ITSELF ? "" : "/", path);
		free(path);
		path = longer;
	}
	return path;
}

const char *ups_community(const struct ups *u)
{
	const struct group *g = node_group(u->node.parent);

	return *u->snmp_community || !g ? u->snmp_community : g->snmp_community;
}

int terminal_port(const struct site *s, const struct terminal *t)
{
	return t->port != FIELD_NONE ? t->port : s->network->terminal_port;
}

enum origin node_origin(const struct node *n, const struct field *f,
    const struct node **from)
{
	const struct node *up = n->parent;

	*from = n;
	if (node_gives(n, f))
		return FROM_FILE;
	if (!(f->flags & FIELD_INHERITS) || !up)
		return FROM_INITIAL;
	if (n->kind == KIND_TERMINAL)	/* Port: the network's */
		while (up->parent)
			up = up->parent;
	*from = up;
	return FROM_PARENT;
}
