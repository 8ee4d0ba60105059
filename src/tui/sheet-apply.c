/* How the values of a form come into the site: all of them, or none. */
#include "tui/sheet.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/ask.h"
#include "tui/mainview.h"

#include <stdio.h>
#include <stdlib.h>
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

/* Every form has a name but the network's. */
static int entry_of(const struct sheet *s, const char *key)
{
	int i = 0;

	while (i < s->n && strcmp(s->entries[i].field->key, key) != 0)
		i++;
	return i < s->n ? i : -1;
}

unsigned sheet_put(struct sheet *s, bool strict, struct err *e)
{
	struct app *app = s->view.tui->app;
	int name = entry_of(s, "Name");
	unsigned node = s->node;

	s->refused = -1;
	if (!node)
		node = app_add(app, s->place.id, s->place.container, s->layout->kind,
		    s->entries[name].line.s, e);
	if (!node)
		s->refused = name;
	for (int i = 0; node && i < s->n; i++) {
		struct entry *en = &s->entries[i];

		if (!sheet_entry_changed(en) ||
		    app_set(app, node, en->field->key, en->line.s, e))
			continue;
		s->refused = i;
		if (strict)
			return 0;
	}
	return node;
}

/* What must be alike in all groups goes into the others, too. */
static bool put_in_all(struct sheet *s, const struct field *f, const char *value,
    struct err *e)
{
	const struct site *site = app_site(s->view.tui->app);
	const struct node *top = (const struct node *)site_network(site), *n;

	for (n = node_next(top, top); n; n = node_next(n, top))
		if (n->kind == s->layout->kind &&
		    !app_set(s->view.tui->app, n->id, f->key, value, e))
			return false;
	return true;
}

bool sheet_apply(struct sheet *s, bool all_groups)
{
	struct tui *t = s->view.tui;
	int name = entry_of(s, "Name");
	char *label = mem_printf("%s: %s", name < 0 ? _("network") :
	    s->entries[name].line.s, s->node ? _("form") : _("new"));
	unsigned node;

	app_act_begin(t->app, label);
	free(label);
	node = sheet_put(s, true, &s->wrong);
	for (int i = 0; node && all_groups && i < s->n; i++)
		if (sheet_sets_apart(s, &s->entries[i]) &&
		    !put_in_all(s, s->entries[i].field, s->entries[i].line.s, &s->wrong))
			node = 0;
	if (!node) {
		app_act_abort(t->app);
		return false;
	}
	app_act_end(t->app);
	if (!s->node && s->layout->kind == KIND_GROUP)
		mainview_go(t, (struct place){ node, IN_ITSELF });
	else if (!s->node)
		mainview_list(t, node);
	return true;
}

bool sheet_sets_apart(const struct sheet *s, const struct entry *en)
{
	const struct site *site = app_site(s->view.tui->app);
	const struct node *top = (const struct node *)site_network(site), *n;
	char buf[16];

	if (!(en->field->flags & FIELD_SAME) || (s->node && !sheet_entry_changed(en)))
		return false;
	for (n = node_next(top, top); n; n = node_next(n, top))
		if (n->kind == s->layout->kind && n->id != s->node &&
		    strcmp(field_text(en->field, n, buf), en->line.s) != 0)
			return true;
	return false;
}

static void same_said(struct tui *t, int which, const char *text, void *arg)
{
	struct sheet *s = arg;

	(void)t;
	(void)text;
	if (which == 0 || which == 1)
		sheet_take(s, which == 0);
}

bool sheet_ask_same(struct sheet *s)
{
	static const char *const labels[] = { N_("All groups"), N_("Only this one"),
	    N_("Cancel") };
	char words[300];

	for (int i = 0; i < s->n; i++) {
		const struct entry *en = &s->entries[i];

		if (!sheet_sets_apart(s, en))
			continue;
		snprintf(words, sizeof words,
		    _("%s must be the same in all groups (R15, R16), and others have another one. Set it to %s in all of them?"),
		    tr(en->field->label), en->line.s);
		ask_buttons(s->view.tui, _("Group policy"), words, labels, 3, 0, same_said, s);
		return true;
	}
	return false;
}
