/*
 * keeping - what the parts of the view of kept statistics (keptview.h) share; nobody
 * else includes it.
 */
#ifndef AMC_TUI_KEEPING_H
#define AMC_TUI_KEEPING_H

#include "app/kept.h"
#include "base/text.h"
#include "tui/keptview.h"

enum kept_period { KEPT_DAY, KEPT_WEEK, KEPT_MONTH, KEPT_YEAR };
enum {
	KEPT_ALL = -1,		/* shown: one of the readings, or the first of these together */
	KEPT_TOGETHER = 4,
};

struct keptview {
	struct view view;
	struct kept *kept;
	unsigned ups;
	enum kept_period period;
	int back;		/* 0: up to now; 1: the whole day (week …) before, and so on */
	int64_t from, to;	/* ms */
	int shown;
	bool bars, report;
	int top;		/* of the months */
};

/* The i-th of those that stand together: as kept_attr() counts. */
int keptview_together(int i);
/* Further back in time by so many periods, or with a negative number towards now. */
void keptview_back(struct keptview *, int by);

/* keptview-draw.c */
void keptview_draw(struct view *);

/* keptview-words.c: whose they are, and of when. */
void keptview_title(const struct keptview *, char *buf, size_t size);
/* Who is asked, why there is nothing, how long it was on battery; its role. */
enum role keptview_words(const struct keptview *, struct text *);

/* keptview-months.c: the report, and how many months the screen has room for. */
void keptview_draw_months(const struct keptview *, int cols);
int keptview_month_rows(void);
/* Further down the months by so many, as far as there are some. */
void keptview_scroll_months(struct keptview *, int by);
void keptview_tell_months(const struct keptview *, struct linear *);

/* keptview-linear.c */
void keptview_linear(struct view *, struct linear *);

#endif
