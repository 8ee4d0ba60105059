/* usm - SNMPv3 with one agent; see usm.h */
#include "snmp/usm-engine.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static struct usm *of(struct coder *c)
{
	return (struct usm *)(void *)c;
}

/* Coding */

/* GET of nothing, by nobody: the answer is a report with the engine's ID. */
static void put_discovery(struct ber_back *b, uint32_t number)
{
	enum { GET = 0xa0 };

	ber_put_head(b, BER_SEQUENCE, 0);
	ber_put_int(b, 0);
	ber_put_int(b, 0);
	ber_put_int(b, number);
	ber_put_head(b, GET, b->used);
}

static bool put_pdu(struct ber_back *b, enum agent_verb verb, uint32_t number,
    const struct bindings *bindings)
{
	const unsigned char *bytes, *pdu;
	size_t len = wire_bindings_bytes(bindings, &bytes);

	ber_put(b, bytes, len);
	pdu = wire_pdu_head(b->bytes, b->size - b->used, verb, number, bindings);
	if (pdu)
		b->used = (size_t)(b->bytes + b->size - pdu);
	return pdu != NULL;
}

/* A question for the engine, as secured as was set up. */
static bool put_question(struct usm *u, struct ber_back *b, enum agent_verb verb,
    uint32_t number, const struct bindings *bindings)
{
	bool prove = u->seal.level > LEVEL_NONE && u->known < KNOWN_USER && u->unanswered > 0;
	struct message m = { .number = number, .boots = prove ? 0 : u->boots,
		.time = prove ? 0 : usm_time(u), .flags = MESSAGE_REPORTABLE,
		.engine = { u->engine, u->engine_len },
		.user = { (unsigned char *)u->user, strlen(u->user) } };

	if (!seal_keys(&u->seal, u->auth_secret, u->priv_secret, u->engine, u->engine_len) ||
	    !put_pdu(b, verb, number, bindings))
		return false;
	scoped_write(b, u->engine, u->engine_len);
	return seal_message(&u->seal, b, &m);
}

static void put_search(struct ber_back *b, uint32_t number)
{
	struct message m = { .number = number, .flags = MESSAGE_REPORTABLE };

	put_discovery(b, number);
	scoped_write(b, (const unsigned char *)"", 0);
	message_write(b, &m);
}

static bool is_set_up(const struct usm *u, struct err *e)
{
	if (!*u->user)
		return err_set(e, _("SNMP v3 needs a user name, as set on the card"));
	if (u->seal.level > LEVEL_NONE && !u->auth_secret)
		return err_set(e, _("this SNMP v3 level needs the authentication password: "
		    "8 characters or more, as set on the card"));
	if (u->seal.level > LEVEL_AUTH && !u->priv_secret)
		return err_set(e, _("this SNMP v3 level needs the privacy password: "
		    "8 characters or more, as set on the card"));
	return true;
}

static void make_room(struct usm *u, const struct bindings *bindings)
{
	const unsigned char *bytes;
	size_t size = wire_bindings_bytes(bindings, &bytes) + MESSAGE_ROOM + strlen(u->user);

	if (size <= u->size)
		return;
	u->bytes = mem_realloc(u->bytes, size, 1);
	u->size = size;
}

static bool usm_encode(struct coder *c, enum agent_verb verb, uint32_t number,
    const struct bindings *bindings, struct iovec pieces[2], struct err *e)
{
	struct usm *u = of(c);
	struct ber_back b;

	if (!is_set_up(u, e))
		return false;
	make_room(u, bindings);
	b = (struct ber_back){ u->bytes, u->size, 0 };
	if (!u->engine_len) {
		put_search(&b, number);
		u->searches[u->searches_n++ % POST_TRIES] = number;
	} else if (!put_question(u, &b, verb, number, bindings)) {
		return err_set(e, _("the message cannot be coded"));
	}
	u->unanswered++;
	pieces[0] = (struct iovec){ ber_start(&b), b.used };
	pieces[1] = (struct iovec){ NULL, 0 };
	return true;
}

/* Decoding */

/* Was it made for us, and as secured as the question? */
static bool is_ours(const struct usm *u, const struct message *m, bool authentic)
{
	return usm_is_engine(u, m) && m->user.n == strlen(u->user) &&
	    memcmp(m->user.p, u->user, m->user.n) == 0 &&
	    (u->seal.level < LEVEL_AUTH || (authentic && usm_is_timely(u, m))) &&
	    (u->seal.level < LEVEL_PRIV || m->flags & MESSAGE_PRIV);
}

static enum wire_heard take_pdu(struct usm *u, const struct message *m, bool authentic,
    struct ber pdu, const struct bindings *asked, struct wire_answer *answer,
    struct err *e)
{
	enum { RESPONSE = 0xa2, REPORT = 0xa8 };
	unsigned char type;

	if (!wire_pdu_decode(pdu.p, pdu.n, asked, answer, &type))
		return WIRE_NOISE;
	if (type == REPORT)
		return usm_report(u, m, &answer->answer, authentic, e);
	if (type != RESPONSE || !is_ours(u, m, authentic))
		return WIRE_NOISE;
	usm_take_time(u, m, authentic);
	u->known = KNOWN_WELL;
	u->resyncs = 0;
	return WIRE_ANSWER;
}

static enum wire_heard usm_decode(struct coder *c, unsigned char *bytes, size_t len,
    const struct bindings *asked, struct wire_answer *answer, struct err *e)
{
	struct usm *u = of(c);
	enum wire_heard heard = WIRE_NOISE;
	struct message m = { 0 };
	struct ber scoped, pdu;
	bool authentic;

	if (!message_read(&m, bytes, len))
		return WIRE_NOISE;
	authentic = m.flags & MESSAGE_AUTH && usm_is_engine(u, &m) &&
	    seal_check(&u->seal, &m, bytes, len);
	if (m.flags & (MESSAGE_AUTH | MESSAGE_PRIV) && !authentic) {
		if (u->known == KNOWN_ENGINE && usm_is_engine(u, &m))
			u->known = KNOWN_FALSE;		/* no proof: wait for better */
		return WIRE_NOISE;
	}
	scoped = m.scoped;
	free(u->plain);
	u->plain = NULL;
	if ((!(m.flags & MESSAGE_PRIV) || seal_decrypt(&u->seal, &m, &u->plain, &scoped)) &&
	    scoped_read(scoped, &pdu))
		heard = take_pdu(u, &m, authentic, pdu, asked, answer, e);
	if (authentic && heard != WIRE_NOISE && u->known < KNOWN_USER)
		u->known = KNOWN_USER;
	if (heard != WIRE_NOISE)
		u->unanswered = 0;
	return heard;
}

/* Silence: how far did we get? Then it begins anew, as another card may come back. */
static void usm_silence(struct coder *c, const char *where, struct err *e)
{
	struct usm *u = of(c);

	switch (u->known) {
	case KNOWN_NOTHING:
	case KNOWN_WELL:
		err_kind(e, ERR_UNREACHABLE, _("%s does not answer SNMP v3; check the address, "
		    "that SNMP v3 is enabled on the card, and the card's access list"), where);
		break;
	case KNOWN_ENGINE:
		err_kind(e, ERR_UNREACHABLE, _("%s speaks SNMP v3, but does not answer user "
		    "\"%s\"; check the user name, the level, passwords and protocols, and the "
		    "card's access list"), where, u->user);
		break;
	case KNOWN_FALSE:
		err_kind(e, ERR_UNREACHABLE, _("%s answers SNMP v3 user \"%s\", but with another "
		    "authentication password; check it, and the authentication protocol"), where,
		    u->user);
		break;
	case KNOWN_USER:
		err_kind(e, ERR_UNREACHABLE, u->seal.level < LEVEL_PRIV ?
		    _("%s takes the password of SNMP v3 user \"%s\", but does not answer; check "
		    "the card's access list") :
		    _("%s takes the authentication password of SNMP v3 user \"%s\", but does not "
		    "answer what is encrypted; check the privacy password and the privacy "
		    "protocol"), where, u->user);
		break;
	}
	usm_forget_engine(u);
	seal_forget(&u->seal);
}

static void usm_free(struct coder *c)
{
	struct usm *u = of(c);

	secret_leave(u->auth_secret);
	secret_leave(u->priv_secret);
	free(u->user);
	free(u->bytes);
	free(u->plain);
	explicit_bzero(u, sizeof *u);
	free(u);
}

struct coder *usm_coder(const struct snmp_user *user)
{
	static const struct coder_type type = { usm_encode, usm_decode, usm_silence,
		usm_free };
	struct usm *u = mem_new(struct usm);

	u->coder.type = &type;
	u->user = mem_dup(user->name);
	u->seal.level = user->level;
	u->seal.auth = user->auth;
	u->seal.priv = user->priv;
	if (u->seal.level > LEVEL_NONE)
		u->auth_secret = secret_take(u->seal.auth, user->auth_password);
	if (u->seal.level > LEVEL_AUTH)
		u->priv_secret = secret_take(u->seal.auth, user->priv_password);
	return &u->coder;
}
