/* console-steps - what the tests of the console do; see console-steps.h */
#include "console-steps.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

struct vt vt;

void see(const char *text)
{
	if (vt_wait_text(&vt, text, CONSOLE_MS))
		return;
	console_show(&vt);
	fail_msg("\"%s\" is not on the screen", text);
}

void gone(const char *text)
{
	VT_UNTIL(&vt, CONSOLE_MS, !vt_has(&vt, text));
	if (!vt_has(&vt, text))
		return;
	console_show(&vt);
	fail_msg("\"%s\" is still on the screen", text);
}

void type(const char *bytes)
{
	vt_type(&vt, bytes);
}

void press(const char *key)
{
	if (!console_press(&vt, key))
		fail_msg("there is no key %s", key);
}

void down(int n)
{
	while (n-- > 0)
		press("Down");
}

void start_words(int rows, int cols, const char *const words[], const char *ready)
{
	assert_true(console_start(&vt, rows, cols, words));
	see(ready);
}

void find(const char *name)
{
	type("/");
	see("Part of a name");
	type(CTRL_U);		/* what was looked for before goes */
	type(name);
	type(ENTER);
	gone("Part of a name");
}

void quit(void)
{
	type("q");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
	assert_int_equal(vt.unknown, 0);
}

int row_of(const char *text)
{
	char row[4096];

	for (int i = 0; i < vt.rows; i++)
		if (strstr(vt_row(&vt, i, row, sizeof row), text))
			return i;
	return -1;
}

bool site_has(const char *text)
{
	char *bytes = console_bytes();
	bool has = bytes && strstr(bytes, text);

	free(bytes);
	return has;
}

int steps_site(void **state)
{
	(void)state;
	return console_sample("demo.ini") ? 0 : -1;
}

int steps_end(void **state)
{
	(void)state;
	vt_close(&vt);
	return 0;
}

int steps_close(void **state)
{
	(void)state;
	console_close();
	return 0;
}
