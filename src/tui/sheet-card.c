/* The part of a form that talks with the card. */
#include "tui/sheet.h"

#include "base/i18n.h"
#include "base/text.h"
#include "tui/ask.h"

#include <stdio.h>
#include <string.h>

/* The record as the form has it, so that a card can be asked before it is stored. */
static void fill(const struct sheet *s, struct ups *u, struct ups_settings *set)
{
	const struct site *site = app_site(s->view.tui->app);
	const struct node *n = s->node ? site_find(site, s->node) : NULL;

	memset(u, 0, sizeof *u);
	memset(set, 0, sizeof *set);
	u->set = set;
	u->node.kind = KIND_UPS;
	u->node.id = s->node;
	u->node.parent = n ? n->parent : site_find(site, s->place.id);
	u->node.container = n ? n->container : s->place.container;
	for (const struct field *f = ups_fields; f->key; f++) {
		const char *text = f->initial;
		char *at = (char *)(f->own ? (void *)u : set) + f->offset;
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

bool sheet_has_list(const struct entry *en)
{
	return en->field->choices || (en->field->type == FIELD_NUMBER && en->card.allowed[0]);
}

/* The numbers of "20,180,300,600", each as a text of its own. */
enum { LISTED = 24, DIGITS = 12 };

static int listed(const char *allowed, char items[LISTED][DIGITS])
{
	int n = 0;

	while (*allowed && n < LISTED) {
		size_t len = strcspn(allowed, ",");

		snprintf(items[n++], DIGITS, "%.*s", (int)len, allowed);
		allowed += len + (allowed[len] == ',');
	}
	return n;
}

static void picked(struct tui *t, int which, const char *text, void *arg)
{
	struct sheet *s = arg;
	struct entry *en = sheet_focused(s);
	char items[LISTED][DIGITS];

	(void)t;
	(void)text;
	if (en && which >= 0 && which < listed(en->card.allowed, items))
		line_set(&en->line, items[which]);
	sheet_check(s);
}

void sheet_pick_of_card(struct sheet *s, struct entry *en)
{
	char items[LISTED][DIGITS], words[LISTED][100];
	int n = listed(en->card.allowed, items), at = 0;
	const char *labels[LISTED];

	for (int i = 0; i < n; i++) {
		bool now = strcmp(items[i], en->card.value) == 0;

		snprintf(words[i], sizeof words[i], "%s %s%s", items[i],
		    field_unit(en->field), now ? _("  = in the card") : "");
		labels[i] = words[i];
		if (strcmp(items[i], en->line.s) == 0)
			at = i;
	}
	ask_choice(s->view.tui, tr(en->field->label), labels, n, at, picked, s);
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
	struct ups_settings set;

	if (s->collect)
		return;
	fill(s, &u, &set);
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
