/* What kept statistics come to: bins, figures, a table; a part of kept */
#include "app/kept-rows.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utc.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How much of the row, in ms, lies in from..to. */
static int64_t overlap(const struct kept_row *r, int64_t from, int64_t to)
{
	int64_t a = r->at > from ? r->at : from, end = r->at + r->span * INT64_C(1000);

	return (end < to ? end : to) - a;
}

static void add(struct bin *b, const struct kept_row *r, int v, int64_t ms)
{
	if (b->known == 0 || r->min[v] < b->min)
		b->min = (double)r->min[v];
	if (b->known == 0 || r->max[v] > b->max)
		b->max = (double)r->max[v];
	b->mean += ((double)r->mean[v] - b->mean) * (double)ms / (b->known + (double)ms);
	b->known += (double)ms;
}

void kept_bins(const struct kept *k, int v, int64_t from, int64_t to, int n, struct bin *bins)
{
	double width = (double)(to - from) / n;

	memset(bins, 0, (size_t)n * sizeof *bins);
	for (size_t i = 0; i < k->n; i++) {
		const struct kept_row *r = &k->rows[i];
		int first = (int)((double)(r->at - from) / width);

		if (isnan(r->mean[v]) || overlap(r, from, to) <= 0)
			continue;
		for (int b = first < 0 ? 0 : first; b < n; b++) {
			int64_t ms = overlap(r, from + (int64_t)(b * width),
			    from + (int64_t)((b + 1) * width));

			if (ms > 0)
				add(&bins[b], r, v, ms);
			else if (b > first)
				break;
		}
	}
}

void kept_figures(const struct kept *k, int v, struct figures *f)
{
	struct bin all = { 0 };

	f->now = NAN;
	for (size_t i = 0; i < k->n; i++)
		if (!isnan(k->rows[i].mean[v])) {
			add(&all, &k->rows[i], v, k->rows[i].span * INT64_C(1000) + 1);
			f->now = (double)k->rows[i].mean[v];
		}
	f->min = all.known > 0 ? all.min : NAN;
	f->max = all.known > 0 ? all.max : NAN;
	f->mean = all.known > 0 ? all.mean : NAN;
}

void kept_seconds(const struct kept *k, int64_t *known, int64_t *on_battery)
{
	*known = *on_battery = 0;
	for (size_t i = 0; i < k->n; i++) {
		*known += k->rows[i].span;
		*on_battery += k->rows[i].battery;
	}
}

static void put_number(struct text *t, double v)
{
	char word[32] = "";

	if (!isnan(v))
		snprintf(word, sizeof word, "%.1f", v);
	csv_put(t, word, false);
}

/* A row each, as CSV with a line of titles, yours to free. */
static char *csv_of(const struct kept *k)
{
	static const char *const parts[] = { "min", "mean", "max" };
	struct text t = { 0 };

	csv_put(&t, "time", true);
	csv_put(&t, "known_seconds", false);
	csv_put(&t, "on_battery_seconds", false);
	for (int i = 0; i < 3 * VALUE_COUNT; i++) {
		char *title = mem_printf("%s_%s", kept_attr(i / 3)->json, parts[i % 3]);

		csv_put(&t, title, false);
		free(title);
	}
	csv_end(&t);
	for (size_t i = 0; i < k->n; i++) {
		const struct kept_row *r = &k->rows[i];
		char at[UTC_SIZE];

		utc_print(r->at, at);
		csv_put(&t, at, true);
		put_number(&t, r->span);
		put_number(&t, r->battery);
		for (int v = 0; v < VALUE_COUNT; v++) {
			put_number(&t, (double)r->min[v]);
			put_number(&t, (double)r->mean[v]);
			put_number(&t, (double)r->max[v]);
		}
		csv_end(&t);
	}
	return text_take(&t);
}

bool kept_export(const struct kept *k, const char *path, struct err *e)
{
	char *csv;
	bool ok;

	if (!k->n)
		return err_set(e, _("There is nothing to export: nothing is known of this time."));
	if (access(path, F_OK) == 0)
		return err_set(e, _("%s: is there already"), path);
	csv = csv_of(k);
	ok = file_replace(path, csv, strlen(csv), 0644, e);
	free(csv);
	return ok;
}
