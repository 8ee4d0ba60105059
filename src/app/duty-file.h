/* duty-file - an order as it is kept over a restart; for duty alone */
#ifndef AMC_APP_DUTY_FILE_H
#define AMC_APP_DUTY_FILE_H

#include "app/duty.h"

#include <stdint.h>

enum { BOOT_ID = 64 };

struct duty_kept {
	struct duty_order order;
	char boot[BOOT_ID];	/* of the machine, when it was taken */
	int64_t at;		/* ms UTC: when */
	int64_t due;		/* loop_now() of that boot: when it begins */
	int64_t begun;		/* the same: when it did; 0: not yet */
};

/* Of the boot that we are in. False and words: not known, and nothing can be kept. */
bool duty_boot(const char *root, char id[BOOT_ID], struct err *);

bool duty_write(const char *path, const struct duty_kept *, struct err *);
/* False without words: there is none; with words: one that is not whole, or not ours. */
bool duty_read(const char *path, struct duty_kept *, struct err *);
/* It is gone for good. False and words when that cannot be said for certain. */
bool duty_remove(const char *path, struct err *);

#endif
