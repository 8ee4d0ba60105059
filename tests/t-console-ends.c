/*
 * However the console ends, the terminal is as it was: settings, first screen, a
 * cursor that is seen, and no mode left on, be it of the mouse, of pastes or of keys.
 */
#include "console.h"
#include "base/file.h"
#include "base/mem.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

enum { MS = CONSOLE_MS };

static struct vt vt;

static void restored(const char *how)
{
	char left[80];

	if (!vt_restored(&vt, MS))
		fail_msg("%s leaves %s", how, vt_left(&vt, left, sizeof left));
}

/* Something has been scrolled and a dialog opened: more of the terminal was used. */
static void start(void)
{
	assert_true(console_started(&vt, 24, 80));
	console_press(&vt, "End");
	console_press(&vt, "Home");
	console_press(&vt, "F3");
	assert_true(vt_wait_text(&vt, "Part of a name", MS));
	console_press(&vt, "F10");
	VT_UNTIL(&vt, MS, !vt_has(&vt, "Part of a name"));
}

static void ends_by_key(const char *key)
{
	start();
	console_press(&vt, key);
	assert_int_equal(vt_wait_exit(&vt, MS), 0);
	restored(key);
}

static void test_quit(void **state) { (void)state; ends_by_key("q"); }
static void test_f10(void **state) { (void)state; ends_by_key("F10"); }
static void test_ctrl_c(void **state) { (void)state; ends_by_key("Ctrl-C"); }

/* Whoever asked hears that there will be no answer: LeakSanitizer would tell of what he kept. */
static void test_in_a_question(void **state)
{
	(void)state;
	start();
	console_press(&vt, "D");
	assert_true(vt_wait_text(&vt, "Where?", MS));
	vt_resize(&vt, 5, 30);	/* too small to be read: Ctrl-C ends it */
	assert_true(vt_wait_text(&vt, "The console needs", MS));
	console_press(&vt, "Ctrl-C");
	assert_int_equal(vt_wait_exit(&vt, MS), 0);
	restored("Ctrl-C");
}

/* In the middle of a form, too. */
static void ends_by_signal(int signo)
{
	start();
	console_press(&vt, "F4");
	assert_true(vt_wait_text(&vt, "< Cancel >", MS));
	kill(vt.pid, signo);
	assert_int_equal(vt_wait_exit(&vt, MS), -signo);
	restored(strsignal(signo));
}

static void test_term(void **state) { (void)state; ends_by_signal(SIGTERM); }
static void test_hup(void **state) { (void)state; ends_by_signal(SIGHUP); }
static void test_quit_signal(void **state) { (void)state; ends_by_signal(SIGQUIT); }
static void test_segv(void **state) { (void)state; ends_by_signal(SIGSEGV); }
static void test_abrt(void **state) { (void)state; ends_by_signal(SIGABRT); }
static void test_bus(void **state) { (void)state; ends_by_signal(SIGBUS); }
static void test_fpe(void **state) { (void)state; ends_by_signal(SIGFPE); }

/* Ctrl-\ is a key that the terminal turns into a signal. */
static void test_ctrl_backslash(void **state)
{
	(void)state;
	start();
	vt_type(&vt, "\34");
	assert_int_equal(vt_wait_exit(&vt, MS), -SIGQUIT);
	restored("Ctrl-\\");
}

/* A pipe that nobody reads any more is no reason to die. */
static void test_pipe(void **state)
{
	(void)state;
	start();
	kill(vt.pid, SIGPIPE);
	console_press(&vt, "F1");
	assert_true(vt_wait_text(&vt, "The main screen", MS));
	console_press(&vt, "F10");
	VT_UNTIL(&vt, MS, !vt_has(&vt, "The main screen"));
	console_press(&vt, "q");
	assert_int_equal(vt_wait_exit(&vt, MS), 0);
	restored("SIGPIPE");
}

/* The window is closed, or the line cut: there is nothing to restore, only to end. */
static void test_hangup(void **state)
{
	int status = 0;
	long end = vt_clock() + MS;

	(void)state;
	start();
	close(vt.fd);
	while (waitpid(vt.pid, &status, WNOHANG) == 0 && vt_clock() < end)
		usleep(2000);
	assert_true(vt_clock() < end);
	assert_false(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
	vt.pid = 0;
	vt.fd = -1;
}

/* How much waits to be read from it. */
static int waiting(void)
{
	int n = 0;

	ioctl(vt.fd, FIONREAD, &n);
	return n;
}

/* Is there room in the line, and nobody who waits for some? */
static bool has_room(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };

	return poll(&p, 1, 0) == 1 && p.revents & POLLOUT;
}

/* The line is dead, and nothing is taken any more: what is typed fills it, and the console is held up. */
static void stick_by(const char *typed)
{
	int fd = open(ptsname(vt.fd), O_WRONLY | O_NOCTTY | O_NONBLOCK), full = 0;
	long end = vt_clock() + MS;

	assert_true(fd >= 0);
	for (; full < 20 && vt_clock() < end; usleep(10000)) {
		full = has_room(fd) ? 0 : full + 1;
		if (!full)
			vt_type(&vt, typed);
	}
	close(fd);
	assert_int_equal(full, 20);
}

static void stick(void) { stick_by("\f"); }	/* all anew */

/* What ended it without a byte of it being read, and after how long; ms at most. */
static int ended_unread(int ms, long *took)
{
	long begin = vt_clock();
	int status = 0;

	while (waitpid(vt.pid, &status, WNOHANG) == 0 && vt_clock() < begin + ms)
		usleep(2000);
	*took = vt_clock() - begin;
	assert_true(*took < ms);
	vt.pid = 0;
	return WIFSIGNALED(status) ? WTERMSIG(status) : -1;
}

/* Whoever asks it twice to end does not wait for the line. */
static void test_takes_nothing(void **state)
{
	long took;

	(void)state;
	start();
	stick();
	kill(vt.pid, SIGTERM);
	usleep(10000);
	kill(vt.pid, SIGTERM);
	assert_int_equal(ended_unread(MS, &took), SIGTERM);
}

/*
 * Asked once it ends, too, as what it was asked by: with the edits kept, and when somebody
 * reads again after all the terminal is as it was.
 */
static void ends_unread(void (*stuck)(void), int signo)
{
	char *mine = mem_printf("%s.mine", console_site());
	long took;

	start();
	console_press(&vt, "F3");
	vt_type(&vt, "UPS5\r");
	VT_UNTIL(&vt, MS, !vt_has(&vt, "Part of a name"));
	console_press(&vt, "F8");
	vt_type(&vt, "y");
	assert_true(vt_wait_text(&vt, "modified", MS));
	stuck();
	kill(vt.pid, signo);
	assert_int_equal(ended_unread(MS, &took), signo);
	if (took > 11000)
		fail_msg("it took %ld ms", took);
	assert_int_equal(access(mine, F_OK), 0);
	unlink(mine);
	free(mine);
	restored(strsignal(signo));
}

static void test_stuck_term(void **state) { (void)state; ends_unread(stick, SIGTERM); }
static void test_stuck_hup(void **state) { (void)state; ends_unread(stick, SIGHUP); }
static void test_stuck_int(void **state) { (void)state; ends_unread(stick, SIGINT); }

/* There is no room in the line, and what finds none first is curses, at Ctrl-Z or a beep. */
static void stick_at(const char *key)
{
	static const char blanks[1024];
	int fd = open(ptsname(vt.fd), O_WRONLY | O_NOCTTY | O_NONBLOCK);

	assert_true(fd >= 0);
	for (int full = 0; full < 5;) {
		if (write(fd, blanks, sizeof blanks) > 0) {
			full = 0;
		} else {
			full++;
			usleep(2000);
		}
	}
	close(fd);
	assert_int_equal(write(vt.fd, key, 1), 1);
	usleep(50000);
}

static void stick_at_suspend(void) { stick_at("\32"); }

static void test_stuck_suspend(void **state)
{
	(void)state;
	ends_unread(stick_at_suspend, SIGTERM);
}

/* So many bytes a tenth of a second, for so long, as a slow line takes them. */
static void read_slowly(int bytes, int ms)
{
	long end = vt_clock() + ms;
	char some[4096];

	while (vt_clock() < end) {
		if (read(vt.fd, some, (size_t)bytes) < 0)
			break;
		usleep(100000);
	}
}

/* A line that is slow is not dead: Ctrl-C in the midst of a screen means what it means. */
static void test_slow_int(void **state)
{
	char *folder = mem_printf("%s/amc", console_dir());
	char *prefs = mem_printf("%s/console.conf", folder);
	static const char dark[] = "[console]\ntheme=dark\n";	/* its blanks are sent, too */
	struct err e;

	(void)state;
	assert_true(file_mkdirs(folder, 0700, &e));
	assert_true(file_replace(prefs, dark, strlen(dark), 0600, &e));
	assert_true(console_started(&vt, 200, 400));
	console_press(&vt, "F3");
	assert_true(vt_wait_text(&vt, "Part of a name", MS));
	assert_int_equal(write(vt.fd, "\f", 1), 1);
	for (long end = vt_clock() + MS; waiting() < 4000 && vt_clock() < end;)
		usleep(2000);
	assert_int_equal(write(vt.fd, "\3", 1), 1);
	read_slowly(1024, 3500);
	/* whole, and the main screen's */
	VT_UNTIL(&vt, MS, vt_has(&vt, "F10 Quit") && !vt_has(&vt, "Part of a name"));
	assert_false(vt_has(&vt, "Part of a name"));
	console_press(&vt, "q");
	assert_int_equal(vt_wait_exit(&vt, MS), 0);
	restored("Ctrl-C on a slow line");
	unlink(prefs);
	free(prefs);
	free(folder);
}

/* Linear mode in the midst of a long list. */
static void test_stuck_linear(void **state)
{
	static const int signals[] = { SIGTERM, SIGINT };
	const char *const words[] = { "--linear", console_site(), NULL };
	char *mine = mem_printf("%s.mine", console_site());
	long took;

	(void)state;
	for (int i = 0; i < 2; i++) {
		assert_true(console_start(&vt, 24, 80, words));
		assert_true(vt_wait_text(&vt, "network>", MS));
		vt_type(&vt, "create-group\rG9\rok\r");
		assert_true(vt_wait_text(&vt, "*G9>", MS));
		stick_by("tree all\r");
		kill(vt.pid, signals[i]);
		assert_int_equal(ended_unread(MS, &took), signals[i]);
		assert_int_equal(access(mine, F_OK), 0);
		unlink(mine);
		vt_close(&vt);
	}
	free(mine);
	assert_true(console_started(&vt, 24, 80));
}

static bool stopped(void)
{
	int status;

	return waitpid(vt.pid, &status, WUNTRACED | WNOHANG) == vt.pid && WIFSTOPPED(status);
}

/* Ctrl-Z and fg, again and again: each time the shell has its terminal, then we ours. */
static void test_suspend(void **state)
{
	(void)state;
	start();
	for (int i = 0; i < 5; i++) {
		bool is = false;

		vt_type(&vt, "\32");
		restored("Ctrl-Z");
		VT_UNTIL(&vt, MS, is || (is = stopped()));
		assert_true(is);
		vt_resize(&vt, 24 + i, 80 + i);
		kill(vt.pid, SIGCONT);
		VT_UNTIL(&vt, MS, vt.altscreen && vt_has(&vt, "F10"));
		assert_true(vt.altscreen);
	}
	console_press(&vt, "q");
	assert_int_equal(vt_wait_exit(&vt, MS), 0);
	restored("the end after Ctrl-Z");
}

/* Stopped, and killed then. */
static void test_killed_in_the_background(void **state)
{
	bool is = false;

	(void)state;
	start();
	vt_type(&vt, "\32");
	VT_UNTIL(&vt, MS, is || (is = stopped()));
	assert_true(is);
	kill(vt.pid, SIGTERM);
	kill(vt.pid, SIGCONT);
	assert_int_equal(vt_wait_exit(&vt, MS), -SIGTERM);
	restored("SIGTERM in the background");
}

/* The terminal must not throw away what is on its way when Ctrl-C or Ctrl-Z comes. */
static void test_no_flush(void **state)
{
	struct termios now;

	(void)state;
	start();
	assert_int_equal(tcgetattr(vt.fd, &now), 0);
	assert_true(now.c_lflag & NOFLSH);
	console_press(&vt, "q");
	assert_int_equal(vt_wait_exit(&vt, MS), 0);
	restored("the end");
}

/* No name server can be reached, as when the mains are out: no word of it lands on the screen. */
static void test_no_name_server(void **state)
{
	char *amc = mem_printf("%s/amc", getenv("top_builddir") ? getenv("top_builddir") : ".");
	char *argv[] = { "unshare", "-rn", amc, (char *)(size_t)console_site(), NULL };
	static const char words[] = "[Network]\nFormat=1\n[Group1]\nName=G\nParent=Network\n"
	    "[Ups1]\nName=UPS1\nParent=Group1.PowerDevices\nAddress=ups.example\nSnmpPort=1161\n";
	struct err e;

	(void)state;
	if (system("unshare -rn true 2>/dev/null") != 0) {
		free(amc);
		skip();
	}
	assert_true(file_replace(console_site(), words, strlen(words), 0600, &e));
	assert_int_equal(vt_start(&vt, 24, 80, argv), 0);
	free(amc);
	assert_true(vt_wait_text(&vt, "F10", MS));
	VT_UNTIL(&vt, MS, vt_has(&vt, "no answer"));
	assert_true(vt_has(&vt, "no answer"));
	assert_false(vt_has(&vt, "[msg]") || vt_has(&vt, "ameserver"));
	console_press(&vt, "q");
	assert_int_equal(vt_wait_exit(&vt, MS), 0);
}

static int make_site(void **state)
{
	(void)state;
	return console_sample("demo.ini") ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	vt_close(&vt);
	return 0;
}

static int open_all(void **state)
{
	(void)state;
	return console_open("t-console-ends") ? 0 : -1;
}

static int close_all(void **state)
{
	(void)state;
	console_close();
	return 0;
}

#define ENDS(t) cmocka_unit_test_setup_teardown(t, make_site, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ENDS(test_quit), ENDS(test_f10), ENDS(test_in_a_question),
		ENDS(test_ctrl_c), ENDS(test_ctrl_backslash),
		ENDS(test_term), ENDS(test_hup), ENDS(test_quit_signal), ENDS(test_segv),
		ENDS(test_abrt), ENDS(test_bus), ENDS(test_fpe), ENDS(test_pipe),
		ENDS(test_hangup), ENDS(test_takes_nothing), ENDS(test_stuck_term),
		ENDS(test_stuck_hup), ENDS(test_stuck_int), ENDS(test_stuck_suspend),
		ENDS(test_slow_int), ENDS(test_stuck_linear),
		ENDS(test_suspend),
		ENDS(test_killed_in_the_background),
		ENDS(test_no_flush), ENDS(test_no_name_server),
	};

	return cmocka_run_group_tests_name("console-ends", tests, open_all, close_all);
}
