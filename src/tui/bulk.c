#include "tui/bulk.h"

#include "app/radius.h"
#include "base/i18n.h"
#include "base/text.h"
#include "model/counted.h"
#include "tui/ask.h"
#include "tui/edit.h"
#include "tui/mainview.h"
#include "tui/tagging.h"

#include <stdlib.h>

enum { NAMES = 6 };		/* so many are named, the others counted */

static bool any_tagged(struct tui *t)
{
	return tags_count(&mainview(t)->tags) > 0;
}

bool bulk_can_delete(struct tui *t, struct err *e)
{
	if (!any_tagged(t))
		return edit_can_delete(t, e);
	return app_writable(t->app, e);
}

static void deleted(struct tui *t, int which, const char *text, void *arg)
{
	struct err e;
	unsigned *ids;
	size_t n, i;
	bool ok = true;

	(void)text;
	(void)arg;
	if (which != 0)
		return;
	ids = tagging_meant(t, true, &n);
	app_act_begin(t->app, _("delete the tagged nodes"));
	for (i = 0; i < n && ok; i++)
		ok = app_remove(t->app, ids[i], &e);
	free(ids);
	if (!ok) {
		app_act_abort(t->app);
		ask_message(t, _("Delete"), e.text);
		return;
	}
	app_act_end(t->app);
	tui_say(t, 0, ngettext("%zu node is deleted", "%zu nodes are deleted", n), n);
}

static void add_name(struct text *names, size_t *n, const char *name)
{
	if (++*n <= NAMES)
		text_printf(names, "%s%s", *n > 1 ? ", " : "", name);
}

/* Terminals that stay and would no longer be fed by a UPS that goes. */
static void add_radius(struct tui *t, const unsigned *ids, size_t n, struct text *words)
{
	struct text names = { 0 };
	size_t count = 0, hit_n;
	unsigned *hit = radius_of_removal(t->app, ids, n, &hit_n);

	for (size_t i = 0; i < hit_n; i++)
		add_name(&names, &count, node_name(site_find(app_site(t->app), hit[i])));
	if (count) {
		text_printf(words, ngettext("\n\n%zu terminal that stays loses a power device: %s",
		    "\n\n%zu terminals that stay lose a power device: %s", count), count, names.s);
		text_add(words, count > NAMES ? " …" : "");
	}
	text_done(&names);
	free(hit);
}

void bulk_delete(struct tui *t)
{
	const struct site *s = app_site(t->app);
	size_t count[KIND_COUNT] = { 0 }, n, named = 0;
	struct text words = { 0 }, names = { 0 };
	char counted[3][COUNTED_MAX];
	unsigned *ids;

	if (!any_tagged(t)) {
		edit_delete(t);
		return;
	}
	ids = tagging_meant(t, true, &n);
	for (size_t i = 0; i < n; i++) {
		const struct node *top = site_find(s, ids[i]);

		add_name(&names, &named, node_name(top));
		for (const struct node *j = top; j; j = node_next(j, top))
			count[j->kind]++;
	}
	text_printf(&words, _("Delete what is tagged: %s%s?"), names.s,
	    named > NAMES ? " …" : "");
	text_printf(&words, _("\n\nWith all below: %s, %s, %s."),
	    counted_nodes(KIND_GROUP, count[KIND_GROUP], counted[0]),
	    counted_nodes(KIND_UPS, count[KIND_UPS], counted[1]),
	    counted_nodes(KIND_TERMINAL, count[KIND_TERMINAL], counted[2]));
	add_radius(t, ids, n, &words);
	ask_confirm(t, _("Delete registration information"), words.s, deleted, NULL);
	text_done(&words);
	text_done(&names);
	free(ids);
}

bool bulk_can_collect(struct tui *t, struct err *e)
{
	size_t n;

	/* in a form it is the form's card */
	if (t->top != t->main || !any_tagged(t))
		return edit_can_collect(t, e);
	if (!app_writable(t->app, e))
		return false;
	free(mainview_chosen(t, KIND_UPS, &n));
	return n > 0 || err_set(e, _("No power device is tagged."));
}

void bulk_collect(struct tui *t)
{
	unsigned *ids;
	size_t n;

	if (t->top != t->main || !any_tagged(t)) {
		edit_collect(t);
		return;
	}
	ids = mainview_chosen(t, KIND_UPS, &n);
	bulk_collect_open(t, ids, n);
}
