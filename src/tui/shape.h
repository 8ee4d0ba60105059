/*
 * shape - the lines and marks that the console draws, for every terminal.
 *
 * Each is a character of one column and has an ASCII one for terminals that
 * cannot show it. screen_put() puts the ASCII one where it must, so a mark may
 * stand in a text; shape() gives it a name and takes the better of the two where
 * one character serves two marks.
 */
#ifndef AMC_TUI_SHAPE_H
#define AMC_TUI_SHAPE_H

#include <stdbool.h>
#include <stdint.h>

enum shape_id {
	SHAPE_FOLDED, SHAPE_UNFOLDED, SHAPE_CHOICE, SHAPE_CHANGED, SHAPE_MORE,
	SHAPE_ABOVE, SHAPE_BELOW, SHAPE_HIDDEN, SHAPE_DIFFERS, SHAPE_NONE, SHAPE_ON,
	SHAPE_PAUSED,
	SHAPE_H, SHAPE_V, SHAPE_TOP_LEFT, SHAPE_TOP_RIGHT, SHAPE_BOTTOM_LEFT,
	SHAPE_BOTTOM_RIGHT, SHAPE_JOINT_TOP, SHAPE_JOINT_BOTTOM, SHAPE_JOINT_LEFT,
	SHAPE_JOINT_RIGHT, SHAPE_CROSS,
	SHAPE_FULL, SHAPE_EMPTY,
	SHAPE_COUNT
};

enum shapes {
	SHAPES_ALL,
	SHAPES_NARROW,		/* but those that this terminal draws two columns wide */
	SHAPES_ASCII,		/* none; text is shown as it is */
	SHAPES_PLAIN,		/* nothing but ASCII: other text is question marks */
};

void shape_use(enum shapes);
enum shapes shape_used(void);
/* Of these only what the terminal's font has; NULL: it has all. */
void shape_font(bool (*has)(uint32_t cp));

/* UTF-8, one column. */
const char *shape(enum shape_id);
/*
 * What is shown instead of a character that this terminal cannot show, for each
 * column of it; '\0' if it can.
 */
char shape_instead(uint32_t cp);
/* Is it one of the lines and marks? They take one column everywhere. */
bool shape_is(uint32_t cp);

#endif
