#include "tui/grid.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static struct {
	struct grid_cell *now, *old;
	int rows, cols;
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

void grid_forget(void)
{
	if (grid.old)
		memset(grid.old, 0, (size_t)grid.rows * (size_t)grid.cols * sizeof *grid.old);
}

void grid_done(void)
{
	free(grid.now);
	free(grid.old);
	memset(&grid, 0, sizeof grid);
}

static struct grid_cell *row(struct grid_cell *cells, int y)
{
	return cells + (size_t)y * (size_t)grid.cols;
}

static bool is_second_half(const struct grid_cell *c)
{
	return !c->chars[0];
}

static void blank(struct grid_cell *c, uint32_t role)
{
	*c = (struct grid_cell){ .chars = { ' ' }, .role = role };
}

/* If x is the second half of a wide character, blanks in its role take its place. */
static inline void split(struct grid_cell *r, int x)
{
	if (x <= 0 || x >= grid.cols || !is_second_half(&r[x]))
		return;
	blank(&r[x - 1], r[x - 1].role);
	blank(&r[x], r[x - 1].role);
}

void grid_clear(enum role role)
{
	size_t n = (size_t)grid.rows * (size_t)grid.cols;

	for (size_t i = 0; i < n; i++)
		blank(&grid.now[i], role);
}

static void put_mark(struct grid_cell *r, int x, uint32_t cp)
{
	int i = 1;

	if (--x > 0 && is_second_half(&r[x]))
		x--;
	if (x < 0)
		return;
	while (i <= GRID_MARKS && r[x].chars[i])
		i++;
	if (i <= GRID_MARKS)
		r[x].chars[i] = cp;
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
	r[x] = (struct grid_cell){ .chars = { cp }, .role = role };
	if (width == 2)
		r[x + 1] = (struct grid_cell){ .role = role };
}

void grid_put_ascii(int y, int x, enum role role, const char *text, int n)
{
	struct grid_cell *r;

	if (y < 0 || y >= grid.rows || x < 0 || x + n > grid.cols)
		return;
	r = row(grid.now, y);
	split(r, x);
	split(r, x + n);
	for (int i = 0; i < n; i++)
		r[x + i] = (struct grid_cell){ .chars = { (uint32_t)text[i] }, .role = role };
}

void grid_fill(int y, int x, int cols, enum role role)
{
	struct grid_cell *r;

	if (y < 0 || y >= grid.rows || x < 0 || x >= grid.cols || cols <= 0)
		return;
	if (cols > grid.cols - x)
		cols = grid.cols - x;
	r = row(grid.now, y);
	split(r, x);
	split(r, x + cols);
	for (int i = 0; i < cols; i++)
		blank(&r[x + i], role);
}

static bool same(const struct grid_cell *a, const struct grid_cell *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

const struct grid_cell *grid_changed(int y, int *x, int *n)
{
	struct grid_cell *now = row(grid.now, y), *old = row(grid.old, y);
	int from = 0, to = grid.cols;

	if (memcmp(now, old, (size_t)grid.cols * sizeof *now) == 0)
		return NULL;
	while (same(&now[from], &old[from]))
		from++;
	while (same(&now[to - 1], &old[to - 1]))
		to--;
	/* no half of a wide character, neither of the new ones nor of the old */
	if (from > 0 && (is_second_half(&now[from]) || is_second_half(&old[from])))
		from--;
	if (to < grid.cols && (is_second_half(&now[to]) || is_second_half(&old[to])))
		to++;
	memcpy(old + from, now + from, (size_t)(to - from) * sizeof *now);
	*x = from;
	*n = to - from;
	return now + from;
}
