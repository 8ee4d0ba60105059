#include "tui/rescue.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int deadly[] = {
	SIGHUP, SIGTERM, SIGQUIT, SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL,
	SIGTRAP, SIGSYS, SIGXCPU, SIGXFSZ, SIGALRM, SIGUSR1, SIGUSR2,
};
enum { DEADLY = sizeof deadly / sizeof *deadly };

static struct termios before;
static char restore[256];
static size_t restore_len;
static volatile sig_atomic_t armed;
static struct sigaction old[DEADLY];
static char stack[64 * 1024];	/* a handler needs one when the own overflowed */

/* A terminal that takes nothing must not keep us from ending. */
static bool takes_output(void)
{
	struct pollfd p = { .fd = STDOUT_FILENO, .events = POLLOUT };

	return poll(&p, 1, 500) == 1 && p.revents & POLLOUT;
}

static void give_back(void)
{
	size_t done = 0;

	if (!armed)
		return;
	armed = 0;
	while (done < restore_len && takes_output()) {
		ssize_t n = write(STDOUT_FILENO, restore + done, restore_len - done);

		if (n <= 0)
			break;
		done += (size_t)n;
	}
	tcsetattr(STDIN_FILENO, done == restore_len ? TCSADRAIN : TCSANOW, &before);
}

/* SA_RESETHAND has put the default back: the signal ends us as it would have. */
static void die(int signo)
{
	give_back();
	raise(signo);
}

static int ends[2] = { -1, -1 };
static volatile sig_atomic_t ended_by;

/* Asked to end: the loop hears of it, once. */
static void end(int signo)
{
	int saved = errno;	/* whom we interrupt may be about to look at it */

	if (!ended_by && write(ends[1], "", 1) == 1) {
		ended_by = signo;
		alarm(3);
		errno = saved;
		return;
	}
	signal(signo, SIG_DFL);
	die(signo);
}

int rescue_end_fd(void)
{
	return ends[0];
}

int rescue_ended_by(void)
{
	return ended_by;
}

void rescue_arm(const struct termios *tty, const char *string)
{
	static bool once;
	struct sigaction sa = { 0 };
	stack_t ss = { .ss_sp = stack, .ss_size = sizeof stack };

	before = *tty;
	restore_len = strlen(string);
	if (restore_len > sizeof restore)
		restore_len = 0;
	memcpy(restore, string, restore_len);
	if (!once)
		atexit(give_back);
	once = true;
	sigaltstack(&ss, NULL);
	sigemptyset(&sa.sa_mask);
	if (ends[0] < 0 && pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
		ends[0] = ends[1] = -1;	/* then they end us at once */
	for (int i = 0; i < DEADLY; i++) {
		bool asks = deadly[i] == SIGTERM || deadly[i] == SIGHUP;

		sa.sa_handler = asks ? end : die;
		sa.sa_flags = (asks ? SA_RESTART : (int)SA_RESETHAND) | SA_ONSTACK |
		    SA_NODEFER;
		sigaction(deadly[i], NULL, &old[i]);
		/* one that is ignored, as nohup does, stays ignored */
		if (old[i].sa_handler != SIG_IGN)
			sigaction(deadly[i], &sa, NULL);
	}
	armed = 1;
}

void rescue_disarm(void)
{
	if (!armed)
		return;
	armed = 0;
	for (int i = 0; i < DEADLY; i++)
		sigaction(deadly[i], &old[i], NULL);
}
