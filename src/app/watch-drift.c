/*
 * watch-drift - do the terminals hold the same site? a part of watch
 *
 * What they are measured by is the latest revision that any of them holds; where
 * that is held with other bytes by some, what most of them hold, or the first of the
 * tree. Who holds something else is told of when that has lasted for a minute, so that
 * a sending under way is no news. Who does not answer counts for nothing here.
 */
#include "app/context.h"
#include "app/note.h"
#include "app/watching.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>

enum { LOOK_MS = 1000 };

/* A site that somebody holds. */
struct held {
	int revision;
	uint64_t digest;
	size_t by;		/* so many */
};

static bool known(const struct terminal_status *s)
{
	return terminal_state_is_well(s->state) && s->revision > 0 &&
	    s->digest;
}

/* The status of the next terminal in the tree's order that tells what it holds. */
static struct terminal_status *next_known(struct watching *w, const struct node **n,
    struct watched **x)
{
	const struct node *top = &site_network(app_site(w->app))->node;

	while ((*n = *n ? node_next(*n, top) : top)) {
		struct terminal_status *s;

		*x = (*n)->kind == KIND_TERMINAL ? watching_find(w, (*n)->id) : NULL;
		s = *x ? watched_terminal_own(*x) : NULL;
		if (s && known(s))
			return s;
	}
	return NULL;
}

/* What they should all hold; by 0: nobody tells. */
static struct held latest(struct watching *w)
{
	struct held *list = NULL, best = { 0 };
	size_t n = 0, cap = 0, i;
	const struct node *node = NULL;
	const struct terminal_status *s;
	struct watched *x;

	while ((s = next_known(w, &node, &x))) {
		for (i = 0; i < n && (list[i].revision != s->revision ||
		    list[i].digest != s->digest); i++)
			;
		if (i == n) {
			mem_grow(list, n, cap);
			list[n++] = (struct held){ s->revision, s->digest, 0 };
		}
		list[i].by++;
	}
	for (i = 0; i < n; i++)
		if (list[i].revision > best.revision ||
		    (list[i].revision == best.revision && list[i].by > best.by))
			best = list[i];
	free(list);
	return best;
}

static void tell(struct watching *w, struct watched *x, struct terminal_status *s, bool differs)
{
	char others[16], own[16];

	s->differs = differs;
	snprintf(others, sizeof others, "%d", s->others);
	snprintf(own, sizeof own, "%d", s->revision);
	app_note_node(w->app, x->id, ENTRY_TERMINAL_SITE, differs ? 2 : 1, others, own, "");
	watching_judge(x);
	app_changed(w->app);
}

/* How long until it is told of, ms; -1: there is nothing to tell. */
static int64_t judge(struct watching *w, struct watched *x, struct terminal_status *s,
    const struct held *should)
{
	int64_t now = loop_now(), left;

	if (s->revision == should->revision && s->digest == should->digest) {
		s->differs_since = 0;
		s->others = should->revision;
		if (s->differs)
			tell(w, x, s, false);
		return -1;
	}
	s->others = should->revision;
	if (!s->differs_since)
		s->differs_since = now;
	left = s->differs_since + WATCH_DRIFT_MS - now;
	if (s->differs || left > 0)
		return s->differs ? -1 : left;
	tell(w, x, s, true);
	return -1;
}

static void look(void *arg)
{
	struct watching *w = arg;
	struct held should = latest(w);
	const struct node *n = NULL;
	struct terminal_status *s;
	struct watched *x;
	int64_t soonest = -1, left;

	w->drift_soon = false;
	while ((s = next_known(w, &n, &x))) {
		left = judge(w, x, s, &should);
		if (left >= 0 && (soonest < 0 || left < soonest))
			soonest = left;
	}
	if (soonest >= 0)
		loop_again(w->drift, (int)soonest + 1);
}

void watching_compare(struct watching *w)
{
	/* with many terminals this comes all the time: it must not put the look off */
	if (w->drift && w->drift_soon)
		return;
	w->drift_soon = true;
	if (!w->drift)
		w->drift = loop_after(w->app->loop, LOOK_MS, look, w);
	else
		loop_again(w->drift, LOOK_MS);
}

enum drift watch_drift(const struct app *a, const struct terminal_status *s)
{
	int ours = site_network(app_site(a))->revision;

	if (!s || !s->revision)
		return DRIFT_UNKNOWN;
	if (s->revision != ours)
		return s->revision < ours ? DRIFT_BEHIND : DRIFT_AHEAD;
	return s->digest && s->digest != app_digest(a) ? DRIFT_DIFFERENT : DRIFT_SAME;
}
