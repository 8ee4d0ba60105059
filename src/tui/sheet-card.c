/* The part of a form that talks with the card. */
#include "tui/sheet.h"

#include "base/i18n.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

/* The record as the form has it, so that a card can be asked before it is stored. */
static void fill(const struct sheet *s, struct ups *u)
{
	const struct site *site = app_site(s->view.tui->app);
	const struct node *n = s->node ? site_find(site, s->node) : NULL;

	memset(u, 0, sizeof *u);
	u->node.kind = KIND_UPS;
	u->node.id = s->node;
	u->node.parent = n ? n->parent : site_find(site, s->place.id);
	u->node.container = n ? n->container : s->place.container;
	for (const struct field *f = ups_fields; f->key; f++) {
		const char *text = f->initial;
		char *at = (char *)u + f->offset;
		int v = FIELD_NONE;

		if (f->type == FIELD_PARENT)
			continue;
		for (int i = 0; i < s->n; i++)
			if (s->entries[i].field == f)
				text = s->entries[i].line.s;
		if (!field_is_int(f))
			memcpy(at, &text, sizeof text);
		else if (field_check(f, text, &v, NULL) || field_check(f, f->initial, &v, NULL))
			memcpy(at, &v, sizeof v);
	}
}

static struct entry *entry_of(struct sheet *s, const struct field *f)
{
	for (int i = 0; i < s->n; i++)
		if (s->entries[i].field == f)
			return &s->entries[i];
	return NULL;
}

static void take(struct entry *en)
{
	int n;

	if (en->card.field && en->card.value[0] &&
	    field_check(en->field, en->card.value, &n, NULL))
		line_set(&en->line, en->card.value);
}

void sheet_take_card(struct sheet *s)
{
	for (int i = 0; i < s->n; i++)
		take(&s->entries[i]);
	s->wrong.text[0] = '\0';
}

static void collected(const struct collected *list, size_t n,
    const struct reading *ident, const char *profile, const struct err *e, void *arg)
{
	struct sheet *s = arg;
	int differ = 0;

	s->collect = NULL;
	tui_draw_soon(s->view.tui);
	if (e) {
		text_copy(s->note, sizeof s->note, e->text);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		struct entry *en = entry_of(s, list[i].field);

		if (!en)
			continue;
		en->card = list[i];
		/* into a new form it goes at once, unless something else was typed */
		if (!s->node && strcmp(en->line.s, en->was) == 0)
			take(en);
		differ += en->card.value[0] && strcmp(en->card.value, en->line.s) != 0;
	}
	if (ident)
		s->ident = *ident;
	s->collected = time(NULL);
	if (differ)
		snprintf(s->note, sizeof s->note,
		    ngettext("Read by profile %s: %d setting differs from the card's.",
		    "Read by profile %s: %d settings differ from the card's.",
		    (unsigned long)differ), profile ? profile : "", differ);
	else
		snprintf(s->note, sizeof s->note,
		    _("Read by profile %s: the form is as the card."), profile ? profile : "");
}

void sheet_collect(struct sheet *s)
{
	struct ups u;

	if (s->collect)
		return;
	fill(s, &u);
	s->note[0] = '\0';
	s->wrong.text[0] = '\0';
	if (!*u.address) {
		err_set(&s->wrong, _("Give the card's IP address first."));
		return;
	}
	s->collect = collect_start(s->view.tui->app, &u, collected, s, &s->wrong);
	if (s->collect)
		snprintf(s->note, sizeof s->note, _("Asking the card at %s…"), u.address);
}
