/* embed - the files that are built into the programs; see embed.h */
#include "base/embed.h"
#include "base/i18n.h"
#include "base/xml-tree.h"

#include <string.h>

const struct embed *embed_find(const char *name)
{
	const struct embed *f;

	for (f = embed_files; f->name; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

struct xml *embed_xml(const char *name, struct err *e)
{
	const struct embed *f = embed_find(name);

	if (f)
		return xml_of_tree(name, f->bytes);
	err_set(e, _("%s is not built in"), name);
	return NULL;
}
