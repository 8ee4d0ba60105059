/*
 * collect - a card's settings into the form: SNMP設定情報の採取.
 */
#ifndef AMC_APP_COLLECT_H
#define AMC_APP_COLLECT_H

#include "app/app.h"
#include "model/reading.h"

struct collected {
	const struct field *field;	/* of ups_fields, one with FIELD_IN_CARD */
	char value[64];			/* "" when the card does not support it */
	char allowed[128];		/* "20,180,300,600", "" when it does not say */
	int snap, step;			/* as in model/outcome.h */
};

struct collect;
typedef void collect_done(const struct collected *, size_t n,
    const struct reading *ident, const char *profile, const struct err *,
    void *arg);

/*
 * How to reach the card stands in ups: the record of the site, or one of a form
 * that is not stored yet. done is called once, from the loop.
 */
struct collect *collect_start(struct app *, const struct ups *, collect_done *,
    void *arg, struct err *);
void collect_cancel(struct collect *);	/* takes NULL */

#endif
