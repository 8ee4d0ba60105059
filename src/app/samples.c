/* samples - what a UPS told while it was watched; see samples.h */
#include "app/samples.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define HOLD INT64_C(20000)	/* more than two questions of watch are apart */

enum {
	RAW_MAX = 1800,		/* an hour, one each 2 s as on battery */
	SAMPLES_LEAST = 2,	/* a ring's first size: there are three for each UPS */
};

/* One answer; all NAN: there was none. */
struct raw {
	int64_t at;
	float value[SAMPLE_KINDS];
};

/* A step of a day or a week. */
struct thin {
	int64_t step;		/* at / the store's step */
	float min[SAMPLE_KINDS], max[SAMPLE_KINDS];
	double sum[SAMPLE_KINDS], weight[SAMPLE_KINDS];
};

/* The newest `max` items; it takes no more room than it needs. */
struct ring {
	char *items;
	size_t size;
	int first, n, cap, max;
};

struct samples {
	struct ring raw, day, week;
};

static const struct { int64_t ms, step; const char *word, *label; } spans[] = {
	[SPAN_MINUTES] = { 10 * MINUTE, 0, "minutes", N_("last 10 minutes") },
	[SPAN_HOUR] = { HOUR, 0, "hour", N_("last hour") },
	[SPAN_DAY] = { 24 * HOUR, 5 * MINUTE, "day", N_("last day") },
	[SPAN_WEEK] = { 7 * 24 * HOUR, 30 * MINUTE, "week", N_("last week") },
};

int64_t span_ms(enum span s) { return spans[s].ms; }
const char *span_word(enum span s) { return spans[s].word; }
const char *span_label(enum span s) { return spans[s].label; }

const struct reading_attr *sample_attr(enum sample_kind k)
{
	static const char *const names[] = {
		[SAMPLE_VOLTAGE] = "input-voltage", [SAMPLE_LOAD] = "load-percent",
		[SAMPLE_CHARGE] = "charge-percent", [SAMPLE_RUNTIME] = "runtime-seconds",
	};

	return reading_attr(names[k]);
}

static void *ring_at(const struct ring *r, int i)
{
	return r->items + (size_t)((r->first + i) % r->cap) * r->size;
}

static void *ring_last(const struct ring *r)
{
	return r->n ? ring_at(r, r->n - 1) : NULL;
}

static void ring_drop_first(struct ring *r)
{
	r->first = (r->first + 1) % r->cap;
	r->n--;
}

static void ring_grow(struct ring *r)
{
	int cap = r->cap ? r->cap * 2 : SAMPLES_LEAST;
	char *items;

	if (cap > r->max)
		cap = r->max;
	items = mem_zero((size_t)cap, r->size);
	for (int i = 0; i < r->n; i++)
		memcpy(items + (size_t)i * r->size, ring_at(r, i), r->size);
	free(r->items);
	r->items = items;
	r->first = 0;
	r->cap = cap;
}

/* Room for one more at the end; the oldest goes when there is none. */
static void *ring_push(struct ring *r)
{
	if (r->n == r->max)
		ring_drop_first(r);
	else if (r->n == r->cap)
		ring_grow(r);
	r->n++;
	return ring_last(r);
}

static struct ring ring_of(size_t size, int max)
{
	return (struct ring){ .size = size, .max = max };
}

/* Steps that a span can touch: one more than fit into it. */
static int steps_of(enum span s)
{
	return (int)(spans[s].ms / spans[s].step) + 1;
}

struct samples *samples_new(void)
{
	struct samples *s = mem_new(struct samples);

	s->raw = ring_of(sizeof(struct raw), RAW_MAX);
	s->day = ring_of(sizeof(struct thin), steps_of(SPAN_DAY));
	s->week = ring_of(sizeof(struct thin), steps_of(SPAN_WEEK));
	return s;
}

void samples_free(struct samples *s)
{
	if (!s)
		return;
	free(s->raw.items);
	free(s->day.items);
	free(s->week.items);
	free(s);
}

static bool silent(const struct raw *r)
{
	for (int k = 0; k < SAMPLE_KINDS; k++)
		if (!isnan(r->value[k]))
			return false;
	return true;
}

/* A sample into its step; it counts for the time since the one before it. */
static void thin_out(struct ring *ring, int64_t ms, const struct raw *r, double weight)
{
	struct thin *t = ring_last(ring);

	if (!t || t->step != r->at / ms) {
		t = ring_push(ring);
		*t = (struct thin){ .step = r->at / ms };
	}
	for (int k = 0; k < SAMPLE_KINDS; k++) {
		float v = r->value[k];

		if (isnan(v))
			continue;
		if (t->weight[k] == 0 || v < t->min[k])
			t->min[k] = v;
		if (t->weight[k] == 0 || v > t->max[k])
			t->max[k] = v;
		t->sum[k] += v * weight;
		t->weight[k] += weight;
	}
}

void samples_add(struct samples *s, int64_t at, const struct reading *reading)
{
	const struct raw *last = ring_last(&s->raw);
	struct raw new = { .at = at };
	int64_t since = last ? at - last->at : HOLD;

	for (int k = 0; k < SAMPLE_KINDS; k++)
		new.value[k] = reading ? (float)*(const double *)(const void *)
		    ((const char *)reading + sample_attr(k)->offset) : NAN;
	if (silent(&new) && (!last || silent(last)))
		return;
	while (s->raw.n && ((struct raw *)ring_at(&s->raw, 0))->at < at - HOUR - HOLD)
		ring_drop_first(&s->raw);
	*(struct raw *)ring_push(&s->raw) = new;
	if (silent(&new))
		return;
	since = since < 1 ? 1 : since > HOLD ? HOLD : since;
	thin_out(&s->day, spans[SPAN_DAY].step, &new, (double)since);
	thin_out(&s->week, spans[SPAN_WEEK].step, &new, (double)since);
}

/* What was known from one time to another. */
struct piece {
	int64_t from, to;
	double min, max, mean;	/* NAN: nothing */
};

static struct piece raw_piece(const struct ring *ring, enum sample_kind k, int i)
{
	const struct raw *r = ring_at(ring, i);
	int64_t end = r->at + HOLD;
	double v = r->value[k];

	if (i + 1 < ring->n && ((const struct raw *)ring_at(ring, i + 1))->at < end)
		end = ((const struct raw *)ring_at(ring, i + 1))->at;
	/* of two that came at once both count */
	return (struct piece){ r->at, end > r->at ? end : r->at + 1, v, v, v };
}

static struct piece thin_piece(const struct ring *ring, enum sample_kind k, int64_t ms, int i)
{
	const struct thin *t = ring_at(ring, i);
	int64_t from = t->step * ms;

	if (t->weight[k] == 0)
		return (struct piece){ from, from + ms, NAN, NAN, NAN };
	return (struct piece){ from, from + ms, t->min[k], t->max[k],
		t->sum[k] / t->weight[k] };
}

static const struct ring *store_of(const struct samples *s, enum span span)
{
	return !spans[span].step ? &s->raw : span == SPAN_DAY ? &s->day : &s->week;
}

static struct piece piece_at(const struct samples *s, enum span span, enum sample_kind k, int i)
{
	return !spans[span].step ? raw_piece(&s->raw, k, i) :
	    thin_piece(store_of(s, span), k, spans[span].step, i);
}

/* Into each of the bins that it touches; mean is a sum until all are in. */
static void put_piece(const struct piece *p, int64_t from, int64_t to, int n, struct bin *bins)
{
	double width = (double)(to - from) / n;

	for (int i = p->from <= from ? 0 : (int)((double)(p->from - from) / width); i < n; i++) {
		double a = (double)from + i * width, b = a + width;
		double known = fmin(b, (double)p->to) - fmax(a, (double)p->from);

		if (a >= (double)p->to)
			break;
		if (known <= 0)
			continue;
		if (bins[i].known == 0 || p->min < bins[i].min)
			bins[i].min = p->min;
		if (bins[i].known == 0 || p->max > bins[i].max)
			bins[i].max = p->max;
		bins[i].mean += p->mean * known;
		bins[i].known += known;
	}
}

static enum span span_for(int64_t ms)
{
	enum span span = 0;

	while (span < SPAN_WEEK && ms > spans[span].ms)
		span++;
	return span;
}

static void fill(const struct samples *s, enum sample_kind k, enum span span, int64_t from,
    int64_t to, int n, struct bin *bins)
{
	for (int i = 0; i < n; i++)
		bins[i] = (struct bin){ 0 };
	for (int i = 0; s && i < store_of(s, span)->n; i++) {
		struct piece p = piece_at(s, span, k, i);

		if (!isnan(p.mean) && p.to > from && p.from < to)
			put_piece(&p, from, to, n, bins);
	}
	for (int i = 0; i < n; i++)
		if (bins[i].known > 0)
			bins[i].mean /= bins[i].known;
}

void samples_bins(const struct samples *s, enum sample_kind k, int64_t from, int64_t to, int n,
    struct bin *bins)
{
	fill(s, k, span_for(to - from), from, to, n, bins);
}

void samples_figures(const struct samples *s, enum sample_kind k, enum span span, int64_t now,
    struct figures *f)
{
	const struct raw *last = s ? ring_last(&s->raw) : NULL;
	struct bin all;

	fill(s, k, span, now - spans[span].ms, now + 1, 1, &all);
	*f = (struct figures){ NAN, NAN, NAN, NAN };
	if (last && now - last->at < HOLD)
		f->now = last->value[k];
	if (all.known > 0) {
		f->min = all.min;
		f->max = all.max;
		f->mean = all.mean;
	}
}

static void csv_titles(struct text *t)
{
	text_add(t, "time");
	for (int k = 0; k < SAMPLE_KINDS; k++) {
		const char *name = sample_attr(k)->json;

		text_printf(t, ",%s_min,%s_mean,%s_max", name, name, name);
	}
	text_add(t, "\n");
}

static void csv_time(struct text *t, time_t at)
{
	char buf[UTC_SIZE];

	utc_print(at * INT64_C(1000), buf);
	text_add(t, buf);
}

char *samples_csv(const struct samples *s, enum span span, int64_t now, time_t clock)
{
	struct text t = { 0 };

	csv_titles(&t);
	for (int i = 0; s && i < store_of(s, span)->n; i++) {
		struct piece p = piece_at(s, span, 0, i);

		if (p.to <= now - spans[span].ms)
			continue;
		csv_time(&t, clock - (time_t)((now - p.from) / 1000));
		for (int k = 0; k < SAMPLE_KINDS; k++) {
			p = piece_at(s, span, k, i);
			if (isnan(p.mean))
				text_add(&t, ",,,");
			else
				text_printf(&t, ",%.7g,%.7g,%.7g", p.min, p.mean, p.max);
		}
		text_add(&t, "\n");
	}
	return text_take(&t);
}
