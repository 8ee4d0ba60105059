/* events-find - a part of what happened, while it is typed; a part of the events view */
#include "app/entry-words.h"
#include "base/fold.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "tui/eventing.h"
#include "tui/prompt.h"

#include <stdlib.h>

struct search {
	int from;
	char *before;
};

static void drop(void *arg)
{
	struct search *s = arg;

	free(s->before);
	free(s);
}

static void set_text(struct events *x, const char *text)
{
	char *copy = text ? mem_dup(text) : NULL;

	free(x->find);
	x->find = copy;
}

static bool has(const struct events *x, int i, const char *what)
{
	struct happening h = chronicle_at(x->chronicle, (size_t)i);
	struct text words = { 0 };
	size_t len;
	bool found;

	entry_text(h.entry, &words);
	text_add(&words, " ");
	events_seen_words(&h, false, &words);
	found = fold_find(words.s, what, &len) != NULL;
	text_done(&words);
	return found;
}

/* From the i-th on, around the end; -1: none. */
static int search(const struct events *x, const char *text, int from, int by)
{
	int n = (int)chronicle_count(x->chronicle);

	for (int i = 0; i < n; i++) {
		int at = ((from + i * by) % n + n) % n;

		if (has(x, at, text))
			return at;
	}
	return -1;
}

static bool no_match(struct err *e, const char *text)
{
	return err_set(e, _("No event that is shown has \"%s\" in it"), text);
}

/* The prompt is on top while it is typed, the events below. */
static struct events *below(struct tui *t)
{
	struct events *x = events_on_top(t);

	return x ? x : (struct events *)t->top->below;
}

static bool typed(struct tui *t, const char *text, void *arg, struct err *e)
{
	struct search *s = arg;
	struct events *x = below(t);
	int at = *text ? search(x, text, s->from, 1) : s->from;

	events_go(x, at < 0 ? s->from : at);
	if (*text)
		set_text(x, text);
	return at >= 0 || no_match(e, text);
}

static void go_on(struct events *x, int by)
{
	int at = search(x, x->find, x->at + by, by);
	struct err e;

	if (at >= 0) {
		events_go(x, at);
		return;
	}
	no_match(&e, x->find);
	screen_beep();
	tui_say(x->view.tui, 1, "%s", e.text);
}

static void done(struct tui *t, bool kept, const char *text, void *arg)
{
	struct search *s = arg;
	struct events *x = below(t);

	if (!kept || !*text)
		set_text(x, s->before);
	if (!kept)
		events_go(x, s->from);
	else if (!*text && x->find)
		go_on(x, 1);
}

static void step(struct tui *t, int by, void *arg)
{
	struct events *x = below(t);

	(void)arg;
	if (x->find)
		go_on(x, by);
}

void events_find(struct tui *t)
{
	static const struct prompt_use use = { .type = &prompt_find, .label = N_("Find"),
	    .hint = N_("Part of what happened, of a name · ↓↑ Esc"),
	    .typed = typed, .done = done, .step = step, .drop = drop };
	struct events *x = events_on_top(t);
	struct search *s = mem_new(struct search);

	s->from = x->at;
	s->before = x->find ? mem_dup(x->find) : NULL;
	prompt_open(t, &use, "", s);
}

bool events_can_find_next(struct tui *t, struct err *e)
{
	return events_is_open(t, e) && (events_on_top(t)->find ||
	    err_set(e, _("Nothing has been looked for yet (F3).")));
}

void events_find_next(struct tui *t)
{
	go_on(events_on_top(t), 1);
}

void events_find_previous(struct tui *t)
{
	go_on(events_on_top(t), -1);
}
