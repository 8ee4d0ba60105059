/*
 * statistics - the curves of a UPS: voltage, load, charge and run time over the
 * last minutes, hour, day or week, one large or all four.
 */
#ifndef AMC_TUI_STATISTICS_H
#define AMC_TUI_STATISTICS_H

#include "tui/view.h"

bool statistics_can_open(struct tui *, struct err *);
void statistics_open(struct tui *);

/* The power device that is looked at, or selected; 0: none. */
unsigned statistics_ups(struct tui *);
/* The next one in tree order, or the one before; itself at the end. */
unsigned statistics_other_ups(struct tui *, unsigned ups, bool next);

/* Its own actions; they can be used while it is on top. */
bool statistics_is_open(struct tui *, struct err *);
void statistics_minutes(struct tui *);
void statistics_hour(struct tui *);
void statistics_day(struct tui *);
void statistics_week(struct tui *);
void statistics_voltage(struct tui *);
void statistics_load(struct tui *);
void statistics_charge(struct tui *);
void statistics_runtime(struct tui *);
void statistics_all(struct tui *);
/* Bars instead of curves, and back. */
void statistics_bars(struct tui *);
/* The samples of the span into a file. */
void statistics_export(struct tui *);

/* A line of cells of the last minutes' input voltage, yours to free. */
char *statistics_spark(const struct app *, unsigned ups, int cells);

#endif
