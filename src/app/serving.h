/*
 * serving - the inside of service, for its parts: service.c has its life,
 * service-routes.c the table of what is served, service-take.c the site that is held,
 * service-site.c how another comes in two steps and is handed on, service-records.c
 * events and statistics, service-notify.c notifications.
 */
#ifndef AMC_APP_SERVING_H
#define AMC_APP_SERVING_H

#include "app/audit.h"
#include "app/beacons.h"
#include "app/catchup.h"
#include "app/duty.h"
#include "app/guard.h"
#include "app/notifier.h"
#include "app/proof.h"
#include "app/recorder.h"
#include "app/relay.h"
#include "app/service.h"
#include "app/staging.h"
#include "app/surroundings.h"
#include "app/taken.h"
#include "app/watch.h"
#include "base/json.h"
#include "base/local.h"
#include "peer/server.h"
#include "peer/trust.h"

enum { SERVICE_ORDERS = 64 };

struct service {
	struct app *app;
	struct server *server, *before;	/* before: at the last address, answers whom it has */
	struct guard *guard;
	struct local *local;		/* for amcd status */
	struct beacons *beacons;
	struct surroundings *around;
	struct recorder *recorder;	/* of a control terminal, else NULL */
	struct notifier *notifier;	/* the same; also NULL without channels */
	struct identity identity, next;	/* next: the key it is going to have; pin "" if none */
	struct keyring *keyring;
	char *conf, *name, *site, *state, *address;
	int port;
	struct trapping_settings traps;
	char etag[80];		/* of the site in place; "\"none\"" without */
	struct staging *staging;
	struct taken taken;
	struct catchup *catchup;
	struct duty *duty;
	struct relay *relay;
	int64_t since;		/* loop_now() of its start */
	bool settled;		/* all UPSs were asked since */
	char orders[SERVICE_ORDERS][ENTRY_TOLD];	/* ids of those that were told last */
	size_t next_order;
	enum terminal_state ending;	/* what it says of itself while it ends; else 0 */
};

/* Control terminals ask the UPSs and keep what they tell; linked ones do what they are told. */
void service_follow(struct service *);
/* The site that is there, or this one until one is sent. */
#define SERVICE_NO_SITE "[Network]\nFormat=1\n"
void service_open_site(struct service *);
/* An HTTPS server at this address; NULL and words. */
struct server *service_listen(struct service *, const char *address, int port,
    const struct service_settings *, struct err *);

/* What may stand in amcd.conf, for whoever checks it; ended by NULL. */
extern const char *const service_keys[], *const service_password_keys[],
    *const service_command_keys[];
/* Name, site and state alone, which every text can be. */
struct conf;
void service_settings_places(struct service_settings *, const struct conf *);
/* The command that takes the machine down; false and words when it cannot be run. */
bool service_settings_shutdown(struct service_settings *, const struct conf *, struct err *);

/* Ourselves in the site; NULL: we are not in it. */
const struct terminal *service_self(const struct service *);
enum terminal_state service_own_state(struct service *);
/* The same, as if it was not ordered to go down. */
enum terminal_state service_usual_state(struct service *);
/* How amcd itself is; yours to free. */
struct json *service_state_json(struct service *);
long service_uptime(const struct service *);	/* s */
/* Into hello and the state: the facts for rules that are known. */
void service_put_facts(const struct service *, struct json *);
void service_tell_locally(struct service *);

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

/* A site that was checked, from whom, and the consent that came with it or NULL. */
struct arrival {
	const char *bytes;
	size_t len;
	const char *who, *from;
	const struct json *later;
};
/* It counts at once; false and words: the old one does, or does again. */
bool service_take(struct service *, const struct arrival *, struct err *);
/* The answer to it: what is held now. */
void service_answer_taken(struct service *, struct server_reply *);
/*
 * May this request replace the site by its body? If not the reply is filled: it is
 * nobody's, stale, or the site has errors. *revision is that of the body.
 */
bool service_may_replace(struct service *, const struct server_request *, int *revision,
    struct server_reply *);
/*
 * The file as it is, yours; what a person changed there by hand counts. NULL without
 * words: there is none; with words: it cannot be read. The tag is that of it.
 */
char *service_site_bytes(struct service *, size_t *len, struct err *);
void service_look_tag(struct service *);
int service_revision(const struct service *);	/* 0: no site */

/* Who asks, as he says, or else his role. */
const char *service_who(const struct server_request *);
/* A 412, with who brought what is held. */
void service_refuse_stale(struct service *, struct server_reply *);
/* A 409 if another site than that of the tag is staged. */
bool service_refuse_staged(struct service *, const char *tag, struct server_reply *);

/* A 200 with this document, which is taken over. */
void service_answer(struct server_reply *, struct json *);

/* For operators; handover for terminals. */
void service_give_site(struct service *, const struct server_request *, struct server_reply *);
void service_put_site(struct service *, const struct server_request *, struct server_reply *);
void service_stage(struct service *, const struct server_request *, struct server_reply *);
void service_staged(struct service *, const struct server_request *, struct server_reply *);
void service_unstage(struct service *, const struct server_request *, struct server_reply *);
void service_activate(struct service *, const struct server_request *, struct server_reply *);
void service_history(struct service *, const struct server_request *, struct server_reply *);
void service_history_one(struct service *, const struct server_request *, struct server_reply *);
void service_handover(struct service *, const struct server_request *, struct server_reply *);

/* service-order.c: whoever holds the site's key tells what was done at amc. */
service_route service_order;

/*
 * service-duty.c: a control terminal orders this machine down, and calls it off.
 */
service_route service_shutdown, service_cancel;
/* From settings whose command is that; then what was kept goes on. */
void service_duty_start(struct service *, const struct service_settings *);
/* The site or the command may be others: is what waits still to be obeyed? */
void service_duty_follow(struct service *);
/*
 * An order that comes from a control terminal, or from an operator who is at this one.
 * The answer to it, or NULL and words (ERR_REFUSED, ERR_FAILED); takes is filled in here.
 */
struct json *service_duty_order(struct service *, struct duty_order *, bool rehearsal,
    struct err *);
struct json *service_duty_cancel(struct service *, const struct duty_order *by, struct err *);
/* When, and whether in earnest, as a body says it; false when the reply says what is missing. */
bool service_duty_terms(const struct json *, int *in, bool *rehearsal, struct server_reply *);

/* service-relay.c: operators, at a control terminal, order others down over it. */
service_route service_servers_shutdown, service_servers_cancel, service_servers_order;

/* Whoever may: viewers look, operators acknowledge. */
void service_events(struct service *, const struct server_request *, struct server_reply *);
void service_acknowledge(struct service *, const struct server_request *, struct server_reply *);
void service_metrics(struct service *, const struct server_request *, struct server_reply *);
void service_statistics(struct service *, const struct server_request *, struct server_reply *);
void service_notifications(struct service *, const struct server_request *, struct server_reply *);
void service_notify_test(struct service *, const struct server_request *, struct server_reply *);

#endif
