#include "model/rules-check.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const struct rule *rule_find(const char *number)
{
	const struct rule *r;

	for (r = rules; r->number; r++)
		if (strcasecmp(r->number, number) == 0)
			return r;
	return NULL;
}

const char *severity_word(enum severity s)
{
	static const char *const words[] = {
		/* the first two are marked where they have a plural (bars.c) */
		[SEVERITY_ERROR] = "error",
		[SEVERITY_WARNING] = "warning",
		[SEVERITY_NOTE] = N_("note"),
	};

	return words[s];
}

static char *vprint(const char *fmt, va_list ap)
{
	va_list again;
	char *s;
	int len;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	s = mem_zero((size_t)len + 1, 1);
	vsnprintf(s, (size_t)len + 1, fmt, ap);
	return s;
}

static struct finding *vadd(struct findings *l, const char *rule,
    enum severity severity, unsigned node, const struct field *field,
    const char *fmt, va_list ap)
{
	struct finding *f;

	mem_grow(l->list, l->n, l->cap);
	f = &l->list[l->n++];
	*f = (struct finding){ .rule = rule, .severity = severity,
		.node = node, .field = field, .message = vprint(fmt, ap) };
	l->count[severity]++;
	return f;
}

struct finding *findings_add(struct findings *l, const char *rule,
    enum severity severity, unsigned node, const struct field *field,
    const char *fmt, ...)
{
	struct finding *f;
	va_list ap;

	va_start(ap, fmt);
	f = vadd(l, rule, severity, node, field, fmt, ap);
	va_end(ap);
	return f;
}

void finding_fix(struct finding *f, unsigned node, const char *key,
    const char *fmt, ...)
{
	va_list ap;

	free(f->fix_value);
	va_start(ap, fmt);
	f->fix_value = vprint(fmt, ap);
	va_end(ap);
	f->fix_node = node;
	f->fix_key = key;
}

void finding_move(struct finding *f, const struct node *n, const struct node *parent,
    enum container c, const char *group)
{
	f->fix_node = n->id;
	f->fix_parent = parent->id;
	f->fix_container = c;
	f->fix_group = group ? mem_dup(group) : NULL;
}

void findings_cut(struct findings *l, size_t n)
{
	while (l->n > n) {
		struct finding *f = &l->list[--l->n];

		l->count[f->severity]--;
		free(f->message);
		free(f->fix_value);
		free(f->fix_group);
	}
}

void findings_done(struct findings *l)
{
	findings_cut(l, 0);
	free(l->list);
	*l = (struct findings){ 0 };
}

struct finding *report(struct check *c, const struct node *n, const char *key,
    const char *fmt, ...)
{
	const struct field *field = NULL;
	struct finding *f;
	va_list ap;

	if (key)
		field = field_find(record_fields(n->kind), key);
	va_start(ap, fmt);
	f = vadd(c->findings, c->rule->number, c->rule->severity, n->id, field,
	    fmt, ap);
	va_end(ap);
	return f;
}

void soften(struct check *c, struct finding *f, enum severity s)
{
	c->findings->count[f->severity]--;
	c->findings->count[s]++;
	f->severity = s;
}

void offer_text(struct finding *f, const char *value)
{
	finding_fix(f, f->node, f->field->key, "%s", value);
}

void offer_number(struct finding *f, int value)
{
	if (value >= f->field->min && value <= f->field->max)
		finding_fix(f, f->node, f->field->key, "%d", value);
}

void tally_add(struct tally *t, uintptr_t key)
{
	uintptr_t times = (uintptr_t)map_get(&t->count, key) + 1;

	map_put(&t->count, key, (void *)times);
	if (times > t->times) {
		t->times = times;
		t->most = key;
	}
}

bool tally_is_mixed(const struct tally *t)
{
	return t->count.n > 1;
}

void tally_done(struct tally *t)
{
	map_done(&t->count);
}

/* A finding on its way to its place: its node's place in the tree, then as found. */
struct place {
	uintptr_t node;
	size_t found;
	struct finding finding;
};

static int by_place(const void *x, const void *y)
{
	const struct place *a = x, *b = y;

	if (a->node != b->node)
		return a->node < b->node ? -1 : 1;
	return a->found < b->found ? -1 : a->found > b->found;
}

/* The place in the tree of each node that something is said of. */
static struct map find_places(const struct site *site,
    const struct finding *list, size_t n)
{
	const struct node *top = &site_network(site)->node, *at;
	struct map places = { 0 };
	uintptr_t place = 0;
	size_t i;

	map_reserve(&places, n);
	for (i = 0; i < n; i++)
		map_put(&places, list[i].node, &places);
	for (at = top; at; at = node_next(at, top)) {
		place++;
		if (map_get(&places, at->id))
			map_put(&places, at->id, (void *)place);
	}
	return places;
}

static void sort(const struct site *site, struct finding *list, size_t n)
{
	struct place *places = mem_zero(n + 1, sizeof *places);
	struct map where = find_places(site, list, n);
	size_t i;

	for (i = 0; i < n; i++)
		places[i] = (struct place){
			(uintptr_t)map_get(&where, list[i].node), i, list[i] };
	qsort(places, n, sizeof *places, by_place);
	for (i = 0; i < n; i++)
		list[i] = places[i].finding;
	map_done(&where);
	free(places);
}

/* One sort of check of every rule, in tree order. */
static void run(const struct site *site, const struct facts *facts,
    struct findings *findings)
{
	struct depend *depend = depend_new(site);
	struct check c = { .site = site, .depend = depend, .facts = facts,
		.findings = findings };
	size_t before = findings->n, i;
	void (*check)(struct check *);

	for (c.rule = rules; c.rule->number; c.rule++) {
		check = facts ? c.rule->live : c.rule->check;
		if (check)
			check(&c);
	}
	for (i = before; i < findings->n; i++)
		findings->list[i].live = facts != NULL;
	if (findings->n > before + 1)
		sort(site, findings->list + before, findings->n - before);
	depend_free(depend);
}

void rules_check(const struct site *site, struct findings *findings)
{
	run(site, NULL, findings);
}

void rules_check_live(const struct site *site, const struct facts *facts,
    struct findings *findings)
{
	run(site, facts, findings);
}
