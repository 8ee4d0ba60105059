/* The keys of a section; a part of ini */
#include "store/inidoc.h"

#include <string.h>

bool ini_each(const struct ini *ini, ini_section s, size_t *at, struct ini_key *k)
{
	const struct lines *lines = ini_lines(ini, s);

	for (; *at < lines->n; ++*at) {
		const struct line *l = &lines->list[*at];

		if (l->kind != LINE_KEY || *at < lines->title)
			continue;
		*k = (struct ini_key){ l->s + l->key_at, l->s + l->raw_at,
			l->key_len, l->raw_len, l->number };
		++*at;
		return true;
	}
	return false;
}

static bool same_key(const char *a, size_t len, const char *b)
{
	size_t i;

	for (i = 0; i < len; i++) {
		char x = a[i], y = b[i];

		if (x != y && ((x ^ y) != 0x20 || (x | 0x20) < 'a' ||
		    (x | 0x20) > 'z'))
			return false;
	}
	return b[len] == '\0';
}

const struct line *ini_line(const struct ini *ini, ini_section s, const char *key)
{
	const struct lines *lines = ini_lines(ini, s);
	size_t len = strlen(key);
	unsigned i;

	for (i = lines->title; i < lines->n; i++) {
		const struct line *l = &lines->list[i];

		if (l->kind == LINE_KEY && l->key_len == len &&
		    ((l->s[l->key_at] ^ *key) & ~0x20) == 0 &&
		    same_key(l->s + l->key_at, len, key))
			return l;
	}
	return NULL;
}

bool ini_find(const struct ini *ini, ini_section s, const char *key, struct ini_key *k)
{
	const struct line *l = ini_line(ini, s, key);

	if (!l)
		return false;
	*k = (struct ini_key){ l->s + l->key_at, l->s + l->raw_at, l->key_len,
		l->raw_len, l->number };
	return true;
}
