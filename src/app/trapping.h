/*
 * trapping - traps of the site's cards: who sent one is asked at once, and the
 * trap is noted under the name that its profile gives it.
 *
 * A forged trap can do nothing but cause a question, at most one a second and
 * card; what is noted and told of them is bounded, too. Whatever a trap says, the
 * state is what the card answers.
 */
#ifndef AMC_APP_TRAPPING_H
#define AMC_APP_TRAPPING_H

#include "app/app.h"

struct trapping_settings {
	bool off;
	bool asked_for;		/* somebody wrote it: that it cannot be had is told */
	char *address;		/* numeric; NULL: all */
	int port;
};

/* "ADDRESS:PORT", ":PORT", "ADDRESS", "no"; "": port 162 if it can be had. */
bool trapping_settings_read(struct trapping_settings *, const char *text, struct err *);
/* address counts where the settings name none; NULL: all. */
struct trapping_settings trapping_settings_copy(const struct trapping_settings *,
    const char *address);
void trapping_settings_done(struct trapping_settings *);

/* Could it listen there now? address as above. */
bool trapping_check(const struct trapping_settings *, const char *address, struct err *);

/*
 * From here on, as long as the site is watched. What is told goes to watch_news(),
 * and with trapping_log() to the log as well. Does nothing when it listens already.
 */
void trapping_start(struct app *, const struct trapping_settings *);
void trapping_stop(struct app *);	/* does nothing when it does not listen */
/* Of a program without a screen. */
void trapping_log(bool);

/* What came since it listens. */
struct trapping_counts {
	unsigned long known, unknown;	/* from cards of the site, from others */
	unsigned long refused;		/* from cards of the site, but v3 that cannot be read */
	unsigned long bad, dropped;	/* no traps; more than is looked at or noted; counted each 10 s */
};
/* False: it does not listen. */
bool trapping_counts(const struct app *, struct trapping_counts *);

#endif
