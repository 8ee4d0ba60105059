#include "tui/grid.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum {
	MARKED = 0x110000,	/* from here on, behind all characters, those with marks */
	MARKED_MOST = 1024,	/* so many different ones stay for the next screen */
};

/* A character with marks. */
struct marked {
	uint32_t chars[1 + GRID_MARKS];
};

static struct {
	struct grid_cell *now, *old;
	int rows, cols;
	struct marked *marked;	/* each once: equal cells are equal bytes */
	size_t marked_n, marked_cap;
} grid;

void grid_resize(int rows, int cols)
{
	size_t n = (size_t)rows * (size_t)cols;

	if (rows == grid.rows && cols == grid.cols)
		return;
	grid_done();
	grid.now = mem_zero(n, sizeof *grid.now);
	grid.old = mem_zero(n, sizeof *grid.old);
	grid.rows = rows;
	grid.cols = cols;
}

int grid_rows(void)
{
	return grid.rows;
}

int grid_cols(void)
{
	return grid.cols;
}

void grid_forget(void)
{
	if (grid.old)
		memset(grid.old, 0, (size_t)grid.rows * (size_t)grid.cols * sizeof *grid.old);
}

void grid_done(void)
{
	free(grid.now);
	free(grid.old);
	free(grid.marked);
	memset(&grid, 0, sizeof grid);
}

static struct grid_cell *row(struct grid_cell *cells, int y)
{
	return cells + (size_t)y * (size_t)grid.cols;
}

static bool is_second_half(const struct grid_cell *c)
{
	return !c->what;
}

static struct grid_cell cell(uint32_t what, unsigned role)
{
	return (struct grid_cell){ .what = what & 0xffffff, .role = role & 0xff };
}

/* If x is the second half of a wide character, blanks in its role take its place. */
static inline void split(struct grid_cell *r, int x)
{
	if (x <= 0 || x >= grid.cols || !is_second_half(&r[x]))
		return;
	r[x - 1] = cell(' ', r[x - 1].role);
	r[x] = r[x - 1];
}

static void blank(struct grid_cell *cells, enum role role)
{
	for (int x = 0; x < grid.cols; x++)
		cells[x] = cell(' ', role);
	for (int y = 1; y < grid.rows; y++)
		memcpy(row(cells, y), cells, (size_t)grid.cols * sizeof *cells);
}

void grid_clear(enum role role)
{
	if (grid.marked_n > MARKED_MOST) {
		grid.marked_n = 0;
		grid_forget();	/* its cells tell of those that are gone */
	}
	blank(grid.now, role);
}

void grid_blank(enum role role)
{
	blank(grid.old, role);
}

void grid_chars(const struct grid_cell *c, uint32_t chars[1 + GRID_MARKS])
{
	struct marked one = { .chars = { c->what } };

	if (c->what >= MARKED)
		one = grid.marked[c->what - MARKED];
	memcpy(chars, one.chars, sizeof one.chars);
}

/* What stands for it in a cell. */
static uint32_t marked(const struct marked *one)
{
	for (size_t i = 0; i < grid.marked_n; i++)
		if (memcmp(&grid.marked[i], one, sizeof *one) == 0)
			return MARKED + (uint32_t)i;
	mem_grow(grid.marked, grid.marked_n, grid.marked_cap);
	grid.marked[grid.marked_n] = *one;
	return MARKED + (uint32_t)grid.marked_n++;
}

static void put_mark(struct grid_cell *r, int x, uint32_t cp)
{
	struct marked one;
	int i = 1;

	if (--x > 0 && is_second_half(&r[x]))
		x--;
	if (x < 0)
		return;
	grid_chars(&r[x], one.chars);
	while (i <= GRID_MARKS && one.chars[i])
		i++;
	if (i > GRID_MARKS)
		return;
	one.chars[i] = cp;
	r[x].what = marked(&one) & 0xffffff;
}

void grid_put(int y, int x, enum role role, uint32_t cp, int width)
{
	struct grid_cell *r;

	if (y < 0 || y >= grid.rows || x < 0 || x + width > grid.cols)
		return;
	r = row(grid.now, y);
	if (width == 0) {
		put_mark(r, x, cp);
		return;
	}
	split(r, x);
	split(r, x + width);
	r[x] = cell(cp, role);
	if (width == 2)
		r[x + 1] = cell(0, role);
}

void grid_put_ascii(int y, int x, enum role role, const char *text, int n)
{
	struct grid_cell *r;

	if (y < 0 || y >= grid.rows || x < 0 || x + n > grid.cols)
		return;
	r = row(grid.now, y);
	split(r, x);
	split(r, x + n);
	r += x;
	for (int i = 0; i < n; i++)
		r[i] = cell((uint32_t)text[i], role);
}

void grid_fill(int y, int x, int cols, enum role role)
{
	grid_repeat(y, x, cols, role, ' ');
}

void grid_repeat(int y, int x, int cols, enum role role, uint32_t cp)
{
	const struct grid_cell one = cell(cp, role);
	struct grid_cell *r;

	if (y < 0 || y >= grid.rows || x < 0 || x >= grid.cols || cols <= 0)
		return;
	if (cols > grid.cols - x)
		cols = grid.cols - x;
	r = row(grid.now, y);
	split(r, x);
	split(r, x + cols);
	r += x;
	for (int i = 0; i < cols; i++)
		r[i] = one;
}

static bool same(const struct grid_cell *a, const struct grid_cell *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

static bool is_half(const struct grid_cell *now, const struct grid_cell *old, int x)
{
	return is_second_half(&now[x]) || is_second_half(&old[x]);
}

const struct grid_cell *grid_changed(int y, int from, int *x, int *n)
{
	struct grid_cell *now = row(grid.now, y), *old = row(grid.old, y);
	int to;

	if (memcmp(now + from, old + from, (size_t)(grid.cols - from) * sizeof *now) == 0)
		return NULL;
	while (same(&now[from], &old[from]))
		from++;
	to = from + 1;
	for (int i = to; i < grid.cols && i < to + GRID_GAP; i++)
		if (!same(&now[i], &old[i]))
			to = i + 1;
	/* no half of a wide character, neither of the new ones nor of the old */
	if (from > 0 && is_half(now, old, from))
		from--;
	if (to < grid.cols && is_half(now, old, to))
		to++;
	memcpy(old + from, now + from, (size_t)(to - from) * sizeof *now);
	*x = from;
	*n = to - from;
	return now + from;
}
