/*
 * Any bytes as a beacon. As they are they must not pass, for they have not been made
 * with the key; given the right seal they are read, and what is read makes the same
 * bytes again. A recording never counts twice.
 */
#include "base/mem.h"
#include "base/text.h"
#include "peer/beacon.h"
#include "peer/trust.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SEAL = 32, CODE_AT = 44 };

static const unsigned char key[BEACON_KEY] = "0123456789abcdef0123456789abcde";

static void must(int ok, const char *words)
{
	if (ok)
		return;
	fprintf(stderr, "%s\n", words);
	abort();
}

static void check(const unsigned char *bytes, size_t len, const struct beacon *b)
{
	struct beacon_window window = { 0 };
	unsigned char again[BEACON_MAX];

	must(strlen(b->code) < sizeof b->code && strlen(b->name) < sizeof b->name, "too long");
	must(text_invalid(b->name, strlen(b->name)) < 0, "not a name");
	must(beacon_encode(b, key, again) == len && memcmp(again, bytes, len) == 0,
	    "other bytes again");
	if (beacon_judge(&window, b, b->at) == BEACON_GOOD)
		must(beacon_judge(&window, b, b->at) == BEACON_REPLAYED, "a recording counts");
}

/* The code that it names itself, so that it is not foreign. */
static void code_of(const unsigned char *bytes, size_t len, char code[16])
{
	size_t n = len > CODE_AT ? bytes[6] : 0;

	if (n > 15 || CODE_AT + n > len)
		n = 0;
	memcpy(code, bytes + (n ? CODE_AT : 0), n);
	code[n] = '\0';
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned char *bytes = (unsigned char *)mem_zero(size + SEAL, 1);
	struct beacon b;
	char code[16];

	memcpy(bytes, data, size);
	code_of(bytes, size, code);
	must(beacon_decode(bytes, size, code, key, &b) != BEACON_GOOD, "forged");
	hmac_sha256(key, sizeof key, bytes, size, bytes + size);
	if (beacon_decode(bytes, size + SEAL, code, key, &b) == BEACON_GOOD)
		check(bytes, size + SEAL, &b);
	free(bytes);
	return 0;
}
