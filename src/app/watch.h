/*
 * watch - the live state of the site: every UPS and terminal, asked in turn.
 *
 * Every 8 s, every 2 s what is on battery, a little sooner now and then so that
 * they do not all come together; a silent one ever less often, at least once a
 * minute. Nothing waits for anything else. Each state carries the
 * time it was told, and stays with its age when nothing new comes.
 */
#ifndef AMC_APP_WATCH_H
#define AMC_APP_WATCH_H

#include "app/app.h"
#include "model/reading.h"

struct ups_status {
	unsigned id;
	bool known;		/* has there ever been a reading? */
	struct reading reading;	/* the last one */
	int64_t at;		/* loop_now() of the last reading */
	int interval;		/* ms in which the next one should come */
	int64_t silent_since;	/* 0: the last question was answered */
	int64_t changed;	/* loop_now() when its state last changed; 0: never */
	int64_t state_since;	/* loop_now() since when it is in this state, as we saw it */
	char error[200];	/* why there was no answer; "" when there was */
	char profile[32];
	/* another serial number than the one before was read */
	int64_t replaced_at;	/* loop_now(); 0: never */
	char replaced[64];	/* the one before */
};

enum terminal_state {
	TERMINAL_UNKNOWN,	/* not asked yet */
	TERMINAL_MASTER,	/* master active */
	TERMINAL_NORMAL,
	TERMINAL_NORMAL_CLUSTER,
	TERMINAL_STARTING,	/* amcd was just started and has not seen all its UPSs yet */
	TERMINAL_SHUTTING_DOWN,	/* the whole machine */
	TERMINAL_STOPPED,	/* the machine answers, but no amcd runs there */
	TERMINAL_NO_ANSWER,
	TERMINAL_REFUSED,	/* another key than the pinned one, or no amcd */
};

struct terminal_status {
	unsigned id;
	enum terminal_state state;
	int64_t at, silent_since, changed;
	int64_t since;		/* loop_now() when its amcd was started; 0: not known */
	uint64_t digest;	/* the first 8 bytes of its site's SHA-256; 0: not known */
	int revision;		/* of the site it holds; 0: not known */
	int others;		/* the revision that the other terminals hold */
	int64_t differs_since;	/* loop_now(); 0: it does not */
	bool differs;		/* it holds another site than they for a minute now */
	bool clock_known;
	bool software_known;
	enum known hypervisor_acts;
	double clock_ahead;	/* of ours, s; exact to half a second and the way here */
	/*
	 * Valid until it answers again; "" when there is none. speaks_from: its address
	 * towards the cards; software: other that acts on UPSs; silent_cards: names of UPSs
	 * that do not answer it, with commas.
	 */
	const char *error, *version, *speaks_from, *software, *silent_cards;
};

/* What a terminal holds, beside the file that is open here. */
enum drift {
	DRIFT_UNKNOWN,
	DRIFT_SAME,
	DRIFT_BEHIND,
	DRIFT_AHEAD,
	DRIFT_DIFFERENT,	/* the same revision with other bytes */
};
enum drift watch_drift(const struct app *, const struct terminal_status *);

/* Starts or stops asking. Nodes that come and go are followed. */
void watch_start(struct app *);
void watch_stop(struct app *);
/*
 * Somebody sits in front and presses keys: terminals are asked a few at a time, so
 * that those of a large site do not take the whole processor.
 */
void watch_at_leisure(struct app *);
/* A key was pressed: for a second fewer are asked at a time, and each still has its turn. */
void watch_typed(struct app *);
/* Asks all of them now. */
void watch_refresh(struct app *);
/*
 * Asks this one now, as something has happened there; but not sooner than
 * 0.25 s after it was asked last, however often this is called.
 */
void watch_soon(struct app *, unsigned id);
/* The UPSs that are asked at an address: their ids, at most max; how many. */
size_t watch_at(const struct app *, const char *address, unsigned *ids, size_t max);
/* Has each been asked at least once and answered or failed? */
bool watch_settled(const struct app *);
/* loop_now() of the last answer or failure of anyone; 0: none yet. */
int64_t watch_last(const struct app *);

/*
 * A terminal's beacon came (app/beacons.h): what it says. When that is what is known it
 * is so still, and is asked less often; when not, it is asked at once, as when no beacon
 * comes any more.
 */
void watch_beacon(struct app *, unsigned terminal, int state, int revision, double clock_ahead);

/*
 * Stands still: what is told of UPSs and terminals is as it was at this moment,
 * until it goes on. They are asked all the while, and the alarm and the news go
 * on. A node that came meanwhile counts as not asked yet.
 */
void watch_pause(struct app *, bool pause);

/* Borrowed; NULL when there is no such UPS or it was never asked. */
const struct ups_status *watch_ups(const struct app *, unsigned id);
const struct terminal_status *watch_terminal(const struct app *, unsigned id);
/* The ids of those that were asked, in no order: start with *i = 0; 0 at the end. */
unsigned watch_each_asked(const struct app *, size_t *i);

/* Was another UPS found there in the last hour? */
bool watch_ups_replaced(const struct app *, unsigned id);

/* What a screen says of it: COMM_LOST when nothing has come for long. */
enum ups_state watch_ups_state(const struct app *, unsigned id);
/* How long it has been on battery now, in seconds: by the card, else as we saw it. */
int64_t watch_on_battery(const struct ups_status *);
/* Is there nothing newer since two of its intervals? It is shown as old. */
bool watch_ups_stale(const struct app *, unsigned id);

/*
 * The terminal that says that it is master, of several that which said so first, and whether
 * it is this machine. 0: none does.
 */
unsigned watch_master(const struct app *, bool *here);

/* Does amcd run there and do its work? */
bool terminal_state_is_well(enum terminal_state);
/* 0 well, 2 nobody is at work there, 3 nobody we know: as state_severity(). */
int terminal_state_severity(enum terminal_state);
const char *terminal_state_word(enum terminal_state);	/* "master" */
const char *terminal_state_label(enum terminal_state);	/* "Master active", N_() */
const char *terminal_state_brief(enum terminal_state);	/* the same, where it must be short */

/* The worst of a node and all below it: 0 well .. 3 alarm (state_severity). */
int watch_severity(const struct app *, unsigned id);
/* The same of what is in one container; IN_ITSELF is the whole node. */
int watch_severity_in(const struct app *, unsigned id, enum container);
/* How many UPSs and terminals in there are that bad (1 .. 3) or worse. */
size_t watch_count_in(const struct app *, unsigned id, enum container, int severity);
/* Who is the worst in there, the first of them in the tree; 0 when all is well. */
unsigned watch_worst(const struct app *, unsigned id, enum container);

/* The worst thing now, for an alarm line. False when all is well. */
struct alarm {
	unsigned node;
	int severity;
	char text[200];		/* "UPS4 on battery since 14:03:12, empty in 14 min" */
};
bool watch_alarm(const struct app *, struct alarm *);

/*
 * What happened, newest last, for a message that passes by: "UPS3: mains power
 * is back". True and the text when there is one newer than *seen, which is then
 * moved on. Start with 0.
 */
bool watch_news(const struct app *, unsigned long *seen, char *text, size_t size);

#endif
