/*
 * curve - how a reading is drawn over time and told in figures: its unit, its scale.
 */
#ifndef AMC_TUI_CURVE_H
#define AMC_TUI_CURVE_H

#include "base/text.h"
#include "tui/chart.h"

/* How many bins a curve of that many columns shows. */
int curve_bins(int cols, bool bars);
/* The bins are the reading's own, and changed to the unit that is drawn. */
void curve_draw(int y, int x, int rows, int cols, const struct reading_attr *, struct bin *,
    int n, const char *from, const char *middle, const char *to, bool bars);
/* "now 101.3V  ", "min –  " */
void curve_figure(struct text *, const struct reading_attr *, const char *word, double value);
/* The least, the most and the mean. */
void curve_range(struct text *, const struct reading_attr *, const struct figures *);

#endif
