/* spawn - runs another program; see spawn.h */
#include "base/spawn.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#define SAID_MAX 12288
#define KILL_MS 2000		/* between the polite and the other signal */

struct spawn {
	spawn_done *done;
	void *arg;
	char *name;
	pid_t pid;
	int in, out, exit;	/* ours, -1 when closed */
	struct watch *writing, *reading, *exiting, *limit;
	char *input;
	size_t len, sent;
	struct text said;
	int timeout_ms;
	bool late;
};

static void shut(int *fd, struct watch **w)
{
	loop_remove(*w);
	*w = NULL;
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void spawn_free(struct spawn *s)
{
	shut(&s->in, &s->writing);
	shut(&s->out, &s->reading);
	shut(&s->exit, &s->exiting);
	loop_remove(s->limit);
	text_done(&s->said);
	free(s->input);
	free(s->name);
	free(s);
}

static void can_write(int fd, unsigned ready, void *arg)
{
	struct spawn *s = arg;
	ssize_t n = write(fd, s->input + s->sent, s->len - s->sent);

	(void)ready;
	if (n > 0)
		s->sent += (size_t)n;
	/* one that reads nothing is none of our business: it is its status that counts */
	if (s->sent == s->len || (n < 0 && errno != EAGAIN && errno != EINTR))
		shut(&s->in, &s->writing);
}

/* False at the end. */
static bool read_some(struct spawn *s)
{
	char buf[1024];
	ssize_t n = read(s->out, buf, sizeof buf);

	if (n > 0 && s->said.len + (size_t)n <= SAID_MAX)
		text_add_len(&s->said, buf, (size_t)n);
	return n > 0;
}

static void can_read(int fd, unsigned ready, void *arg)
{
	struct spawn *s = arg;

	(void)fd;
	(void)ready;
	if (!read_some(s) && errno != EAGAIN && errno != EINTR)
		shut(&s->out, &s->reading);
}

/* What is printable of each line. */
static char *show(const char *raw)
{
	char *copy = mem_dup(raw), *line, *rest, shown[1000];
	struct text t = { 0 };

	for (line = strtok_r(copy, "\r\n", &rest); line; line = strtok_r(NULL, "\r\n", &rest)) {
		text_show(shown, sizeof shown, line);
		text_printf(&t, "%s\n", shown);
	}
	free(copy);
	return text_take(&t);
}

static void tell(struct spawn *s, int status)
{
	char *said = show(s->said.s ? s->said.s : ""), first[200];
	const char *words;
	struct err e = { .text = "" };
	spawn_done *done = s->done;
	void *arg = s->arg;

	text_copy(first, sizeof first, said);
	first[strcspn(first, "\n")] = '\0';
	words = *first ? first : _("it said nothing");
	if (s->late)
		err_set(&e, _("%s did not end within %g s and was ended: %s"), s->name,
		    s->timeout_ms / 1000.0, words);
	else if (WIFSIGNALED(status))
		err_set(&e, _("%s was ended by signal %d: %s"), s->name, WTERMSIG(status), words);
	else if (WEXITSTATUS(status) != 0)
		err_set(&e, _("%s ended with status %d: %s"), s->name, WEXITSTATUS(status), words);
	spawn_free(s);
	done(*e.text ? &e : NULL, said, arg);
	free(said);
}

static void has_ended(int fd, unsigned ready, void *arg)
{
	struct spawn *s = arg;
	int status = 0;

	(void)fd;
	(void)ready;
	if (waitpid(s->pid, &status, WNOHANG) == 0)
		return;
	if (!s->reading && s->out >= 0)
		lseek(s->out, 0, SEEK_SET);
	while (s->out >= 0 && s->said.len < SAID_MAX && read_some(s))
		;
	if (s->late)
		kill(-s->pid, SIGKILL);	/* what it left behind */
	tell(s, status);
}

static void out_of_time(void *arg)
{
	struct spawn *s = arg;

	kill(-s->pid, s->late ? SIGKILL : SIGTERM);
	s->late = true;
	loop_again(s->limit, KILL_MS);
}

/* Its end of a pipe blocks, ours does not. */
static bool make_pipe(int ends[2], int ours)
{
	return pipe2(ends, O_CLOEXEC) == 0 &&
	    fcntl(ends[ours], F_SETFL, O_NONBLOCK) == 0;
}

/* No pipe: nobody may be left who reads it, and writing must not be the writer's end. */
static bool make_memory(int ends[2])
{
	ends[1] = memfd_create("said", MFD_CLOEXEC);
	ends[0] = fcntl(ends[1], F_DUPFD_CLOEXEC, 0);
	return ends[0] >= 0;
}

static int start(const struct spawn_request *q, int in, int out, pid_t *pid)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t all, none;
	int fault;

	sigfillset(&all);
	sigemptyset(&none);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&files, out, STDERR_FILENO);
	posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
	posix_spawn_file_actions_addchdir_np(&files, "/");
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF |
	    POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setsigdefault(&attr, &all);
	posix_spawnattr_setsigmask(&attr, &none);
	fault = posix_spawn(pid, q->argv[0], &files, &attr, (char *const *)(void *)q->argv,
	    (char *const *)(void *)q->env);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	return fault;
}

static void close_pipe(int ends[2])
{
	for (int i = 0; i < 2; i++)
		if (ends[i] >= 0)
			close(ends[i]);
}

struct spawn *spawn_start(struct loop *loop, const struct spawn_request *q, spawn_done *done,
    void *arg, struct err *e)
{
	int in[2] = { -1, -1 }, out[2] = { -1, -1 }, fault;
	struct spawn *s;
	pid_t pid = 0;

	fault = make_pipe(in, 1) && (q->stays ? make_memory(out) : make_pipe(out, 0)) ?
	    start(q, in[0], out[1], &pid) : errno;
	if (fault) {
		close_pipe(in);
		close_pipe(out);
		errno = fault;
		err_errno(e, q->argv[0]);
		return NULL;
	}
	close(in[0]);
	close(out[1]);
	s = mem_new(struct spawn);
	s->done = done;
	s->arg = arg;
	s->name = mem_dup(q->argv[0]);
	s->pid = pid;
	s->in = in[1];
	s->out = out[0];
	s->exit = pidfd_open(pid, 0);
	s->input = mem_ndup(q->input ? q->input : "", q->input_len);
	s->len = q->input_len;
	s->timeout_ms = q->timeout_ms;
	s->writing = loop_fd(loop, s->in, LOOP_WRITE, can_write, s);
	s->reading = q->stays ? NULL : loop_fd(loop, s->out, LOOP_READ, can_read, s);
	s->limit = loop_after(loop, s->timeout_ms, out_of_time, s);
	if (s->exit < 0) {
		err_errno(e, "pidfd_open");
		spawn_cancel(s);
		return NULL;
	}
	s->exiting = loop_fd(loop, s->exit, LOOP_READ, has_ended, s);
	return s;
}

void spawn_cancel(struct spawn *s)
{
	if (!s)
		return;
	kill(-s->pid, SIGKILL);
	waitpid(s->pid, NULL, 0);	/* it is dead at once: nothing is waited for */
	spawn_free(s);
}

void spawn_leave(struct spawn *s)
{
	if (s)
		spawn_free(s);
}
