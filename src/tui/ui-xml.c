/* One file of ui/ and what its elements say; a part of ui */
#include "tui/ui.h"

#include "base/embed.h"
#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <stdlib.h>

struct xml *ui_file(const char *dir, const char *name, struct err *e)
{
	char *path = file_join(dir ? dir : "ui", name);
	struct xml *doc = NULL;

	if (dir) {
		size_t len;
		char *bytes = file_read(path, 1 << 20, &len, e);

		if (bytes)
			doc = xml_parse(path, bytes, len, e);
		free(bytes);
	} else {
		doc = embed_xml(path, e);
	}
	free(path);
	return doc;
}

const char *ui_attr(const struct xml *doc, const struct xml_node *n,
    const char *name, struct err *e)
{
	const char *s = xml_attr(n, name);

	if (!s)
		xml_err(doc, n, e, _("<%s> needs an attribute \"%s\""), xml_tag(n), name);
	return s;
}

bool ui_number(const struct xml *doc, const struct xml_node *n, const char *name,
    int initial, int *to, struct err *e)
{
	const char *s = xml_attr(n, name);
	char *end;
	long v;

	*to = initial;
	if (!s)
		return true;
	errno = 0;
	v = strtol(s, &end, 10);
	if (errno || end == s || *end || v < 0 || v > 1000)
		return xml_err(doc, n, e, _("%s=\"%s\" is not a number from 0 to 1000"), name, s);
	*to = (int)v;
	return true;
}

bool ui_unknown(const struct xml *doc, const struct xml_node *n, struct err *e)
{
	return xml_err(doc, n, e, _("<%s> is not known here"), xml_tag(n));
}

const struct action *ui_action(const struct xml *doc,
    const struct xml_node *n, struct err *e)
{
	const char *name = ui_attr(doc, n, "action", e);
	const struct action *a = name ? action_find(name) : NULL;

	if (name && !a)
		xml_err(doc, n, e, _("there is no action \"%s\""), name);
	return a;
}
