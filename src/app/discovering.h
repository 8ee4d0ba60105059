/* discovering - what the parts of discover share; nobody else includes it */
#ifndef AMC_APP_DISCOVERING_H
#define AMC_APP_DISCOVERING_H

#include "app/discover.h"

struct scan;

struct discover {
	struct app *app;
	struct scan *scan;		/* NULL: ended */
	double percent;			/* then */
	loop_fn *changed;
	void *arg;
	struct discovered *list;
	size_t n, cap;
	char **communities;
	size_t n_communities;
	struct site *users;
	const struct ups *user[DISCOVER_USERS];	/* of it */
	size_t n_users;
	int version, port;
};

/* Who of the site has its address, or its serial number at another. */
void discover_recognize(struct discover *, struct discovered *);
/* Could cards have these users as they are? NULL: there are none. */
bool discover_users_fit(const struct site *, struct err *);
/* What a record of a UPS has of SNMP v3; NULL is at its end. */
extern const char *const discover_user_keys[];

#endif
