/* local - a UNIX socket that tells one text; see local.h */
#include "base/local.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { WAITING = 8 };

struct local {
	int fd;
	char *path;
	struct watch *watch;
	local_text *text;
	void *arg;
};

/* By its folder's descriptor, as an address has room for 107 bytes. */
static int folder_of(const char *path, struct sockaddr_un *a)
{
	char *dir = file_dir(path);
	int fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);

	free(dir);
	*a = (struct sockaddr_un){ .sun_family = AF_UNIX };
	snprintf(a->sun_path, sizeof a->sun_path, "/proc/self/fd/%d/%s", fd, file_name(path));
	return fd;
}

/* Connected, or bound and listening; -1 and errno. */
static int open_at(const char *path, bool listens)
{
	struct sockaddr_un a;
	int dir = folder_of(path, &a), saved;
	int fd = dir < 0 ? -1 : socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool ok = fd >= 0 && (listens ? bind(fd, (struct sockaddr *)&a, sizeof a) == 0 &&
	    chmod(a.sun_path, 0600) == 0 && listen(fd, WAITING) == 0 :
	    connect(fd, (struct sockaddr *)&a, sizeof a) == 0);

	saved = errno;
	if (dir >= 0)
		close(dir);
	if (!ok && fd >= 0)
		close(fd);
	errno = saved;
	return ok ? fd : -1;
}

static void connected(int fd, unsigned ready, void *arg)
{
	struct local *l = arg;
	int one = accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	char *text;
	size_t len;

	(void)ready;
	if (one < 0)
		return;
	text = l->text(l->arg);
	len = strlen(text);
	/* it is new and its buffer empty: all of it fits */
	send(one, text, len < LOCAL_MOST ? len : LOCAL_MOST, MSG_NOSIGNAL);
	close(one);
	free(text);
}

struct local *local_new(struct loop *loop, const char *path, local_text *text, void *arg,
    struct err *e)
{
	int there = open_at(path, false), fd;
	struct local *l;

	if (there >= 0) {
		close(there);
		err_kind(e, ERR_REFUSED, _("%s: another process answers there already"), path);
		return NULL;
	}
	unlink(path);
	fd = open_at(path, true);
	if (fd < 0) {
		err_errno(e, path);
		return NULL;
	}
	l = mem_new(struct local);
	l->fd = fd;
	l->path = mem_dup(path);
	l->text = text;
	l->arg = arg;
	l->watch = loop_fd(loop, fd, LOOP_READ, connected, l);
	return l;
}

void local_free(struct local *l)
{
	if (!l)
		return;
	loop_remove(l->watch);
	close(l->fd);
	unlink(l->path);
	free(l->path);
	free(l);
}

char *local_ask(const char *path, int ms, size_t *len, struct err *e)
{
	int64_t end = loop_now() + ms, left;
	struct pollfd p = { .fd = open_at(path, false), .events = POLLIN };
	struct text all = { 0 };
	char part[4096];
	ssize_t n = -1;

	if (p.fd < 0) {
		err_kind(e, ERR_UNREACHABLE, "%s: %s", path, strerror(errno));
		return NULL;
	}
	while ((left = end - loop_now()) > 0 && all.len <= LOCAL_MOST) {
		if (poll(&p, 1, (int)left) != 1)
			continue;
		n = recv(p.fd, part, sizeof part, MSG_DONTWAIT);
		if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
			break;
		if (n > 0)
			text_add_len(&all, part, (size_t)n);
	}
	close(p.fd);
	*len = all.len;
	if (n == 0 && all.len)
		return text_take(&all);
	text_done(&all);
	err_kind(e, ERR_UNREACHABLE, _("%s: no answer within %g s"), path, ms / 1000.0);
	return NULL;
}
