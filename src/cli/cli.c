/* cli - the verbs of amc: their table and exit status; see cli.h */
#include "cli/cli.h"
#include "app/herald.h"
#include "cli/option.h"
#include "cli/ups.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "model/field.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FAREWELL_MS = 3000, FAREWELL_SAY_MS = 300 };

const struct verb verbs[] = {
	{ "new", "FILE | --wizard NAME FILE [KEY=VALUE...] | --wizard list [NAME]",
	  N_("an empty site, or a standard one"), 0, -1, verb_new },
	{ "show", "FILE [NODE]", N_("the tree, or one node with every setting and its origin"),
	  1, 2, verb_show },
	{ "check", "FILE", N_("what is wrong with the site"), 1, 1, verb_check },
	{ "plan", "FILE --fail NODE... | --all [--parallel] [--live]",
	  N_("the timeline of an outage, and what the batteries must last"), 1, 1, verb_plan },
	{ "rules", "[RULE...]", N_("what check looks for, and why"), 0, -1, verb_rules },
	{ "add", "FILE PARENT group|ups|terminal NAME [KEY=VALUE...]",
	  N_("a new node"), 4, -1, verb_add },
	{ "set", "FILE NODE KEY=VALUE...", N_("settings of a node"), 3, -1, verb_set },
	{ "move", "FILE NODE PARENT", N_("a node to another place"), 3, 3, verb_move },
	{ "remove", "FILE NODE", N_("a node and all below it"), 2, 2, verb_remove },
	{ "edit", "FILE -|SCRIPT", N_("many edits, one a line, all or nothing"),
	  2, 2, verb_edit },
	{ "status", "FILE | --address A[:PORT]...",
	  N_("one sweep of all UPSs and terminals; --watch goes on"), 0, 1, verb_status },
	{ "ups", "read|diff|write|commands|COMMAND FILE NODE...|--all",
	  N_("the settings of cards, and commands to them"), 2, -1, verb_ups },
	{ "wake", "FILE TERMINAL...|--all", N_("starts servers by Wake-on-LAN"), 1, -1, verb_wake },
	{ "shutdown", "FILE TERMINAL...|--all [--in SECONDS] | --cancel",
	  N_("servers down, or what was ordered called off"), 1, -1, verb_shutdown },
	{ "rehearse", "FILE --fail NODE... | --all | --scenario SCRIPT [--parallel]",
	  N_("an outage tried out: who would obey, and who would not"), 1, 1, verb_rehearse },
	{ "profiles", "[PROFILE...]",
	  N_("the kinds of cards that are known, and where they have what"), 0, -1,
	  verb_profiles },
	{ "discover", "NETWORK|RANGE|ADDRESS... [--add FILE GROUP]",
	  N_("cards in the network: who answers SNMP there"), 1, -1, verb_discover },
	{ "record", "ADDRESS[:PORT] | --site FILE UPS [-o OUT]",
	  N_("all that a card has, to be replayed by upssim"), 1, 1, verb_record },
	{ "send", "FILE TERMINAL...|--all", N_("the site to terminals"), 1, -1, verb_send },
	{ "trust", "FILE TERMINAL...|--all | TERMINAL [--pin PIN] [--replace]",
	  N_("the keys of terminals: met, changed, replaced"), 1, -1, verb_trust },
	{ "fetch", "TERMINAL [-o FILE]", N_("the site that a terminal holds"), 1, 1, verb_fetch },
	{ "diff", "A B", N_("how two sites differ: files, FILE@REVISION, terminals or TERMINAL@REVISION"),
	  2, 2, verb_diff },
	{ "events", "TERMINAL [KEY=VALUE...] | acknowledge=ID", N_("what happened"), 1, -1,
		verb_events },
	{ "audit", "TERMINAL [KEY=VALUE...]", N_("who did what there, and what was refused"), 1, -1,
		verb_audit },
	{ "stats", "TERMINAL ups=NAME [KEY=VALUE...]",
		N_("what a UPS told: a week of samples, a year of hours or months"), 2, -1,
		verb_stats },
	{ "notify", "TERMINAL [CHANNEL]", N_("how its notifications are; a test through a channel"),
		1, 2, verb_notify },
	{ "check_amc", "TERMINAL", N_("its state for Nagios: a line, and 0 to 3"), 1, 1,
		verb_check_amc },
	{ "export", "FILE [--format FORMAT] [-o OUT]",
	  N_("the site as xml, json, csv or ups.conf"), 1, 1, verb_export },
	{ "import", "FILE FROM [--format FORMAT]",
	  N_("what such a file has, all or nothing"), 2, 2, verb_import },
	{ "history", "FILE | TERMINAL", N_("the revisions of a site file that are kept"), 1, 1,
	  verb_history },
	{ "merge", "FILE COPY [BASE]",
	  N_("what a copy of the file changed, into what the file has now"), 2, 3, verb_merge },
	{ "rollback", "FILE REVISION|TERMINAL@REVISION", N_("the content of a revision, as a new one"), 2, 2,
	  verb_rollback },
	{ 0 }
};

static const struct verb *find(const char *name)
{
	const struct verb *v;

	for (v = verbs; v->name; v++)
		if (strcmp(v->name, name) == 0)
			return v;
	return NULL;
}

bool cli_is_verb(const char *name)
{
	return find(name) != NULL;
}

int cli_fail(const struct err *e)
{
	/* words of the form FILE:LINE: error: stand for themselves */
	fprintf(stderr, "%s%s\n", strstr(e->text, ": error: ") ? "" : "amc: ",
	    e->text);
	return e->kind ? (int)e->kind : 1;
}

int cli_usage(const struct cli *c, const char *verb)
{
	(void)c;
	fprintf(stderr, _("usage: amc %s %s\n"), verb, find(verb)->usage);
	return 2;
}

bool cli_open(struct cli *c, const char *path, int *status)
{
	struct err e = { .text = "" };

	if (app_open(c->app, path, &e))
		return true;
	/* its words begin with the path: a place for them as for other faults */
	if (strncmp(e.text, path, strlen(path)) == 0 &&
	    e.text[strlen(path)] == ':')
		fprintf(stderr, "%s:1: error:%s\n", path,
		    e.text + strlen(path) + 1);
	else
		fprintf(stderr, "%s:1: error: %s\n", path, e.text);
	*status = 1;
	return false;
}

int cli_faulty(const struct app *a)
{
	if (!app_faulty(a))
		return 0;
	fprintf(stderr, _("amc: %s has faults: see amc check %s\n"), app_path(a), app_path(a));
	return ERR_SITE;
}

void cli_print_json(struct json *j)
{
	char *text = json_print(j);

	fputs(text, stdout);
	free(text);
	json_free(j);
}

static void too_late(void *arg)
{
	*(bool *)arg = true;
}

bool cli_wait(struct cli *c, const bool *done, int ms)
{
	bool late = false;
	struct watch *limit = loop_after(c->loop, ms, too_late, &late);

	while (!*done && !late)
		loop_once(c->loop, -1);
	loop_remove(limit);
	return *done;
}

static void say_whom(void *arg)
{
	char *names = herald_whom(arg);

	if (*names && isatty(STDERR_FILENO)) {
		signal(SIGINT, SIG_DFL);	/* the console ignores it when it ends */
		fprintf(stderr, _("amc: telling %s what was done here; Ctrl-C leaves it for the next "
		    "time\n"), names);
	}
	free(names);
}

void cli_farewell(struct app *a)
{
	struct watch *limit, *say;
	bool late = false;
	char *news;

	if (!herald_idle(a)) {
		limit = loop_after(app_loop(a), FAREWELL_MS, too_late, &late);
		say = loop_after(app_loop(a), FAREWELL_SAY_MS, say_whom, a);
		while (!herald_idle(a) && !late)
			loop_once(app_loop(a), -1);
		loop_remove(limit);
		loop_remove(say);
		herald_leave(a);
	}
	news = herald_news(a);
	if (news)
		fprintf(stderr, "amc: %s\n", news);
	free(news);
}

bool cli_split_address(const char *text, int fallback, char **host, int *port,
    struct err *e)
{
	const char *colon = strrchr(text, ':'), *end = colon;
	bool many = colon && strchr(text, ':') != colon;
	const char *whole = text;

	if (text[0] == '[') {
		end = strchr(text, ']');
		if (!end || (end[1] && end[1] != ':'))
			return err_kind(e, ERR_USAGE,
			    _("%s: an IPv6 address with a port is [ADDRESS]:PORT"), text);
		colon = end[1] == ':' ? end + 1 : NULL;
		text++;
	} else if (many) {	/* a bare IPv6 address */
		colon = end = NULL;
	}
	*port = fallback;
	if (colon) {
		char *rest;
		long n = strtol(colon + 1, &rest, 10);

		if (!colon[1] || *rest || n < 1 || n > 65535)
			return err_kind(e, ERR_USAGE,
			    _("%s: the port is not between 1 and 65535"), whole);
		*port = (int)n;
	}
	*host = end ? mem_ndup(text, (size_t)(end - text)) : mem_dup(text);
	if (!field_is_host(*host)) {
		free(*host);
		return err_kind(e, ERR_USAGE,
		    _("%s: not an IP address or a host name"), whole);
	}
	return true;
}

static bool colored(void)
{
	static int is = -1;

	if (is < 0)
		is = isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
	return is;
}

const char *cli_color(int severity)
{
	static const char *const colors[] = { "", "\033[36m", "\033[33m",
		"\033[1;31m" };

	return colored() ? colors[severity] : "";
}

const char *cli_plain(void)
{
	return colored() ? "\033[0m" : "";
}

const char *cli_site_path(const struct cli *c)
{
	const char *site = c->site ? c->site : getenv("AMC_SITE");

	return site && *site ? site : "/etc/amc/ac_e_net.ini";
}

/* Every field that `amc set` takes, from the tables. */
static void set_help(void)
{
	static const enum kind kinds[] = { KIND_NETWORK, KIND_GROUP, KIND_UPS,
		KIND_TERMINAL };
	char allowed[200];
	size_t i;

	for (i = 0; i < 4; i++) {
		const struct field *f = record_fields(kinds[i]);

		printf("\n%s:\n", kind_word(kinds[i]));
		for (; f->key; f++)
			if (!(f->flags & FIELD_OURS))
				printf("  %-22s %s: %s\n", f->key, tr(f->label),
				    field_allowed(f, allowed, sizeof allowed));
	}
}

/* What a verb and each of its options is for. */
static void help_of(const struct cli *c, const struct verb *v)
{
	printf(_("usage: amc %s %s\n"), v->name, v->usage);
	printf("%s\n", tr(v->help));
	if (strcmp(v->name, "set") == 0 || strcmp(v->name, "add") == 0)
		set_help();
	if (strcmp(v->name, "new") == 0)
		cli_wizard_help(c->wizard);
	if (strcmp(v->name, "ups") == 0)
		ups_help();
	option_help(v->name);
}

/* 0, or the status with which it ends: -1 after its help. */
static int parse(struct cli *c, const struct verb *v, int argc, char **argv)
{
	int status = option_parse(c, v->name, argc, argv);

	if (status < 0)
		help_of(c, v);
	if (status != 0)
		return status;
	for (int i = 0; i < c->argc; i++)
		if (!*c->argv[i]) {
			fprintf(stderr, _("amc: a word of %s is empty: was it a variable that is not set?\n"),
			    v->name);
			return 2;
		}
	if (c->argc < v->least || (v->most >= 0 && c->argc > v->most))
		return cli_usage(c, v->name);
	return 0;
}

/* Verbs after which the terminals hear of what they missed: they are asked anyway. */
static bool is_told(const struct verb *v)
{
	return v->run == verb_ups || v->run == verb_wake || v->run == verb_send ||
	    v->run == verb_events || v->run == verb_audit;
}

int cli_run(int argc, char **argv, const char *profiles, bool read_only)
{
	const struct verb *v = find(argv[0]);
	struct app_options o = { .read_only = read_only };
	struct cli c = { .profiles = profiles };
	struct err e = { .text = "" };
	int status;

	file_hold_standard();
	status = parse(&c, v, argc, argv);

	if (status == 0) {
		c.loop = loop_new();
		o.profiles = c.profiles;
		c.app = app_new(c.loop, &o, &e);
		status = c.app ? v->run(&c) : cli_fail(&e);
		if (c.app && is_told(v))
			herald_catch_up(c.app);
		if (c.app)
			cli_farewell(c.app);
		app_free(c.app);
		loop_free(c.loop);
	}
	else if (v->run == verb_check_amc)
		status = 3;	/* 2 would be "critical" */
	free((void *)(size_t)c.addresses);
	free((void *)(size_t)c.fails);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		if (errno != EPIPE)	/* who reads no further knows it */
			perror("amc: stdout");
		return status > 0 ? status : 1;
	}
	return status < 0 ? 0 : status;
}
