/*
 * vt - a terminal in the test process (libvterm) with a program on its pty.
 *
 * No sleeps: every wait polls the pty until a condition holds or time runs out.
 * All positions are 0-based (row, col), as in curses.
 */
#ifndef VT_H
#define VT_H

#include <stdbool.h>
#include <sys/types.h>
#include <termios.h>
#include <vterm.h>

/* Private modes with higher numbers are not watched. */
#define VT_MODES 4096

struct vt {
	VTerm *vt;
	VTermScreen *screen;
	int rows, cols;
	int fd;                     /* master side of the pty */
	pid_t pid;
	bool eof;                   /* the program closed the terminal */
	bool altscreen, cursor_visible;
	VTermPos cursor;
	struct termios before;      /* stty settings that the program was given */
	void (*tap)(char *, size_t); /* sees, and may change, what the program wrote; set before
	                               vt_start() it sees all of it */
	bool keeps_output;          /* set before vt_start(): Ctrl-C and Ctrl-Z throw nothing away */
	unsigned long unknown;      /* control sequences libvterm did not know */
	/* what libvterm does not tell: the private modes (1004, 2004, ...) as bits */
	unsigned char modes[VT_MODES / 8];
	char held[4];               /* the begin of a character whose rest has not come */
	size_t held_len;
	char escape[32];            /* the sequence that is being read */
	unsigned escape_len;
};

/* Start argv in a terminal of rows x cols; TERM and locale come from environ. */
int vt_start(struct vt *t, int rows, int cols, char *const argv[]);
/* Take what the program wrote (VT_TRACE names a file that keeps it, too); waits up to ms for something.  Bytes read. */
int vt_pump(struct vt *t, int ms);
/* Pump until a condition on the screen holds or ms passed; then test it once more:
 *     VT_UNTIL(&t, 20000, vt_cell(&t, 2, 2).attrs.reverse);
 *     ok(vt_cell(&t, 2, 2).attrs.reverse, "the first item is selected");
 * What is read at once need not be a whole screen, so test nothing without it. */
#define VT_UNTIL(t, ms, cond) \
	for (long vt_end_ = vt_clock() + (ms); !(cond) && vt_before((t), vt_end_);) continue
long vt_clock(void);                            /* milliseconds */
bool vt_before(struct vt *t, long end);         /* pump; is there time left? */
/* Is text on the screen? */
bool vt_has(struct vt *t, const char *text);
/* Wait until text is on the screen. */
bool vt_wait_text(struct vt *t, const char *text, int ms);
/* Wait for the end; exit code, minus a signal, or -1000 after ms. */
int vt_wait_exit(struct vt *t, int ms);
/* A row as UTF-8, blanks at its end removed; returns buf. */
const char *vt_row(struct vt *t, int row, char *buf, size_t size);
VTermScreenCell vt_cell(struct vt *t, int row, int col);
void vt_key(struct vt *t, VTermKey key);
/* Bytes as a keyboard sends them: text in UTF-8, control characters. */
void vt_type(struct vt *t, const char *utf8);
/* Is a private mode, as 2004 for bracketed paste, switched on? */
bool vt_mode(const struct vt *t, int mode);
/*
 * Are its settings, screen, cursor and every mode (mouse, paste, focus, keypad) as
 * the program found them? Waits up to ms.
 */
bool vt_restored(struct vt *t, int ms);
/* What is not, in words, or "" */
const char *vt_left(struct vt *t, char *buf, size_t size);
void vt_resize(struct vt *t, int rows, int cols);
void vt_close(struct vt *t);

#endif
