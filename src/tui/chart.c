#include "tui/chart.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/screen.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	LABEL_COLS = 8,		/* with the axis itself */
	NARROW = 24,		/* fewer columns have no scale */
	LOW_ROWS = 5,		/* fewer rows have no time axis */
	DOTS_X = 2, DOTS_Y = 4,
	EIGHTHS = 8,
};

/* The characters of a chart; blocks[0] is empty, the last one full. */
struct glyphs {
	const char *axis, *tick, *corner, *line;
	const char *const *blocks;
	int steps;
};

static const char *const blocks[] = { " ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
static const char *const ascii_blocks[] = { " ", "#" };
static const char *const ascii_levels[] = { " ", "_", ".", "-", "=", "+", "*", "%", "#" };
static const struct glyphs wide = { "│", "┤", "└", "─", blocks, EIGHTHS };
static const struct glyphs plain = { "|", "+", "+", "-", ascii_blocks, 1 };

bool chart_braille(void)
{
	return i18n_utf8() && !shape_instead(0x28ff);
}

int chart_label_cols(int cols)
{
	return cols < NARROW ? 0 : LABEL_COLS;
}

int chart_bins(int cols, bool bars, bool ascii)
{
	return (cols - chart_label_cols(cols)) * (bars || ascii ? 1 : DOTS_X);
}

/* 1, 2 or 5 times a power of ten, not less than x. */
static double round_step(double x)
{
	double ten = pow(10, floor(log10(x)));

	return x <= ten ? ten : x <= 2 * ten ? 2 * ten : x <= 5 * ten ? 5 * ten : 10 * ten;
}

void chart_scale(double least, double most, double span, double *low, double *high)
{
	double step;

	if (isnan(least) || isnan(most))
		least = most = 0;
	if (most - least < span) {
		double middle = (least + most) / 2;

		least = fmax(0, middle - span / 2);
		most = least + span;
	}
	step = round_step((most - least) / 8 * 0.999999);
	*low = floor(least / step * 1.000001) * step;
	*high = ceil(most / step * 0.999999) * step;
}

int chart_dot(double value, double low, double high, int dots)
{
	double at = (value - low) / (high - low) * (dots - 1);

	return at <= 0 ? 0 : at >= dots - 1 ? dots - 1 : (int)(at + 0.5);
}

/* The dots of one bin, from the bottom: as far as it ranges, and up to its neighbour. */
struct stroke {
	int from, to;		/* from > to: nothing */
};

static struct stroke stroke_of(const struct chart *c, int bin, int dots)
{
	const struct bin *b = &c->bins[bin];
	struct stroke s = { 1, 0 }, before;

	if (bin >= c->n || !(b->known > 0))
		return s;
	s.from = chart_dot(b->min, c->low, c->high, dots);
	s.to = chart_dot(b->max, c->low, c->high, dots);
	if (bin == 0 || !(b[-1].known > 0))
		return s;
	before.from = chart_dot(b[-1].min, c->low, c->high, dots);
	before.to = chart_dot(b[-1].max, c->low, c->high, dots);
	if (before.to < s.from)
		s.from = before.to + 1;
	else if (before.from > s.to)
		s.to = before.from - 1;
	return s;
}

static bool has_dot(const struct stroke *s, int dot)
{
	return dot >= s->from && dot <= s->to;
}

/* Braille numbers its dots down the left, down the right, then the bottom two. */
static void add_braille(struct text *t, const struct stroke *left, const struct stroke *right,
    int bottom)
{
	static const unsigned char bits[DOTS_X][DOTS_Y] = {
		{ 0x40, 0x04, 0x02, 0x01 }, { 0x80, 0x20, 0x10, 0x08 } };
	unsigned dots = 0;
	char utf8[5] = "";

	for (int i = 0; i < DOTS_Y; i++)
		dots |= (has_dot(left, bottom + i) ? bits[0][i] : 0u) |
		    (has_dot(right, bottom + i) ? bits[1][i] : 0u);
	if (!dots) {
		text_add(t, " ");
		return;
	}
	utf8[text_put(utf8, 0x2800 + dots)] = '\0';
	text_add(t, utf8);
}

/* A row of the curve, counted from the bottom. */
static void curve_row(struct text *t, const struct chart *c, int row, int rows, int cols)
{
	for (int i = 0; i < cols; i++) {
		struct stroke one = stroke_of(c, c->ascii ? i : 2 * i, c->ascii ? rows : rows * DOTS_Y);
		struct stroke two;

		if (c->ascii) {
			text_add(t, has_dot(&one, row) ? "*" : " ");
			continue;
		}
		two = stroke_of(c, 2 * i + 1, rows * DOTS_Y);
		add_braille(t, &one, &two, row * DOTS_Y);
	}
}

/* A bar is its mean; one that is known is never wholly without height. */
static void bar_row(struct text *t, const struct chart *c, const struct glyphs *g, int row,
    int rows, int cols)
{
	for (int i = 0; i < cols; i++) {
		int height = 0;

		if (i < c->n && c->bins[i].known > 0)
			height = 1 + chart_dot(c->bins[i].mean, c->low, c->high, rows * g->steps) -
			    row * g->steps;
		text_add(t, g->blocks[height < 0 ? 0 : height > g->steps ? g->steps : height]);
	}
}

/* "110V" at the right end of its columns, then the axis. */
static void label(struct text *t, const struct chart *c, const struct glyphs *g, bool given,
    double value)
{
	char words[60] = "";
	size_t fit;

	if (given)
		snprintf(words, sizeof words, "%.*f%s",
		    c->high - c->low < 4 || value != floor(value) ? 1 : 0, value, c->unit);
	fit = text_fit(words, LABEL_COLS - 1);
	words[fit] = '\0';
	text_printf(t, "%*s%s%s", LABEL_COLS - 1 - text_width(words), "", words,
	    given ? g->tick : g->axis);
}

/* Words at a column; words that are there already go before. */
static void place(char *line, int cols, int at, const char *words)
{
	int len = (int)strlen(words);

	if (at < 0 || at + len > cols)
		return;
	for (int i = at > 0 ? at - 1 : 0; i < at + len + 1 && i < cols; i++)
		if (line[i] != ' ')
			return;
	memcpy(line + at, words, (size_t)len);
}

static void time_axis(struct text *t, const struct chart *c, const struct glyphs *g,
    int left, int cols)
{
	char *line = mem_zero((size_t)cols + 1, 1);

	text_printf(t, "%*s%s", left > 0 ? left - 1 : 0, "", left ? g->corner : "");
	for (int i = 0; i < cols; i++)
		text_add(t, g->line);
	text_add(t, "\n");
	memset(line, ' ', (size_t)cols);
	place(line, cols, 0, c->from);
	place(line, cols, cols - (int)strlen(c->to), c->to);
	place(line, cols, (cols - (int)strlen(c->middle)) / 2, c->middle);
	text_printf(t, "%*s%s\n", left, "", line);
	free(line);
}

char *chart_text(const struct chart *c, int rows, int cols)
{
	const struct glyphs *g = c->ascii ? &plain : &wide;
	int left = chart_label_cols(cols), plot = rows < LOW_ROWS ? rows : rows - 2;
	struct text t = { 0 };

	for (int row = plot - 1; row >= 0; row--) {
		/* the middle one is exact only where there is a middle row */
		bool middle = plot % 2 && plot >= LOW_ROWS && row == plot / 2;

		if (left)
			label(&t, c, g, row == 0 || row == plot - 1 || middle,
			    middle ? (c->low + c->high) / 2 : row ? c->high : c->low);
		if (c->bars)
			bar_row(&t, c, g, row, plot, cols - left);
		else
			curve_row(&t, c, row, plot, cols - left);
		text_add(&t, "\n");
	}
	if (plot < rows)
		time_axis(&t, c, g, left, cols - left);
	return text_take(&t);
}

char *chart_spark(const struct bin *bins, int n, double low, double high, bool ascii)
{
	const char *const *levels = ascii ? ascii_levels : blocks;
	struct text t = { 0 };

	for (int i = 0; i < n; i++)
		text_add(&t, levels[bins[i].known > 0 ?
		    1 + chart_dot(bins[i].min, low, high, EIGHTHS) : 0]);
	return text_take(&t);
}

void chart_draw(int y, int x, int rows, int cols, enum role role, const struct chart *c)
{
	char *text = chart_text(c, rows, cols), *line = text, *end;
	int left = chart_label_cols(cols), plot = rows < LOW_ROWS ? rows : rows - 2;

	for (int i = 0; (end = strchr(line, '\n')); i++, line = end + 1) {
		*end = '\0';
		screen_put(y + i, x, left, ROLE_LABEL, line);
		screen_put(y + i, x + left, cols - left, i < plot ? role : ROLE_LABEL,
		    line + text_fit(line, left));
	}
	free(text);
}
