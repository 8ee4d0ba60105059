/*
 * rest - the text of the site file takes less room while nobody looks at it.
 *
 * It is needed to tell the line of a finding, to save and to compare; a console that
 * watches, or amcd, does nothing of that for days.
 */
#ifndef AMC_APP_REST_H
#define AMC_APP_REST_H

#include "app/app.h"

#define REST_MS 2000		/* after the last look */

/* From now on. Not for who ends soon anyway. */
void rest_start(struct app *);
/* Somebody looks at it now. */
void rest_later(struct app *);
void rest_stop(struct app *);

#endif
