/* wiring - what the parts of wire share, the door to net-snmp; nobody else includes it */
#ifndef AMC_SNMP_WIRING_H
#define AMC_SNMP_WIRING_H

#include "snmp/wire.h"

#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>

#include "snmp/wire-lazy.h"

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

/* A buffer that is filled from its end. */
struct back {
	u_char *bytes;
	size_t size, used;
};

/* Before anything of net-snmp's is called. */
void wiring_init(void);

/*
 * Steps over type and length, which net-snmp reads without looking whether they are
 * there. The contents, of *len bytes; NULL when they are not whole.
 */
static inline u_char *open_any(u_char *p, size_t *len, u_char *type)
{
	return *len < 2 ? NULL : asn_parse_header(p, len, type);
}

static inline u_char *open_sequence(u_char *p, size_t *len)
{
	u_char type;

	p = open_any(p, len, &type);
	return p && type == (ASN_SEQUENCE | ASN_CONSTRUCTOR) ? p : NULL;
}

/* An INTEGER; p moves behind it. */
static inline bool take_int(u_char **p, size_t *len, long *n)
{
	u_char type;

	*p = *len < 2 ? NULL : asn_parse_int(*p, len, &type, n, sizeof *n);
	return *p && type == ASN_INTEGER;
}

static inline bool put_int(struct back *b, long n)
{
	return asn_realloc_rbuild_int(&b->bytes, &b->size, &b->used, 0, ASN_INTEGER, &n,
	    sizeof n);
}

/*
 * The k-th binding of an answer to those that were asked for. What follows is left in
 * *p and *len; false when it is no binding.
 */
bool wiring_take(u_char **p, size_t *len, const struct bindings *asked,
    struct wire_answer *, size_t k);

#endif
