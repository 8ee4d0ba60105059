/* fold - text as a person looks for it; see fold.h */
#include "base/fold.h"

#include <string.h>

/* U+FF61 .. U+FF9F as full-width kana and marks */
static const uint16_t half_kana[] = {
	0x3002, 0x300c, 0x300d, 0x3001, 0x30fb, 0x30f2, 0x30a1, 0x30a3, 0x30a5,
	0x30a7, 0x30a9, 0x30e3, 0x30e5, 0x30e7, 0x30c3, 0x30fc, 0x30a2, 0x30a4,
	0x30a6, 0x30a8, 0x30aa, 0x30ab, 0x30ad, 0x30af, 0x30b1, 0x30b3, 0x30b5,
	0x30b7, 0x30b9, 0x30bb, 0x30bd, 0x30bf, 0x30c1, 0x30c4, 0x30c6, 0x30c8,
	0x30ca, 0x30cb, 0x30cc, 0x30cd, 0x30ce, 0x30cf, 0x30d2, 0x30d5, 0x30d8,
	0x30db, 0x30de, 0x30df, 0x30e0, 0x30e1, 0x30e2, 0x30e4, 0x30e6, 0x30e8,
	0x30e9, 0x30ea, 0x30eb, 0x30ec, 0x30ed, 0x30ef, 0x30f3, 0x309b, 0x309c,
};

static uint32_t common(uint32_t cp)
{
	if (cp >= 0xff01 && cp <= 0xff5e)
		cp -= 0xfee0;		/* full-width ASCII */
	if ((cp >= 'A' && cp <= 'Z') || (cp >= 0xc0 && cp <= 0xde && cp != 0xd7))
		return cp + 0x20;
	if (cp >= 0xff61 && cp <= 0xff9f)
		return half_kana[cp - 0xff61];
	if (cp >= 0x3041 && cp <= 0x3096)
		return cp + 0x60;	/* hiragana */
	return cp == 0x3000 ? ' ' : cp;
}

/* A kana with the mark that follows it, 0 when they do not make one. */
static uint32_t marked(uint32_t kana, uint32_t mark)
{
	bool voiced = mark == 0xff9e || mark == 0x3099 || mark == 0x309b;
	bool half = mark == 0xff9f || mark == 0x309a || mark == 0x309c;

	if (kana >= 0x30cf && kana <= 0x30db && (kana - 0x30cf) % 3 == 0)
		return voiced ? kana + 1 : half ? kana + 2 : 0;
	if (!voiced)
		return 0;
	if (kana == 0x30a6)
		return 0x30f4;
	if ((kana >= 0x30ab && kana <= 0x30c2 && kana % 2 == 1) ||
	    kana == 0x30c4 || kana == 0x30c6 || kana == 0x30c8)
		return kana + 1;
	return 0;
}

size_t fold_next(const char *s, uint32_t *cp)
{
	size_t n = text_next(s, NULL, cp);
	uint32_t mark, one;

	if (n < 2) {	/* mostly it is ASCII */
		*cp = common(*cp);
		return n;
	}
	*cp = common(*cp);
	if (*cp >= 0x30a6 && *cp <= 0x30db && s[n]) {
		size_t more = text_next(s + n, NULL, &mark);

		one = marked(*cp, mark);
		if (one) {
			*cp = one;
			n += more;
		}
	}
	return n;
}

/* How many bytes of text `what` takes that stands at its beginning; 0: it does not. */
static size_t begins(const char *text, const char *what)
{
	const char *at = text;
	uint32_t a, b;
	size_t n;

	while ((n = fold_next(what, &b)) > 0) {
		size_t m = fold_next(at, &a);

		if (!m || a != b)
			return 0;
		what += n;
		at += m;
	}
	return (size_t)(at - text);
}

const char *fold_find(const char *text, const char *what, size_t *len)
{
	uint32_t first, cp;
	size_t n;

	if (!fold_next(what, &first))
		return NULL;
	for (; (n = fold_next(text, &cp)) > 0; text += n)
		if (cp == first && (*len = begins(text, what)) > 0)
			return text;
	return NULL;
}

/* A run of digits as its length and the digits, so that longer is greater. */
static size_t add_number(struct text *key, const char *s)
{
	char digits[64];
	size_t n, used = 0, count = 0;
	uint32_t cp;

	while ((n = fold_next(s + used, &cp)) > 0 && cp >= '0' && cp <= '9') {
		used += n;
		if (count == 0 && cp == '0')
			continue;
		if (count < sizeof digits)
			digits[count++] = (char)cp;
	}
	text_add_len(key, (char[]){ '0', (char)(count + 1) }, 2);
	text_add_len(key, digits, count);
	return used;
}

void fold_key(struct text *key, const char *s)
{
	char bytes[4];
	uint32_t cp;
	size_t n;

	while ((n = fold_next(s, &cp)) > 0) {
		if (cp >= '0' && cp <= '9') {
			s += add_number(key, s);
			continue;
		}
		text_add_len(key, bytes, text_put(bytes, cp));
		s += n;
	}
}
