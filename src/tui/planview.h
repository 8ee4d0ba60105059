/*
 * planview - the outage plan: what fails, a time bar for each UPS and server,
 * what the batteries must last, and the rules that fail.
 *
 * It is made anew when the site or a reading changes, and when the operator
 * lets something fail or gives it its mains back; the site is not touched.
 */
#ifndef AMC_TUI_PLANVIEW_H
#define AMC_TUI_PLANVIEW_H

#include "base/text.h"
#include "model/plan.h"
#include "tui/view.h"

struct planview {
	struct view view;
	struct outage outage;
	struct plan *plan;
	/* what the rows show: nodes of the plan, behind them (from plan->n on) its verdicts */
	size_t *rows;
	int n, at, top;
	bool concerned;			/* only nodes that the outage touches */
	unsigned long changes;		/* site_changes() that the plan is of */
	int64_t made;			/* loop_now() */
	struct watch *later;		/* makes it anew when readings come thick and fast */
};

/* On what is selected in the main screen. */
void planview_open(struct tui *);

/* In the view: */
void planview_toggle(struct tui *);	/* the UPS under the cursor */
void planview_all(struct tui *);	/* all fail, or none */
void planview_parallel(struct tui *);	/* orders one after another, or at once */
void planview_concerned(struct tui *);	/* all rows, or those concerned */
/* What fails in the view, while it is on top; else NULL. Borrowed. */
const struct outage *planview_outage(const struct tui *);

/* Between its parts: the screen of planview-draw.c, */
void planview_draw(struct view *);
int planview_list_rows(void);
/* the time bars of planview-bars.c, in which 0 s .. horizon is cols cells, */
int planview_horizon(const struct plan *);
void planview_axis(int y, int x, int cols, int horizon);
void planview_bar(const struct plan_node *, int y, int x, int cols, int horizon);
void planview_legend(int y);
/* the second at which the last thing happens to a node, or -1, */
int planview_end(const struct plan_node *);
/* its words (planview-words.c), */
void planview_title(const struct planview *, struct text *);
void planview_summary(const struct planview *, struct text *);
/* what stands in the place of a bar; NULL: it has one, */
const char *planview_fate(const struct plan_node *);
/* its steps and why: "confirmed 30-38 s · ...", */
void planview_words(const struct planview *, const struct plan_node *, struct text *);
void planview_linear(struct view *, struct linear *);
/* The node of a row, or NULL when it shows a verdict. */
const struct plan_node *planview_node(const struct planview *, int row);
const struct finding *planview_verdict(const struct planview *, int row);

#endif
