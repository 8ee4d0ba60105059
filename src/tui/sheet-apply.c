/* How the values of a form come into the site: all of them, or none. */
#include "tui/sheet.h"

#include "tui/mainview.h"

#include <string.h>

bool sheet_entry_changed(const struct entry *en)
{
	return strcmp(en->line.s, en->was) != 0;
}

int sheet_first_wrong(struct sheet *s)
{
	int i, n;

	for (i = 0; i < s->n; i++) {
		struct entry *en = &s->entries[i];

		if ((!s->node || sheet_entry_changed(en)) &&
		    !field_check(en->field, en->line.s, &n, &s->wrong))
			break;
	}
	return i;
}

/* The entries before end as they were, also in being given or not. */
static void restore(struct sheet *s, unsigned node, uint64_t given, int end)
{
	struct app *app = s->view.tui->app;

	for (int i = 0; i < end; i++) {
		const struct entry *en = &s->entries[i];

		if (!sheet_entry_changed(en))
			continue;
		if (given & node_bit(site_find(app_site(app), node), en->field))
			app_set(app, node, en->field->key, en->was, NULL);
		else
			app_unset(app, node, en->field->key, NULL);
	}
}

static bool set_all(struct sheet *s, unsigned node, struct err *e)
{
	struct app *app = s->view.tui->app;
	uint64_t given = site_find(app_site(app), node)->given;

	for (int i = 0; i < s->n; i++) {
		struct entry *en = &s->entries[i];

		if (!sheet_entry_changed(en) || app_set(app, node, en->field->key, en->line.s, e))
			continue;
		if (s->node)
			restore(s, node, given, i);
		return false;
	}
	return true;
}

static const char *value_of(const struct sheet *s, const char *name)
{
	for (int i = 0; i < s->n; i++)
		if (strcmp(s->entries[i].field->key, name) == 0)
			return s->entries[i].line.s;
	return "";
}

/* Told at once when a value that was just given breaks a rule. */
static void tell_broken(struct sheet *s, unsigned node)
{
	struct tui *t = s->view.tui;
	const struct findings *all = app_check(t->app);

	for (size_t i = 0; i < all->n; i++) {
		const struct finding *f = &all->list[i];

		if (f->node != node || !f->field || f->severity > SEVERITY_WARNING)
			continue;
		for (int j = 0; j < s->n; j++)
			if (s->entries[j].field == f->field &&
			    sheet_entry_changed(&s->entries[j])) {
				tui_say(t, 2, "%s %s", f->rule ? f->rule : "", f->message);
				return;
			}
	}
}

bool sheet_apply(struct sheet *s)
{
	struct tui *t = s->view.tui;
	unsigned node = s->node;

	if (!node) {
		node = app_add(t->app, s->place.id, s->place.container, s->layout->kind,
		    value_of(s, "Name"), &s->wrong);
		if (!node)
			return false;
	}
	if (set_all(s, node, &s->wrong)) {
		struct mainview *m = (struct mainview *)t->main;

		if (!s->node && s->layout->kind == KIND_GROUP)
			mainview_go(t, (struct place){ node, IN_ITSELF });
		else if (!s->node)
			m->listed = node;
		tell_broken(s, node);
		return true;
	}
	if (!s->node)
		app_remove(t->app, node, NULL);
	return false;
}
