#include "store/eucjp.h"

#include <ctype.h>

enum { WORD = 3 };	/* letters */

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

/* In the place of a letter: a kanji of CP932, behind which katakana may go on. */
enum { KANJI = 0xfe };

/* A long sound that somebody typed for a hyphen: "UPSｰﾗｯｸ". */
static bool is_hyphen(unsigned char before, unsigned char c)
{
	return c == LONG && before < 0x80 && isalnum(before);
}

/*
 * Would somebody write c there in half-width katakana, behind these two? Marks stand
 * behind a letter that takes them, small letters, the long sound and n behind a letter;
 * words do not have one letter.
 */
static bool is_written(const unsigned char behind[2], unsigned char c)
{
	unsigned char before = behind[1];

	if (c < 0x80 || c == KANJI)
		return true;
	if (c == VOICED || c == HALF_VOICED)
		return takes_voice(before, c);
	if (parts_words(c))
		return before > ' ' && !parts_words(before) &&
		    !(before > DOT && before != KANJI && parts_words(behind[0]));
	return before > DOT || (!(c >= SMALL && c <= LONG) && c != N) || is_hyphen(before, c);
}

static bool write_on(unsigned char behind[2], unsigned char c)
{
	bool ok = is_written(behind, c);

	behind[0] = behind[1];
	behind[1] = c;
	return ok;
}

/*
 * The kanji of CP932 that may be EUC-JP, too, and are used: common ones begin with 8e and
 * 8f, some that only names have with fa and fb, or ed and ee where an old PC wrote them.
 */
static bool begins_kanji(unsigned char c)
{
	return c == 0x8e || c == 0x8f || c == 0xed || c == 0xee || c == 0xfa || c == 0xfb;
}

/* Does it make sense as CP932: as half-width katakana and such kanji? */
static bool is_cp932(const unsigned char *s, size_t len)
{
	unsigned char behind[2] = { 0 };

	for (size_t i = 0; i < len; i++) {
		bool kanji = begins_kanji(s[i]);

		if (kanji && (++i == len || s[i] < 0x40))
			return false;
		if ((!kanji && s[i] >= 0xe0) || !write_on(behind, kanji ? KANJI : s[i]))
			return false;
	}
	return true;
}

/*
 * Nothing but ASCII and the half-width katakana of EUC-JP, in words of some length? One or
 * two of those are rather a kanji of CP932 that begins with 8e.
 */
static bool is_katakana(const unsigned char *s, size_t len)
{
	unsigned char behind[2] = { 0 };
	size_t word = 0, longest = 0;

	for (size_t i = 0; i < len; i++) {
		bool letter = s[i] == 0x8e;

		i += letter;
		if ((!letter && s[i] >= 0x80) || !write_on(behind, s[i]))
			return false;
		word = letter ? word + 1 : 0;
		longest = word > longest ? word : longest;
	}
	return longest >= WORD;
}

long eucjp_at(const char *bytes, size_t len)
{
	const unsigned char *s = (const unsigned char *)bytes;
	long first = -1;

	for (size_t i = 0, n; i < len; i += n) {
		n = character(s + i, len - i);
		if (n == 0)
			return -1;
		if (n > 1 && first < 0)
			first = (long)i;
	}
	return is_cp932(s, len) && !is_katakana(s, len) ? -1 : first;
}
