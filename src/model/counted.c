#include "model/counted.h"
#include "base/i18n.h"

#include <stdio.h>

const char *counted_nodes(enum kind k, size_t n, char buf[COUNTED_MAX])
{
	if (k == KIND_GROUP)
		snprintf(buf, COUNTED_MAX, ngettext("%zu group", "%zu groups", n), n);
	else if (k == KIND_UPS)
		snprintf(buf, COUNTED_MAX, ngettext("%zu power device", "%zu power devices", n), n);
	else
		snprintf(buf, COUNTED_MAX, ngettext("%zu terminal", "%zu terminals", n), n);
	return buf;
}

const char *counted_severity(enum severity s, size_t n, char buf[COUNTED_MAX])
{
	if (s == SEVERITY_ERROR)
		snprintf(buf, COUNTED_MAX, ngettext("%zu error", "%zu errors", n), n);
	else if (s == SEVERITY_WARNING)
		snprintf(buf, COUNTED_MAX, ngettext("%zu warning", "%zu warnings", n), n);
	else
		snprintf(buf, COUNTED_MAX, ngettext("%zu note", "%zu notes", n), n);
	return buf;
}

const char *counted_findings(const struct findings *l, char buf[3 * COUNTED_MAX])
{
	char errors[COUNTED_MAX], warnings[COUNTED_MAX], notes[COUNTED_MAX];

	snprintf(buf, 3 * COUNTED_MAX, _("%s, %s, %s"),
	    counted_severity(SEVERITY_ERROR, l->count[SEVERITY_ERROR], errors),
	    counted_severity(SEVERITY_WARNING, l->count[SEVERITY_WARNING], warnings),
	    counted_severity(SEVERITY_NOTE, l->count[SEVERITY_NOTE], notes));
	return buf;
}
