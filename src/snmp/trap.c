/* trap - what a card sends unasked; see trap.h */
#include "snmp/trap.h"
#include "snmp/wire.h"
#include "base/text.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

/* PDU types (RFC 1157, RFC 3416), and versions as messages have them. */
enum { PDU_RESPONSE = 0xa2, PDU_TRAP_V1 = 0xa4, PDU_INFORM = 0xa6, PDU_TRAP = 0xa7 };
enum { VERSION_1 = 0, VERSION_2C = 1, VERSION_3 = 3 };
enum { TYPE_IP_ADDRESS = 0x40, GENERIC_OWN = 6 };

#define SNMP_TRAP_OID		"1.3.6.1.6.3.1.1.4.1.0"
#define SNMP_TRAP_ADDRESS	"1.3.6.1.6.3.18.1.3.0"
#define SNMP_TRAPS		"1.3.6.1.6.3.1.1.5"	/* coldStart is .1 */

/* A message of v1 or v2c up to its PDU, of which p is the beginning. */
static bool open_message(unsigned char **p, size_t *len, long *version)
{
	unsigned char type;
	const unsigned char *body;
	size_t size;

	return wire_take_version(p, len, version) && (*version == VERSION_3 ||
	    wire_take_part(p, len, &type, &body, &size));
}

static void take_texts(struct trap *t, const struct agent_answer *a)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct agent_value *v = &a->values[i];

		if (v->type == AGENT_TEXT && !*t->text)
			text_copy(t->text, sizeof t->text, v->text);
		else if (v->type == AGENT_OID && strcmp(v->oid, SNMP_TRAP_OID) == 0 &&
		    oid_valid(v->text))
			text_copy(t->oid, sizeof t->oid, v->text);
		else if (v->type == AGENT_IP && strcmp(v->oid, SNMP_TRAP_ADDRESS) == 0)
			text_copy(t->agent, sizeof t->agent, v->text);
	}
}

/* RFC 3584 3.1 (2) and (3): one identifier of what v1 tells with three. */
static void name_v1(struct trap *t, const char *enterprise, long generic, long specific)
{
	int n = generic == GENERIC_OWN ?
	    snprintf(t->oid, sizeof t->oid, "%s.0.%ld", enterprise, specific) :
	    snprintf(t->oid, sizeof t->oid, SNMP_TRAPS ".%ld", generic + 1);

	if (n >= (int)sizeof t->oid || !oid_valid(t->oid))
		t->oid[0] = '\0';
}

static bool decode_v1(unsigned char *p, size_t len, struct trap *t, struct wire_answer *a)
{
	char enterprise[OID_SIZE];
	const unsigned char *body;
	unsigned char type;
	long generic, specific;
	size_t size;

	if (!wire_take_oid(&p, &len, enterprise) ||
	    !wire_take_part(&p, &len, &type, &body, &size) || type != TYPE_IP_ADDRESS)
		return false;
	if (size == 4 && memcmp(body, "\0\0\0\0", 4) != 0)
		inet_ntop(AF_INET, body, t->agent, sizeof t->agent);
	if (!wire_take_int(&p, &len, &generic) || !wire_take_int(&p, &len, &specific) ||
	    generic < 0 || generic > GENERIC_OWN || specific < 0 ||
	    !wire_take_part(&p, &len, &type, &body, &size) || !wire_take_values(p, len, a))
		return false;
	name_v1(t, enterprise, generic, specific);
	take_texts(t, &a->answer);
	return true;
}

/* RFC 3416 4.2.6: sysUpTime and snmpTrapOID come first. */
static bool decode_v2(unsigned char *p, size_t len, struct trap *t, struct wire_answer *a)
{
	long number, error, index;

	if (!wire_take_int(&p, &len, &number) || !wire_take_int(&p, &len, &error) ||
	    !wire_take_int(&p, &len, &index) || !wire_take_values(p, len, a))
		return false;
	take_texts(t, &a->answer);
	return *t->oid != '\0';
}

/* What a PDU is decoded in; too much for the stack. */
static struct wire_answer room;

bool trap_take(unsigned char *pdu, size_t len, struct trap *t)
{
	unsigned char *p = pdu, type;
	const unsigned char *body;
	size_t size;

	if (!wire_take_part(&p, &len, &type, &body, &size))
		return false;
	t->inform = type == PDU_INFORM;
	return (type == PDU_TRAP || type == PDU_INFORM) &&
	    decode_v2(pdu + (body - pdu), size, t, &room);
}

bool trap_decode(unsigned char *bytes, size_t len, struct trap *t)
{
	unsigned char *p = bytes, type;
	const unsigned char *body;
	long version;
	size_t size;

	*t = (struct trap){ .version = 0 };
	if (!open_message(&p, &len, &version))
		return false;
	t->version = version == VERSION_1 ? 1 : version == VERSION_2C ? 2 :
	    version == VERSION_3 ? 3 : 0;
	t->sealed = t->version == 3;
	if (t->sealed || !t->version)
		return t->sealed;
	if (t->version == 2)
		return trap_take(p, len, t);
	return wire_take_part(&p, &len, &type, &body, &size) && type == PDU_TRAP_V1 &&
	    decode_v1(bytes + (body - bytes), size, t, &room);
}

/* Error-status and error-index are 0 in an inform already. */
bool trap_answer(unsigned char *bytes, size_t len)
{
	unsigned char *p = bytes;
	long version;

	if (!open_message(&p, &len, &version) || version != VERSION_2C || !len ||
	    *p != PDU_INFORM)
		return false;
	*p = PDU_RESPONSE;
	return true;
}

/*
 * Is it the one that the profile means? What was defined in SMIv2 has no 0 before
 * its last number, and gets one on its way through v1.
 */
static bool is_named(const char *heard, const char *oid)
{
	const char *last = strrchr(heard, '.');
	size_t head = last ? (size_t)(last - heard) : 0;

	if (strcmp(heard, oid) == 0)
		return true;
	return head > 2 && memcmp(last - 2, ".0", 2) == 0 &&
	    strncmp(heard, oid, head - 2) == 0 && strcmp(oid + head - 2, last) == 0;
}

/* Of every agent (RFC 3418). */
static const struct profile_trap standard[] = {
	{ .oid = SNMP_TRAPS ".1", .name = "coldStart" },
	{ .oid = SNMP_TRAPS ".2", .name = "warmStart" },
	{ .oid = SNMP_TRAPS ".3", .name = "linkDown" },
	{ .oid = SNMP_TRAPS ".4", .name = "linkUp" },
	{ .oid = SNMP_TRAPS ".5", .name = "authenticationFailure" },
};

const struct profile_trap *trap_find(const struct profiles *all, const char *oid)
{
	for (size_t i = 0; i < sizeof standard / sizeof *standard; i++)
		if (strcmp(standard[i].oid, oid) == 0)
			return &standard[i];
	for (size_t i = 0; i < profiles_count(all); i++) {
		const struct profile *p = profiles_at(all, i);

		for (size_t k = 0; k < p->n_traps; k++)
			if (is_named(oid, p->traps[k].oid))
				return &p->traps[k];
	}
	return NULL;
}
