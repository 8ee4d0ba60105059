/*
 * seal - what makes an SNMPv3 message authentic and private: one user's keys at one
 * engine (RFC 3414, sections 6 to 8).
 */
#ifndef AMC_SNMP_SEAL_H
#define AMC_SNMP_SEAL_H

#include "snmp/usm-message.h"

struct seal {
	enum snmp_level level;
	enum snmp_auth auth;
	enum snmp_priv priv;
	struct key auth_key, priv_key;	/* no length: not made yet */
};

/* Makes the keys that the level needs, unless they are there. */
bool seal_keys(struct seal *, struct secret *auth, struct secret *priv,
    const unsigned char *engine, size_t len);
/* They are those of another engine. */
void seal_forget(struct seal *);

/*
 * A message of what is at the end of the buffer, the scoped PDU: encrypted and signed
 * as the level is, whose flags are set in it. boots, time, engine, user and number
 * stand in the message already. MESSAGE_ROOM and the user's length more are needed.
 */
bool seal_message(const struct seal *, struct ber_back *, struct message *);

/* Is this whole message, bytes, signed with our key? Its digest is lost in that. */
bool seal_check(const struct seal *, const struct message *, unsigned char *bytes, size_t len);
/* The contents of the scoped PDU as they were; *plain is to be freed, in any case. */
bool seal_decrypt(const struct seal *, const struct message *, unsigned char **plain,
    struct ber *scoped);

#endif
