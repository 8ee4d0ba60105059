/*
 * lining - what the run of linear mode (linear-run.c) and its questions (linear.c)
 * share; nobody else includes it.
 */
#ifndef AMC_TUI_LINING_H
#define AMC_TUI_LINING_H

#include "tui/linear.h"
#include "tui/linear-line.h"

struct linear {
	struct tui tui;
	struct lines lines;
	bool changed;		/* views have not been told yet */
	bool interrupted;	/* Ctrl-C */
	bool ended;		/* no more input, or a signal */
	bool live;
	char *ahead;		/* the answer to the next question, or NULL */
	struct place *numbered;
	int numbered_n;
	struct place selected;
};

/* Tells what happened meanwhile; was there anything? */
bool linear_tell_news(struct linear *);

#endif
