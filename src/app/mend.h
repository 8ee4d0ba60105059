/*
 * mend - the change that a finding offers, as one edit: a setting, a move, or a
 * move into a group that is made for it.
 */
#ifndef AMC_APP_MEND_H
#define AMC_APP_MEND_H

#include "app/app.h"
#include "base/text.h"

/* Is one known? */
bool finding_is_mendable(const struct finding *);
/* "UPS1 GraceSeconds=300", "UPS3 moves to Disks/@devices"; nothing when none is known. */
void mend_words(const struct site *, const struct finding *, struct text *);
/* The same for a person: "UPS1: Power-off grace time 300 s". */
void mend_show(const struct site *, const struct finding *, struct text *);
/* Where it would be moved to, as a path, yours to free; NULL: it is no move. */
char *mend_place(const struct site *, const struct finding *);
/*
 * Makes it, undone as one. A new group takes what must be the same in all groups
 * and the policy of the one around it.
 */
bool app_mend(struct app *, const struct finding *, struct err *);

#endif
