/* secret - keys, digests and encryption of SNMPv3's users; see secret.h */
#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <net-snmp/library/keytools.h>
#include <net-snmp/library/scapi.h>
#include <net-snmp/library/snmpusm.h>

#include "sim/secret.h"

#include <string.h>

/* Nothing of the host is read for this: it only finds out what is in the library. */
static void start(void)
{
	static bool started;

	if (!started)
		sc_init();
	started = true;
}

int secret_auth_protocol(const char *name)
{
	return usm_lookup_auth_type(name);
}

int secret_priv_protocol(const char *name)
{
	return usm_lookup_priv_type(name);
}

bool secret_from_phrase(int auth, const char *phrase, struct secret_key *key)
{
	size_t n;
	const oid *hash = sc_get_auth_oid(auth, &n);

	start();
	key->len = sizeof key->bytes;
	return generate_Ku(hash, n, (const u_char *)phrase, strlen(phrase),
	    key->bytes, &key->len) == SNMPERR_SUCCESS;
}

bool secret_localize(int auth, int priv, const struct secret_key *from,
    const uint8_t *engine, size_t len, struct secret_key *key)
{
	size_t n;
	oid *hash = sc_get_auth_oid(auth, &n);
	u_char *bytes = key->bytes;
	int need;

	key->len = sizeof key->bytes;
	if (generate_kul(hash, n, engine, len, from->bytes, from->len, bytes,
	    &key->len) != SNMPERR_SUCCESS)
		return false;
	if (priv < 0)
		return true;
	need = sc_get_proper_priv_length_bytype(priv);
	if (netsnmp_extend_kul(need, hash, n, priv, (u_char *)engine, len, &bytes,
	    &key->len, sizeof key->bytes) != SNMPERR_SUCCESS ||
	    key->len < (size_t)need)
		return false;
	key->len = need;
	return true;
}

size_t secret_digest_length(int auth)
{
	return sc_get_auth_maclen(auth);
}

bool secret_digest(int auth, const struct secret_key *key, const uint8_t *bytes,
    size_t len, uint8_t digest[SECRET_DIGEST])
{
	size_t n, size = secret_digest_length(auth);
	const oid *hash = sc_get_auth_oid(auth, &n);

	return sc_generate_keyed_hash(hash, n, key->bytes, key->len, bytes, len,
	    digest, &size) == SNMPERR_SUCCESS;
}

static void put32(uint8_t *to, uint32_t n)
{
	to[0] = n >> 24;
	to[1] = n >> 16;
	to[2] = n >> 8;
	to[3] = n;
}

/* RFC 3414 8.1.1.1 for DES, RFC 3826 3.1.2.1 for AES; how long it is. */
static size_t make_iv(int priv, const struct secret_key *key,
    const struct secret_salt *salt, uint8_t iv[16])
{
	int i;

	if ((priv & USM_PRIV_MASK_ALG) == USM_CREATE_USER_PRIV_DES) {
		for (i = 0; i < 8; i++)
			iv[i] = key->bytes[8 + i] ^ salt->bytes[i];
		return 8;
	}
	put32(iv, salt->boots);
	put32(iv + 4, salt->time);
	memcpy(iv + 8, salt->bytes, 8);
	return 16;
}

size_t secret_encrypt(int priv, const struct secret_key *key,
    const struct secret_salt *salt, const uint8_t *bytes, size_t len, uint8_t *to,
    size_t size)
{
	size_t n;
	const oid *how = sc_get_priv_oid(priv, &n);
	uint8_t iv[16];
	const size_t iv_len = make_iv(priv, key, salt, iv);

	return sc_encrypt(how, n, (u_char *)key->bytes, key->len, iv, iv_len, bytes,
	    len, to, &size) == SNMPERR_SUCCESS ? size : 0;
}

size_t secret_decrypt(int priv, const struct secret_key *key,
    const struct secret_salt *salt, const uint8_t *bytes, size_t len, uint8_t *to,
    size_t size)
{
	size_t n;
	const oid *how = sc_get_priv_oid(priv, &n);
	uint8_t iv[16];
	const size_t iv_len = make_iv(priv, key, salt, iv);

	if (len == 0 || (iv_len == 8 && len % 8))
		return 0;
	return sc_decrypt(how, n, (u_char *)key->bytes, key->len, iv, iv_len,
	    (u_char *)bytes, len, to, &size) == SNMPERR_SUCCESS ? size : 0;
}
