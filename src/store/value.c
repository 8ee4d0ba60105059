/* value - how a text stands in an ini file; see value.h */
#include "store/value.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

/* Opened once: there are two directions. */
static iconv_t from_cp932(void)
{
	static iconv_t cd;

	if (!cd)
		cd = iconv_open("UTF-8", "CP932");
	return cd;
}

static iconv_t to_cp932(void)
{
	static iconv_t cd;

	if (!cd)
		cd = iconv_open("CP932", "UTF-8");
	return cd;
}

/* Converts all of it; where it failed, or len when it did not. */
static size_t convert(iconv_t cd, const char *bytes, size_t len, struct text *out)
{
	char buf[1024], *in = (char *)(size_t)bytes, *at;
	size_t left = len, room;

	if (cd == (iconv_t)-1)
		return 0;
	iconv(cd, NULL, NULL, NULL, NULL);
	while (left > 0) {
		at = buf;
		room = sizeof buf;
		if (iconv(cd, &in, &left, &at, &room) == (size_t)-1 &&
		    errno != E2BIG)
			return len - left;
		if (out)
			text_add_len(out, buf, sizeof buf - room);
	}
	return len;
}

enum encoding encoding_of(const char *bytes, size_t len, long *bad)
{
	long utf8 = text_invalid(bytes, len);
	size_t cp932;

	*bad = -1;
	if (utf8 < 0)
		return ENCODING_UTF8;
	/* half-width katakana and double bytes: what is no UTF-8 is mostly this */
	cp932 = convert(from_cp932(), bytes, len, NULL);
	if (cp932 == len)
		return ENCODING_CP932;
	*bad = (long)cp932 > utf8 ? (long)cp932 : utf8;
	return ENCODING_UTF8;
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* %XX into bytes; a % that is none stays. */
static void unescape(const char *raw, size_t len, struct text *out)
{
	size_t i;

	for (i = 0; i < len; i++) {
		char c = raw[i];

		if (c == '%' && i + 2 < len && hex(raw[i + 1]) >= 0 &&
		    hex(raw[i + 2]) >= 0) {
			c = (char)(hex(raw[i + 1]) << 4 | hex(raw[i + 2]));
			i += 2;
		}
		text_add_len(out, &c, 1);
	}
}

static bool is_ascii(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if ((unsigned char)s[i] >= 0x80)
			return false;
	return true;
}

bool value_decode(enum encoding enc, const char *raw, size_t len,
    struct text *out, bool *doubtful, struct err *e)
{
	struct text bytes = { 0 };
	bool quoted = len >= 2 && (raw[0] == '"' || raw[0] == '\'') &&
	    raw[len - 1] == raw[0];
	bool ok = true;

	if (quoted) {
		raw++;
		len -= 2;
	}
	*doubtful = (!quoted && (memchr(raw, ';', len) || memchr(raw, '#', len))) ||
	    (len > 0 && !quoted && raw[len - 1] == '\\');
	if (!memchr(raw, '%', len) &&
	    (enc == ENCODING_UTF8 || is_ascii(raw, len))) {
		text_add_len(out, raw, len);
		return true;
	}
	unescape(raw, len, &bytes);
	if (bytes.len && memchr(bytes.s, '\0', bytes.len))
		ok = err_set(e, _("%%00 is not allowed in a value"));
	else if (enc == ENCODING_CP932 && bytes.len)
		ok = convert(from_cp932(), bytes.s, bytes.len, out) == bytes.len;
	else if (bytes.len && text_invalid(bytes.s, bytes.len) >= 0)
		ok = false;
	else if (bytes.len)
		text_add_len(out, bytes.s, bytes.len);
	if (!ok && e && !*e->text)
		err_set(e, _("the escaped bytes are no character"));
	text_done(&bytes);
	return ok;
}

void value_show(enum encoding enc, const char *raw, size_t len, char *to,
    size_t size)
{
	struct text utf8 = { 0 };

	text_add(&utf8, "");
	if (enc == ENCODING_CP932)
		convert(from_cp932(), raw, len, &utf8);
	else
		text_add_len(&utf8, raw, len);
	text_show(to, size, utf8.s);
	text_done(&utf8);
}

bool value_encode(enum encoding enc, const char *text, struct text *out,
    struct err *e)
{
	struct text bytes = { 0 };
	size_t i, len = strlen(text), done;
	const char *s = text;
	bool quotes, half;	/* half: the last character ends in a byte 0x5c */

	if (enc == ENCODING_CP932 && !is_ascii(text, len)) {
		done = convert(to_cp932(), text, len, &bytes);
		if (done != len) {
			uint32_t cp;
			int n = (int)text_next(text + done, NULL, &cp);
			char shown[81];

			text_done(&bytes);
			text_show(shown, sizeof shown, text);
			return err_set(e, _("\"%s\" has a character that CP932, the file's encoding, has not: %.*s"),
			    shown, n, text + done);
		}
		s = bytes.s;
		len = bytes.len;
	}
	half = len > 0 && s[len - 1] == '\\' && text[strlen(text) - 1] != '\\';
	quotes = len > 0 && (half || strchr(" \t'", s[0]) || strchr(" \t", s[len - 1]) ||
	    memchr(s, ';', len) || memchr(s, '#', len));
	if (quotes)
		text_add(out, "\"");
	for (i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c < 0x20 || c == 0x7f || c == '"' || c == '%' ||
		    (c == '\\' && i + 1 == len && !half))
			text_printf(out, "%%%02X", c);
		else
			text_add_len(out, s + i, 1);
	}
	if (quotes)
		text_add(out, "\"");
	text_done(&bytes);
	return true;
}
