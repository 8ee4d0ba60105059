/*
 * cli - the verbs of amc (architecture 5).
 *
 * A verb is a row of the table in cli.c. It gets its words and the common
 * options, does its work through app/, prints, and returns the exit status:
 * 0 done, 1 failed, 2 usage, 3 the site has errors, 4 unreachable, 5 refused,
 * 6 partly done.
 */
#ifndef AMC_CLI_CLI_H
#define AMC_CLI_CLI_H

#include "app/app.h"

#include <stdio.h>

struct cli {
	struct loop *loop;
	struct app *app;
	int argc;		/* words behind the verb, without the options */
	char **argv;
	/* options */
	int port, rate, at_once;	/* of discover; 0: as it is without */
	const char *add;	/* the site file that found cards are registered in */
	int in;			/* s, of shutdown; 0: as it is without */
	bool cancel;
	const char *scenario;	/* lines that upssim reads */
	const char *via;	/* the control terminal that is asked */
	bool json, dry_run, all, later, watch, parallel, live, secrets, bom, yes, take, replace;
	int timeout_ms;		/* 0: the default of each question */
	const char *password_file, *role, *pin, *output, *site;
	const char *community_file, *user_file, *wizard, *snmp_version;
	const char *format, *into, *profiles, *like, *outlet;
	const char *const *addresses;
	size_t address_count;
	const char *const *fails;
	size_t fail_count;
};

struct verb {
	const char *name, *usage, *help;	/* help: N_() */
	int least, most;			/* words; most -1: any number */
	int (*run)(struct cli *);
};

/* argv[0] is the verb. Read-only: what would change a site or switch something is refused. */
int cli_run(int argc, char **argv, const char *profiles, bool read_only);
/* Is there a verb of this name? */
bool cli_is_verb(const char *);
/* The table, for the list in --help. */
extern const struct verb verbs[];

/* Prints the words and gives the exit status of their kind. */
int cli_fail(const struct err *);
/*
 * The end of a program that did something: it is told to those who keep events (app/herald.h)
 * for at most 3 s, which is said, and can be cut off with Ctrl-C; the rest is left to the
 * next one.
 */
void cli_farewell(struct app *);
/* Wrong words: says how the verb is called, 2. */
int cli_usage(const struct cli *, const char *verb);
/* Opens the site file for a verb; false and the status in *status. */
bool cli_open(struct cli *, const char *path, int *status);
/* A site that could not be understood as a whole: says so and gives 3; else 0. */
int cli_faulty(const struct app *);
/* Prints and frees one JSON document. */
struct json;
void cli_print_json(struct json *);
/* Runs the loop until *done or until ms have passed; was it done? */
bool cli_wait(struct cli *, const bool *done, int ms);
/*
 * The nodes of a kind, power devices or terminals, that the words from `first` on name:
 * themselves, or all below a group; or all with --all. Each once, n of them, yours to
 * free; NULL and words.
 */
unsigned *cli_named(struct cli *, int first, enum kind, size_t *n, struct err *);
/*
 * The words, and then this one must be typed by a person; or --yes. What nobody can answer
 * is refused. The words go to stderr, so that stdout is the result's.
 */
bool cli_confirm(struct cli *, const char *words, const char *type, struct err *);
/* Every UPS and terminal that is watched has answered or failed, or time is up. */
void cli_sweep(struct cli *);
/* "HOST", "HOST:PORT", "[IPV6]:PORT"; host is yours to free. */
bool cli_split_address(const char *, int fallback, char **host, int *port,
    struct err *);
/* Colours of a severity on a terminal, "" elsewhere or with NO_COLOR. */
const char *cli_color(int severity);
const char *cli_plain(void);
/* An array of {"change", "node", "key", "from", "to"}. */
struct changes;
struct json *changes_json(const struct changes *);
/* The last step of every edit: saves, unless it is only a rehearsal, and tells. */
int cli_finish_changes(struct cli *, const struct changes *);
/* "FILE:LINE: error: R25: words" */
void cli_print_finding(struct cli *, FILE *, const struct finding *);
/* The verb new with --wizard. */
int cli_new_wizard(struct cli *);
/* What the wizards ask: of one, or of all with NULL. */
void cli_wizard_help(const char *name);
/* A node and what is below it as `amc show` prints them. */
void cli_print_tree(const struct node *);
struct json *cli_node_json(struct cli *, const struct node *);
/* The findings as `amc check --json` has them, an array. */
struct json *cli_findings_json(struct cli *);
/* A path may be named by a verb or by --site and $AMC_SITE. */
const char *cli_site_path(const struct cli *);

int verb_new(struct cli *), verb_show(struct cli *), verb_check(struct cli *);
int verb_rules(struct cli *), verb_profiles(struct cli *);
int verb_add(struct cli *), verb_set(struct cli *), verb_move(struct cli *);
int verb_remove(struct cli *), verb_edit(struct cli *);
int verb_status(struct cli *), verb_ups(struct cli *), verb_plan(struct cli *);
int verb_send(struct cli *), verb_fetch(struct cli *), verb_diff(struct cli *);
int verb_discover(struct cli *), verb_wake(struct cli *), verb_record(struct cli *);
int verb_trust(struct cli *), verb_audit(struct cli *);
int verb_shutdown(struct cli *), verb_rehearse(struct cli *);
int verb_notify(struct cli *), verb_events(struct cli *), verb_stats(struct cli *), verb_check_amc(struct cli *);
int verb_history(struct cli *), verb_rollback(struct cli *), verb_merge(struct cli *);
int verb_export(struct cli *), verb_import(struct cli *);

#endif
