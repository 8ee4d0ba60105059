/* oid - object identifiers as text; see oid.h */
#include "snmp/oid.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool oid_valid(const char *s)
{
	size_t numbers = 0;
	char *end;

	if (strlen(s) >= OID_SIZE)
		return false;
	for (;; s = end + 1) {
		if (*s < '0' || *s > '9' || strtoull(s, &end, 10) > UINT32_MAX)
			return false;
		numbers++;
		if (!*end)
			return numbers >= 2;
		if (*end != '.')
			return false;
	}
}

const char *oid_below(const char *o, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(o, prefix, len) == 0 && o[len] == '.' && o[len + 1] ?
	    o + len + 1 : NULL;
}

bool oid_starts(const char *o, const char *prefix)
{
	return strcmp(o, prefix) == 0 || oid_below(o, prefix);
}

int oid_compare(const char *a, const char *b)
{
	char *after_a, *after_b;

	while (*a && *b) {
		unsigned long long x = strtoull(a, &after_a, 10);
		unsigned long long y = strtoull(b, &after_b, 10);

		if (x != y)
			return x < y ? -1 : 1;
		a = *after_a == '.' ? after_a + 1 : after_a;
		b = *after_b == '.' ? after_b + 1 : after_b;
	}
	return (*a != '\0') - (*b != '\0');
}
