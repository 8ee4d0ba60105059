/*
 * text - UTF-8, column widths, and strings that grow.
 *
 * Inside the program all text is valid UTF-8. What stands on a screen or in a
 * field of N columns is measured in columns: a Japanese character takes two,
 * a combining mark none.
 */
#ifndef AMC_BASE_TEXT_H
#define AMC_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A growing string; { 0 } is an empty one. s is NULL until something is added. */
struct text {
	char *s;
	size_t len, cap;
};

void text_add(struct text *, const char *);
void text_add_len(struct text *, const char *, size_t len);
void text_printf(struct text *, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* The bytes in base64 (RFC 4648), padded, on one line. */
void text_add_base64(struct text *, const char *bytes, size_t len);
/* The string ("" if nothing was added), yours to free; the text is empty again. */
char *text_take(struct text *);
void text_done(struct text *);

/*
 * The character at s into *cp (U+FFFD if the bytes are not UTF-8); how many
 * bytes it takes, at least 1 unless s is at its end. end may be NULL for a
 * string with a NUL.
 */
size_t text_next(const char *s, const char *end, uint32_t *cp);
/* The bytes of cp into s (at most 4); how many. */
size_t text_put(char *s, uint32_t cp);

/* Where the first byte that is not UTF-8 stands, or -1. */
long text_invalid(const char *s, size_t len);

/*
 * Columns of one character: 0, 1 or 2; -1 for what is not to be shown as it is: control
 * characters, those that turn the direction of writing, hidden ones, unknown ones.
 */
int text_char_width(uint32_t cp);
/*
 * One that only tells how its neighbours are joined or drawn (ZWJ, the selectors of
 * emoji). It has no column, and terminals that take it at its word give its neighbours
 * fewer than others do: a screen goes without.
 */
bool text_is_joiner(uint32_t cp);
/*
 * How many columns this terminal gives to characters of ambiguous width (see
 * ambiguous.h), 1 until told; those for which narrow() is true keep one.
 */
void text_set_ambiguous(int cols, bool (*narrow)(uint32_t cp));
/* Columns of a string; what has a width of -1 is shown as a mark of one column. */
int text_width(const char *);
/* How many characters of printable ASCII it begins with, at most max: a column each. */
int text_ascii(const char *, int max);
/* How many bytes of s fit into cols columns, never half a character. */
size_t text_fit(const char *s, int cols);

/* Copies into a buffer of size bytes, cut between characters if it is too long. */
void text_copy(char *to, size_t size, const char *from);

/*
 * The same for words that a person reads: what is no printable character
 * (bytes that are no UTF-8, control characters) becomes a question mark.
 */
void text_show(char *to, size_t size, const char *from);

/* Only printable ASCII? */
bool text_is_ascii(const char *);
/* Only half-width characters (one column each)? */
bool text_is_half_width(const char *);

/* Compare, ASCII letters alike in both cases. */
bool text_equal_fold(const char *, const char *);

#endif
