/* catalogue - the card profiles that there are; see catalogue.h */
#include "app/catalogue.h"
#include "app/context.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "snmp/profile-command.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The administrator's own, for all programs of this computer. */
#define FOLDER "/etc/amc/profiles"

struct catalogue {
	struct profiles *all;		/* NULL: none was asked for yet */
	char *mark;			/* which files were read */
};

/* Names, sizes and times of what is in a folder. */
static void mark_folder(struct text *t, const char *dir)
{
	struct dirent **list;
	int n = dir ? scandir(dir, &list, NULL, alphasort) : 0;

	if (n <= 0)
		return;
	for (int i = 0; i < n; i++) {
		char *path = file_join(dir, list[i]->d_name);
		struct stat st;

		if (stat(path, &st) == 0 && S_ISREG(st.st_mode))
			text_printf(t, "%s %lld %lld.%09ld\n", path, (long long)st.st_size,
			    (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
		free(path);
		free(list[i]);
	}
	free(list);
}

static char *mark_of(const char *dir)
{
	struct text t = { 0 };

	mark_folder(&t, FOLDER);
	mark_folder(&t, dir);
	return text_take(&t);
}

struct catalogue *catalogue_new(const char *dir, struct err *e)
{
	struct catalogue *c = mem_new(struct catalogue);
	bool folder = access(FOLDER, R_OK | X_OK) == 0;

	c->mark = mark_of(dir);
	if (!folder && !dir)
		return c;
	c->all = profiles_load(NULL, e);
	if (c->all && (!folder || profiles_add(c->all, FOLDER, e)) &&
	    (!dir || profiles_add(c->all, dir, e)))
		return c;
	catalogue_free(c);
	return NULL;
}

void catalogue_free(struct catalogue *c)
{
	if (!c)
		return;
	profiles_free(c->all);
	free(c->mark);
	free(c);
}

struct profiles *catalogue_profiles(const struct app *a)
{
	if (!a->catalogue->all)
		a->catalogue->all = profiles_load(NULL, NULL);
	return a->catalogue->all;
}

bool catalogue_is_stale(const struct app *a, const char *dir)
{
	char *now = mark_of(dir);
	bool stale = strcmp(now, a->catalogue->mark) != 0;

	free(now);
	return stale;
}

void catalogue_reload(struct app *a, const char *dir)
{
	struct catalogue *c = catalogue_new(dir, NULL);

	if (!c)
		return;
	catalogue_free(a->catalogue);
	a->catalogue = c;
}

bool catalogue_check(const char *dir, struct err *e)
{
	struct catalogue *c = catalogue_new(dir, e);
	bool ok = c != NULL;

	catalogue_free(c);
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
	if (i >= profiles_count(catalogue_profiles(a)))
		return false;
	tell(profiles_at(catalogue_profiles(a), i), f);
	return true;
}

bool catalogue_find(const struct app *a, const char *id, struct family *f)
{
	const struct profile *p = profiles_find(catalogue_profiles(a), id);

	if (p)
		tell(p, f);
	return p != NULL;
}

struct family_place catalogue_reading(const struct app *a, const char *id, size_t i)
{
	const struct profile *p = profiles_find(catalogue_profiles(a), id);
	const struct profile_reading *r = &p->readings[i];

	return (struct family_place){ .what = r->attr->name, .label = r->attr->label,
		.unit = r->attr->unit, .oids = p->oids + r->first, .n = r->n,
		.scale = r->scale };
}

const char *catalogue_command(const struct app *a, const char *id, size_t i)
{
	return profiles_find(catalogue_profiles(a), id)->commands->list[i].command->word;
}

struct family_place catalogue_setting(const struct app *a, const char *id, size_t i)
{
	const struct profile *p = profiles_find(catalogue_profiles(a), id);
	const struct profile_setting *s = &p->settings[i];

	return (struct family_place){ .what = s->field->key, .label = s->field->label,
		.unit = s->field->unit, .oids = (const char *const *)&s->oid, .n = 1,
		.scale = s->scale };
}
