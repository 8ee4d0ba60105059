#include "tui/shape.h"

#include "base/ambiguous.h"
#include "base/text.h"

#include <stddef.h>

static enum shapes used;
static bool (*in_font)(uint32_t);

static const struct pair { const char *all; char ascii; } shapes[SHAPE_COUNT] = {
	[SHAPE_FOLDED] = { "▸", '+' }, [SHAPE_UNFOLDED] = { "▾", '-' },
	[SHAPE_CHOICE] = { "▾", 'v' }, [SHAPE_CHANGED] = { "›", '>' },
	[SHAPE_MORE] = { "…", '~' }, [SHAPE_ABOVE] = { "▲", '^' },
	[SHAPE_BELOW] = { "▼", 'v' }, [SHAPE_HIDDEN] = { "•", '*' },
	[SHAPE_DIFFERS] = { "≠", '!' }, [SHAPE_NONE] = { "–", '-' },
	[SHAPE_ON] = { "●", '*' }, [SHAPE_PAUSED] = { "‖", '|' },
	[SHAPE_H] = { "─", '-' }, [SHAPE_V] = { "│", '|' },
	[SHAPE_TOP_LEFT] = { "┌", '+' }, [SHAPE_TOP_RIGHT] = { "┐", '+' },
	[SHAPE_BOTTOM_LEFT] = { "└", '+' }, [SHAPE_BOTTOM_RIGHT] = { "┘", '+' },
	[SHAPE_JOINT_TOP] = { "┬", '+' }, [SHAPE_JOINT_BOTTOM] = { "┴", '+' },
	[SHAPE_JOINT_LEFT] = { "├", '+' }, [SHAPE_JOINT_RIGHT] = { "┤", '+' },
	[SHAPE_CROSS] = { "┼", '+' },
	[SHAPE_FULL] = { "█", '#' }, [SHAPE_EMPTY] = { "░", '.' },
};

/* Others that stand in texts, bars and charts. */
static const struct { uint32_t from, to; char ascii; } others[] = {
	{ 0x00a0, 0x00a0, ' ' }, { 0x00b0, 0x00b0, ' ' }, { 0x00b1, 0x00b1, '~' },
	{ 0x00b7, 0x00b7, '.' }, { 0x00d7, 0x00d7, 'x' },
	{ 0x2013, 0x2015, '-' }, { 0x2018, 0x2019, '\'' }, { 0x201c, 0x201d, '"' },
	{ 0x2190, 0x2190, '<' }, { 0x2191, 0x2191, '^' }, { 0x2192, 0x2192, '>' },
	{ 0x2193, 0x2193, 'v' }, { 0x2264, 0x2264, '<' }, { 0x2265, 0x2265, '>' },
	{ 0x2550, 0x2550, '=' }, { 0x2502, 0x2503, '|' }, { 0x2500, 0x2501, '-' },
	{ 0x2504, 0x2505, '-' }, { 0x2506, 0x2507, ':' }, { 0x2508, 0x2509, '-' },
	{ 0x250a, 0x250b, ':' }, { 0x250c, 0x254b, '+' }, { 0x254c, 0x254d, '-' },
	{ 0x254e, 0x254f, ':' }, { 0x2551, 0x2551, '|' }, { 0x2552, 0x257f, '+' },
	/* parts of a block: from the half on they count as full */
	{ 0x2580, 0x2580, '"' }, { 0x2581, 0x2583, '_' }, { 0x2584, 0x2588, '#' },
	{ 0x2589, 0x258c, '#' }, { 0x258d, 0x258f, '.' }, { 0x2590, 0x2590, '#' },
	{ 0x2591, 0x2592, '.' }, { 0x2593, 0x2593, '#' }, { 0x2594, 0x259f, '#' },
	{ 0x25a0, 0x25a1, '#' }, { 0x25aa, 0x25ab, '*' }, { 0x25b6, 0x25b8, '>' },
	{ 0x25c0, 0x25c2, '<' }, { 0x25cb, 0x25cb, 'o' },
	{ 0x2713, 0x2714, '*' }, { 0x2717, 0x2718, 'x' },
	{ 0x2800, 0x2800, ' ' }, { 0x2801, 0x28ff, '*' },
};

void shape_use(enum shapes which)
{
	used = which;
}

enum shapes shape_used(void)
{
	return used;
}

void shape_font(bool (*has)(uint32_t))
{
	in_font = has;
}

static char ascii_of(uint32_t cp)
{
	for (size_t i = 0; i < SHAPE_COUNT; i++) {
		uint32_t one;

		text_next(shapes[i].all, NULL, &one);
		if (one == cp)
			return shapes[i].ascii;
	}
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (cp >= others[i].from && cp <= others[i].to)
			return others[i].ascii;
	return '\0';
}

bool shape_is(uint32_t cp)
{
	return ascii_of(cp) != '\0';
}

static bool is_shown(uint32_t cp)
{
	if (in_font && !in_font(cp))
		return false;
	return used == SHAPES_ALL || (used == SHAPES_NARROW && !is_ambiguous(cp));
}

char shape_instead(uint32_t cp)
{
	char c;

	if (cp < 0x80 || is_shown(cp))
		return '\0';
	c = ascii_of(cp);
	return c || used != SHAPES_PLAIN ? c : '?';
}

const char *shape(enum shape_id s)
{
	static char ascii[SHAPE_COUNT][2];
	uint32_t cp;

	text_next(shapes[s].all, NULL, &cp);
	if (!shape_instead(cp))
		return shapes[s].all;
	ascii[s][0] = shapes[s].ascii;
	return ascii[s];
}
