/*
 * rehearsing - what the parts of rehearse share: the outage, and what would become of its
 * orders; nobody else includes it.
 */
#ifndef AMC_TUI_REHEARSING_H
#define AMC_TUI_REHEARSING_H

#include "app/rehearsal.h"
#include "tui/rehearse.h"

/* The view is open once there is a rehearsal. */
struct rehearsing {
	struct view view;
	struct outage outage;
	struct transfer *transfer;
	char *password;			/* of its operator, until the view is closed */
	struct rehearsal *rehearsal;
	int at, top;
};

/* The row under the cursor; NULL: there is none. */
const struct rehearsal_row *rehearsing_row(const struct rehearsing *);

/* rehearse-words.c: "Rehearsal: 2 of 6 power devices fail", */
void rehearsing_title(const struct rehearsing *, struct text *);
/* "12 orders · would obey: 10 · doubtful: 2", and how bad the worst of them is, */
enum role rehearsing_totals(const struct rehearsing *, struct text *);
/* whom it is asked over, or why not, */
const char *rehearsing_note(const struct rehearsing *, struct text *);
/* "30-98", and one column for how it would end. */
void rehearsing_seconds(const struct rehearsal_row *, char *buf, size_t size);
const char *rehearsing_mark(enum rehearsal_end, enum role *);
/* "SRV1, shutdown ordered 30-98 s: would obey. /sbin/poweroff" */
void rehearsing_words(const struct rehearsing *, const struct rehearsal_row *, struct text *);
void rehearsing_linear(struct view *, struct linear *);
/* rehearse-draw.c */
void rehearsing_draw(struct view *);
int rehearsing_list_rows(void);

#endif
