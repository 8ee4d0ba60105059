/* oid - object identifiers as text; see oid.h */
#include "snmp/oid.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool oid_valid_long(const char *s)
{
	size_t numbers = 0;
	char *end;

	for (;; s = end + 1) {
		if (*s < '0' || *s > '9' || strtoull(s, &end, 10) > UINT32_MAX)
			return false;
		if (++numbers > OID_NUMBERS)
			return false;
		if (!*end)
			return numbers >= 2;
		if (*end != '.')
			return false;
	}
}

bool oid_valid(const char *s)
{
	return strlen(s) < OID_SIZE && oid_valid_long(s);
}

/* Appends to buf, of which *at bytes are used; false when it does not fit. */
static bool put(char *buf, size_t size, size_t *at, uint64_t number)
{
	int n = snprintf(buf + *at, size - *at, *at ? ".%" PRIu64 : "%" PRIu64, number);

	*at += (size_t)n;
	return *at < size;
}

/* X.690, 8.19: seven bits a byte; the first two numbers are one, 40 * a + b. */
static bool put_all(char *buf, size_t size, const unsigned char *p, const unsigned char *end)
{
	size_t at = 0, numbers = 1;

	while (p < end) {
		uint64_t n = 0;

		do {
			if (p == end)
				return false;
			n = n << 7 | (*p & 0x7f);
			if (n > UINT32_MAX + UINT64_C(80))
				return false;
		} while (*p++ & 0x80);
		if (at == 0) {
			uint64_t a = n < 40 ? 0 : n < 80 ? 1 : 2;

			if (!put(buf, size, &at, a))
				return false;
			n -= 40 * a;
		}
		if (n > UINT32_MAX || ++numbers > OID_NUMBERS || !put(buf, size, &at, n))
			return false;
	}
	return true;
}

bool oid_text(char *buf, size_t size, const unsigned char *bytes, size_t len)
{
	static const unsigned char zero[1];

	/* some agents send 06 00 for 0.0 */
	if (len ? put_all(buf, size, bytes, bytes + len) : put_all(buf, size, zero, zero + 1))
		return true;
	buf[0] = '\0';
	return false;
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
