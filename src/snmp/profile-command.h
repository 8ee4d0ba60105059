/*
 * profile-command - what a maker's card must be sent for a command, and where
 * its effect shows: the <command>, <result> and <outlets> of a profile.
 */
#ifndef AMC_SNMP_PROFILE_COMMAND_H
#define AMC_SNMP_PROFILE_COMMAND_H

#include "model/command.h"
#include "snmp/profile-part.h"

/* One object that is set. For an outlet group its number follows the oid. */
struct profile_order {
	const char *oid;
	enum profile_type type;
	double scale;			/* the number that is sent times this is the value */
	const char *value;		/* a number, a text or an OID, as its type is */
	const struct field *field;	/* or the site's value of this one; else NULL */
};

#define PROFILE_ORDERS 4

struct profile_command {
	const struct command *command;
	struct profile_order orders[PROFILE_ORDERS];	/* set in one message, in this order */
	size_t n;
	/* a TestAndIncr (RFC 2579), set in front of them to what it is; or NULL */
	const char *lock;
	unsigned needs;			/* STATE_BITs in which cards take it; 0: any */
	const struct field *delay;	/* a setting of the card that runs down first, or NULL */
	int within;			/* s in which it shows, beside the delay */
};

/* How a test or calibration ended. */
struct profile_result {
	const struct command *command;
	const char *oid;
	struct profile_ending *maps;
	size_t n;
};
struct profile_ending {
	struct profile_ranges from;
	enum command_result result;
};

/* Columns of the card's table of outlet groups. */
struct profile_outlets {
	const char *name, *state;	/* name may be NULL */
	int64_t on, off;		/* what the state says */
};

struct profile_commands {
	struct profile_command *list;
	size_t n, cap;
	struct profile_result *results;
	size_t n_results, cap_results;
	struct profile_outlets outlets;	/* state NULL: it has none */
};

/* NULL when the card cannot be told to. */
const struct profile_command *profile_command(const struct profile *,
    const struct command *);
const struct profile_result *profile_result(const struct profile *,
    const struct command *);
enum command_result profile_result_of(const struct profile_result *, int64_t);
/* Of a setting, to read or write it; NULL when the card has none. */
const struct profile_setting *profile_setting(const struct profile *,
    const struct field *);

/* For profile-xml.c. */
/* Is it one of ours? Then it is read by profile_command_parse(). */
bool profile_command_element(const struct xml_node *);
bool profile_command_parse(const struct profile_source *, const struct xml_node *,
    struct err *);
void profile_commands_free(struct profile_commands *);	/* takes NULL */

#endif
