/* wire - values as a card sends them, made safe; see wire.h */
#include "snmp/wiring.h"
#include "base/text.h"

#include <arpa/inet.h>
#include <string.h>

/* Bytes of a card into text: to the first NUL, no control characters, trimmed. */
static void take_text(struct agent_value *v, char *text, const unsigned char *bytes, size_t len)
{
	const char *s = len ? (const char *)bytes : "", *end = s + strnlen(s, len);
	size_t at = 0;
	uint32_t cp;

	while (s < end && *s == ' ')
		s++;
	while (s < end && at + 4 < AGENT_TEXT_SIZE) {
		s += text_next(s, end, &cp);
		if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0xfffd)
			cp = '?';
		at += text_put(text + at, cp);
	}
	while (at > 0 && text[at - 1] == ' ')
		at--;
	text[at] = '\0';
	v->text = text;
	v->type = AGENT_TEXT;
}

/* One of more than four bytes would be cut by net-snmp to another number. */
static void take_signed(struct agent_value *v, u_char *p, size_t len, size_t size)
{
	u_char type;
	long n;

	if (size > 4 || !asn_parse_int(p, &len, &type, &n, sizeof n))
		return;
	v->number = n;
	v->type = AGENT_INTEGER;
}

static void take_unsigned(struct agent_value *v, u_char *p, size_t len,
    enum agent_type as)
{
	u_char type;
	u_long n;

	if (!asn_parse_unsigned_int(p, &len, &type, &n, sizeof n))
		return;
	v->number = (int64_t)(n & 0xffffffffUL);
	v->type = as;
}

/* p, len: its type, length and contents; body, size: the contents. */
static void take_value(struct agent_value *v, char *text, u_char *p, size_t len,
    const u_char *body, size_t size)
{
	v->type = AGENT_ODD;
	switch (*p) {
	case SNMP_NOSUCHOBJECT:
	case SNMP_NOSUCHINSTANCE:
	case SNMP_ENDOFMIBVIEW:
		v->type = AGENT_MISSING;
		break;
	case ASN_INTEGER:
		take_signed(v, p, len, size);
		break;
	case ASN_GAUGE:		/* and ASN_UNSIGNED */
	case ASN_COUNTER:
		take_unsigned(v, p, len, AGENT_UNSIGNED);
		break;
	case ASN_TIMETICKS:
		take_unsigned(v, p, len, AGENT_TICKS);
		break;
	case ASN_OCTET_STR:
		take_text(v, text, body, size);
		break;
	case ASN_OBJECT_ID:
		if (oid_text(text, AGENT_TEXT_SIZE, body, size)) {
			v->type = AGENT_OID;
			v->text = text;
		}
		break;
	case ASN_IPADDRESS:
		if (size == 4 && inet_ntop(AF_INET, body, text, AGENT_TEXT_SIZE)) {
			v->type = AGENT_IP;
			v->text = text;
		}
		break;
	}
}

/* The name of the k-th: as it was asked for, if it is the one, else decoded. */
static const char *take_name(const struct bindings *b, size_t k, char *text,
    const u_char *body, size_t size)
{
	const struct binding *asked = k < b->n ? &b->list[k] : NULL;

	if (asked && asked->size == size && memcmp(b->bytes + asked->at, body, size) == 0)
		return asked->oid;
	return oid_text(text, OID_LONG, body, size) ? text : "";
}

/* net-snmp has looked into an Opaque, and gives what is wrapped in it: that is not meant. */
static struct agent_raw raw_of(const u_char *p, size_t len, u_char type, const u_char *body,
    size_t size)
{
	if (*p == ASN_OPAQUE && type != ASN_OPAQUE && p[1] < 0x80 && 2u + p[1] <= len)
		return (struct agent_raw){ ASN_OPAQUE, p + 2, p[1] };
	return (struct agent_raw){ type, body, size };
}

bool wiring_take(u_char **p, size_t *len, const struct bindings *asked,
    struct wire_answer *a, size_t k)
{
	struct agent_value *v = &a->values[k];
	size_t inner = *len, name_size, value_size;
	u_char type, *name, *name_body, *value, *value_body;

	*v = (struct agent_value){ .type = AGENT_ODD, .oid = "", .text = "" };
	a->raw[k] = (struct agent_raw){ .tag = ASN_NULL };
	name = open_sequence(*p, &inner);
	if (!name)
		return false;
	*len -= (size_t)(name - *p) + inner;
	*p = name + inner;
	name_size = inner;
	name_body = open_any(name, &name_size, &type);
	if (!name_body || type != ASN_OBJECT_ID)
		return false;
	value = name_body + name_size;
	inner -= (size_t)(value - name);
	value_size = inner;
	value_body = open_any(value, &value_size, &type);
	if (!value_body)
		return false;
	v->oid = take_name(asked, k, a->oids[k], name_body, name_size);
	take_value(v, a->texts[k], value, inner, value_body, value_size);
	a->raw[k] = raw_of(value, inner, type, value_body, value_size);
	return true;
}
