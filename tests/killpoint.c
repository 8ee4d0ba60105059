/*
 * killpoint - kills the program that it is preloaded into, with SIGKILL, before the
 * Nth call that changes a file or says something to another: for kill-sweep.sh.
 *
 * KILL_AT	N; without it nothing is killed, only counted
 * KILL_GO	a file: only while it is there calls are counted
 * KILL_COUNT	a file into which the count is written at the end
 *
 * A write is killed half done, as a power cut would leave it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
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

/* Is it this call? */
static int here(void)
{
	const char *at = getenv("KILL_AT"), *go = getenv("KILL_GO");

	if (go && syscall(SYS_access, go, F_OK) != 0)
		return 0;
	count++;
	return at && count == atol(at);
}

__attribute__((destructor))
static void report(void)
{
	const char *path = getenv("KILL_COUNT");
	char text[32];
	int fd = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;

	if (fd < 0)
		return;
	syscall(SYS_write, fd, text, snprintf(text, sizeof text, "%ld\n", count));
	close(fd);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t n)
{
	if (here()) {
		syscall(SYS_write, fd, bytes, n / 2);
		die();
	}
	return REAL(write)(fd, bytes, n);
}

/* when it has heard something; looking in vain is no step */
ssize_t recv(int fd, void *bytes, size_t n, int flags)
{
	ssize_t got = REAL(recv)(fd, bytes, n, flags);

	if (got > 0 && here())
		die();
	return got;
}

/* a call that is killed before it is done */
#define STEP(type, name, params, args) \
	type name params \
	{ \
		if (here()) \
			die(); \
		return REAL(name) args; \
	}

STEP(int, fsync, (int fd), (fd))
STEP(int, rename, (const char *from, const char *to), (from, to))
STEP(int, unlink, (const char *path), (path))
STEP(int, mkdir, (const char *path, mode_t mode), (path, mode))
STEP(int, flock, (int fd, int how), (fd, how))
STEP(ssize_t, send, (int fd, const void *b, size_t n, int flags), (fd, b, n, flags))
STEP(ssize_t, sendmsg, (int fd, const struct msghdr *m, int flags), (fd, m, flags))
STEP(ssize_t, writev, (int fd, const struct iovec *v, int n), (fd, v, n))
STEP(int, connect, (int fd, const struct sockaddr *a, socklen_t n), (fd, a, n))
STEP(int, accept4, (int fd, struct sockaddr *a, socklen_t *n, int flags), (fd, a, n, flags))
