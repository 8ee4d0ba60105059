/*
 * siteopen - what the files of sitefile share: what is known of an open site
 * file. Nobody else includes it.
 */
#ifndef AMC_STORE_SITEOPEN_H
#define AMC_STORE_SITEOPEN_H

#include "base/map.h"
#include "store/ini.h"
#include "store/sitefile.h"

#include <sys/stat.h>

struct sitefile {
	char *path;
	struct ini *ini;	/* the tag of a section is the id of its node */
	struct site *site;
	struct map buried;	/* id -> the lines of a node that was removed */
	bool faulty, is_new;
	struct stat seen;	/* of the file as it was read or saved; all 0: of none */
	char *on_disk;		/* its bytes, when ini was made from others; or NULL */
	size_t on_disk_len;
	unsigned edition;	/* of what is on the disk */
	int surpassed;		/* revisions elsewhere up to this one are older than the next */
};

/* The next of sitefile_edition(). */
unsigned siteopen_edition(void);
/* All 0 when there is none. */
struct stat siteopen_stat(const char *path);
/* sitefile-print.c: the keys of a node into its section, the last step before printing. */
bool siteopen_write(struct sitefile *, ini_section, const struct node *,
    struct err *);
char *siteopen_print(struct sitefile *, size_t *len);
/* Each has the other's document; their sites stay. */
void siteopen_swap(struct sitefile *, struct sitefile *);

#endif
