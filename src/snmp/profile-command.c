/* profile-command - what a maker's card must be sent for a command; see profile-command.h */
#include "snmp/profile-command.h"
#include "snmp/oid.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/record.h"

#include <stdlib.h>
#include <string.h>

const struct profile_command *profile_command(const struct profile *p,
    const struct command *c)
{
	for (size_t i = 0; p->commands && i < p->commands->n; i++)
		if (p->commands->list[i].command == c)
			return &p->commands->list[i];
	return NULL;
}

const struct profile_result *profile_result(const struct profile *p,
    const struct command *c)
{
	for (size_t i = 0; p->commands && i < p->commands->n_results; i++)
		if (p->commands->results[i].command == c)
			return &p->commands->results[i];
	return NULL;
}

enum command_result profile_result_of(const struct profile_result *r, int64_t n)
{
	for (size_t i = 0; i < r->n; i++)
		if (profile_in(&r->maps[i].from, n))
			return r->maps[i].result;
	return RESULT_NONE;
}

const struct profile_setting *profile_setting(const struct profile *p,
    const struct field *f)
{
	for (size_t i = 0; i < p->n_settings; i++)
		if (p->settings[i].field == f)
			return &p->settings[i];
	return NULL;
}

void profile_commands_free(struct profile_commands *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->n_results; i++) {
		for (size_t k = 0; k < c->results[i].n; k++)
			free(c->results[i].maps[k].from.list);
		free(c->results[i].maps);
	}
	free(c->results);
	free(c->list);
	free(c);
}

bool profile_command_element(const struct xml_node *n)
{
	return xml_is(n, "command") || xml_is(n, "result") || xml_is(n, "outlets");
}

/* Reading */

static bool parse_number(const char *text, int64_t *n)
{
	char *end;

	*n = strtoll(text, &end, 10);
	return end > text && !*end;
}

/* The command that an attribute names; NULL and words. */
static const struct command *parse_command(const struct profile_source *s,
    const struct xml_node *n, const char *name, struct err *e)
{
	const struct command *c = command_find(xml_attr(n, name));

	if (!c)
		xml_err(s->doc, n, e, _("%s: a UPS has no command %s"), name, xml_attr(n, name));
	return c;
}

static const char *parse_object(const struct profile_source *s, const struct xml_node *n,
    const char *name, struct err *e)
{
	const char *text = xml_attr(n, name);

	return profile_oid(s, n, name, text, strlen(text), e);
}

/* A number; or, in its unit, a setting of the power device. */
static bool parse_amount(const struct profile_source *s, const struct xml_node *n,
    struct profile_order *o, struct err *e)
{
	const char *text = xml_attr(n, "value");
	int64_t number;

	o->field = field_find(ups_fields, text);
	if (o->field && strcmp(o->field->key, text) == 0 && o->field->type == FIELD_NUMBER)
		return true;
	o->field = NULL;
	o->value = pool_put(s->pool, text);
	return parse_number(text, &number) || xml_err(s->doc, n, e,
	    _("value: %s is no number and no setting of a power device that is one"), text);
}

static bool parse_order(const struct profile_source *s, const struct xml_node *n,
    struct profile_order *o, struct err *e)
{
	static const struct { const char *word; enum profile_type type; } types[] = {
		{ "integer", TYPE_INTEGER }, { "unsigned", TYPE_UNSIGNED },
		{ "timeticks", TYPE_TICKS }, { "string", TYPE_TEXT }, { "oid", TYPE_OID },
	};
	const char *type = xml_attr(n, "type");
	size_t i = 0;

	*o = (struct profile_order){ .oid = parse_object(s, n, "oid", e) };
	if (!o->oid || !profile_scale(s, n, &o->scale, e))
		return false;
	while (type && i < sizeof types / sizeof *types && strcmp(types[i].word, type))
		i++;
	if (i == sizeof types / sizeof *types)
		return xml_err(s->doc, n, e, _("type: %s is none of integer, unsigned, timeticks, "
		    "string, oid"), type);
	o->type = types[i].type;
	if (o->type == TYPE_OID) {
		o->value = parse_object(s, n, "value", e);
		return o->value != NULL;
	}
	if (o->type != TYPE_TEXT)
		return parse_amount(s, n, o, e);
	o->value = pool_put(s->pool, xml_attr(n, "value"));
	return true;
}

static bool parse_states(const struct profile_source *s, const struct xml_node *n,
    unsigned *states, struct err *e)
{
	const char *text = xml_attr(n, "needs");
	enum ups_state state;

	for (*states = 0; text && *(text += strspn(text, " \t\r\n"));) {
		size_t len = strcspn(text, " \t\r\n");
		char *word = mem_ndup(text, len);
		bool ok = state_from_word(word, &state) ||
		    xml_err(s->doc, n, e, _("needs: a UPS has no state %s"), word);

		free(word);
		if (!ok)
			return false;
		*states |= STATE_BIT(state);
		text += len;
	}
	return true;
}

/* How long it takes until it shows. */
static bool parse_times(const struct profile_source *s, const struct xml_node *n,
    struct profile_command *c, struct err *e)
{
	const char *within = xml_attr(n, "within"), *delay = xml_attr(n, "delay");
	int64_t seconds = 30;

	if (within && (!parse_number(within, &seconds) || seconds < 1 || seconds > 3600))
		return xml_err(s->doc, n, e, _("within: %s is not between 1 and 3600 s"), within);
	c->within = (int)seconds;
	c->delay = delay ? field_find(ups_fields, delay) : NULL;
	return !delay || (c->delay && strcmp(c->delay->key, delay) == 0 &&
	    profile_setting(s->p, c->delay)) || xml_err(s->doc, n, e,
	    _("delay: %s is no <setting> that stands above"), delay);
}

static bool parse_orders(const struct profile_source *s, const struct xml_node *n,
    struct profile_command *c, struct err *e)
{
	const struct xml_node *child;

	for (child = xml_first(n); child; child = xml_next(child)) {
		if (c->n == PROFILE_ORDERS)
			return xml_err(s->doc, child, e, _("<command> has more than %d <set>"),
			    PROFILE_ORDERS);
		if (!parse_order(s, child, &c->orders[c->n++], e))
			return false;
	}
	return c->n > 0 || xml_err(s->doc, n, e, _("<command> needs a <set>"));
}

static bool parse_whole(const struct profile_source *s, const struct xml_node *n,
    struct err *e)
{
	struct profile_commands *all = s->p->commands;
	struct profile_command c = { .command = parse_command(s, n, "id", e) };

	if (!c.command)
		return false;
	if (profile_command(s->p, c.command))
		return s->lent || xml_err(s->doc, n, e, _("id: %s is here already"),
		    c.command->word);
	if (c.command->outlet && !all->outlets.state)
		return xml_err(s->doc, n, e, _("id: %s needs an <outlets> above"), c.command->word);
	if (!parse_states(s, n, &c.needs, e) || !parse_times(s, n, &c, e) ||
	    !parse_orders(s, n, &c, e))
		return false;
	c.lock = xml_attr(n, "lock") ? parse_object(s, n, "lock", e) : NULL;
	if (xml_attr(n, "lock") && !c.lock)
		return false;
	mem_grow(all->list, all->n, all->cap);
	all->list[all->n++] = c;
	return true;
}

static bool parse_ending(const struct profile_source *s, const struct xml_node *n,
    struct profile_ending *m, struct err *e)
{
	const char *from = xml_attr(n, "from"), *to = xml_attr(n, "to");

	*m = (struct profile_ending){ .result = RESULT_NONE };
	if (!result_from_word(to, &m->result))
		return xml_err(s->doc, n, e, _("to: a test has no result %s"), to);
	return profile_ranges(s, n, "from", from, &m->from, e) &&
	    (m->from.n > 0 || xml_err(s->doc, n, e, _("%s: is empty"), "from"));
}

static bool parse_result(const struct profile_source *s, const struct xml_node *n,
    struct err *e)
{
	struct profile_commands *all = s->p->commands;
	const struct command *c = parse_command(s, n, "of", e);
	const struct xml_node *child;
	struct profile_result *r;
	size_t cap = 0;

	if (!c)
		return false;
	if (!c->result)
		return xml_err(s->doc, n, e, _("of: %s has no result"), c->word);
	if (profile_result(s->p, c))
		return s->lent || xml_err(s->doc, n, e, _("of: %s is here already"), c->word);
	mem_grow(all->results, all->n_results, all->cap_results);
	r = &all->results[all->n_results++];
	*r = (struct profile_result){ .command = c, .oid = parse_object(s, n, "oid", e) };
	if (!r->oid)
		return false;
	for (child = xml_first(n); child; child = xml_next(child)) {
		mem_grow(r->maps, r->n, cap);
		if (!parse_ending(s, child, &r->maps[r->n++], e))
			return false;
	}
	return r->n > 0 || xml_err(s->doc, n, e, _("<result> needs a <map>"));
}

static bool parse_outlets(const struct profile_source *s, const struct xml_node *n,
    struct err *e)
{
	struct profile_outlets *o = &s->p->commands->outlets;

	if (o->state)
		return s->lent || xml_err(s->doc, n, e, _("<outlets> is here already"));
	o->state = parse_object(s, n, "state", e);
	if (!o->state)
		return false;
	if (xml_attr(n, "name") && !(o->name = parse_object(s, n, "name", e)))
		return false;
	return (parse_number(xml_attr(n, "on"), &o->on) && parse_number(xml_attr(n, "off"), &o->off)) ||
	    xml_err(s->doc, n, e, _("on and off: are to be numbers"));
}

bool profile_command_parse(const struct profile_source *s, const struct xml_node *n,
    struct err *e)
{
	if (!s->p->commands)
		s->p->commands = mem_new(struct profile_commands);
	if (xml_is(n, "command"))
		return parse_whole(s, n, e);
	return xml_is(n, "result") ? parse_result(s, n, e) : parse_outlets(s, n, e);
}
