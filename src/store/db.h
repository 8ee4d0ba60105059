/*
 * db - one SQLite database of ours; the door to SQLite.
 *
 * Write-ahead logging: who reads never waits for who writes, and a killed
 * process leaves what was committed. A file that is no sound database is put
 * aside under another name, never deleted, and a new one begins. Its size is
 * bounded; db_full() tells that there is no room, in it or on the disk.
 */
#ifndef AMC_STORE_DB_H
#define AMC_STORE_DB_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct db;
struct db_statement;

/*
 * Step I of the schema is SQL that brings a database from version I to I + 1;
 * a database that has more steps than we know is refused. max_bytes bounds the
 * file (0: as the disk does). NULL and words when there can be none. With a
 * database and words: the file was damaged, and where it lies now.
 */
struct db *db_open(const char *path, const char *const *schema, size_t steps,
    int64_t max_bytes, struct err *);
/* Only for reading, also while another process writes: NULL when it is not there. */
struct db *db_open_readonly(const char *path, size_t steps, struct err *);
/* Takes NULL. Statements must be gone before. */
void db_close(struct db *);

/* SQL without a result, several statements at once if need be. */
bool db_run(struct db *, const char *sql, struct err *);
/* All that comes until db_commit() counts, or, after db_undo(), nothing of it. */
bool db_begin(struct db *, struct err *);
bool db_commit(struct db *, struct err *);
void db_undo(struct db *);

/*
 * What db_damaged() was true of, and is closed: aside with it, also if it is so large
 * that db_open() would not look it through. The words tell where it lies.
 */
bool db_put_aside(const char *path, struct err *);

/* Did the last failure come from a lack of room? */
bool db_full(const struct db *);
/* ... from a file that is not sound? Close it, and put it aside. */
bool db_damaged(const struct db *);
/*
 * Gives `pages` free pages at most back to the disk; of a database that was
 * made by db_open().
 */
bool db_shrink(struct db *, int pages, struct err *);
/* Writes the log into the file and takes its room back where possible. */
bool db_checkpoint(struct db *, struct err *);

/* The SQL is ours: one that does not compile is a mistake, told by the words. */
struct db_statement *db_prepare(struct db *, const char *sql, struct err *);
void db_finish(struct db_statement *);	/* takes NULL */

/* Values from place 1 on, for the next run; they are copied. */
void db_put_int(struct db_statement *, int place, int64_t);
void db_put_text(struct db_statement *, int place, const char *);	/* NULL: nothing */
void db_put_nothing(struct db_statement *, int place);

enum db_step { DB_FAILED = -1, DB_DONE, DB_ROW };
/* The next row, if any. After DB_DONE and DB_FAILED it is ready for other values. */
enum db_step db_step(struct db_statement *, struct err *);
/* For a statement without rows: true when it was done. */
bool db_do(struct db_statement *, struct err *);
/* Ends a run before its last row. */
void db_reset(struct db_statement *);

/* Columns from 0 on; 0, NAN and "" where there is nothing. Text until the next step. */
int64_t db_int(struct db_statement *, int column);
double db_real(struct db_statement *, int column);
const char *db_text(struct db_statement *, int column);

/* How many rows the last change touched. */
int64_t db_changes(struct db *);

#endif
