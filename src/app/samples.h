/*
 * samples - what a UPS told while it was watched, for curves and figures.
 *
 * The last hour is kept as it came; the last day in steps of 5 minutes and the
 * last week in steps of 30 with the least, the most and the mean of each. So a
 * UPS takes 90 kB at most, and some 50 kB as a rule. A sample holds until the
 * next one, but no longer than 20 s; what was not told is not known, and is a
 * gap in whatever is made of it.
 *
 * Times are milliseconds of loop_now(). watch puts the samples in; they begin
 * when watching first begins and outlive a change of what is watched.
 */
#ifndef AMC_APP_SAMPLES_H
#define AMC_APP_SAMPLES_H

#include "app/app.h"
#include "model/reading.h"

#include <time.h>

enum sample_kind {
	SAMPLE_VOLTAGE, SAMPLE_LOAD, SAMPLE_CHARGE, SAMPLE_RUNTIME, SAMPLE_KINDS
};

/* Which attribute of a reading it is: its name, label, unit. */
const struct reading_attr *sample_attr(enum sample_kind);

enum span { SPAN_MINUTES, SPAN_HOUR, SPAN_DAY, SPAN_WEEK, SPAN_COUNT };

int64_t span_ms(enum span);
const char *span_word(enum span);	/* "minutes", "hour" */
const char *span_label(enum span);	/* "last hour", N_() */

/* The samples of one UPS. */
struct samples;

struct samples *samples_new(void);
void samples_free(struct samples *);	/* takes NULL */
/* NULL: there was no answer. `at` never goes back. */
void samples_add(struct samples *, int64_t at, const struct reading *);

/* What is known of a part of the time; known is how many ms of it, 0: a gap. */
struct bin {
	double min, max, mean;
	double known;
};

/*
 * Fills n bins that divide from..to evenly. All of it comes from the same
 * store: the hour's for up to an hour, the day's for up to a day.
 */
void samples_bins(const struct samples *, enum sample_kind, int64_t from, int64_t to,
    int n, struct bin *);

/* NAN where nothing is known. */
struct figures {
	double now, min, max, mean;
};
void samples_figures(const struct samples *, enum sample_kind, enum span, int64_t now,
    struct figures *);

/*
 * The samples of a span as CSV with a line of titles, yours to free. A row has
 * the time in UTC and min, mean and max of each kind, empty where not known;
 * `clock` is what the clock shows at `now`.
 */
char *samples_csv(const struct samples *, enum span, int64_t now, time_t clock);

/* Those of a UPS of the open site; NULL when it never answered. */
const struct samples *app_samples(const struct app *, unsigned ups);
/* samples_csv() as a file of that name, which must not be there yet. */
bool app_export_samples(const struct app *, unsigned ups, enum span, const char *path,
    struct err *);

/*
 * For watch: an answer of the card at that address, or none. What another card
 * told before is forgotten.
 */
void app_sample(struct app *, unsigned ups, const char *address, int port,
    const struct reading *);
/* For app_free(). */
void app_forget_samples(struct app *);

#endif
