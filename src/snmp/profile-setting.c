/* profile-setting - settings in a profile; see profile-setting.h */
#include "snmp/profile-setting.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/record.h"

#include <stdlib.h>
#include <string.h>

/* "1 2 3 4" into "1,2,3,4". */
static const char *parse_allowed(const struct profile_source *s, const struct xml_node *n,
    struct err *e)
{
	const char *text = xml_attr(n, "allowed"), *list;
	struct text all = { 0 };
	struct profile_range r;
	char *taken;
	size_t len;

	for (; text && (len = profile_word(&text)) > 0; text += len) {
		if (!profile_range(text, len, &r) || r.from != r.to) {
			xml_err(s->doc, n, e, _("allowed: %.*s is no number"), (int)len, text);
			text_done(&all);
			return NULL;
		}
		text_printf(&all, "%s%lld", all.len ? "," : "", (long long)r.from);
	}
	taken = text_take(&all);
	list = pool_put(s->pool, taken);
	free(taken);
	return list;
}

bool profile_setting_parse(struct profile_source *s, const struct xml_node *n, struct err *e)
{
	static const char *const types[] = { "integer", "timeticks", "string", NULL };
	static const char *const snaps[] = { "none", "up", "down", NULL };
	const char *key = xml_attr(n, "field"), *oid = xml_attr(n, "oid");
	struct profile *p = s->p;
	struct profile_setting *t;
	int type, snap;

	mem_grow(p->settings, p->n_settings, s->cap.settings);
	t = &p->settings[p->n_settings];
	*t = (struct profile_setting){ .field = field_find(ups_fields, key) };
	if (!t->field || strcmp(t->field->key, key) || !(t->field->flags & FIELD_IN_CARD))
		return xml_err(s->doc, n, e, _("field: %s is no setting that is kept in "
		    "a UPS"), key);
	for (size_t i = 0; i < p->n_settings; i++)
		if (p->settings[i].field == t->field)
			return s->lent || xml_err(s->doc, n, e, _("field: %s is here already"), key);
	p->n_settings++;
	t->oid = profile_oid(s, n, "oid", oid, strlen(oid), e);
	t->allowed = parse_allowed(s, n, e);
	if (!t->oid || !t->allowed || !profile_none(s, n, &t->none, e) ||
	    !profile_scale(s, n, &t->scale, e) ||
	    !profile_choice(s, n, "type", types, &type, e) ||
	    !profile_choice(s, n, "snap", snaps, &snap, e))
		return false;
	t->type = (enum profile_type)type;
	t->snap = (enum profile_snap)snap;
	return true;
}

static bool parse_column(const struct profile_source *s, const struct xml_node *n,
    const char *name, const char **oid, struct err *e)
{
	const char *text = xml_attr(n, name);

	if (*oid)
		return s->lent || xml_err(s->doc, n, e, _("<allowed> is here already"));
	*oid = profile_oid(s, n, name, text, strlen(text), e);
	return *oid != NULL;
}

bool profile_allowed_parse(const struct profile_source *s, const struct xml_node *n,
    struct err *e)
{
	return parse_column(s, n, "setting", &s->p->allowed_setting, e) &&
	    parse_column(s, n, "values", &s->p->allowed_values, e);
}
