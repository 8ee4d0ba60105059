/*
 * pack - bytes that are seldom looked at, kept small (zlib's deflate).
 *
 * The text of a settings file shrinks to a fifth and less. Packing takes some 5 ms
 * a megabyte, unpacking 3.
 */
#ifndef AMC_BASE_PACK_H
#define AMC_BASE_PACK_H

#include <stddef.h>

/* { 0 } holds nothing. */
struct pack {
	unsigned char *packed;
	size_t packed_len;
	size_t len;		/* of the bytes themselves */
};

/* Takes a copy of the bytes, in place of what it held. */
void pack_put(struct pack *, const char *bytes, size_t len);
/* The bytes with a NUL behind them, yours to free; it holds nothing then. */
char *pack_take(struct pack *);
void pack_done(struct pack *);

#endif
