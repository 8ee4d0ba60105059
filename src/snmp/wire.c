/* wire - messages of SNMP as bytes; the door to net-snmp; see wire.h */
#include "snmp/wire.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "snmp/wire-lazy.h"

enum { HEAD_ROOM = 64 };	/* of a community's message around the community */

struct binding {
	const char *oid;	/* borrowed */
	uint16_t at, size;	/* its bytes in BER, without type and length */
};

struct bindings {
	size_t n, len;
	int repeat;		/* max-repetitions of AGENT_BULK */
	unsigned char *bytes;	/* SEQUENCE OF VarBind */
	struct binding list[];
};

/*
 * init_snmp() is not called: coding needs none of it, and it would look for
 * MIBs, snmp.conf, certificates and persistent state on the host. Without any
 * handler net-snmp writes to stderr: on the console's screen.
 */
static void library_init(void)
{
	static bool ready;

	if (!ready)
		netsnmp_register_loghandler(NETSNMP_LOGHANDLER_NONE, LOG_DEBUG);
	ready = true;
}

/*
 * Steps over type and length, which net-snmp reads without looking whether they are
 * there. The contents, of *len bytes; NULL when they are not whole.
 */
static u_char *open_any(u_char *p, size_t *len, u_char *type)
{
	return *len < 2 ? NULL : asn_parse_header(p, len, type);
}

static u_char *open_sequence(u_char *p, size_t *len)
{
	u_char type;

	p = open_any(p, len, &type);
	return p && type == (ASN_SEQUENCE | ASN_CONSTRUCTOR) ? p : NULL;
}

/* Bindings: coding */

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

/* A buffer that is filled from its end. */
struct back {
	u_char *bytes;
	size_t size, used;
};

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

	library_init();
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

/* PDUs */

static u_char pdu_type(enum agent_verb verb)
{
	return verb == AGENT_GET ? SNMP_MSG_GET : verb == AGENT_NEXT ? SNMP_MSG_GETNEXT :
	    verb == AGENT_BULK ? SNMP_MSG_GETBULK : SNMP_MSG_SET;
}

static bool put_int(struct back *b, long n)
{
	return asn_realloc_rbuild_int(&b->bytes, &b->size, &b->used, 0, ASN_INTEGER, &n,
	    sizeof n);
}

unsigned char *wire_pdu_head(unsigned char *buf, size_t size, enum agent_verb verb,
    uint32_t number, const struct bindings *bindings)
{
	struct back b = { buf, size, 0 };

	return put_int(&b, bindings->repeat) && put_int(&b, 0) && put_int(&b, (long)number) &&
	    asn_realloc_rbuild_sequence(&b.bytes, &b.size, &b.used, 0, pdu_type(verb),
	    b.used + bindings->len) ? buf + size - b.used : NULL;
}

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

/* What follows is left in *p and *len; false when it is no binding. */
static bool take_binding(u_char **p, size_t *len, const struct bindings *asked,
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

static enum agent_status status_of(long error)
{
	return error == SNMP_ERR_NOERROR ? AGENT_DONE :
	    error == SNMP_ERR_NOSUCHNAME ? AGENT_NO_SUCH :
	    error == SNMP_ERR_TOOBIG ? AGENT_TOO_BIG :
	    error == SNMP_ERR_AUTHORIZATIONERROR ? AGENT_DENIED : AGENT_FAULT;
}

/* An INTEGER; p moves behind it. */
static bool take_int(u_char **p, size_t *len, long *n)
{
	u_char type;

	*p = *len < 2 ? NULL : asn_parse_int(*p, len, &type, n, sizeof *n);
	return *p && type == ASN_INTEGER;
}

bool wire_pdu_decode(unsigned char *bytes, size_t len, const struct bindings *asked,
    struct wire_answer *a, unsigned char *type)
{
	long number, error, index;
	size_t n = 0;
	u_char *p = open_any(bytes, &len, type);

	if (!p || (*type != SNMP_MSG_RESPONSE && *type != SNMP_MSG_REPORT) ||
	    !take_int(&p, &len, &number) || !take_int(&p, &len, &error) ||
	    !take_int(&p, &len, &index))
		return false;
	p = open_sequence(p, &len);
	if (!p)
		return false;
	while (len > 0 && n < AGENT_BATCH)
		if (!take_binding(&p, &len, asked, a, n++))
			return false;
	a->answer = (struct agent_answer){ .status = status_of(error), .error = (int)error,
		.index = index > 0 ? (size_t)index : 0, .values = a->values, .raw = a->raw, .n = n };
	return true;
}

/* Messages of v1 and v2c */

struct community {
	struct coder coder;
	int version;
	size_t len;
	unsigned char *head;	/* filled from its end */
	char text[];
};

static bool community_encode(struct coder *coder, enum agent_verb verb, uint32_t number,
    const struct bindings *b, struct iovec pieces[2], struct err *e)
{
	struct community *c = (struct community *)coder;
	struct back back = { c->head, HEAD_ROOM + c->len, 0 };
	unsigned char *pdu = wire_pdu_head(back.bytes, back.size, verb, number, b);

	if (pdu)
		back.used = (size_t)(back.bytes + back.size - pdu);
	if (!pdu || !asn_realloc_rbuild_string(&back.bytes, &back.size, &back.used, 0,
	    ASN_OCTET_STR, (u_char *)c->text, c->len) ||
	    !put_int(&back, c->version == 1 ? SNMP_VERSION_1 : SNMP_VERSION_2c) ||
	    !asn_realloc_rbuild_sequence(&back.bytes, &back.size, &back.used, 0,
	    ASN_SEQUENCE | ASN_CONSTRUCTOR, back.used + b->len))
		return err_set(e, _("the message cannot be coded"));
	pieces[0] = (struct iovec){ back.bytes + back.size - back.used, back.used };
	pieces[1] = (struct iovec){ b->bytes, b->len };
	return true;
}

/* The version; p moves to what follows it in the message. */
static bool take_version(u_char **p, size_t *len, long *version)
{
	*p = open_sequence(*p, len);
	return *p && take_int(p, len, version);
}

/* Steps over one that is not looked into. */
static bool skip(u_char **p, size_t *len)
{
	size_t inner = *len;
	u_char type, *body = open_any(*p, &inner, &type);

	if (!body)
		return false;
	*len -= (size_t)(body - *p) + inner;
	*p = body + inner;
	return true;
}

static enum wire_heard community_decode(struct coder *coder, unsigned char *bytes,
    size_t len, const struct bindings *asked, struct wire_answer *a, struct err *e)
{
	u_char *p = bytes, type;
	long version;

	(void)coder;
	(void)e;
	return take_version(&p, &len, &version) && version != SNMP_VERSION_3 &&
	    skip(&p, &len) && wire_pdu_decode(p, len, asked, a, &type) &&
	    type == SNMP_MSG_RESPONSE ? WIRE_ANSWER : WIRE_NOISE;
}

static void community_silence(struct coder *coder, const char *where, struct err *e)
{
	struct community *c = (struct community *)coder;

	err_kind(e, ERR_UNREACHABLE, _("%s does not answer SNMP %s; check the "
	    "address, the community and the card's access list"), where,
	    c->version == 1 ? "v1" : "v2c");
}

static void community_free(struct coder *coder)
{
	struct community *c = (struct community *)coder;

	explicit_bzero(c->head, HEAD_ROOM + c->len);
	free(c->head);
	explicit_bzero(c->text, c->len);
	free(c);
}

struct coder *wire_community(int version, const char *community)
{
	static const struct coder_type type = { community_encode, community_decode,
		community_silence, community_free };
	size_t len = strlen(community);
	struct community *c = mem_zero(1, sizeof *c + len + 1);

	library_init();
	c->coder.type = &type;
	c->version = version;
	c->len = len;
	c->head = mem_zero(1, HEAD_ROOM + len);
	memcpy(c->text, community, len + 1);
	return &c->coder;
}

/* v1, v2c: the PDU begins with it. v3: msgGlobalData does. */
bool wire_number(unsigned char *bytes, size_t len, uint32_t *number)
{
	u_char *p = bytes, type;
	long version, n;

	library_init();
	if (!take_version(&p, &len, &version) ||
	    (version != SNMP_VERSION_3 && !skip(&p, &len)))
		return false;
	p = open_any(p, &len, &type);
	if (!p || !take_int(&p, &len, &n) || n < 0 || n > INT32_MAX)
		return false;
	*number = (uint32_t)n;
	return true;
}

/* For other decoders */

bool wire_take_version(unsigned char **p, size_t *len, long *version)
{
	library_init();
	return take_version(p, len, version);
}

bool wire_take_part(unsigned char **p, size_t *len, unsigned char *type,
    const unsigned char **body, size_t *size)
{
	size_t inner = *len;
	u_char *inside = *len ? asn_parse_header(*p, &inner, type) : NULL;

	if (!inside)
		return false;
	*body = inside;
	*size = inner;
	return skip(p, len);
}

bool wire_take_int(unsigned char **p, size_t *len, long *n)
{
	return *len > 0 && take_int(p, len, n);
}

bool wire_take_oid(unsigned char **p, size_t *len, char oid[OID_SIZE])
{
	unsigned char type;
	const unsigned char *body;
	size_t size;

	if (!wire_take_part(p, len, &type, &body, &size) || type != ASN_OBJECT_ID)
		return false;
	oid_text(oid, OID_SIZE, body, size);
	return true;
}

bool wire_take_values(unsigned char *p, size_t len, struct wire_answer *a)
{
	static const struct bindings nothing_asked;
	u_char type;
	size_t n = 0;

	p = len ? asn_parse_sequence(p, &len, &type, ASN_SEQUENCE | ASN_CONSTRUCTOR,
	    "bindings") : NULL;
	if (!p)
		return false;
	while (len > 0 && n < AGENT_BATCH)
		if (!take_binding(&p, &len, &nothing_asked, a, n++))
			return false;
	a->answer = (struct agent_answer){ .status = AGENT_DONE, .values = a->values, .raw = a->raw, .n = n };
	return true;
}
