/*
 * context - what the actions of app/ share; nobody outside app/ includes it.
 */
#ifndef AMC_APP_CONTEXT_H
#define AMC_APP_CONTEXT_H

#include "app/app.h"
#include "app/journal.h"
#include "base/map.h"
#include "model/entry.h"
#include "peer/client.h"
#include "snmp/profile.h"
#include "store/sitefile.h"

struct app {
	struct loop *loop;
	struct catalogue *catalogue;	/* of card profiles */
	struct client *client;		/* made when first needed: app_client() */
	struct sitefile *file;		/* NULL before the first app_open() */
	bool read_only;
	bool unsavable;			/* from text: there is no file */
	struct journal *journal;	/* of its edits, from its reading on */

	struct findings findings;	/* what app_check() found */
	unsigned long checked;		/* at which site_changes() + 1; 0: not yet */
	unsigned long findings_no;	/* grows when they change */
	size_t n_static;		/* findings that need no facts; see known.h */
	struct map known;		/* id -> what was collected of a card */
	int64_t live_next;		/* loop_now() of the next look at the facts */
	bool live_heard;		/* something since the last look */
	bool live_due;
	bool was_faulty;		/* as read: edits may have mended it */
	struct compared *compared;	/* held.c's; NULL: nothing yet */
	unsigned digested;		/* the edition that app_digest() was made of; 0: none */
	uint64_t digest;
	struct watch *rest;		/* rest.c's; NULL: the file is kept as it is */

	loop_fn *listener;
	void *listener_arg;
	struct watching *watching;	/* watch.c's; NULL while nothing is watched */
	struct recorder *recorder;	/* of amcd; NULL: nothing is kept. See note.h */
	bool bulletin;			/* what is noted goes to the log, too */
	void (*record)(struct recorder *, const struct entry *);
	struct notifier *notifier;	/* the same to people; NULL: nobody is told */
	void (*notify)(struct notifier *, const struct entry *);
	struct retired *retired;	/* retired.c's; NULL: no terminal has changed its key */
	struct herald *herald;		/* NULL: nothing was done yet */
	struct diary *diary;		/* of a console; NULL: none is kept */
	struct archive *archive;	/* NULL: nobody ever logged in */
	struct trapping *trapping;	/* NULL: traps are not listened for */
	struct map samples;		/* samples-app.c's: of UPSs that have answered */
};

/* NULL and words when there can be none. */
struct client *app_client(struct app *, struct err *);
/* What the reading of the site's present text tells; taken over. */
void app_found(struct app *, struct findings *);
/* Another file takes the place of the open one; both are taken over. */
void app_take_file(struct app *, struct sitefile *, struct findings *);
/* The site as `wanted`, which is taken over, would be; see proposal.h. */
struct proposal;
bool proposal_site(struct app *, struct site *wanted, struct proposal *,
    struct err *);
/* For watch.c: the site or its nodes may be others than before. */
void watch_sync(struct app *);

#endif
