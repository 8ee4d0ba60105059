/* What the rules say of a form as it is typed, and where its values come from. */
#include "tui/sheet.h"

#include "base/i18n.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

void sheet_try(struct sheet *s, struct err *e)
{
	struct app *app = s->view.tui->app;

	findings_done(&s->found);
	app_act_begin(app, NULL);
	s->tried = sheet_put(s, false, e);
	if (!s->tried)
		s->tried = s->node;
	rules_check(app_site(app), &s->found);
	app_act_abort(app);
}

const struct finding *sheet_finding(const struct sheet *s, const struct field *f)
{
	const struct finding *worst = NULL;

	for (size_t i = 0; i < s->found.n; i++) {
		const struct finding *x = &s->found.list[i];

		if (x->node == s->tried && x->field == f &&
		    (!worst || x->severity < worst->severity))
			worst = x;
	}
	return worst;
}

bool sheet_is_new(const struct sheet *s, const struct finding *x)
{
	for (size_t i = 0; i < s->before.n; i++) {
		const struct finding *b = &s->before.list[i];

		if (b->node == x->node && b->field == x->field && strcmp(b->rule, x->rule) == 0)
			return false;
	}
	return true;
}

const struct finding *sheet_caused(const struct sheet *s)
{
	const struct finding *worst = NULL;

	for (size_t i = 0; i < s->found.n; i++) {
		const struct finding *x = &s->found.list[i];

		if (x->severity < SEVERITY_NOTE && (x->node != s->tried || !x->field) &&
		    (!worst || x->severity < worst->severity) && sheet_is_new(s, x))
			worst = x;
	}
	return worst;
}

/* The record it is or will be below, whose value may count. */
static const struct node *parent_of(const struct sheet *s)
{
	const struct site *site = app_site(s->view.tui->app);
	const struct node *n = s->node ? site_find(site, s->node) : NULL;

	return n ? n->parent : site_find(site, s->place.id);
}

void sheet_origin(const struct sheet *s, const struct entry *en, char *buf, size_t size)
{
	const struct site *site = app_site(s->view.tui->app);
	const struct node *n = s->node ? site_find(site, s->node) : NULL;
	const struct field *f = en->field;

	buf[0] = '\0';
	if (f->flags & FIELD_INHERITS && !*en->line.s) {
		if (s->layout->kind == KIND_TERMINAL)
			snprintf(buf, size, _("%d, from the network"),
			    site_network(site)->terminal_port);
		else if (parent_of(s))
			snprintf(buf, size, _("from group %s"), node_name(parent_of(s)));
	} else if (n && !node_gives(n, f) && !sheet_entry_changed(en)) {
		snprintf(buf, size, "%s", _("initial value"));
	}
}

/* The number behind the choice that stands in a field of the form. */
static int chosen(const struct sheet *s, const char *key)
{
	int n = 0;

	for (int i = 0; i < s->n; i++)
		if (strcmp(s->entries[i].field->key, key) == 0)
			field_check(s->entries[i].field, s->entries[i].line.s, &n, NULL);
	return n;
}

const char *sheet_unused(const struct sheet *s, const struct entry *en)
{
	const char *why = s->layout->kind != KIND_UPS ? NULL :
	    ups_unused(en->field, (enum snmp_version)chosen(s, "SnmpVersion"),
	    (enum snmp_level)chosen(s, "SnmpLevel"));

	return why ? tr(why) : NULL;
}

const char *sheet_value_offered(const struct sheet *s, const struct field *f, char buf[16])
{
	const struct site *site = app_site(s->view.tui->app);
	const struct node *top = (const struct node *)site_network(site);
	const struct node *up = parent_of(s), *n = top;

	if (f->flags & FIELD_OFFERED && up && up->kind == s->layout->kind)
		return field_text(f, up, buf);
	if (f->flags & FIELD_SAME)
		while ((n = node_next(n, top)))
			if (n->kind == s->layout->kind)
				return field_text(f, n, buf);
	return f->initial;
}
