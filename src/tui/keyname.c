#include "tui/keyname.h"

#include "base/i18n.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Keys with modifiers are known by their terminfo name only. */
static const struct { const char *curses, *name; } names[] = {
	{ "KEY_UP", "Up" }, { "KEY_DOWN", "Down" }, { "KEY_LEFT", "Left" },
	{ "KEY_RIGHT", "Right" }, { "KEY_HOME", "Home" }, { "KEY_END", "End" },
	{ "KEY_PPAGE", "PageUp" }, { "KEY_NPAGE", "PageDown" },
	{ "KEY_IC", "Insert" }, { "KEY_DC", "Delete" },
	{ "KEY_BACKSPACE", "Backspace" }, { "KEY_ENTER", "Enter" },
	{ "KEY_BTAB", "Shift-Tab" }, { "KEY_FIND", "Home" }, { "KEY_SELECT", "End" },
	{ "KEY_SLEFT", "Shift-Left" }, { "KEY_SRIGHT", "Shift-Right" },
	{ "kLFT5", "Ctrl-Left" }, { "kRIT5", "Ctrl-Right" },
	{ "kLFT3", "Alt-Left" }, { "kRIT3", "Alt-Right" },
	{ "kUP5", "Ctrl-Up" }, { "kDN5", "Ctrl-Down" },
	{ "kHOM5", "Ctrl-Home" }, { "kEND5", "Ctrl-End" }, { "kDC5", "Ctrl-Delete" },
};

bool keyname_of_code(const char *curses, char name[KEY_NAME])
{
	int f;

	if (sscanf(curses, "KEY_F(%d)", &f) == 1 && f >= 1 && f <= 63) {
		snprintf(name, KEY_NAME, "F%d", f);
		return true;
	}
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i].curses, curses) == 0) {
			snprintf(name, KEY_NAME, "%s", names[i].name);
			return true;
		}
	return false;
}

/* The name of a character that is a key of its own, or NULL. */
static const char *named(uint32_t c)
{
	switch (c) {
	case 27:		return "Esc";
	case 9:			return "Tab";
	case 10: case 13:	return "Enter";
	case 8: case 127:	return "Backspace";
	case ' ':		return "Space";
	default:		return NULL;
	}
}

bool keyname_of_char(uint32_t c, char name[KEY_NAME])
{
	if (named(c))
		snprintf(name, KEY_NAME, "%s", named(c));
	else if (c < 32)
		snprintf(name, KEY_NAME, "Ctrl-%c", (int)('@' + c));
	else if (text_char_width(c) < 0)
		return false;
	else
		name[text_put(name, c)] = '\0';
	return true;
}

static bool check_ctrl(const char *name, const char *rest, struct err *e)
{
	char c = rest[0];

	if (strcmp(rest, "C") == 0 || strcmp(rest, "Z") == 0 || strcmp(rest, "\\") == 0)
		return err_set(e, _("%s belongs to the terminal: it interrupts, suspends or ends the program"), name);
	if (c >= 'a' && c <= 'z' && !rest[1])
		return err_set(e, _("%s: a letter with Ctrl is written large, Ctrl-%c"), name, c & ~0x20);
	if (c < '@' || c > '_' || rest[1])
		return err_set(e, _("no terminal sends %s"), name);
	if (named((uint32_t)c & 0x1f))
		return err_set(e, _("%s arrives as %s"), name, named((uint32_t)c & 0x1f));
	return true;
}

static bool is_f_key(const char *name)
{
	char *end;

	return name[0] == 'F' && name[1] >= '1' && name[1] <= '9' &&
	    strtol(name + 1, &end, 10) <= 63 && !*end;
}

bool keyname_check(const char *name, struct err *e)
{
	uint32_t cp;
	size_t n = text_next(name, NULL, &cp);

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i].name, name) == 0)
			return true;
	if (strcmp(name, "Esc") == 0 || strcmp(name, "Tab") == 0 ||
	    strcmp(name, "Space") == 0 || is_f_key(name))
		return true;
	if (n > 0 && !name[n] && cp != ' ' && cp != 0xfffd && text_char_width(cp) > 0)
		return true;
	if (strncmp(name, "Ctrl-", 5) == 0)
		return check_ctrl(name, name + 5, e);
	if (strncmp(name, "Alt-", 4) == 0) {
		name += 4;
		/* Esc and a digit is a function key */
		if (name[0] >= '0' && name[0] <= '9' && !name[1])
			return err_set(e, _("Alt-%s arrives as F%d"), name,
			    name[0] == '0' ? 10 : name[0] - '0');
		if (strncmp(name, "Alt-", 4) != 0 && strcmp(name, "Esc") != 0)
			return keyname_check(name, e);
	}
	return err_set(e, _("no terminal sends %s"), name);
}
