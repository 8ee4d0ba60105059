#include "tui/line.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void line_init(struct line *l, const char *text)
{
	l->s = mem_dup(text);
	l->len = l->at = strlen(text);
}

void line_done(struct line *l)
{
	/* it may have been a password */
	if (l->s)
		explicit_bzero(l->s, l->len);
	free(l->s);
	l->s = NULL;
}

void line_set(struct line *l, const char *text)
{
	line_done(l);
	line_init(l, text);
}

static uint32_t char_at(const struct line *l, size_t at, size_t *len)
{
	uint32_t cp = 0;

	*len = text_next(l->s + at, l->s + l->len, &cp);
	return cp;
}

/* Behind the character at `at` and all that combines with it. */
static size_t after(const struct line *l, size_t at)
{
	size_t n;

	if (at >= l->len)
		return l->len;
	char_at(l, at, &n);
	at += n;
	while (at < l->len && text_char_width(char_at(l, at, &n)) == 0)
		at += n;
	return at;
}

static size_t before(const struct line *l, size_t at)
{
	size_t n;

	while (at > 0) {
		do
			at--;
		while (at > 0 && ((unsigned char)l->s[at] & 0xc0) == 0x80);
		if (text_char_width(char_at(l, at, &n)) != 0)
			break;
	}
	return at;
}

static bool is_blank(const struct line *l, size_t at)
{
	return l->s[at] == ' ';
}

static size_t word_left(const struct line *l, size_t at)
{
	while (at > 0 && is_blank(l, before(l, at)))
		at = before(l, at);
	while (at > 0 && !is_blank(l, before(l, at)))
		at = before(l, at);
	return at;
}

static size_t word_right(const struct line *l, size_t at)
{
	while (at < l->len && is_blank(l, at))
		at = after(l, at);
	while (at < l->len && !is_blank(l, at))
		at = after(l, at);
	return at;
}

/* The cursor is left where the gap closed. */
static void cut(struct line *l, size_t from, size_t to)
{
	memmove(l->s + from, l->s + to, l->len - to + 1);
	l->len -= to - from;
	l->at = from;
}

bool line_insert(struct line *l, const char *s)
{
	size_t n = strlen(s);

	if (l->len + n > LINE_MAX_BYTES)
		return false;
	l->s = mem_realloc(l->s, l->len + n + 1, 1);
	memmove(l->s + l->at + n, l->s + l->at, l->len - l->at + 1);
	memcpy(l->s + l->at, s, n);
	l->len += n;
	l->at += n;
	return true;
}

bool line_inserts(const char *key)
{
	uint32_t cp;
	size_t n = text_next(key, NULL, &cp);

	return strcmp(key, "Space") == 0 || (n > 0 && key[n] == '\0' && cp >= ' ');
}

bool line_key(struct line *l, const char *key)
{
	static const struct {
		const char *key;
		enum { LEFT, RIGHT, HOME, END, WORD_LEFT, WORD_RIGHT, ERASE, DELETE,
			CUT_WORD, CUT_ALL, CUT_REST } what;
	} keys[] = {
		{ "Left", LEFT }, { "Right", RIGHT },
		{ "Home", HOME }, { "Ctrl-A", HOME }, { "End", END }, { "Ctrl-E", END },
		{ "Ctrl-Left", WORD_LEFT }, { "Alt-b", WORD_LEFT }, { "Alt-Left", WORD_LEFT },
		{ "Ctrl-Right", WORD_RIGHT }, { "Alt-f", WORD_RIGHT }, { "Alt-Right", WORD_RIGHT },
		{ "Backspace", ERASE }, { "Delete", DELETE }, { "Ctrl-D", DELETE },
		{ "Ctrl-W", CUT_WORD }, { "Ctrl-U", CUT_ALL }, { "Ctrl-K", CUT_REST },
	};

	if (line_inserts(key)) {
		line_insert(l, strcmp(key, "Space") == 0 ? " " : key);
		return true;
	}
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (strcmp(keys[i].key, key) != 0)
			continue;
		switch (keys[i].what) {
		case LEFT:	l->at = before(l, l->at); break;
		case RIGHT:	l->at = after(l, l->at); break;
		case HOME:	l->at = 0; break;
		case END:	l->at = l->len; break;
		case WORD_LEFT:	l->at = word_left(l, l->at); break;
		case WORD_RIGHT: l->at = word_right(l, l->at); break;
		case ERASE:	cut(l, before(l, l->at), l->at); break;
		case DELETE:	cut(l, l->at, after(l, l->at)); break;
		case CUT_WORD:	cut(l, word_left(l, l->at), l->at); break;
		case CUT_ALL:	cut(l, 0, l->len); break;
		case CUT_REST:	cut(l, l->at, l->len); break;
		}
		return true;
	}
	return false;
}

static int width_at(const struct line *l, size_t at, size_t next, bool hidden)
{
	size_t n;
	int w = 0;

	if (hidden)
		return 1;
	for (; at < next; at += n) {
		int c = text_char_width(char_at(l, at, &n));

		w += c < 0 ? 1 : c;
	}
	return w;
}

size_t line_window(const struct line *l, int cols, bool hidden, int *cursor)
{
	size_t from = l->at;
	int w = 0, all = 0;

	for (size_t i = 0; i < l->len; i = after(l, i))
		all += width_at(l, i, after(l, i), hidden);
	if (all < cols) {
		for (size_t i = 0; i < l->at; i = after(l, i))
			w += width_at(l, i, after(l, i), hidden);
		*cursor = w;
		return 0;
	}
	/* as much as fits before the cursor, which itself needs a column */
	while (from > 0) {
		size_t prev = before(l, from);
		int c = width_at(l, prev, from, hidden);

		if (w + c > cols - 1)
			break;
		w += c;
		from = prev;
	}
	*cursor = w;
	return from;
}

void line_point(struct line *l, int cols, bool hidden, int column)
{
	int cursor;
	size_t at = line_window(l, cols, hidden, &cursor);

	while (at < l->len) {
		size_t next = after(l, at);

		column -= width_at(l, at, next, hidden);
		if (column < 0)
			break;
		at = next;
	}
	l->at = at;
}
