/*
 * access - who may do what with a card, as its access table says.
 *
 * A Network Management Card has four kinds of access for each community and
 * user: to read; to write as long as nobody is logged in at its web page; to
 * write always ("write+"); and none.
 */
#ifndef AMC_SIM_ACCESS_H
#define AMC_SIM_ACCESS_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

enum access { ACCESS_DISABLED, ACCESS_READ, ACCESS_WRITE, ACCESS_WRITE_ALWAYS };

/* "disabled", "read", "write" or "write+". */
bool access_parse(enum access *, const char *word, struct err *);

/* May one with this access write while somebody, or nobody, is logged in? */
bool access_may_write(enum access, bool logged_in);

/* The communities of a card; { 0 } has none. */
struct communities {
	struct community { char *name; size_t len; enum access access; } *all;
	size_t n, cap;
};

/* Given anew, it replaces what was. */
void communities_put(struct communities *, const char *name, enum access);
/* ACCESS_DISABLED when it is not known. */
enum access communities_access(const struct communities *, const void *name, size_t len);
void communities_done(struct communities *);

/*
 * The NMS IPs of a card: whom it answers. { 0 } is everybody. Addresses are in network
 * order.
 */
struct stations { uint32_t *all; size_t n, cap; };
/* "all", or "ADDRESS,ADDRESS" instead of what was; false and words leave it. */
bool stations_read(struct stations *, const char *text, struct err *);
bool stations_have(const struct stations *, uint32_t address);
void stations_done(struct stations *);

/* "NAME=ACCESS", or "NAME ACCESS": the name into a buffer of 64 bytes. */
bool access_parse_pair(const char *text, char name[64], enum access *, struct err *);

#endif
