/*
 * watching - the inside of watch: one struct watched for each UPS and terminal.
 *
 * A kind of watched (watch-ups.c, watch-terminal.c) starts with struct watched
 * and has its functions; watch.c keeps them and their timers, watch-tally.c
 * counts how bad it is and where, watch-alarm.c tells the worst.
 */
#ifndef AMC_APP_WATCHING_H
#define AMC_APP_WATCHING_H

#include "app/watch.h"
#include "base/deadlines.h"
#include "base/index.h"
#include "base/map.h"
#include "base/shelf.h"

#define WATCH_MS 8000		/* R29: at most 8 s between two questions */
#define WATCH_BATTERY_MS 2000
#define WATCH_LEAST_MS 250	/* between two questions to the same */
#define WATCH_SILENT_MS 60000	/* the longest between two tries */
#define WATCH_REPLACED_MS 3600000	/* another UPS at the address is told for so long */
#define WATCH_BEACON_MS 7000	/* three beacons of 2 s are missing */
#define WATCH_CONFIRM_MS 60000	/* while they come: between two questions */
#define WATCH_CONTROL_MS 20000	/* the same to one that asks cards: it knows who is silent (R22) */
#define WATCH_DOUBTS 3		/* while they come: questions in vain until it is told */
#define WATCH_DRIFT_MS 60000	/* a terminal may hold another site for so long untold */
#define WATCH_TERMINALS 128	/* so many are asked at the same time */
#define WATCH_SLICE_MS 20	/* at leisure: in so long ... */
#define WATCH_SLICE_TERMINALS 12	/* ... so many; each takes some 0.1 ms */
#define WATCH_SLICE_TYPED 3	/* ... or so many, while somebody presses keys */
#define WATCH_TYPED_MS 1000	/* so long after a key that lasts */
#define WATCH_URGENCIES 24	/* 20 and the worst severity, and one */
#define WATCH_NEWS 32
#define WATCH_NEWS_SIZE 200

struct watching {
	struct app *app;
	struct map upses;	/* id -> struct watched * */
	struct shelf room;	/* for those that are terminals */
	struct index terminals_at;	/* number -> place in the room */
	const struct site *site;	/* whose nodes they are */
	struct watch *syncing;	/* nodes changed: to be followed */
	struct deadlines *terminals;	/* when they are asked next */
	int64_t last;
	uint32_t dice;		/* spreads the questions */
	bool paused;		/* what is told are the frozen states */
	struct map frozen;	/* id -> its status when the watching was paused, if heard of */
	/* terminals under way, and those that wait for their turn, by id */
	unsigned asked;
	unsigned *queue;
	size_t queue_at, queue_n, queue_cap;
	bool at_leisure, in_slice;
	unsigned slice_asked;
	int64_t typed_at;	/* loop_now() of the last key; 0: none */
	struct watch *slice;	/* its end */

	/* watch-tally.c: how many are how bad below each node and container */
	struct map tallies;
	unsigned long tallied;	/* at which site_changes() + 1; 0: not yet */
	struct watch *silence;	/* some are silent and not yet lost */
	unsigned alarm;		/* the most urgent node, if alarm_known; 0: none */
	bool alarm_known;
	unsigned master;	/* the terminal that last said so when no other did; 0: none yet */
	bool master_here;	/* it is this machine */
	size_t urgent[WATCH_URGENCIES];	/* how many are so urgent */

	struct watch *drift;	/* watch-drift.c: the next look */
	bool drift_soon;	/* it comes within a second */

	unsigned long told;	/* news so far */
	char news[WATCH_NEWS][WATCH_NEWS_SIZE];
};

struct watched;

/* What UPSs and terminals do each in their way. */
struct watched_kind {
	void (*ask)(struct watched *);
	/* Would it still ask at the right place in the right way? */
	bool (*same_target)(const struct watched *, const struct node *);
	void (*drop)(struct watched *);	/* frees it */
};

/* A site has thousands: what a terminal has only after an answer is not in here. */
struct watched {
	unsigned id;
	unsigned failures;	/* questions without answer, in a row */
	struct watching *watching;
	union {			/* when it is asked next */
		struct watch *timer;	/* of a UPS */
		struct deadline wait;	/* of a terminal: those are many */
	} next;
	int64_t asked_at;	/* loop_now() of the last question */
	unsigned place;		/* of a terminal, in the room */
	bool asking : 1, heard : 1;	/* a question is under way; one has ended */
	bool counted : 1, queued : 1;	/* in watching's asked, queue */
	bool soon : 1;		/* as soon as it may be asked again: watch_soon() */
	bool spread : 1;	/* it has its own place among the others */
	unsigned char severity;	/* as shown and tallied */
	unsigned char urgency;	/* 10 or 20 and the severity of now: watch-tally.c */
};

extern const struct watched_kind watched_ups_kind, watched_terminal_kind;

/* The watched one of that id, or NULL. */
struct watched *watching_find(const struct watching *, unsigned id);
/* Each once, in no order: start with *i = 0; NULL at the end. None may come or go meanwhile. */
struct watched *watching_each(const struct watching *, size_t *i);

struct watched *watched_ups_new(struct watching *, const struct ups *);
struct watched *watched_terminal_new(struct watching *, const struct terminal *);
const struct ups_status *watched_ups_status(const struct watched *);
const struct terminal_status *watched_terminal_status(const struct watched *);
/* As it is, also when paused; NULL while nothing was heard of it. */
struct terminal_status *watched_terminal_own(struct watched *);
/* Something may have changed in who holds which site. */
void watching_compare(struct watching *);
void watched_terminal_beacon(struct watched *, int state, int revision, double clock_ahead);

/* How bad is it now? Whenever something may have changed that. */
void watching_judge(struct watched *);
void watching_tally_done(struct watching *);
/* With the tallies of the site as it is now; NULL while nothing is watched. */
struct watching *watching_tallied(const struct app *);
/* The flag of what is wrong with a UPS that is in its normal state otherwise, or 0. */
unsigned watching_trouble(const struct reading *);

/*
 * A question has ended: notes it, tells the listener, and sets the timer for the
 * next one. urgent: it is asked every WATCH_BATTERY_MS.
 */
void watched_heard(struct watched *, bool answered, bool urgent);
/* It is asked again in so many ms, and not before. */
void watched_again(struct watched *, int ms);
/* At most so long between two questions after so many failures, ms. */
int watching_interval(unsigned failures, bool urgent);
void watching_tell(struct watching *, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
