/*
 * service - what amcd does on a terminal: holds the site, gives it out, takes
 * a new one, watches the UPSs, tells how it is (man 7 amc-protocol).
 */
#ifndef AMC_APP_SERVICE_H
#define AMC_APP_SERVICE_H

#include "app/trapping.h"
#include "base/err.h"
#include "base/loop.h"

/* From amcd.conf; the strings are copied. */
struct service_settings {
	const char *conf;	/* the settings file itself: passwords are read anew */
	char *name;		/* which terminal of the site this is */
	char *address;		/* to listen on; NULL: all */
	int port;		/* 0: the site's TerminalPort */
	char *site;		/* its copy of ac_e_net.ini */
	char *state;		/* folder of the key */
	const char *profiles;	/* folder of more card profiles, borrowed; NULL: none */
	struct trapping_settings traps;
};

/* Reads amcd.conf, filling what it does not say; false and words when it is wrong. */
bool service_settings_read(struct service_settings *, const char *conf,
    struct err *);
void service_settings_done(struct service_settings *);

/* Are the card profiles and the site that is there in order, and is this terminal in it? */
bool service_check(const struct service_settings *, struct err *);

struct service;

/*
 * Key, site, port: NULL and words when one of them is not to be had. A site
 * that is missing or has errors is no reason to stay away: one can be sent.
 */
struct service *service_new(struct loop *, const struct service_settings *,
    struct err *);
void service_free(struct service *);
const char *service_pin(const struct service *);
int service_port(const struct service *);

#endif
