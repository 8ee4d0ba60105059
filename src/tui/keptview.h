/*
 * keptview - the statistics of a UPS that the control terminals keep: curves of a day, a
 * week, a month or a year, now or back in time; and the report of its months.
 */
#ifndef AMC_TUI_KEPTVIEW_H
#define AMC_TUI_KEPTVIEW_H

#include "tui/view.h"

/* Of the selected power device, or the one whose live curves are on top. */
bool keptview_can_open(struct tui *, struct err *);
void keptview_open(struct tui *);

/* Its own actions; they can be used while it is on top. */
bool keptview_is_open(struct tui *, struct err *);
void keptview_day(struct tui *);
void keptview_week(struct tui *);
void keptview_month(struct tui *);
void keptview_year(struct tui *);
void keptview_all(struct tui *);	/* four readings together */
void keptview_bars(struct tui *);
void keptview_report(struct tui *);	/* the months, and back */
void keptview_terminal(struct tui *);	/* as the next one keeps it */
void keptview_reload(struct tui *);
void keptview_log_in(struct tui *);
void keptview_export(struct tui *);

#endif
