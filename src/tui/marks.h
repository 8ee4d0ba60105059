/*
 * marks - the rows of the tree that a rule finds something at, by position.
 *
 * Made anew only when the findings or the rows are others; then a look at a row,
 * or at all that is folded into one, is a search among the marked ones.
 */
#ifndef AMC_TUI_MARKS_H
#define AMC_TUI_MARKS_H

#include "model/rules.h"
#include "tui/rows.h"

#include <stdbool.h>

/* { 0 } is an empty one. */
struct marks {
	int *at[SEVERITY_NOTE];		/* by severity: the marked rows, ascending */
	size_t n[SEVERITY_NOTE], cap[SEVERITY_NOTE];
	unsigned long rows, findings;	/* of which changes they were made */
};

void marks_done(struct marks *);
/* findings_no: app_findings_no() of the findings. */
void marks_update(struct marks *, const struct rows *, const struct findings *,
    unsigned long findings_no);
/*
 * The worst that is said of rows from .. end - 1. Notes count as nothing: false and
 * *worst as it was.
 */
bool marks_worst(const struct marks *, int from, int end, enum severity *worst);

#endif
