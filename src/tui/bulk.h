/*
 * bulk - one act on all tagged nodes: delete, collect, change a setting. Each is
 * done to all or to none, and is undone as one.
 */
#ifndef AMC_TUI_BULK_H
#define AMC_TUI_BULK_H

#include "tui/view.h"

/* Of the tagged ones, or the selected one as edit.h does it. */
bool bulk_can_delete(struct tui *, struct err *);
void bulk_delete(struct tui *);
bool bulk_can_collect(struct tui *, struct err *);
void bulk_collect(struct tui *);

/* bulk-edit.c: a kind, a setting, a value; then what changes, to be confirmed. */
bool bulk_can_change(struct tui *, struct err *);
void bulk_change(struct tui *);

/* bulk-collect.c: asks the cards of these UPSs; ids is the view's from here on. */
void bulk_collect_open(struct tui *, unsigned *ids, size_t n);

#endif
