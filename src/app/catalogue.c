/* catalogue - the card profiles that there are; see catalogue.h */
#include "app/catalogue.h"
#include "app/context.h"
#include "snmp/profile-command.h"

#include <unistd.h>

/* The administrator's own, for all programs of this computer. */
#define FOLDER "/etc/amc/profiles"

struct profiles *catalogue_load(const char *dir, struct err *e)
{
	struct profiles *all = profiles_load(NULL, e);

	if (all && (access(FOLDER, R_OK | X_OK) != 0 || profiles_add(all, FOLDER, e)) &&
	    (!dir || profiles_add(all, dir, e)))
		return all;
	profiles_free(all);
	return NULL;
}

bool catalogue_check(const char *dir, struct err *e)
{
	struct profiles *all = catalogue_load(dir, e);
	bool ok = all != NULL;

	profiles_free(all);
	return ok;
}

static void tell(const struct profile *p, struct family *f)
{
	*f = (struct family){ .id = p->id, .name = p->name,
		.file = p->source ? p->file : NULL, .rank = p->rank,
		.exclusive = p->exclusive, .sysoids = p->sysoids, .n_sysoids = p->n_sysoids,
		.probes = p->probes, .n_probes = p->n_probes,
		.cautions = p->cautions, .n_cautions = p->n_cautions,
		.n_readings = p->n_readings, .n_settings = p->n_settings,
		.n_commands = p->commands ? p->commands->n : 0 };
}

bool catalogue_at(const struct app *a, size_t i, struct family *f)
{
	if (i >= profiles_count(a->profiles))
		return false;
	tell(profiles_at(a->profiles, i), f);
	return true;
}

bool catalogue_find(const struct app *a, const char *id, struct family *f)
{
	const struct profile *p = profiles_find(a->profiles, id);

	if (p)
		tell(p, f);
	return p != NULL;
}

struct family_place catalogue_reading(const struct app *a, const char *id, size_t i)
{
	const struct profile *p = profiles_find(a->profiles, id);
	const struct profile_reading *r = &p->readings[i];

	return (struct family_place){ .what = r->attr->name, .label = r->attr->label,
		.unit = r->attr->unit, .oids = p->oids + r->first, .n = r->n,
		.scale = r->scale };
}

const char *catalogue_command(const struct app *a, const char *id, size_t i)
{
	return profiles_find(a->profiles, id)->commands->list[i].command->word;
}

struct family_place catalogue_setting(const struct app *a, const char *id, size_t i)
{
	const struct profile *p = profiles_find(a->profiles, id);
	const struct profile_setting *s = &p->settings[i];

	return (struct family_place){ .what = s->field->key, .label = s->field->label,
		.unit = s->field->unit, .oids = (const char *const *)&s->oid, .n = 1,
		.scale = s->scale };
}
