/* usm-message - an SNMPv3 message, as bytes; see usm-message.h */
#include "snmp/usm-message.h"
#include "snmp/udp.h"

enum { MESSAGE_V3 = 3, MODEL_USM = 3 };

static bool read_global(struct ber *from, struct message *m)
{
	struct ber global, flags;
	uint32_t size, model;

	if (!ber_take(from, BER_SEQUENCE, &global) || !ber_take_int(&global, &m->number) ||
	    !ber_take_int(&global, &size) || !ber_take(&global, BER_OCTETS, &flags) ||
	    flags.n != 1 || !ber_take_int(&global, &model))
		return false;
	m->flags = *flags.p;
	return model == MODEL_USM;
}

static bool read_security(struct ber *from, struct message *m)
{
	struct ber octets, s;

	return ber_take(from, BER_OCTETS, &octets) && ber_take(&octets, BER_SEQUENCE, &s) &&
	    ber_take(&s, BER_OCTETS, &m->engine) && m->engine.n <= ENGINE_SIZE &&
	    ber_take_int(&s, &m->boots) && ber_take_int(&s, &m->time) &&
	    ber_take(&s, BER_OCTETS, &m->user) && ber_take(&s, BER_OCTETS, &m->mac) &&
	    m->mac.n <= MAC_SIZE && ber_take(&s, BER_OCTETS, &m->salt) &&
	    (m->salt.n == 0 || m->salt.n == SALT_SIZE);
}

bool message_read(struct message *m, unsigned char *bytes, size_t len)
{
	struct ber all = { bytes, len }, in;
	uint32_t version;

	return ber_take(&all, BER_SEQUENCE, &in) && ber_take_int(&in, &version) &&
	    version == MESSAGE_V3 && read_global(&in, m) && read_security(&in, m) &&
	    ber_take(&in, m->flags & MESSAGE_PRIV ? BER_OCTETS : BER_SEQUENCE, &m->scoped);
}

bool scoped_read(struct ber scoped, struct ber *pdu)
{
	struct ber engine, name;

	if (!ber_take(&scoped, BER_OCTETS, &engine) || !ber_take(&scoped, BER_OCTETS, &name))
		return false;
	*pdu = scoped;
	return scoped.n > 0;
}

bool scoped_open(unsigned char *bytes, size_t len, struct ber *scoped)
{
	struct ber all = { bytes, len };

	return ber_take(&all, BER_SEQUENCE, scoped);	/* what DES was filled up with stays */
}

void scoped_write(struct ber_back *b, const unsigned char *engine, size_t len)
{
	ber_put_octets(b, "", 0);
	ber_put_octets(b, engine, len);
	ber_put_head(b, BER_SEQUENCE, b->used);
}

static void write_security(struct ber_back *b, struct message *m)
{
	static const unsigned char zeros[MAC_SIZE];
	size_t end = b->used;

	ber_put_octets(b, m->salt.p, m->salt.n);
	ber_put(b, zeros, m->mac.n);
	m->mac.p = ber_start(b);
	ber_put_head(b, BER_OCTETS, m->mac.n);
	ber_put_octets(b, m->user.p, m->user.n);
	ber_put_int(b, m->time);
	ber_put_int(b, m->boots);
	ber_put_octets(b, m->engine.p, m->engine.n);
	ber_put_head(b, BER_SEQUENCE, b->used - end);
	ber_put_head(b, BER_OCTETS, b->used - end);
}

static void write_global(struct ber_back *b, const struct message *m)
{
	unsigned char flags = (unsigned char)m->flags;
	size_t end = b->used;

	ber_put_int(b, MODEL_USM);
	ber_put_octets(b, &flags, 1);
	ber_put_int(b, UDP_ROOM);
	ber_put_int(b, m->number);
	ber_put_head(b, BER_SEQUENCE, b->used - end);
}

void message_write(struct ber_back *b, struct message *m)
{
	write_security(b, m);
	write_global(b, m);
	ber_put_int(b, MESSAGE_V3);
	ber_put_head(b, BER_SEQUENCE, b->used);
}
