/*
 * kept - what a control terminal keeps of a UPS: its readings over a stretch of time, for
 * curves and figures, and the report of its months.
 *
 * The first control terminal that answers is asked (archive.h), another when it fails.
 * Up to a day comes as it was sampled, longer as the least, the mean and the most of each
 * hour, a month at a time; the last two hours, which are not summed up yet, as samples.
 * What was not told is not known. A year of hours takes 1 MB.
 */
#ifndef AMC_APP_KEPT_H
#define AMC_APP_KEPT_H

#include "app/samples.h"

struct kept;

/* changed is called, from the loop, when something came. */
struct kept *kept_new(struct app *, loop_fn *changed, void *arg);
void kept_free(struct kept *);	/* takes NULL */

/* The readings that are kept, from 0: its name, label, unit; NULL behind the last. */
const struct reading_attr *kept_attr(int value);

/* Times are ms since 1970, UTC. What was asked for before is forgotten. */
void kept_ask(struct kept *, unsigned ups, int64_t from, int64_t to);
/* Instead: the months. */
void kept_ask_months(struct kept *, unsigned ups);
/* From here on from the next of the control terminals; to be asked anew. */
void kept_next_terminal(struct kept *);

bool kept_busy(const struct kept *);
/* Of whom it is; 0: nobody. */
unsigned kept_terminal(const struct kept *);
/* Why there is nothing, or not all of it; "" when all is well. */
const char *kept_error(const struct kept *);

/* Fills n bins that divide from..to evenly, as samples_bins() does. */
void kept_bins(const struct kept *, int value, int64_t from, int64_t to, int n, struct bin *);
/* Over all of it; now is the last one. NAN where nothing is known. */
void kept_figures(const struct kept *, int value, struct figures *);
/* For how many seconds something is known, and it was on battery. */
void kept_seconds(const struct kept *, int64_t *known, int64_t *on_battery);
/* The same as a file of that name, which must not be there yet. */
bool kept_export(const struct kept *, const char *path, struct err *);

struct kept_month {
	char month[8];		/* "2026-11", UTC */
	int outages;
	int64_t known, on_battery;	/* s */
	double kilowatt_hours;	/* NAN: not told, here and below */
	double lowest, highest;	/* input voltage while there were mains */
	double load, temperature;	/* the most */
};
/* The oldest first; borrowed until something is asked. */
const struct kept_month *kept_months(const struct kept *, size_t *n);

#endif
