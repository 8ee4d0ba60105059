/*
 * Settings of cards in the console: compared, written and taken over; and the
 * commands, with what guards them. The cards are simulated ones.
 */
#include "console.h"
#include "base/file.h"
#include "base/mem.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

enum { MS = CONSOLE_MS };

static struct vt vt;
static pid_t sim;
static char where[32];		/* 127.66.N */
static int port;

static void see(const char *text)
{
	if (vt_wait_text(&vt, text, MS))
		return;
	console_show(&vt);
	fail_msg("\"%s\" is not on the screen", text);
}

static void gone(const char *text)
{
	VT_UNTIL(&vt, MS, !vt_has(&vt, text));
	if (!vt_has(&vt, text))
		return;
	console_show(&vt);
	fail_msg("\"%s\" is still on the screen", text);
}

static void press(const char *key)
{
	assert_true(console_press(&vt, key));
}

static void type(const char *text)
{
	char key[2] = "";

	for (; *text; text++) {
		key[0] = *text;
		press(key);
	}
}

/* Two cards, and what is to be done to them at once. */
static bool start_cards(const char *line)
{
	const char *build = getenv("top_builddir");
	char *program = file_join(build ? build : ".", "upssim"), base[48], said[64] = "";
	int out[2];
	FILE *f;

	snprintf(base, sizeof base, "%s.1:%d", where, port);
	if (pipe(out))
		return false;
	sim = fork();
	if (sim == 0) {
		dup2(out[1], STDOUT_FILENO);
		execl(program, program, "--with-parent", "--cards", "2", "--base", base, "-e", line,
		    (char *)NULL);
		_exit(127);
	}
	close(out[1]);
	free(program);
	f = fdopen(out[0], "r");
	if (!fgets(said, sizeof said, f))
		said[0] = '\0';
	fclose(f);
	return strcmp(said, "ready\n") == 0;
}

static void stop_cards(void)
{
	if (sim <= 0)
		return;
	kill(sim, SIGTERM);
	waitpid(sim, NULL, 0);
	sim = 0;
}

static const char site[] =
    "[Network]\nFormat=1\nRevision=1\nArmed=%s\n"
    "[Group1]\nName=SSC\nParent=Network\nCommunicationAddress=127.255.255.255\n"
    "[Ups1]\nName=UPS1\nParent=Group1.PowerDevices\nAddress=%s.1\nSnmpPort=%d\nSensitivity=1\n%s"
    "[Ups2]\nName=UPS2\nParent=Group1.PowerDevices\nAddress=%s.2\nSnmpPort=%d\nSensitivity=1\n"
    "[Terminal1]\nName=SRV1\nParent=Group1.ControlTerminals\nAddress=%s.101\n"
    "MacAddress=52:54:00:12:34:56\n";

/* The site with more settings of UPS1, and the console on it. */
static void start(const char *armed, const char *settings, const char *line)
{
	char text[2000];
	struct err e = { .text = "" };

	snprintf(text, sizeof text, site, armed, where, port, settings, where, port, where);
	assert_true(file_replace(console_site(), text, strlen(text), 0600, &e));
	assert_true(start_cards(line));
	if (!console_started(&vt, 30, 132))
		fail_msg("no first screen");
	see("SSC");
}

static void quit(void)
{
	press("q");
	if (vt_wait_text(&vt, "Save", 300) || vt_wait_text(&vt, "saved", 10))
		press("n");
	vt_wait_exit(&vt, MS);
	stop_cards();
}

/* The cursor of the tree on a node, by looking for it. */
static void go(const char *name)
{
	press("/");
	see("Find");
	type(name);
	press("Enter");
	gone("Find:");
}

static void test_write(void **state)
{
	(void)state;
	start("no", "UpperVolts=109\nGraceSeconds=180\n", "at 0s all lag 2");
	go("SSC");
	press("W");
	/* it was read, and is asked before anything is sent */
	see("Write 2 settings, to UPS1?");
	press("n");
	see("2 differ, on 1 of 2 cards");
	press("Down");
	see("108 V in the card, 109 V asked: of that it will make 110 V (next higher legal value)");
	see("= all as in the site");
	press("w");
	see("Write 2 settings, to UPS1?");
	press("y");
	see("1 setting is kept otherwise; t takes it into the site");
	see("109 V was asked, the card keeps 110 V: next higher legal value");
	see("180 s, as asked; it was 300 s");
	see("1 differs, on 1 of 2 cards");
	/* taken over, and taken back */
	press("t");
	see("0 differ");
	press("u");
	see("1 differs, on 1 of 2 cards");
	press("a");
	see("Allowable voltage, lower");
	press("a");
	gone("Allowable voltage, lower");
	console_escape(&vt);
	gone("Settings kept in the UPS");
	press("E");
	see("Allowable voltage, upper: 108 V -> 109 V · by the card's rule (110 V)");
	see("300 s -> 180 s · as asked");
	console_escape(&vt);
	quit();
}

/* What was typed into a form is what is written; the form is taken with it. */
static void test_write_from_a_form(void **state)
{
	(void)state;
	start("no", "", "at 0s all lag 0");
	go("UPS1");
	press("F4");
	see("Kept in the UPS");
	for (int i = 0; i < 60 && !vt_has(&vt, "Above it the UPS goes on battery"); i++) {
		press("Tab");
		vt_wait_text(&vt, "Above it", 50);
	}
	see("Above it the UPS goes on battery");
	type("111");
	press("F7");
	see("Write 1 setting, to UPS1?");
	press("y");
	see("111 V was asked, the card keeps 112 V: next higher legal value");
	console_escape(&vt);
	gone("Settings kept in the UPS");
	see("modified");
	quit();
}

/* What the card takes is listed in the form once it was asked. */
static void test_values_of_the_card(void **state)
{
	(void)state;
	start("no", "", "at 0s all lag 0");
	go("UPS1");
	press("F4");
	see("Kept in the UPS");
	press("F5");
	see("the form is as the card");
	press("PageDown");
	see("The card takes 20,180,300,600: Space lists them.");
	press("Space");
	see("300 s  = in the card");
	press("Down");
	press("Enter");
	gone("in the card");
	see("≠ 300");
	press("F7");
	see("Write 1 setting, to UPS1?");
	press("y");
	see("600 s, as asked; it was 300 s");
	quit();
}

/* A card that could not be reached says so in its row, the others go on. */
static void test_one_is_silent(void **state)
{
	(void)state;
	start("no", "UpperVolts=112\n", "at 0s UPS2 dead");
	go("SSC");
	press("K");
	see("does not answer SNMP");
	see("1 differs, on 1 of 2 cards");
	press("w");
	see("Write 1 setting, to UPS1?");
	press("y");
	see("112 V, as asked; it was 108 V");
	see("Written, and read back");
	quit();
}

/* Those that a card of APC can be told to, in their order. */
static void choose(int n)
{
	press("X");
	see("What is the UPS to do?");
	while (n-- > 0)
		press("Down");
	press("Enter");
}

static void test_nothing_is_switched_unarmed(void **state)
{
	(void)state;
	start("no", "", "at 0s all lag 0");
	go("UPS1");
	press("Alt-o");
	see("UPS output off");
	console_escape(&vt);
	see("Normal ON");
	choose(3);
	see("The site is not armed: nothing is switched.");
	press("Enter");
	gone("The site is not armed");
	quit();
}

/* What goes out is in tests/wake.sh; here, what is asked. */
static void test_waking(void **state)
{
	(void)state;
	start("yes", "", "at 0s all lag 0");
	go("SRV1");
	press("Alt-o");
	for (int i = 0; i < 5; i++)
		press("Up");
	press("Enter");
	see("SRV1: a packet for 52:54:00:12:34:56 to 127.255.255.255");
	type("y");
	see("The packet was sent; that the server starts is seen in its state");
	quit();
}

static void test_off_and_on(void **state)
{
	(void)state;
	start("yes", "", "at 0s all lag 0");
	go("UPS1");
	see("Normal ON");
	choose(3);
	see("1 server loses its power: SRV1");
	see("Type UPS1 to go on:");
	/* another name is not taken */
	type("UPS2");
	press("Enter");
	see("That is another name. Type UPS1 to go on:");
	console_escape(&vt);
	gone("UPS1 to go on:");
	choose(3);
	see("Type UPS1 to go on:");
	type("UPS1");
	press("Enter");
	see("done; now: Off");
	console_escape(&vt);
	gone("Esc closes");
	choose(6);
	see("What hangs on it starts");
	press("y");
	see("done; now: Normal ON");
	console_escape(&vt);
	quit();
}

static void test_self_test_of_all(void **state)
{
	(void)state;
	start("no", "", "at 0s UPS2 replace on");
	go("SSC");
	choose(0);
	see("UPS1, UPS2: Self test.");
	press("y");
	see("passed, after");
	see("failed, after");
	console_escape(&vt);
	quit();
}

static int setup(void **state)
{
	(void)state;
	snprintf(where, sizeof where, "127.66.%d", 1 + getpid() % 250);
	port = 20000 + getpid() % 20000;
	return console_open("t-console-cards") ? 0 : -1;
}

static int after_each(void **state)
{
	(void)state;
	vt_close(&vt);
	stop_cards();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	console_close();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_write, after_each),
		cmocka_unit_test_teardown(test_write_from_a_form, after_each),
		cmocka_unit_test_teardown(test_values_of_the_card, after_each),
		cmocka_unit_test_teardown(test_one_is_silent, after_each),
		cmocka_unit_test_teardown(test_nothing_is_switched_unarmed, after_each),
		cmocka_unit_test_teardown(test_waking, after_each),
		cmocka_unit_test_teardown(test_off_and_on, after_each),
		cmocka_unit_test_teardown(test_self_test_of_all, after_each),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
