/*
 * serving - the inside of service, for its parts: service.c has the site and the
 * table of what is served, service-records.c events and statistics.
 */
#ifndef AMC_APP_SERVING_H
#define AMC_APP_SERVING_H

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
	struct identity identity;
	char *name, *site, *state, *address;
	int port;
	struct trapping_settings traps;
	char etag[80];		/* of the site in place; "\"none\"" without */
};

/* A 200 with this document, which is taken over. */
void service_answer(struct server_reply *, struct json *);

/* Whoever may: viewers look, operators acknowledge. */
void service_events(struct service *, const struct server_request *, struct server_reply *);
void service_acknowledge(struct service *, const struct server_request *, struct server_reply *);
void service_metrics(struct service *, const struct server_request *, struct server_reply *);
void service_statistics(struct service *, const struct server_request *, struct server_reply *);

#endif
