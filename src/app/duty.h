/*
 * duty - an order to go down that this machine has taken: from then until its command
 * has ended.
 *
 * It stands in the file "duty" of the StateDirectory before anything is acted upon, and
 * the file says that its command begins before that begins; so a command is run once at
 * most, whenever we are killed. In the same boot of the machine (boot_id of Linux) what
 * waits goes on with the rest of its time, and what had begun is not run again. An order
 * of another boot, one that should have begun DUTY_LATE_S ago, and one that cannot be read
 * for certain are dropped: to go down by mistake is worse than to be told once more.
 *
 * Who may order is not asked here.
 */
#ifndef AMC_APP_DUTY_H
#define AMC_APP_DUTY_H

#include "app/words.h"
#include "base/json.h"
#include "base/loop.h"

enum {
	DUTY_IN_MOST = 3600,	/* s that an order can be called off */
	DUTY_LATE_S = 60,	/* that nobody ran who could begin it */
	DUTY_PATIENCE_S = 300,	/* that it may take longer than the site says */
};

struct duty_order {
	char who[132], why[200];	/* the operator as he is called, and his reason or "" */
	char from[260], address[64];	/* the control terminal that passes it on */
	int in;				/* s from now until it begins, 0 to DUTY_IN_MOST */
	int takes;			/* s that going down takes, by the site */
};

enum duty_news {
	DUTY_TAKEN,
	DUTY_CANCELLED,		/* by who and why of the order that it is told with */
	DUTY_CALLED_OFF,	/* by ourselves: words */
	DUTY_BEGUN,		/* words: what is run */
	DUTY_FAILED,		/* words: why */
	DUTY_OVER,		/* the machine has gone down and was started anew */
};

/* The order is borrowed; it is over in all but DUTY_TAKEN and DUTY_BEGUN. */
typedef void duty_told(enum duty_news, const struct duty_order *, const char *words, void *arg);

struct duty;

/*
 * state: the folder; root: in front of /proc, "" but in tests. What was kept is read, and
 * does nothing before duty_go_on(), which tells what became of it.
 */
struct duty *duty_new(struct loop *, const char *state, const char *root, duty_told *,
    void *arg);
void duty_go_on(struct duty *);
/* We end: what waits is for our successor, what runs goes on. Takes NULL. */
void duty_rest(struct duty *);
void duty_free(struct duty *);		/* takes NULL; the same */

/* What is run; none: nothing, and no order is taken. Copied. */
void duty_command(struct duty *, const struct words *);
char *duty_does(const struct duty *);	/* in one line, yours to free; "" if none */

/* Would an order be taken now? False and words (ERR_REFUSED) when not. Changes nothing. */
bool duty_could(const struct duty *, struct err *);
/* ERR_REFUSED and words as duty_could(), else ERR_FAILED when it cannot be kept. */
bool duty_take(struct duty *, const struct duty_order *, struct err *);
/* By who and why, from and address. ERR_REFUSED and words: too late, or there is none. */
bool duty_cancel(struct duty *, const struct duty_order *, struct err *);
/* If it has not begun. */
void duty_call_off(struct duty *, const char *words);

/* NULL: none. */
const struct duty_order *duty_order(const struct duty *);
/* {"in_seconds":8,"who":...}, as /v1/hello has it; NULL: none. */
struct json *duty_json(const struct duty *);

#endif
