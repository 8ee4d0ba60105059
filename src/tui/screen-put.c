/* Putting cells: into the grid, from where screen_flush() paints them. */
#include "tui/screen.h"

#include "base/text.h"
#include "tui/grid.h"
#include "tui/paint.h"

static struct {
	enum role ground;	/* what all others are drawn on */
	int y, x;		/* the cursor */
	bool visible;
} on;

void screen_clear(enum role role)
{
	on.ground = role;
	grid_resize(screen_rows(), screen_cols());
	grid_clear(role);
	on.visible = false;
}

int screen_put(int y, int x, int cols, enum role role, const char *text)
{
	int used = 0;

	if (y < 0 || y >= screen_rows() || x < 0 || x >= screen_cols())
		return 0;
	if (cols > screen_cols() - x)
		cols = screen_cols() - x;
	while (*text) {
		int ascii = text_ascii(text, cols - used), w;
		uint32_t cp;
		char instead;
		size_t n;

		if (ascii) {
			grid_put_ascii(y, x + used, role, text, ascii);
			used += ascii;
			text += ascii;
			continue;
		}
		n = text_next(text, NULL, &cp);
		w = text_char_width(cp);
		if (w < 0) {
			cp = shape_used() == SHAPES_ALL ? 0xfffd : '?';
			w = 1;
		}
		if (used + w > cols)
			break;
		if (text_is_joiner(cp)) {
			text += n;
			continue;
		}
		instead = shape_instead(cp);
		for (int i = 0; instead && i < w; i++)
			grid_put(y, x + used + i, role, (uint32_t)instead, 1);
		if (!instead)
			grid_put(y, x + used, role, cp, w);
		used += w;
		text += n;
	}
	return used;
}

void screen_repeat(int y, int x, int rows, int cols, enum role role, const char *one)
{
	uint32_t cp;
	char instead;

	text_next(one, NULL, &cp);
	instead = shape_instead(cp);
	for (int i = 0; i < rows; i++)
		grid_repeat(y + i, x, cols, role, instead ? (uint32_t)instead : cp);
}

void screen_fill(int y, int x, int rows, int cols, enum role role)
{
	for (int i = 0; i < rows; i++)
		grid_fill(y + i, x, cols, role);
}

void screen_cursor(int y, int x, bool visible)
{
	on.y = y;
	on.x = x;
	on.visible = visible;
}

void screen_flush(void)
{
	paint_flush(on.ground, on.y, on.x, on.visible);
}
