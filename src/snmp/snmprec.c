/* snmprec - objects as lines; see snmprec.h */
#include "snmp/snmprec.h"

#include <arpa/inet.h>
#include <inttypes.h>

/* Two's complement, the highest byte first. */
static bool signed_of(const struct agent_raw *r, int64_t *n)
{
	uint64_t u = r->size && r->bytes[0] & 0x80 ? UINT64_MAX : 0;

	for (size_t i = 0; i < r->size; i++)
		u = u << 8 | r->bytes[i];
	*n = (int64_t)u;
	return r->size > 0 && r->size <= 8;
}

/* A zero in front is there when the number would look negative else. */
static bool unsigned_of(const struct agent_raw *r, uint64_t *n)
{
	size_t i = r->size > 1 && !r->bytes[0];

	*n = 0;
	if (r->size == 0 || r->size - i > 8)
		return false;
	for (; i < r->size; i++)
		*n = *n << 8 | r->bytes[i];
	return true;
}

static bool add_oid(struct text *t, const struct agent_raw *r)
{
	char oid[OID_LONG];

	return oid_text(oid, sizeof oid, r->bytes, r->size) && (text_add(t, oid), true);
}

/* Blanks at an end would be lost on the way. */
static bool is_plain(const struct agent_raw *r)
{
	for (size_t i = 0; i < r->size; i++)
		if (r->bytes[i] < 0x20 || r->bytes[i] > 0x7e)
			return false;
	return !r->size || (r->bytes[0] != ' ' && r->bytes[r->size - 1] != ' ');
}

static void add_bytes(struct text *t, const struct agent_raw *r)
{
	bool plain = r->tag == SNMPREC_TEXT && is_plain(r);

	text_printf(t, "%d%s|", r->tag, plain ? "" : "x");
	if (plain)
		text_printf(t, "%.*s", (int)r->size, r->size ? (const char *)r->bytes : "");
	for (size_t i = 0; i < r->size && !plain; i++)
		text_printf(t, "%02x", r->bytes[i]);
}

static bool add_value(struct text *t, const struct agent_raw *r)
{
	char ip[INET_ADDRSTRLEN];
	uint64_t u;
	int64_t n;

	switch (r->tag) {
	case SNMPREC_TEXT:
	case SNMPREC_OPAQUE:
		add_bytes(t, r);
		return true;
	case SNMPREC_NULL:
		text_printf(t, "5|");
		return true;
	case SNMPREC_INTEGER:
		return signed_of(r, &n) && (text_printf(t, "2|%" PRId64, n), true);
	case SNMPREC_COUNTER:
	case SNMPREC_GAUGE:
	case SNMPREC_TICKS:
	case SNMPREC_COUNTER64:
		return unsigned_of(r, &u) && (text_printf(t, "%d|%" PRIu64, r->tag, u), true);
	case SNMPREC_OID:
		text_printf(t, "6|");
		return add_oid(t, r);
	case SNMPREC_IP:
		return r->size == 4 && inet_ntop(AF_INET, r->bytes, ip, sizeof ip) &&
		    (text_printf(t, "64|%s", ip), true);
	default:
		return false;
	}
}

bool snmprec_line(struct text *t, const char *oid, const struct agent_raw *r)
{
	struct text value = { 0 };
	bool ok = add_value(&value, r);

	if (ok)
		text_printf(t, "%s|%s\n", oid, value.s);
	text_done(&value);
	return ok;
}
