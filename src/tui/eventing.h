/*
 * eventing - what the parts of the events view share; nobody else includes it.
 */
#ifndef AMC_TUI_EVENTING_H
#define AMC_TUI_EVENTING_H

#include "app/chronicle.h"
#include "base/text.h"
#include "tui/events.h"

enum period { PERIOD_ALL, PERIOD_HOUR, PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIOD_TYPED };

struct events {
	struct view view;
	struct chronicle *chronicle;
	struct chronicle_filter filter;
	enum period period;
	char typed[100];	/* the period that was typed */
	struct sight_key here;	/* what the cursor is on */
	int at, top;
	struct sight_key *tags, *acked;	/* acked: on their way to be asked about */
	size_t tags_n, acked_n;
	char *find;		/* what was looked for last, or NULL */
	int told, more;		/* linear mode: how many are told; those before a key was asked for */
};

/* On top now, else NULL. */
struct events *events_on_top(struct tui *);
/* The cursor to the i-th, as far as there is one. */
void events_go(struct events *, int at);
/* All anew, by the filter. */
void events_load(struct events *);
bool events_is_tagged(const struct events *, size_t i);

/* events-filter.c: " · UPS1 · last day", "" without one. */
void events_filter_words(const struct events *, struct text *);

/* events-words.c */
int events_list_rows(void);
void events_draw(struct view *);
/* "2026-11-26 14:03:12" */
const char *events_time(int64_t at, char *buf, size_t size);
/* By whom, and when; "" when it needs nobody to. */
void events_seen_words(const struct happening *, bool when, struct text *);
/* The same behind other words: " · seen by sato ...", " · not acknowledged". */
void events_add_seen(const struct happening *, struct text *);
/* All of one, many lines. */
void events_all_words(const struct events *, const struct happening *, struct text *);
/* Who is asked, and what is wrong there; its role. */
enum role events_source_words(const struct events *, struct text *);

/* events-linear.c */
void events_linear(struct view *, struct linear *);

#endif
