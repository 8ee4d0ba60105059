/*
 * killpoint - kills the program that it is preloaded into, with SIGKILL, before the
 * Nth call that changes a file or says something to another: for kill-sweep.sh.
 *
 * KILL_AT	N; without it nothing is killed, only counted
 * KILL_GO	a file: only while it is there calls are counted
 * KILL_STEPS	a file to which a line is added for each step: "rename staged"
 *
 * A write is killed half done, as a power cut would leave it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static long count;

static void die(void)
{
	kill(getpid(), SIGKILL);
	for (;;)
		pause();
}

/* What is done, and to which file: the last part of its name. */
static void tell(const char *call, const char *name)
{
	const char *path = getenv("KILL_STEPS"), *slash = strrchr(name, '/');
	int fd = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
	char line[300];

	if (fd < 0)
		return;
	syscall(SYS_write, fd, line, snprintf(line, sizeof line, "%s %.200s\n", call,
	    slash ? slash + 1 : name));
	syscall(SYS_close, fd);
}

/* Is it this call? */
static int here(const char *call, const char *name)
{
	const char *at = getenv("KILL_AT"), *go = getenv("KILL_GO");

	if (go && syscall(SYS_access, go, F_OK) != 0)
		return 0;
	count++;
	tell(call, name);
	return at && count == atol(at);
}

static int here_at(const char *call, int fd)
{
	char link[40], name[300] = "";

	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	if (readlink(link, name, sizeof name - 1) < 0)
		strcpy(name, "?");
	return here(call, name);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t n)
{
	if (here_at("write", fd)) {
		syscall(SYS_write, fd, bytes, n / 2);
		die();
	}
	return REAL(write)(fd, bytes, n);
}

/* when it has heard something; looking in vain is no step */
ssize_t recv(int fd, void *bytes, size_t n, int flags)
{
	ssize_t got = REAL(recv)(fd, bytes, n, flags);

	if (got > 0 && here_at("recv", fd))
		die();
	return got;
}

/* a call that is killed before it is done; where is here() of it */
#define STEP(type, name, params, args, where) \
	type name params \
	{ \
		if (where) \
			die(); \
		return REAL(name) args; \
	}

STEP(int, fsync, (int fd), (fd), here_at("fsync", fd))
STEP(int, fdatasync, (int fd), (fd), here_at("fdatasync", fd))
STEP(ssize_t, pwrite64, (int fd, const void *b, size_t n, off64_t at), (fd, b, n, at),
    here_at("pwrite", fd))
STEP(int, rename, (const char *from, const char *to), (from, to), here("rename", to))
STEP(int, unlink, (const char *path), (path), here("unlink", path))
STEP(int, mkdir, (const char *path, mode_t mode), (path, mode), here("mkdir", path))
STEP(int, flock, (int fd, int how), (fd, how), here_at("flock", fd))
STEP(ssize_t, send, (int fd, const void *b, size_t n, int flags), (fd, b, n, flags),
    here_at("send", fd))
STEP(ssize_t, sendmsg, (int fd, const struct msghdr *m, int flags), (fd, m, flags),
    here_at("sendmsg", fd))
STEP(ssize_t, writev, (int fd, const struct iovec *v, int n), (fd, v, n), here_at("writev", fd))
STEP(int, connect, (int fd, const struct sockaddr *a, socklen_t n), (fd, a, n),
    here_at("connect", fd))
STEP(int, accept4, (int fd, struct sockaddr *a, socklen_t *n, int flags), (fd, a, n, flags),
    here_at("accept4", fd))
