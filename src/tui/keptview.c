#include "tui/keptview.h"

#include "app/archive.h"
#include "app/kept.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utc.h"
#include "tui/ask.h"
#include "tui/curve.h"
#include "tui/draw.h"
#include "tui/linear.h"
#include "tui/login.h"
#include "tui/mainview.h"
#include "tui/statistics.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum period { DAY, WEEK, MONTH, YEAR, PERIODS };
enum {
	ALL = -1,		/* shown: one of the readings, or the first of these together */
	TOGETHER = 4,
	HEAD_ROWS = 2,		/* above a chart: its name and its figures */
	TWO_ACROSS = 76,	/* columns in which two charts stand side by side */
	BACK_MAX = 400,
};

struct keptview {
	struct view view;
	struct kept *kept;
	unsigned ups;
	enum period period;
	int back;		/* 0: up to now; 1: the whole day (week …) before, and so on */
	int64_t from, to;
	int shown;
	bool bars, report;
	int top;		/* of the months */
	bool told;		/* linear mode: this is told already */
};

/* Which readings stand together, in which order: those of the live statistics. */
static const char *const together[TOGETHER] = { "input-voltage", "load-percent",
	"charge-percent", "runtime-seconds" };

static const char *const live[] = {
	[DAY] = N_("last day"), [WEEK] = N_("last week"), [MONTH] = N_("last month"),
	[YEAR] = N_("last year"),
};

static int value_of(const char *name)
{
	int v = 0;

	while (kept_attr(v) && strcmp(kept_attr(v)->name, name) != 0)
		v++;
	return v;
}

static int values(void)
{
	int v = 0;

	while (kept_attr(v))
		v++;
	return v;
}

/* The beginning of the n-th whole period before the one of now; n = 0: of that one. */
static int64_t beginning(enum period p, int n)
{
	time_t now = time(NULL);
	struct tm tm;

	localtime_r(&now, &tm);
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	tm.tm_isdst = -1;
	switch (p) {
	case DAY:	tm.tm_mday -= n; break;
	case WEEK:	tm.tm_mday -= (tm.tm_wday + 6) % 7 + 7 * n; break;	/* a Monday */
	case MONTH:	tm.tm_mday = 1; tm.tm_mon -= n; break;
	default:	tm.tm_mday = 1; tm.tm_mon = 0; tm.tm_year -= n; break;
	}
	return (int64_t)mktime(&tm) * 1000;
}

static void load(struct keptview *x)
{
	static const int days[] = { [DAY] = 1, [WEEK] = 7, [MONTH] = 31, [YEAR] = 366 };

	x->told = false;
	if (x->report) {
		x->top = 0;
		kept_ask_months(x->kept, x->ups);
		return;
	}
	x->to = x->back ? beginning(x->period, x->back - 1) : utc_now();
	x->from = x->back ? beginning(x->period, x->back) :
	    x->to - days[x->period] * INT64_C(86400000);
	kept_ask(x->kept, x->ups, x->from, x->to);
}

static void heard(void *arg)
{
	tui_draw_soon(((struct keptview *)arg)->view.tui);
}

/* A time on the axis. */
static const char *clock_words(const struct keptview *x, int64_t at, char *buf, size_t size)
{
	time_t s = (time_t)(at / 1000);
	struct tm tm;

	localtime_r(&s, &tm);
	switch (x->period) {
	case DAY:	strftime(buf, size, "%H:%M", &tm); break;
	case YEAR:	strftime(buf, size, "%Y-%m", &tm); break;
	default:	strftime(buf, size, "%m-%d", &tm); break;
	}
	return buf;
}

/* "last day", or which one it was. */
static const char *period_words(const struct keptview *x, char *buf, size_t size)
{
	time_t s = (time_t)(x->from / 1000);
	char date[40];
	struct tm tm;

	localtime_r(&s, &tm);
	switch (x->period) {
	case YEAR:	strftime(date, sizeof date, "%Y", &tm); break;
	case MONTH:	strftime(date, sizeof date, "%Y-%m", &tm); break;
	default:	strftime(date, sizeof date, "%Y-%m-%d", &tm); break;
	}
	snprintf(buf, size, x->period == WEEK ? _("week from %s") : "%s", date);
	return x->back ? buf : tr(live[x->period]);
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
	int across = cols >= TWO_ACROSS ? 2 : 1, down = TOGETHER / across;

	if (x->shown != ALL) {
		draw_kind(x, x->shown, y, at, rows, cols);
		return;
	}
	for (int k = 0; k < TOGETHER; k++) {
		int width = (cols - (across - 1) * 2) / across, height = rows / down;

		draw_kind(x, value_of(together[k]), y + k / across * height,
		    at + k % across * (width + 2), height, width);
	}
}

static void title(const struct keptview *x, char *buf, size_t size)
{
	const struct node *n = site_find(app_site(x->view.tui->app), x->ups);
	const struct node *who = site_find(app_site(x->view.tui->app), kept_terminal(x->kept));
	const char *name = n ? node_name(n) : "?";
	char when[80];

	if (x->report)
		snprintf(buf, size, _("Report by month: %s"), name);
	else
		snprintf(buf, size, _("Kept statistics: %s, %s"), name,
		    period_words(x, when, sizeof when));
	if (who)
		snprintf(buf + strlen(buf), size - strlen(buf), " · %s", node_name(who));
}

/* What there is to say: who is asked, why there is nothing, how long it was on battery. */
static enum role words(const struct keptview *x, struct text *t)
{
	int64_t known, battery;
	char a[40], b[40];

	kept_seconds(x->kept, &known, &battery);
	if (*kept_error(x->kept)) {
		text_add(t, kept_error(x->kept));
		text_printf(t, " · %s", _("Esc goes back to what this console has seen."));
		return ROLE_WARNING;
	}
	if (!archive_role(x->view.tui->app) && !kept_terminal(x->kept)) {
		text_add(t, _("Nobody is logged in: l asks for the password."));
		return ROLE_NOTE;
	}
	if (kept_busy(x->kept))
		text_add(t, _("asking…"));
	else if (x->report)
		text_add(t, _("Months are UTC. Voltages are those while there were mains."));
	else if (!known)
		text_add(t, _("Nothing is known of this time."));
	else
		text_printf(t, _("known: %s, on battery: %s"), draw_duration(known, a, sizeof a),
		    draw_duration(battery, b, sizeof b));
	return ROLE_HINT;
}

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

static void draw_report(const struct keptview *x, int rows, int cols)
{
	size_t n;
	const struct kept_month *list = kept_months(x->kept, &n);
	char buf[40];

	for (int c = 0; c < COLUMNS; c++)
		put(2, cols, c, ROLE_HEAD, tr(columns[c].title));
	/* the newest first */
	for (int i = 0; i < rows - 1 && x->top + i < (int)n; i++)
		for (int c = 0; c < COLUMNS; c++) {
			const struct kept_month *m = &list[n - 1 - (size_t)(x->top + i)];
			bool bad = (c == 2 && m->outages) || (c == 3 && m->on_battery);

			put(3 + i, cols, c, bad ? ROLE_WARNING : c ? ROLE_TEXT : ROLE_GROUP,
			    cell(m, c, buf, sizeof buf));
		}
	draw_more(3, screen_cols() - 2, rows - 1, x->top, (int)n);
}

static void draw(struct view *v)
{
	const struct keptview *x = (const struct keptview *)v;
	int rows = screen_rows() - 3, cols = screen_cols();
	struct text t = { 0 };
	char head[300];
	enum role role;

	screen_fill(1, 0, rows, cols, ROLE_TEXT);
	title(x, head, sizeof head);
	screen_box(1, 0, rows, cols, ROLE_FOCUS, head);
	if (x->report)
		draw_report(x, rows - 3, cols - 4);
	else
		draw_curves(x, 2, 2, rows - 3, cols - 4);
	role = words(x, &t);
	draw_wrapped(rows - 1, 2, 1, cols - 4, role, t.s);
	text_done(&t);
	screen_cursor(2, 2, false);
}

/* The next power device in tree order, or the one before. */
static void other_ups(struct keptview *x, bool next)
{
	unsigned ups = statistics_other_ups(x->view.tui, x->ups, next);

	if (ups == x->ups)
		return;
	x->ups = ups;
	load(x);
}

static void back(struct keptview *x, int by)
{
	if (x->report || x->back + by < 0 || x->back + by > BACK_MAX)
		return;
	x->back += by;
	load(x);
}

static void other_reading(struct keptview *x, int by)
{
	x->shown = (x->shown + 1 + by + values() + 1) % (values() + 1) - 1;
	x->told = false;
}

static void move(struct view *v, enum move move)
{
	struct keptview *x = (struct keptview *)v;

	switch (move) {
	case MOVE_LEFT: case MOVE_PAGE_UP:	back(x, 1); break;
	case MOVE_RIGHT: case MOVE_PAGE_DOWN:	back(x, -1); break;
	case MOVE_END:		back(x, -x->back); break;
	case MOVE_NEXT:		other_reading(x, 1); break;
	case MOVE_PREVIOUS:	other_reading(x, -1); break;
	case MOVE_UP:		other_ups(x, false); break;
	case MOVE_DOWN:		other_ups(x, true); break;
	default:		break;
	}
}

/* 1 to 9: a reading alone. */
static bool key(struct view *v, const char *name)
{
	struct keptview *x = (struct keptview *)v;

	if (name[0] < '1' || name[0] > '9' || name[1] || name[0] - '1' >= values())
		return false;
	x->shown = name[0] - '1' < TOGETHER ? value_of(together[name[0] - '1']) : ALL;
	for (int k = TOGETHER, i = 0; x->shown == ALL && kept_attr(i); i++) {
		bool first = false;

		for (int j = 0; j < TOGETHER; j++)
			first = first || value_of(together[j]) == i;
		if (!first && k++ == name[0] - '1')
			x->shown = i;
	}
	tui_draw_soon(v->tui);
	return true;
}

static void leave(struct view *v)
{
	tui_close(v);
}

/* The UPS may be deleted while its curves are looked at. */
static void changed(struct view *v)
{
	if (!site_find(app_site(v->tui->app), ((struct keptview *)v)->ups))
		tui_close(v);
}

static void tell(const struct keptview *x, struct linear *l)
{
	struct text t = { 0 };
	char head[300], buf[40];
	struct figures f;
	size_t n;
	const struct kept_month *list = kept_months(x->kept, &n);

	title(x, head, sizeof head);
	linear_say(l, "%s", head);
	words(x, &t);
	linear_say(l, "%s", t.s);
	text_done(&t);
	for (int v = 0; !x->report && kept_attr(v); v++) {
		kept_figures(x->kept, v, &f);
		curve_figure(&t, kept_attr(v), x->back ? _("last") : _("now"), f.now);
		curve_range(&t, kept_attr(v), &f);
		linear_say(l, "  %s: %s", tr(kept_attr(v)->label), t.s);
		text_done(&t);
	}
	for (size_t i = n; x->report && i-- > 0;) {
		for (int c = 0; c < COLUMNS; c++)
			text_printf(&t, "%s%s %s", c ? ", " : "", tr(columns[c].title),
			    cell(&list[i], c, buf, sizeof buf));
		linear_say(l, "  %s", t.s);
		text_done(&t);
	}
}

/* The figures; a curve is nothing that can be told. */
static void linear(struct view *v, struct linear *l)
{
	static const struct { char letter; void (*run)(struct tui *); } letters[] = {
		{ 'd', keptview_day }, { 'w', keptview_week }, { 'm', keptview_month },
		{ 'y', keptview_year }, { 'R', keptview_report }, { 't', keptview_terminal },
		{ 'l', keptview_log_in }, { 'x', keptview_export },
	};
	struct keptview *x = (struct keptview *)v;
	char *line;

	if (kept_busy(x->kept)) {
		if (!linear_wait(l))
			leave(v);
		return;
	}
	tell(x, l);
	line = linear_ask(l, _("d day, w week, m month, y year, < before, > after, R report by month, t other terminal, l log in, x export; nothing goes back: "), 0);
	if (!line || !*line)
		leave(v);
	else if (*line == '<' || *line == '>')
		back(x, *line == '<' ? 1 : -1);
	else
		for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
			if (*line == letters[i].letter)
				letters[i].run(v->tui);
	free(line);
}

static void free_view(struct view *v)
{
	kept_free(((struct keptview *)v)->kept);
	free(v);
}

static const struct view_type type = {
	.name = "kept", .draw = draw, .move = move, .key = key, .ok = leave, .cancel = leave,
	.changed = changed, .free = free_view, .linear = linear,
};

static struct keptview *on_top(struct tui *t)
{
	return t->top->type == &type ? (struct keptview *)t->top : NULL;
}

bool keptview_is_open(struct tui *t, struct err *e)
{
	return on_top(t) || err_set(e, _("Open the kept statistics of a power device first."));
}

static void logged_in(struct tui *t)
{
	load(on_top(t));
}

void keptview_log_in(struct tui *t)
{
	static struct login login = { .then = logged_in };

	login_open(t, &login);
}

bool keptview_can_open(struct tui *t, struct err *e)
{
	return statistics_ups(t) ?  login_can(t, e) :
	    err_set(e, _("Select a power device: the curves are those of one."));
}

void keptview_open(struct tui *t)
{
	struct keptview *x = mem_new(struct keptview);

	x->ups = statistics_ups(t);
	x->shown = ALL;
	x->kept = kept_new(t->app, heard, x);
	tui_push(t, &x->view, &type);
	if (archive_role(t->app)) {
		load(x);
		return;
	}
	x->to = utc_now();
	x->from = x->to - INT64_C(86400000);
	keptview_log_in(t);
}


static void set_period(struct tui *t, enum period p)
{
	struct keptview *x = on_top(t);

	x->period = p;
	x->back = 0;
	x->report = false;
	load(x);
}

void keptview_day(struct tui *t) { set_period(t, DAY); }
void keptview_week(struct tui *t) { set_period(t, WEEK); }
void keptview_month(struct tui *t) { set_period(t, MONTH); }
void keptview_year(struct tui *t) { set_period(t, YEAR); }
void keptview_all(struct tui *t) { on_top(t)->shown = ALL; }
void keptview_bars(struct tui *t) { on_top(t)->bars = !on_top(t)->bars; }
void keptview_reload(struct tui *t) { load(on_top(t)); }

void keptview_report(struct tui *t)
{
	struct keptview *x = on_top(t);

	x->report = !x->report;
	load(x);
}

void keptview_terminal(struct tui *t)
{
	kept_next_terminal(on_top(t)->kept);
	load(on_top(t));
}

static void export_said(struct tui *t, int which, const char *path, void *arg)
{
	struct keptview *x = on_top(t);
	struct err e;

	(void)arg;
	if (which != 0 || !x || !*path)
		return;
	if (kept_export(x->kept, path, &e))
		tui_say(t, 0, _("The samples are in %s"), path);
	else
		ask_message(t, _("Not exported"), e.text);
}

void keptview_export(struct tui *t)
{
	static const char *const names[] = { "day", "week", "month", "year" };
	const struct keptview *x = on_top(t);
	char *path = mem_printf("%s-%s.csv", node_name(site_find(app_site(t->app), x->ups)),
	    names[x->period]);

	ask_text(t, _("Export samples"), _("CSV file:"), path, false, export_said, NULL);
	free(path);
}
