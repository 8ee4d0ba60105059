/*
 * chart - a series over time as lines of text: a curve of braille dots (2x4 a
 * cell) or bars, with its axes; ASCII where the terminal has no such characters.
 *
 * Pure but for chart_draw() and chart_braille(): bins and a scale go in, text
 * comes out. A bin of which nothing is known is left empty; nothing is drawn
 * over it.
 */
#ifndef AMC_TUI_CHART_H
#define AMC_TUI_CHART_H

#include "app/samples.h"
#include "tui/theme.h"

struct chart {
	const struct bin *bins;
	int n;			/* what chart_bins() says of its width, or fewer */
	double low, high;	/* of the scale, low < high */
	const char *unit;	/* behind the numbers of the scale */
	const char *from, *middle, *to;	/* below the time axis; "" for none */
	bool bars, ascii;
};

/* Columns that the scale takes at the left of the curve; 0 in a narrow chart. */
int chart_label_cols(int cols);
/* How many bins such a chart of that many columns shows. */
int chart_bins(int cols, bool bars, bool ascii);

/*
 * `rows` lines of `cols` columns, each ended by a newline; yours to free. The
 * last two rows are the time axis, unless there are fewer than five.
 */
char *chart_text(const struct chart *, int rows, int cols);
/* A line of n cells without axes, each as high as its bin's least value. */
char *chart_spark(const struct bin *, int n, double low, double high, bool ascii);

/*
 * A scale for what lies between least and most (NAN: nothing does): round
 * numbers that are at least `span` apart, and never below 0.
 */
void chart_scale(double least, double most, double span, double *low, double *high);
/* Which of n dots, from 0, shows the value. */
int chart_dot(double value, double low, double high, int dots);

void chart_draw(int y, int x, int rows, int cols, enum role, const struct chart *);

/* Does this terminal show braille and blocks? Everything that draws them asks here. */
bool chart_braille(void);

#endif
