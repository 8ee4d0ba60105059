/*
 * profile - what a maker's card calls things: data/profiles/NAME.xml in memory.
 *
 * Vendor knowledge only: OIDs, scales, values that mean "not supported", maps
 * of states, settings and where the card lists their allowed values. No
 * behaviour (architecture 3, 7). The file is described in amc-profile(5).
 */
#ifndef AMC_SNMP_PROFILE_H
#define AMC_SNMP_PROFILE_H

#include "base/err.h"
#include "model/field.h"
#include "model/reading.h"

struct profiles;

/*
 * The embedded profiles, and those of every *.xml in dir (NULL: none), which
 * replace embedded ones of the same id. NULL and FILE:LINE: words when one is
 * wrong.
 */
struct profiles *profiles_load(const char *dir, struct err *);
/*
 * Those of another folder, which replace what is there of the same id. Before
 * anyone has asked for a profile, since what is replaced is gone; after false
 * nothing but profiles_free() may follow.
 */
bool profiles_add(struct profiles *, const char *dir, struct err *);
void profiles_free(struct profiles *);
/* "auto" is known, too. */
bool profiles_known(const struct profiles *, const char *id);

/* Numbers as the card sends them, both ends included. */
struct profile_range {
	int64_t from, to;
};
struct profile_ranges {
	struct profile_range *list;
	size_t n;
};
bool profile_in(const struct profile_ranges *, int64_t);

/* How several OIDs of one row (the lines of three phases) become one number. */
enum profile_join { JOIN_FIRST, JOIN_SUM, JOIN_MOST };

/*
 * An attribute; the first row of it that gives a value counts. oids[first] ..
 * oids[first + n - 1] of the profile, times scale.
 */
struct profile_reading {
	const struct reading_attr *attr;
	size_t first, n;
	double scale;
	enum profile_join join;
	struct profile_ranges none;	/* mean "not supported" */
};

/* What a number, or a 1 at a place (from 1) of a text of 0 and 1, tells. */
struct profile_map {
	struct profile_ranges from;
	bool places;
	bool tells_state;
	enum ups_state state;
	unsigned flags;
};

/* An object that tells the state; the first that maps to one counts. */
struct profile_state {
	size_t oid;			/* of the profile's oids */
	struct profile_map *maps;
	size_t n;
};

enum profile_type { TYPE_INTEGER, TYPE_TICKS, TYPE_TEXT, TYPE_UNSIGNED, TYPE_OID };
/* What the card makes of a value between two that it takes. */
enum profile_snap { SNAP_NONE, SNAP_UP, SNAP_DOWN };

struct profile_setting {
	const struct field *field;	/* of ups_fields, in its unit: */
	const char *oid;
	enum profile_type type;		/* to write it with */
	double scale;			/* the card's number times this */
	enum profile_snap snap;
	struct profile_ranges none;
	const char *allowed;		/* "1,2,3,4", or "": not told here */
};

/* What the card sends unasked. */
struct profile_trap {
	const char *oid, *name;		/* as the MIB calls it */
	bool tells_state;
	enum ups_state state;		/* that it speaks of: a hint for people */
};

struct profile {
	const char *id, *name;
	const char *file;		/* "profiles/apc.xml" when it is built in */
	int source;			/* 0: built in, else the folder's number */
	int rank;			/* probing goes from low to high */
	bool exclusive;			/* what has its sysoid is read by no other */
	const char **sysoids, **probes;
	size_t n_sysoids, n_probes;
	const char **oids;		/* of all readings and states */
	size_t n_oids;
	struct profile_reading *readings;
	size_t n_readings;
	struct profile_state *states;
	size_t n_states;
	struct profile_setting *settings;
	size_t n_settings;
	struct profile_commands *commands;	/* profile-command.h; NULL: none */
	const char **cautions;		/* for people; those built in are in po/ */
	size_t n_cautions;
	struct profile_trap *traps;
	size_t n_traps;
	/* columns of the card's table of allowed values, or NULL */
	const char *allowed_setting, *allowed_values;
};

/* In the order of probing. */
size_t profiles_count(const struct profiles *);
const struct profile *profiles_at(const struct profiles *, size_t);
const struct profile *profiles_find(const struct profiles *, const char *id);

#endif
