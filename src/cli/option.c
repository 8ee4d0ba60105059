/* option - the options of the verbs; see option.h */
#include "cli/option.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The verbs that speak to an amcd, and those of them that sign in with a password. */
#define PASSWORDS "send fetch diff history rollback events audit stats notify check_amc"
/* What is told by a control terminal of the site file that the verb is given. */
#define ORDERS "shutdown rehearse"
#define CHANGES "new add set move remove edit import merge rollback"

enum reads { FLAG, TEXT, NUMBER, SECONDS, ADDRESSES, FAILS, PROFILES, HELP };

#define AT(member) offsetof(struct cli, member)

static const struct row {
	const char *name;
	int argument;
	enum reads reads;
	size_t at;		/* its member of struct cli */
	int most;		/* of a NUMBER, from 1 on */
	const char *word;	/* what its argument is called */
	const char *verbs;	/* that have it; NULL: all */
	const char *help;
} rows[] = {
	{ "all", no_argument, FLAG, AT(all), 0, NULL, "plan ups wake send trust " ORDERS,
	  N_("all of the site") },
	{ "fail", required_argument, FAILS, 0, 0, "NODE...", "plan rehearse",
	  N_("what loses its mains; all words that follow do, too") },
	{ "scenario", required_argument, TEXT, AT(scenario), 0, "FILE", "rehearse",
	  N_("what loses its mains in a script of upssim") },
	{ "parallel", no_argument, FLAG, AT(parallel), 0, NULL, "plan rehearse",
	  N_("the orders to the UPSs go out all at once") },
	{ "live", no_argument, FLAG, AT(live), 0, NULL, "plan",
	  N_("asks the UPSs how long their batteries last now") },
	{ "in", required_argument, NUMBER, AT(in), 3600, "SECONDS", "shutdown",
	  N_("when they begin to go down, and how long it can be called off; 10") },
	{ "cancel", no_argument, FLAG, AT(cancel), 0, NULL, "shutdown",
	  N_("calls it off where it has not begun") },
	{ "via", required_argument, TEXT, AT(via), 0, "TERMINAL", ORDERS,
	  N_("the control terminal that is asked to pass it on; else the master") },
	{ "watch", no_argument, FLAG, AT(watch), 0, NULL, "status",
	  N_("goes on, every 8 seconds or every --timeout") },
	{ "address", required_argument, ADDRESSES, 0, 0, "A[:PORT]...", "status",
	  N_("cards without a site; all words that follow are cards, too") },
	{ "site", required_argument, TEXT, AT(site), 0, "FILE",
	  "status discover record trust " PASSWORDS, N_("the site in which names are looked up") },
	{ "community-file", required_argument, TEXT, AT(community_file), 0, "FILE",
	  "status discover record", N_("SNMP community: the first line of FILE; discover tries each line") },
	{ "snmp-version", required_argument, TEXT, AT(snmp_version), 0, "1|2c|3",
	  "status discover record", N_("1 without it, 3 with --user-file") },
	{ "user-file", required_argument, TEXT, AT(user_file), 0, "FILE",
	  "status discover record", N_("the user of SNMP v3, as lines SnmpUser= and the like") },
	{ "port", required_argument, NUMBER, AT(port), 65535, "N", "discover wake",
	  N_("the UDP port; 161 of a card, 9 of wake") },
	{ "rate", required_argument, NUMBER, AT(rate), 2000, "N", "discover",
	  N_("questions that begin in a second; 200") },
	{ "at-once", required_argument, NUMBER, AT(at_once), 1000, "N", "discover",
	  N_("questions that are out at the same time; 128") },
	{ "add", required_argument, TEXT, AT(add), 0, "FILE", "discover",
	  N_("registers what is found in FILE, in the group that is named last") },
	{ "like", required_argument, TEXT, AT(like), 0, "NODE", "ups",
	  N_("write: first gives the settings of this UPS to the others") },
	{ "take", no_argument, FLAG, AT(take), 0, NULL, "ups",
	  N_("write: what the cards keep otherwise goes into the site") },
	{ "outlet", required_argument, TEXT, AT(outlet), 0, "N", "ups",
	  N_("the outlet group, from 1") },
	{ "yes", no_argument, FLAG, AT(yes), 0, NULL, "ups discover shutdown",
	  N_("answers the question that a person would be asked") },
	{ "later", no_argument, FLAG, AT(later), 0, NULL, "send",
	  N_("who is away may have the site from a control terminal when he is back") },
	{ "replace", no_argument, FLAG, AT(replace), 0, NULL, "trust",
	  N_("the terminal was set up anew: its new key is to be known instead") },
	{ "password-file", required_argument, TEXT, AT(password_file), 0, "FILE", PASSWORDS " " ORDERS,
	  N_("the password is the first line of FILE; - is standard input") },
	{ "role", required_argument, TEXT, AT(role), 0, "viewer|operator", PASSWORDS,
	  N_("whose password it is; operator, of check_amc viewer") },
	{ "pin", required_argument, TEXT, AT(pin), 0, "PIN", "trust " PASSWORDS " " ORDERS,
	  N_("the terminal's key must be this one") },
	{ "format", required_argument, TEXT, AT(format), 0, "FORMAT",
	  "export import events stats", N_("xml, json, csv or ups.conf; csv of events and stats") },
	{ "into", required_argument, TEXT, AT(into), 0, "GROUP", "import",
	  N_("where UPSs of an ups.conf go that the site does not have") },
	{ "secrets", no_argument, FLAG, AT(secrets), 0, NULL, "export",
	  N_("with communities, passwords and the site's key; needs -o") },
	{ "bom", no_argument, FLAG, AT(bom), 0, NULL, "export",
	  N_("a csv table begins with a byte order mark") },
	{ "output", required_argument, TEXT, AT(output), 0, "FILE", "fetch export record",
	  N_("writes there; also -o") },
	{ "wizard", required_argument, TEXT, AT(wizard), 0, "NAME", "new",
	  N_("makes this standard site; list tells them") },
	{ "dry-run", no_argument, FLAG, AT(dry_run), 0, NULL,
	  CHANGES " export discover trust send wake ups shutdown",
	  N_("shows what would change, changes nothing") },
	{ "timeout", required_argument, SECONDS, AT(timeout_ms), 0, "SECONDS",
	  "status plan ups discover record trust " PASSWORDS " " ORDERS, N_("how long to wait") },
	{ "profiles", required_argument, PROFILES, AT(profiles), 0, "DIR", NULL,
	  N_("card profiles besides the built-in ones") },
	{ "json", no_argument, FLAG, AT(json), 0, NULL,
	  CHANGES " show check export plan rules status ups wake profiles discover record send trust "
	  "diff history events audit stats notify " ORDERS, N_("one JSON document on standard output") },
	{ "help", no_argument, HELP, 0, 0, NULL, NULL, N_("this") },
};

enum { ROWS = sizeof rows / sizeof *rows, FIRST = 256 };

/* Is the verb one of the words? */
static bool has(const struct row *r, const char *verb)
{
	size_t len = strlen(verb);
	const char *at = r->verbs;

	while (at && (at = strstr(at, verb))) {
		if ((at == r->verbs || at[-1] == ' ') && (!at[len] || at[len] == ' '))
			return true;
		at += len;
	}
	return !r->verbs;
}

static bool seconds_of(const char *text, int *ms)
{
	char *rest;
	double s = strtod(text, &rest);

	if (*rest || !(s > 0) || s > 3600) {
		fprintf(stderr, _("amc: --timeout %s: not between 0 and 3600 s\n"), text);
		return false;
	}
	*ms = s < 0.001 ? 1 : (int)(s * 1000);
	return true;
}

/* A whole number of an option; false and words when it is none in its range. */
static bool number_of(const struct row *r, const char *text, int *n)
{
	char *rest;
	long value = strtol(text, &rest, 10);

	*n = (int)value;
	if (*text >= '0' && *text <= '9' && !*rest && value >= 1 && value <= r->most)
		return true;
	fprintf(stderr, _("amc: --%s %s: not between 1 and %d\n"), r->name, text, r->most);
	return false;
}

/* "--address A B C", "--fail A B C": what follows is more of them. */
static void word(struct cli *c, char *text)
{
	const char **addresses = (const char **)(size_t)c->addresses;
	const char **fails = (const char **)(size_t)c->fails;

	if (c->address_count)
		addresses[c->address_count++] = text;
	else if (c->fail_count)
		fails[c->fail_count++] = text;
	else
		c->argv[c->argc++] = text;
}

static bool take(struct cli *c, const struct row *r, char *text)
{
	void *at = (char *)c + r->at;

	switch (r->reads) {
	case FLAG:
		*(bool *)at = true;
		break;
	case TEXT:
		*(const char **)at = text;
		break;
	case NUMBER:
		return number_of(r, text, at);
	case SECONDS:
		return seconds_of(text, at);
	case ADDRESSES:
		((const char **)(size_t)c->addresses)[c->address_count++] = text;
		break;
	case FAILS:
		((const char **)(size_t)c->fails)[c->fail_count++] = text;
		break;
	case PROFILES:	/* as in front of the verb: ignored where we have more rights */
		*(const char **)at = getuid() == geteuid() ? text : NULL;
		break;
	case HELP:
		break;
	}
	return true;
}

/* The table as getopt_long() wants it; yours to free. */
static struct option *long_options(void)
{
	struct option *list = mem_zero(ROWS + 1, sizeof *list);

	for (int i = 0; i < ROWS; i++)
		list[i] = (struct option){ rows[i].name, rows[i].argument, NULL, FIRST + i };
	return list;
}

static const struct row *row_of(int o)
{
	const struct row *r = rows;

	if (o >= FIRST)
		return &rows[o - FIRST];
	while (strcmp(r->name, "output") != 0)
		r++;
	return r;
}

/* One that getopt_long() has found: 0, 2 or -1 as of option_parse(). */
static int found(struct cli *c, const char *verb, int o)
{
	const struct row *r;

	if (o == 1) {
		word(c, optarg);
		return 0;
	}
	if (o == '?')
		return cli_usage(c, verb);
	r = row_of(o);
	if (!has(r, verb)) {
		fprintf(stderr, _("amc: %s has no option --%s; amc %s --help lists those that it has\n"),
		    verb, r->name, verb);
		return 2;
	}
	if (r->reads == HELP)
		return -1;
	return take(c, r, optarg) ? 0 : 2;
}

int option_parse(struct cli *c, const char *verb, int argc, char **argv)
{
	struct option *list = long_options();
	char *name = mem_printf("amc %s", verb);	/* getopt's words begin with it */
	int o, status = 0;

	c->addresses = mem_zero((size_t)argc, sizeof *c->addresses);
	c->fails = mem_zero((size_t)argc, sizeof *c->fails);
	c->argv = argv + 1;	/* the words move to the front */
	argv[0] = name;
	optind = 0;	/* start anew: main() has parsed before */
	while (status == 0 && (o = getopt_long(argc, argv, "-o:", list, NULL)) != -1)
		status = found(c, verb, o);
	free(list);
	argv[0] = NULL;
	free(name);
	while (status == 0 && optind < argc)	/* behind "--" */
		word(c, argv[optind++]);
	if (status == 0 && c->role && strcmp(c->role, "viewer") && strcmp(c->role, "operator")) {
		fprintf(stderr, _("amc: --role %s: viewer or operator\n"), c->role);
		return 2;
	}
	return status;
}

void option_help(const char *verb)
{
	printf("\n");
	for (const struct row *r = rows; r < rows + ROWS; r++) {
		char left[60];

		if (!has(r, verb))
			continue;
		snprintf(left, sizeof left, "--%s%s%s", r->name, r->word ? " " : "",
		    r->word ? r->word : "");
		printf("  %-24s %s\n", left, tr(r->help));
	}
}
