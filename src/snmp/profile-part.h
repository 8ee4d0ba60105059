/*
 * profile-part - what the attributes of a profile's elements hold: OIDs, ranges, scales
 * and words. For the files that read the elements: profile-xml.c (the file and its
 * root), profile-reading.c, profile-setting.c and profile-command.c.
 *
 * All of them end with false and "FILE:LINE: words" where something is wrong.
 */
#ifndef AMC_SNMP_PROFILE_PART_H
#define AMC_SNMP_PROFILE_PART_H

#include "base/map.h"
#include "base/pool.h"
#include "base/xml.h"
#include "snmp/profile.h"

/* What a profile is read from, and it. */
struct profile_source {
	struct pool *pool;		/* for every string */
	struct profile *p;
	const struct xml *doc;
	const char *base;		/* "" or what ".1.2" continues */
	bool lent;			/* rows come from the profile that this one is like */
	struct profile_ranges none;	/* the profile's, where a row has no own */
	/* how many rows there is room for */
	struct {
		size_t sysoids, probes, oids, readings, states, settings, cautions, traps;
	} cap;
};

/* The next word of a list parted by blanks: its length, 0 at the end. */
size_t profile_word(const char **);

/* "3" or "3..7", "201..", "..-1" into a range; without words. */
bool profile_range(const char *word, size_t len, struct profile_range *);
/* A list of them, added to what is there. */
bool profile_ranges(const struct profile_source *, const struct xml_node *,
    const char *name, const char *text, struct profile_ranges *, struct err *);
/* The row's own numbers that mean nothing, else a copy of the profile's. */
bool profile_none(const struct profile_source *, const struct xml_node *,
    struct profile_ranges *, struct err *);
/* 1 when there is none. */
bool profile_scale(const struct profile_source *, const struct xml_node *, double *,
    struct err *);
/* The place of a word among words, which end with NULL; 0 when there is none. */
bool profile_choice(const struct profile_source *, const struct xml_node *,
    const char *name, const char *const *words, int *value, struct err *);

/* A whole one, in the pool; NULL when it is none. */
const char *profile_oid(const struct profile_source *, const struct xml_node *,
    const char *name, const char *text, size_t len, struct err *);
/* A list of them, added to what is there. */
bool profile_oids(const struct profile_source *, const struct xml_node *,
    const char *name, const char ***list, size_t *count, size_t *cap, struct err *);

#endif
