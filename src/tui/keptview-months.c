/* The report by month; a part of keptview */
#include "tui/keeping.h"

#include "base/i18n.h"
#include "tui/draw.h"
#include "tui/linear.h"

#include <math.h>
#include <stdio.h>

/* The columns of the report: where each begins in hundredths, and its title. */
static const struct { int part; const char *title; } columns[] = {
	{ 0, N_("Month") }, { 11, N_("known") }, { 24, N_("outages") }, { 35, N_("on battery") },
	{ 49, N_("energy") }, { 61, N_("least[V]") }, { 73, N_("most") }, { 82, N_("load") },
	{ 91, N_("temp.") },
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void put(int y, int cols, int column, enum role role, const char *text)
{
	int at = columns[column].part * cols / 100;
	int end = (column + 1 < COLUMNS ? columns[column + 1].part : 100) * cols / 100;

	screen_put(y, 2 + at, end - at - 1, role, text);
}

static const char *number(double v, const char *unit, char *buf, size_t size)
{
	if (isnan(v))
		snprintf(buf, size, "–");
	else
		snprintf(buf, size, "%.1f%s", v, unit);
	return buf;
}

/* The text of a column of a month. */
static const char *cell(const struct kept_month *m, int column, char *buf, size_t size)
{
	switch (column) {
	case 0: snprintf(buf, size, "%s", m->month); return buf;
	case 1: return number((double)m->known / 3600, "h", buf, size);
	case 2: snprintf(buf, size, "%d", m->outages); return buf;
	case 3: return draw_duration(m->on_battery, buf, size);
	case 4: return number(m->kilowatt_hours, "kWh", buf, size);
	case 5: return number(m->lowest, "", buf, size);
	case 6: return number(m->highest, "", buf, size);
	case 7: return number(m->load, "%", buf, size);
	default: return number(m->temperature, "°C", buf, size);
	}
}

int keptview_month_rows(void)
{
	return screen_rows() - 7;	/* less the bars, the box, the head and the words */
}

void keptview_draw_months(const struct keptview *x, int cols)
{
	int rows = keptview_month_rows();
	size_t n;
	const struct kept_month *list = kept_months(x->kept, &n);
	char buf[40];

	for (int c = 0; c < COLUMNS; c++)
		put(2, cols, c, ROLE_HEAD, tr(columns[c].title));
	/* the newest first */
	for (int i = 0; i < rows && x->top + i < (int)n; i++)
		for (int c = 0; c < COLUMNS; c++) {
			const struct kept_month *m = &list[n - 1 - (size_t)(x->top + i)];
			bool bad = (c == 2 && m->outages) || (c == 3 && m->on_battery);

			put(3 + i, cols, c, bad ? ROLE_WARNING : c ? ROLE_TEXT : ROLE_GROUP,
			    cell(m, c, buf, sizeof buf));
		}
	draw_more(3, screen_cols() - 2, rows, x->top, (int)n);
}

void keptview_scroll_months(struct keptview *x, int by)
{
	int top = x->top + by;
	size_t n;

	kept_months(x->kept, &n);
	x->top = draw_window(top, top, keptview_month_rows(), (int)n);
}

void keptview_tell_months(const struct keptview *x, struct linear *l)
{
	size_t n;
	const struct kept_month *list = kept_months(x->kept, &n);
	struct text t = { 0 };
	char buf[40];

	for (size_t i = n; i-- > 0;) {
		for (int c = 0; c < COLUMNS; c++)
			text_printf(&t, "%s%s %s", c ? ", " : "", tr(columns[c].title),
			    cell(&list[i], c, buf, sizeof buf));
		linear_say(l, "  %s", t.s);
		text_done(&t);
	}
}
