/* chronicle - the events of the site as one list; see chronicle.h */
#include "app/chronicle.h"
#include "app/chronicling.h"
#include "app/context.h"
#include "app/diary.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	POLL_MS = 5000,
	PAGE = 100,		/* events in a question */
};

void chronicle_stale(struct chronicle *c)
{
	c->stale = true;
	c->changed(c->arg);
}

static size_t held(const struct chronicle *c)
{
	size_t n = 0;

	for (int i = 0; i < c->n_sources; i++)
		n += c->sources[i].held.n;
	return n;
}

static void forget(struct chronicle *c)
{
	for (int i = 0; i < c->n_sources; i++) {
		archive_cancel(c->sources[i].query);
		entries_done(&c->sources[i].held);
	}
	memset(c->sources, 0, sizeof c->sources);
	c->n_sources = 0;
	c->n_sights = c->n_spans = 0;
}

/* From the diary */

static bool takes(const struct chronicle_filter *f, const struct entry *x)
{
	return (!*f->node || strcmp(f->node, x->name) == 0) && x->severity >= f->severity &&
	    (!f->kinds || f->kinds & 1u << x->kind) && (!f->waiting || entry_waits(x)) &&
	    x->at >= f->since && (!f->until || x->at < f->until);
}

static void take_diary(struct chronicle *c)
{
	struct entries *to = &c->sources[0].held;

	to->n = 0;
	for (size_t i = 0; i < diary_count(c->app); i++) {
		const struct entry *x = diary_at(c->app, i);

		if (!takes(&c->filter, x))
			continue;
		mem_grow(to->list, to->n, to->cap);
		to->list[to->n++] = *x;
	}
	c->diary = diary_changes(c->app);
	c->stale = true;
}

void chronicle_follow(struct chronicle *c)
{
	if (c->own && c->diary != diary_changes(c->app))
		take_diary(c);
}

/* From the terminals */

static void put_time(struct text *t, const char *key, int64_t ms)
{
	char at[UTC_SIZE];

	utc_print_ms(ms, at);
	if (ms)
		text_printf(t, "&%s=%s", key, at);
}

/* The words of records_event_keys; before: an id, or 0 for the newest. */
static char *path_of(const struct chronicle_filter *f, int64_t before)
{
	struct text kinds = { 0 }, t = { 0 };
	char node[sizeof f->node + 8], *words[] = { node }, *path;

	snprintf(node, sizeof node, "node=%s", f->node);
	path = records_path("/v1/events", records_event_keys, words, *f->node ? 1 : 0, NULL);
	text_printf(&t, "%s%smax=%d", path, *f->node ? "&" : "?", PAGE);
	free(path);
	if (f->severity)
		text_printf(&t, "&severity=%d", f->severity);
	for (enum entry_kind k = 0; k < ENTRY_KINDS; k++)
		if (f->kinds & 1u << k)
			text_printf(&kinds, "%s%s", kinds.len ? "," : "", entry_kind_word(k));
	if (kinds.len)
		text_printf(&t, "&kind=%s", kinds.s);
	text_done(&kinds);
	if (f->waiting)
		text_add(&t, "&waiting");
	put_time(&t, "since", f->since);
	put_time(&t, "until", f->until);
	if (before)
		text_printf(&t, "&before=%lld", (long long)before);
	return text_take(&t);
}

static void append(struct entries *to, const struct entry *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		mem_grow(to->list, to->n, to->cap);
		to->list[to->n++] = list[i];
	}
}

/*
 * The newest page takes the place of what is held of that time; older ones stay
 * behind it, unless there may be others in between.
 */
static void take_newest(struct teller *s, struct entries *page)
{
	int64_t least = page->n ? page->list[page->n - 1].id : 0;
	size_t old = 0;

	while (old < s->held.n && s->held.list[old].id >= least)
		old++;
	if (page->more && old > 0 && !s->renew) {
		append(page, s->held.list + old, s->held.n - old);
		page->more = s->held.more || s->held.n - old == 0;
	}
	entries_done(&s->held);
	s->renew = false;
	s->held = *page;
	*page = (struct entries){ 0 };
}

static void answered(const char *json, size_t len, const struct err *e, void *arg)
{
	struct teller *s = arg;
	struct chronicle *c = s->of;
	struct entries page = { 0 };
	struct err words = { .text = "" };
	bool refused = true;

	*s->error = '\0';
	if (!e && !entries_parse(&page, json, len, &words))
		e = &words;
	if (e) {
		text_copy(s->error, sizeof s->error, e->text);
		s->refused = e->kind == ERR_REFUSED;
	} else {
		text_copy(s->trouble, sizeof s->trouble, page.trouble);
		s->answered = true;
		if (s->older) {
			append(&s->held, page.list, page.n);
			s->held.more = page.more;
		} else {
			take_newest(s, &page);
		}
	}
	entries_done(&page);
	archive_cancel(s->query);	/* and with it what came */
	s->query = NULL;
	for (int i = 0; i < c->n_sources; i++)
		refused = refused && c->sources[i].refused;
	if (refused)
		archive_leave(c->app);
	chronicle_stale(c);
}

static void ask(struct teller *s, bool older)
{
	struct err e = { .text = "" };
	char *path;

	if (s->query || s->refused)
		return;
	s->older = older;
	path = path_of(&s->of->filter, older ? s->held.list[s->held.n - 1].id : 0);
	s->query = archive_ask(s->of->app, s->terminal, path, answered, s, &e);
	free(path);
	if (!s->query) {
		text_copy(s->error, sizeof s->error, e.text);
		s->refused = e.kind == ERR_REFUSED;
		s->of->stale = true;
	}
}

static void on_poll(void *arg)
{
	struct chronicle *c = arg;

	loop_again(c->poll, POLL_MS);
	if (c->own || !archive_role(c->app))
		return;
	for (int i = 0; i < c->n_sources; i++)
		ask(&c->sources[i], false);
}

/* The same once more: what is held is shown until the answers are there. */
static bool renew(struct chronicle *c, const struct chronicle_filter *f)
{
	unsigned ids[TELLERS_MAX];
	bool same = !c->own && c->n_sources && archive_role(c->app) &&
	    memcmp(f, &c->filter, sizeof *f) == 0 &&
	    (int)archive_terminals(c->app, ids, TELLERS_MAX) == c->n_sources;

	for (int i = 0; same && i < c->n_sources; i++)
		same = ids[i] == c->sources[i].terminal;
	for (int i = 0; same && i < c->n_sources; i++) {
		struct teller *s = &c->sources[i];

		archive_cancel(s->query);
		s->query = NULL;
		s->refused = false;
		s->renew = true;
		*s->error = '\0';
		ask(s, false);
	}
	return same;
}

void chronicle_load(struct chronicle *c, const struct chronicle_filter *f)
{
	unsigned ids[TELLERS_MAX];

	chronicle_stop_acking(c);
	if (renew(c, f)) {
		chronicle_stale(c);
		return;
	}
	forget(c);
	c->filter = *f;
	c->n_sources = archive_role(c->app) ?
	    (int)archive_terminals(c->app, ids, TELLERS_MAX) : 0;
	c->own = c->n_sources == 0;
	if (c->own)
		c->n_sources = 1;
	for (int i = 0; i < c->n_sources; i++)
		c->sources[i] = (struct teller){ .of = c, .terminal = c->own ? 0 : ids[i] };
	if (c->own)
		take_diary(c);
	else
		on_poll(c);
	chronicle_stale(c);
}

/* Whose oldest is where the list ends: the others have more than is shown already. */
void chronicle_more(struct chronicle *c)
{
	int64_t at = 0;
	bool full;

	if (!chronicle_has_more(c, &full) || full)
		return;
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < c->n_sources; i++) {
			struct teller *s = &c->sources[i];
			int64_t oldest = s->held.n ? s->held.list[s->held.n - 1].at : 0;

			if (!s->held.more || *s->error || !s->held.n)
				continue;
			if (pass == 0 && oldest > at)
				at = oldest;
			else if (pass == 1 && oldest == at)
				ask(s, true);
		}
}

bool chronicle_has_more(const struct chronicle *c, bool *full)
{
	bool more = false;

	for (int i = 0; i < c->n_sources; i++)
		more = more || (c->sources[i].held.more && !*c->sources[i].error);
	*full = held(c) >= CHRONICLE_MAX;
	return more;
}

bool chronicle_is_own(const struct chronicle *c)
{
	return c->own;
}

bool chronicle_busy(const struct chronicle *c)
{
	for (int i = 0; i < c->n_sources; i++)
		if (c->sources[i].query && (!c->sources[i].answered || c->sources[i].older))
			return true;
	return c->acking != NULL;
}

size_t chronicle_sources(const struct chronicle *c)
{
	return (size_t)c->n_sources;
}

struct chronicle_source chronicle_source(const struct chronicle *c, size_t i)
{
	const struct teller *s = &c->sources[i];

	return (struct chronicle_source){ .terminal = s->terminal, .n = s->held.n,
	    .loading = !c->own && !s->answered && !*s->error, .error = s->error,
	    .trouble = s->trouble };
}

struct chronicle *chronicle_new(struct app *a, loop_fn *changed, void *arg)
{
	struct chronicle *c = mem_new(struct chronicle);

	c->app = a;
	c->changed = changed;
	c->arg = arg;
	c->poll = loop_after(a->loop, POLL_MS, on_poll, c);
	return c;
}

void chronicle_free(struct chronicle *c)
{
	if (!c)
		return;
	chronicle_stop_acking(c);
	forget(c);
	loop_remove(c->poll);
	free(c->sights);
	free(c->spans);
	free(c);
}
