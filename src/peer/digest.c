/* digest - hashes and chance; a door to GnuTLS; see trust.h */
#include "peer/trust.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <stdlib.h>

#include "peer/digest-lazy.h"

static void to_hex(char *hex, const unsigned char *bytes, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < n; i++) {
		hex[2 * i] = digits[bytes[i] >> 4];
		hex[2 * i + 1] = digits[bytes[i] & 15];
	}
	hex[2 * n] = '\0';
}

void sha256_hex(const void *bytes, size_t len, char hex[65])
{
	unsigned char sum[32];

	if (gnutls_hash_fast(GNUTLS_DIG_SHA256, bytes, len, sum) < 0)
		abort();	/* only a GnuTLS without SHA-256 */
	to_hex(hex, sum, sizeof sum);
}

void hmac_sha256(const void *key, size_t key_len, const void *bytes, size_t len,
    unsigned char mac[32])
{
	if (gnutls_hmac_fast(GNUTLS_MAC_SHA256, key, key_len, bytes, len, mac) < 0)
		abort();	/* as above */
}

void random_hex(char *hex, size_t n)
{
	unsigned char bytes[32];
	size_t part;

	for (*hex = '\0'; n > 0; n -= part, hex += 2 * part) {
		part = n < sizeof bytes ? n : sizeof bytes;
		if (gnutls_rnd(GNUTLS_RND_KEY, bytes, part) < 0)
			abort();	/* no chance in this machine */
		to_hex(hex, bytes, part);
	}
}
