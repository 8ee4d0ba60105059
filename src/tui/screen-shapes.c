/* What is made of screen_put() and screen_fill(): padded text, lines, boxes. */
#include "tui/screen.h"

#include "base/text.h"

void screen_pad(int y, int x, int cols, enum role role, const char *text)
{
	int used = screen_put(y, x, cols, role, text);

	screen_fill(y, x + used, 1, cols - used, role);
}

void screen_right(int y, int x, int cols, enum role role, const char *text)
{
	int left = cols - text_width(text);

	if (left < 0)
		left = 0;
	screen_fill(y, x, 1, left, role);
	screen_put(y, x + left, cols - left, role, text);
}

void screen_hline(int y, int x, int cols, enum role role)
{
	screen_repeat(y, x, 1, cols, role, shape(SHAPE_H));
}

void screen_box(int y, int x, int rows, int cols, enum role role, const char *title)
{
	screen_put(y, x, 1, role, shape(SHAPE_TOP_LEFT));
	screen_hline(y, x + 1, cols - 2, role);
	screen_put(y, x + cols - 1, 1, role, shape(SHAPE_TOP_RIGHT));
	screen_repeat(y + 1, x, rows - 2, 1, role, shape(SHAPE_V));
	screen_repeat(y + 1, x + cols - 1, rows - 2, 1, role, shape(SHAPE_V));
	screen_put(y + rows - 1, x, 1, role, shape(SHAPE_BOTTOM_LEFT));
	screen_hline(y + rows - 1, x + 1, cols - 2, role);
	screen_put(y + rows - 1, x + cols - 1, 1, role, shape(SHAPE_BOTTOM_RIGHT));
	if (title && *title) {
		bool longer = text_width(title) > cols - 4;
		int used;

		screen_put(y, x + 1, 1, role, " ");
		used = screen_put(y, x + 2, cols - 4 - longer, role, title);
		if (longer)
			used += screen_put(y, x + 2 + used, 1, role, shape(SHAPE_MORE));
		screen_put(y, x + 2 + used, 1, role, " ");
	}
}
