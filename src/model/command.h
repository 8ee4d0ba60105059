/*
 * command - what a UPS can be told to do, in one vocabulary for all makers.
 *
 * What a card must be sent for it stands in its profile (snmp/profile-command.h);
 * here is what it means: what it risks, and in which readings it shows.
 */
#ifndef AMC_MODEL_COMMAND_H
#define AMC_MODEL_COMMAND_H

#include "model/site.h"
#include "model/reading.h"

/* What must be so before it is sent; each asks for all that those above it do. */
enum command_risk {
	RISK_NONE,		/* a lamp, a beep, ending something */
	RISK_STRAIN,		/* runs on battery for a while: a question */
	RISK_SWITCH,		/* switches the output, or what feeds it: the site is armed */
	RISK_CUT,		/* takes power from what hangs on it: its name is typed */
};

/* Bits of enum ups_state. */
#define STATE_BIT(state) (1u << (state))

struct command {
	const char *word;	/* "off": as verbs and profiles have it */
	const char *label;	/* N_() */
	const char *help;	/* N_(), one or two sentences */
	enum command_risk risk;
	bool outlet;		/* is for one group of outlets */
	bool result;		/* tells how it ended, if the card does */
	bool begins;		/* goes on for long: it is done when it has begun */
	unsigned states, flags;	/* any of them shows that it is done; 0, 0: none does */
	unsigned gone;		/* flags that must be gone, too */
};
extern const struct command commands[];		/* ended by a NULL word */

const struct command *command_find(const char *word);

/* Does this reading show that it was done? */
bool command_shows(const struct command *, const struct reading *);
/* Can it be seen in readings at all? */
bool command_is_seen(const struct command *);

/* How a test ended, or a calibration. */
enum command_result {
	RESULT_NONE,		/* there was none yet, or the card does not say */
	RESULT_RUNNING, RESULT_PASSED, RESULT_WARNING, RESULT_FAILED,
	RESULT_INVALID,		/* could not be made: the battery is not charged, mains failed */
	RESULT_ABORTED, RESULT_REFUSED,
	RESULT_COUNT
};
const char *result_word(enum command_result);	/* "passed": as profiles and JSON have it */
const char *result_label(enum command_result);	/* N_() */
bool result_from_word(const char *, enum command_result *);

/* What has become of a command so far. */
enum command_end {
	COMMAND_PENDING,	/* it is being sent, or waited for to show */
	COMMAND_SHOWN,		/* taken, and the readings show it */
	COMMAND_ACCEPTED,	/* taken; nothing of it can be seen */
	COMMAND_UNSEEN,		/* taken, but it did not show in time */
	COMMAND_UNSURE,		/* no answer came to it, and it did not show in time */
	COMMAND_DENIED,		/* it was not done: why */
};
struct command_state {
	enum command_end end;
	bool sent;
	bool before;			/* it was so before it was sent */
	bool known;			/* is there a reading? */
	struct reading reading;		/* the last one */
	enum command_result result;
	int seconds, limit;		/* since it was sent; how long it is waited for */
	char why[400];
};
/* "shown", "denied": as JSON has it. */
const char *command_end_word(enum command_end);
/* From the first word of a text. */
bool command_end_from_word(const char *text, enum command_end *);
/* "done", "not done": N_(). */
const char *command_end_label(enum command_end);
/* For a person: "off, after 4 s". */
void command_words(const struct command_state *, char *buf, size_t size);

#endif
