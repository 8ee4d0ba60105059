/*
 * samplelog - what the UPSs told, for curves and reports: every sample of the
 * last week, and of each hour of the last year the least, the mean and the most.
 *
 * Times are seconds since 1970, UTC. A UPS is known by its id in the site. A
 * sample stands for the time until the next one (span), and nothing is known
 * of a time without one.
 */
#ifndef AMC_STORE_SAMPLELOG_H
#define AMC_STORE_SAMPLELOG_H

#include "model/reading.h"
#include "store/db.h"

#include <time.h>

#define SAMPLELOG_WEEK (7 * 86400)
#define SAMPLELOG_YEAR (366 * 86400)

enum sample_value {
	VALUE_INPUT_VOLTAGE, VALUE_OUTPUT_VOLTAGE, VALUE_LOAD_PERCENT, VALUE_OUTPUT_WATTS,
	VALUE_CHARGE_PERCENT, VALUE_RUNTIME_SECONDS, VALUE_TEMPERATURE, VALUE_BATTERY_VOLTAGE,
	VALUE_INPUT_FREQUENCY, VALUE_COUNT
};
/* What it is: its name, label, unit. */
const struct reading_attr *sample_value_attr(enum sample_value);

struct sample {
	unsigned ups;
	time_t at;
	int span;		/* s */
	enum ups_state state;
	double value[VALUE_COUNT];	/* to a tenth; NAN: not told */
};
/* Of a reading. */
struct sample sample_of(unsigned ups, time_t at, int span, const struct reading *);

struct samplelog;

/* As eventlog_open(). */
struct samplelog *samplelog_open(const char *path, int64_t max_bytes, struct err *);
void samplelog_close(struct samplelog *);	/* takes NULL */

/*
 * All or none of them; when there is no room the oldest hour goes for it, and
 * words tell when even that does not help. True and words when a damaged one was put
 * aside for it.
 */
bool samplelog_add(struct samplelog *, const struct sample *, size_t n, struct err *);

/*
 * A slice of the upkeep, a few milliseconds at most: sums up an hour that is over,
 * forgets what is older than it is kept. *more: call it again soon.
 */
bool samplelog_tend(struct samplelog *, time_t now, bool *more, struct err *);

/* In the order of time, from..to without to. Stops when it returns false. */
typedef bool samplelog_sample(const struct sample *, void *arg);
bool samplelog_list(struct samplelog *, unsigned ups, time_t from, time_t to,
    samplelog_sample *, void *arg, struct err *);

struct sample_hour {
	unsigned ups;
	time_t at;		/* its beginning */
	int known;		/* s of it that samples stand for */
	int on_battery;		/* s of these on battery */
	double watt_hours;	/* NAN: not told */
	/* input voltage and frequency: while it was not on battery */
	double min[VALUE_COUNT], mean[VALUE_COUNT], max[VALUE_COUNT];
};
/* Hours that are over and summed up: samplelog_tend(). */
typedef bool samplelog_hour(const struct sample_hour *, void *arg);
bool samplelog_hours(struct samplelog *, unsigned ups, time_t from, time_t to,
    samplelog_hour *, void *arg, struct err *);

struct sample_month {
	char month[8];		/* "2026-11", UTC */
	int64_t known, on_battery;	/* s */
	double watt_hours;
	double lowest, highest;	/* input voltage while there were mains */
	double load, temperature;	/* the most */
};
/* Of the hours of the last year, a row a month. */
typedef bool samplelog_month(const struct sample_month *, void *arg);
bool samplelog_months(struct samplelog *, unsigned ups, samplelog_month *, void *arg,
    struct err *);

#endif
