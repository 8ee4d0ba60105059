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
	SIGTRAP, SIGSYS, SIGXCPU, SIGXFSZ, SIGUSR1, SIGUSR2, SIGALRM, SIGINT,
};
enum { DEADLY = sizeof deadly / sizeof *deadly };
enum { END_S = 3, STUCK_S = 5 };	/* a line may stall for a moment */

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
	bool flushed;

	if (!armed)
		return;
	armed = 0;
	flushed = !takes_output() && tcflush(STDOUT_FILENO, TCOFLUSH) == 0;
	while (done < restore_len && takes_output()) {
		ssize_t n = write(STDOUT_FILENO, restore + done, restore_len - done);

		if (n <= 0)
			break;
		done += (size_t)n;
	}
	tcsetattr(STDIN_FILENO, done == restore_len && !flushed ? TCSADRAIN : TCSANOW, &before);
}

/* SA_RESETHAND has put the default back: the signal ends us as it would have. */
static void die(int signo)
{
	give_back();
	raise(signo);
}

static int ends[2] = { -1, -1 }, interrupts[2] = { -1, -1 };
static volatile sig_atomic_t ended_by, seconds_left, stuck;
static volatile sig_atomic_t writing, writes;	/* now, and how often: to the terminal */
static volatile sig_atomic_t interrupted, taken;	/* taken: the loop has heard of it */
static volatile sig_atomic_t seen, still;	/* still: seconds in write `seen` */

static void die_now(int signo)
{
	signal(signo, SIG_DFL);
	die(signo);
}

static void tick(int signo);

/*
 * The loop hears of it, once. From here on a tick breaks off what the terminal holds up,
 * which no other of the handlers that return does: whoever writes loses nothing by them.
 */
static bool ask_to_end(int signo)
{
	struct sigaction breaks = { .sa_handler = tick, .sa_flags = SA_ONSTACK | SA_NODEFER };

	if (ended_by || write(ends[1], "", 1) != 1)
		return false;
	ended_by = signo;
	seconds_left = END_S;
	sigaction(SIGALRM, &breaks, NULL);
	alarm(1);
	return true;
}

static void end(int signo)
{
	int saved = errno;	/* whom we interrupt may be about to look at it */

	if (!ask_to_end(signo))
		die_now(signo);
	errno = saved;
}

/* Ctrl-C is for the loop, which makes of it what it means there. */
static void interrupt(int signo)
{
	int saved = errno;

	if (ended_by || (write(interrupts[1], "", 1) != 1 && errno != EAGAIN))
		die_now(signo);
	taken = 0;
	if (!interrupted) {
		interrupted = 1;
		seen = writes;
		still = 0;
		alarm(1);
	}
	errno = saved;
}

/* A second after Ctrl-C, and more: does the terminal hold up what was made of it? */
static void look_interrupted(void)
{
	if (!writing || writes != seen) {
		seen = writes;
		still = 0;
		interrupted = writing || !taken;
	} else if (++still >= STUCK_S && !ask_to_end(SIGINT)) {
		die_now(SIGINT);
	}
}

/* Each second while the loop has something to hear of. */
static void tick(int signo)
{
	int saved = errno;

	if (ended_by && --seconds_left <= 0)
		die_now(ended_by);
	if (!ended_by && !interrupted)
		die_now(signo);
	if (!ended_by)
		look_interrupted();
	stuck = stuck || (ended_by && writing);
	if (ended_by || interrupted)
		alarm(1);
	errno = saved;
}

int rescue_end_fd(void)
{
	return ends[0];
}

int rescue_ended_by(void)
{
	return ended_by;
}

int rescue_interrupt_fd(void)
{
	return interrupts[0];
}

void rescue_take_interrupt(void)
{
	char bytes[64];

	while (read(interrupts[0], bytes, sizeof bytes) == sizeof bytes)
		;
	taken = 1;
}

void rescue_writing(bool is)
{
	if (is)
		writes = (writes + 1) % 1000000;
	writing = is;
}

bool rescue_stuck(void)
{
	return stuck;
}

bool rescue_await_room(void)
{
	struct pollfd p = { .fd = STDOUT_FILENO, .events = POLLOUT };

	rescue_writing(true);
	while (!stuck && poll(&p, 1, -1) < 0 && errno == EINTR)
		;
	rescue_writing(false);
	return !stuck;
}

void rescue_unstick(void)
{
	if (stuck)
		tcflush(STDOUT_FILENO, TCOFLUSH);
	stuck = 0;
}

void rescue_end(void)
{
	if (!ended_by)
		return;
	signal(ended_by, SIG_DFL);
	raise(ended_by);
}

static void (*handler_of(int signo))(int)
{
	return signo == SIGTERM || signo == SIGHUP ? end : signo == SIGINT ? interrupt :
	    signo == SIGALRM ? tick : die;
}

static int flags_of(int signo)
{
	return handler_of(signo) == die ? (int)SA_RESETHAND : SA_RESTART;
}

static void make_pipe(int pipe[2])
{
	if (pipe[0] < 0 && pipe2(pipe, O_CLOEXEC | O_NONBLOCK) < 0)
		pipe[0] = pipe[1] = -1;	/* then the signals end us at once */
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
	make_pipe(ends);
	make_pipe(interrupts);
	for (int i = 0; i < DEADLY; i++) {
		sa.sa_handler = handler_of(deadly[i]);
		sa.sa_flags = flags_of(deadly[i]) | SA_ONSTACK | SA_NODEFER;
		sigaction(deadly[i], NULL, &old[i]);
		/* one that is ignored, as nohup does, stays ignored; but Ctrl-C is a key */
		if (old[i].sa_handler != SIG_IGN || deadly[i] == SIGINT || deadly[i] == SIGALRM)
			sigaction(deadly[i], &sa, NULL);
	}
	armed = 1;
}

void rescue_disarm(void)
{
	if (!armed)
		return;
	armed = 0;
	/* who presses Ctrl-C once more while we end has what he wants */
	signal(SIGINT, SIG_IGN);
	if (ended_by)	/* what is left of ending must not take for ever, either */
		return;
	alarm(0);	/* before: a tick for nothing would end us */
	interrupted = 0;
	for (int i = 0; i < DEADLY; i++)
		if (deadly[i] != SIGINT)
			sigaction(deadly[i], &old[i], NULL);
}
