/* cipher - keys, digests and ciphers of SNMPv3; the door to net-snmp's; see cipher.h */
#include "snmp/cipher.h"
#include "base/mem.h"

#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <net-snmp/library/keytools.h>
#include <net-snmp/library/scapi.h>

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "snmp/cipher-lazy.h"

enum {
	KEPT = 16,			/* secrets that nobody has any more */
	SHORTEST = 8,			/* RFC 3414, 11.2 */
	HASHED = 1024 * 1024,		/* RFC 3414, A.2 */
};

struct secret {
	struct secret *next;
	unsigned users;
	uint64_t left;		/* when the last of them went, in order */
	enum snmp_auth auth;
	struct key key;		/* no length: not made yet */
	size_t len;
	char passphrase[];
};

static struct secret *secrets;	/* those that somebody has, and some that somebody had */

static const int auth_types[] = {
	[AUTH_MD5] = NETSNMP_USMAUTH_HMACMD5, [AUTH_SHA] = NETSNMP_USMAUTH_HMACSHA1,
	[AUTH_SHA224] = NETSNMP_USMAUTH_HMAC128SHA224,
	[AUTH_SHA256] = NETSNMP_USMAUTH_HMAC192SHA256,
	[AUTH_SHA384] = NETSNMP_USMAUTH_HMAC256SHA384,
	[AUTH_SHA512] = NETSNMP_USMAUTH_HMAC384SHA512,
};

static const struct {
	int type;
	size_t key;
} ciphers[] = {
	[PRIV_DES] = { USM_CREATE_USER_PRIV_DES, 8 },	/* and 8 for the start */
	[PRIV_AES] = { USM_CREATE_USER_PRIV_AES, 16 },
	[PRIV_AES192] = { USM_CREATE_USER_PRIV_AES192, 24 },
	[PRIV_AES256] = { USM_CREATE_USER_PRIV_AES256, 32 },
};
enum { LONGEST = 32 };

static const oid *auth_oid(enum snmp_auth auth, size_t *n)
{
	return sc_get_auth_oid(auth_types[auth], n);
}

static struct secret *secret_new(enum snmp_auth auth, const char *passphrase, size_t len)
{
	struct secret *s = mem_zero(1, sizeof *s + len + 1);

	s->auth = auth;
	s->len = len;
	memcpy(s->passphrase, passphrase, len + 1);
	return s;
}

/*
 * RFC 3414, A.2: of the passphrase again and again. In one piece it is hashed three times
 * as fast as in those of 64 bytes in which net-snmp would do it.
 */
static bool secret_key(struct secret *s)
{
	size_t n, have = s->len < HASHED ? s->len : HASHED;
	unsigned char *all;
	const oid *id;

	if (s->key.len)
		return true;
	all = mem_zero(HASHED, 1);
	memcpy(all, s->passphrase, have);
	for (size_t more; have < HASHED; have += more) {
		more = have < HASHED - have ? have : HASHED - have;
		memcpy(all + have, all, more);
	}
	sc_init();
	id = auth_oid(s->auth, &n);
	s->key.len = KEY_SIZE;
	if (sc_hash(id, n, all, HASHED, s->key.bytes, &s->key.len) != SNMPERR_SUCCESS)
		s->key.len = 0;
	explicit_bzero(all, HASHED);
	free(all);
	return s->key.len > 0;
}

struct secret *secret_take(enum snmp_auth auth, const char *passphrase)
{
	struct secret *s = secrets;
	size_t len = strlen(passphrase);

	if (len < SHORTEST)
		return NULL;
	while (s && (s->auth != auth || strcmp(s->passphrase, passphrase) != 0))
		s = s->next;
	if (!s) {
		s = secret_new(auth, passphrase, len);
		s->next = secrets;
		secrets = s;
	}
	s->users++;
	return s;
}

static void forget(struct secret *s)
{
	struct secret **at = &secrets;

	while (*at != s)
		at = &(*at)->next;
	*at = s->next;
	explicit_bzero(s, sizeof *s + s->len);
	free(s);
}

/* Who comes back soon, as a card whose name is looked up anew, finds his. */
void secret_leave(struct secret *s)
{
	static uint64_t order;
	struct secret *oldest = NULL;
	int unused = 0;

	if (!s || --s->users > 0)
		return;
	s->left = ++order;
	for (s = secrets; s; s = s->next) {
		if (s->users > 0)
			continue;
		unused++;
		if (!oldest || s->left < oldest->left)
			oldest = s;
	}
	if (unused > KEPT)
		forget(oldest);
}

bool key_localise(struct key *k, struct secret *s, const unsigned char *engine, size_t len)
{
	size_t n, more;
	const oid *id;

	if (!secret_key(s))
		return false;
	id = auth_oid(s->auth, &n);
	k->len = KEY_SIZE;
	if (generate_kul(id, (u_int)n, engine, len, s->key.bytes, s->key.len, k->bytes,
	    &k->len) != SNMPERR_SUCCESS)
		return false;
	while (k->len < LONGEST) {
		more = KEY_SIZE - k->len;
		if (sc_hash(id, n, k->bytes, k->len, k->bytes + k->len, &more) !=
		    SNMPERR_SUCCESS)
			return false;
		k->len += more;
	}
	return true;
}

size_t mac_size(enum snmp_auth auth)
{
	return (size_t)sc_get_auth_maclen(auth_types[auth]);
}

bool mac_make(enum snmp_auth auth, const struct key *k, const unsigned char *bytes,
    size_t len, unsigned char mac[MAC_SIZE])
{
	size_t n, size = mac_size(auth);
	const oid *id = auth_oid(auth, &n);

	return sc_generate_keyed_hash(id, n, k->bytes,
	    (u_int)sc_get_proper_auth_length_bytype(auth_types[auth]), bytes, (u_int)len, mac,
	    &size) == SNMPERR_SUCCESS && size == mac_size(auth);
}

static void put32(unsigned char *p, uint32_t n)
{
	for (int i = 3; i >= 0; i--, n >>= 8)
		p[i] = (unsigned char)n;
}

/* RFC 3414, 8.1.1.1: the engine's boots and a number; RFC 3826, 3.1.2.1: a number. */
void salting_make(struct salting *s, enum snmp_priv priv)
{
	static uint64_t last;

	if (!last && getrandom(&last, sizeof last, GRND_NONBLOCK) < 0)
		last = (uint64_t)(size_t)s;
	last++;
	put32(s->salt, priv == PRIV_DES ? s->boots : (uint32_t)(last >> 32));
	put32(s->salt + 4, (uint32_t)last);
}

/* What the cipher starts from; its length. */
static u_int start_of(u_char iv[16], enum snmp_priv priv, const struct key *k,
    const struct salting *s)
{
	if (priv == PRIV_DES) {
		for (int i = 0; i < SALT_SIZE; i++)
			iv[i] = k->bytes[8 + i] ^ s->salt[i];
		return SALT_SIZE;
	}
	put32(iv, s->boots);
	put32(iv + 4, s->time);
	memcpy(iv + 8, s->salt, SALT_SIZE);
	return 16;
}

size_t cipher_encrypt(enum snmp_priv priv, const struct key *k, const struct salting *s,
    const unsigned char *in, size_t len, unsigned char *out)
{
	size_t n, size = len + BLOCK;
	const oid *id = sc_get_priv_oid(ciphers[priv].type, &n);
	struct key key = *k;
	u_char iv[16];

	if (sc_encrypt(id, n, key.bytes, (u_int)ciphers[priv].key, iv,
	    start_of(iv, priv, k, s), in, (u_int)len, out, &size) != SNMPERR_SUCCESS)
		size = 0;
	explicit_bzero(&key, sizeof key);
	return size;
}

size_t cipher_decrypt(enum snmp_priv priv, const struct key *k, const struct salting *s,
    unsigned char *in, size_t len, unsigned char *out)
{
	size_t n, size = len;
	const oid *id = sc_get_priv_oid(ciphers[priv].type, &n);
	struct key key = *k;
	u_char iv[16];

	if (len == 0 || (priv == PRIV_DES && len % BLOCK != 0))
		return 0;
	if (sc_decrypt(id, n, key.bytes, (u_int)ciphers[priv].key, iv,
	    start_of(iv, priv, k, s), in, (u_int)len, out, &size) != SNMPERR_SUCCESS)
		size = 0;
	explicit_bzero(&key, sizeof key);
	return size;
}
