/*
 * outcome - what became of a setting that a card was to have. Pure.
 *
 * A card may take a value and keep another: those between two that it can have
 * snap up or down (PowerNet-MIB, upsAdvConfig...), and what was written reads as
 * before for some seconds. So a write is not done when the card says so, but
 * when it is seen what it keeps; each setting has its own outcome, in words.
 */
#ifndef AMC_MODEL_OUTCOME_H
#define AMC_MODEL_OUTCOME_H

#include "model/field.h"

enum outcome_kind {
	OUTCOME_ALIKE,		/* the card has it so already; nothing is sent */
	OUTCOME_DIFFERS,	/* it has not; nothing was sent yet */
	OUTCOME_WRITTEN,	/* sent and taken, not read back yet */
	OUTCOME_KEPT,		/* reads back as asked */
	OUTCOME_SNAPPED,	/* reads back as what the card's rule makes of it */
	OUTCOME_OTHER,		/* reads back as something that no rule explains */
	OUTCOME_STAYED,		/* taken, but it still reads back as before */
	OUTCOME_REFUSED,	/* the card said no: why */
	OUTCOME_UNSUPPORTED,	/* the card has no such setting: why */
	OUTCOME_UNKNOWN,	/* no answer to it, or to the reading back: why */
};

struct outcome {
	const struct field *field;	/* of ups_fields */
	enum outcome_kind kind;
	char asked[64];		/* as in the file, like all of these */
	char before[64];	/* what the card had; "" when it has no such setting */
	char kept[64];		/* what it was seen to keep last; "" when it was not seen */
	char expected[64];	/* what it will make of it by its rule; asked, if none is known */
	char allowed[128];	/* "20,180,300,600": what it takes; "" when it does not say */
	int snap;		/* of others it makes the next higher (1) or lower (-1); 0: not known */
	int step;		/* it counts by this, if that is more than 1: minutes */
	char why[400];		/* the card's reason, in words, or "" */
};

/*
 * What the card will make of what is asked, into expected, from allowed, snap and
 * step: with snap 1 the next higher number or the highest, with -1 the next lower
 * or the lowest; else the nearest step. An empty or odd list leaves it as asked.
 */
void outcome_expect(struct outcome *);
/* What reading it back says, `seconds` after it was written. */
void outcome_judge(struct outcome *, const char *read, int seconds);
/* Has it been written, and may it still come out otherwise? */
bool outcome_waits(const struct outcome *);

/* Is the card now as it was to be? */
bool outcome_is_good(enum outcome_kind);
/* Does it keep another value than was asked, one that a site could take over? */
bool outcome_offers(const struct outcome *);
/* "kept", "snapped": as JSON has it. */
const char *outcome_word(enum outcome_kind);
/* From the first word of a text. */
bool outcome_from_word(const char *text, enum outcome_kind *);
/* "as asked", "refused": N_(), where there is no room for all the words. */
const char *outcome_label(enum outcome_kind);
/* A value as people read it: "108 V", "Low". */
void outcome_value(const struct field *, const char *text, char *buf, size_t size);
/* "109 V was asked, the card keeps 110 V: next higher legal value" */
void outcome_words(const struct outcome *, char *buf, size_t size);

#endif
