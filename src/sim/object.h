/*
 * object - what a simulated card answers with: OIDs, values, and sorted sets
 * of them.
 *
 * Types are ASN.1 tags as they stand on the wire and in .snmprec files. A
 * value borrows its bytes from whoever gave it, until it is asked for the next.
 */
#ifndef AMC_SIM_OBJECT_H
#define AMC_SIM_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OID_MAX = 128 };

struct oid {
	unsigned n;
	uint32_t sub[OID_MAX];
};

enum type {
	VALUE_INTEGER = 2, VALUE_STRING = 4, VALUE_NULL = 5, VALUE_OID = 6,
	VALUE_ADDRESS = 64, VALUE_COUNTER = 65, VALUE_GAUGE = 66,
	VALUE_TICKS = 67, VALUE_OPAQUE = 68, VALUE_COUNTER64 = 70,
};

struct value {
	unsigned char type;
	int64_t number;			/* INTEGER, counters, gauge, ticks */
	const void *bytes;		/* STRING, ADDRESS, OPAQUE */
	size_t len;
	struct oid oid;			/* OID */
};

/* "1.3.6.1.2"; a leading dot is allowed. False if it is none. */
bool oid_parse(struct oid *, const char *);
/* As strcmp: the order of GETNEXT. */
int oid_compare(const struct oid *, const struct oid *);

/* How a SET went; the numbers are SNMPv2's error-status. */
enum set_result {
	SET_OK = 0, SET_GENERAL_ERROR = 5, SET_WRONG_TYPE = 7,
	SET_NO_ACCESS = 6, SET_WRONG_LENGTH = 8, SET_WRONG_VALUE = 10,
	SET_INCONSISTENT = 12, SET_NOT_WRITABLE = 17,
};

/*
 * What one agent serves: oids[0..n-1] ascending, the value of each by its
 * place. `of` is handed to the functions. set first looks whether it could
 * (apply false) and changes nothing then.
 */
struct objects {
	const struct oid *oids;
	size_t n;
	void *of;
	void (*get)(void *of, size_t i, struct value *);
	enum set_result (*set)(void *of, size_t i, const struct value *,
	    bool apply);
};

/* The place of the first that is >= oid (after: > oid); n if there is none. */
size_t objects_seek(const struct objects *, const struct oid *, bool after);
/* The place of exactly this one, or -1. */
long objects_find(const struct objects *, const struct oid *);
/* Is there an object of which this OID would be another instance? */
bool objects_near(const struct objects *, const struct oid *);

#endif
