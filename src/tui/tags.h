/*
 * tags - the nodes that an operator has picked out, by id. Knows no screen.
 */
#ifndef AMC_TUI_TAGS_H
#define AMC_TUI_TAGS_H

#include "tui/rows.h"

/* { 0 } is an empty one. */
struct tags {
	struct map ids;
	unsigned last;		/* the last one that was tagged, 0: none */
};

void tags_done(struct tags *);
bool tags_has(const struct tags *, unsigned id);
void tags_set(struct tags *, unsigned id, bool on);
size_t tags_count(const struct tags *);
/* Forgets those that the site no longer has. */
void tags_drop_gone(struct tags *, const struct site *);
/* The ids in tree order, n of them, yours to free. */
unsigned *tags_list(const struct tags *, const struct rows *, size_t *n);

#endif
