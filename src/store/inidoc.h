/*
 * inidoc - the inside of ini: lines (ini-line.c), sections of them as they were read
 * (ini.c), their keys (ini-find.c), edits (ini-edit.c) and the whole as bytes
 * (ini-print.c). Nobody else includes it.
 */
#ifndef AMC_STORE_INIDOC_H
#define AMC_STORE_INIDOC_H

#include "base/index.h"
#include "base/map.h"
#include "base/pack.h"
#include "base/pool.h"
#include "store/ini.h"

#include <stdint.h>

enum line_kind { LINE_OTHER, LINE_COMMENT, LINE_BLANK, LINE_KEY, LINE_TITLE };

struct line {
	const char *s;		/* with its end of line */
	uint32_t len, number;
	uint16_t key_at, key_len, raw_at, raw_len;	/* LINE_KEY, LINE_TITLE */
	uint8_t kind;
};

/* The line that begins there; what is wrong with it, N_(), or NULL. */
const char *line_take(struct line *, const char *from, const char *end, uint32_t number);
/* How long it is without its end. */
size_t line_body(const char *s, size_t len);

/* Those of a section. */
struct lines {
	struct line *list;
	char *bytes;		/* what they were made of, when it is theirs */
	unsigned n, cap;
	unsigned title;		/* index of the title; n when there is none (the top) */
};

/*
 * A section. A site has one for each node, which mostly is never looked at again: it
 * is its bytes in the document until it is edited, up to where that begins that
 * followed it when the document was read. The one at 0 is what stands before any
 * title, and closes the ring of the others.
 */
struct section {
	uint32_t at;		/* of its bytes in the document */
	uint32_t line;		/* of its title, as it was read; 0: it is new */
	uint32_t next, prev;
	uint32_t tag;
};

struct ini {
	char *bytes;		/* NULL while it is packed */
	size_t len;
	struct pack packed;
	struct section *sections;
	size_t n, cap;
	size_t n_read;		/* so many of them were read, in their order */
	struct map edited;	/* number + 1 -> struct lines *, of those that were edited */
	struct index tags;	/* tag -> number */
	uint32_t *ranks;	/* of each, until the document is printed; NULL: their order */
	/* the lines of the section that was looked at last; -1: of none */
	long looked;
	struct lines lines;
	struct pool strings;	/* lines that were made */
	enum encoding encoding;
	bool eucjp;		/* it was read as something else, and is a fault */
	const char *eol;
};

/* A section that is in no order yet, all 0. */
ini_section ini_new_section(struct ini *);
/* The bytes of the document; whoever looks at it changes only how they are kept. */
const char *ini_bytes(const struct ini *);
/* Those of a section, as it was read. */
const char *ini_section_bytes(const struct ini *, ini_section, size_t *len);
/* The lines of one that was edited, or NULL. */
struct lines *ini_edited(const struct ini *, ini_section);
/* To look at; they may go when another section is looked at or this one is edited. */
const struct lines *ini_lines(const struct ini *, ini_section);
/* The line of a key, or NULL. */
const struct line *ini_line(const struct ini *, ini_section, const char *key);
/* To edit: lines of its own, with room for one more. */
struct lines *ini_edit(struct ini *, ini_section);
/* They are as good as never written. */
void ini_drop_lines(struct ini *, ini_section);
void ini_insert_line(struct ini *, ini_section, unsigned at, const char *text);

#endif
