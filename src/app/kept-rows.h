/*
 * kept-rows - what the parts of kept share: the samples and hours that were answered.
 * Nobody else includes it.
 */
#ifndef AMC_APP_KEPT_ROWS_H
#define AMC_APP_KEPT_ROWS_H

#include "app/kept.h"
#include "store/samplelog.h"

/* A sample or an hour. */
struct kept_row {
	int64_t at;
	int span, battery;	/* s that are known, and on battery */
	float min[VALUE_COUNT], mean[VALUE_COUNT], max[VALUE_COUNT];
};

struct kept {
	struct app *app;
	loop_fn *changed;
	void *arg;
	struct archive_query *query;
	unsigned ups;
	int at, failed;		/* which terminal; how many have failed one after another */
	unsigned from_terminal;
	bool months;		/* asked for, instead of rows */
	bool hours, refused;
	int64_t from, to;	/* what is asked for */
	int64_t next, end;	/* the piece that is under way */
	struct kept_row *rows;
	size_t n, cap;
	struct kept_month *list;
	size_t list_n, list_cap;
	char error[400];
};

#endif
