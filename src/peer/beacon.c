/* beacon - "I am here"; see beacon.h */
#include "peer/beacon.h"
#include "base/mem.h"
#include "base/text.h"
#include "peer/trust.h"

#include <string.h>

#define MAGIC "AMCB"
#define FORMAT 1
#define HEAD 44
#define MAC 32

static const char *const verdicts[BEACON_VERDICTS] = {
	[BEACON_GOOD] = "good", [BEACON_BROKEN] = "broken", [BEACON_FOREIGN] = "foreign",
	[BEACON_FORGED] = "forged", [BEACON_OLD] = "old", [BEACON_REPLAYED] = "replayed",
};

const char *beacon_verdict_word(enum beacon_verdict v)
{
	return verdicts[v];
}

static int digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c >= 'A' && c <= 'F' ? strchr(digits, c - 'A' + 'a') :
	    c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

bool beacon_key(const char *hex, unsigned char key[BEACON_KEY])
{
	if (strlen(hex) != 2 * BEACON_KEY)
		return false;
	for (int i = 0; i < BEACON_KEY; i++) {
		int high = digit(hex[2 * i]), low = digit(hex[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		key[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

static void put(unsigned char *to, int bytes, uint64_t n)
{
	while (bytes-- > 0) {
		to[bytes] = (unsigned char)n;
		n >>= 8;
	}
}

static uint64_t get(const unsigned char *from, int bytes)
{
	uint64_t n = 0;

	for (int i = 0; i < bytes; i++)
		n = n << 8 | from[i];
	return n;
}

size_t beacon_encode(const struct beacon *b, const unsigned char key[BEACON_KEY],
    unsigned char out[BEACON_MAX])
{
	size_t code = strlen(b->code), name = strlen(b->name), len = HEAD + code + name;

	if (code > 15 || name > 255 || len + MAC > BEACON_MAX)
		return 0;
	memcpy(out, MAGIC, 4);
	out[4] = FORMAT;
	out[5] = b->state;
	out[6] = (unsigned char)code;
	out[7] = (unsigned char)name;
	put(out + 8, 4, b->revision);
	memcpy(out + 12, b->digest, 8);
	put(out + 20, 8, (uint64_t)b->started);
	put(out + 28, 8, (uint64_t)b->counter);
	put(out + 36, 8, (uint64_t)b->at);
	memcpy(out + HEAD, b->code, code);
	memcpy(out + HEAD + code, b->name, name);
	hmac_sha256(key, BEACON_KEY, out, len, out + len);
	return len + MAC;
}

enum beacon_verdict beacon_decode(const unsigned char *in, size_t len, const char *code,
    const unsigned char key[BEACON_KEY], struct beacon *out)
{
	unsigned char mac[MAC];
	size_t signed_len = len - MAC;

	if (len < HEAD + MAC || memcmp(in, MAGIC, 4) != 0 || in[4] != FORMAT || in[6] > 15 ||
	    len != (size_t)HEAD + in[6] + in[7] + MAC || memchr(in + HEAD, 0, in[6] + in[7]))
		return BEACON_BROKEN;
	if (strlen(code) != in[6] || memcmp(code, in + HEAD, in[6]) != 0)
		return BEACON_FOREIGN;
	hmac_sha256(key, BEACON_KEY, in, signed_len, mac);
	if (!mem_same(mac, in + signed_len, MAC))
		return BEACON_FORGED;
	*out = (struct beacon){ .state = in[5], .revision = (uint32_t)get(in + 8, 4),
		.started = (int64_t)get(in + 20, 8), .counter = (int64_t)get(in + 28, 8),
		.at = (int64_t)get(in + 36, 8) };
	memcpy(out->digest, in + 12, 8);
	memcpy(out->code, in + HEAD, in[6]);
	memcpy(out->name, in + HEAD + in[6], in[7]);
	return text_invalid(out->name, in[7]) < 0 ? BEACON_GOOD : BEACON_BROKEN;
}

enum beacon_verdict beacon_judge(struct beacon_window *w, const struct beacon *b, int64_t now)
{
	/* with nothing to compare with, an old recording could pass for the present */
	if (!w->started && (b->at < now - BEACON_SKEW_MS || b->at > now + BEACON_SKEW_MS))
		return BEACON_OLD;
	if (b->started < w->started || (b->started == w->started && b->counter <= w->counter))
		return BEACON_REPLAYED;
	*w = (struct beacon_window){ b->started, b->counter };
	return BEACON_GOOD;
}
