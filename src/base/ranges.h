/* ranges - is a character one of a table's? */
#ifndef AMC_BASE_RANGES_H
#define AMC_BASE_RANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Both ends are in it. */
struct range {
	uint32_t from, to;
};

/* The n ranges stand in their order, and none overlaps another. */
bool ranges_have(const struct range *, size_t n, uint32_t cp);

#endif
