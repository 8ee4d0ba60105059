/*
 * ui - what stands where: the XML files of ui/, read and checked at start.
 *
 * They hold arrangement and words, never behaviour. A reference that does not
 * resolve (an action, a field, a cell, a role) is refused with file and line.
 */
#ifndef AMC_TUI_UI_H
#define AMC_TUI_UI_H

#include "app/wizard.h"
#include "base/xml.h"
#include "model/reading.h"
#include "model/record.h"
#include "tui/action.h"
#include "tui/cell.h"
#include "tui/keys.h"
#include "tui/theme.h"

/* A menu of the menu bar. Strings belong to the document. */
struct menu {
	const char *title;		/* "File" */
	const char *key;		/* "Alt-f" opens it */
	const struct action **items;	/* NULL: a line between groups */
	size_t n, cap;
};

/* A thing on a form: one of title, field and attr. */
struct spot {
	int column;
	const char *title;		/* of the section that begins here */
	const struct field *field;
	const char *brief;		/* of field, where its label is too long; or NULL */
	const struct reading_attr *attr;	/* what the card says of itself */
};

struct layout {
	enum kind kind;
	int columns;
	struct spot *spots;
	size_t n, cap;
	const struct action *buttons[4];	/* beside OK and Cancel */
	size_t buttons_n;
};

struct column {
	const struct cell *cell;
	const char *title;
	int width, max;
	int rank;		/* 1 is the most wanted */
	int grow;		/* the rank at which it grows from width to max */
	bool right;
	int place;		/* in ui/columns.xml */
	bool hidden;		/* if columns_chosen */
};

struct topic {
	const char *view, *title;
	char **paragraphs;
	size_t n, cap;
};

struct ui {
	struct themes themes;
	struct keys *keys;
	struct menu *menus;
	size_t menus_n, menus_cap;
	struct layout layouts[KIND_COUNT];
	struct column *columns;		/* from left to right */
	size_t columns_n, columns_cap;
	bool columns_chosen;		/* by the operator: tui/columns.h */
	struct topic *topics;		/* ui_topics() */
	size_t topics_n, topics_cap;
	struct wizards *wizards;	/* ui_wizards() */
	bool built_in;			/* not of a folder */
	struct xml *docs[12];
	size_t docs_n;
};

/*
 * dir: a folder instead of the built-in files, or NULL. All files of a folder are
 * read at once, so that a wrong one is refused; the built-in help and wizards (a
 * quarter of the work until the first screen) when they are first asked for.
 */
struct ui *ui_load(const char *dir, struct err *);
void ui_free(struct ui *);

/*
 * Puts an operator's own keys.xml and theme.xml of a folder on top; one that is
 * not there is no fault.
 */
bool ui_own(struct ui *, const char *dir, struct err *);

/* ui-xml.c, for the loaders of the parts: one of the files. NULL and words. */
struct xml *ui_file(const char *dir, const char *name, struct err *);
/* An attribute that must be there; NULL and words if it is not. */
const char *ui_attr(const struct xml *, const struct xml_node *, const char *name,
    struct err *);
/* A whole number in an attribute, or initial when it is missing. */
bool ui_number(const struct xml *, const struct xml_node *, const char *name,
    int initial, int *n, struct err *);
/* What the attribute "action" names; NULL and words if there is no such action. */
const struct action *ui_action(const struct xml *, const struct xml_node *, struct err *);
/* The element is not one that may stand here. Always false. */
bool ui_unknown(const struct xml *, const struct xml_node *, struct err *);

/* ui-forms.c: the elements of forms.xml into the layouts. */
bool ui_read_forms(struct ui *, const struct xml *, struct err *);

/* The label of a field, translated; where it is wider than cols its short one, if it has one. */
const char *ui_label(const struct ui *, enum kind, const struct field *, int cols);

/* All topics of the help; *n: how many. */
const struct topic *ui_topics(struct ui *, size_t *n);
/* The topic of a view, or NULL. */
const struct topic *ui_topic(struct ui *, const char *view);
const struct wizards *ui_wizards(struct ui *);

#endif
