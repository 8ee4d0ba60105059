/* console - what the tests of the console share; see console.h */
#include "console.h"
#include "base/file.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *dir, *site;

static const char *env(const char *name)
{
	const char *s = getenv(name);

	return s ? s : ".";
}

bool console_open(const char *name)
{
	static const char *const homes[] = { "HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME",
	    "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR" };
	static const char *const strangers[] = { "LANGUAGE", "NO_COLOR", "LINES", "COLUMNS",
	    "AMC_SITE", "TMUX", "COLORTERM" };

	dir = mem_printf("/tmp/%s.XXXXXX", name);
	if (!mkdtemp(dir))
		return false;
	site = mem_printf("%s/ac_e_net.ini", dir);
	for (size_t i = 0; i < sizeof homes / sizeof *homes; i++)
		setenv(homes[i], dir, 1);
	for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++)
		unsetenv(strangers[i]);
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("TZ", "UTC", 1);
	return true;
}

void console_close(void)
{
	char *command = mem_printf("rm -rf '%s'", dir);

	if (system(command) != 0)
		fprintf(stderr, "# %s is left\n", dir);
	free(command);
	free(dir);
	free(site);
}

const char *console_dir(void)
{
	return dir;
}

const char *console_site(void)
{
	return site;
}

bool console_sample(const char *name)
{
	char *path = strchr(name, '/') ? mem_dup(name) :
	    mem_printf("%s/data/samples/%s", env("top_srcdir"), name);
	struct err e = { .text = "" };
	size_t len;
	char *bytes = file_read(path, 1 << 24, &len, &e);
	/* another site: what was saved before is no history of it */
	char *command = mem_printf("rm -rf '%s/history'", dir);
	bool ok = system(command) == 0 && bytes && file_replace(site, bytes, len, 0600, &e);

	if (!ok)
		fprintf(stderr, "# %s\n", e.text);
	free(command);
	free(bytes);
	free(path);
	return ok;
}

char *console_bytes(void)
{
	size_t len;

	return file_read(site, 1 << 24, &len, NULL);
}

void console_language(const char *language)
{
	setenv("LANGUAGE", language, 1);
}

bool console_start(struct vt *t, int rows, int cols, const char *const words[])
{
	char *amc = mem_printf("%s/amc", env("top_builddir"));
	char *argv[20] = { amc };
	char *here = getcwd(NULL, 0);
	bool ok;

	for (int i = 0; i < 18 && words[i]; i++)
		argv[i + 1] = (char *)words[i];
	ok = here && chdir(dir) == 0 && vt_start(t, rows, cols, argv) == 0 &&
	    chdir(here) == 0;
	free(here);
	free(amc);
	return ok;
}

bool console_started(struct vt *t, int rows, int cols)
{
	static const char *const words[] = { "ac_e_net.ini", NULL };

	return console_start(t, rows, cols, words) &&
	    vt_wait_text(t, "network", CONSOLE_MS) && vt_wait_text(t, "F10", CONSOLE_MS);
}

static const struct { const char *name; VTermKey key; VTermModifier mod; } keys[] = {
	{ "Up", VTERM_KEY_UP, 0 }, { "Down", VTERM_KEY_DOWN, 0 },
	{ "Left", VTERM_KEY_LEFT, 0 }, { "Right", VTERM_KEY_RIGHT, 0 },
	{ "PageUp", VTERM_KEY_PAGEUP, 0 }, { "PageDown", VTERM_KEY_PAGEDOWN, 0 },
	{ "Home", VTERM_KEY_HOME, 0 }, { "End", VTERM_KEY_END, 0 },
	{ "Insert", VTERM_KEY_INS, 0 }, { "Delete", VTERM_KEY_DEL, 0 },
	{ "Enter", VTERM_KEY_ENTER, 0 }, { "Tab", VTERM_KEY_TAB, 0 },
	{ "Shift-Tab", VTERM_KEY_TAB, VTERM_MOD_SHIFT },
	{ "Backspace", VTERM_KEY_BACKSPACE, 0 },
	{ "Shift-Left", VTERM_KEY_LEFT, VTERM_MOD_SHIFT },
	{ "Shift-Right", VTERM_KEY_RIGHT, VTERM_MOD_SHIFT },
	{ "Ctrl-Left", VTERM_KEY_LEFT, VTERM_MOD_CTRL },
	{ "Ctrl-Right", VTERM_KEY_RIGHT, VTERM_MOD_CTRL },
	{ "Ctrl-Up", VTERM_KEY_UP, VTERM_MOD_CTRL },
	{ "Ctrl-Down", VTERM_KEY_DOWN, VTERM_MOD_CTRL },
	{ "Ctrl-Home", VTERM_KEY_HOME, VTERM_MOD_CTRL },
	{ "Ctrl-End", VTERM_KEY_END, VTERM_MOD_CTRL },
	{ "Ctrl-Delete", VTERM_KEY_DEL, VTERM_MOD_CTRL },
	{ "Alt-Left", VTERM_KEY_LEFT, VTERM_MOD_ALT },
	{ "Alt-Right", VTERM_KEY_RIGHT, VTERM_MOD_ALT },
};

void console_escape(struct vt *t)
{
	/* as long as it may be the first of two keys */
	long end = vt_clock() + 400;

	vt_type(t, "\33");
	while (vt_before(t, end))
		continue;
}

bool console_press(struct vt *t, const char *key)
{
	char bytes[16];
	int n;

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (strcmp(keys[i].name, key) == 0) {
			vterm_keyboard_key(t->vt, keys[i].key, keys[i].mod);
			return true;
		}
	if (strcmp(key, "Esc") == 0) {
		console_escape(t);
	} else if (key[0] == 'F' && (n = atoi(key + 1)) > 0) {
		vt_key(t, VTERM_KEY_FUNCTION(n));
	} else if (strcmp(key, "Space") == 0) {
		vt_type(t, " ");
	} else if (strncmp(key, "Ctrl-", 5) == 0 && key[5] >= '@' && key[5] <= '_' && !key[6]) {
		snprintf(bytes, sizeof bytes, "%c", key[5] & 31);
		vt_type(t, bytes);
	} else if (strncmp(key, "Alt-", 4) == 0 && key[4]) {
		snprintf(bytes, sizeof bytes, "\33%.10s", key + 4);
		vt_type(t, bytes);
	} else if (key[0] && (!key[1] || (unsigned char)key[0] >= 0xc0)) {
		vt_type(t, key);
	} else {
		return false;
	}
	return true;
}

void console_show(struct vt *t)
{
	char row[4096];

	for (int i = 0; i < t->rows; i++)
		fprintf(stderr, "# %s\n", vt_row(t, i, row, sizeof row));
}

enum { HALF = (int)(uint32_t)-1 };	/* libvterm's right half of a wide character */

static bool is_one_of(struct vt *t, int y, int x, const char *set)
{
	uint32_t c = vt_cell(t, y, x).chars[0];
	char text[8] = { 0 };

	if (c < 0x2500 || c > 0x257f)
		return false;
	text[0] = (char)(0xe0 | c >> 12);
	text[1] = (char)(0x80 | (c >> 6 & 63));
	text[2] = (char)(0x80 | (c & 63));
	return strstr(set, text) != NULL;
}

/* Is there a box with its upper left corner here? */
static bool whole_box(struct vt *t, int top, int left)
{
	int right = left + 1, bottom = top + 1;

	while (right < t->cols && !is_one_of(t, top, right, "┐┬┌"))
		right++;
	while (bottom < t->rows && is_one_of(t, bottom, left, "│├┤"))
		bottom++;
	if (right >= t->cols || bottom >= t->rows || !is_one_of(t, bottom, left, "└┴"))
		return false;
	for (int y = top + 1; y < bottom; y++)
		if (!is_one_of(t, y, right, "│├┤"))
			return false;
	/* the lower border may have words in it, as the upper one its title */
	return is_one_of(t, bottom, left + 1, "─┴") && is_one_of(t, bottom, right - 1, "─┴") &&
	    is_one_of(t, bottom, right, "┘┴");
}

const char *console_broken(struct vt *t)
{
	bool box = false;

	if (t->cursor.row < 0 || t->cursor.row >= t->rows || t->cursor.col < 0 ||
	    t->cursor.col >= t->cols)
		return "the cursor is outside of the screen";
	for (int y = 0; y < t->rows; y++) {
		bool half = false;	/* must the right half of one come? */

		for (int x = 0; x < t->cols; x++) {
			VTermScreenCell c = vt_cell(t, y, x);

			if (half != ((int)c.chars[0] == HALF))
				return "half of a wide character stands alone";
			half = c.width == 2 && !half;
			box = box || (is_one_of(t, y, x, "┌") && whole_box(t, y, x));
		}
		if (half)
			return "half of a wide character stands at the border";
	}
	return box ? NULL : "there is no whole box";
}
