/*
 * later - the operator's consent for those who are away when a site is sent: which
 * terminals may have it from the others when they come back, and what they may hold
 * then (man 7 amc-protocol, Those who are away).
 *
 * What they may hold is what the file that is sent comes from: each revision of its
 * history. Nobody's other work is ever replaced by it.
 */
#ifndef AMC_APP_LATER_H
#define AMC_APP_LATER_H

#include "app/app.h"

/*
 * The consent as JSON, yours to free, for the terminals of these ids. Besides the
 * history of the open site, tags: what the others held before it was sent.
 */
char *later_text(const struct app *, const unsigned *terminals, size_t n,
    const char *const *tags, size_t n_tags);

#endif
