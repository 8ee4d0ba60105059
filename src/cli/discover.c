/* discover - finds cards in the network, and registers them */
#include "app/discover.h"
#include "app/diff.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/user-file.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEYS_MOST = 64, FILE_MOST = 65536, PROGRESS_MS = 500 };

struct search {
	struct cli *cli;
	struct discover *discover;
	char *where, *file;		/* file: the communities, a line each */
	const char *keys[KEYS_MOST];
	size_t n_keys, addresses;
	struct site *users;		/* of SNMP v3; NULL: none, or given away */
	bool stopped;
	struct watch *progress;
	bool told;			/* a line of progress stands on the terminal */
};

static void changed(void *arg)
{
	(void)arg;	/* the loop goes on, and we look whether it is over */
}

static void stop(void *arg)
{
	struct search *s = arg;

	s->stopped = true;
	discover_stop(s->discover);
}

static void clear_progress(struct search *s)
{
	if (s->told)
		fputs("\r\033[K", stderr);
	s->told = false;
}

/* For a person who waits; a script gets none. */
static void progress(void *arg)
{
	struct search *s = arg;
	size_t n;

	discover_found(s->discover, &n);
	putc('\r', stderr);
	fprintf(stderr, ngettext("%3.0f %% of %zu address, %zu found",
	    "%3.0f %% of %zu addresses, %zu found", s->addresses),
	    discover_percent(s->discover), s->addresses, n);
	fflush(stderr);
	s->told = true;
	loop_again(s->progress, PROGRESS_MS);
}

/*
 * "public" without a file, unless there are users; blank lines and those with a # in
 * front are no names.
 */
static bool read_keys(struct search *s, const char *path, struct err *e)
{
	char *line, *rest = NULL;
	size_t len;

	if (!path) {
		if (!s->users)
			s->keys[s->n_keys++] = "public";
		return true;
	}
	s->file = file_read(path, FILE_MOST, &len, e);
	for (line = s->file ? strtok_r(s->file, "\r\n", &rest) : NULL; line;
	    line = strtok_r(NULL, "\r\n", &rest)) {
		if (*line == '#' || line[strspn(line, " \t")] == '\0')
			continue;
		if (s->n_keys == KEYS_MOST)
			return err_set(e, _("%s: more than %d community names"), path, KEYS_MOST);
		s->keys[s->n_keys++] = line;
	}
	return s->file && (s->n_keys > 0 || err_set(e, _("%s: no community name in it"), path));
}

/* The words are the ranges; with --add the last one is the group. */
static bool read_words(struct search *s, struct err *e)
{
	struct cli *c = s->cli;
	struct text where = { 0 };
	int n = c->argc - (c->add != NULL);

	for (int i = 0; i < n; i++)
		text_printf(&where, "%s%s", i ? "," : "", c->argv[i]);
	s->where = text_take(&where);
	s->addresses = discover_count(s->where, e);
	if (!s->addresses) {
		e->kind = ERR_USAGE;
		return false;
	}
	if (s->addresses > DISCOVER_MANY && !c->yes)
		return err_kind(e, ERR_REFUSED, _("%s: these are %zu addresses; more than %d are "
		    "asked only with --yes"), s->where, s->addresses, DISCOVER_MANY);
	return true;
}

static bool open_site(struct cli *c, int *status)
{
	static const char empty[] = "[Network]\nFormat=1\n";

	if (c->add || c->site)
		return cli_open(c, c->add ? c->add : c->site, status);
	app_open_text(c->app, "discover", empty, sizeof empty - 1, NULL);
	return true;
}

static bool start(struct search *s, struct err *e)
{
	struct cli *c = s->cli;
	const char *version = c->snmp_version ? c->snmp_version : "1";
	struct discover_settings o = { .where = s->where, .communities = s->keys,
		.n_communities = s->n_keys, .users = s->users, .port = c->port, .rate = c->rate,
		.parallel = c->at_once, .timeout_ms = c->timeout_ms,
		.version = strcmp(version, "1") == 0 ? SNMP_V1 : SNMP_V2C };

	if (strcmp(version, "1") != 0 && strcmp(version, "2c") != 0 &&
	    (strcmp(version, "3") != 0 || !s->users || s->n_keys > 0))
		return err_kind(e, ERR_USAGE, _("--snmp-version %s: 1 or 2c, with the communities; "
		    "users of SNMP v3 are those of --user-file"), version);
	s->users = NULL;
	s->discover = discover_start(c->app, &o, changed, s, e);
	return s->discover != NULL;
}

/* Until it is over, or somebody has enough of it: what was found then counts. */
static void wait_for_end(struct search *s)
{
	struct watch *interrupt = loop_signal(s->cli->loop, SIGINT, stop, s);

	s->progress = loop_after(s->cli->loop, PROGRESS_MS, progress, s);
	if (!isatty(STDERR_FILENO))
		loop_pause(s->progress);
	while (discover_busy(s->discover))
		loop_once(s->cli->loop, -1);
	loop_remove(s->progress);
	loop_remove(interrupt);
	clear_progress(s);
}

/* The group that they are registered in, or 0 and words. */
static unsigned group_of(struct cli *c, struct err *e)
{
	enum container in;
	const char *path = c->argv[c->argc - 1];
	const struct node *n = site_lookup(app_site(c->app), path, &in, e);

	if (n && (n->kind != KIND_GROUP || (in != IN_POWER && in != IN_ITSELF))) {
		err_set(e, _("%s: cards are registered in a group"), path);
		n = NULL;
	}
	return n ? n->id : 0;
}

static const char *name_of(const struct cli *c, unsigned id)
{
	const struct node *n = site_find(app_site(c->app), id);

	return n ? node_name(n) : NULL;
}

static void put_word(struct json *j, const char *key, const char *word)
{
	json_put_text(j, key, *word ? word : NULL);
}

static struct json *found_json(const struct search *s, const struct discovered *x)
{
	const struct cli *c = s->cli;
	const char *user = discover_user(s->discover, x);
	struct json *j = json_new_object();

	json_put_text(j, "address", x->address);
	json_put_int(j, "port", x->port);
	json_put_text(j, "kind", *x->profile ? "ups" : "other");
	put_word(j, "profile", x->profile);
	put_word(j, "model", x->ident.model);
	put_word(j, "serial", x->ident.serial);
	put_word(j, "firmware", x->ident.firmware);
	put_word(j, "name", x->name);
	put_word(j, "description", x->what);
	put_word(j, "sysobjectid", x->sysoid);
	if (user)
		json_put_text(j, "community", NULL);
	else
		json_put_int(j, "community", (long long)x->key + 1);
	json_put_text(j, "user", user);
	json_put_text(j, "registered", name_of(c, x->registered));
	json_put_text(j, "same_serial", name_of(c, x->twin));
	return j;
}

static void print_json(const struct search *s, size_t added)
{
	struct json *j = json_new_object(), *list = json_new_array();
	const struct discovered *x;
	size_t n;

	x = discover_found(s->discover, &n);
	json_put_text(j, "schema", "amc.discover.v1");
	json_put_int(j, "addresses", (long long)s->addresses);
	json_put_bool(j, "complete", !s->stopped);
	json_put_int(j, "added", (long long)added);
	for (size_t i = 0; i < n; i++)
		json_add(list, found_json(s, &x[i]));
	json_put(j, "found", list);
	cli_print_json(j);
}

static void cell(const char *text, int cols)
{
	int bytes = (int)text_fit(text, cols), w;
	char *cut = mem_ndup(text, (size_t)bytes);

	w = text_width(cut);
	printf("%s%*s ", cut, cols - w, "");
	free(cut);
}

static void print(const struct search *s)
{
	const struct discovered *x;
	size_t n, ups = 0;

	x = discover_found(s->discover, &n);
	for (size_t i = 0; i < n; i++) {
		const char *known = name_of(s->cli, x[i].registered);
		const char *twin = name_of(s->cli, x[i].twin);

		ups += *x[i].profile != '\0';
		cell(x[i].address, 15);
		cell(*x[i].profile ? x[i].profile : _("no UPS"), 10);
		cell(*x[i].profile ? x[i].ident.model : x[i].what, 24);
		cell(x[i].ident.serial, 14);
		printf("%s", x[i].name);
		if (known)
			printf(_("  (registered: %s)"), known);
		if (twin)
			printf(_("  (same serial number as %s)"), twin);
		putchar('\n');
	}
	n -= ups;
	printf(s->stopped ? ngettext("stopped; of %zu address: ", "stopped; of %zu addresses: ", s->addresses) :
	    ngettext("%zu address asked: ", "%zu addresses asked: ", s->addresses), s->addresses);
	printf(ngettext("%zu UPS, ", "%zu UPSs, ", ups), ups);
	printf(ngettext("%zu other\n", "%zu others\n", n), n);
}

/* All that are UPSs and not registered yet, into the group. */
static int add(struct search *s, size_t *added)
{
	struct cli *c = s->cli;
	struct changes changes = { 0 };
	struct err e = { .text = "" };
	unsigned group = group_of(c, &e);
	size_t n, *all;
	int status = 0;

	discover_found(s->discover, &n);
	all = mem_zero(n + 1, sizeof *all);
	for (size_t i = 0; i < n; i++)
		all[i] = i;
	if (!group || !discover_register(s->discover, group, all, n, added, &e))
		status = cli_fail(&e);
	free(all);
	if (status || !*added)
		return status;
	if (c->json)
		return c->dry_run || app_save(c->app, &e) ? 0 : cli_fail(&e);
	app_changes(c->app, &changes);
	status = cli_finish_changes(c, &changes);
	changes_done(&changes);
	return status;
}

static int run(struct search *s)
{
	struct cli *c = s->cli;
	struct err e = { .text = "" };
	size_t added = 0, n;
	int status = 0;

	if (!read_words(s, &e) ||
	    (c->user_file && !(s->users = user_file_read(c->user_file, &e))) ||
	    !read_keys(s, c->community_file, &e))
		return cli_fail(&e);
	if (!open_site(c, &status))
		return status;
	/* what would be refused at the end is refused before anybody is asked */
	if ((c->add && !group_of(c, &e)) || !start(s, &e))
		return cli_fail(&e);
	wait_for_end(s);
	discover_found(s->discover, &n);
	if (!c->json)
		print(s);
	if (c->add)
		status = add(s, &added);
	if (c->json)
		print_json(s, added);
	return status ? status : !n ? ERR_UNREACHABLE : s->stopped ? ERR_PARTLY : 0;
}

int verb_discover(struct cli *c)
{
	struct search s = { .cli = c };
	int status;

	if (c->add && c->argc < 2)
		return cli_usage(c, "discover");
	status = run(&s);
	discover_free(s.discover);
	site_free(s.users);
	if (s.file)
		explicit_bzero(s.file, strlen(s.file));
	free(s.file);
	free(s.where);
	return status;
}
