/*
 * exchange-nut - what writing and reading NUT's ups.conf share: its words for the
 * settings of a UPS (ups.conf(5), snmp-ups(8) of NUT 2.8). Nobody else includes it.
 */
#ifndef AMC_STORE_EXCHANGE_NUT_H
#define AMC_STORE_EXCHANGE_NUT_H

#include "store/exchanging.h"

#define NUT_DRIVER "snmp-ups"

/* What NUT calls the values of our choices; NULL: it has none. */
struct nut_word { const char *ours, *nut; };

/*
 * The arguments of the driver that are settings of ours. `without`: what NUT
 * takes when one is not there, where that is not what a new UPS of ours has.
 */
struct nut_argument {
	const char *nut, *key;
	const struct nut_word *words;	/* up to one that is all NULL; or NULL */
	const char *without;
	bool v3;
};

enum { NUT_ARGUMENTS = 9 };
/* The first is the version. */
extern const struct nut_argument nut_arguments[];

#endif
