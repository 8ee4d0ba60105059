/*
 * model - terminals that libvterm is not: with the quirks that terminfo has words for.
 *
 * It reads what a program writes (vt.h's tap) and keeps the cells. It knows the
 * sequences of tests/t-paint-kinds.c's own terminals, and no other.
 */
#ifndef MODEL_H
#define MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum model_quirk {
	MODEL_WRAPS = 1,	/* behind the last column it is in the next line at once */
	MODEL_STOPS = 2,	/* in the last column it stays, whatever comes */
	MODEL_NO_BCE = 4,	/* what is erased has no colour */
	MODEL_COOKIES = 8,	/* to change the look takes a cell */
	MODEL_SMEARS = 16,	/* moved with a look on it changes what it passes */
	MODEL_NO_TILDE = 32,
	MODEL_UNLIKE = 64,	/* emoji and marks take one column, hearts two */
	MODEL_DIRECT = 128,	/* colours from 8 on are red, green and blue */
	MODEL_OLD_UNDERLINE = 256, /* a _ leaves what it is written over, with a line */
};

enum model_look { MODEL_BOLD = 1, MODEL_UNDERLINE = 2, MODEL_REVERSE = 4 };

struct model_cell {
	uint32_t what;		/* its character without marks; 0: the half of a wide one */
	unsigned look;
	int fg, bg;		/* -1: its own */
};

struct model {
	unsigned quirks;
	int rows, cols, y, x;
	bool behind;		/* the last column: the next character begins a line */
	bool stops;		/* until it is told otherwise */
	struct model_cell now;	/* the look that is on */
	struct model_cell *cells;
	unsigned pads;		/* NULs that came */
	char wrong[120];	/* what is not done to such a terminal, the first time */
	char escape[40];
	unsigned escape_len;
	uint32_t half;		/* a character that is not whole, and what it lacks */
	int lacks;
};

/* All cells begin with a Z: whoever takes the terminal has to clear it. */
void model_start(struct model *, unsigned quirks, int rows, int cols);
void model_read(struct model *, const char *bytes, size_t len);
const struct model_cell *model_at(const struct model *, int y, int x);
void model_end(struct model *);

#endif
