/*
 * ranges - which IPv4 addresses are meant: "172.16.1.0/24", "172.16.1.100-120",
 * "172.16.1.100-172.16.2.20", "172.16.1.5", and several of them, parted by commas
 * or blanks. Pure.
 *
 * Of a network its first and last address are left out, as they are nobody's; a
 * range has both its ends. What no card can have (0.x, multicast, broadcast) is
 * refused. An address that is named twice is there once.
 */
#ifndef AMC_MODEL_RANGES_H
#define AMC_MODEL_RANGES_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

#define RANGES_MOST 65536	/* addresses; a /16 */

struct ranges {
	struct ranges_part {
		uint32_t from, to;	/* in host order, both included */
	} *list;			/* ascending, apart from each other */
	size_t n;
	size_t count;			/* of addresses */
};

/* False and words that tell what is allowed; ranges_done() is not needed then. */
bool ranges_read(struct ranges *, const char *, struct err *);
void ranges_done(struct ranges *);
/* The i-th address, from 0; i is below count. */
uint32_t ranges_at(const struct ranges *, size_t i);

#endif
