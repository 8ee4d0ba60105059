/* profiles - the families of cards that are known, and where their cards have what */
#include "app/catalogue.h"
#include "base/i18n.h"
#include "base/json.h"
#include "cli/cli.h"

#include <stdio.h>

static struct json *list_json(const char *const *list, size_t n)
{
	struct json *j = json_new_array();

	for (size_t i = 0; i < n; i++)
		json_add_text(j, list[i]);
	return j;
}

typedef struct family_place place_at(const struct app *, const char *id, size_t i);

static struct json *places_json(struct cli *c, const char *id, size_t n, place_at *at)
{
	struct json *j = json_new_array(), *one;

	for (size_t i = 0; i < n; i++) {
		struct family_place p = at(c->app, id, i);

		one = json_new_object();
		json_put_text(one, "what", p.what);
		json_put(one, "oids", list_json(p.oids, p.n));
		json_put_number(one, "scale", p.scale);
		json_put_text(one, "unit", p.unit && *p.unit ? p.unit : NULL);
		json_add(j, one);
	}
	return j;
}

static struct json *cautions_json(const struct family *f)
{
	struct json *j = json_new_array();

	for (size_t i = 0; i < f->n_cautions; i++)
		json_add_text(j, tr(f->cautions[i]));
	return j;
}

static struct json *commands_json(struct cli *c, const struct family *f)
{
	struct json *j = json_new_array();

	for (size_t i = 0; i < f->n_commands; i++)
		json_add_text(j, catalogue_command(c->app, f->id, i));
	return j;
}

static struct json *family_json(struct cli *c, const struct family *f)
{
	struct json *j = json_new_object();

	json_put_text(j, "id", f->id);
	json_put_text(j, "name", f->name);
	json_put_text(j, "file", f->file);
	json_put_int(j, "rank", f->rank);
	json_put_bool(j, "exclusive", f->exclusive);
	json_put(j, "sysoids", list_json(f->sysoids, f->n_sysoids));
	json_put(j, "probes", list_json(f->probes, f->n_probes));
	json_put(j, "cautions", cautions_json(f));
	json_put(j, "readings", places_json(c, f->id, f->n_readings, catalogue_reading));
	json_put(j, "settings", places_json(c, f->id, f->n_settings, catalogue_setting));
	json_put(j, "commands", commands_json(c, f));
	return j;
}

static void print_list(const char *label, const char *const *list, size_t n)
{
	if (n)
		printf("  %s:", label);
	for (size_t i = 0; i < n; i++)
		printf(" %s", list[i]);
	if (n)
		putchar('\n');
}

static void print_places(struct cli *c, const char *id, size_t n, place_at *at)
{
	for (size_t i = 0; i < n; i++) {
		struct family_place p = at(c->app, id, i);

		printf("    %-22s", p.what);
		for (size_t k = 0; k < p.n; k++)
			printf(" %s", p.oids[k]);
		if (p.scale != 1)
			printf("  x %g", p.scale);
		if (p.unit && *p.unit)
			printf("  %s", p.unit);
		putchar('\n');
	}
}

static void print_family(struct cli *c, const struct family *f)
{
	printf("%s: %s\n", f->id, f->name);
	printf("  %s\n", f->file ? f->file : _("built in"));
	print_list(_("sysObjectID begins with"), f->sysoids, f->n_sysoids);
	print_list(_("known by"), f->probes, f->n_probes);
	if (f->exclusive)
		printf("  %s\n", _("Its cards are never read through another profile."));
	for (size_t i = 0; i < f->n_cautions; i++)
		printf("  %s: %s\n", _("caution"), tr(f->cautions[i]));
	printf("  %s:\n", _("readings"));
	print_places(c, f->id, f->n_readings, catalogue_reading);
	if (f->n_settings)
		printf("  %s:\n", _("settings"));
	print_places(c, f->id, f->n_settings, catalogue_setting);
	if (f->n_commands)
		printf("  %s:", _("commands"));
	for (size_t i = 0; i < f->n_commands; i++)
		printf(" %s", catalogue_command(c->app, f->id, i));
	if (f->n_commands)
		putchar('\n');
}

/* One, of which all is told, or a line of the list. */
static void tell(struct cli *c, struct json *all, const struct family *f)
{
	if (all)
		json_add(all, family_json(c, f));
	else if (c->argc)
		print_family(c, f);
	else
		printf("%-16s %-32s %s\n", f->id, f->name, f->file ? f->file : _("built in"));
}

int verb_profiles(struct cli *c)
{
	struct json *j = c->json ? json_new_object() : NULL;
	struct json *all = c->json ? json_new_array() : NULL;
	struct family f;
	int status = 0;

	for (size_t i = 0; !c->argc && catalogue_at(c->app, i, &f); i++)
		tell(c, all, &f);
	for (int i = 0; i < c->argc && !status; i++) {
		if (catalogue_find(c->app, c->argv[i], &f)) {
			tell(c, all, &f);
			continue;
		}
		fprintf(stderr, _("amc: %s: there is no profile of that name; \"amc profiles\" "
		    "lists them\n"), c->argv[i]);
		status = ERR_USAGE;
	}
	if (c->json) {
		json_put_text(j, "schema", "amc.profiles.v1");
		json_put(j, "profiles", all);
		if (!status)
			cli_print_json(j);
		else
			json_free(j);
	}
	return status;
}
