/* profile-xml - a profile from its file; see profile-xml.h and amc-profile(5) */
#include "snmp/profile-xml.h"
#include "snmp/profile-command.h"
#include "snmp/names.h"
#include "snmp/oid.h"
#include "base/embed.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/xml.h"
#include "model/record.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A file being read. */
struct source {
	struct profile_source source;
	struct profile_ranges none;	/* the profile's, where a row has no own */
	size_t cap_sysoids, cap_probes, cap_oids, cap_readings, cap_states, cap_settings,
	    cap_cautions, cap_traps;
};

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

/* The next word of a list parted by blanks: its length, 0 at the end. */
static size_t next_word(const char **s)
{
	*s += strspn(*s, " \t\r\n");
	return strcspn(*s, " \t\r\n");
}

/* "3" or "3..7", "201..", "..-1" into a range. */
static bool parse_range(const char *word, size_t len, struct profile_range *r)
{
	const char *dots = memmem(word, len, "..", 2), *end = word + len;
	char *after;

	*r = (struct profile_range){ INT64_MIN, INT64_MAX };
	errno = 0;
	if (!dots) {
		r->from = r->to = strtoll(word, &after, 10);
		return after == end && !errno;
	}
	if (dots > word) {
		r->from = strtoll(word, &after, 10);
		if (after != dots)
			return false;
	}
	if (dots + 2 < end) {
		r->to = strtoll(dots + 2, &after, 10);
		if (after != end)
			return false;
	}
	return !errno && len > 2 && r->from <= r->to;
}

bool profile_ranges(const struct profile_source *s, const struct xml_node *n,
    const char *name, const char *text, struct profile_ranges *r, struct err *e)
{
	size_t len, cap = 0;

	for (; (len = next_word(&text)) > 0; text += len) {
		mem_grow(r->list, r->n, cap);
		if (!parse_range(text, len, &r->list[r->n]))
			return xml_err(s->doc, n, e, _("%s: %.*s is no number and no range "
			    "like 1..5"), name, (int)len, text);
		r->n++;
	}
	return true;
}

static bool parse_ranges(const struct source *s, const struct xml_node *n,
    const char *name, const char *text, struct profile_ranges *r, struct err *e)
{
	return profile_ranges(&s->source, n, name, text, r, e);
}

/* The row's own numbers that mean nothing, else a copy of the profile's. */
static bool parse_none(const struct source *s, const struct xml_node *n,
    struct profile_ranges *r, struct err *e)
{
	const char *text = xml_attr(n, "none");

	if (text)
		return parse_ranges(s, n, "none", text, r, e);
	if (s->none.n) {
		r->list = mem_zero(s->none.n, sizeof *r->list);
		memcpy(r->list, s->none.list, s->none.n * sizeof *r->list);
		r->n = s->none.n;
	}
	return true;
}

/* "0.1": with a point, whatever the locale says. */
bool profile_scale(const struct profile_source *s, const struct xml_node *n,
    double *scale, struct err *e)
{
	const char *text = xml_attr(n, "scale"), *c = text;
	double unit = 1;

	*scale = 1;
	if (!text)
		return true;
	for (*scale = 0; *c >= '0' && *c <= '9'; c++)
		*scale = *scale * 10 + (*c - '0');
	if (c > text && *c == '.')
		for (c++; *c >= '0' && *c <= '9'; c++) {
			*scale = *scale * 10 + (*c - '0');
			unit *= 10;
		}
	*scale /= unit;
	return (c > text && !*c && c[-1] != '.' && *scale > 0) ||
	    xml_err(s->doc, n, e, _("scale: %s is no number above 0 like 0.1"), text);
}

static bool parse_word(const struct source *s, const struct xml_node *n,
    const char *name, const char *const *words, int *value, struct err *e)
{
	const char *text = xml_attr(n, name);
	char known[100] = "";

	*value = 0;
	if (!text)
		return true;
	for (int i = 0; words[i]; i++) {
		if (strcmp(words[i], text) == 0) {
			*value = i;
			return true;
		}
		strcat(strcat(known, *known ? ", " : ""), words[i]);
	}
	return xml_err(s->source.doc, n, e, _("%s: %s is none of %s"), name, text, known);
}

const char *profile_oid(const struct profile_source *s, const struct xml_node *n,
    const char *name, const char *text, size_t len, struct err *e)
{
	char *whole = mem_printf("%s%.*s", *text == '.' ? s->base : "", (int)len, text);
	const char *oid = oid_valid(whole) ? pool_put(s->pool, whole) : NULL;

	if (!oid)
		xml_err(s->doc, n, e, *text == '.' && !*s->base ?
		    _("%s: %.*s begins with a point, but the profile has no base") :
		    _("%s: %.*s is no OID like 1.3.6.1.2.1.33.1.1.2.0"), name, (int)len, text);
	free(whole);
	return oid;
}

static const char *parse_oid(const struct source *s, const struct xml_node *n,
    const char *name, const char *text, size_t len, struct err *e)
{
	return profile_oid(&s->source, n, name, text, len, e);
}

/* A list of OIDs, added to what is there. */
static bool parse_oids(const struct source *s, const struct xml_node *n,
    const char *name, const char ***list, size_t *count, size_t *cap, struct err *e)
{
	const char *text = xml_attr(n, name), *oid;
	size_t len;

	for (; text && (len = next_word(&text)) > 0; text += len) {
		oid = parse_oid(s, n, name, text, len, e);
		if (!oid)
			return false;
		mem_grow(*list, *count, *cap);
		(*list)[(*count)++] = oid;
	}
	return true;
}

/* Our own row of the object counts, and not this last one, which is lent: true. */
static bool take_back(struct profile *p)
{
	struct profile_reading *r = &p->readings[--p->n_readings];

	p->n_oids = r->first;
	free(r->none.list);
	return true;
}

/* "charge-percent, model": what there is to choose from. */
static void attr_words(char *buf, size_t size)
{
	size_t at = 0;

	for (const struct reading_attr *a = reading_attrs; a->name && at < size; a++)
		at += (size_t)snprintf(buf + at, size - at, "%s%s", at ? ", " : "", a->name);
}

static void state_words(char *buf, size_t size)
{
	size_t at = 0;

	for (int i = 0; i < UPS_STATE_COUNT && at < size; i++)
		at += (size_t)snprintf(buf + at, size - at, "%s%s", at ? ", " : "",
		    state_word((enum ups_state)i));
}

static void flag_words(char *buf, size_t size)
{
	size_t at = 0;

	for (unsigned bit = 1; flag_word(bit) && at < size; bit <<= 1)
		at += (size_t)snprintf(buf + at, size - at, "%s%s", at ? ", " : "",
		    flag_word(bit));
}

static bool parse_reading(struct source *s, const struct xml_node *n, struct err *e)
{
	static const char *const joins[] = { "first", "sum", "most", NULL };
	const char *name = xml_attr(n, "attr");
	struct profile *p = s->source.p;
	struct profile_reading *r;
	char known[300];
	int join;

	mem_grow(p->readings, p->n_readings, s->cap_readings);
	r = &p->readings[p->n_readings];
	*r = (struct profile_reading){ .attr = reading_attr(name), .first = p->n_oids };
	if (!r->attr) {
		attr_words(known, sizeof known);
		return xml_err(s->source.doc, n, e, _("attr: a UPS has no reading %s; it has %s"),
		    name, known);
	}
	p->n_readings++;
	if (!parse_oids(s, n, "oid", &p->oids, &p->n_oids, &s->cap_oids, e) ||
	    !profile_scale(&s->source, n, &r->scale, e) || !parse_none(s, n, &r->none, e) ||
	    !parse_word(s, n, "join", joins, &join, e))
		return false;
	r->join = (enum profile_join)join;
	r->n = p->n_oids - r->first;
	if (r->n == 0)
		return xml_err(s->source.doc, n, e, _("oid: is empty"));
	for (size_t i = 0; i + 1 < p->n_readings; i++)
		if (p->readings[i].attr == r->attr &&
		    p->oids[p->readings[i].first] == p->oids[r->first])
			return s->source.lent ? take_back(p) :
			    xml_err(s->source.doc, n, e, _("%s is read from %s already"), name,
			    p->oids[r->first]);
	return true;
}

static bool overlaps(const struct profile_map *a, const struct profile_map *b)
{
	for (size_t i = 0; i < a->from.n; i++)
		for (size_t k = 0; k < b->from.n; k++)
			if (a->from.list[i].from <= b->from.list[k].to &&
			    b->from.list[k].from <= a->from.list[i].to)
				return true;
	return false;
}

static bool parse_map(const struct source *s, const struct xml_node *n,
    struct profile_map *m, struct err *e)
{
	const char *from = xml_attr(n, "from"), *place = xml_attr(n, "place");
	const char *to = xml_attr(n, "to"), *flags = xml_attr(n, "flag");
	char known[300];
	size_t len;

	if (!from == !place)
		return xml_err(s->source.doc, n, e, _("<map> needs either from or place"));
	if (!to && !flags)
		return xml_err(s->source.doc, n, e, _("<map> needs to or flag"));
	m->places = place != NULL;
	if (!parse_ranges(s, n, place ? "place" : "from", place ? place : from,
	    &m->from, e))
		return false;
	if (m->from.n == 0)
		return xml_err(s->source.doc, n, e, _("%s: is empty"), place ? "place" : "from");
	if (to && !state_from_word(to, &m->state)) {
		state_words(known, sizeof known);
		return xml_err(s->source.doc, n, e, _("to: a UPS has no state %s; it has %s"), to, known);
	}
	m->tells_state = to != NULL;
	for (; flags && (len = next_word(&flags)) > 0; flags += len) {
		char *word = mem_ndup(flags, len);
		unsigned bit = 0;
		bool ok = flag_from_word(word, &bit);

		if (!ok) {
			flag_words(known, sizeof known);
			xml_err(s->source.doc, n, e, _("flag: a UPS has no flag %s; it has %s"), word,
			    known);
		}
		free(word);
		if (!ok)
			return false;
		m->flags |= bit;
	}
	return true;
}

static bool parse_state(struct source *s, const struct xml_node *n, struct err *e)
{
	struct profile *p = s->source.p;
	const char *oid = xml_attr(n, "oid");
	const struct xml_node *child;
	struct profile_state *st;
	size_t cap = 0;

	oid = parse_oid(s, n, "oid", oid, strlen(oid), e);
	if (!oid)
		return false;
	mem_grow(p->states, p->n_states, s->cap_states);
	st = &p->states[p->n_states++];
	*st = (struct profile_state){ .oid = p->n_oids };
	mem_grow(p->oids, p->n_oids, s->cap_oids);
	p->oids[p->n_oids++] = oid;
	for (child = xml_first(n); child; child = xml_next(child)) {
		mem_grow(st->maps, st->n, cap);
		st->maps[st->n] = (struct profile_map){ .places = false };
		if (!parse_map(s, child, &st->maps[st->n++], e))
			return false;
		for (size_t i = 0; i + 1 < st->n; i++)
			if (overlaps(&st->maps[i], &st->maps[st->n - 1]))
				return xml_err(s->source.doc, child, e,
				    _("<map>: one of these is mapped above already"));
	}
	return st->n > 0 || xml_err(s->source.doc, n, e, _("<state> needs a <map>"));
}

/* "1 2 3 4" into "1,2,3,4". */
static const char *parse_allowed(const struct source *s, const struct xml_node *n,
    struct err *e)
{
	const char *text = xml_attr(n, "allowed"), *list;
	struct text all = { 0 };
	struct profile_range r;
	char *taken;
	size_t len;

	for (; text && (len = next_word(&text)) > 0; text += len) {
		if (!parse_range(text, len, &r) || r.from != r.to) {
			xml_err(s->source.doc, n, e, _("allowed: %.*s is no number"), (int)len, text);
			text_done(&all);
			return NULL;
		}
		text_printf(&all, "%s%lld", all.len ? "," : "", (long long)r.from);
	}
	taken = text_take(&all);
	list = pool_put(s->source.pool, taken);
	free(taken);
	return list;
}

static bool parse_setting(struct source *s, const struct xml_node *n, struct err *e)
{
	static const char *const types[] = { "integer", "timeticks", "string", NULL };
	static const char *const snaps[] = { "none", "up", "down", NULL };
	const char *key = xml_attr(n, "field"), *oid = xml_attr(n, "oid");
	struct profile *p = s->source.p;
	struct profile_setting *t;
	int type, snap;

	mem_grow(p->settings, p->n_settings, s->cap_settings);
	t = &p->settings[p->n_settings];
	*t = (struct profile_setting){ .field = field_find(ups_fields, key) };
	if (!t->field || strcmp(t->field->key, key) || !(t->field->flags & FIELD_IN_CARD))
		return xml_err(s->source.doc, n, e, _("field: %s is no setting that is kept in "
		    "a UPS"), key);
	for (size_t i = 0; i < p->n_settings; i++)
		if (p->settings[i].field == t->field)
			return s->source.lent || xml_err(s->source.doc, n, e, _("field: %s is here already"), key);
	p->n_settings++;
	t->oid = parse_oid(s, n, "oid", oid, strlen(oid), e);
	t->allowed = parse_allowed(s, n, e);
	if (!t->oid || !t->allowed || !parse_none(s, n, &t->none, e) ||
	    !profile_scale(&s->source, n, &t->scale, e) ||
	    !parse_word(s, n, "type", types, &type, e) ||
	    !parse_word(s, n, "snap", snaps, &snap, e))
		return false;
	t->type = (enum profile_type)type;
	t->snap = (enum profile_snap)snap;
	return true;
}

static bool parse_column(const struct source *s, const struct xml_node *n,
    const char *name, const char **oid, struct err *e)
{
	const char *text = xml_attr(n, name);

	if (*oid)
		return s->source.lent || xml_err(s->source.doc, n, e, _("<allowed> is here already"));
	*oid = parse_oid(s, n, name, text, strlen(text), e);
	return *oid != NULL;
}

/* Its words with one blank between them, however the lines are broken in the file. */
static bool parse_caution(struct source *s, const struct xml_node *n, struct err *e)
{
	struct profile *p = s->source.p;
	char *text = xml_text(n), *all;
	const char *word = text;
	struct text one = { 0 };
	size_t len;

	for (; (len = next_word(&word)) > 0; word += len) {
		text_add(&one, one.len ? " " : "");
		text_add_len(&one, word, len);
	}
	free(text);
	all = text_take(&one);
	mem_grow(p->cautions, p->n_cautions, s->cap_cautions);
	p->cautions[p->n_cautions++] = pool_put(s->source.pool, all);
	free(all);
	return *p->cautions[p->n_cautions - 1] || xml_err(s->source.doc, n, e, _("<caution> is empty"));
}

static bool parse_trap(struct source *s, const struct xml_node *n, struct err *e)
{
	const char *oid = xml_attr(n, "oid"), *state = xml_attr(n, "state");
	struct profile *p = s->source.p;
	struct profile_trap *t;

	mem_grow(p->traps, p->n_traps, s->cap_traps);
	t = &p->traps[p->n_traps];
	*t = (struct profile_trap){ .name = pool_put(s->source.pool, xml_attr(n, "name")) };
	if (!*t->name || strlen(t->name) > 63 || !text_is_ascii(t->name))
		return xml_err(s->source.doc, n, e, _("name: %s is not 1 to 63 characters of ASCII"),
		    t->name);
	t->oid = parse_oid(s, n, "oid", oid, strlen(oid), e);
	if (!t->oid)
		return false;
	for (size_t i = 0; i < p->n_traps; i++)
		if (strcmp(p->traps[i].oid, t->oid) == 0)
			return s->source.lent || xml_err(s->source.doc, n, e, _("oid: %s is the trap %s already"), oid,
			    p->traps[i].name);
	t->tells_state = state != NULL;
	if (state && !state_from_word(state, &t->state))
		return xml_err(s->source.doc, n, e, _("state: there is no state %s"), state);
	p->n_traps++;
	return true;
}

static bool parse_child(struct source *s, const struct xml_node *n, struct err *e)
{
	struct profile *p = s->source.p;

	if (xml_is(n, "identify"))
		return parse_oids(s, n, "sysoid", &p->sysoids, &p->n_sysoids,
		    &s->cap_sysoids, e) &&
		    parse_oids(s, n, "probe", &p->probes, &p->n_probes, &s->cap_probes, e);
	if (xml_is(n, "reading"))
		return parse_reading(s, n, e);
	if (xml_is(n, "state"))
		return parse_state(s, n, e);
	if (xml_is(n, "setting"))
		return parse_setting(s, n, e);
	if (profile_command_element(n))
		return profile_command_parse(&s->source, n, e);
	if (xml_is(n, "caution"))
		return parse_caution(s, n, e);
	if (xml_is(n, "trap"))
		return parse_trap(s, n, e);
	return parse_column(s, n, "setting", &p->allowed_setting, e) &&
	    parse_column(s, n, "values", &p->allowed_values, e);
}

static bool is_id(const char *s)
{
	return *s && strlen(s) <= 32 && strcmp(s, "auto") != 0 &&
	    s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

/* Everything of another profile but what is said of its own cards, below our own base. */
static bool parse_like(struct source *s, const struct xml_node *n, const char *id,
    struct err *e)
{
	char *name = mem_printf("profiles/%s.xml", id);
	const struct embed *file = embed_find(name);
	const struct xml *own = s->source.doc;
	const struct xml_node *child;
	struct xml *doc = NULL;
	const char *none;
	bool ok = file || xml_err(own, n, e, _("like: there is no profile %s in the program"), id);

	ok = ok && (doc = xml_parse(name, (const char *)file->bytes, file->len, e));
	free(name);
	if (!ok)
		return false;
	s->source.doc = doc;
	s->source.lent = true;
	none = xml_attr(xml_root(doc), "none");
	ok = xml_attr(n, "none") || !none || parse_ranges(s, n, "none", none, &s->none, e);
	for (child = xml_first(xml_root(doc)); ok && child; child = xml_next(child))
		ok = xml_is(child, "identify") || xml_is(child, "caution") ||
		    parse_child(s, child, e);
	s->source.doc = own;
	s->source.lent = false;
	xml_free(doc);
	return ok;
}

static bool parse_profile(struct source *s, const struct xml_node *n, struct err *e)
{
	static const char *const no_yes[] = { "no", "yes", NULL };
	const char *base = xml_attr(n, "base"), *rank = xml_attr(n, "rank");
	const char *none = xml_attr(n, "none"), *like = xml_attr(n, "like");
	struct profile *p = s->source.p;
	const struct xml_node *child;
	struct profile_range r;
	int exclusive;

	p->id = pool_put(s->source.pool, xml_attr(n, "id"));
	p->name = pool_put(s->source.pool, xml_attr(n, "name"));
	if (!is_id(p->id))
		return xml_err(s->source.doc, n, e, _("id: %s is not 1 to 32 of a-z, 0-9 and - "
		    "(auto is taken)"), p->id);
	if (!*p->name)
		return xml_err(s->source.doc, n, e, _("name: is empty"));
	if (!parse_range(rank, strlen(rank), &r) || r.from != r.to || r.from < 1 ||
	    r.from > 99)
		return xml_err(s->source.doc, n, e, _("rank: %s is not between 1 and 99"), rank);
	p->rank = (int)r.from;
	if (base && !oid_valid(base))
		return xml_err(s->source.doc, n, e, _("base: %s is no OID like 1.3.6.1.2.1.33"), base);
	s->source.base = base ? base : "";
	if (!parse_word(s, n, "exclusive", no_yes, &exclusive, e) ||
	    (none && !parse_ranges(s, n, "none", none, &s->none, e)))
		return false;
	p->exclusive = exclusive;
	for (child = xml_first(n); child; child = xml_next(child))
		if (!parse_child(s, child, e))
			return false;
	if (like && !parse_like(s, n, like, e))
		return false;
	if (p->n_probes == 0)
		return xml_err(s->source.doc, n, e, _("<profile> needs an <identify> with a probe"));
	if (p->n_readings == 0 || p->n_states == 0)
		return xml_err(s->source.doc, n, e, _("<profile> needs a <reading> and a <state>"));
	return true;
}

struct profile *profile_read(struct pool *pool, const char *name, const char *bytes,
    size_t len, struct err *e)
{
	struct source s = { .source.pool = pool };
	struct xml *doc = xml_parse(name, bytes, len, e);

	if (!doc)
		return NULL;
	s.source.doc = doc;
	s.source.p = mem_new(struct profile);
	if (!names_check(doc, e) || !parse_profile(&s, xml_root(doc), e)) {
		profile_free(s.source.p);
		s.source.p = NULL;
	}
	free(s.none.list);
	xml_free(doc);
	return s.source.p;
}
