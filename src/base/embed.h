/*
 * embed - the files of ui/ and data/profiles/, built into the programs.
 *
 * The table is made by src/base/embed.sh when the program is built.
 */
#ifndef AMC_BASE_EMBED_H
#define AMC_BASE_EMBED_H

#include <stddef.h>

struct embed {
	const char *name;		/* "ui/main.xml", "profiles/apc.xml" */
	const unsigned char *bytes;	/* a NUL follows that len does not count */
	size_t len;
};

/* All files, ended by one whose name is NULL. */
extern const struct embed embed_files[];

/* NULL if there is none of that name. */
const struct embed *embed_find(const char *name);

#endif
