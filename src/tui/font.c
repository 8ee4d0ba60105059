#include "tui/font.h"

#include "base/mem.h"

#include <errno.h>
#include <linux/kd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Code page 437, as far as the console's lines and marks are in it. */
static const struct { uint16_t from, to; } old_fonts[] = {
	{ 0x0020, 0x007e }, { 0x00a0, 0x00a3 }, { 0x00b0, 0x00b2 }, { 0x00b7, 0x00b7 },
	{ 0x2022, 0x2022 }, { 0x2190, 0x2193 }, { 0x2264, 0x2265 }, { 0x2500, 0x2500 },
	{ 0x2502, 0x2502 }, { 0x250c, 0x250c }, { 0x2510, 0x2510 }, { 0x2514, 0x2514 },
	{ 0x2518, 0x2518 }, { 0x251c, 0x251c }, { 0x2524, 0x2524 }, { 0x252c, 0x252c },
	{ 0x2534, 0x2534 }, { 0x253c, 0x253c }, { 0x2550, 0x256c }, { 0x2580, 0x2580 },
	{ 0x2584, 0x2584 }, { 0x2588, 0x2588 }, { 0x258c, 0x258c }, { 0x2590, 0x2593 },
	{ 0x25a0, 0x25a0 }, { 0x25b2, 0x25b2 }, { 0x25bc, 0x25bc }, { 0x25cb, 0x25cb },
};

static struct {
	bool ends, told;
	unsigned char has[0x10000 / 8];
} font;

static void add(uint16_t cp)
{
	font.has[cp / 8] |= (unsigned char)(1 << cp % 8);
}

void font_take(const uint16_t *chars, size_t n)
{
	memset(&font, 0, sizeof font);
	font.ends = true;
	font.told = chars != NULL;
	for (size_t i = 0; chars && i < n; i++)
		add(chars[i]);
	for (size_t i = 0; !chars && i < sizeof old_fonts / sizeof *old_fonts; i++)
		for (unsigned cp = old_fonts[i].from; cp <= old_fonts[i].to; cp++)
			add((uint16_t)cp);
}

/* As many pairs as there are; false where no driver answers. */
static bool ask_driver(void)
{
	struct unimapdesc d = { .entry_ct = 0 };
	struct unipair *pairs;
	uint16_t *chars;
	bool told;

	if (ioctl(STDOUT_FILENO, GIO_UNIMAP, &d) == 0 || errno != ENOMEM)
		return false;
	pairs = mem_zero(d.entry_ct, sizeof *pairs);
	d.entries = pairs;
	told = ioctl(STDOUT_FILENO, GIO_UNIMAP, &d) == 0;
	chars = mem_zero(d.entry_ct, sizeof *chars);
	for (unsigned i = 0; told && i < d.entry_ct; i++)
		chars[i] = pairs[i].unicode;
	if (told)
		font_take(chars, d.entry_ct);
	free(chars);
	free(pairs);
	return told;
}

void font_look(const char *term)
{
	if (!term || (strcmp(term, "linux") != 0 && strncmp(term, "linux-", 6) != 0))
		memset(&font, 0, sizeof font);
	else if (!ask_driver())
		font_take(NULL, 0);
}

bool font_ends(void)
{
	return font.ends;
}

bool font_has(uint32_t cp)
{
	return cp < 0x10000 && font.has[cp / 8] >> cp % 8 & 1;
}

bool font_lacks_kana(void)
{
	return font.told && !font_has(0x3042);
}
