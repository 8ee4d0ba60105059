/*
 * discover - finds cards in the network, and registers the chosen.
 *
 * Only the addresses that were named are asked; how fast is bounded. What is found
 * stands in a list that grows until the search has ended or is stopped.
 */
#ifndef AMC_APP_DISCOVER_H
#define AMC_APP_DISCOVER_H

#include "app/app.h"
#include "model/reading.h"

struct discover_settings {
	const char *where;		/* ranges.h */
	const char *const *communities;
	size_t n_communities;
	int version;			/* with them, enum snmp_version: v1 or v2c */
	struct site *users;		/* its UPSs have the users of SNMP v3 to be tried after them;
					   taken over, also in a refusal; NULL: none */
	int port;			/* 0: 161 */
	int rate, parallel;		/* 0: DISCOVER_RATE, DISCOVER_PARALLEL */
	int timeout_ms;			/* of one question; 0: 1000 */
};
#define DISCOVER_RATE 200		/* questions that begin in a second */
#define DISCOVER_PARALLEL 128		/* that are out at the same time */
#define DISCOVER_TRIES 2		/* to each address with each community and user */
#define DISCOVER_USERS 64		/* at most */
/* More addresses are asked only after a person has said yes. */
#define DISCOVER_MANY 1024

struct discovered {
	char address[16];
	int port;
	size_t key;			/* of the communities, then of the users: with which it answers */
	char profile[33];		/* its id; "": no UPS that a profile knows */
	char profile_name[64];
	struct reading ident;		/* model, serial, firmware */
	char name[64];			/* as the device calls itself; "" */
	char what[256];			/* its description of itself */
	char sysoid[128];
	unsigned registered;		/* the UPS of the site with this address, or 0 */
	unsigned twin;			/* another address, but this serial number; or 0 */
};

struct discover;

/*
 * What a site would be searched with: the network around its first UPS, or "", its
 * port, and the community names of its groups and UPSs, each once, at most max;
 * their number. Borrowed until the next edit.
 */
void discover_near(const struct app *, char where[20], int *port);
size_t discover_communities(const struct app *, const char **list, size_t max);
/* The users of SNMP v3 of its UPSs, each once, as discover_settings has them; NULL: none. */
struct site *discover_users(const struct app *);

/* How many addresses are meant; 0 and words when they cannot be understood. */
size_t discover_count(const char *where, struct err *);

/*
 * changed is called from the loop when something was found or it has ended. NULL
 * and words when the settings are wrong. All is copied.
 */
struct discover *discover_start(struct app *, const struct discover_settings *,
    loop_fn *changed, void *arg, struct err *);
/* The name of the user with whom it answers, borrowed; NULL: it is a community. */
const char *discover_user(const struct discover *, const struct discovered *);
/* Asks nobody any more; what was found stays. */
void discover_stop(struct discover *);
void discover_free(struct discover *);		/* takes NULL */

bool discover_busy(const struct discover *);
double discover_percent(const struct discover *);
/* By address. Borrowed until the next change. */
const struct discovered *discover_found(const struct discover *, size_t *n);

/*
 * Registers some of them as power devices of a group, as one act: undone as one.
 * Those that are registered, and what is no UPS, are passed over; *done is how many
 * were not. False and words when one was refused, and then none is registered.
 */
bool discover_register(struct discover *, unsigned group, const size_t *which, size_t n,
    size_t *done, struct err *);

#endif
