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

const char *counted_findings(const struct findings *l, char buf[COUNTED_MAX])
{
	size_t errors = l->count[SEVERITY_ERROR], warnings = l->count[SEVERITY_WARNING];
	size_t notes = l->count[SEVERITY_NOTE];
	int n = snprintf(buf, COUNTED_MAX, ngettext("%zu error, ", "%zu errors, ", errors), errors);

	n += snprintf(buf + n, COUNTED_MAX - (size_t)n,
	    ngettext("%zu warning, ", "%zu warnings, ", warnings), warnings);
	snprintf(buf + n, COUNTED_MAX - (size_t)n, ngettext("%zu note", "%zu notes", notes), notes);
	return buf;
}
