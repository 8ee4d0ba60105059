/*
 * merge-order - in which order siblings stand that came together from two sides.
 */
#ifndef AMC_MODEL_MERGE_ORDER_H
#define AMC_MODEL_MERGE_ORDER_H

#include "base/map.h"
#include "model/site.h"

/*
 * Arranges what hangs in a container of `parent` (of out): as the side that put it in
 * another order than base has it, and as theirs when neither did; what only the other
 * side has stands behind what it stood behind there. base, mine, theirs: the same
 * parent there; renumbered: id in mine -> node in out, of those that got another.
 * False, and nothing done, when both sides put it in another order, and not the same.
 */
bool merge_order(struct site *out, struct node *parent, enum container,
    const struct node *base, const struct node *mine, const struct node *theirs,
    const struct map *renumbered);

#endif
