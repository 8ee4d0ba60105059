/*
 * tagging - picking out nodes, for what is done to many at once.
 *
 * What works on several nodes works on the tagged ones; without any, on the one
 * that is selected.
 */
#ifndef AMC_TUI_TAGGING_H
#define AMC_TUI_TAGGING_H

#include "tui/view.h"

/* The selected one, or not any more; and one row down. */
void tagging_here(struct tui *);
/* From the last one that was tagged to the selected one, as the pane shows them. */
bool tagging_can_range(struct tui *, struct err *);
void tagging_range(struct tui *);
/* How many there are, on the alarm line. */
void tagging_tell(struct tui *);
/* The selected one and all below it; not any more, if they all are. */
void tagging_subtree(struct tui *);
bool tagging_can_clear(struct tui *, struct err *);
void tagging_clear(struct tui *);

/*
 * The nodes that are meant, in tree order; whole: without those that are below
 * another of them. n of them, yours to free.
 */
unsigned *tagging_meant(const struct tui *, bool whole, size_t *n);

#endif
