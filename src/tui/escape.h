/*
 * escape - what terminals understand beyond terminfo: a title, text for the
 * clipboard, pasted text in brackets. Only strings are made here.
 */
#ifndef AMC_TUI_ESCAPE_H
#define AMC_TUI_ESCAPE_H

#include "base/text.h"

/* GNU screen passes on strings of at most 768 bytes: so much is 3/4 of it. */
#define ESCAPE_COPY_MAX 512

/* Does a terminal of this TERM know xterm's title, clipboard and paste? */
bool escape_known(const char *term);

/* The title as it was goes on a stack, and comes from there again. */
#define ESCAPE_TITLE_KEEP "\033[22;0t"
#define ESCAPE_TITLE_BACK "\033[23;0t"
/* What no screen shows as it is (text_char_width()) is left out. */
void escape_title(struct text *, const char *title);

#define ESCAPE_PASTE_ON "\033[?2004h"
#define ESCAPE_PASTE_OFF "\033[?2004l"
#define ESCAPE_PASTE_BEGIN "\033[200~"
#define ESCAPE_PASTE_END "\033[201~"

/*
 * Text for the clipboard (OSC 52), without control characters; through tmux or
 * screen when it is they who read it. False when it is longer than
 * ESCAPE_COPY_MAX: half of it would be a surprise.
 */
bool escape_copy(struct text *, const char *content, const char *term, bool tmux);

/* The same text with a blank for each line's end and tab, other controls left out. */
char *escape_one_line(const char *);

#endif
