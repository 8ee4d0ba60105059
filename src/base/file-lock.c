/* file-lock - who may replace a file just now; a part of file */
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LOCK_TEXT = 100, LOCK_LOOK_MS = 20 };

static char *lock_name(const char *path)
{
	char *real = file_destination(path), *name = mem_printf("%s.lock", real);

	free(real);
	return name;
}

/* Of the file that is meant; the name of its lock tells a person nothing. */
static void say_no_lock(const char *path, struct err *e)
{
	char *dir = file_dir(path);

	if (errno == ENOENT && access(dir, F_OK) < 0)
		err_set(e, _("%s: there is no such folder: %s"), path, dir);
	else
		err_errno(e, path);
	free(dir);
}

/*
 * Who holds it: the owner of the lock, and the process that wrote its number there. One
 * of another user cannot be looked into, and may be what a save left that was killed.
 */
static void say_held(const char *path, const char *name, struct err *e)
{
	struct stat st;
	const struct passwd *who = stat(name, &st) == 0 ? getpwuid(st.st_uid) : NULL;
	size_t len;
	char *text = file_read(name, LOCK_TEXT, &len, NULL);
	long pid = text ? atol(text) : 0;

	if (who && !text)
		err_kind(e, ERR_REFUSED,
		    _("%s: %s is saving it just now; if nobody is, remove %s"),
		    path, who->pw_name, name);
	else if (who && pid > 0)
		err_kind(e, ERR_REFUSED, _("%s: somebody else is saving it just now: %s, process %ld"),
		    path, who->pw_name, pid);
	else
		err_kind(e, ERR_REFUSED, _("%s: somebody else is saving it just now"), path);
	free(text);
}

/* The lock, held; -1 with errno, EWOULDBLOCK while another has it. */
static int try_lock(const char *name)
{
	int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600), why;
	struct stat held, there;

	if (fd < 0) {
		if (errno == EACCES)	/* it is there: another user's */
			errno = lstat(name, &there) == 0 ? EWOULDBLOCK : EACCES;
		return -1;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) < 0)
		why = errno;
	else if (fstat(fd, &held) == 0 && stat(name, &there) == 0 &&
	    held.st_ino == there.st_ino)
		return fd;
	else	/* the last holder has removed it between open and lock */
		why = EWOULDBLOCK;
	close(fd);
	errno = why;
	return -1;
}

int file_lock(const char *path, struct err *e)
{
	const struct timespec moment = { .tv_nsec = LOCK_LOOK_MS * 1000000L };
	char *name = lock_name(path);
	int fd = try_lock(name);

	for (int ms = 0; fd < 0 && errno == EWOULDBLOCK && ms < FILE_LOCK_MS; ms += LOCK_LOOK_MS) {
		nanosleep(&moment, NULL);
		fd = try_lock(name);
	}
	if (fd >= 0)
		/* for whoever finds it held; without the number he is told less */
		(void)!(ftruncate(fd, 0) == 0 && dprintf(fd, "%ld\n", (long)getpid()));
	else if (errno == EWOULDBLOCK)
		say_held(path, name, e);
	else
		say_no_lock(path, e);
	free(name);
	return fd;
}

void file_unlock(int lock, const char *path)
{
	char *name;

	if (lock < 0)
		return;
	name = lock_name(path);
	unlink(name);
	free(name);
	close(lock);
}
