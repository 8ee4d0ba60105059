/* profile-part - what the attributes of a profile's elements hold; see profile-part.h */
#include "snmp/profile-part.h"
#include "snmp/oid.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

size_t profile_word(const char **s)
{
	*s += strspn(*s, " \t\r\n");
	return strcspn(*s, " \t\r\n");
}

bool profile_range(const char *word, size_t len, struct profile_range *r)
{
	const char *dots = memmem(word, len, "..", 2), *end = word + len;
	char *after;

	*r = (struct profile_range){ INT64_MIN, INT64_MAX };
	errno = 0;
	if (!dots) {
		r->from = r->to = strtoll(word, &after, 10);
		return after == end && !errno;
	}
	if (dots > word) {
		r->from = strtoll(word, &after, 10);
		if (after != dots)
			return false;
	}
	if (dots + 2 < end) {
		r->to = strtoll(dots + 2, &after, 10);
		if (after != end)
			return false;
	}
	return !errno && len > 2 && r->from <= r->to;
}

bool profile_ranges(const struct profile_source *s, const struct xml_node *n,
    const char *name, const char *text, struct profile_ranges *r, struct err *e)
{
	size_t len, cap = 0;

	for (; (len = profile_word(&text)) > 0; text += len) {
		mem_grow(r->list, r->n, cap);
		if (!profile_range(text, len, &r->list[r->n]))
			return xml_err(s->doc, n, e, _("%s: %.*s is no number and no range "
			    "like 1..5"), name, (int)len, text);
		r->n++;
	}
	return true;
}

bool profile_none(const struct profile_source *s, const struct xml_node *n,
    struct profile_ranges *r, struct err *e)
{
	const char *text = xml_attr(n, "none");

	if (text)
		return profile_ranges(s, n, "none", text, r, e);
	if (s->none.n) {
		r->list = mem_zero(s->none.n, sizeof *r->list);
		memcpy(r->list, s->none.list, s->none.n * sizeof *r->list);
		r->n = s->none.n;
	}
	return true;
}

/* "0.1": with a point, whatever the locale says. */
bool profile_scale(const struct profile_source *s, const struct xml_node *n,
    double *scale, struct err *e)
{
	const char *text = xml_attr(n, "scale"), *c = text;
	double unit = 1;

	*scale = 1;
	if (!text)
		return true;
	for (*scale = 0; *c >= '0' && *c <= '9'; c++)
		*scale = *scale * 10 + (*c - '0');
	if (c > text && *c == '.')
		for (c++; *c >= '0' && *c <= '9'; c++) {
			*scale = *scale * 10 + (*c - '0');
			unit *= 10;
		}
	*scale /= unit;
	return (c > text && !*c && c[-1] != '.' && *scale > 0) ||
	    xml_err(s->doc, n, e, _("scale: %s is no number above 0 like 0.1"), text);
}

bool profile_choice(const struct profile_source *s, const struct xml_node *n,
    const char *name, const char *const *words, int *value, struct err *e)
{
	const char *text = xml_attr(n, name);
	char known[100] = "";

	*value = 0;
	if (!text)
		return true;
	for (int i = 0; words[i]; i++) {
		if (strcmp(words[i], text) == 0) {
			*value = i;
			return true;
		}
		strcat(strcat(known, *known ? ", " : ""), words[i]);
	}
	return xml_err(s->doc, n, e, _("%s: %s is none of %s"), name, text, known);
}

const char *profile_oid(const struct profile_source *s, const struct xml_node *n,
    const char *name, const char *text, size_t len, struct err *e)
{
	char *whole = mem_printf("%s%.*s", *text == '.' ? s->base : "", (int)len, text);
	const char *oid = oid_valid(whole) ? pool_put(s->pool, whole) : NULL;

	if (!oid)
		xml_err(s->doc, n, e, *text == '.' && !*s->base ?
		    _("%s: %.*s begins with a point, but the profile has no base") :
		    _("%s: %.*s is no OID like 1.3.6.1.2.1.33.1.1.2.0"), name, (int)len, text);
	free(whole);
	return oid;
}

bool profile_oids(const struct profile_source *s, const struct xml_node *n,
    const char *name, const char ***list, size_t *count, size_t *cap, struct err *e)
{
	const char *text = xml_attr(n, name), *oid;
	size_t len;

	for (; text && (len = profile_word(&text)) > 0; text += len) {
		oid = profile_oid(s, n, name, text, len, e);
		if (!oid)
			return false;
		mem_grow(*list, *count, *cap);
		(*list)[(*count)++] = oid;
	}
	return true;
}
