/*
 * cards - the settings of many cards beside the site's: read, compared, written.
 *
 * What the site has is what is asked of a card. Reading tells how each card has
 * it and what it would make of it; writing sends what differs, and reads it back
 * until it shows. Some cards are spoken to at the same time, the others wait for
 * their turn; each succeeds or fails alone.
 */
#ifndef AMC_APP_CARDS_H
#define AMC_APP_CARDS_H

#include "app/app.h"
#include "model/outcome.h"
#include "model/reading.h"

enum cards_phase {
	CARD_WAITS, CARD_READING, CARD_READ,	/* beside the site's settings */
	CARD_TO_WRITE, CARD_WRITING, CARD_WRITTEN,
	CARD_FAILED,		/* why, in error: nothing is known of it, or was written */
};

struct cards_one {
	unsigned id;
	enum cards_phase phase;
	struct outcome *list;	/* what its profile has, in its order */
	size_t n;
	struct reading ident;	/* model, serial, firmware */
	char profile[40];
	struct err error;
};

struct cards;

/*
 * Reads all of them. changed is called from the loop whenever something is known
 * that was not. ids are copied.
 */
struct cards *cards_new(struct app *, const unsigned *ids, size_t n, loop_fn *changed,
    void *arg);
void cards_free(struct cards *);	/* takes NULL */

struct app *cards_app(const struct cards *);
size_t cards_count(const struct cards *);
const struct cards_one *cards_at(const struct cards *, size_t);
/* Is any of them read or written, or waits for it? */
bool cards_busy(const struct cards *);
/* How many settings a card has otherwise: unwritten, or written and kept otherwise. */
size_t cards_differences(const struct cards_one *);

/* What was read beside what the site has now: after an edit. */
void cards_compare(struct cards *);
/*
 * Writes what differs on card i. False and words when it was not read, or the
 * site was opened read-only. Nothing is sent to a card that has no difference.
 */
bool cards_write(struct cards *, size_t i, struct err *);

/*
 * cards-take.c: the settings that are kept in the UPS, of one power device to others of the
 * site, as one act; all of it, or nothing and words.
 */
bool cards_like(struct app *, unsigned pattern, const unsigned *ids, size_t n,
    struct err *);

/* What the cards keep otherwise, that a site can hold: how many such settings. */
size_t cards_offered(const struct cards *);
/* Into the site, as one act: how many; -1 and words when one is refused: then none. */
int cards_take(struct cards *, struct err *);

#endif
