/* model - terminals with quirks; see model.h */
#include "model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct model_cell *at(const struct model *m, int y, int x)
{
	return &m->cells[y * m->cols + x];
}

const struct model_cell *model_at(const struct model *m, int y, int x)
{
	return at(m, y, x);
}

static void wrong(struct model *m, const char *what)
{
	if (!m->wrong[0])
		snprintf(m->wrong, sizeof m->wrong, "%s, in %d,%d", what, m->y, m->x);
}

void model_start(struct model *m, unsigned quirks, int rows, int cols)
{
	memset(m, 0, sizeof *m);
	m->quirks = quirks;
	m->rows = rows;
	m->cols = cols;
	m->now = (struct model_cell){ ' ', 0, -1, -1 };
	m->cells = calloc((size_t)rows * (size_t)cols, sizeof *m->cells);
	for (int i = 0; i < rows * cols; i++)
		m->cells[i] = (struct model_cell){ 'Z', 0, -1, -1 };
}

void model_end(struct model *m)
{
	free(m->cells);
	m->cells = NULL;
}

static void erase(struct model *m, int y, int from, int to)
{
	struct model_cell blank = { ' ', 0, -1, m->quirks & MODEL_NO_BCE ? -1 : m->now.bg };

	for (int x = from; x < to; x++)
		*at(m, y, x) = blank;
}

static void line_feed(struct model *m)
{
	if (m->y + 1 < m->rows) {
		m->y++;
		return;
	}
	memmove(m->cells, at(m, 1, 0), (size_t)((m->rows - 1) * m->cols) * sizeof *m->cells);
	erase(m, m->rows - 1, 0, m->cols);
}

static bool has_look(const struct model *m)
{
	return m->now.look || m->now.fg >= 0 || m->now.bg >= 0;
}

static void move(struct model *m, int y, int x)
{
	if (m->quirks & MODEL_SMEARS && has_look(m))
		wrong(m, "it was moved with a look on");
	m->y = y < 0 ? 0 : y >= m->rows ? m->rows - 1 : y;
	m->x = x < 0 ? 0 : x >= m->cols ? m->cols - 1 : x;
	m->behind = false;
}

static int columns(const struct model *m, uint32_t c)
{
	bool unlike = m->quirks & MODEL_UNLIKE;

	if (c >= 0x300 && c < 0x370)
		return unlike ? 1 : 0;
	if (c >= 0x1f300 && c < 0x20000)
		return unlike ? 1 : 2;
	if (c == 0x2661)
		return unlike ? 2 : 1;
	return c >= 0x3000 && c < 0xff00 ? 2 : 1;
}

/* One half of a wide character is none. */
static void break_wide(struct model *m, int y, int x)
{
	if (x > 0 && x < m->cols && !at(m, y, x)->what) {
		at(m, y, x - 1)->what = ' ';
		at(m, y, x)->what = ' ';
	}
}

static void behind_last(struct model *m)
{
	m->x = m->cols - 1;
	if (m->stops || m->quirks & MODEL_STOPS)
		return;
	if (!(m->quirks & MODEL_WRAPS)) {
		m->behind = true;
		return;
	}
	m->x = 0;
	line_feed(m);
}

static void put(struct model *m, uint32_t c)
{
	int cols = columns(m, c);
	struct model_cell *to;

	if (cols == 0)
		return;
	if (m->behind || m->x + cols > m->cols) {
		m->behind = false;
		m->x = 0;
		line_feed(m);
	}
	if (c == '~' && m->quirks & MODEL_NO_TILDE)
		wrong(m, "a tilde");
	to = at(m, m->y, m->x);
	if (c == '_' && m->quirks & MODEL_OLD_UNDERLINE && to->what != ' ') {
		to->look |= MODEL_UNDERLINE;
	} else {
		break_wide(m, m->y, m->x);
		break_wide(m, m->y, m->x + cols);
		*to = m->now;
		to->what = c;
		if (cols == 2) {
			to[1] = m->now;
			to[1].what = 0;
		}
	}
	m->x += cols;
	if (m->x >= m->cols)
		behind_last(m);
}

static void colour(struct model *m, int *of, int n)
{
	if (n >= 8 && m->quirks & MODEL_DIRECT)
		wrong(m, "nearly black instead of a colour");
	*of = n;
}

static void look(struct model *m, int n)
{
	static const struct { int n; unsigned on, off; } looks[] = {
		{ 0, 0, 7 }, { 1, MODEL_BOLD, 0 }, { 4, MODEL_UNDERLINE, 0 },
		{ 7, MODEL_REVERSE, 0 }, { 24, 0, MODEL_UNDERLINE }, { 27, 0, MODEL_REVERSE },
	};

	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
		if (n == looks[i].n)
			m->now.look = (m->now.look | looks[i].on) & ~looks[i].off;
	if (n == 0 || n == 39)
		m->now.fg = -1;
	if (n == 0 || n == 49)
		m->now.bg = -1;
	if (n >= 30 && n < 38)
		m->now.fg = n - 30;
	if (n >= 40 && n < 48)
		m->now.bg = n - 40;
}

static void looks(struct model *m, char *s)
{
	int n;

	if (m->quirks & MODEL_COOKIES)
		put(m, ' ');
	do {
		n = (int)strtol(s, &s, 10);
		if (n == 38 || n == 48) {	/* 38;5;NUMBER */
			n = (int)strtol(s + 3, &s, 10);
			colour(m, &m->now.fg, n);
		} else {
			look(m, n);
		}
	} while (*s++ == ';');
}

/* ESC [ numbers and a letter */
static void control(struct model *m, char letter)
{
	char *s = m->escape;
	int n = (int)strtol(s, &s, 10), k = *s == ';' ? (int)strtol(s + 1, NULL, 10) : 0;

	switch (letter) {
	case 'H': move(m, n ? n - 1 : 0, k ? k - 1 : 0); break;
	case 'A': move(m, m->y - (n ? n : 1), m->x); break;
	case 'C': move(m, m->y, m->x + (n ? n : 1)); break;
	case 'm': looks(m, m->escape); break;
	case 'K': erase(m, m->y, m->x, m->cols); break;
	case 'X': erase(m, m->y, m->x, m->x + n < m->cols ? m->x + n : m->cols); break;
	case 'J':
		if (n == 0)
			erase(m, m->y, m->x, m->cols);
		for (int y = n == 0 ? m->y + 1 : 0; y < m->rows; y++)
			erase(m, y, 0, m->cols);
		break;
	case 'h':
	case 'l':
		if (strcmp(m->escape, "?7") == 0)
			m->stops = letter == 'l';
		break;
	default:
		wrong(m, "a sequence that it does not have");
	}
}

static void take_escape(struct model *m, char c)
{
	if (m->escape_len == 1 && c == '[') {
		m->escape_len = 2;
	} else if (m->escape_len == 1) {
		wrong(m, "an escape sequence that it does not have");
		m->escape_len = 0;
	} else if ((c >= '0' && c <= '?') && m->escape_len < sizeof m->escape) {
		m->escape[m->escape_len++ - 2] = c;
	} else {
		m->escape[m->escape_len - 2] = '\0';
		m->escape_len = 0;
		control(m, c);
	}
}

static void take_utf8(struct model *m, unsigned char c)
{
	if (c >= 0xc0) {
		m->lacks = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1;
		m->half = c & (0x3fu >> m->lacks);
	} else {
		m->half = m->half << 6 | (c & 0x3f);
		if (--m->lacks == 0)
			put(m, m->half);
	}
}

void model_read(struct model *m, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		char c = bytes[i];

		if (c == '\0')
			m->pads++;
		else if (m->escape_len)
			take_escape(m, c);
		else if (c == '\33')
			m->escape_len = 1;
		else if (c == '\r')
			move(m, m->y, 0);
		else if (c == '\n')
			move(m, m->y, m->x), line_feed(m);
		else if (c == '\b')
			move(m, m->y, m->x - 1);
		else if (c == '\7')
			continue;
		else if ((unsigned char)c >= 0x80)
			take_utf8(m, (unsigned char)c);
		else
			put(m, (uint32_t)c);
	}
}
