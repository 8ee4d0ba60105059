#include "tui/curve.h"

#include "base/i18n.h"
#include "tui/draw.h"

#include <math.h>
#include <string.h>

/* In which unit, and over what range at least; one that is not here: as it is. */
static const struct drawing {
	const char *name;
	const char *unit;	/* N_() */
	double divisor, span;
	bool from_zero;
	int digits;
} drawings[] = {
	{ "input-voltage", "V", 1, 10, false, 1 },
	{ "output-voltage", "V", 1, 10, false, 1 },
	{ "battery-voltage", "V", 1, 2, false, 1 },
	{ "load-percent", "%", 1, 100, true, 0 },
	{ "charge-percent", "%", 1, 100, true, 0 },
	{ "runtime-seconds", N_("m"), 60, 10, true, 0 },
	{ "output-watts", "W", 1, 100, true, 0 },
	{ "temperature-celsius", "°C", 1, 10, false, 1 },
	{ "input-frequency", "Hz", 1, 2, false, 1 },
};

static const struct drawing *drawing_of(const struct reading_attr *a)
{
	static const struct drawing other = { "", "", 1, 1, false, 1 };

	for (size_t i = 0; i < sizeof drawings / sizeof *drawings; i++)
		if (strcmp(drawings[i].name, a->name) == 0)
			return &drawings[i];
	return &other;
}

int curve_bins(int cols, bool bars)
{
	return chart_bins(cols, bars, !chart_braille());
}

void curve_draw(int y, int x, int rows, int cols, const struct reading_attr *a, struct bin *bins,
    int n, const char *from, const char *middle, const char *to, bool bars)
{
	const struct drawing *d = drawing_of(a);
	struct chart c = { .bins = bins, .n = n, .unit = tr(d->unit), .from = from,
	    .middle = middle, .to = to, .bars = bars, .ascii = !chart_braille() };
	double least = NAN, most = NAN;

	for (int i = 0; i < n; i++) {
		bins[i].min /= d->divisor;
		bins[i].max /= d->divisor;
		bins[i].mean /= d->divisor;
		if (bins[i].known > 0) {
			least = fmin(least, bins[i].min);	/* NAN gives way */
			most = fmax(most, bins[i].max);
		}
	}
	if (d->from_zero || bars)
		least = isnan(least) ? NAN : 0;
	chart_scale(least, most, d->span, &c.low, &c.high);
	chart_draw(y, x, rows, cols, ROLE_GOOD, &c);
}

void curve_figure(struct text *t, const struct reading_attr *a, const char *word, double v)
{
	const struct drawing *d = drawing_of(a);
	char time[40];

	if (isnan(v))
		text_printf(t, "%s –  ", word);
	else if (d->divisor > 1)
		text_printf(t, "%s %s  ", word, draw_duration((int64_t)v, time, sizeof time));
	else
		text_printf(t, "%s %.*f%s  ", word, d->digits, v, d->unit);
}

/* A time in the unit of its axis: three of them have room in half of 80 columns. */
static void add_range(struct text *t, const struct reading_attr *a, const char *word, double v)
{
	const struct drawing *d = drawing_of(a);

	if (isnan(v) || d->divisor == 1)
		curve_figure(t, a, word, v);
	else
		text_printf(t, "%s %.1f%s  ", word, v / d->divisor, tr(d->unit));
}

void curve_range(struct text *t, const struct reading_attr *a, const struct figures *f)
{
	add_range(t, a, _("min"), f->min);
	add_range(t, a, _("max"), f->max);
	add_range(t, a, _("mean"), f->mean);
}
