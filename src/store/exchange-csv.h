/*
 * exchange-csv - what writing and reading a site as a table share: a row a node, a
 * column a key. Nobody else includes it.
 *
 * Spreadsheets take a cell that begins with one of = + - @ for a formula, which
 * may run a program. Such a cell gets an apostrophe in front, which reading
 * takes away again; so does one that begins with an apostrophe itself.
 */
#ifndef AMC_STORE_EXCHANGE_CSV_H
#define AMC_STORE_EXCHANGE_CSV_H

#include "store/exchanging.h"

/* The columns before the keys. */
enum { COL_ID, COL_KIND, COL_NAME, COL_PARENT, COL_KEYS };
extern const char *const csv_columns[COL_KEYS];

/* A cell that takes a value back to its initial one. */
#define NO_VALUE "(none)"

/* The keys of all kinds, each once, in the order of the tables. */
struct csv_keys {
	const char *keys[128];
	size_t n;
};
void csv_keys(struct csv_keys *, bool secrets);

/* Would somebody take it for more than text? The full-width signs count, too. */
bool csv_is_risky(const char *);

#endif
