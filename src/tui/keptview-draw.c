/* How the kept statistics look; a part of keptview */
#include "tui/keeping.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/curve.h"
#include "tui/draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
	HEAD_ROWS = 2,		/* above a chart: its name and its figures */
	WORD_ROWS = 4,
	TWO_ACROSS = 76,	/* columns in which two charts stand side by side */
};

/* A time on the axis. */
static const char *clock_words(const struct keptview *x, int64_t at, char *buf, size_t size)
{
	time_t s = (time_t)(at / 1000);
	struct tm tm;

	localtime_r(&s, &tm);
	switch (x->period) {
	case KEPT_DAY:	strftime(buf, size, "%H:%M", &tm); break;
	case KEPT_YEAR:	strftime(buf, size, "%Y-%m", &tm); break;
	default:	strftime(buf, size, "%m-%d", &tm); break;
	}
	return buf;
}

static void draw_kind(const struct keptview *x, int v, int y, int at, int rows, int cols)
{
	const struct reading_attr *a = kept_attr(v);
	int n = curve_bins(cols, x->bars), used;
	struct bin *bins = mem_zero((size_t)n, sizeof *bins);
	char from[24], middle[24], to[24];
	struct figures f;
	struct text t = { 0 };

	kept_figures(x->kept, v, &f);
	used = screen_put(y, at, cols, ROLE_HEAD, tr(a->label));
	curve_figure(&t, a, x->back ? _("last") : _("now"), f.now);
	screen_put(y, at + used + 2, cols - used - 2, ROLE_TEXT, t.s);
	text_done(&t);
	curve_range(&t, a, &f);
	draw_wrapped(y + 1, at, 1, cols, ROLE_TEXT, t.s);
	text_done(&t);
	kept_bins(x->kept, v, x->from, x->to, n, bins);
	curve_draw(y + HEAD_ROWS, at, rows - HEAD_ROWS, cols, a, bins, n,
	    clock_words(x, x->from, from, sizeof from),
	    clock_words(x, (x->from + x->to) / 2, middle, sizeof middle),
	    clock_words(x, x->to, to, sizeof to), x->bars);
	free(bins);
}

static void draw_curves(const struct keptview *x, int y, int at, int rows, int cols)
{
	int across = cols >= TWO_ACROSS ? 2 : 1, down = KEPT_TOGETHER / across;

	if (x->shown != KEPT_ALL) {
		draw_kind(x, x->shown, y, at, rows, cols);
		return;
	}
	for (int k = 0; k < KEPT_TOGETHER; k++) {
		int width = (cols - (across - 1) * 2) / across, height = rows / down;

		draw_kind(x, keptview_together(k), y + k / across * height,
		    at + k % across * (width + 2), height, width);
	}
}

void keptview_draw(struct view *v)
{
	const struct keptview *x = (const struct keptview *)v;
	int rows = screen_rows() - 3, cols = screen_cols(), lines;
	struct text t = { 0 };
	char head[300];
	enum role role;

	screen_fill(1, 0, rows, cols, ROLE_TEXT);
	keptview_title(x, head, sizeof head);
	screen_box(1, 0, rows, cols, ROLE_FOCUS, head);
	if (x->report)
		keptview_draw_months(x, cols - 4);
	else
		draw_curves(x, 2, 2, rows - 3, cols - 4);
	role = keptview_words(x, &t);
	lines = draw_wrapped(0, 0, 0, cols - 4, role, t.s);
	if (lines > WORD_ROWS)
		lines = WORD_ROWS;
	/* an error takes what it needs of the axis */
	screen_fill(rows - lines, 2, lines, cols - 4, ROLE_TEXT);
	draw_wrapped(rows - lines, 2, lines, cols - 4, role, t.s);
	text_done(&t);
	screen_cursor(2, 2, false);
}
