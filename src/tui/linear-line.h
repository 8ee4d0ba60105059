/*
 * linear-line - lines in and out for the linear mode: bytes, echo, locale.
 */
#ifndef AMC_TUI_LINEAR_LINE_H
#define AMC_TUI_LINEAR_LINE_H

#include "base/loop.h"
#include "base/text.h"

struct lines {
	struct loop *loop;
	struct watch *input;	/* NULL: nothing is to be read just now */
	struct text in;		/* read and not yet taken */
	bool file;		/* a file cannot be watched, and never lets anyone wait */
	bool ended;		/* there is no more */
	bool terminal;		/* a person types; else what is read is shown */
	bool utf8;
};

void lines_open(struct lines *, struct loop *);
void lines_close(struct lines *);

/*
 * The next line, yours to free, without its end; NULL when there is none yet.
 * Bytes that are no text (no UTF-8, control characters) make it NULL with words.
 * At the end of input what stands behind the last newline is a line, too.
 */
char *lines_take(struct lines *, struct err *);
/* Writes text as the locale has it, at once. */
void lines_put(struct lines *, const char *text);
/*
 * Does the terminal show what is typed? Off drops what was typed before, which
 * is no answer to a question that was not yet asked.
 */
void lines_echo(struct lines *, bool on);

#endif
