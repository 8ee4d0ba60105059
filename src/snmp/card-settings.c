/* card - the settings that it keeps; see card.h */
#include "snmp/carding.h"
#include "snmp/decode.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static void give_settings(struct card *c)
{
	card_settings_done *done = c->settings_done;
	struct card_setting *settings = c->settings;
	struct reading ident = c->ident;

	c->settings = NULL;
	c->settings_done = NULL;
	done(settings, c->profile->n_settings, &ident, NULL, c->arg);
	free(settings);
}

/* Is the object that a row of the table names this one? Cards leave out the .0 */
static bool names_object(const struct agent_value *v, const char *oid)
{
	size_t len = strlen(v->text);

	return v->type == AGENT_OID && strncmp(oid, v->text, len) == 0 &&
	    (!oid[len] || strcmp(oid + len, ".0") == 0);
}

static void take_allowed(struct card *c, const struct agent_value *row)
{
	const struct profile *p = c->profile;

	for (size_t i = 0; i < p->n_settings; i++) {
		struct card_setting *s = &c->settings[i];

		if (!names_object(&row[0], p->settings[i].oid) || row[1].type != AGENT_TEXT)
			continue;
		if (!decode_allowed(row[1].text, p->settings[i].field->unit, s->allowed,
		    sizeof s->allowed))
			s->value[0] = '\0';
	}
}

static void table_answered(const struct agent_value *values, size_t n,
    const struct err *e, void *arg)
{
	struct card *c = arg;

	c->query = NULL;
	if (!values) {
		free(c->settings);
		c->settings = NULL;
		carding_fail(c, e);
		return;
	}
	for (size_t i = 0; i < n; i++)
		take_allowed(c, &values[i * 2]);
	give_settings(c);
}

static void settings_answered(const struct agent_value *values, size_t n,
    const struct err *e, void *arg)
{
	struct card *c = arg;
	const struct profile *p = c->profile;
	const struct agent_value **all;
	struct err words;
	bool *used;

	c->query = NULL;
	if (!values) {
		carding_fail(c, e);
		return;
	}
	c->settings = mem_zero(p->n_settings + 1, sizeof *c->settings);
	for (size_t i = 0; i < p->n_settings; i++) {
		struct card_setting *s = &c->settings[i];

		s->field = p->settings[i].field->key;
		decode_setting(&p->settings[i], &values[i], s->value, sizeof s->value);
		if (*s->value)
			strncpy(s->allowed, p->settings[i].allowed, sizeof s->allowed - 1);
	}
	all = mem_zero(p->n_oids, sizeof *all);
	used = mem_zero(p->n_readings, sizeof *used);
	for (size_t k = p->n_settings; k < n; k++)
		all[c->asked[k - p->n_settings]] = &values[k];
	decode_reading(p, all, &c->ident, used);
	free(all);
	free(used);
	if (!p->allowed_setting) {
		give_settings(c);
		return;
	}
	c->query = query_table(c->agent,
	    (const char *const[]){ p->allowed_setting, p->allowed_values }, 2,
	    table_answered, c, &words);
	if (!c->query)
		table_answered(NULL, 0, &words, c);
}

bool carding_read_settings(struct card *c, struct err *e)
{
	const struct profile *p = c->profile;
	const char **oids = mem_zero(p->n_settings + p->n_oids, sizeof *oids);
	size_t n = 0, texts = 0;

	carding_ask_anew(c);		/* asked is for this now */
	for (; n < p->n_settings; n++)
		oids[n] = p->settings[n].oid;
	for (size_t i = 0; i < p->n_readings; i++)
		for (size_t k = 0; p->readings[i].attr->text && k < p->readings[i].n; k++) {
			c->asked[texts++] = p->readings[i].first + k;
			oids[n++] = p->oids[p->readings[i].first + k];
		}
	c->query = query_get(c->agent, oids, n, settings_answered, c, e);
	free(oids);
	return c->query != NULL;
}
