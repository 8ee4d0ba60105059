/*
 * filter - which nodes an operator wants to see: a line of words.
 *
 *   state:battery   its state, or a flag of its card, has this in its name
 *   kind:ups        group, ups or terminal
 *   problem         it needs a look, or a rule finds an error or a warning
 *   alarm           it is in alarm (watch_severity() 2 or more)
 *   anything else   stands in its name, address or description (base/fold.h)
 *
 * All words must hold; of several state: or kind: words, one of them.
 */
#ifndef AMC_APP_FILTER_H
#define AMC_APP_FILTER_H

#include "app/app.h"

struct filter;

/* NULL and words when a state or kind is none; NULL without words for no words. */
struct filter *filter_new(const char *text, struct err *);
void filter_free(struct filter *);	/* takes NULL */
/* Does what it takes change with live states? */
bool filter_is_live(const struct filter *);
bool filter_takes(struct filter *, struct app *, const struct node *);

/* Does the text stand in its name, address or description? */
bool filter_found_in(const struct node *, const char *text);

#endif
