/* chronicle-merge - the events of several terminals as one list; a part of chronicle */
#include "app/chronicling.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Before this time somebody may have events that are not held yet. */
static int64_t horizon(const struct chronicle *c)
{
	int64_t at = 0;

	for (int i = 0; i < c->n_sources; i++) {
		const struct teller *s = &c->sources[i];

		/* who does not answer any more holds nobody up */
		if (s->held.n && s->held.more && !*s->error && s->held.list[s->held.n - 1].at > at)
			at = s->held.list[s->held.n - 1].at;
	}
	return at;
}

static int newest_first(const void *x, const void *y)
{
	const struct sight *a = x, *b = y;

	if (a->entry->at != b->entry->at)
		return a->entry->at < b->entry->at ? 1 : -1;
	if (a->source != b->source)
		return a->source - b->source;
	return a->entry->id < b->entry->id ? 1 : a->entry->id > b->entry->id ? -1 : 0;
}

static void gather(struct chronicle *c)
{
	int64_t from = horizon(c);

	c->n_sights = 0;
	for (int i = 0; i < c->n_sources; i++)
		for (size_t k = 0; k < c->sources[i].held.n; k++) {
			const struct entry *x = &c->sources[i].held.list[k];

			if (x->at < from)
				continue;
			mem_grow(c->sights, c->n_sights, c->cap_sights);
			c->sights[c->n_sights++] = (struct sight){ i, x };
		}
	if (c->n_sights)
		qsort(c->sights, c->n_sights, sizeof *c->sights, newest_first);
}

/* Does whoever watches tell it, or only he to whom it happened? */
static bool seen_by_many(enum entry_kind k)
{
	return k != ENTRY_SITE && k != ENTRY_SERVICE;
}

static bool alike(const struct entry *a, const struct entry *b)
{
	return a->kind == b->kind && strcmp(a->name, b->name) == 0 &&
	    strcmp(a->after, b->after) == 0 && strcmp(a->before, b->before) == 0 &&
	    (a->kind != ENTRY_SETTING || strcmp(a->detail, b->detail) == 0);
}

/*
 * Which sight the i-th is another of: the first of a happening that others saw in
 * the SAME_MS before it, and its source did not. of[] has that of the older ones.
 */
static size_t first_of(const struct chronicle *c, size_t i, const size_t *of,
    const unsigned *seen)
{
	const struct sight *s = &c->sights[i];
	size_t found = i;

	for (size_t k = i + 1; k < c->n_sights && seen_by_many(s->entry->kind) &&
	    s->entry->at - c->sights[k].entry->at <= SAME_MS; k++)
		if (of[k] == k && !(seen[k] & 1u << s->source) &&
		    alike(s->entry, c->sights[k].entry))
			found = k;
	return found;
}

/* The sights of each happening side by side, who saw it first in front. */
static void lay_out(struct chronicle *c, const size_t *of)
{
	struct sight *list = mem_zero(c->n_sights + 1, sizeof *list);
	size_t *count = mem_zero(c->n_sights + 1, sizeof *count), *at, n = 0;

	c->spans = mem_realloc(c->spans, c->n_sights + 1, sizeof *c->spans);
	c->n_spans = 0;
	for (size_t i = 0; i < c->n_sights; i++)
		count[of[i]]++;
	at = mem_zero(c->n_sights + 1, sizeof *at);
	for (size_t i = 0; i < c->n_sights; i++)
		if (of[i] == i) {
			c->spans[c->n_spans++] = (struct stretch){ n, count[i] };
			at[i] = n;
			n += count[i];
		}
	for (size_t i = c->n_sights; i-- > 0;)
		list[at[of[i]]++] = c->sights[i];
	free(c->sights);
	c->sights = list;
	c->cap_sights = c->n_sights + 1;
	free(count);
	free(at);
}

void chronicle_merge(struct chronicle *c)
{
	size_t *of;
	unsigned *seen;

	if (!c->stale)
		return;
	c->stale = false;
	gather(c);
	of = mem_zero(c->n_sights + 1, sizeof *of);
	seen = mem_zero(c->n_sights + 1, sizeof *seen);
	for (size_t i = c->n_sights; i-- > 0;) {
		of[i] = first_of(c, i, of, seen);
		seen[of[i]] |= 1u << c->sights[i].source;
	}
	lay_out(c, of);
	free(of);
	free(seen);
}

size_t chronicle_count(const struct chronicle *c)
{
	chronicle_merge((struct chronicle *)c);	/* what is held stays as it is */
	return c->n_spans;
}

struct happening chronicle_at(const struct chronicle *c, size_t i)
{
	const struct stretch *s;
	struct happening h;

	chronicle_merge((struct chronicle *)c);
	s = &c->spans[i];
	h = (struct happening){ c->sights[s->first].entry, &c->sights[s->first], s->n, 0 };
	for (size_t k = 0; k < h.n; k++)
		h.waiting += entry_waits(h.sights[k].entry);
	return h;
}

struct sight_key chronicle_key(const struct chronicle *c, size_t i)
{
	const struct sight *s = chronicle_at(c, i).sights;

	return (struct sight_key){ c->sources[s->source].terminal, s->entry->id };
}

int chronicle_find(const struct chronicle *c, struct sight_key key)
{
	for (size_t i = 0; i < chronicle_count(c); i++) {
		struct happening h = chronicle_at(c, i);

		for (size_t k = 0; k < h.n; k++)
			if (h.sights[k].entry->id == key.id &&
			    c->sources[h.sights[k].source].terminal == key.terminal)
				return (int)i;
	}
	return -1;
}
