/*
 * relay - orders that an operator gave at this control terminal, passed on to servers
 * (man 7 amc-protocol, /v1/servers/).
 *
 * Each is asked over HTTPS, known by the pin of our site and knowing us by our key, all
 * at once up to RELAY_AT_ONCE, RELAY_MS each, and once: what did not answer may have taken
 * it. Ourselves come last, when the others have ended, but at once when it is called off.
 * Calling off also takes back what is still on its way. What became of an order is kept for
 * the last RELAY_KEPT, in memory.
 */
#ifndef AMC_APP_RELAY_H
#define AMC_APP_RELAY_H

#include "app/serverorder.h"
#include "base/json.h"

enum { RELAY_KEPT = 16, RELAY_AT_ONCE = 64, RELAY_MS = 10000, RELAY_ID = 33 };

struct service;
struct relay;

struct relay *relay_new(struct service *);
void relay_free(struct relay *);	/* takes NULL; what is under way is broken off */

struct relay_order {
	bool cancel, rehearsal;
	char who[132], why[200];
	const char *from;		/* the operator's address; copied */
	int in;				/* s */
	const unsigned *terminals;	/* ids of the site, each once; copied */
	size_t n;
};

/* Its id; NULL and words when as many as are kept are under way. */
const char *relay_start(struct relay *, const struct relay_order *, struct err *);
/* As GET /v1/servers/order has it; NULL: none of that id. */
struct json *relay_json(const struct relay *, const char *id);

#endif
