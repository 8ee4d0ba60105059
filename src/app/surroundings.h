/*
 * surroundings - what amcd finds on its machine that the rules ask for: from which
 * address it speaks to the cards (R23), other software that acts on UPSs (R53), and
 * whether the hypervisor starts and stops its machines by itself (R65).
 *
 * Looked for anew every minute, a little at a time. What cannot be found out is not
 * known, and the rules then say nothing.
 */
#ifndef AMC_APP_SURROUNDINGS_H
#define AMC_APP_SURROUNDINGS_H

#include "app/app.h"

struct surroundings;

/* name: which terminal of the site we are, copied. root: "", or what stands for "/". */
struct surroundings *surroundings_new(struct app *, const char *name, const char *root);
void surroundings_free(struct surroundings *);	/* takes NULL */

/*
 * Numeric; NULL: not known. When there are cards to which another address than the
 * site's is used, that one.
 */
const char *surroundings_speaks_from(const struct surroundings *);
/* "apcupsd, NUT upsmon"; "": none; NULL: not known. Valid until the next minute. */
const char *surroundings_other_software(const struct surroundings *);
enum known surroundings_hypervisor(const struct surroundings *);

#endif
