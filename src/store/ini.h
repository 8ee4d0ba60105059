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
/* Sections are numbered; 0 is none. The number stays when others come and go. */
typedef unsigned ini_section;

/* A line "key=value". The slices are good until the document changes or is packed. */
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
/* The bytes it was made from; until it is packed. */
const char *ini_original(const struct ini *, size_t *len);
/*
 * Nobody will look at it for a while: its bytes take a fifth then. The next look
 * unpacks them.
 */
void ini_pack(struct ini *);
/*
 * The document now. When the last bytes that told its encoding from UTF-8 are
 * edited away, it gets a comment on top that tells it again.
 */
void ini_print(struct ini *, struct text *);

/* Sections, in order; 0 at the end. */
ini_section ini_first(const struct ini *);
ini_section ini_next(const struct ini *, ini_section);
/* Title without brackets and blanks; not ended by a NUL. */
const char *ini_title(const struct ini *, ini_section, size_t *len);
/* The line of its title. */
long ini_section_line(const struct ini *, ini_section);
/*
 * The place in the file: grows from section to section; new ones share that before.
 * As ini_rerank() found it; until the document is printed.
 */
unsigned ini_rank(const struct ini *, ini_section);
void ini_rerank(struct ini *);
/* A number of its own that its owner keeps with a section; 0 until it is set. */
unsigned ini_tag(const struct ini *, ini_section);
void ini_set_tag(struct ini *, ini_section, unsigned);
/* The section of a tag, or 0. */
ini_section ini_tagged(const struct ini *, unsigned tag);

/* Keys of a section, in order: *at starts at 0. False at the end. */
bool ini_each(const struct ini *, ini_section, size_t *at, struct ini_key *);
bool ini_find(const struct ini *, ini_section, const char *key, struct ini_key *);

/* A new section behind another (0: at the end), without keys. */
ini_section ini_add(struct ini *, ini_section after, const char *title);
/* The lines of a section with what stands on top of it, yours to free. */
char *ini_section_text(const struct ini *, ini_section);
/* A section of such lines, as it was. */
ini_section ini_add_text(struct ini *, ini_section after, const char *text);
void ini_move(struct ini *, ini_section, ini_section after);
void ini_remove(struct ini *, ini_section);

/*
 * Sets a key to a text; nothing changes when it has that value already. False
 * and words when the encoding has no such character or the line gets too long.
 */
bool ini_set(struct ini *, ini_section, const char *key, const char *text, struct err *);
void ini_unset(struct ini *, ini_section, const char *key);

#endif
