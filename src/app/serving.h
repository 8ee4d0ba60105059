/*
 * serving - the inside of service, for its parts: service.c has the site and the
 * table of what is served, service-records.c events and statistics.
 */
#ifndef AMC_APP_SERVING_H
#define AMC_APP_SERVING_H

#include "app/audit.h"
#include "app/beacons.h"
#include "app/guard.h"
#include "app/recorder.h"
#include "app/service.h"
#include "base/json.h"
#include "peer/server.h"
#include "peer/trust.h"

struct service {
	struct app *app;
	struct server *server;
	struct guard *guard;
	struct beacons *beacons;
	struct recorder *recorder;	/* of a control terminal, else NULL */
	struct identity identity, next;	/* next: the key it is going to have; pin "" if none */
	struct keyring *keyring;
	char *name, *site, *state, *address;
	int port;
	struct trapping_settings traps;
	char etag[80];		/* of the site in place; "\"none\"" without */
};

/*
 * service-keys.c: follows the keys in the state folder, and changes to the next one
 * by itself when all other terminals hold a site that has its pin.
 */
struct keyring *keyring_new(struct service *);
void keyring_free(struct keyring *);	/* takes NULL */

/*
 * service-audit.c: serves a request, and if it is an act (what changes something, or
 * gives the site out) puts it into the audit log, done or refused.
 */
typedef void service_route(struct service *, const struct server_request *,
    struct server_reply *);
void service_witness(struct service *, const struct server_request *, struct server_reply *,
    service_route *serve);
/* The same of one that was refused before its body came. */
void service_refused(struct service *, const struct server_request *, const struct server_reply *);
/* Into the audit log and the event log; what amcd does by itself has the role "amcd". */
void service_audit(struct service *, const struct audit_act *);
/* Wrong passwords; arg: the service. */
guard_failed service_login_failed;
/* For operators: the audit log. */
service_route service_acts;

/* For a beacon: the first bytes of the digest of the site in place. */
void service_digest(const struct service *, unsigned char digest[8]);

/* A 200 with this document, which is taken over. */
void service_answer(struct server_reply *, struct json *);

/* Whoever may: viewers look, operators acknowledge. */
void service_events(struct service *, const struct server_request *, struct server_reply *);
void service_acknowledge(struct service *, const struct server_request *, struct server_reply *);
void service_metrics(struct service *, const struct server_request *, struct server_reply *);
void service_statistics(struct service *, const struct server_request *, struct server_reply *);

#endif
