/*
 * value - how a text stands in an ini file, so that every reader agrees.
 *
 * A value is bytes in the file's encoding. Control characters, `"`, `%` and a
 * backslash at the end are written as %XX; one with `;`, `#` or blanks at an
 * end, or that ends in a CP932 character whose second byte is a backslash,
 * stands in double quotes. Reading takes both apart again.
 */
#ifndef AMC_STORE_VALUE_H
#define AMC_STORE_VALUE_H

#include "base/err.h"
#include "base/text.h"

#include <stddef.h>

enum encoding { ENCODING_UTF8, ENCODING_CP932 };

/*
 * What the encoding of a whole text is; where the first byte stands that fits
 * neither into *bad, else -1.
 */
enum encoding encoding_of(const char *bytes, size_t len, long *bad);

/*
 * The text of a raw value (what stands behind the `=`), as UTF-8 into out.
 * False and words when it cannot be: %00, or bytes of no character.
 * *doubtful is set when readers would not agree on it (an unquoted ; or #).
 */
bool value_decode(enum encoding, const char *raw, size_t len, struct text *out,
    bool *doubtful, struct err *);

/* A piece of the file as words may show it: UTF-8, cut to size, escapes left. */
void value_show(enum encoding, const char *raw, size_t len, char *to, size_t size);

/* The other way. False and words when CP932 has no such character. */
bool value_encode(enum encoding, const char *text, struct text *out, struct err *);

#endif
