/*
 * jsoning - what the parts of json share: how values stand in a text. Nobody else
 * includes it.
 */
#ifndef AMC_BASE_JSONING_H
#define AMC_BASE_JSONING_H

#include "base/json.h"
#include "base/text.h"

#include <string.h>

/* What comes from a card or a file may be no UTF-8: then it is shown without; yours to free. */
char *json_cleaned(const char *);
/* Then it is written without ".0". */
bool json_is_whole(double);

/* As text_add_len(), without the NUL behind it: nearly all of the time is spent here. */
static inline void json_bytes(struct text *t, const char *s, size_t len)
{
	if (t->len + len < t->cap) {
		memcpy(t->s + t->len, s, len);
		t->len += len;
	} else {
		text_add_len(t, s, len);
	}
}

void json_print_text(struct text *, const char *s, size_t len);
void json_print_integer(struct text *, long long);
/* Finite. */
void json_print_real(struct text *, double);
/* A line for a member of an object, or with NULL of an array. */
void json_print_key(struct text *, size_t depth, const char *key);
/* Behind the last member stands no comma, and none had a line if there was none. */
void json_print_end(struct text *, size_t depth, const char *bracket);

#endif
