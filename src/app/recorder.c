/* recorder - events and statistics of a control terminal; see recorder.h */
#include "app/recorder.h"
#include "app/context.h"
#include "app/note.h"
#include "app/watch.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define EVENTS_MAX (INT64_C(64) << 20)
#define SAMPLES_MAX (INT64_C(1) << 30)
#define EVENTS_DAYS 366
#define FLUSH_MS 1000
#define RETRY_MS 10000		/* when there is no room, say */
#define ROOM 65536		/* a disk with less is full, bytes */
#define UPKEEP_MS 50		/* between two slices of it */
#define TROUBLE 200		/* bytes of the words */

struct recorder {
	struct app *app;
	char *events_path, *samples_path;
	struct eventlog *events;
	struct samplelog *samples;
	struct watch *flush, *minute, *upkeep;
	struct map open;	/* node -> id of the entry that began its trouble */
	int64_t sampled;	/* the minute that is done */
	struct entry *early;	/* events while there is no log yet, at most EVENTLOG_WAITING */
	size_t n_early, cap_early, lost_early;
	size_t lost;		/* events, as far as it was told */
	char events_trouble[TROUBLE], samples_trouble[TROUBLE];	/* that was told */
};

struct eventlog *recorder_events(struct recorder *r)
{
	return r ? r->events : NULL;
}

struct samplelog *recorder_samples(struct recorder *r)
{
	return r ? r->samples : NULL;
}

const char *recorder_trouble(const struct recorder *r)
{
	return !r ? "" : *r->events_trouble ? r->events_trouble : r->samples_trouble;
}

/* A trouble that is new is told; it stays until that went well. */
static void trouble(char told[TROUBLE], const struct err *e)
{
	char words[TROUBLE];

	text_copy(words, sizeof words, e->text);
	if (*words && strcmp(told, words) != 0)
		log_error(_("events and statistics cannot be kept: %s"), e->text);
	if (*words)
		strcpy(told, words);
}

/*
 * Something was written. On a full disk that is only in the place of what is older, and no
 * reason to be quiet. Who was in trouble himself and is not any more ends that of both: it
 * was the disk, or the other one tells its own again. Who never was says nothing of it.
 */
static void well(struct recorder *r, char told[TROUBLE], const char *path)
{
	struct err e = { .text = "" };

	if (file_room(path) < ROOM) {
		err_set(&e, _("%s: the disk is full, the oldest make room for new ones"), path);
		trouble(told, &e);
		return;
	}
	if (!*told)
		return;
	log_notice(_("events and statistics are kept again"));
	r->events_trouble[0] = r->samples_trouble[0] = '\0';
}

/* A damaged one lies elsewhere now: what is missing before here has its event, and people hear of it. */
static void say_aside(struct recorder *r, const struct err *e)
{
	app_note_node(r->app, 0, ENTRY_SERVICE, 2, NULL, NULL, e->text);
}

static void say_lost(struct recorder *r)
{
	size_t lost = r->lost_early + eventlog_lost(r->events), n = lost - r->lost;

	if (n)
		log_warning(ngettext("%zu event was lost for want of room",
		    "%zu events were lost for want of room", n), n);
	r->lost = lost;
}

static void add(struct recorder *, struct entry *);

/* What happened before there was one comes first. */
static void open_events(struct recorder *r, struct err *e)
{
	r->events = eventlog_open(r->events_path, EVENTS_MAX, e);
	if (!r->events)
		return;
	for (size_t i = 0; i < r->n_early; i++)
		add(r, &r->early[i]);
	free(r->early);
	r->early = NULL;
	r->n_early = r->cap_early = 0;
}

bool recorder_keep(struct recorder *r, struct err *e)
{
	e->text[0] = '\0';
	if (!r->events)
		open_events(r, e);
	if (r->events && eventlog_flush(r->events, e)) {
		if (*e->text)
			say_aside(r, e);
		say_lost(r);
		well(r, r->events_trouble, r->events_path);
		return true;
	}
	trouble(r->events_trouble, e);
	loop_again(r->flush, RETRY_MS);
	return false;
}

static void flush(void *arg)
{
	struct err e;

	recorder_keep(arg, &e);
}

/* What it follows from: the entry that began the trouble of its node. */
static void follow(struct recorder *r, struct entry *x, int64_t id)
{
	bool over = x->kind == ENTRY_UPS_BACK ||
	    (x->kind == ENTRY_UPS_STATE && x->severity < 2);
	void *open = x->node ? map_get(&r->open, x->node) : NULL;

	if (!x->cause && open)
		x->cause = (int64_t)(intptr_t)open;
	if (!x->node)
		return;
	if (over)
		map_remove(&r->open, x->node);
	else if (x->severity >= 2 && !open)
		map_put(&r->open, x->node, (void *)(intptr_t)id);
}

static void add(struct recorder *r, struct entry *x)
{
	follow(r, x, eventlog_next(r->events));
	eventlog_add(r->events, x);
	if (eventlog_waiting(r->events) == 1)
		loop_again(r->flush, FLUSH_MS);
}

static void add_early(struct recorder *r, const struct entry *x)
{
	if (r->n_early == EVENTLOG_WAITING) {
		memmove(r->early, r->early + 1, --r->n_early * sizeof *r->early);
		r->lost_early++;
	}
	mem_grow(r->early, r->n_early, r->cap_early);
	r->early[r->n_early++] = *x;
}

static void record(struct recorder *r, const struct entry *given)
{
	struct entry x = *given;

	x.at = utc_now();
	if (r->events)
		add(r, &x);
	else
		add_early(r, &x);
}

void recorder_mend(struct recorder *r)
{
	if (r)
		loop_again(r->flush, 0);
}

bool recorder_was_told(struct recorder *r, const char *told)
{
	for (size_t i = 0; i < r->n_early; i++)
		if (strcmp(r->early[i].told, told) == 0)
			return true;
	return r->events && eventlog_was_told(r->events, told);
}

static int interval_of(const struct node *n)
{
	const struct group *g = node_group(n->parent);

	return g && g->set->statistics_minutes > 0 ? g->set->statistics_minutes : 1;
}

/* Of every UPS whose minute it is and that answers. */
static void take_samples(struct recorder *r, int64_t minute)
{
	const struct node *top = &site_network(app_site(r->app))->node, *n;
	struct sample *list = NULL;
	struct err e = { .text = "" };
	size_t count = 0, cap = 0;

	for (n = top; n; n = node_next(n, top)) {
		const struct ups_status *s = n->kind == KIND_UPS ? watch_ups(r->app, n->id) : NULL;
		int every = s ? interval_of(n) : 1;

		if (!s || !s->known || watch_ups_stale(r->app, n->id) || minute % every)
			continue;
		mem_grow(list, count, cap);
		list[count++] = sample_of(n->id, (time_t)(minute * 60), every * 60, &s->reading);
	}
	if (!r->samples)
		r->samples = samplelog_open(r->samples_path, SAMPLES_MAX, &e);
	if (!r->samples || (count && !samplelog_add(r->samples, list, count, &e))) {
		trouble(r->samples_trouble, &e);
	} else {
		if (*e.text)
			say_aside(r, &e);
		if (r->events && !eventlog_waiting(r->events))
			well(r, r->samples_trouble, r->samples_path);
	}
	free(list);
}

static void each_minute(void *arg)
{
	struct recorder *r = arg;
	int64_t now = utc_now();

	loop_again(r->minute, (int)(60000 - now % 60000) + 1);
	if (now / 60000 == r->sampled)
		return;		/* the clock was set back a little */
	r->sampled = now / 60000;
	take_samples(r, r->sampled);
	loop_again(r->upkeep, UPKEEP_MS);
}

static void tend(void *arg)
{
	struct recorder *r = arg;
	struct err e = { .text = "" };
	bool more = false;

	if (r->samples && !samplelog_tend(r->samples, time(NULL), &more, &e))
		trouble(r->samples_trouble, &e);
	else if (!more && r->events &&
	    !eventlog_forget(r->events, utc_now() - EVENTS_DAYS * INT64_C(86400000), &e))
		trouble(r->events_trouble, &e);
	else if (*e.text)
		say_aside(r, &e);
	if (more)
		loop_again(r->upkeep, UPKEEP_MS);
}

struct recorder *recorder_new(struct app *a, const char *dir)
{
	struct recorder *r = mem_new(struct recorder);
	struct err e = { .text = "" }, of_samples = { .text = "" };

	r->app = a;
	r->events_path = file_join(dir, "events.db");
	r->samples_path = file_join(dir, "statistics.db");
	r->events = eventlog_open(r->events_path, EVENTS_MAX, &e);
	if (!r->events)
		trouble(r->events_trouble, &e);
	r->samples = samplelog_open(r->samples_path, SAMPLES_MAX, &of_samples);
	if (!r->samples)
		trouble(r->samples_trouble, &of_samples);
	r->flush = loop_after(a->loop, RETRY_MS, flush, r);
	if (r->events)
		loop_pause(r->flush);
	r->minute = loop_after(a->loop, (int)(60000 - utc_now() % 60000) + 1, each_minute, r);
	r->upkeep = loop_after(a->loop, UPKEEP_MS, tend, r);
	a->recorder = r;
	a->record = record;
	if (r->events && *e.text)
		say_aside(r, &e);
	if (r->samples && *of_samples.text)
		say_aside(r, &of_samples);
	return r;
}

void recorder_free(struct recorder *r)
{
	if (!r)
		return;
	r->app->recorder = NULL;
	loop_remove(r->flush);
	loop_remove(r->minute);
	loop_remove(r->upkeep);
	eventlog_close(r->events);
	samplelog_close(r->samples);
	free(r->early);
	map_done(&r->open);
	free(r->events_path);
	free(r->samples_path);
	free(r);
}
