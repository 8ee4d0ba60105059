/* ber - type, length, contents; see ber.h */
#include "snmp/ber.h"

#include <assert.h>
#include <string.h>

/* The length, short or long form; p moves behind it. */
static bool take_length(struct ber *from, size_t *len)
{
	size_t bytes;

	if (from->n < 1)
		return false;
	*len = *from->p++;
	from->n--;
	if (!(*len & 0x80))
		return *len <= from->n;
	bytes = *len & 0x7f;
	if (bytes < 1 || bytes > 4 || bytes > from->n)
		return false;
	for (*len = 0; bytes > 0; bytes--, from->n--)
		*len = *len << 8 | *from->p++;
	return *len <= from->n;
}

bool ber_take(struct ber *from, unsigned char type, struct ber *body)
{
	size_t len;

	if (from->n < 2 || *from->p != type)
		return false;
	from->p++;
	from->n--;
	if (!take_length(from, &len))
		return false;
	*body = (struct ber){ from->p, len };
	from->p += len;
	from->n -= len;
	return true;
}

bool ber_take_int(struct ber *from, uint32_t *number)
{
	struct ber body;

	if (!ber_take(from, BER_INTEGER, &body) || body.n < 1 || body.n > 4 ||
	    body.p[0] & 0x80)
		return false;
	for (*number = 0; body.n > 0; body.n--)
		*number = *number << 8 | *body.p++;
	return true;
}

unsigned char *ber_start(const struct ber_back *b)
{
	return b->bytes + b->size - b->used;
}

void ber_put(struct ber_back *b, const void *bytes, size_t n)
{
	assert(n <= b->size - b->used);
	b->used += n;
	if (n > 0)
		memcpy(ber_start(b), bytes, n);
}

static void put_byte(struct ber_back *b, size_t byte)
{
	unsigned char c = (unsigned char)byte;

	ber_put(b, &c, 1);
}

void ber_put_head(struct ber_back *b, unsigned char type, size_t len)
{
	size_t rest = len, bytes = 0;

	if (len < 0x80) {
		put_byte(b, len);
	} else {
		for (; rest > 0; rest >>= 8, bytes++)
			put_byte(b, rest & 0xff);
		put_byte(b, 0x80 | bytes);
	}
	put_byte(b, type);
}

void ber_put_octets(struct ber_back *b, const void *bytes, size_t n)
{
	ber_put(b, bytes, n);
	ber_put_head(b, BER_OCTETS, n);
}

void ber_put_int(struct ber_back *b, uint32_t number)
{
	size_t bytes = 0;
	unsigned char last;

	do {
		last = (unsigned char)number;
		put_byte(b, last);
		number >>= 8;
		bytes++;
	} while (number > 0 || last & 0x80);
	ber_put_head(b, BER_INTEGER, bytes);
}
