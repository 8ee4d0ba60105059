/*
 * status - the live state of the site as one JSON document, amc.status.v1.
 */
#ifndef AMC_APP_STATUS_H
#define AMC_APP_STATUS_H

#include "app/watch.h"
#include "base/json.h"

/*
 * Yours to free; len: its bytes. by_address: the site was made of addresses, which
 * stand in the descriptions and are the names of its UPSs. more: an object whose
 * members an amcd adds of itself; NULL: none.
 */
char *status_print(const struct app *, bool by_address, const struct json *more,
    size_t *len);

/* "time": now, in UTC. */
void status_put_time(struct json *);

/* "control", "linked": what a terminal is in its container. */
const char *terminal_role(const struct terminal *);

#endif
