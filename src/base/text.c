/* text - UTF-8, column widths, and strings that grow; see text.h */
#include "base/text.h"
#include "base/ambiguous.h"
#include "base/mem.h"

#include <limits.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static void room(struct text *t, size_t more)
{
	size_t cap = t->cap ? t->cap : 64;

	if (t->len + more < t->cap)
		return;
	while (cap <= t->len + more)
		cap *= 2;
	t->s = mem_realloc(t->s, cap, 1);
	t->cap = cap;
}

void text_add_len(struct text *t, const char *s, size_t len)
{
	room(t, len);
	memcpy(t->s + t->len, s, len);
	t->len += len;
	t->s[t->len] = '\0';
}

void text_add(struct text *t, const char *s)
{
	text_add_len(t, s, strlen(s));
}

void text_printf(struct text *t, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		return;
	room(t, (size_t)n);
	va_start(ap, fmt);
	vsnprintf(t->s + t->len, (size_t)n + 1, fmt, ap);
	va_end(ap);
	t->len += (size_t)n;
}

void text_add_base64(struct text *t, const char *bytes, size_t len)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < len; i += 3) {
		uint32_t three = 0;
		char four[4];

		for (size_t k = 0; k < 3; k++)
			three = three << 8 | (i + k < len ? (unsigned char)bytes[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			four[k] = i + k <= len ? digits[three >> (18 - 6 * k) & 63] : '=';
		text_add_len(t, four, sizeof four);
	}
}

char *text_take(struct text *t)
{
	char *s = t->s ? t->s : mem_dup("");

	*t = (struct text){ 0 };
	return s;
}

void text_done(struct text *t)
{
	free(t->s);
	*t = (struct text){ 0 };
}

/* How many bytes a valid character at s has, 0 if it is not UTF-8. */
static size_t decode(const unsigned char *s, size_t left, uint32_t *cp)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n, i;
	uint32_t c = s[0];

	if (c < 0x80)
		n = 1;
	else if (c >= 0xc2 && c < 0xe0)
		n = 2, c &= 0x1f;
	else if (c >= 0xe0 && c < 0xf0)
		n = 3, c &= 0x0f;
	else if (c >= 0xf0 && c < 0xf5)
		n = 4, c &= 0x07;
	else
		return 0;
	if (n > left)
		return 0;
	for (i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3f);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 0;
	*cp = c;
	return n;
}

size_t text_next(const char *s, const char *end, uint32_t *cp)
{
	size_t left, n;

	*cp = 0;
	if (s != end && *s > 0) {	/* mostly it is ASCII */
		*cp = (uint32_t)*s;
		return 1;
	}
	left = end ? (size_t)(end - s) : strnlen(s, 4);
	if (left == 0)
		return 0;
	n = decode((const unsigned char *)s, left, cp);
	if (n == 0) {
		*cp = 0xfffd;
		n = 1;
	}
	return n;
}

size_t text_put(char *s, uint32_t cp)
{
	if (cp < 0x80) {
		s[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		s[0] = (char)(0xc0 | cp >> 6);
		s[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		s[0] = (char)(0xe0 | cp >> 12);
		s[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		s[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	s[0] = (char)(0xf0 | cp >> 18);
	s[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	s[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	s[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

long text_invalid(const char *s, size_t len)
{
	size_t i = 0, n;
	uint64_t eight;
	uint32_t cp;

	while (i < len) {
		if (i + 8 <= len) {	/* eight ASCII bytes at once */
			memcpy(&eight, s + i, 8);
			if (!(eight & UINT64_C(0x8080808080808080))) {
				i += 8;
				continue;
			}
		}
		n = decode((const unsigned char *)s + i, len - i, &cp);
		if (n == 0)
			return (long)i;
		i += n;
	}
	return -1;
}

static int ambiguous_cols = 1;
static bool (*is_narrow)(uint32_t);

void text_set_ambiguous(int cols, bool (*narrow)(uint32_t))
{
	ambiguous_cols = cols;
	is_narrow = narrow;
}

/* As the C library has it in UTF-8, whatever the program's own locale is. */
static int width_in_utf8(uint32_t cp)
{
	static locale_t utf8;
	wchar_t one = (wchar_t)cp;
	locale_t old;
	int w;

	if (!utf8)
		utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	if (!utf8)
		return cp >= 0x1100 ? 2 : 1;
	old = uselocale(utf8);
	w = wcwidth(one);
	uselocale(old);
	return w;
}

/*
 * Marks that reorder a line of text, or stand for nothing that can be seen: one name
 * could look like another with them, or like half of the line. Sorted.
 */
static bool is_hidden(uint32_t cp)
{
	static const struct { uint32_t from, to; } hidden[] = {
		{ 0x061c, 0x061c }, { 0x180e, 0x180e }, { 0x200b, 0x200b }, { 0x200e, 0x200f },
		{ 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0xfeff, 0xfeff }, { 0xfff9, 0xfffb },
		{ 0xe0001, 0xe007f },
	};

	for (size_t i = 0; i < sizeof hidden / sizeof *hidden && cp >= hidden[i].from; i++)
		if (cp <= hidden[i].to)
			return true;
	return false;
}

bool text_is_joiner(uint32_t cp)
{
	return cp == 0x200c || cp == 0x200d || (cp >= 0xfe00 && cp <= 0xfe0f);
}

int text_char_width(uint32_t cp)
{
	static struct {
		uint32_t cp;
		int width;
	} known[1024];
	size_t at = cp % (sizeof known / sizeof *known);

	if (cp >= 0x20 && cp < 0x7f)
		return 1;
	if (cp < 0xa0)
		return -1;
	if (ambiguous_cols != 1 && is_ambiguous(cp))
		return is_narrow && is_narrow(cp) ? 1 : ambiguous_cols;
	if (known[at].cp != cp) {
		known[at].cp = cp;
		known[at].width = is_hidden(cp) ? -1 : width_in_utf8(cp);
	}
	return known[at].width;
}

int text_ascii(const char *s, int max)
{
	int n = 0;

	while (n < max && s[n] >= 0x20 && s[n] < 0x7f)
		n++;
	return n;
}

int text_width(const char *s)
{
	uint32_t cp;
	int cols = 0, w;

	for (;;) {
		w = text_ascii(s, INT_MAX);
		cols += w;
		s += w;
		if (!*s)
			break;
		s += text_next(s, NULL, &cp);
		w = text_char_width(cp);
		cols += w < 0 ? 1 : w;
	}
	return cols;
}

size_t text_fit(const char *s, int cols)
{
	const char *p = s;
	uint32_t cp;
	size_t n;
	int w;

	while ((n = text_next(p, NULL, &cp)) > 0) {
		w = text_char_width(cp);
		if (w < 0)
			w = 1;
		if (w > cols)
			break;
		cols -= w;
		p += n;
	}
	return (size_t)(p - s);
}

void text_copy(char *to, size_t size, const char *from)
{
	size_t len = strlen(from);

	if (len >= size)	/* not into a character that goes on */
		for (len = size - 1; len > 0 && (from[len] & 0xc0) == 0x80; len--)
			;
	memcpy(to, from, len);
	to[len] = '\0';
}

void text_show(char *to, size_t size, const char *from)
{
	uint32_t cp;
	size_t n;

	while ((n = text_next(from, NULL, &cp)) > 0) {
		bool bad = text_char_width(cp) < 0 || (n == 1 && cp == 0xfffd);

		if (size <= n)
			break;
		memcpy(to, bad ? "?" : from, bad ? 1 : n);
		to += bad ? 1 : n;
		size -= bad ? 1 : n;
		from += n;
	}
	*to = '\0';
}

bool text_is_ascii(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || (unsigned char)*s >= 0x7f)
			return false;
	return true;
}

bool text_is_half_width(const char *s)
{
	uint32_t cp;

	while (*s) {
		s += text_next(s, NULL, &cp);
		if (text_char_width(cp) != 1)
			return false;
	}
	return true;
}

bool text_equal_fold(const char *a, const char *b)
{
	for (; *a && *b; a++, b++) {
		unsigned char x = (unsigned char)*a, y = (unsigned char)*b;

		x = x >= 'A' && x <= 'Z' ? x | 0x20 : x;
		y = y >= 'A' && y <= 'Z' ? y | 0x20 : y;
		if (x != y)
			return false;
	}
	return *a == *b;
}
