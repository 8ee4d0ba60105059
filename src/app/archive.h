/*
 * archive - the control terminals of the site as those that keep its events and
 * statistics: one log-in for all of them, and questions to each.
 *
 * A password goes only to terminals whose key the site knows. It is kept in memory
 * and wiped ARCHIVE_MINUTES after the last question and at the end of the app. A
 * terminal that refuses it is not to be asked with it again, as it would lock
 * guessers out: that is its users' task. Nothing waits.
 */
#ifndef AMC_APP_ARCHIVE_H
#define AMC_APP_ARCHIVE_H

#include "app/app.h"

enum { ARCHIVE_MINUTES = 15 };

struct archive;

/* The site's control terminals in tree order: their ids, at most max; how many. */
size_t archive_terminals(const struct app *, unsigned *ids, size_t max);

/* role: "viewer" or "operator". What was kept before is wiped. */
void archive_enter(struct app *, const char *role, const char *password);
void archive_leave(struct app *);
/* The role of the log-in; NULL: there is none. */
const char *archive_role(const struct app *);
/* For app_free(). Takes NULL. */
void archive_free(struct archive *);

struct archive_query;

/* Called once, from the loop: an answer with a NUL behind it, or words. */
typedef void archive_answer(const char *json, size_t len, const struct err *, void *arg);

/* GET path?..., by whoever is logged in. NULL and words when it is not even asked. */
struct archive_query *archive_ask(struct app *, unsigned terminal, const char *path,
    archive_answer *, void *arg, struct err *);
/* POST, as the operator with this password, which is not kept. */
struct archive_query *archive_tell(struct app *, unsigned terminal, const char *password,
    const char *path, const char *body, archive_answer *, void *arg, struct err *);
/* The answer is not wanted any more. Takes NULL. */
void archive_cancel(struct archive_query *);

#endif
