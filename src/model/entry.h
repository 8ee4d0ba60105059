/*
 * entry - an entry of the event log: what happened to whom, when, and why.
 *
 * Kept as words of ours and not as sentences, so that every reader sees it in
 * his language; entry_text() makes the sentence. The reason in its detail is a
 * sentence of whoever wrote it: app/said.h says it again in the reader's language.
 */
#ifndef AMC_MODEL_ENTRY_H
#define AMC_MODEL_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum entry_kind {
	ENTRY_UPS_STATE,	/* before, after: state_word() */
	ENTRY_UPS_FLAG,		/* after: flag_word(), before: the same when it went */
	ENTRY_UPS_SILENT,	/* detail: why */
	ENTRY_UPS_BACK,		/* answers again */
	ENTRY_UPS_CHANGED,	/* another card at the address; before, after: serials */
	ENTRY_TERMINAL_STATE,	/* before, after: terminal_state_word() */
	ENTRY_TRAP,		/* after: its name; a hint, not the truth */
	ENTRY_ACT,		/* somebody did it: detail */
	ENTRY_SETTING,		/* of a card, from before to after; see entry_setting() */
	ENTRY_SITE,		/* another site: before, after: revisions */
	ENTRY_SERVICE,		/* of amcd itself: detail */
	ENTRY_TERMINAL_SITE,	/* holds another site than the others: before: theirs, after: its own */
	ENTRY_KINDS
};

/* An id of 128 bits in hex; see HERALD_ID. */
enum { ENTRY_TOLD = 33 };

struct entry {
	int64_t id;		/* grows with each; 0: not in the log yet */
	int64_t at;		/* ms since 1970, UTC */
	enum entry_kind kind;
	int severity;		/* 0 well .. 3 alarm, as state_severity() */
	unsigned node;		/* of the site; 0: none */
	char name[260];		/* of the node, then */
	char before[64], after[64];
	int64_t cause;		/* id of the entry that it follows from; 0: none */
	char who[132], origin[64];	/* who did it, from where; "" */
	char detail[300];
	int64_t acked_at;	/* 0: nobody has acknowledged it */
	char acked_by[132];
	char told[ENTRY_TOLD];	/* the id that another program told it with; "" */
};

/* "ups-state", as files and JSON have it; "UPS state", N_(). */
const char *entry_kind_word(enum entry_kind);
const char *entry_kind_label(enum entry_kind);
bool entry_kind_from_word(const char *, enum entry_kind *);

/* "well", "note", "warning", "alarm", N_(); and the mark beside it: "", "", "!", "!!". */
const char *entry_severity_label(int severity);
const char *entry_severity_mark(int severity);

/*
 * The detail of an ENTRY_SETTING is its key, a blank, and what became of it. Fills key, and
 * returns the rest, borrowed.
 */
const char *entry_setting(const struct entry *, char *key, size_t size);

/* Who has to say that he has seen it: a warning or an alarm that nobody did yet. */
bool entry_waits(const struct entry *);

#endif
