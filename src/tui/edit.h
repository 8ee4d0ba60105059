/*
 * edit - what the menus do: create, register, edit, delete, save, send,
 * quit. Each has a function that tells whether it can be used now.
 */
#ifndef AMC_TUI_EDIT_H
#define AMC_TUI_EDIT_H

#include "tui/view.h"

bool edit_can_create_group(struct tui *, struct err *);
void edit_create_group(struct tui *);
bool edit_can_register(struct tui *, struct err *);
void edit_register(struct tui *);
bool edit_can_add_device_group(struct tui *, struct err *);
void edit_add_device_group(struct tui *);
/* Whatever can stand at the selected place, by choice. */
bool edit_can_new(struct tui *, struct err *);
void edit_new(struct tui *);

bool edit_can_policy(struct tui *, struct err *);
void edit_policy(struct tui *);
bool edit_can_edit(struct tui *, struct err *);
void edit_edit(struct tui *);
bool edit_can_delete(struct tui *, struct err *);
void edit_delete(struct tui *);
bool edit_can_collect(struct tui *, struct err *);
void edit_collect(struct tui *);
bool edit_can_take_card(struct tui *, struct err *);
void edit_take_card(struct tui *);

bool edit_can_undo(struct tui *, struct err *);
void edit_undo(struct tui *);
bool edit_can_redo(struct tui *, struct err *);
void edit_redo(struct tui *);

bool edit_can_copy(struct tui *, struct err *);
void edit_copy(struct tui *);
bool edit_can_paste(struct tui *, struct err *);
void edit_paste(struct tui *);

/*
 * Before the open site goes: then() at once when all is saved, else after the
 * operator has said whether to save or to drop his edits; not when he stays, nor
 * when saving is refused, which is told.
 */
void edit_leave_site(struct tui *, const char *title, void (*then)(struct tui *, void *arg),
    void *arg);
/* Another site in place of the open one; unsaved edits are asked about. */
void edit_new_file(struct tui *);
void edit_open(struct tui *);
bool edit_can_save(struct tui *, struct err *);
void edit_save(struct tui *);
void edit_save_as(struct tui *);
void edit_reload(struct tui *);
/* The selected terminal, of the terminals' own view or of the main one; NULL: none. */
const struct node *edit_terminal(const struct tui *);
bool edit_can_send(struct tui *, struct err *);
void edit_send(struct tui *);
bool edit_can_send_all(struct tui *, struct err *);
void edit_send_all(struct tui *);
/* Armed or not, after a question; edit_can_save() tells whether. */
void edit_arm(struct tui *);
void edit_quit(struct tui *);
/* What the other and we did since the file was read, and the ways to go on. */
void edit_conflict(struct tui *, const char *title);
/*
 * The site with its edits as a file beside it, under a name that nothing has
 * yet, which is returned and yours to free; NULL and words.
 */
char *edit_keep_copy(struct tui *, struct err *);

#endif
