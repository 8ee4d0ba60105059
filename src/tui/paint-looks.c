/* What the roles are on this terminal: for ncurses, and in bytes. */
#include "tui/painting.h"

#include "tui/paint.h"

#include <curses.h>
#include <stdlib.h>
#include <term.h>
#include <unistd.h>

static struct {
	attr_t attrs[ROLE_COUNT];
	short pairs[ROLE_COUNT];
	enum role ground;
	struct text on[ROLE_COUNT], off[ROLE_COUNT];
	bool known, seen;
} looks;

static void forget(void)
{
	for (int i = 0; i < ROLE_COUNT; i++) {
		text_done(&looks.on[i]);
		text_done(&looks.off[i]);
	}
	looks.known = false;
}

void paint_looks_done(void)
{
	forget();
}

static attr_t attr_of(unsigned look)
{
	return (look & LOOK_BOLD ? A_BOLD : 0) | (look & LOOK_DIM ? A_DIM : 0) |
	    (look & LOOK_REVERSE ? A_REVERSE : 0) |
	    (look & LOOK_UNDERLINE ? A_UNDERLINE : 0);
}

/*
 * Does it take a cell to change the look (magic cookies)? There is no place for that.
 * ncurses denies it once it has the terminal.
 */
static bool takes_cells(void)
{
	TERMINAL *ours = set_curterm(NULL);
	bool takes;
	int rc;

	takes = setupterm(NULL, STDOUT_FILENO, &rc) != ERR && tigetnum("xmc") > 0;
	del_curterm(set_curterm(ours));
	return takes;
}

/* Those that are wanted, and enough of them: each role is a pair, beside the plain one. */
static bool take_colours(const struct theme *theme, bool cookies)
{
	const char *no = getenv("NO_COLOR");

	if (!has_colors() || (no && *no) || theme->mono || cookies || start_color() == ERR)
		return false;
	return use_default_colors() != ERR && COLORS >= 8 && COLOR_PAIRS > ROLE_COUNT;
}

/*
 * A terminal of more than 256 takes red, green and blue for a number (its RGB in terminfo);
 * those of the first eight mean the usual ones there, too.
 */
static int colours_told(void)
{
	return COLORS > 256 ? 8 : COLORS;
}

void paint_looks_theme(const struct theme *theme)
{
	bool cookies = takes_cells(), colours = take_colours(theme, cookies);
	int told = colours ? colours_told() : 0;

	for (enum role i = 0; i < ROLE_COUNT; i++) {
		const struct look *l = &theme->looks[i];
		short fg = theme_fg(theme, i, told), bg = theme_bg(theme, i, told);

		looks.attrs[i] = cookies ? 0 : attr_of(colours ? l->attrs : l->mono);
		looks.pairs[i] = 0;
		if (colours && (fg >= 0 || bg >= 0)) {
			looks.pairs[i] = (short)(i + 1);
			init_pair(looks.pairs[i], fg, bg);
		}
	}
	forget();
}

static struct text *made;

static int take_byte(int c)
{
	char byte = (char)c;

	text_add_len(made, &byte, 1);
	return c;
}

/* From the look that ncurses believes to be on. */
static struct text change(attr_t attrs, short pair)
{
	struct text t = { 0 };

	made = &t;
	vid_puts(attrs, pair, NULL, take_byte);
	return t;
}

void paint_look_of(enum role role, unsigned *attrs, short *pair)
{
	*attrs = looks.attrs[role] | looks.attrs[looks.ground];
	*pair = looks.pairs[role] ? looks.pairs[role] : looks.pairs[looks.ground];
}

bool paint_looks_make(enum role ground)
{
	struct text plain;
	unsigned attrs;
	short pair;

	if (looks.known && ground == looks.ground)
		return false;
	forget();
	looks.ground = ground;
	looks.known = true;
	looks.seen = false;
	if (paint_by_curses())
		return true;
	plain = change(A_NORMAL, 0);	/* ncurses knows of none either */
	text_done(&plain);
	for (enum role i = 0; i < ROLE_COUNT; i++) {
		paint_look_of(i, &attrs, &pair);
		looks.on[i] = change(attrs, pair);
		looks.off[i] = change(A_NORMAL, 0);
		looks.seen = looks.seen || looks.on[i].len;
	}
	return true;
}

bool paint_looks_seen(void)
{
	return looks.seen;
}

const struct text *paint_look_on(enum role role)
{
	return &looks.on[role];
}

const struct text *paint_look_off(enum role role)
{
	return &looks.off[role];
}
