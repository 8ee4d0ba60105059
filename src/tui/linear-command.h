/*
 * linear-command - what the parts of the main view in linear mode share; nobody else
 * includes it. A command gets what stands behind its word.
 */
#ifndef AMC_TUI_LINEAR_COMMAND_H
#define AMC_TUI_LINEAR_COMMAND_H

#include "tui/linear.h"

/* linear-show.c: tree, list, states, details. */
void linear_tree(struct tui *, struct linear *, const char *rest);
void linear_list(struct tui *, struct linear *, const char *rest);
void linear_status(struct tui *, struct linear *, const char *rest);
void linear_details(struct tui *, struct linear *, const char *rest);

/* linear-go.c: where one is, and what is done to rows by their numbers. */
void linear_say_selected(struct tui *, struct linear *);
/* A number as it was told, or a name or path. */
bool linear_find(struct tui *, struct linear *, const char *what, struct place *, struct err *);
/* Selects it; false, and told, when there is no such place. */
bool linear_go(struct tui *, struct linear *, const char *what);
void linear_select(struct tui *, struct linear *, const char *rest);
void linear_parent(struct tui *, struct linear *, const char *rest);
void linear_move(struct tui *, struct linear *, const char *rest);
void linear_tag_range(struct tui *, struct linear *, const char *rest);
void linear_sort_by(struct tui *, struct linear *, const char *rest);

#endif
