/* profile-xml - a profile from its file; see profile-xml.h and amc-profile(5) */
#include "snmp/profile-xml.h"
#include "snmp/profile-command.h"
#include "snmp/profile-reading.h"
#include "snmp/profile-setting.h"
#include "snmp/names.h"
#include "snmp/oid.h"
#include "base/embed.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

void profile_free(struct profile *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->n_readings; i++)
		free(p->readings[i].none.list);
	for (size_t i = 0; i < p->n_states; i++) {
		for (size_t k = 0; k < p->states[i].n; k++)
			free(p->states[i].maps[k].from.list);
		free(p->states[i].maps);
	}
	for (size_t i = 0; i < p->n_settings; i++)
		free(p->settings[i].none.list);
	free(p->sysoids);
	free(p->probes);
	free(p->oids);
	free(p->readings);
	free(p->states);
	free(p->settings);
	profile_commands_free(p->commands);
	free(p->cautions);
	free(p->traps);
	free(p);
}

/* Its words with one blank between them, however the lines are broken in the file. */
static bool parse_caution(struct profile_source *s, const struct xml_node *n, struct err *e)
{
	struct profile *p = s->p;
	char *text = xml_text(n), *all;
	const char *word = text;
	struct text one = { 0 };
	size_t len;

	for (; (len = profile_word(&word)) > 0; word += len) {
		text_add(&one, one.len ? " " : "");
		text_add_len(&one, word, len);
	}
	free(text);
	all = text_take(&one);
	mem_grow(p->cautions, p->n_cautions, s->cap.cautions);
	p->cautions[p->n_cautions++] = pool_put(s->pool, all);
	free(all);
	return *p->cautions[p->n_cautions - 1] || xml_err(s->doc, n, e, _("<caution> is empty"));
}

static bool parse_trap(struct profile_source *s, const struct xml_node *n, struct err *e)
{
	const char *oid = xml_attr(n, "oid"), *state = xml_attr(n, "state");
	struct profile *p = s->p;
	struct profile_trap *t;

	mem_grow(p->traps, p->n_traps, s->cap.traps);
	t = &p->traps[p->n_traps];
	*t = (struct profile_trap){ .name = pool_put(s->pool, xml_attr(n, "name")) };
	if (!*t->name || strlen(t->name) > 63 || !text_is_ascii(t->name))
		return xml_err(s->doc, n, e, _("name: %s is not 1 to 63 characters of ASCII"),
		    t->name);
	t->oid = profile_oid(s, n, "oid", oid, strlen(oid), e);
	if (!t->oid)
		return false;
	for (size_t i = 0; i < p->n_traps; i++)
		if (strcmp(p->traps[i].oid, t->oid) == 0)
			return s->lent || xml_err(s->doc, n, e, _("oid: %s is the trap %s already"), oid,
			    p->traps[i].name);
	t->tells_state = state != NULL;
	if (state && !state_from_word(state, &t->state))
		return xml_err(s->doc, n, e, _("state: there is no state %s"), state);
	p->n_traps++;
	return true;
}

static bool parse_child(struct profile_source *s, const struct xml_node *n, struct err *e)
{
	struct profile *p = s->p;

	if (xml_is(n, "identify"))
		return profile_oids(s, n, "sysoid", &p->sysoids, &p->n_sysoids,
		    &s->cap.sysoids, e) &&
		    profile_oids(s, n, "probe", &p->probes, &p->n_probes, &s->cap.probes, e);
	if (xml_is(n, "reading"))
		return profile_reading_parse(s, n, e);
	if (xml_is(n, "state"))
		return profile_state_parse(s, n, e);
	if (xml_is(n, "setting"))
		return profile_setting_parse(s, n, e);
	if (profile_command_element(n))
		return profile_command_parse(s, n, e);
	if (xml_is(n, "caution"))
		return parse_caution(s, n, e);
	if (xml_is(n, "trap"))
		return parse_trap(s, n, e);
	return profile_allowed_parse(s, n, e);
}

static bool is_id(const char *s)
{
	return *s && strlen(s) <= 32 && strcmp(s, "auto") != 0 &&
	    s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

/* Everything of another profile but what is said of its own cards, below our own base. */
static bool parse_like(struct profile_source *s, const struct xml_node *n, const char *id,
    struct err *e)
{
	char *name = mem_printf("profiles/%s.xml", id);
	const struct embed *file = embed_find(name);
	const struct xml *own = s->doc;
	const struct xml_node *child;
	struct xml *doc = NULL;
	const char *none;
	bool ok = file || xml_err(own, n, e, _("like: there is no profile %s in the program"), id);

	ok = ok && (doc = xml_parse(name, (const char *)file->bytes, file->len, e));
	free(name);
	if (!ok)
		return false;
	s->doc = doc;
	s->lent = true;
	none = xml_attr(xml_root(doc), "none");
	ok = xml_attr(n, "none") || !none || profile_ranges(s, n, "none", none, &s->none, e);
	for (child = xml_first(xml_root(doc)); ok && child; child = xml_next(child))
		ok = xml_is(child, "identify") || xml_is(child, "caution") ||
		    parse_child(s, child, e);
	s->doc = own;
	s->lent = false;
	xml_free(doc);
	return ok;
}

static bool parse_profile(struct profile_source *s, const struct xml_node *n, struct err *e)
{
	static const char *const no_yes[] = { "no", "yes", NULL };
	const char *base = xml_attr(n, "base"), *rank = xml_attr(n, "rank");
	const char *none = xml_attr(n, "none"), *like = xml_attr(n, "like");
	struct profile *p = s->p;
	const struct xml_node *child;
	struct profile_range r;
	int exclusive;

	p->id = pool_put(s->pool, xml_attr(n, "id"));
	p->name = pool_put(s->pool, xml_attr(n, "name"));
	if (!is_id(p->id))
		return xml_err(s->doc, n, e, _("id: %s is not 1 to 32 of a-z, 0-9 and - "
		    "(auto is taken)"), p->id);
	if (!*p->name)
		return xml_err(s->doc, n, e, _("name: is empty"));
	if (!profile_range(rank, strlen(rank), &r) || r.from != r.to || r.from < 1 ||
	    r.from > 99)
		return xml_err(s->doc, n, e, _("rank: %s is not between 1 and 99"), rank);
	p->rank = (int)r.from;
	if (base && !oid_valid(base))
		return xml_err(s->doc, n, e, _("base: %s is no OID like 1.3.6.1.2.1.33"), base);
	s->base = base ? base : "";
	if (!profile_choice(s, n, "exclusive", no_yes, &exclusive, e) ||
	    (none && !profile_ranges(s, n, "none", none, &s->none, e)))
		return false;
	p->exclusive = exclusive;
	for (child = xml_first(n); child; child = xml_next(child))
		if (!parse_child(s, child, e))
			return false;
	if (like && !parse_like(s, n, like, e))
		return false;
	if (p->n_probes == 0)
		return xml_err(s->doc, n, e, _("<profile> needs an <identify> with a probe"));
	if (p->n_readings == 0 || p->n_states == 0)
		return xml_err(s->doc, n, e, _("<profile> needs a <reading> and a <state>"));
	return true;
}

struct profile *profile_read(struct pool *pool, const char *name, const char *bytes,
    size_t len, struct err *e)
{
	struct profile_source s = { .pool = pool };
	struct xml *doc = xml_parse(name, bytes, len, e);

	if (!doc)
		return NULL;
	s.doc = doc;
	s.p = mem_new(struct profile);
	if (!names_check(doc, e) || !parse_profile(&s, xml_root(doc), e)) {
		profile_free(s.p);
		s.p = NULL;
	}
	free(s.none.list);
	xml_free(doc);
	return s.p;
}
