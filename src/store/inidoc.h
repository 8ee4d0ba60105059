/*
 * inidoc - the inside of ini: lines (ini-line.c), sections of them as they were read
 * (ini.c), and edits (ini-edit.c). Nobody else includes it.
 */
#ifndef AMC_STORE_INIDOC_H
#define AMC_STORE_INIDOC_H

#include "base/map.h"
#include "base/shelf.h"
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
	unsigned n, cap;
	unsigned title;		/* index of the title; n when there is none (the top) */
};

/*
 * A site has one for each node, which mostly is never looked at again: it is its
 * bytes in the document until it is edited.
 */
struct ini_section {
	struct ini_section *next, *prev;
	struct ini *ini;
	union {
		const char *bytes;	/* as it was read */
		struct lines *lines;	/* once it is edited */
	} of;
	uint32_t len;		/* of the bytes; INI_EDITED: it has lines of its own */
	uint32_t number;	/* of the first line, as it was read */
	uint32_t rank, tag;
};

#define INI_EDITED UINT32_MAX

struct ini {
	char *bytes;
	size_t len;
	struct ini_section *first, *last;	/* first is what stands before any title */
	/* the lines of the section that was looked at last */
	const struct ini_section *looked;
	struct lines lines;
	struct shelf sections;
	struct pool strings;	/* lines that were made */
	enum encoding encoding;
	const char *eol;
};

/* A section that is in no order yet, all 0; and its end. */
struct ini_section *ini_new_section(struct ini *);
void ini_drop_section(struct ini_section *);
/* To look at; they may go when another section is looked at or this one is edited. */
struct lines *ini_lines(const struct ini_section *);
/* The line of a key, or NULL. */
struct line *ini_line(const struct ini_section *, const char *key);
/* To edit: lines of its own, with room for one more. */
struct lines *ini_edit(struct ini_section *);
void ini_insert_line(struct ini_section *, unsigned at, const char *text);

#endif
