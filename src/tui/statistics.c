#include "tui/statistics.h"

#include "app/samples.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/ask.h"
#include "tui/curve.h"
#include "tui/draw.h"
#include "tui/linear.h"
#include "tui/mainview.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	ALL = SAMPLE_KINDS,	/* shown: one of the kinds, or this */
	SPARK_MS = 5 * 60000,
	HEAD_ROWS = 2,		/* above a chart: its name and its figures */
	TWO_ACROSS = 76,	/* columns in which two charts stand side by side */
};

struct statistics {
	struct view view;
	unsigned ups;
	int shown;
	enum span span;
	bool bars;
};

/* A time on the axis; a week's is a day. */
static const char *clock_words(enum span span, int64_t before, char *buf, size_t size)
{
	time_t at = time(NULL) - (time_t)(before / 1000);
	struct tm tm;

	strftime(buf, size, span == SPAN_WEEK ? "%m-%d" : "%H:%M", localtime_r(&at, &tm));
	return buf;
}

static void range(const struct bin *bins, int n, double *least, double *most)
{
	*least = *most = NAN;
	for (int i = 0; i < n; i++)
		if (bins[i].known > 0) {
			*least = fmin(*least, bins[i].min);	/* NAN gives way */
			*most = fmax(*most, bins[i].max);
		}
}

static void draw_chart(const struct statistics *s, enum sample_kind k, int y, int x, int rows,
    int cols)
{
	char from[16], middle[16], to[16];
	int n = curve_bins(cols, s->bars);
	/* edges stand still between two redraws, so that the curve does not shiver */
	int64_t ms = span_ms(s->span), width = ms / n, end = (loop_now() / width + 1) * width;
	struct bin *bins = mem_zero((size_t)n, sizeof *bins);

	samples_bins(app_samples(s->view.tui->app, s->ups), k, end - width * n, end, n, bins);
	clock_words(s->span, ms, from, sizeof from);
	clock_words(s->span, ms / 2, middle, sizeof middle);
	clock_words(s->span, 0, to, sizeof to);
	curve_draw(y, x, rows, cols, sample_attr(k), bins, n, from, middle, to, s->bars);
	free(bins);
}

static void figures_of(const struct statistics *s, enum sample_kind k, struct figures *f)
{
	samples_figures(app_samples(s->view.tui->app, s->ups), k, s->span, loop_now(), f);
}

static void draw_kind(const struct statistics *s, enum sample_kind k, int y, int x, int rows,
    int cols)
{
	struct figures f;
	struct text t = { 0 };
	int used;

	figures_of(s, k, &f);
	used = screen_put(y, x, cols, ROLE_HEAD, tr(sample_attr(k)->label));
	curve_figure(&t, sample_attr(k), _("now"), f.now);
	screen_put(y, x + used + 2, cols - used - 2, ROLE_TEXT, t.s);
	text_done(&t);
	curve_range(&t, sample_attr(k), &f);
	draw_wrapped(y + 1, x, 1, cols, ROLE_TEXT, t.s);
	text_done(&t);
	draw_chart(s, k, y + HEAD_ROWS, x, rows - HEAD_ROWS, cols);
}

static void draw_all(const struct statistics *s, int y, int x, int rows, int cols)
{
	int across = cols >= TWO_ACROSS ? 2 : 1, down = SAMPLE_KINDS / across;

	for (int k = 0; k < SAMPLE_KINDS; k++) {
		int column = k % across, row = k / across;
		int width = (cols - (across - 1) * 2) / across, height = rows / down;

		draw_kind(s, (enum sample_kind)k, y + row * height, x + column * (width + 2),
		    height, width);
	}
}

static void title(const struct statistics *s, const struct node *n, char *buf, size_t size)
{
	snprintf(buf, size, _("Statistics: %s, %s"), node_name(n), tr(span_label(s->span)));
}

static void draw(struct view *v)
{
	const struct statistics *s = (const struct statistics *)v;
	const struct node *n = site_find(app_site(v->tui->app), s->ups);
	int rows = screen_rows() - 3, cols = screen_cols();
	char words[200];

	screen_fill(1, 0, rows, cols, ROLE_TEXT);
	title(s, n, words, sizeof words);
	screen_box(1, 0, rows, cols, ROLE_FOCUS, words);
	if (!app_samples(v->tui->app, s->ups))
		screen_put(2, 2, cols - 4, ROLE_OLD, _("It has not answered yet: there is nothing to draw."));
	else if (s->shown == ALL)
		draw_all(s, 2, 2, rows - 2, cols - 4);
	else
		draw_kind(s, (enum sample_kind)s->shown, 2, 2, rows - 2, cols - 4);
	screen_cursor(2, 2, false);
}

static bool is_ups(const struct node *n)
{
	return n && n->kind == KIND_UPS;
}

unsigned statistics_other_ups(struct tui *t, unsigned ups, bool next)
{
	const struct node *top = &site_network(app_site(t->app))->node, *before = NULL, *n;

	for (n = top; n && n->id != ups; n = node_next(n, top))
		if (is_ups(n))
			before = n;
	if (next)
		while (n && (n->id == ups || !is_ups(n)))
			n = node_next(n, top);
	else
		n = before;
	return n ? n->id : ups;
}

static void other_ups(struct statistics *s, bool next)
{
	s->ups = statistics_other_ups(s->view.tui, s->ups, next);
}

static void move(struct view *v, enum move move)
{
	struct statistics *s = (struct statistics *)v;

	switch (move) {
	case MOVE_LEFT:		s->span = (s->span + SPAN_COUNT - 1) % SPAN_COUNT; break;
	case MOVE_RIGHT:	s->span = (s->span + 1) % SPAN_COUNT; break;
	case MOVE_NEXT:		s->shown = (s->shown + 1) % (ALL + 1); break;
	case MOVE_PREVIOUS:	s->shown = (s->shown + ALL) % (ALL + 1); break;
	case MOVE_UP:		other_ups(s, false); break;
	case MOVE_DOWN:		other_ups(s, true); break;
	default:		break;
	}
}

static void leave(struct view *v)
{
	tui_close(v);
}

/* The UPS may be deleted while its curves are looked at. */
static void changed(struct view *v)
{
	if (!site_find(app_site(v->tui->app), ((struct statistics *)v)->ups))
		tui_close(v);
}

static void linear_next(struct view *v) { move(v, MOVE_DOWN); }
static void linear_previous(struct view *v) { move(v, MOVE_UP); }

/* The figures; a curve is nothing that can be told. */
static void linear(struct view *v, struct linear *l)
{
	static const struct linear_word words[] = {
		{ "+", N_("the next power device"), linear_next },
		{ "-", N_("the power device before"), linear_previous }, { 0 },
	};
	struct statistics *s = (struct statistics *)v;
	const struct node *n = site_find(app_site(v->tui->app), s->ups);
	char line[200];

	title(s, n, line, sizeof line);
	linear_say(l, "%s", line);
	for (int k = 0; k < SAMPLE_KINDS; k++) {
		struct figures f;
		struct text t = { 0 };

		figures_of(s, (enum sample_kind)k, &f);
		curve_figure(&t, sample_attr((enum sample_kind)k), _("now"), f.now);
		curve_range(&t, sample_attr((enum sample_kind)k), &f);
		linear_say(l, "  %s: %s", tr(sample_attr(k)->label), t.s);
		text_done(&t);
	}
	if (linear_turn(v, l, &(struct linear_view){ .words = words }) == LINEAR_BACK)
		tui_close(v);
}

static void free_view(struct view *v)
{
	free(v);
}

static const struct view_type type = {
	.name = "statistics", .draw = draw, .move = move, .ok = leave, .cancel = leave,
	.changed = changed, .free = free_view, .linear = linear,
};

bool statistics_can_open(struct tui *t, struct err *e)
{
	return is_ups(mainview_node(t)) ||
	    err_set(e, _("Select a power device: the curves are those of one."));
}

/* The hour, unless all that is known is in its last 10 minutes. */
static enum span fitting(const struct samples *samples)
{
	enum { PARTS = 6 };
	struct bin bins[PARTS] = { { 0 } };
	int64_t now = loop_now();

	samples_bins(samples, SAMPLE_VOLTAGE, now - span_ms(SPAN_HOUR), now, PARTS, bins);
	for (int i = 0; i < PARTS - 1; i++)
		if (bins[i].known > 0)
			return SPAN_HOUR;
	return SPAN_MINUTES;
}

void statistics_open(struct tui *t)
{
	struct statistics *s = mem_new(struct statistics);

	s->ups = mainview_node(t)->id;
	s->shown = ALL;
	s->span = fitting(app_samples(t->app, s->ups));
	tui_push(t, &s->view, &type);
}

static struct statistics *on_top(struct tui *t)
{
	return t->top->type == &type ? (struct statistics *)t->top : NULL;
}

bool statistics_is_open(struct tui *t, struct err *e)
{
	return on_top(t) || err_set(e, _("Open the statistics of a power device first."));
}

unsigned statistics_ups(struct tui *t)
{
	const struct node *n = mainview_node(t);

	return on_top(t) ? on_top(t)->ups : is_ups(n) ? n->id : 0;
}

void statistics_minutes(struct tui *t) { on_top(t)->span = SPAN_MINUTES; }
void statistics_hour(struct tui *t) { on_top(t)->span = SPAN_HOUR; }
void statistics_day(struct tui *t) { on_top(t)->span = SPAN_DAY; }
void statistics_week(struct tui *t) { on_top(t)->span = SPAN_WEEK; }
void statistics_voltage(struct tui *t) { on_top(t)->shown = SAMPLE_VOLTAGE; }
void statistics_load(struct tui *t) { on_top(t)->shown = SAMPLE_LOAD; }
void statistics_charge(struct tui *t) { on_top(t)->shown = SAMPLE_CHARGE; }
void statistics_runtime(struct tui *t) { on_top(t)->shown = SAMPLE_RUNTIME; }
void statistics_all(struct tui *t) { on_top(t)->shown = ALL; }
void statistics_bars(struct tui *t) { on_top(t)->bars = !on_top(t)->bars; }

static void export_said(struct tui *t, int which, const char *path, void *arg)
{
	const struct statistics *s = on_top(t);
	struct err e;

	(void)arg;
	if (which != 0 || !s || !*path)
		return;
	if (app_export_samples(t->app, s->ups, s->span, path, &e))
		tui_say(t, 0, _("The samples are in %s"), path);
	else
		ask_message(t, _("Not exported"), e.text);
}

void statistics_export(struct tui *t)
{
	const struct statistics *s = on_top(t);
	char *path = mem_printf("%s-%s.csv", node_name(site_find(app_site(t->app), s->ups)),
	    span_word(s->span));

	ask_text(t, _("Export samples"), _("CSV file:"), path, false, export_said, NULL);
	free(path);
}

char *statistics_spark(const struct app *app, unsigned ups, int cells)
{
	struct bin bins[64];
	int64_t width = SPARK_MS / cells, end = (loop_now() / width + 1) * width;
	double least, most;

	if (cells > (int)(sizeof bins / sizeof *bins))
		cells = sizeof bins / sizeof *bins;
	samples_bins(app_samples(app, ups), SAMPLE_VOLTAGE, end - width * cells, end, cells, bins);
	range(bins, cells, &least, &most);
	return chart_spark(bins, cells, 0, isnan(most) || most <= 0 ? 1 : most * 1.1,
	    !chart_braille());
}
