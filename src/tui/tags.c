#include "tui/tags.h"

#include "base/mem.h"

#include <stdlib.h>

void tags_done(struct tags *t)
{
	map_done(&t->ids);
	*t = (struct tags){ 0 };
}

bool tags_has(const struct tags *t, unsigned id)
{
	return map_get(&t->ids, id) != NULL;
}

void tags_set(struct tags *t, unsigned id, bool on)
{
	if (on) {
		map_put(&t->ids, id, (void *)(uintptr_t)id);
		t->last = id;
	} else {
		map_remove(&t->ids, id);
		if (t->last == id)
			t->last = 0;
	}
}

size_t tags_count(const struct tags *t)
{
	return t->ids.n;
}

void tags_drop_gone(struct tags *t, const struct site *s)
{
	unsigned *gone = mem_zero(t->ids.n, sizeof *gone), id;
	size_t i = 0, n = 0;

	while ((id = (unsigned)(uintptr_t)map_each(&t->ids, &i)))
		if (!site_find(s, id))
			gone[n++] = id;
	while (n > 0)
		tags_set(t, gone[--n], false);
	free(gone);
}

static int by_position(const void *x, const void *y)
{
	const int *a = x, *b = y;

	return *a - *b;
}

unsigned *tags_list(const struct tags *t, const struct rows *r, size_t *n)
{
	int *at = mem_zero(t->ids.n, sizeof *at);
	unsigned *ids = mem_zero(t->ids.n, sizeof *ids), id;
	size_t i = 0;

	*n = 0;
	while ((id = (unsigned)(uintptr_t)map_each(&t->ids, &i)))
		if (rows_listed(r, id) >= 0)
			at[(*n)++] = rows_listed(r, id);
	qsort(at, *n, sizeof *at, by_position);
	for (i = 0; i < *n; i++)
		ids[i] = rows_id(r, at[i]);
	free(at);
	return ids;
}
