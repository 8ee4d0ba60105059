/*
 * program - a program that others wrote, on a port of loopback and in a folder of its
 * own, for tests: what snmpd.h and snmpsim.h share.
 */
#ifndef AMC_TESTS_PROGRAM_H
#define AMC_TESTS_PROGRAM_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* { 0 } is none. */
struct program {
	pid_t pid;
	int port;		/* of 127.0.0.1, UDP */
	char folder[32];
};

static inline bool program_is_there(const char *name)
{
	char command[100];

	snprintf(command, sizeof command, "PATH=$PATH:/usr/sbin; command -v %s > /dev/null", name);
	return system(command) == 0;
}

/* A port that was free a moment ago, 0 if there is none. */
static inline int program_free_port(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof a;
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	bool ok = fd >= 0 && bind(fd, (struct sockaddr *)&a, size) == 0 &&
	    getsockname(fd, (struct sockaddr *)&a, &size) == 0;

	if (fd >= 0)
		close(fd);
	return ok ? ntohs(a.sin_port) : 0;
}

/* Its port and its folder, an empty one. */
static inline bool program_place(struct program *p, const char *name)
{
	p->port = program_free_port();
	snprintf(p->folder, sizeof p->folder, "/tmp/%.16s.XXXXXX", name);
	if (p->port && mkdtemp(p->folder))
		return true;
	*p->folder = '\0';
	return false;
}

/* Its folder stays, and it may be started again. Also when it was not started, or is stopped. */
static inline void program_stop(struct program *p)
{
	if (p->pid > 0) {
		kill(p->pid, SIGTERM);
		kill(p->pid, SIGCONT);
		waitpid(p->pid, NULL, 0);
	}
	p->pid = 0;
}

static inline void program_done(struct program *p)
{
	char command[64];

	program_stop(p);
	snprintf(command, sizeof command, "rm -rf %s", p->folder);
	if (*p->folder && system(command) != 0)
		fprintf(stderr, "%s is left\n", p->folder);
	memset(p, 0, sizeof *p);
}

#endif
