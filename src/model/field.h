/*
 * field - a setting, told once.
 *
 * Each record of the site (network, group, ups, terminal) is a struct with a
 * table of fields beside it. A row knows the ini key, the type, the range, the
 * initial value, the label and the help; it reads the file, checks what a peer
 * or an operator says, draws the form and fills the manual page.
 *
 * In a record a number, choice or switch is an int, everything else a
 * const char * that belongs to the site's pool and is never NULL.
 */
#ifndef AMC_MODEL_FIELD_H
#define AMC_MODEL_FIELD_H

#include "base/err.h"

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

enum field_type {
	FIELD_NUMBER,		/* min..max, in unit */
	FIELD_CHOICE,		/* one of choices */
	FIELD_TEXT,		/* min..max columns */
	FIELD_ASCII,		/* min..max printable ASCII characters */
	FIELD_HALF_WIDTH,	/* min..max half-width characters */
	FIELD_IPV4,
	FIELD_HOST,		/* IPv4 or IPv6 address or host name */
	FIELD_MAC,		/* aa:bb:cc:dd:ee:ff */
	FIELD_DATE,		/* YYYY-MM-DD */
	FIELD_TIME,		/* YYYY-MM-DDTHH:MM:SSZ */
	FIELD_PIN,		/* sha256// and 44 characters of base64 */
	FIELD_HEX,		/* max hexadecimal digits */
	FIELD_PARENT,		/* where the record hangs: read by the site itself */
};

enum field_flags {
	FIELD_SECRET = 1,	/* never shown, logged or printed */
	FIELD_EMPTY = 2,	/* may be empty; a number is then FIELD_NONE */
	FIELD_INHERITS = 4,	/* when empty, another record's value counts */
	FIELD_IN_CARD = 8,	/* kept in the UPS, read and written by SNMP */
	FIELD_OURS = 16,	/* written by the program, not by an operator */
	FIELD_SAME = 32,	/* must be the same in all groups (R15, R16) */
	FIELD_OFFERED = 128,	/* a new group is offered that of the group around it */
	FIELD_OWN = 256,	/* of this node alone: not copied to others */
	FIELD_STAMP = 64,	/* told by every save: undoing does not bring it back */
};

/* The value of an empty number field. */
#define FIELD_NONE INT_MIN

struct choice {
	int value;
	const char *word;	/* as in the file */
	const char *label;	/* as on the screen, N_() */
};

struct field {
	const char *key;	/* as in the file */
	enum field_type type;
	unsigned flags;
	bool own;		/* in the record itself, not in its settings: record.h */
	size_t offset;
	int min, max;
	const char *unit;	/* "s", "V", "%" or NULL */
	const char *initial;	/* as in the file; "" for none */
	const struct choice *choices;	/* ended by a NULL word */
	const char *label;	/* N_() */
	const char *help;	/* N_(), one to three sentences with the range's reason */
};

/* The row whose key this is, ASCII case alike, or NULL. */
const struct field *field_find(const struct field *table, const char *key);

/* Rows of a table. */
size_t field_count(const struct field *table);

bool field_is_int(const struct field *);
/*
 * Is it the program's own bookkeeping (Revision, where a record hangs) and no
 * setting? SiteKey is one, though no operator types it.
 */
bool field_is_kept(const struct field *);

/*
 * Is this text a value of the field? Its number into *n when it is one (and
 * FIELD_NONE for an empty one). The words name the field and what is allowed.
 */
bool field_check(const struct field *, const char *text, int *n, struct err *);

/* Its unit as an operator reads it: "s"; "" if it has none. */
const char *field_unit(const struct field *);

/* What is allowed: "0..3600 s", "none, ups or control"; into buf. */
const char *field_allowed(const struct field *, char *buf, size_t size);

/* A record's value as in the file; buf is used for numbers. */
const char *field_text(const struct field *, const void *record, char buf[16]);

int field_int(const struct field *, const void *record);

/* The label of a choice, or NULL when the value is none of them. */
const struct choice *field_choice(const struct field *, int value);

/* Is a name a host name, an IPv4 or an IPv6 address? */
bool field_is_host(const char *);
/* An IPv4 address in host order. */
bool field_ipv4(const char *, uint32_t *);

#endif
