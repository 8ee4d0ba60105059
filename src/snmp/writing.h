/*
 * writing - settings into a card, and what it keeps of them.
 *
 * Each setting is a SET of its own, so that one which is refused hides none of
 * the others. What was taken is then read back until it shows, for a while: a
 * card hands a setting to its UPS over a slow line, and shows the old value
 * meanwhile.
 */
#ifndef AMC_SNMP_WRITING_H
#define AMC_SNMP_WRITING_H

#include "model/outcome.h"
#include "snmp/card.h"

/* How long what was written may read as before, s. */
#define WRITING_PATIENCE 15

struct writing;

/*
 * Something of the list is known now that was not; the last time with done, and
 * words if the card could not be reached at all: then nothing was written.
 * refused: it takes nothing from whoever asks with this community.
 */
typedef void writing_told(bool done, bool refused, const struct err *, void *arg);

/*
 * Writes what is OUTCOME_DIFFERS in the list; the others stay as they are. Card
 * and list are borrowed until it is done or cancelled; the card is asked nothing
 * else. After the last telling it is gone.
 */
struct writing *writing_start(struct loop *, struct card *, struct outcome *list,
    size_t n, int patience, writing_told *, void *arg, struct err *);
/* What was sent stays sent. Takes NULL. Free the card first: it is still asked. */
void writing_cancel(struct writing *);

#endif
