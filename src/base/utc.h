/*
 * utc - points in time as text, in UTC, the way files and JSON have them.
 *
 * Milliseconds since 1970. "2026-11-21T03:42:00Z", with ".123" before the Z
 * where milliseconds are asked for or given.
 */
#ifndef AMC_BASE_UTC_H
#define AMC_BASE_UTC_H

#include <stdbool.h>
#include <stdint.h>

#define UTC_SIZE 40

/* Now. */
int64_t utc_now(void);
void utc_print(int64_t ms, char out[UTC_SIZE]);
void utc_print_ms(int64_t ms, char out[UTC_SIZE]);

/*
 * Also a date alone, which is its beginning, and "-90s", "-15m", "-2h", "-7d":
 * so long before now. False when it is none of these.
 */
bool utc_parse(const char *, int64_t now, int64_t *ms);

#endif
