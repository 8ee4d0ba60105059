/*
 * local - a UNIX socket that tells whoever may open it one text: how the program is.
 *
 * Who connects gets the text and then the end; nothing is read of him. The socket is
 * for its owner and root alone. A path may be longer than such addresses can be.
 */
#ifndef AMC_BASE_LOCAL_H
#define AMC_BASE_LOCAL_H

#include "base/err.h"
#include "base/loop.h"

#include <stddef.h>

#define LOCAL_MOST 65536	/* bytes of a text */

struct local;
typedef char *local_text(void *arg);	/* to be freed; what is behind LOCAL_MOST is cut off */

/*
 * NULL and words: it cannot be made, or another program tells there already
 * (ERR_REFUSED). What a dead one left behind is replaced.
 */
struct local *local_new(struct loop *, const char *path, local_text *, void *arg, struct err *);
/* Removes the socket. Takes NULL. */
void local_free(struct local *);

/* What is told there, yours to free; waits at most ms. NULL and words: nobody is there. */
char *local_ask(const char *path, int ms, size_t *len, struct err *);

#endif
