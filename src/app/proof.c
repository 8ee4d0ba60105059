/* proof - that somebody holds the site; see proof.h */
#include "app/proof.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"
#include "peer/beacon.h"
#include "peer/trust.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAC = 32, HOUR_MS = 3600 * 1000 };

bool proof_make(const struct site *site, const char *const *lines, char proof[PROOF_SIZE])
{
	unsigned char key[BEACON_KEY], mac[MAC];
	struct text t = { 0 };
	bool ok = beacon_key(site_network(site)->site_key, key);

	if (ok) {
		for (const char *const *l = lines; *l; l++)
			text_printf(&t, "%s%s", l == lines ? "" : "\n", *l);
		hmac_sha256(key, sizeof key, t.s, t.len, mac);
		for (int i = 0; i < MAC; i++)
			snprintf(proof + 2 * i, 3, "%02x", mac[i]);
	}
	explicit_bzero(key, sizeof key);
	text_done(&t);
	return ok;
}

bool proof_fits(const struct site *site, const char *const *lines, const char *proof)
{
	char wanted[PROOF_SIZE];

	return strlen(proof) == PROOF_SIZE - 1 && proof_make(site, lines, wanted) &&
	    mem_same(wanted, proof, PROOF_SIZE);
}

bool proof_is_fresh(const char *time)
{
	int64_t at, now = utc_now();

	return utc_parse(time, now, &at) && llabs(at - now) <= HOUR_MS;
}
