/*
 * embed - the files of ui/ and data/profiles/, built into the programs.
 *
 * The table is made by src/base/embed.sh when the program is built. The files of ui/ are
 * in it as trees, which need not be read any more: the first screen waits for them.
 */
#ifndef AMC_BASE_EMBED_H
#define AMC_BASE_EMBED_H

#include "base/xml.h"

#include <stddef.h>

struct embed {
	const char *name;		/* "ui/main.xml", "profiles/apc.xml" */
	const unsigned char *bytes;	/* a NUL follows that len does not count; of ui/ a tree */
	size_t len;
};

/* All files, ended by one whose name is NULL. */
extern const struct embed embed_files[];

/* NULL if there is none of that name. */
const struct embed *embed_find(const char *name);
/* A file of ui/, to be freed with xml_free(); NULL and words if there is none. */
struct xml *embed_xml(const char *name, struct err *);

#endif
