#include "tui/keeping.h"

#include "app/archive.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utc.h"
#include "tui/ask.h"
#include "tui/login.h"
#include "tui/statistics.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BACK_MAX = 400 };

/* Which readings stand together, in which order: those of the live statistics. */
int keptview_together(int i)
{
	static const char *const names[KEPT_TOGETHER] = { "input-voltage", "load-percent",
	    "charge-percent", "runtime-seconds" };
	int v = 0;

	while (kept_attr(v) && strcmp(kept_attr(v)->name, names[i]) != 0)
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
static int64_t beginning(enum kept_period p, int n)
{
	time_t now = time(NULL);
	struct tm tm;

	localtime_r(&now, &tm);
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	tm.tm_isdst = -1;
	switch (p) {
	case KEPT_DAY:	tm.tm_mday -= n; break;
	case KEPT_WEEK:	tm.tm_mday -= (tm.tm_wday + 6) % 7 + 7 * n; break;	/* a Monday */
	case KEPT_MONTH:	tm.tm_mday = 1; tm.tm_mon -= n; break;
	default:	tm.tm_mday = 1; tm.tm_mon = 0; tm.tm_year -= n; break;
	}
	return (int64_t)mktime(&tm) * 1000;
}

static void load(struct keptview *x)
{
	static const int days[] = { [KEPT_DAY] = 1, [KEPT_WEEK] = 7, [KEPT_MONTH] = 31,
	    [KEPT_YEAR] = 366 };

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

/* The next power device in tree order, or the one before. */
static void other_ups(struct keptview *x, bool next)
{
	unsigned ups = statistics_other_ups(x->view.tui, x->ups, next);

	if (ups == x->ups)
		return;
	x->ups = ups;
	load(x);
}

void keptview_back(struct keptview *x, int by)
{
	if (x->report || x->back + by < 0 || x->back + by > BACK_MAX)
		return;
	x->back += by;
	load(x);
}

static void other_reading(struct keptview *x, int by)
{
	x->shown = (x->shown + 1 + by + values() + 1) % (values() + 1) - 1;
}

/* The months are one list, of any length. */
static bool move_months(struct keptview *x, enum move move)
{
	int page = keptview_month_rows();

	switch (move) {
	case MOVE_PAGE_UP:	keptview_scroll_months(x, -page); return true;
	case MOVE_PAGE_DOWN:	keptview_scroll_months(x, page); return true;
	case MOVE_HOME:		keptview_scroll_months(x, -x->top); return true;
	case MOVE_END:		keptview_scroll_months(x, INT16_MAX); return true;
	default:		return false;
	}
}

static void move(struct view *v, enum move move)
{
	struct keptview *x = (struct keptview *)v;

	if (x->report && move_months(x, move))
		return;
	switch (move) {
	case MOVE_LEFT: case MOVE_PAGE_UP:	keptview_back(x, 1); break;
	case MOVE_RIGHT: case MOVE_PAGE_DOWN:	keptview_back(x, -1); break;
	case MOVE_END:		keptview_back(x, -x->back); break;
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
	x->shown = name[0] - '1' < KEPT_TOGETHER ? keptview_together(name[0] - '1') : KEPT_ALL;
	for (int k = KEPT_TOGETHER, i = 0; x->shown == KEPT_ALL && kept_attr(i); i++) {
		bool first = false;

		for (int j = 0; j < KEPT_TOGETHER; j++)
			first = first || keptview_together(j) == i;
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

static void free_view(struct view *v)
{
	kept_free(((struct keptview *)v)->kept);
	free(v);
}

static const struct view_type type = {
	.name = "kept", .draw = keptview_draw, .move = move, .key = key, .ok = leave,
	.cancel = leave, .changed = changed, .free = free_view, .linear = keptview_linear,
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
	x->shown = KEPT_ALL;
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


static void set_period(struct tui *t, enum kept_period p)
{
	struct keptview *x = on_top(t);

	x->period = p;
	x->back = 0;
	x->report = false;
	load(x);
}

void keptview_day(struct tui *t) { set_period(t, KEPT_DAY); }
void keptview_week(struct tui *t) { set_period(t, KEPT_WEEK); }
void keptview_month(struct tui *t) { set_period(t, KEPT_MONTH); }
void keptview_year(struct tui *t) { set_period(t, KEPT_YEAR); }
void keptview_all(struct tui *t) { on_top(t)->shown = KEPT_ALL; }
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
