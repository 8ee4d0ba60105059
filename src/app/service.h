/*
 * service - what amcd does on a terminal: holds the site, gives it out, takes
 * a new one, watches the UPSs, tells how it is (man 7 amc-protocol).
 */
#ifndef AMC_APP_SERVICE_H
#define AMC_APP_SERVICE_H

#include "app/trapping.h"
#include "app/words.h"
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
	const char *root;	/* whose processes and units are looked at, borrowed; NULL: "" */
	const int *inherited;	/* sockets, borrowed: one that listens at the right place is used */
	size_t n_inherited;
	struct trapping_settings traps;
	struct words shutdown;	/* the command that takes the machine down; none: it does not */
};

/* Reads amcd.conf, filling what it does not say; false and words when it is wrong. */
bool service_settings_read(struct service_settings *, const char *conf,
    struct err *);
void service_settings_done(struct service_settings *);

/* Are the card profiles and the site that is there in order, and is this terminal in it? */
bool service_check(const struct service_settings *, struct err *);

/*
 * All that is wrong with what amcd would start with: settings, key, profiles, site,
 * ports; each told in words with its file and line. How many faults: what is only a
 * warning is told with fault false. Changes nothing.
 */
typedef void service_tell(bool fault, const char *words, void *arg);
size_t service_check_all(const char *conf, const char *profiles, service_tell *, void *arg);

struct service;

/*
 * Key, site, port: NULL and words when one of them is not to be had. A site
 * that is missing or has errors is no reason to stay away: one can be sent.
 */
struct service *service_new(struct loop *, const struct service_settings *,
    struct err *);
void service_free(struct service *);
/*
 * Other settings, or files that were changed by hand, while it runs. All is checked
 * first; false and words: nothing was changed.
 */
bool service_reload(struct service *, const struct service_settings *, struct err *);

/*
 * Takes no more connections and answers those who are there; done is called from the
 * loop when it may be freed. restarts: its successor takes over the listening socket, so
 * the others need not be told that it ends; machine: all of the machine goes down.
 */
enum service_end { SERVICE_RESTARTS, SERVICE_STOPS, SERVICE_MACHINE_STOPS };
void service_drain(struct service *, enum service_end, loop_fn *done, void *arg);

/* In a line: "revision 12, control terminal, 4 UPSs". */
void service_summary(const struct service *, char *line, size_t size);
/* Of the socket at which "amcd status" asks, in a StateDirectory; yours to free. */
char *service_local_path(const char *state);
int service_listener(const struct service *);	/* stays its own */
const char *service_pin(const struct service *);
int service_port(const struct service *);

#endif
