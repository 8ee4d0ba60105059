/* wire - messages of SNMP as bytes; the door to net-snmp; see wire.h */
#include "snmp/wiring.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD_ROOM = 64 };	/* of a community's message around the community */

/*
 * init_snmp() is not called: coding needs none of it, and it would look for
 * MIBs, snmp.conf, certificates and persistent state on the host. Without any
 * handler net-snmp writes to stderr: on the console's screen.
 */
void wiring_init(void)
{
	static bool ready;

	if (!ready)
		netsnmp_register_loghandler(NETSNMP_LOGHANDLER_NONE, LOG_DEBUG);
	ready = true;
}

/* PDUs */

static u_char pdu_type(enum agent_verb verb)
{
	return verb == AGENT_GET ? SNMP_MSG_GET : verb == AGENT_NEXT ? SNMP_MSG_GETNEXT :
	    verb == AGENT_BULK ? SNMP_MSG_GETBULK : SNMP_MSG_SET;
}

unsigned char *wire_pdu_head(unsigned char *buf, size_t size, enum agent_verb verb,
    uint32_t number, const struct bindings *bindings)
{
	struct back b = { buf, size, 0 };

	return put_int(&b, bindings->repeat) && put_int(&b, 0) && put_int(&b, (long)number) &&
	    asn_realloc_rbuild_sequence(&b.bytes, &b.size, &b.used, 0, pdu_type(verb),
	    b.used + bindings->len) ? buf + size - b.used : NULL;
}

static enum agent_status status_of(long error)
{
	return error == SNMP_ERR_NOERROR ? AGENT_DONE :
	    error == SNMP_ERR_NOSUCHNAME ? AGENT_NO_SUCH :
	    error == SNMP_ERR_TOOBIG ? AGENT_TOO_BIG :
	    error == SNMP_ERR_AUTHORIZATIONERROR ? AGENT_DENIED : AGENT_FAULT;
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
		if (!wiring_take(&p, &len, asked, a, n++))
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

	wiring_init();
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

	wiring_init();
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
	wiring_init();
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
		if (!wiring_take(&p, &len, &nothing_asked, a, n++))
			return false;
	a->answer = (struct agent_answer){ .status = AGENT_DONE, .values = a->values,
		.raw = a->raw, .n = n };
	return true;
}
