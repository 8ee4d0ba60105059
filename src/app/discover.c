/* discover - finds cards in the network; see discover.h */
#include "app/discovering.h"
#include "app/catalogue.h"
#include "app/context.h"
#include "app/reach.h"
#include "app/watch.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/ipv4.h"
#include "snmp/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PORT = 161, TIMEOUT_MS = 1000 };

size_t discover_count(const char *where, struct err *e)
{
	struct ranges r;
	size_t n;

	if (!ranges_read(&r, where, e))
		return 0;
	n = r.count;
	ranges_done(&r);
	return n;
}

void discover_near(const struct app *a, char where[20], int *port)
{
	const struct node *top = &site_network(app_site(a))->node, *n;
	char text[16];
	uint32_t address;

	where[0] = '\0';
	*port = PORT;
	for (n = top; n; n = node_next(n, top))
		if (n->kind == KIND_UPS && field_ipv4(node_ups(n)->address, &address)) {
			*port = node_ups(n)->set->snmp_port;
			snprintf(where, 20, "%s/24", ipv4_text(address & ~255u, text));
			return;
		}
}

size_t discover_communities(const struct app *a, const char **list, size_t max)
{
	const struct node *top = &site_network(app_site(a))->node, *n;
	size_t count = 0, i;

	for (n = top; n && count < max; n = node_next(n, top)) {
		const char *name = n->kind == KIND_GROUP ? node_group(n)->set->snmp_community :
		    n->kind == KIND_UPS ? ups_community(node_ups(n)) : "";

		for (i = 0; i < count && strcmp(list[i], name) != 0; i++)
			;
		if (*name && i == count)
			list[count++] = name;
	}
	if (!count)
		list[count++] = "public";
	return count;
}

/* Who of the site has this address, or this serial number at another. */
void discover_recognize(struct discover *d, struct discovered *x)
{
	const struct node *top = &site_network(app_site(d->app))->node, *n;
	const struct ups_status *s;

	x->registered = x->twin = 0;
	for (n = top; n; n = node_next(n, top)) {
		if (n->kind != KIND_UPS)
			continue;
		if (strcmp(node_ups(n)->address, x->address) == 0 &&
		    node_ups(n)->set->snmp_port == x->port)
			x->registered = n->id;
		s = watch_ups(d->app, n->id);
		if (*x->ident.serial && s && s->known &&
		    strcmp(s->reading.serial, x->ident.serial) == 0)
			x->twin = n->id;
	}
	if (x->registered)
		x->twin = 0;
}

static int by_address(const void *a, const void *b)
{
	uint32_t x = 0, y = 0;

	field_ipv4(((const struct discovered *)a)->address, &x);
	field_ipv4(((const struct discovered *)b)->address, &y);
	return (x > y) - (x < y);
}

static void found(const struct scan_found *f, void *arg)
{
	struct discover *d = arg;
	struct discovered x = { .port = d->port, .key = f->key, .ident = f->ident };

	text_copy(x.address, sizeof x.address, f->address);
	text_copy(x.profile, sizeof x.profile, f->profile ? f->profile->id : "");
	text_copy(x.profile_name, sizeof x.profile_name, f->profile ? f->profile->name : "");
	text_copy(x.name, sizeof x.name, f->name);
	text_copy(x.what, sizeof x.what, f->what);
	text_copy(x.sysoid, sizeof x.sysoid, f->sysoid);
	discover_recognize(d, &x);
	mem_grow(d->list, d->n, d->cap);
	d->list[d->n++] = x;
	qsort(d->list, d->n, sizeof *d->list, by_address);
	d->changed(d->arg);
}

static double percent(const struct scan *s)
{
	struct scan_progress p = scan_progress(s);

	return p.questions ? 100.0 * (double)p.over / (double)p.questions : 100;
}

static void over(void *arg)
{
	struct discover *d = arg;

	d->percent = 100;
	scan_free(d->scan);
	d->scan = NULL;
	d->changed(d->arg);
}

void discover_stop(struct discover *d)
{
	if (!d->scan)
		return;
	d->percent = percent(d->scan);
	scan_free(d->scan);
	d->scan = NULL;
}

static bool fits(const struct discover_settings *s, struct err *e)
{
	if (s->n_communities > 0 && s->version != SNMP_V1 && s->version != SNMP_V2C)
		return err_kind(e, ERR_USAGE, _("cards are searched with SNMP v1 or v2c"));
	if (s->n_communities == 0 && (!s->users || site_count(s->users, KIND_UPS) == 0))
		return err_kind(e, ERR_USAGE, _("a community name or a user of SNMP v3 is needed"));
	for (size_t i = 0; i < s->n_communities; i++)
		if (!*s->communities[i] || strlen(s->communities[i]) > 64 ||
		    !text_is_ascii(s->communities[i]))
			return err_kind(e, ERR_USAGE, _("community name %zu is not 1 to 64 "
			    "characters of ASCII"), i + 1);
	return discover_users_fit(s->users, e);
}

/* Both are the discover's own; the array is to be freed. */
static struct scan_key *take_keys(struct discover *d, const struct discover_settings *s)
{
	struct scan_key *keys;

	d->n_communities = s->n_communities;
	d->communities = mem_zero(s->n_communities + 1, sizeof *d->communities);
	d->users = s->users;
	d->n_users = s->users ? site_count(s->users, KIND_UPS) : 0;
	keys = mem_zero(d->n_communities + d->n_users, sizeof *keys);
	for (size_t i = 0; i < d->n_communities; i++) {
		d->communities[i] = mem_dup(s->communities[i]);
		keys[i].version = s->version;
		keys[i].community = d->communities[i];
	}
	for (size_t i = 0; i < d->n_users; i++) {
		d->user[i] = node_ups(site_find(d->users, site_id(KIND_UPS, (unsigned)i + 1)));
		keys[d->n_communities + i].version = SNMP_V3;
		keys[d->n_communities + i].user = reach_target(d->user[i], REACH_READ).user;
	}
	return keys;
}

struct discover *discover_start(struct app *a, const struct discover_settings *s,
    loop_fn *changed, void *arg, struct err *e)
{
	struct ranges where;
	struct scan_key *keys;
	struct discover *d;
	struct scan_plan plan = { .where = &where, .port = s->port ? s->port : PORT,
		.tries = DISCOVER_TRIES,
		.timeout_ms = s->timeout_ms ? s->timeout_ms : TIMEOUT_MS,
		.rate = s->rate ? s->rate : DISCOVER_RATE,
		.parallel = s->parallel ? s->parallel : DISCOVER_PARALLEL };

	if (!fits(s, e) || !ranges_read(&where, s->where, e)) {
		site_free(s->users);
		return NULL;
	}
	d = mem_new(struct discover);
	d->app = a;
	d->changed = changed;
	d->arg = arg;
	d->version = s->version;
	d->port = plan.port;
	plan.keys = keys = take_keys(d, s);
	plan.n_keys = d->n_communities + d->n_users;
	d->scan = scan_new(a->loop, catalogue_profiles(a), &plan, found, over, d);
	free(keys);
	ranges_done(&where);
	return d;
}

void discover_free(struct discover *d)
{
	if (!d)
		return;
	scan_free(d->scan);
	for (size_t i = 0; i < d->n_communities; i++) {
		explicit_bzero(d->communities[i], strlen(d->communities[i]));
		free(d->communities[i]);
	}
	free(d->communities);
	site_free(d->users);
	free(d->list);
	free(d);
}

bool discover_busy(const struct discover *d)
{
	return d->scan != NULL;
}

double discover_percent(const struct discover *d)
{
	return d->scan ? percent(d->scan) : d->percent;
}

const struct discovered *discover_found(const struct discover *d, size_t *n)
{
	*n = d->n;
	return d->list;
}
