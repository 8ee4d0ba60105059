/*
 * Names that do harm elsewhere: with escape sequences, marks that turn the direction of
 * writing, characters of which terminals disagree how wide they are. Wherever they stand,
 * every border is in its column, nothing of them is read by the terminal, and what is
 * drawn bit by bit is what is drawn anew.
 */
#include "console-steps.h"
#include "base/err.h"
#include "base/file.h"
#include "base/text.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <cmocka.h>

/* As a file has them. */
static const char *const names[] = {
	"A%1B[31mred", "B%1B]0;own%07", "C\xc2\x9b" "31mx", "D\xc2\x90q\xc2\x9c",
	"E\xe2\x80\xae" "turned", "F\xe2\x81\xa7" "apart\xe2\x81\xa9", "G\xe2\x80\x8b" "hidden",
	"H\xef\xbb\xbfmarked", "I❤\xef\xb8\x8fheart", "J👨\xe2\x80\x8d👩\xe2\x80\x8d👧joined",
	"K👍🏽tone", "L🇯🇵flag", "Mか\xe3\x82\x99ハ\xe3\x82\x9a", "Nﾊﾟｶﾞ", "Oשלום 12", "Pسلام 34",
	"Q\xf0\x9f\xab\xa9" "new", "R電電電電電電電電電電電電電", "Se\xcc\x81\xcc\x82\xcc\x83" "e\xcc\x81\xcc\x82\xcc\x83",
	"T電電電電電電電か\xe3\x82\x99か\xe3\x82\x99か\xe3\x82\x99", "U①αя±", "V\t\xe2\x98\x83\xe2\x9c\x85",
};
enum { NAMES = sizeof names / sizeof *names };

static struct text sent;

static void keep(char *bytes, size_t len)
{
	text_add_len(&sent, bytes, len);
}

/* What of the names would be read by a terminal. */
static void harmless(void)
{
	static const char *const never[] = { "\33[31mred", "\33]0;own", "\xc2\x9b", "\xc2\x90",
	    "\xe2\x80\xae", "\xe2\x81\xa7", "\xe2\x80\x8b", "\xef\xbb\xbf", "\xef\xb8\x8f",
	    "\xe2\x80\x8d" };

	assert_true(sent.len > 0);
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		if (memmem(sent.s, sent.len, never[i], strlen(never[i])))
			fail_msg("what should not be sent, number %zu, was", i);
}

static void write_site(void)
{
	struct text t = { 0 };
	struct err e = { .text = "" };

	text_add(&t, "[Network]\nFormat=1\nRevision=1\nTerminalPort=14000\n");
	for (int i = 0; i < NAMES; i++)
		text_printf(&t, "\n[Group%d]\nName=%s\nParent=Network\n"
		    "CommunicationAddress=127.255.255.255\nRecognitionCode=T\n", i + 1, names[i]);
	assert_true(file_replace(console_site(), t.s, t.len, 0600, &e));
	text_done(&t);
}

/* Has it taken every key, and sleeps? It may not have had its turn yet. */
static bool sleeps(void)
{
	int tty = open(ptsname(vt.fd), O_RDWR | O_NOCTTY), keys = -1;
	char path[40], state = 0;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)vt.pid);
	assert_true(tty >= 0 && ioctl(tty, FIONREAD, &keys) == 0);
	close(tty);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_int_equal(fscanf(f, "%*d (%*[^)]) %c", &state), 1);
	fclose(f);
	return keys == 0 && state == 'S';
}

/* All that is drawn for what was typed is here. */
static void settle(void)
{
	long end = vt_clock() + CONSOLE_MS;
	bool still;
	size_t before;

	do {
		while (vt_pump(&vt, 50) > 0)
			continue;
		before = sent.len;
		still = sleeps();
		vt_pump(&vt, 0);
		assert_true(!vt.eof && vt_clock() < end);
	} while (!still || sent.len != before);
}

static char *all_rows(void)
{
	struct text t = { 0 };
	char buf[1024];

	for (int y = 0; y < vt.rows; y++)
		text_printf(&t, "%s\n", vt_row(&vt, y, buf, sizeof buf));
	return text_take(&t);
}

static bool has_line(int y, int x)
{
	uint32_t c = vt_cell(&vt, y, x).chars[0];

	return c >= 0x2500 && c < 0x2580;
}

/* The border at the right, and what stands there after Ctrl-L. */
static void is_whole(const char *where)
{
	char *now, *anew;

	settle();
	for (int y = 1; y < vt.rows - 2; y++)
		if (!has_line(y, vt.cols - 1)) {
			console_show(&vt);
			fail_msg("%s: row %d has no border at its end", where, y);
		}
	if (console_broken(&vt)) {
		console_show(&vt);
		fail_msg("%s: %s", where, console_broken(&vt));
	}
	now = all_rows();
	vt_type(&vt, "\14");
	settle();
	anew = all_rows();
	if (strcmp(now, anew) != 0) {
		size_t at = 0;

		while (now[at] == anew[at])
			at++;
		while (at && now[at - 1] != '\n')
			at--;
		console_show(&vt);
		fail_msg("%s was another in this row:\n%.*s\nnow\n%.*s", where,
		    (int)strcspn(now + at, "\n"), now + at,
		    (int)strcspn(anew + at, "\n"), anew + at);
	}
	free(now);
	free(anew);
}

static void at_size(int rows, int cols)
{
	vt.tap = keep;
	sent.len = 0;
	assert_true(console_started(&vt, rows, cols));
	is_whole("the first screen");
	press("End");
	is_whole("the end of the tree");
	press("Home");
	press("Down");
	for (int i = 0; i < 12; i++)
		press("PageDown");
	is_whole("pages of it");
	press("Home");
	type("/");
	see("Part of a name");
	type("heart" ENTER);
	gone("Part of a name");
	is_whole("one of them");
	press("F4");
	see("< Cancel >");
	settle();
	assert_null(console_broken(&vt));
	console_escape(&vt);
	gone("< Cancel >");
	is_whole("behind its form");
	harmless();
	vt_type(&vt, "q");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
	harmless();
	vt_close(&vt);
}

static void test_names(void **state)
{
	(void)state;
	write_site();
	at_size(24, 80);
	at_size(43, 132);
	vt.tap = NULL;
	text_done(&sent);
}

static int open_folder(void **state)
{
	(void)state;
	return console_open("t-console-names") ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_names) };

	return cmocka_run_group_tests_name("console-names", tests, open_folder, steps_close);
}
