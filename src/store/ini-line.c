/* ini-line - what a line of an ini file is; a part of ini */
#include "base/i18n.h"
#include "store/inidoc.h"

#include <string.h>

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Slices [*at, *at + *len) without the blanks around. */
static void trim(const char *s, size_t from, size_t to, uint16_t *at,
    uint16_t *len)
{
	while (from < to && blank(s[from]))
		from++;
	while (to > from && blank(s[to - 1]))
		to--;
	*at = (uint16_t)from;
	*len = (uint16_t)(to - from);
}

/* What is wrong with the bytes of a line, or NULL. */
static const char *bad_bytes(const char *s, size_t len)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
	uint64_t eight, del;
	size_t i = 0;

	/* eight at a time, as long as none is below a blank or is DEL */
	for (; i + 8 <= len; i += 8) {
		memcpy(&eight, s + i, 8);
		del = eight ^ ones * 0x7f;
		if ((((eight - ones * 0x20) & ~eight) |
		    ((del - ones) & ~del)) & high)
			break;
	}
	for (; i < len; i++) {
		if (s[i] == '\0')
			return N_("a NUL byte is not allowed");
		if (((unsigned char)s[i] < 0x20 && s[i] != '\t') || s[i] == 0x7f)
			return N_("a control character is not allowed; in a value it is written as %XX");
	}
	return NULL;
}

/* Finds out what a line is; the words when it is nothing. */
static const char *classify(struct line *l, size_t body)
{
	const char *s = l->s, *eq, *close, *bad = NULL;
	size_t i = 0;

	l->kind = LINE_OTHER;
	if (body > INI_LINE)
		return N_("the line is longer than 1000 bytes: other readers would cut it");
	while (i < body && blank(s[i]))
		i++;
	bad = bad_bytes(s + i, body - i);
	if (bad)
		return bad;
	if (i == body) {
		l->kind = LINE_BLANK;
	} else if (s[i] == ';' || s[i] == '#') {
		l->kind = LINE_COMMENT;
	} else if (s[i] == '[') {
		close = memchr(s + i, ']', body - i);
		if (!close)
			return N_("a section's title must end with ]");
		for (size_t j = (size_t)(close - s) + 1; j < body; j++)
			if (!blank(s[j]))
				return N_("nothing may follow a section's title; a comment needs a line of its own");
		trim(s, i + 1, (size_t)(close - s), &l->key_at, &l->key_len);
		l->kind = LINE_TITLE;
		if (memchr(s + l->key_at, ':', l->key_len))
			return N_("a colon is not allowed in a section's title");
	} else {
		eq = memchr(s + i, '=', body - i);
		if (!eq || eq == s + i)
			return N_("neither a [section], key=value nor a ; comment");
		trim(s, i, (size_t)(eq - s), &l->key_at, &l->key_len);
		trim(s, (size_t)(eq - s) + 1, body, &l->raw_at, &l->raw_len);
		l->kind = LINE_KEY;
	}
	return NULL;
}

size_t line_body(const char *s, size_t len)
{
	if (len > 0 && s[len - 1] == '\n')
		len--;
	if (len > 0 && s[len - 1] == '\r')
		len--;
	return len;
}

const char *line_take(struct line *l, const char *p, const char *end,
    uint32_t number)
{
	const char *nl = memchr(p, '\n', (size_t)(end - p));

	nl = nl ? nl + 1 : end;
	*l = (struct line){ .s = p, .len = (uint32_t)(nl - p), .number = number };
	return classify(l, line_body(p, l->len));
}
