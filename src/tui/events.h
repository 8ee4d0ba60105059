/*
 * events - what happened, the newest first: from the control terminals, or what this
 * console has seen (app/chronicle.h); filtered, looked through, acknowledged.
 */
#ifndef AMC_TUI_EVENTS_H
#define AMC_TUI_EVENTS_H

#include "tui/view.h"

void events_open(struct tui *);
/* Only those of the selected node. */
bool events_can_open_here(struct tui *, struct err *);
void events_open_here(struct tui *);

/* Its own actions; they can be used while it is on top. */
bool events_is_open(struct tui *, struct err *);
bool events_can_log_in(struct tui *, struct err *);
void events_log_in(struct tui *);
void events_reload(struct tui *);

/* events-filter.c: what is shown. */
void events_this_node(struct tui *);	/* of the node under the cursor, and back */
void events_severity(struct tui *);	/* all, warnings, alarms */
void events_waiting(struct tui *);
void events_kind(struct tui *);
void events_period(struct tui *);
void events_unfilter(struct tui *);

/* events-ack.c: the tagged ones, without any that under the cursor; all shown. */
void events_tag(struct tui *);
bool events_can_acknowledge(struct tui *, struct err *);
void events_acknowledge(struct tui *);
void events_acknowledge_all(struct tui *);

/* events-find.c */
void events_find(struct tui *);
bool events_can_find_next(struct tui *, struct err *);
void events_find_next(struct tui *);
void events_find_previous(struct tui *);

#endif
