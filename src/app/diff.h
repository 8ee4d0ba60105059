/*
 * diff - how two sites differ, node by node; secrets are told as changed, never
 * with their value.
 */
#ifndef AMC_APP_DIFF_H
#define AMC_APP_DIFF_H

#include "base/text.h"
#include "model/site.h"

enum change_kind {
	CHANGE_ADDED, CHANGE_REMOVED, CHANGE_MOVED, CHANGE_SET,
	CHANGE_ORDER,		/* of what stands in one container */
	CHANGE_KINDS
};

struct change {
	enum change_kind kind;
	unsigned node;
	char *path;		/* of the node, in b unless it was removed; of the container */
	const struct field *field;	/* CHANGE_SET */
	/*
	 * Values; paths when it was moved; names when the order changed, from the first
	 * that stands elsewhere to the last. to of an added node: what it is given, as
	 * `amc add` takes it, or NULL.
	 */
	char *from, *to;
	/*
	 * For a person: "UPS1 (SSC_SEIGYO_1 / Power devices)"; "SSC / Power devices" of an
	 * order; where a moved node was; what an added one is given.
	 */
	char *place, *was, *given;
};

struct changes {
	struct change *list;
	size_t n, cap;
};

/* Adds what makes b out of a. Revision, Saved and SavedBy are left out. */
void diff_sites(const struct site *a, const struct site *b, struct changes *);
/* Adds that a field of a node becomes another; a secret is not kept. */
void changes_add_set(struct changes *, const struct node *, const struct field *,
    const char *from, const char *to);
void changes_done(struct changes *);
/* A line a change: "~ SSC/...: ConfirmSeconds 60 -> 120" */
void changes_print(const struct changes *, struct text *);
/*
 * The same for a person, in labels and units:
 * "~ UPS1 (SSC / Power devices): Power failure confirmation time 60 s -> 120 s"
 */
void changes_show(const struct changes *, struct text *);

#endif
