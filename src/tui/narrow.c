#include "tui/narrow.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/prompt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A filter that is being typed: what it goes back to. */
struct narrowing {
	struct position from;
	char *before;		/* the filter before, or NULL */
};

static void drop(void *arg)
{
	struct narrowing *n = arg;

	free(n->before);
	free(n);
}

/* False and words when it is none; then the one before stays. */
static bool set(struct tui *t, const char *text, struct err *e)
{
	struct mainview *m = mainview(t);
	struct filter *f = filter_new(text, e);

	if (!f && e->text[0])
		return false;
	filter_free(m->wish.filter);
	free(m->filter_text);
	m->wish.filter = f;
	m->wish.filter_no++;
	m->filter_text = f ? mem_dup(text) : NULL;
	mainview_fresh(m);
	mainview_settle(m);
	tui_draw_soon(t);
	return true;
}

static bool typed(struct tui *t, const char *text, void *arg, struct err *e)
{
	struct narrowing *n = arg;
	bool ok = set(t, text, e);

	mainview_return(t, n->from);
	return ok;
}

static void done(struct tui *t, bool kept, const char *text, void *arg)
{
	struct narrowing *n = arg;
	struct err e;

	if (!kept) {
		set(t, n->before ? n->before : "", &e);
		mainview_return(t, n->from);
	} else if (!set(t, text, &e)) {
		screen_beep();
		tui_say(t, 1, "%s", e.text);
	}
}

void narrow_open(struct tui *t)
{
	static const struct prompt_use use = { .type = &prompt_filter,
	    .label = N_("Filter"),
	    .hint = N_("any text, state:battery, kind:ups, problem, alarm"),
	    .typed = typed, .done = done, .drop = drop };
	struct mainview *m = mainview(t);
	struct narrowing *n = mem_new(struct narrowing);

	mainview_fresh(m);
	n->from = mainview_position(t);
	n->before = m->filter_text ? mem_dup(m->filter_text) : NULL;
	prompt_open(t, &use, n->before ? n->before : "", n);
}

void narrow_clear(struct tui *t)
{
	struct position p = mainview_position(t);
	struct err e;

	set(t, "", &e);
	mainview_return(t, p);
}

enum role narrow_title(const struct mainview *m, char *buf, size_t size)
{
	size_t hidden = listing_hidden_alarms(&m->listing, mainview_shown_under(m).place);
	char shown[200];

	/* the numbers tell more than the end of a long filter */
	text_copy(shown, sizeof shown, m->filter_text);
	shown[text_fit(shown, 30)] = '\0';
	snprintf(buf, size, _("Filter: %s%s · %d of %d"), shown,
	    strlen(shown) < strlen(m->filter_text) ? "…" : "",
	    listing_count(&m->listing), m->listing.last - m->listing.first);
	if (!hidden)
		return ROLE_HEAD;
	snprintf(buf + strlen(buf), size - strlen(buf),
	    ngettext(" · ! hides %zu in alarm", " · ! hides %zu in alarm", hidden), hidden);
	return ROLE_ALARM;
}
