/*
 * line - editing one line of text by characters and columns.
 *
 * The cursor stands before a character together with the marks that combine
 * with it: they are moved over and removed as one. Knows no screen.
 */
#ifndef AMC_TUI_LINE_H
#define AMC_TUI_LINE_H

#include <stdbool.h>
#include <stddef.h>

#define LINE_MAX_BYTES 900	/* an ini line has at most 1000 */

struct line {
	char *s;		/* UTF-8, never NULL */
	size_t len, at;		/* bytes; at: of the cursor */
};

/* With this text, the cursor at its end. */
void line_init(struct line *, const char *text);
void line_done(struct line *);
void line_set(struct line *, const char *text);

/* Does what an editing key says; false if it is none. */
bool line_key(struct line *, const char *key);
/* Inserts a text without newlines; false, and nothing is, when it does not fit. */
bool line_insert(struct line *, const char *text);
/* Puts the cursor where a window of cols columns (line_window()) was clicked. */
void line_point(struct line *, int cols, bool hidden, int column);
/* Is it a key that inserts a character? */
bool line_inserts(const char *key);

/*
 * What a window of cols columns shows: from which byte on, and in which column
 * the cursor stands. The cursor is always inside. hidden: every character shows
 * as one column (a secret).
 */
size_t line_window(const struct line *, int cols, bool hidden, int *cursor);

#endif
