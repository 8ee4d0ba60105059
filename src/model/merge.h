/*
 * merge - two sites that were made out of one, as one site.
 *
 * Node by node and key by key: what only one side changed is taken, what both
 * changed alike is taken once. What both changed in two ways is a conflict, and
 * so is what cannot stand side by side: a node that one side removed and the
 * other worked on, two new nodes of one name, a place that is no more. Nodes are
 * known by their ids; a new one of ours whose number the other side gave to a
 * new one of its own, gets the next number. Of the order of siblings see merge-order.h.
 */
#ifndef AMC_MODEL_MERGE_H
#define AMC_MODEL_MERGE_H

#include "model/site.h"

struct conflict {
	char *path;			/* of the node, in mine if it is there */
	char *place;			/* the same for a person */
	const struct field *field;	/* NULL: it is about the node itself */
	char *words;			/* what about it; NULL with a field */
	char *mine, *theirs;		/* values; of a secret only that it is one */
};

struct conflicts {
	struct conflict *list;
	size_t n, cap;
};

/*
 * Theirs with what mine changed since base; yours to free. NULL when there are
 * conflicts, which are added. Revision, Saved and SavedBy are theirs.
 */
struct site *merge_sites(const struct site *base, const struct site *mine,
    const struct site *theirs, struct conflicts *);
void conflicts_done(struct conflicts *);

#endif
