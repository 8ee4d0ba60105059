/* embed - the files that are built into the programs; see embed.h */
#include "base/embed.h"

#include <string.h>

const struct embed *embed_find(const char *name)
{
	const struct embed *f;

	for (f = embed_files; f->name; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}
