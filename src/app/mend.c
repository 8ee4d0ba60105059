/* mend - the change that a finding offers; see mend.h */
#include "app/mend.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "model/outcome.h"

#include <stdlib.h>

bool finding_is_mendable(const struct finding *f)
{
	return f->fix_node != 0;
}

char *mend_place(const struct site *site, const struct finding *f)
{
	const struct node *to = f->fix_key ? NULL : site_find(site, f->fix_parent);
	char *path = to ? node_path(to) : NULL, *place;

	if (!to || f->fix_container == IN_ITSELF)
		return path;
	place = mem_printf("%s/%s", path, container_word(f->fix_container));
	free(path);
	return place;
}

void mend_words(const struct site *site, const struct finding *f, struct text *words)
{
	const struct node *n = site_find(site, f->fix_node);
	char *place = mend_place(site, f);

	if (n && f->fix_key)
		text_printf(words, "%s %s=%s", node_name(n), f->fix_key, f->fix_value);
	else if (n && place && f->fix_group)
		text_printf(words, _("%s moves into a new group %s in %s"), node_name(n),
		    f->fix_group, place);
	else if (n && place)
		text_printf(words, _("%s moves to %s"), node_name(n), place);
	free(place);
}

void mend_show(const struct site *site, const struct finding *f, struct text *words)
{
	const struct node *n = site_find(site, f->fix_node);
	const struct field *field = n && f->fix_key ?
	    field_find(record_fields(n->kind), f->fix_key) : NULL;
	char value[200];

	if (!field) {
		mend_words(site, f, words);
		return;
	}
	outcome_value(field, f->fix_value, value, sizeof value);
	text_printf(words, "%s: %s %s", n->parent ? node_name(n) : _("network"),
	    tr(field->label), value);
}

/* A group like the one around it; its id, or 0 and words. */
static unsigned make_group(struct app *a, const struct finding *f, struct err *e)
{
	unsigned id = app_add(a, f->fix_parent, f->fix_container, KIND_GROUP, f->fix_group, e);
	const struct node *around = site_find(app_site(a), f->fix_parent);
	const struct field *field;
	char buf[16];

	for (field = group_fields; id && field->key; field++)
		if (field->flags & (FIELD_SAME | FIELD_OFFERED) && node_gives(around, field) &&
		    !app_set(a, id, field->key, field_text(field, around, buf), e))
			id = 0;
	return id;
}

static bool move(struct app *a, const struct finding *f, struct err *e)
{
	const struct node *n = site_find(app_site(a), f->fix_node);
	unsigned to = f->fix_parent;
	char *label = mem_printf(_("%s moved for %s"), n ? node_name(n) : "", f->rule);
	bool ok;

	app_act_begin(a, label);
	if (f->fix_group)
		to = make_group(a, f, e);
	ok = to && app_move(a, f->fix_node, to, f->fix_container, e);
	if (ok)
		app_act_end(a);
	else
		app_act_abort(a);
	free(label);
	return ok;
}

bool app_mend(struct app *a, const struct finding *f, struct err *e)
{
	if (!finding_is_mendable(f))
		return err_set(e, _("no change is known that mends this"));
	return f->fix_key ? app_set(a, f->fix_node, f->fix_key, f->fix_value, e) : move(a, f, e);
}
