/* object - what a simulated card answers with; see object.h */
#include "sim/object.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>

bool oid_parse(struct oid *o, const char *s)
{
	char *end;
	unsigned long sub;

	o->n = 0;
	if (*s == '.')
		s++;
	for (;;) {
		if (!isdigit((unsigned char)*s) || o->n == OID_MAX)
			return false;
		errno = 0;
		sub = strtoul(s, &end, 10);
		if (errno || sub > UINT32_MAX)
			return false;
		o->sub[o->n++] = sub;
		if (!*end)
			return true;
		if (*end != '.')
			return false;
		s = end + 1;
	}
}

int oid_compare(const struct oid *a, const struct oid *b)
{
	unsigned i;

	for (i = 0; i < a->n && i < b->n; i++)
		if (a->sub[i] != b->sub[i])
			return a->sub[i] < b->sub[i] ? -1 : 1;
	return a->n == b->n ? 0 : a->n < b->n ? -1 : 1;
}

size_t objects_seek(const struct objects *all, const struct oid *oid, bool after)
{
	size_t low = 0, high = all->n, middle;
	int order;

	while (low < high) {
		middle = low + (high - low) / 2;
		order = oid_compare(&all->oids[middle], oid);
		if (order < 0 || (after && order == 0))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

long objects_find(const struct objects *all, const struct oid *oid)
{
	size_t i = objects_seek(all, oid, false);

	return i < all->n && oid_compare(&all->oids[i], oid) == 0 ? (long)i : -1;
}

/* Does oid begin as other does without its last number? */
static bool same_object(const struct oid *oid, const struct oid *other)
{
	unsigned i;

	if (oid->n < other->n)
		return false;
	for (i = 0; i + 1 < other->n; i++)
		if (oid->sub[i] != other->sub[i])
			return false;
	return true;
}

bool objects_near(const struct objects *all, const struct oid *oid)
{
	size_t i = objects_seek(all, oid, false);

	/* instances of one object stand together, so a neighbour is one of them */
	return (i < all->n && same_object(oid, &all->oids[i])) ||
	    (i > 0 && same_object(oid, &all->oids[i - 1]));
}
