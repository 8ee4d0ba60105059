/*
 * ini - an ini file as a document that keeps every byte it does not understand.
 *
 * Sections in the order of the file, each with its lines: keys, comments,
 * blanks and what is none of these. Writing it out without an edit gives the
 * same bytes; an edit changes only its own lines. Comments that stand directly
 * on top of a section's title belong to that section.
 */
#ifndef AMC_STORE_INI_H
#define AMC_STORE_INI_H

#include "store/value.h"

/* No line may be longer: other readers cut there or refuse the file. */
#define INI_LINE 1000

struct ini;
struct ini_section;

/* A line "key=value". The slices point into the document. */
struct ini_key {
	const char *key, *raw;
	size_t key_len, raw_len;
	long line;		/* in the file that was read; 0 when it is new */
};

/* Told of every fault: a line that no reader understands the same way. */
typedef void ini_fault(void *arg, long line, const char *words);

/*
 * A document of these bytes, which are taken over (freed with it). Never NULL:
 * a fault is told, and the line is kept as it is.
 */
struct ini *ini_parse(char *bytes, size_t len, ini_fault *, void *arg);
void ini_free(struct ini *);

enum encoding ini_encoding(const struct ini *);
/* The bytes it was made from. */
const char *ini_original(const struct ini *, size_t *len);
/*
 * The document now. When the last bytes that told its encoding from UTF-8 are
 * edited away, it gets a comment on top that tells it again.
 */
void ini_print(struct ini *, struct text *);

/* Sections, in order; NULL at the end. */
struct ini_section *ini_first(const struct ini *);
struct ini_section *ini_next(const struct ini_section *);
/* Title without brackets and blanks; not ended by a NUL. */
const char *ini_title(const struct ini_section *, size_t *len);
long ini_section_line(const struct ini_section *);
/* The place in the file: grows from section to section; new ones share that before. */
unsigned ini_rank(const struct ini_section *);
/* A number that its owner keeps with a section; 0 until it is set. */
unsigned ini_tag(const struct ini_section *);
void ini_set_tag(struct ini_section *, unsigned);
/* Numbers the ranks anew, after edits. */
void ini_rerank(struct ini *);

/* Keys of a section, in order: *at starts at 0. False at the end. */
bool ini_each(const struct ini_section *, size_t *at, struct ini_key *);
bool ini_find(const struct ini_section *, const char *key, struct ini_key *);

/* A new section behind another (NULL: at the end), without keys. */
struct ini_section *ini_add(struct ini *, struct ini_section *after,
    const char *title);
/* The lines of a section with what stands on top of it, yours to free. */
char *ini_section_text(const struct ini_section *);
/* A section of such lines, as it was. */
struct ini_section *ini_add_text(struct ini *, struct ini_section *after,
    const char *text);
void ini_move(struct ini *, struct ini_section *, struct ini_section *after);
void ini_remove(struct ini *, struct ini_section *);

/*
 * Sets a key to a text; nothing changes when it has that value already. False
 * and words when the encoding has no such character or the line gets too long.
 */
bool ini_set(struct ini *, struct ini_section *, const char *key,
    const char *text, struct err *);
void ini_unset(struct ini *, struct ini_section *, const char *key);

#endif
