/*
 * planner - what an outage of the open site does, with what its batteries hold
 * now.
 */
#ifndef AMC_APP_PLANNER_H
#define AMC_APP_PLANNER_H

#include "app/app.h"
#include "model/plan.h"

/*
 * The plan (yours to free) with the run time of every UPS that is being watched
 * (watch_start()) and answers; of the others it is not known.
 */
struct plan *planner_plan(const struct app *, const struct outage *);

#endif
