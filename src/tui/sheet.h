/*
 * sheet - a form: the fields of one record, to be edited together.
 *
 * What stands where comes from ui/forms.xml, everything about a field from its
 * row in the model's table. Nothing is changed before OK; then all is, or none.
 */
#ifndef AMC_TUI_SHEET_H
#define AMC_TUI_SHEET_H

#include "app/collect.h"
#include "base/text.h"
#include "tui/line.h"
#include "tui/rows.h"
#include "tui/view.h"

#include <time.h>

struct entry {
	const struct field *field;
	struct line line;	/* the value as in the file */
	char *was;		/* what it was at first */
	struct collected card;	/* field NULL: the card was not asked */
};

struct sheet {
	struct view view;
	const struct layout *layout;
	unsigned node;		/* 0: a new one, ... */
	struct place place;	/* ... that will hang here */
	struct entry *entries;	/* in the order of the layout's fields */
	int n;
	int focus;		/* an entry, then the layout's buttons, OK, Cancel */
	bool fresh;		/* just come to: what is typed first replaces all */
	int top[2];		/* first row shown of each column */
	struct err wrong;	/* why the last key was refused; "" if it was not */
	struct collect *collect;	/* under way, or NULL */
	struct reading ident;	/* what the card says of itself */
	time_t collected;	/* 0: never */
	char note[300];		/* what came of collecting */
	struct findings before;	/* of the rules, when the form was opened */
	struct findings found;	/* as if the form had been taken as it is now */
	unsigned tried;		/* the node's id in `found` */
	int refused;		/* the entry that sheet_put() could not put, or -1 */
};

/* The form of a node. */
void sheet_edit(struct tui *, unsigned node);
/* The same with the cursor on a field. */
void sheet_edit_field(struct tui *, unsigned node, const struct field *);
/* The form of a node that does not exist yet. */
void sheet_new(struct tui *, enum kind, struct place);

/* The form on top, or NULL when the top is something else. */
struct sheet *sheet_on_top(const struct tui *);
/* Has any of its fields another value than at first? */
bool sheet_changed(const struct sheet *);
/* Asks the card for its settings. */
void sheet_collect(struct sheet *);
/* Puts what the card has into the fields. */
void sheet_take_card(struct sheet *);

/* Takes the form and closes it, or shows what is wrong. */
void sheet_take(struct sheet *, bool all_groups);
/*
 * Takes what was changed and closes the form, to go on with its node, which is
 * returned; 0 when something is wrong, which is shown.
 */
unsigned sheet_take_along(struct sheet *);

/* sheet-apply.c */
bool sheet_entry_changed(const struct entry *);
/* The first entry that cannot stay as it is, the words in s->wrong; n if all can. */
int sheet_first_wrong(struct sheet *);
/*
 * Into the site, within an act: the node's id, or 0 and words. strict: all of it
 * or 0; else as much as can be.
 */
unsigned sheet_put(struct sheet *, bool strict, struct err *);
/*
 * All of it or nothing; the words in s->wrong. all_groups: what must be alike in
 * all groups (FIELD_SAME) is set in all.
 */
bool sheet_apply(struct sheet *, bool all_groups);
/* Must it be alike in all groups, and would not be? */
bool sheet_sets_apart(const struct sheet *, const struct entry *);
/* Asks what to do with such values; sheet_take() follows. False if there is none. */
bool sheet_ask_same(struct sheet *);

/* sheet-rules.c */
/*
 * Checks the rules as if the form were taken now; nothing is left of it. Words
 * why, when a value is refused.
 */
void sheet_try(struct sheet *, struct err *);
/* The worst that they find in a field of it, or NULL. */
const struct finding *sheet_finding(const struct sheet *, const struct field *);
/* Was it not there when the form was opened? */
bool sheet_is_new(const struct sheet *, const struct finding *);
/* The worst that is new elsewhere in the site, or NULL. */
const struct finding *sheet_caused(const struct sheet *);
/* Where a value comes from that is not the field's own; "" if it is. */
void sheet_origin(const struct sheet *, const struct entry *, char *buf, size_t size);
/* Why it does not count beside what the others are now, as words; NULL: it does. */
const char *sheet_unused(const struct sheet *, const struct entry *);
/* What a field of a new node is offered: by the group around it, or by all. */
const char *sheet_value_offered(const struct sheet *, const struct field *, char buf[16]);

/* sheet-move.c: how many buttons it has, with OK and Cancel. */
int sheet_buttons(const struct sheet *);
/* Rows for fields, of both columns and of one. */
int sheet_body_rows(const struct sheet *);
int sheet_column_rows(const struct sheet *, int column);
/* The entry with the cursor, NULL on a button. */
struct entry *sheet_focused(struct sheet *);
/* Scrolls so that it is seen. */
void sheet_show_focus(struct sheet *);
/* The cursor to an entry or button, if the one it is on can be left. */
void sheet_go(struct sheet *, int to);
/* The words about the entry with the cursor, as it is now. */
void sheet_check(struct sheet *);
/* The list of what an entry can be: its choices, or what the card takes. */
void sheet_pick(struct sheet *, struct entry *);
void sheet_move(struct view *, enum move);
bool sheet_key(struct view *, const char *name);
/* Is there one? sheet-card.c */
bool sheet_has_list(const struct entry *);
void sheet_pick_of_card(struct sheet *, struct entry *);
/* sheet-profile.c: is it the field that names a card profile? Their list. */
bool sheet_names_profile(const struct entry *);
void sheet_pick_profile(struct sheet *, struct entry *);
/* Adds what should be known of cards of the profile that it names, or that was found;
   false if that is nothing. */
bool sheet_cautions(const struct sheet *, const struct entry *, struct text *);
void sheet_say_profiles(const struct sheet *, struct linear *);
/* sheet-mouse.c */
void sheet_mouse(struct view *, const struct mouse *);
bool sheet_paste(struct view *, const char *text);
char *sheet_copy(struct view *, struct err *);
/* sheet-draw.c */
void sheet_draw(struct view *);
/* "Power device: UPS1 (SSC / Power devices)" */
void sheet_title(const struct sheet *, struct text *);
enum role sheet_role(enum severity);
/* sheet-help.c: the four lines below the fields. */
void sheet_draw_help(const struct sheet *, int y, int x, int cols);
/* sheet-linear.c */
void sheet_linear(struct view *, struct linear *);

#endif
