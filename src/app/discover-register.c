/* discover - the found that are chosen become power devices of a group; see discover.h */
#include "app/discovering.h"
#include "base/i18n.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

/* NULL: it is one of the communities. */
static const struct ups *user_of(const struct discover *d, const struct discovered *x)
{
	return x->key < d->n_communities ? NULL : d->user[x->key - d->n_communities];
}

const char *discover_user(const struct discover *d, const struct discovered *x)
{
	const struct ups *u = user_of(d, x);

	return u ? u->set->snmp_user : NULL;
}

/* Does the card call itself by a name that R14 allows and nobody has? */
static bool has_name(const struct app *a, const struct discovered *x)
{
	const struct field *f = field_find(ups_fields, "Name");
	int number;

	return *x->name && field_check(f, x->name, &number, NULL) &&
	    !site_named(app_site(a), KIND_UPS, x->name, NULL);
}

/* Its own, else the first of UPS1, UPS2, ... that is free. */
static void name_for(const struct app *a, const struct discovered *x, char *name, size_t size)
{
	unsigned i = 1;

	text_copy(name, size, x->name);
	if (has_name(a, x))
		return;
	do
		snprintf(name, size, "UPS%u", i++);
	while (site_named(app_site(a), KIND_UPS, name, NULL));
}

static bool set(struct app *a, unsigned id, const char *key, const char *value, struct err *e)
{
	const struct node *n = site_find(app_site(a), id);
	const struct field *f = field_find(ups_fields, key);
	char buf[16];

	return strcmp(field_text(f, n, buf), value) == 0 || app_set(a, id, key, value, e);
}

static bool set_community(struct discover *d, unsigned id, const char *community, struct err *e)
{
	return set(d->app, id, "SnmpVersion", d->version == SNMP_V1 ? "1" : "2c", e) &&
	    (strcmp(ups_community(node_ups(site_find(app_site(d->app), id))), community) == 0 ||
	    app_set(d->app, id, "SnmpCommunity", community, e));
}

static bool set_user(struct discover *d, unsigned id, const struct ups *user, struct err *e)
{
	char buf[16];

	for (size_t i = 0; discover_user_keys[i]; i++) {
		const char *key = discover_user_keys[i];

		if (!set(d->app, id, key, field_text(field_find(ups_fields, key), user, buf), e))
			return false;
	}
	return set(d->app, id, "SnmpVersion", "3", e);
}

static bool register_one(struct discover *d, unsigned group, const struct discovered *x,
    struct err *e)
{
	struct app *a = d->app;
	char name[64], port[12];
	const struct ups *user = user_of(d, x);
	unsigned id;

	name_for(a, x, name, sizeof name);
	snprintf(port, sizeof port, "%d", x->port);
	id = app_add(a, group, IN_POWER, KIND_UPS, name, e);
	return id && set(a, id, "Address", x->address, e) && set(a, id, "SnmpPort", port, e) &&
	    (user ? set_user(d, id, user, e) : set_community(d, id, d->communities[x->key], e)) &&
	    (!*x->ident.model || set(a, id, "Description", x->ident.model, e));
}

static void recognize_all(struct discover *d)
{
	for (size_t i = 0; i < d->n; i++)
		discover_recognize(d, &d->list[i]);
}

/* Those that have a name first: a made one must not take it from them. */
static bool register_some(struct discover *d, unsigned group, const size_t *which, size_t n,
    bool named, size_t *done, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		struct discovered *x = &d->list[which[i]];

		if (!*x->profile || x->registered || (named && !has_name(d->app, x)))
			continue;
		if (!register_one(d, group, x, e))
			return err_at(e, "%s", x->address);
		discover_recognize(d, x);
		++*done;
	}
	return true;
}

bool discover_register(struct discover *d, unsigned group, const size_t *which, size_t n,
    size_t *done, struct err *e)
{
	bool ok;

	*done = 0;
	app_act_begin(d->app, _("Register found cards"));
	recognize_all(d);
	ok = register_some(d, group, which, n, true, done, e) &&
	    register_some(d, group, which, n, false, done, e);
	if (ok)
		app_act_end(d->app);
	else
		app_act_abort(d->app);
	recognize_all(d);
	return ok;
}
