/*
 * times - the seconds that the manual's formulas give for everything that no
 * setting tells.
 */
#ifndef AMC_MODEL_TIMES_H
#define AMC_MODEL_TIMES_H

enum {
	POLL_SECONDS = 8,	/* R29: between two looks at a UPS, at most */
	ORDER_SECONDS = 60,	/* R31: inside the terminals, to order the OS shutdown */
	OFF_SECONDS = 2,	/* R32: to tell one UPS to switch off, at most */
	ONLINE_SECONDS = 120,	/* R33: what a UPS on line adds to its delays */
};

#endif
