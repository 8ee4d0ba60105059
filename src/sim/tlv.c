/* tlv - the bytes of SNMP; see tlv.h */
#include "sim/tlv.h"

#include <string.h>

bool tlv_next(struct tlv_in *in, struct tlv *t)
{
	const uint8_t *p = in->at;
	size_t len, n;

	if (in->end - p < 2)
		return false;
	t->tag = *p++;
	len = *p++;
	if (len & 0x80) {
		n = len & 0x7f;
		if (n == 0 || n > 4 || (size_t)(in->end - p) < n)
			return false;
		for (len = 0; n > 0; n--)
			len = len << 8 | *p++;
	}
	if ((size_t)(in->end - p) < len)
		return false;
	t->bytes = p;
	t->len = len;
	in->at = p + len;
	return true;
}

bool tlv_take(struct tlv_in *in, uint8_t tag, struct tlv *t)
{
	return in->at < in->end && *in->at == tag && tlv_next(in, t);
}

bool tlv_enter(struct tlv_in *in, uint8_t tag, struct tlv_in *inside)
{
	struct tlv t;

	if (!tlv_take(in, tag, &t))
		return false;
	inside->at = t.bytes;
	inside->end = t.bytes + t.len;
	return true;
}

bool tlv_number(const struct tlv *t, bool with_sign, int64_t *n)
{
	uint64_t v;
	size_t i, len = t->len;

	/* the zero byte before eight without a sign */
	if (!with_sign && len == 9 && t->bytes[0] == 0)
		len = 8;
	if (len == 0 || len > 8)
		return false;
	v = with_sign && t->bytes[0] & 0x80 ? UINT64_MAX : 0;
	for (i = t->len - len; i < t->len; i++)
		v = v << 8 | t->bytes[i];
	*n = (int64_t)v;
	return true;
}

bool tlv_integer(struct tlv_in *in, int64_t *n)
{
	struct tlv t;

	return tlv_take(in, VALUE_INTEGER, &t) && tlv_number(&t, true, n);
}

bool tlv_oid(const struct tlv *t, struct oid *o)
{
	uint64_t sub = 0;
	size_t i;

	o->n = 0;
	if (t->len == 0 || t->bytes[t->len - 1] & 0x80)
		return false;
	for (i = 0; i < t->len; i++) {
		sub = sub << 7 | (t->bytes[i] & 0x7f);
		if (sub > UINT32_MAX + UINT64_C(80) || o->n + 2 > OID_MAX)
			return false;
		if (t->bytes[i] & 0x80)
			continue;
		if (o->n == 0) {	/* the first two share one */
			o->sub[o->n++] = sub < 40 ? 0 : sub < 80 ? 1 : 2;
			sub -= 40 * o->sub[0];
		}
		if (sub > UINT32_MAX)
			return false;
		o->sub[o->n++] = sub;
		sub = 0;
	}
	return true;
}

static uint8_t *room(struct tlv_out *out, size_t len)
{
	if (out->full || (size_t)(out->at - out->start) < len) {
		out->full = true;
		return NULL;
	}
	return out->at -= len;
}

void tlv_raw(struct tlv_out *out, const void *bytes, size_t len)
{
	uint8_t *p = room(out, len);

	if (p && len)
		memcpy(p, bytes, len);
}

static void put_byte(struct tlv_out *out, unsigned byte)
{
	uint8_t *p = room(out, 1);

	if (p)
		*p = byte;
}

static void put_head(struct tlv_out *out, uint8_t tag, size_t len)
{
	unsigned n = 0;

	if (len < 0x80) {
		put_byte(out, len);
	} else {
		for (; len; len >>= 8, n++)
			put_byte(out, len & 0xff);
		put_byte(out, 0x80 | n);
	}
	put_byte(out, tag);
}

void tlv_wrap(struct tlv_out *out, uint8_t tag, const uint8_t *end)
{
	if (!out->full)
		put_head(out, tag, end - out->at);
}

void tlv_bytes(struct tlv_out *out, uint8_t tag, const void *bytes, size_t len)
{
	tlv_raw(out, bytes, len);
	put_head(out, tag, len);
}

void tlv_put_number(struct tlv_out *out, uint8_t tag, int64_t n)
{
	const uint64_t v = n;
	unsigned len = 1, i;

	/* as long as the bits that are left out only repeat the sign */
	while (len < 8 && (n >> (8 * len - 1)) != 0 && (n >> (8 * len - 1)) != -1)
		len++;
	for (i = 0; i < len; i++)
		put_byte(out, v >> (8 * i) & 0xff);
	put_head(out, tag, len);
}

void tlv_put_unsigned(struct tlv_out *out, uint8_t tag, uint64_t n)
{
	unsigned len = 0;

	if (n <= INT64_MAX) {
		tlv_put_number(out, tag, n);
		return;
	}
	for (; len < 8; len++)
		put_byte(out, n >> (8 * len) & 0xff);
	put_byte(out, 0);
	put_head(out, tag, 9);
}

static unsigned put_sub(struct tlv_out *out, uint64_t sub)
{
	unsigned n = 0;

	do {
		put_byte(out, (sub & 0x7f) | (n ? 0x80 : 0));
		sub >>= 7;
		n++;
	} while (sub);
	return n;
}

void tlv_put_oid(struct tlv_out *out, const struct oid *o)
{
	size_t len = 0;
	unsigned i;

	for (i = o->n; i > 2; i--)
		len += put_sub(out, o->sub[i - 1]);
	len += put_sub(out, o->n == 0 ? 0 : UINT64_C(40) * o->sub[0] +
	    (o->n > 1 ? o->sub[1] : 0));
	put_head(out, VALUE_OID, len);
}

void tlv_put_value(struct tlv_out *out, const struct value *v)
{
	switch (v->type) {
	case VALUE_INTEGER:
		tlv_put_number(out, v->type, (int32_t)v->number);
		break;
	case VALUE_COUNTER:
	case VALUE_GAUGE:
	case VALUE_TICKS:
		tlv_put_unsigned(out, v->type, (uint32_t)v->number);
		break;
	case VALUE_COUNTER64:
		tlv_put_unsigned(out, v->type, v->number);
		break;
	case VALUE_OID:
		tlv_put_oid(out, &v->oid);
		break;
	case VALUE_STRING:
	case VALUE_ADDRESS:
	case VALUE_OPAQUE:
		tlv_bytes(out, v->type, v->bytes, v->len);
		break;
	default:		/* NULL, and the exceptions of v2 */
		tlv_bytes(out, v->type, NULL, 0);
	}
}
