/* control - the socket through which a running upssim is told things; see control.h */
#include "sim/control.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { MAX_LINE = 1000, MAX_CLIENTS = 16 };

struct client {
	struct control *control;
	int fd;				/* -1: free */
	struct watch *reading, *writing;
	char line[MAX_LINE];
	size_t len;
	struct text out;		/* not yet sent */
	size_t sent;
	bool ends;			/* when all is sent */
};

struct control {
	struct loop *loop;
	struct farm *farm;
	char *path;
	int fd;
	struct watch *watch;
	struct client clients[MAX_CLIENTS];
};

static void hang_up(struct client *c)
{
	loop_remove(c->reading);
	loop_remove(c->writing);
	c->reading = c->writing = NULL;
	close(c->fd);
	c->fd = -1;
	text_done(&c->out);
	c->len = c->sent = 0;
	c->ends = false;
}

static void send_out(int fd, unsigned ready, void *arg)
{
	struct client *c = arg;
	ssize_t n = 0;

	(void)ready;
	while (c->sent < c->out.len) {
		n = send(fd, c->out.s + c->sent, c->out.len - c->sent,
		    MSG_NOSIGNAL);
		if (n < 0)
			break;
		c->sent += n;
	}
	if (n < 0 && errno != EAGAIN && errno != EINTR) {
		hang_up(c);
		return;
	}
	if (c->sent < c->out.len) {
		if (!c->writing)
			c->writing = loop_fd(c->control->loop, fd, LOOP_WRITE,
			    send_out, c);
		return;
	}
	loop_remove(c->writing);
	c->writing = NULL;
	text_done(&c->out);
	c->sent = 0;
	if (c->ends)
		hang_up(c);
}

static void do_line(struct client *c, char *line)
{
	struct err e;

	line[strcspn(line, "\r")] = '\0';
	if (farm_do(c->control->farm, line, &c->out, &e))
		text_add(&c->out, "ok\n");
	else
		text_printf(&c->out, "error: %s\n", e.text);
}

static void do_lines(struct client *c)
{
	char *s = c->line, *end;

	while ((end = memchr(s, '\n', c->len - (s - c->line)))) {
		*end = '\0';
		do_line(c, s);
		s = end + 1;
	}
	c->len -= s - c->line;
	memmove(c->line, s, c->len);
	if (c->len == MAX_LINE) {
		text_add(&c->out, "error: ");
		text_printf(&c->out, _("a line has at most %d bytes"), MAX_LINE - 1);
		text_add(&c->out, "\n");
		c->ends = true;
	}
}

static void readable(int fd, unsigned ready, void *arg)
{
	struct client *c = arg;
	ssize_t n = read(fd, c->line + c->len, MAX_LINE - c->len);

	(void)ready;
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		c->ends = true;
		loop_remove(c->reading);
		c->reading = NULL;
	} else {
		c->len += n;
		do_lines(c);
	}
	send_out(fd, 0, c);
}

static void connected(int fd, unsigned ready, void *arg)
{
	struct control *control = arg;
	struct client *c;
	int i, new = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

	(void)ready;
	if (new < 0)
		return;
	for (i = 0; i < MAX_CLIENTS; i++) {
		c = &control->clients[i];
		if (c->fd >= 0)
			continue;
		c->control = control;
		c->fd = new;
		c->reading = loop_fd(control->loop, new, LOOP_READ, readable, c);
		return;
	}
	close(new);
}

static bool address_of(const char *path, struct sockaddr_un *a, struct err *e)
{
	memset(a, 0, sizeof *a);
	a->sun_family = AF_UNIX;
	if (strlen(path) >= sizeof a->sun_path)
		return err_set(e, _("%s: the path of a socket has at most %zu bytes"),
		    path, sizeof a->sun_path - 1);
	strcpy(a->sun_path, path);
	return true;
}

/* A connection to whoever listens there, or -1. */
static int call(const char *path, struct err *e)
{
	struct sockaddr_un a;
	int fd;

	if (!address_of(path, &a, e))
		return -1;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&a, sizeof a) == 0)
		return fd;
	err_errno(e, path);
	if (fd >= 0)
		close(fd);
	return -1;
}

/* Removes a socket whose program is gone; anything else is left alone. */
static bool clear_path(const char *path, struct err *e)
{
	struct stat st;
	int fd;

	if (lstat(path, &st) < 0)
		return true;
	if (!S_ISSOCK(st.st_mode))
		return err_set(e, _("%s: this is no socket; it is left alone"), path);
	fd = call(path, NULL);
	if (fd >= 0) {
		close(fd);
		return err_set(e, _("%s: another upssim listens here"), path);
	}
	unlink(path);
	return true;
}

static int listen_at(const char *path, struct err *e)
{
	struct sockaddr_un a;
	mode_t mask;
	int fd, bad;

	if (!address_of(path, &a, e) || !clear_path(path, e))
		return -1;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0) {
		err_errno(e, path);
		return -1;
	}
	mask = umask(077);
	bad = bind(fd, (struct sockaddr *)&a, sizeof a);
	umask(mask);
	if (bad || listen(fd, 8) < 0) {
		err_errno(e, path);
		close(fd);
		return -1;
	}
	return fd;
}

struct control *control_new(struct loop *loop, const char *path,
    struct farm *farm, struct err *e)
{
	int i, fd = listen_at(path, e);
	struct control *control;

	if (fd < 0)
		return NULL;
	control = mem_new(struct control);
	control->loop = loop;
	control->farm = farm;
	control->path = mem_dup(path);
	control->fd = fd;
	for (i = 0; i < MAX_CLIENTS; i++)
		control->clients[i].fd = -1;
	control->watch = loop_fd(loop, fd, LOOP_READ, connected, control);
	return control;
}

void control_free(struct control *control)
{
	int i;

	if (!control)
		return;
	for (i = 0; i < MAX_CLIENTS; i++)
		if (control->clients[i].fd >= 0)
			hang_up(&control->clients[i]);
	loop_remove(control->watch);
	close(control->fd);
	unlink(control->path);
	free(control->path);
	free(control);
}

bool control_say(const char *path, const char *line, struct err *e)
{
	int fd = call(path, e);
	char *told = NULL;
	size_t room = 0;
	ssize_t n;
	bool ok = false, answered = false;
	FILE *f;

	if (fd < 0)
		return false;
	f = fdopen(fd, "r+");
	if (!f)
		abort();		/* out of memory is the end */
	fprintf(f, "%s\n", line);
	fflush(f);
	while (!answered && (n = getline(&told, &room, f)) > 0) {
		if (strcmp(told, "ok\n") == 0)
			answered = ok = true;
		else if (strncmp(told, "error: ", 7) == 0) {
			answered = true;
			told[n - 1] = '\0';
			err_set(e, "%s", told + 7);
		} else
			fputs(told, stdout);
	}
	if (!answered)
		err_set(e, _("%s: it ended without an answer"), path);
	free(told);
	fclose(f);
	return ok;
}
