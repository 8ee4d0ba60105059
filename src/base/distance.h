/*
 * distance - how far one word is from another, to guess what was meant.
 */
#ifndef AMC_BASE_DISTANCE_H
#define AMC_BASE_DISTANCE_H

/*
 * How many characters must be put in, left out or changed to make b of a
 * (Levenshtein); ASCII letters are alike in both cases. Words are compared up
 * to their first 100 bytes.
 */
int distance(const char *a, const char *b);

#endif
