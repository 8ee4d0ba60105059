/*
 * settings - the settings that are kept in the UPSs, of many cards beside the
 * site's: what differs, what writing it made of it, and taking it over.
 */
#ifndef AMC_TUI_SETTINGS_H
#define AMC_TUI_SETTINGS_H

#include "tui/view.h"

/*
 * The power devices that a command is for: the tagged ones; without any the
 * selected one, or all below the selected group. n of them, yours to free.
 */
unsigned *settings_chosen(const struct tui *, size_t *n);

/* Of these cards; in a form its power device, with what the form has. */
bool settings_can_compare(struct tui *, struct err *);
void settings_compare(struct tui *);
/* The same, and when all have been read the question whether to write. */
bool settings_can_write(struct tui *, struct err *);
void settings_write(struct tui *);

/* In the view. */
bool settings_can_take(struct tui *, struct err *);
void settings_take(struct tui *);
bool settings_is_open(struct tui *, struct err *);
void settings_show_all(struct tui *);

#endif
