/* wire - objects and their values as bytes, to be sent; see wire.h */
#include "snmp/wiring.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

static bool oid_numbers(const char *text, oid id[MAX_OID_LEN], size_t *n)
{
	char *end;

	if (!oid_valid_long(text))
		return false;
	for (*n = 0;; text = end + 1) {
		id[(*n)++] = (oid)strtoul(text, &end, 10);
		if (!*end)
			return true;
	}
}

static bool put_number(struct back *b, const oid *name, size_t name_len, u_char type,
    int64_t number)
{
	long value = (long)number;

	if (type == ASN_INTEGER ? number < INT32_MIN || number > INT32_MAX :
	    number < 0 || number > UINT32_MAX)
		return false;
	return snmp_realloc_rbuild_var_op(&b->bytes, &b->size, &b->used, 1, name, &name_len,
	    type, (u_char *)&value, sizeof value);
}

static bool put_bytes(struct back *b, const oid *name, size_t name_len, u_char type,
    const void *value, size_t len)
{
	return snmp_realloc_rbuild_var_op(&b->bytes, &b->size, &b->used, 1, name, &name_len,
	    type, (u_char *)(size_t)value, len);
}

static bool put_value(struct back *b, const oid *name, size_t name_len,
    const struct agent_value *v)
{
	oid id[MAX_OID_LEN];
	struct in_addr ip;
	size_t n;

	switch (v->type) {
	case AGENT_MISSING:
		return put_bytes(b, name, name_len, ASN_NULL, NULL, 0);
	case AGENT_INTEGER:
		return put_number(b, name, name_len, ASN_INTEGER, v->number);
	case AGENT_UNSIGNED:
		return put_number(b, name, name_len, ASN_GAUGE, v->number);
	case AGENT_TICKS:
		return put_number(b, name, name_len, ASN_TIMETICKS, v->number);
	case AGENT_TEXT:
		return put_bytes(b, name, name_len, ASN_OCTET_STR, v->text, strlen(v->text));
	case AGENT_OID:
		return oid_numbers(v->text, id, &n) &&
		    put_bytes(b, name, name_len, ASN_OBJECT_ID, id, n * sizeof *id);
	case AGENT_IP:
		return inet_pton(AF_INET, v->text, &ip) == 1 &&
		    put_bytes(b, name, name_len, ASN_IPADDRESS, &ip, sizeof ip);
	case AGENT_ODD:
		break;
	}
	return false;
}

/* Where the bytes of an object's name are in what put_value() wrote last. */
static void note_name(struct binding *out, const struct back *b)
{
	u_char *start = b->bytes + b->size - b->used, *p, type;
	size_t len = b->used;

	p = open_sequence(start, &len);
	p = p ? open_any(p, &len, &type) : NULL;
	out->size = (uint16_t)len;
	out->at = (uint16_t)(b->used - (size_t)(p - start));	/* from the end, for now */
}

static bool put_binding(struct bindings *b, struct back *back, size_t i,
    const struct agent_value *v, struct err *e)
{
	oid name[MAX_OID_LEN];
	size_t name_len;

	if (!oid_numbers(v->oid, name, &name_len))
		return err_set(e, _("not an object identifier: %s"), v->oid);
	if (!put_value(back, name, name_len, v) || back->used > UINT16_MAX)
		return err_set(e, _("%s: this value cannot be sent"), v->oid);
	b->list[i].oid = v->oid;
	note_name(&b->list[i], back);
	return true;
}

static void keep_bytes(struct bindings *b, struct back *back)
{
	asn_realloc_rbuild_sequence(&back->bytes, &back->size, &back->used, 1,
	    ASN_SEQUENCE | ASN_CONSTRUCTOR, back->used);
	b->len = back->used;
	b->bytes = mem_zero(b->len, 1);
	memcpy(b->bytes, back->bytes + back->size - back->used, b->len);
	for (size_t i = 0; i < b->n; i++)
		b->list[i].at = (uint16_t)(b->len - b->list[i].at);
}

struct bindings *wire_bindings(const struct agent_value *values, size_t n, struct err *e)
{
	struct bindings *b = mem_zero(1, sizeof *b + n * sizeof b->list[0]);
	struct back back = { .size = 1024 };
	bool ok = n <= AGENT_BATCH;

	wiring_init();
	back.bytes = mem_zero(back.size, 1);
	b->n = n;
	if (!ok)
		err_set(e, _("%zu objects are too many for a message"), n);
	for (size_t i = n; ok && i > 0; i--)
		ok = put_binding(b, &back, i - 1, &values[i - 1], e);
	if (ok)
		keep_bytes(b, &back);
	free(back.bytes);
	if (ok)
		return b;
	bindings_free(b);
	return NULL;
}

void bindings_free(struct bindings *b)
{
	if (!b)
		return;
	free(b->bytes);
	free(b);
}

void wire_repeat(struct bindings *b, int most)
{
	b->repeat = most;
}

size_t wire_bindings_bytes(const struct bindings *b, const unsigned char **bytes)
{
	*bytes = b->bytes;
	return b->len;
}
