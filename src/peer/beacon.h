/*
 * beacon - "I am here": a small datagram to the other terminals every 2 s.
 *
 * It tells who, in which state, and which site it holds; it is never an order.
 * It is authenticated by HMAC-SHA-256 with the site's key (SiteKey), so only
 * who holds the site can send or change one. Pure; the sockets are in
 * beacon-port.h, the bytes in amc-protocol(7).
 */
#ifndef AMC_PEER_BEACON_H
#define AMC_PEER_BEACON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BEACON_MAX 400		/* bytes */
#define BEACON_KEY 32
#define BEACON_MS 2000
#define BEACON_SKEW_MS 60000	/* how far a clock may be off for a first beacon to count */

struct beacon {
	char code[16];		/* the site's recognition code, R15 */
	char name[260];		/* of the terminal */
	uint8_t state;		/* enum terminal_state */
	uint32_t revision;
	unsigned char digest[8];	/* the first of the site's SHA-256 */
	int64_t started;	/* ms UTC: grows with each start of the sender */
	int64_t counter;	/* grows with each beacon since */
	int64_t at;		/* ms UTC by the sender's clock */
};

/* "64 hexadecimal digits" -> the key; false when it is not that. */
bool beacon_key(const char *hex, unsigned char key[BEACON_KEY]);

/* How many bytes; 0 when code or name are too long. */
size_t beacon_encode(const struct beacon *, const unsigned char key[BEACON_KEY],
    unsigned char out[BEACON_MAX]);

enum beacon_verdict {
	BEACON_GOOD,
	BEACON_BROKEN,		/* no beacon of ours: length, magic, version */
	BEACON_FOREIGN,		/* another site's: its recognition code */
	BEACON_FORGED,		/* not made with our key */
	BEACON_OLD,		/* the first of a sender, and its time is not now */
	BEACON_REPLAYED,	/* not newer than the last one of its sender */
	BEACON_VERDICTS
};
const char *beacon_verdict_word(enum beacon_verdict);	/* "forged" */

/* GOOD, BROKEN, FOREIGN or FORGED. out is filled only when it is good. */
enum beacon_verdict beacon_decode(const unsigned char *bytes, size_t len, const char *code,
    const unsigned char key[BEACON_KEY], struct beacon *out);

/* What was last heard of one sender; { 0 } is nothing. */
struct beacon_window {
	int64_t started, counter;
};
/*
 * GOOD, OLD or REPLAYED; a good one moves the window. now: our clock. Once a
 * sender is known its clock does not matter, only its order.
 */
enum beacon_verdict beacon_judge(struct beacon_window *, const struct beacon *, int64_t now);

#endif
