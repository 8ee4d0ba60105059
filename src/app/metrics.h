/*
 * metrics - what is known of the site, as OpenMetrics 1.0 text for Prometheus.
 *
 * From memory: nothing is asked for it, so a dead card costs the page nothing.
 * A figure that is not known, or old, is left out and not made up.
 */
#ifndef AMC_APP_METRICS_H
#define AMC_APP_METRICS_H

#include "app/app.h"
#include "base/text.h"

#define METRICS_TYPE "application/openmetrics-text; version=1.0.0; charset=utf-8"

/* What amcd knows besides. */
struct metrics_more {
	long events_waiting;	/* that nobody has acknowledged; -1: not known */
	bool trouble;		/* events and samples cannot be kept */
	const struct beacons *beacons;	/* NULL: none */
	const struct notifier *notifier;	/* NULL: none */
};
void metrics_print(struct app *, const struct metrics_more *, struct text *);

#endif
