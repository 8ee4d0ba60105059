#include "store/eucjp.h"

#include <stdint.h>

/* How many bytes a character of EUC-JP takes: ASCII, JIS X 0208, 0201, 0212; 0: none. */
static size_t character(const unsigned char *s, size_t left)
{
	size_t n = s[0] < 0x80 ? 1 : s[0] == 0x8f ? 3 : 2;

	if (n == 1)
		return 1;
	if (n > left || (s[0] < 0xa1 && s[0] != 0x8e && s[0] != 0x8f) || s[0] == 0xff)
		return 0;
	for (size_t i = 1; i < n; i++)
		if (s[i] < 0xa1 || s[i] == 0xff)
			return 0;
	return s[0] == 0x8e && s[1] > 0xdf ? 0 : n;
}

/* The half-width katakana of JIS X 0201 that these are the bytes of. */
enum { STOP = 0xa1, COMMA = 0xa4, DOT = 0xa5, SMALL = 0xa7, LONG = 0xb0, U = 0xb3, KA = 0xb6, TO = 0xc4,
	HA = 0xca, HO = 0xce, N = 0xdd, VOICED = 0xde, HALF_VOICED = 0xdf };

static bool takes_voice(unsigned char letter, unsigned char mark)
{
	bool ha = letter >= HA && letter <= HO;

	return mark == HALF_VOICED ? ha : ha || letter == U || (letter >= KA && letter <= TO);
}

static bool parts_words(unsigned char c)
{
	return c == STOP || c == COMMA || c == DOT;
}

/*
 * Would somebody write c there in half-width katakana, behind these two? Marks stand
 * behind a letter that takes them, small letters, the long sound and n behind a letter;
 * words do not have one letter.
 */
static bool is_written(const unsigned char behind[2], unsigned char c)
{
	unsigned char before = behind[1];

	if (c < 0x80)
		return true;
	if (c >= 0xe0)
		return false;	/* half of a rare kanji, and none of the common ones anywhere */
	if (c == VOICED || c == HALF_VOICED)
		return takes_voice(before, c);
	if (parts_words(c))
		return before > ' ' && !parts_words(before) &&
		    !(before > DOT && parts_words(behind[0]));
	return before > DOT || (!(c >= SMALL && c <= LONG) && c != N);
}

long eucjp_at(const char *bytes, size_t len)
{
	const unsigned char *s = (const unsigned char *)bytes;
	unsigned char behind[2] = { 0 };
	bool katakana = true;
	long first = -1;

	for (size_t i = 0, n; i < len; i += n) {
		n = character(s + i, len - i);
		if (n == 0)
			return -1;
		if (n > 1 && first < 0)
			first = (long)i;
		katakana &= s[i] < 0x80 || s[i] >= 0xa1;
		for (size_t j = i; j < i + n; j++) {
			katakana &= is_written(behind, s[j]);
			behind[0] = behind[1];
			behind[1] = s[j];
		}
	}
	return katakana ? -1 : first;
}
