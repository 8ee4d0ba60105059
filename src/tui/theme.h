/*
 * theme - roles and what they look like: ui/theme.xml, and an operator's own.
 *
 * Views draw roles, never colours. Every role has a look for terminals without
 * colours too; what a role tells is also told by a mark or a word.
 */
#ifndef AMC_TUI_THEME_H
#define AMC_TUI_THEME_H

#include "base/xml.h"

#include <stddef.h>

enum role {
	ROLE_TEXT, ROLE_BAR, ROLE_BAR_KEY, ROLE_BORDER, ROLE_FOCUS, ROLE_HEAD,
	ROLE_SELECTED, ROLE_MARKED, ROLE_GROUP,
	ROLE_GOOD, ROLE_NOTE, ROLE_WARNING, ROLE_ALARM, ROLE_OLD, ROLE_CHANGED,
	ROLE_DIALOG, ROLE_LABEL, ROLE_FIELD, ROLE_FIELD_NOW, ROLE_FIELD_BAD,
	ROLE_HINT, ROLE_ERROR, ROLE_BUTTON, ROLE_BUTTON_NOW, ROLE_GREYED,
	ROLE_COUNT
};

enum look_attr { LOOK_BOLD = 1, LOOK_DIM = 2, LOOK_REVERSE = 4, LOOK_UNDERLINE = 8 };

/* The number of a colour on terminals of 8, 16 and 256; -1: the text role's. */
enum { COLOURS_8, COLOURS_16, COLOURS_256, COLOURS_KINDS };
struct colour { short of[COLOURS_KINDS]; };

struct look {
	struct colour fg, bg;
	unsigned attrs;		/* enum look_attr */
	unsigned mono;		/* the attributes of a terminal without colours */
};

/* name and title belong to the document. */
struct theme {
	const char *name, *title;
	bool mono;		/* no colours, whatever the terminal has */
	struct look looks[ROLE_COUNT];
};

/* The first one is the one to begin with. { 0 } are none. */
struct themes {
	struct theme *list;
	size_t n, cap;
};

/*
 * Adds those of a document. One of a name that is there takes its place; one
 * that is based on another has that one's roles where it has none of its own.
 */
bool themes_read(struct themes *, const struct xml *, struct err *);
void themes_done(struct themes *);
/* NULL if there is none of that name. */
const struct theme *themes_find(const struct themes *, const char *name);

/* The number of a role's colour on a terminal that has so many; -1: its own. */
short theme_fg(const struct theme *, enum role, int colours);
short theme_bg(const struct theme *, enum role, int colours);

/* The role of a severity: 0 well .. 3 alarm. */
enum role theme_severity(int severity);

#endif
