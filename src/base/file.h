/*
 * file - files are read whole and replaced whole.
 *
 * A file is never edited in place: its successor is written beside it, synced,
 * and renamed over it, so that whoever reads it finds the old or the new one,
 * also after a crash.
 */
#ifndef AMC_BASE_FILE_H
#define AMC_BASE_FILE_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * The whole file, yours to free, with a NUL behind it that *len does not count.
 * NULL when it cannot be read, is no regular file, or is longer than max.
 */
char *file_read(const char *path, size_t max, size_t *len, struct err *);

/*
 * Replaces path by these bytes. An existing file keeps its mode and owner; a
 * new one gets mode. A symbolic link is followed: what it points to is
 * replaced, the link stays.
 */
bool file_replace(const char *path, const char *bytes, size_t len, mode_t mode,
    struct err *);

/*
 * Could it, as far as can be told before? Not where there is no folder, one that
 * nobody may write into, or a folder of that name.
 */
bool file_could_replace(const char *path, struct err *);
/* Where a path leads in the end, also to a file that is not there yet; yours to free. */
char *file_destination(const char *path);

/*
 * Holds "PATH.lock" (beside what a link leads to) for us until file_unlock();
 * when another holds it, waits FILE_LOCK_MS at most: a save takes less. -1 when it is
 * still held (the words say by whom) or cannot be made.
 */
enum { FILE_LOCK_MS = 500 };
int file_lock(const char *path, struct err *);
void file_unlock(int lock, const char *path);

/* How many bytes more fit on the disk that path is on; INT64_MAX when that is not known. */
int64_t file_room(const char *path);

/* Makes a folder and those above it that are missing. */
bool file_mkdirs(const char *path, mode_t mode, struct err *);

/* "DIR/NAME", yours to free. */
char *file_join(const char *dir, const char *name);
/* The folder that path stands in ("." for a bare name), yours to free. */
char *file_dir(const char *path);
/* The last part of path, borrowed from it. */
const char *file_name(const char *path);

/*
 * The first line of a small file or of an open descriptor, without its end;
 * yours to free. For passwords and communities: at most 1000 bytes. path "-"
 * is standard input.
 */
char *file_first_line(const char *path, struct err *);

/*
 * Takes the places of standard streams that are closed, so that no file or
 * socket of ours is written to in their stead: using them fails as before.
 */
void file_hold_standard(void);
/*
 * Removes what a file_replace() of a file of that name in dir, or of name.12 and the
 * like, left beside it when its process was killed. To be called with its lock held.
 */
void file_sweep(const char *dir, const char *name);

#endif
