/*
 * app - one open site: its file, its edits, what is known of it live.
 *
 * Everything an operator can do goes through here, so that the console and the
 * verbs do the same. tui and cli see app and model, never store, snmp or peer.
 */
#ifndef AMC_APP_APP_H
#define AMC_APP_APP_H

#include "base/loop.h"
#include "model/rules.h"

struct app;

struct app_options {
	const char *profiles;	/* folder of card profiles beside /etc/amc/profiles, or NULL */
	bool read_only;		/* no edit, no save, nothing sent */
};

/* NULL and words when a profile is wrong. The strings are copied. */
struct app *app_new(struct loop *, const struct app_options *, struct err *);
void app_free(struct app *);
struct loop *app_loop(const struct app *);
bool app_read_only(const struct app *);
/* May it be changed, saved, sent? ERR_REFUSED and words when it was opened read-only. */
bool app_writable(const struct app *, struct err *);

/*
 * Reads a site file. A file with faults is opened as far as it can be
 * understood, and its faults are in app_check(); false only when there is
 * nothing to show (unreadable, too long, no text). What was open before stays
 * open then.
 */
bool app_open(struct app *, const char *path, struct err *);
/* An empty site that will be saved as path. Refused when there is such a file. */
bool app_create(struct app *, const char *path, struct err *);
/* From bytes, as a file of that name would have them; it cannot be saved. */
bool app_open_text(struct app *, const char *name, const char *bytes, size_t len,
    struct err *);

const char *app_path(const struct app *);
const struct site *app_site(const struct app *);
/* Edited since it was read or saved? */
bool app_modified(const struct app *);
/* Has the file itself faults, so that saving is refused until they are mended? */
bool app_faulty(const struct app *);
/* All faults and findings; made anew when something changed. Borrowed until then. */
const struct findings *app_check(struct app *);
/* Another number with other findings: for who keeps something that was made of them. */
unsigned long app_findings_no(const struct app *);
/* Words are in another language now: findings that are kept are made anew. */
void app_reworded(struct app *);
/* The line of a node, or of one of its fields, in the file; 0 if it has none. */
long app_line(const struct app *, unsigned node, const struct field *);

/*
 * Edits. Each is done or refused with words (the grammar, a range, read-only),
 * leaving all as it was. They are in memory until app_save().
 */
unsigned app_add(struct app *, unsigned parent, enum container, enum kind,
    const char *name, struct err *);	/* the new id, or 0 */
bool app_set(struct app *, unsigned node, const char *key, const char *value,
    struct err *);
/* Back to the initial or inherited value, as if it had never been given. */
bool app_unset(struct app *, unsigned node, const char *key, struct err *);
bool app_move(struct app *, unsigned node, unsigned parent, enum container,
    struct err *);
/* The same before a node that hangs there; 0: last. */
bool app_move_before(struct app *, unsigned node, unsigned parent, enum container,
    unsigned before, struct err *);
bool app_remove(struct app *, unsigned node, struct err *);

/*
 * Edits that are one act to the operator and are undone together: begin, edit,
 * end. Acts may stand in acts; then the outermost is undone. An edit outside is
 * an act of its own. label: what it is called, copied. Screens hear of it at the
 * end only.
 */
void app_act_begin(struct app *, const char *label);
void app_act_end(struct app *);
/* Instead of the end: takes back all since the matching begin, without a trace. */
void app_act_abort(struct app *);

/* What would be undone or done again; NULL when there is nothing. */
const char *app_undo_label(const struct app *);
const char *app_redo_label(const struct app *);
/* *node: what it was about, if that is there now, else 0; may be NULL. */
bool app_undo(struct app *, unsigned *node, struct err *);
bool app_redo(struct app *, unsigned *node, struct err *);

/*
 * Writes the file if something changed: revision + 1, the old one into the
 * history, all safe. Refused with ERR_REFUSED when the file changed underneath
 * or another saves it, with ERR_SITE when what would be written could not be
 * read again.
 */
bool app_save(struct app *, struct err *);
/*
 * Writes it as another file, which is the open one from then on. One that is
 * there already is refused (ERR_REFUSED), or with overwrite goes into its history.
 */
bool app_save_as(struct app *, const char *path, bool overwrite, struct err *);
/* Back to what the file has; edits are dropped. */
bool app_reload(struct app *, struct err *);
/* The site as it would be saved, yours to free. */
char *app_text(struct app *, size_t *len, struct err *);
/* As it was read or saved; borrowed until the loop goes on. */
const char *app_saved_text(const struct app *, size_t *len);

/* The first 8 bytes of the SHA-256 of the file as it was read or saved; 0: there is none. */
uint64_t app_digest(const struct app *);

/* What the edits since reading or saving changed; see diff.h. */
struct changes;
void app_changes(struct app *, struct changes *);

/* Is the file another one than we read? Cheap; for a look now and then. */
bool app_changed_underneath(const struct app *);

/*
 * fn is called from the loop after something that a screen shows has changed:
 * an edit, a reading, a terminal's state. One listener.
 */
void app_listen(struct app *, loop_fn *fn, void *arg);

/* The actions of the other headers of app/ call this. */
void app_changed(struct app *);
/* The same, of what is shown alone: there is nothing in it for the rules. */
void app_looks_changed(struct app *);

#endif
