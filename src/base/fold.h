/*
 * fold - text as a person looks for it and sorts it.
 *
 * Alike are: upper and lower case (ASCII, Latin-1), full-width and ASCII letters
 * and digits, half-width and full-width kana, hiragana and katakana. So "ups"
 * finds ＵＰＳ, and さーば finds ｻｰﾊﾞ.
 */
#ifndef AMC_BASE_FOLD_H
#define AMC_BASE_FOLD_H

#include "base/text.h"

/* The next character of s in its common form; how many bytes it took, 0 at the end. */
size_t fold_next(const char *s, uint32_t *cp);
/*
 * Where `what` first stands in text, and over how many bytes; NULL if nowhere.
 * An empty one is found nowhere.
 */
const char *fold_find(const char *text, const char *what, size_t *len);
/*
 * Adds a key of text: strcmp() of two keys is the order in which a person
 * expects the texts, numbers in them by value: UPS2, UPS10.
 */
void fold_key(struct text *key, const char *text);

#endif
