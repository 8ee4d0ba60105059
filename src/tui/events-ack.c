/* events-ack - tagging events and saying that they were seen; a part of the events view */
#include "base/i18n.h"
#include "base/mem.h"
#include "tui/ask.h"
#include "tui/eventing.h"

#include <stdio.h>
#include <stdlib.h>

static bool same(struct sight_key a, struct sight_key b)
{
	return a.terminal == b.terminal && a.id == b.id;
}

/* The tag that is the i-th happening's: of whichever sight it was. */
static int tag_of(const struct events *x, size_t i)
{
	for (size_t k = 0; k < x->tags_n; k++)
		if (same(x->tags[k], chronicle_key(x->chronicle, i)) ||
		    chronicle_find(x->chronicle, x->tags[k]) == (int)i)
			return (int)k;
	return -1;
}

bool events_is_tagged(const struct events *x, size_t i)
{
	return x->tags_n && tag_of(x, i) >= 0;
}

void events_tag(struct tui *t)
{
	struct events *x = events_on_top(t);
	int tag;

	if (!chronicle_count(x->chronicle))
		return;
	tag = tag_of(x, (size_t)x->at);
	if (tag >= 0) {
		x->tags[tag] = x->tags[--x->tags_n];
	} else {
		x->tags = mem_realloc(x->tags, x->tags_n + 1, sizeof *x->tags);
		x->tags[x->tags_n++] = chronicle_key(x->chronicle, (size_t)x->at);
	}
	events_go(x, x->at + 1);
}

bool events_can_acknowledge(struct tui *t, struct err *e)
{
	return events_is_open(t, e) && (chronicle_count(events_on_top(t)->chronicle) ||
	    err_set(e, _("There is no event here.")));
}

static void told(size_t n, const char *words, void *arg)
{
	struct events *x = arg;

	if (*words)
		ask_message(x->view.tui, _("Acknowledge"), words);
	else
		tui_say(x->view.tui, 0, ngettext("%zu event is acknowledged",
		    "%zu events are acknowledged", n), n);
	x->tags_n = 0;
}

static void acknowledge(struct events *x, const char *password)
{
	struct err e;

	if (!chronicle_acknowledge(x->chronicle, x->acked, x->acked_n, password, told, x, &e))
		tui_say(x->view.tui, 1, "%s", e.text);
}

static void password_said(struct tui *t, int which, const char *password, void *arg)
{
	struct events *x = events_on_top(t);

	(void)arg;
	if (which == 0 && x && *password)
		acknowledge(x, password);
}

/* What is a terminal's is for its operator to say; what this console saw, for anybody. */
static void ask_password(struct events *x)
{
	if (chronicle_is_own(x->chronicle))
		acknowledge(x, NULL);
	else
		ask_text(x->view.tui, _("Acknowledge"), _("Password of the operator, the same on all control terminals:"),
		    "", true, password_said, NULL);
}

static void sure_said(struct tui *t, int which, const char *text, void *arg)
{
	struct events *x = events_on_top(t);

	(void)text;
	(void)arg;
	if (which == 0 && x)
		ask_password(x);
}

/* Those that ask for it; more than one are asked about. */
static void ask(struct events *x)
{
	char words[200];
	size_t n = 0;

	for (size_t i = 0; i < x->acked_n; i++) {
		int at = chronicle_find(x->chronicle, x->acked[i]);

		if (at >= 0 && chronicle_at(x->chronicle, (size_t)at).waiting)
			x->acked[n++] = x->acked[i];
	}
	x->acked_n = n;
	if (n == 0) {
		tui_say(x->view.tui, 1, _("None of them asks to be acknowledged."));
	} else if (n == 1) {
		ask_password(x);
	} else {
		snprintf(words, sizeof words, _("Say that these %zu events have been seen?"), n);
		ask_confirm(x->view.tui, _("Acknowledge"), words, sure_said, NULL);
	}
}

void events_acknowledge(struct tui *t)
{
	struct events *x = events_on_top(t);

	x->acked_n = x->tags_n ? x->tags_n : 1;
	x->acked = mem_realloc(x->acked, x->acked_n, sizeof *x->acked);
	for (size_t i = 0; i < x->tags_n; i++)
		x->acked[i] = x->tags[i];
	if (!x->tags_n)
		x->acked[0] = chronicle_key(x->chronicle, (size_t)x->at);
	ask(x);
}

void events_acknowledge_all(struct tui *t)
{
	struct events *x = events_on_top(t);

	x->acked_n = chronicle_count(x->chronicle);
	x->acked = mem_realloc(x->acked, x->acked_n, sizeof *x->acked);
	for (size_t i = 0; i < x->acked_n; i++)
		x->acked[i] = chronicle_key(x->chronicle, i);
	ask(x);
}
