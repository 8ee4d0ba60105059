/* edit - what changes the tree; see edit.h */
#include "tui/edit.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/ask.h"
#include "tui/mainview.h"
#include "tui/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Where a new thing would hang: the selected container or group; beside a
 * device that is selected.
 */
static struct place place_for_new(struct tui *t)
{
	struct place p = mainview_place(t);
	const struct node *n = site_find(app_site(t->app), p.id);

	if (n && (n->kind == KIND_UPS || n->kind == KIND_TERMINAL) && n->parent)
		return (struct place){ n->parent->id, n->container };
	return p;
}

static bool allows(struct tui *t, struct place p, enum kind kind, struct err *e)
{
	const struct node *n = site_find(app_site(t->app), p.id);

	return n && site_allows(n, p.container, kind, e);
}

bool edit_can_create_group(struct tui *t, struct err *e)
{
	return app_writable(t->app, e) && allows(t, place_for_new(t), KIND_GROUP, e);
}

void edit_create_group(struct tui *t)
{
	sheet_new(t, KIND_GROUP, place_for_new(t));
}

static enum kind device_of(enum container c)
{
	return c == IN_POWER || c == IN_DEVICES ? KIND_UPS : KIND_TERMINAL;
}

bool edit_can_register(struct tui *t, struct err *e)
{
	struct place p = place_for_new(t);

	if (p.container == IN_ITSELF)
		return err_set(e, _("Select a place first: Power devices, terminals or Linked devices of a group."));
	return app_writable(t->app, e) && allows(t, p, device_of(p.container), e);
}

void edit_register(struct tui *t)
{
	struct place p = place_for_new(t);

	sheet_new(t, device_of(p.container), p);
}

static struct node *group_of(struct tui *t)
{
	struct node *n = site_find(app_site(t->app), mainview_place(t).id);

	while (n && n->kind != KIND_GROUP)
		n = n->parent;
	return n;
}

bool edit_can_add_device_group(struct tui *t, struct err *e)
{
	if (!group_of(t))
		return err_set(e, _("Select a group: the new one hangs in its linked devices."));
	return app_writable(t->app, e);
}

void edit_add_device_group(struct tui *t)
{
	sheet_new(t, KIND_GROUP, (struct place){ group_of(t)->id, IN_DEVICES });
}

/* What can be made at a place, in the order of the tree. */
struct making {
	enum kind kind;
	struct place place;
};

static int makings(struct tui *t, struct making list[8])
{
	struct place p = place_for_new(t);
	int n = 0;

	if (p.container != IN_ITSELF && allows(t, p, device_of(p.container), NULL))
		list[n++] = (struct making){ device_of(p.container), p };
	for (int c = IN_POWER; p.container == IN_ITSELF && c < IN_ITSELF; c++) {
		struct place in = { p.id, c };

		if (allows(t, in, device_of(c), NULL))
			list[n++] = (struct making){ device_of(c), in };
	}
	if (allows(t, p, KIND_GROUP, NULL))
		list[n++] = (struct making){ KIND_GROUP, p };
	return n;
}

bool edit_can_new(struct tui *t, struct err *e)
{
	struct making list[8];

	if (!makings(t, list))
		return err_set(e, _("Nothing can be created here."));
	return app_writable(t->app, e);
}

static void make(struct tui *t, int which, const char *text, void *arg)
{
	struct making list[8];

	(void)text;
	(void)arg;
	if (which >= 0 && which < makings(t, list))
		sheet_new(t, list[which].kind, list[which].place);
}

void edit_new(struct tui *t)
{
	struct making list[8];
	char words[8][120];
	const char *labels[8];
	int n = makings(t, list);

	if (n == 1) {
		make(t, 0, NULL, NULL);
		return;
	}
	for (int i = 0; i < n; i++) {
		enum container c = list[i].place.container;

		snprintf(words[i], sizeof words[i], c == IN_ITSELF ? "%s" : "%s (%s)",
		    tr(kind_label(list[i].kind)), c == IN_ITSELF ? "" : tr(container_label(c)));
		labels[i] = words[i];
	}
	ask_choice(t, _("New"), labels, n, 0, make, NULL);
}

bool edit_can_policy(struct tui *t, struct err *e)
{
	if (!group_of(t))
		return err_set(e, _("Select a group: its policy is what its members have in common."));
	return app_writable(t->app, e);
}

void edit_policy(struct tui *t)
{
	sheet_edit(t, group_of(t)->id);
}

bool edit_can_edit(struct tui *t, struct err *e)
{
	if (!mainview_node(t))
		return err_set(e, _("Select a group, a power device or a terminal: this row only holds some."));
	return true;
}

void edit_edit(struct tui *t)
{
	sheet_edit(t, mainview_node(t)->id);
}

bool edit_can_delete(struct tui *t, struct err *e)
{
	const struct node *n = mainview_node(t);

	if (!n || !n->parent)
		return err_set(e, _("Select a group, a power device or a terminal: this row cannot be deleted."));
	return app_writable(t->app, e);
}

static void deleted(struct tui *t, int which, const char *text, void *arg)
{
	unsigned id = (unsigned)(uintptr_t)arg;
	const struct node *n = site_find(app_site(t->app), id);
	struct err e;
	char name[200];

	(void)text;
	if (which != 0 || !n)
		return;
	text_copy(name, sizeof name, node_name(n));
	if (app_remove(t->app, id, &e))
		tui_say(t, 0, _("%s is deleted"), name);
	else
		ask_message(t, _("Delete"), e.text);
}

/* The first few by name: a number alone hits nobody. */
static void add_names_below(struct text *t, const struct node *n, size_t all)
{
	enum { NAMED = 8 };
	size_t named = 0;

	for (const struct node *i = node_next(n, n); i && named < NAMED; i = node_next(i, n))
		text_printf(t, "%s%s", named++ ? ", " : "", node_name(i));
	if (all > named)
		text_printf(t, ngettext(" and %zu more", " and %zu more", all - named), all - named);
}

void edit_delete(struct tui *t)
{
	const struct node *n = mainview_node(t);
	void *id = (void *)(uintptr_t)n->id;
	struct text words = { 0 };
	size_t below = 0;

	for (const struct node *i = node_next(n, n); i; i = node_next(i, n))
		below++;
	text_printf(&words, _("Delete %s?"), node_name(n));
	if (below) {
		text_printf(&words, ngettext(" With %zu node below it: ",
		    " With %zu nodes below it: ", below), below);
		add_names_below(&words, n, below);
		ask_typed(t, _("Delete registration information"), words.s, node_name(n),
		    deleted, id);
	} else {
		ask_confirm(t, _("Delete registration information"), words.s, deleted, id);
	}
	text_done(&words);
}

bool edit_can_collect(struct tui *t, struct err *e)
{
	const struct sheet *s = sheet_on_top(t);
	const struct node *n = mainview_node(t);

	if (s ? s->layout->kind != KIND_UPS : !n || n->kind != KIND_UPS)
		return err_set(e, _("Select a power device: the settings are read from its card."));
	return app_writable(t->app, e);
}

void edit_collect(struct tui *t)
{
	if (!sheet_on_top(t))
		sheet_edit(t, mainview_node(t)->id);
	sheet_collect(sheet_on_top(t));
}

bool edit_can_take_card(struct tui *t, struct err *e)
{
	const struct sheet *s = sheet_on_top(t);

	return (s && s->collected) ||
	    err_set(e, _("Collect the card's settings first."));
}

void edit_take_card(struct tui *t)
{
	sheet_take_card(sheet_on_top(t));
}
