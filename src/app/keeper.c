/* keeper - looks after helpers and a folder; see keeper.h */
#include "app/keeper.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define ORDER_MAX 8192
#define WORDS_MAX 32

#define HELPERS_MAX 256

struct keeper {
	int fd;			/* orders go in; its end is the sign to end */
	pid_t pid;
	char *dir;
};

static int remove_one(const char *path, const struct stat *st, int type,
    struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	remove(path);
	return 0;
}

/* Beside this program, or wherever the PATH has it. */
static void exec_ours(char *const argv[])
{
	char exe[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
	char *slash;

	if (n > 0) {
		exe[n] = '\0';
		slash = strrchr(exe, '/');
		snprintf(slash + 1, sizeof exe - (size_t)(slash + 1 - exe), "%s",
		    argv[0]);
		execv(exe, argv);
		snprintf(slash + 1, sizeof exe - (size_t)(slash + 1 - exe),
		    "../sbin/%s", argv[0]);
		execv(exe, argv);
	}
	execvp(argv[0], argv);
}

/* An order: the log, then the words, each ended by a NUL. */
static pid_t obey(char *order, size_t len)
{
	char *argv[WORDS_MAX + 1], *end = order + len, *p = order;
	int n = 0, fd;
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	for (p += strlen(p) + 1; p < end && n < WORDS_MAX; p += strlen(p) + 1)
		argv[n++] = p;
	argv[n] = NULL;
	fd = open(order, O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (fd >= 0) {
		dup2(fd, STDOUT_FILENO);
		dup2(fd, STDERR_FILENO);
	}
	exec_ours(argv);
	_exit(127);
}

/* Asks them all to end; who does not listen for two seconds is made to. */
static void end_helpers(const pid_t *pids, size_t n)
{
	int tries, status;
	size_t i;

	for (i = 0; i < n; i++)
		kill(pids[i], SIGTERM);
	for (tries = 0; tries < 40; tries++) {
		while (waitpid(-1, &status, WNOHANG) > 0)
			;
		if (waitpid(-1, &status, WNOHANG) < 0 && errno == ECHILD)
			return;
		poll(NULL, 0, 50);
	}
	for (i = 0; i < n; i++)
		kill(pids[i], SIGKILL);
	while (waitpid(-1, &status, 0) > 0)
		;
}

/* The keeper itself; it comes back never. */
static void keep(int fd, const char *dir)
{
	char order[ORDER_MAX];
	pid_t pids[HELPERS_MAX];
	size_t count = 0;
	ssize_t n;
	int null = open("/dev/null", O_RDWR);

	setsid();
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	for (;;) {
		n = recv(fd, order, sizeof order, 0);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		order[n - 1] = '\0';
		if (count < HELPERS_MAX &&
		    (pids[count] = obey(order, (size_t)n)) > 0)
			count++;
	}
	end_helpers(pids, count);
	nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	_exit(0);
}

struct keeper *keeper_new(const char *dir, struct err *e)
{
	struct keeper *k;
	int pair[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) {
		err_errno(e, "socketpair");
		return NULL;
	}
	pid = fork();
	if (pid < 0) {
		err_errno(e, "fork");
		close(pair[0]);
		close(pair[1]);
		return NULL;
	}
	if (pid == 0) {
		close(pair[1]);
		keep(pair[0], dir);
	}
	close(pair[0]);
	k = mem_new(struct keeper);
	k->fd = pair[1];
	k->pid = pid;
	k->dir = mem_dup(dir);
	return k;
}

bool keeper_run(struct keeper *k, char *const argv[], const char *log,
    struct err *e)
{
	char order[ORDER_MAX];
	size_t len = strlen(log) + 1;
	int i;

	memcpy(order, log, len);
	for (i = 0; argv[i]; i++) {
		size_t n = strlen(argv[i]) + 1;

		if (len + n > sizeof order || i == WORDS_MAX)
			return err_set(e, _("%s: too many words"), argv[0]);
		memcpy(order + len, argv[i], n);
		len += n;
	}
	return send(k->fd, order, len, MSG_NOSIGNAL) == (ssize_t)len ||
	    err_errno(e, argv[0]);
}

void keeper_end(struct keeper *k)
{
	int status;

	if (!k)
		return;
	close(k->fd);
	while (waitpid(k->pid, &status, 0) < 0 && errno == EINTR)
		;
	/* if somebody killed the keeper, its helpers ended with it, not so this */
	nftw(k->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(k->dir);
	free(k);
}
