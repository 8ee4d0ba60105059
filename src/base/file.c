/* file - files are read whole and replaced whole; see file.h */
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static bool read_all(int fd, char *buf, size_t size, size_t *len)
{
	ssize_t n;

	for (*len = 0; *len < size; *len += (size_t)n) {
		n = read(fd, buf + *len, size - *len);
		if (n < 0 && errno == EINTR) {
			n = 0;
			continue;
		}
		if (n < 0)
			return false;
		if (n == 0)
			break;
	}
	return true;
}

char *file_read(const char *path, size_t max, size_t *len, struct err *e)
{
	struct stat st;
	char *buf = NULL;
	/* not blocking: a FIFO in the file's place must not hang us */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0) {
		err_errno(e, path);
		return NULL;
	}
	if (fstat(fd, &st) < 0) {
		err_errno(e, path);
	} else if (!S_ISREG(st.st_mode)) {
		err_set(e, _("%s: not a regular file"), path);
	} else if ((size_t)st.st_size > max) {
		err_set(e, _("%s: %lld bytes is too long; at most %zu are read"),
		    path, (long long)st.st_size, max);
	} else {
		/* one more than it has: it may be growing */
		buf = mem_realloc(NULL, (size_t)st.st_size + 2, 1);
		if (!read_all(fd, buf, (size_t)st.st_size + 1, len)) {
			err_errno(e, path);
			free(buf);
			buf = NULL;
		} else {
			buf[*len] = '\0';
		}
	}
	close(fd);
	return buf;
}

static bool write_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

static bool sync_dir(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok;

	if (fd < 0)
		return false;
	/* some file systems cannot sync a folder; that is no failure of ours */
	ok = fsync(fd) == 0 || errno == EINVAL;
	close(fd);
	return ok;
}

/* Where a path leads; also a link to a file that is not there yet. Yours to free. */
char *file_destination(const char *path)
{
	char target[PATH_MAX], *real = realpath(path, NULL), *dir, *next;
	ssize_t len;

	if (real)
		return real;
	len = errno == ENOENT ? readlink(path, target, sizeof target - 1) : -1;
	if (len < 0)
		return mem_dup(path);
	target[len] = '\0';
	dir = file_dir(path);
	next = *target == '/' ? mem_dup(target) : file_join(dir, target);
	real = file_destination(next);
	free(next);
	free(dir);
	return real;
}

/* Mode and owner as of the file that is replaced. */
static bool keep_owner(int fd, const char *path, mode_t mode)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return errno == ENOENT && fchmod(fd, mode) == 0;
	/* giving it away needs a right that we may not have: then it is ours */
	if (fchown(fd, st.st_uid, st.st_gid) < 0 && errno != EPERM)
		return false;
	return fchmod(fd, st.st_mode & 07777) == 0;
}

/* errno, of what was to be put into dir for path. */
static bool say_folder(const char *path, const char *dir, struct err *e)
{
	int why = errno;

	if (access(dir, F_OK) < 0)
		return err_set(e, _("%s: there is no such folder: %s"), path, dir);
	if (why == EACCES || why == EROFS)
		return err_set(e, _("%s: nothing can be written into the folder %s: %s"),
		    path, dir, strerror(why));
	errno = why;
	return err_errno(e, path);
}

bool file_replace(const char *path, const char *bytes, size_t len, mode_t mode,
    struct err *e)
{
	char *real = file_destination(path), *dir = file_dir(real);
	char *beside = mem_printf("%s/.%s.%ld.new", dir, file_name(real),
	    (long)getpid());
	bool ok = false;
	int fd;

	fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
	    0600);
	if (fd < 0) {
		say_folder(path, dir, e);
		goto out;
	}
	ok = keep_owner(fd, real, mode) && write_all(fd, bytes, len) &&
	    fsync(fd) == 0;
	if (close(fd) < 0)
		ok = false;
	if (ok)
		ok = rename(beside, real) == 0;
	if (!ok) {
		err_errno(e, path);
		unlink(beside);
	} else if (!sync_dir(dir)) {
		/* it is in place, only not yet safe from a crash: say so */
		ok = err_errno(e, dir);
	}
out:
	free(beside);
	free(dir);
	free(real);
	return ok;
}

/* ".NAME.4711.new" and ".NAME.12.4711.new": the number of the process; else 0. */
static long broken_by(const char *entry, const char *name)
{
	size_t len = strlen(name);
	const char *p = entry + 1 + len;
	char *end;
	long pid = 0;

	if (*entry != '.' || strncmp(entry + 1, name, len) != 0 || *p != '.')
		return 0;
	while (*p == '.' && p[1] >= '0' && p[1] <= '9') {
		pid = strtol(p + 1, &end, 10);
		p = end;
	}
	return strcmp(p, ".new") == 0 ? pid : 0;
}

void file_sweep(const char *dir, const char *name)
{
	DIR *d = opendir(dir);
	struct dirent *one;

	while (d && (one = readdir(d))) {
		long pid = broken_by(one->d_name, name);

		if (pid > 0 && kill((pid_t)pid, 0) < 0 && errno == ESRCH)
			unlinkat(dirfd(d), one->d_name, 0);
	}
	if (d)
		closedir(d);
}

bool file_could_replace(const char *path, struct err *e)
{
	char *real = file_destination(path), *dir = file_dir(real);
	struct stat st;
	bool could = true;

	if (stat(real, &st) == 0 && S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		could = err_errno(e, path);
	} else if (access(dir, W_OK | X_OK) < 0) {
		could = say_folder(path, dir, e);
	}
	free(dir);
	free(real);
	return could;
}

int64_t file_room(const char *path)
{
	struct statvfs v;

	return statvfs(path, &v) == 0 ? (int64_t)v.f_bavail * (int64_t)v.f_frsize : INT64_MAX;
}

bool file_mkdirs(const char *path, mode_t mode, struct err *e)
{
	char *copy = mem_dup(path), *p;
	bool ok = true;

	for (p = copy + 1; ok; p++) {
		bool last = *p == '\0';

		if (*p == '/' || last) {
			*p = '\0';
			if (mkdir(copy, mode) < 0 && errno != EEXIST)
				ok = err_errno(e, copy);
			if (!last)
				*p = '/';
		}
		if (last)
			break;
	}
	free(copy);
	return ok;
}

char *file_join(const char *dir, const char *name)
{
	return mem_printf("%s/%s", dir, name);
}

char *file_dir(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return mem_dup(".");
	return slash == path ? mem_dup("/") :
	    mem_ndup(path, (size_t)(slash - path));
}

const char *file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

char *file_first_line(const char *path, struct err *e)
{
	char buf[1002];
	bool in = strcmp(path, "-") == 0;
	int fd = in ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	size_t len = 0;
	bool ok;

	if (fd < 0) {
		err_errno(e, path);
		return NULL;
	}
	ok = read_all(fd, buf, sizeof buf - 1, &len);
	if (!in)
		close(fd);
	if (!ok) {
		err_errno(e, path);
		return NULL;
	}
	buf[len] = '\0';
	if (strlen(buf) != len || strcspn(buf, "\r\n") > 1000) {
		err_set(e, _("%s: the first line is not plain text of at most 1000 bytes"),
		    path);
		explicit_bzero(buf, sizeof buf);
		return NULL;
	}
	buf[strcspn(buf, "\r\n")] = '\0';
	return mem_dup(buf);
}

void file_hold_standard(void)
{
	int fd;

	for (fd = 0; fd <= 2; fd++)	/* the lowest that is free is taken */
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
			abort();
}
