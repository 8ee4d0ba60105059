/*
 * The grid of cells: what it says is new makes of an old screen the one that was drawn,
 * and never half a wide character of it. Cases that broke, then random drawing beside a
 * model that keeps all of a cell.
 */
#include "tui/grid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { ROWS = 4, COLS = 24, ROUNDS = 20000 };

struct cell { uint32_t chars[1 + GRID_MARKS]; enum role role; };

/* The terminal: what it was told. The model: what was drawn. */
static struct cell shown[ROWS][COLS], drawn[ROWS][COLS];
static int rows, cols;

static bool is_half(const struct cell *c)
{
	return !c->chars[0];
}

/* Cells that are new. */
static void take_cells(int y, int x, const struct grid_cell *c, int n)
{
	for (int i = 0; i < n; i++) {
		grid_chars(&c[i], shown[y][x + i].chars);
		shown[y][x + i].role = c[i].role;
	}
	/* a half at its edge would leave the other one of an old character behind */
	assert_false(is_half(&shown[y][x]));
	assert_false(x + n < cols && is_half(&shown[y][x + n]));
}

/* Takes what is new of a row; how many cells. */
static int take(int y)
{
	const struct grid_cell *c;
	int from = 0, x, n, all = 0;

	while (from < cols && (c = grid_changed(y, from, &x, &n))) {
		assert_true(x >= from && n > 0 && x + n <= cols);
		take_cells(y, x, c, n);
		all += n;
		from = x + n;
	}
	return all;
}

static int take_all(void)
{
	int n = 0;

	for (int y = 0; y < rows; y++)
		n += take(y);
	return n;
}

static void same_as_drawn(void)
{
	for (int y = 0; y < rows; y++)
		for (int x = 0; x < cols; x++) {
			assert_memory_equal(shown[y][x].chars, drawn[y][x].chars,
			    sizeof shown[y][x].chars);
			assert_int_equal(shown[y][x].role, drawn[y][x].role);
		}
}

/* The same drawing, in the plainest way. */
static void model_clear(enum role role)
{
	for (int y = 0; y < rows; y++)
		for (int x = 0; x < cols; x++)
			drawn[y][x] = (struct cell){ { ' ' }, role };
}

static void model_split(struct cell *r, int x)
{
	if (x > 0 && x < cols && is_half(&r[x])) {
		r[x - 1] = (struct cell){ { ' ' }, r[x - 1].role };
		r[x] = r[x - 1];
	}
}

static void model_put(int y, int x, enum role role, uint32_t cp, int width)
{
	struct cell *r = drawn[y];
	int i = 1;

	if (width == 0) {
		x -= x > 1 && is_half(&r[x - 1]) ? 2 : 1;
		while (x >= 0 && i <= GRID_MARKS && r[x].chars[i])
			i++;
		if (x >= 0 && i <= GRID_MARKS)
			r[x].chars[i] = cp;
		return;
	}
	if (x + width > cols)
		return;
	model_split(r, x);
	model_split(r, x + width);
	r[x] = (struct cell){ { cp }, role };
	if (width == 2)
		r[x + 1] = (struct cell){ { 0 }, role };
}

static void clear(enum role role)
{
	grid_clear(role);
	model_clear(role);
}

static void put(int y, int x, enum role role, uint32_t cp, int width)
{
	grid_put(y, x, role, cp, width);
	model_put(y, x, role, cp, width);
}

static void repeat(int y, int x, int n, enum role role, uint32_t cp)
{
	grid_repeat(y, x, n, role, cp);
	for (int i = 0; i < n && x + i < cols; i++)
		model_put(y, x + i, role, cp, 1);
}

static void resize(int to_rows, int to_cols)
{
	grid_resize(to_rows, to_cols);
	rows = to_rows;
	cols = to_cols;
	/* whatever the terminal made of it */
	memset(shown, 0, sizeof shown);
	for (int y = 0; y < ROWS; y++)
		for (int x = 0; x < COLS; x++)
			shown[y][x].chars[0] = '?';
}

static int begin(void **state)
{
	(void)state;
	resize(2, 10);
	clear(ROLE_TEXT);
	assert_int_equal(take_all(), 20);
	same_as_drawn();
	return 0;
}

static int end(void **state)
{
	(void)state;
	grid_done();
	return 0;
}

static void what_is_old_is_not_told(void **state)
{
	(void)state;
	clear(ROLE_TEXT);
	assert_int_equal(take_all(), 0);
	put(1, 3, ROLE_TEXT, 'a', 1);
	put(1, 5, ROLE_TEXT, 'b', 1);
	assert_int_equal(take_all(), 3);
	same_as_drawn();
	clear(ROLE_TEXT);
	put(1, 3, ROLE_ERROR, 'a', 1);	/* another role is new, too */
	put(1, 5, ROLE_TEXT, 'b', 1);
	assert_int_equal(take_all(), 1);
	same_as_drawn();
	grid_forget();
	assert_int_equal(take_all(), 20);
	same_as_drawn();
	/* a terminal that was cleared has its blanks already */
	for (int y = 0; y < rows; y++)
		for (int x = 0; x < cols; x++)
			shown[y][x] = (struct cell){ { ' ' }, ROLE_TEXT };
	grid_blank(ROLE_TEXT);
	assert_int_equal(take_all(), 3);
	same_as_drawn();
}

static void a_wide_one_comes_and_goes_whole(void **state)
{
	(void)state;
	put(0, 8, ROLE_TEXT, 0x96fb, 2);	/* at the right edge */
	put(0, 9, ROLE_TEXT, 0x6e90, 2);	/* has no room: nothing */
	put(0, 0, ROLE_TEXT, 0x6e90, 2);
	take_all();
	same_as_drawn();
	put(0, 1, ROLE_NOTE, 'x', 1);		/* on its second half */
	assert_int_equal(take_all(), 2);
	same_as_drawn();
	put(0, 8, ROLE_NOTE, 'x', 1);		/* on its first half */
	assert_int_equal(take_all(), 2);
	same_as_drawn();
	put(0, 3, ROLE_TEXT, 0x96fb, 2);
	put(0, 4, ROLE_TEXT, 0x6e90, 2);	/* from half to half */
	take_all();
	same_as_drawn();
	/* of the role 0 a second half has no bit set, like a cell that is forgotten */
	grid_forget();
	assert_int_equal(take_all(), 20);
	same_as_drawn();
}

static void marks_stand_on_their_character(void **state)
{
	(void)state;
	put(0, 1, ROLE_TEXT, 0x301, 0);		/* on the blank at 0 */
	put(0, 2, ROLE_TEXT, 0x30ab, 2);
	for (int i = 0; i < GRID_MARKS + 2; i++)
		put(0, 4, ROLE_TEXT, 0x3099 + (uint32_t)i, 0);
	put(0, 0, ROLE_TEXT, 0x301, 0);		/* on nothing */
	take_all();
	same_as_drawn();
	clear(ROLE_TEXT);
	put(0, 1, ROLE_TEXT, 0x301, 0);
	take_all();
	same_as_drawn();
	assert_int_equal(take_all(), 0);
}

static uint32_t any(uint32_t below)
{
	static uint32_t state = 1;

	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % below;
}

/* As a drawing does: anywhere, over what is there, with many different marks. */
static void put_anything(void)
{
	int y = (int)any((uint32_t)rows), x = (int)any((uint32_t)cols);
	enum role role = any(3) ? ROLE_TEXT : (enum role)any(ROLE_COUNT);
	char text[] = "abcdefgh";
	int n = 1 + (int)any(sizeof text - 1);

	switch (any(6)) {
	case 0:
		put(y, x, role, 0x4e00 + any(200), 2);
		break;
	case 1:
		put(y, x, role, 0x300 + any(112), 0);
		break;
	case 2:
		repeat(y, x, n, role, any(2) ? ' ' : 0x2500);
		break;
	case 3:
		grid_put_ascii(y, x, role, text, n);
		for (int i = 0; x + n <= cols && i < n; i++)
			model_put(y, x + i, role, (uint32_t)text[i], 1);
		break;
	default:
		put(y, x, role, 'A' + any(26), 1);
	}
}

static void random_drawing(void **state)
{
	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		if (any(50) == 0)
			resize(1 + (int)any(ROWS), 2 + (int)any(COLS - 1));
		if (any(50) == 0)
			grid_forget();
		clear(any(4) ? ROLE_TEXT : ROLE_DIALOG);
		for (uint32_t n = any(30); n > 0; n--)
			put_anything();
		take_all();
		same_as_drawn();
		assert_int_equal(take_all(), 0);
	}
}

#define GRID_TEST(t) cmocka_unit_test_setup_teardown(t, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		GRID_TEST(what_is_old_is_not_told),
		GRID_TEST(a_wide_one_comes_and_goes_whole),
		GRID_TEST(marks_stand_on_their_character),
		GRID_TEST(random_drawing),
	};

	return cmocka_run_group_tests_name("grid", tests, NULL, NULL);
}
