/*
 * theme - roles and what they look like: ui/theme.xml.
 *
 * Views draw roles, never colours. Every role has a look for terminals without
 * colours too; what a role tells is also told by a mark or a word.
 */
#ifndef AMC_TUI_THEME_H
#define AMC_TUI_THEME_H

#include "base/err.h"

enum role {
	ROLE_TEXT, ROLE_BAR, ROLE_BAR_KEY, ROLE_BORDER, ROLE_FOCUS, ROLE_HEAD,
	ROLE_SELECTED, ROLE_MARKED, ROLE_GROUP,
	ROLE_GOOD, ROLE_NOTE, ROLE_WARNING, ROLE_ALARM, ROLE_OLD, ROLE_CHANGED,
	ROLE_DIALOG, ROLE_LABEL, ROLE_FIELD, ROLE_FIELD_NOW, ROLE_FIELD_BAD,
	ROLE_HINT, ROLE_ERROR, ROLE_BUTTON, ROLE_BUTTON_NOW, ROLE_GREYED,
	ROLE_COUNT
};

enum look_attr { LOOK_BOLD = 1, LOOK_DIM = 2, LOOK_REVERSE = 4, LOOK_UNDERLINE = 8 };

struct look {
	short fg, bg;		/* 0..7, -1: the terminal's own */
	unsigned attrs;		/* enum look_attr */
	unsigned mono;		/* the attributes of a terminal without colours */
};

struct theme {
	struct look looks[ROLE_COUNT];
};

/* dir: a folder instead of the built-in ui/, or NULL. */
bool theme_load(struct theme *, const char *dir, struct err *);

/* The role of a severity: 0 well .. 3 alarm. */
enum role theme_severity(int severity);

#endif
