/* amc - the console, and its verbs (man 1 amc) */
#include "app/demo.h"
#include "app/herald.h"
#include "app/trapping.h"
#include "base/conf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "tui/tui.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct option options[] = {
	{ "ui", required_argument, NULL, 'u' },
	{ "profiles", required_argument, NULL, 'p' },
	{ "ascii", no_argument, NULL, 'a' },
	{ "ambiguous", required_argument, NULL, 'w' },
	{ "read-only", no_argument, NULL, 'r' },
	{ "demo", no_argument, NULL, 'd' },
	{ "linear", no_argument, NULL, 'l' },
	{ "traps", required_argument, NULL, 't' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ 0 }
};

static void calls(FILE *out)
{
	fputs(_("usage: amc [OPTION]... [FILE]       the console; FILE is $AMC_SITE or /etc/amc/ac_e_net.ini\n"
	    "       amc --linear [FILE]          the console as lines of text, for screen readers\n"
	    "       amc --demo                   the console on a simulated site\n"
	    "       amc VERB ...                 the same work from a script:\n"), out);
}

/* Called wrongly: what is wrong stands above it and must not scroll away. */
static int called_wrongly(void)
{
	calls(stderr);
	fputs(_("amc --help lists the verbs.\n"), stderr);
	return 2;
}

static void help(void)
{
	const struct verb *v;

	calls(stdout);
	putchar('\n');
	for (v = verbs; v->name; v++)
		printf("  %-7s %s\n          %s\n", v->name, v->usage, tr(v->help));
	fputs(_("\nThe console: -r read-only, --ascii lines of ASCII, --ambiguous 1|2 columns of ambiguous\n"
	    "characters, --ui DIR other files than the built-in ones, --traps ADDRESS:PORT|no where it\n"
	    "hears traps (man 1 amc).\n"), stdout);
	fputs(_("\namc VERB --help explains a verb and its options: --json, --timeout S, --dry-run and more.\n"
	    "Exit: 0 done, 1 failed, 2 usage, 3 the site has errors, 4 unreachable, 5 refused, 6 partly done.\n"),
	    stdout);
}

/* The end of what only prints: 0, or 1 where it could not be printed. */
static int printed(void)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	perror("amc: stdout");
	return 1;
}

static int fail(const struct err *e)
{
	fprintf(stderr, "amc: %s\n", e->text);
	return e->kind ? (int)e->kind : 1;
}

/* The site that the console shows; a file that is not there yet is a new site. */
static bool open_site(struct app *a, const char *path, struct err *e)
{
	const char *site = getenv("AMC_SITE");
	bool named = path != NULL;

	if (!path)
		path = site && *site ? site : "/etc/amc/ac_e_net.ini";
	if (access(path, F_OK) == 0)
		return app_open(a, path, e);
	/* rather than when it is saved, after an hour's work */
	if (app_read_only(a) || file_could_replace(path, e))
		return app_create(a, path, e);
	return named ? false : err_set(e, _("%s; name another file: amc FILE"), e->text);
}

/* Where the console listens for traps: as it was called, else as amc.conf says. */
static bool traps_of(struct trapping_settings *s, const char *option, struct err *e)
{
	static const char path[] = "/etc/amc/amc.conf";
	static const char *const keys[] = { "Traps", NULL };
	struct conf *c = access(path, R_OK) == 0 ? conf_read(path, e) : NULL;
	const char *set = c ? conf_get(c, "console", "Traps") : NULL;
	bool ok;

	if (!c && access(path, R_OK) == 0)
		return false;
	ok = (!c || conf_knows(c, "console", keys, e)) &&
	    trapping_settings_read(s, option ? option : set ? set : "", e);
	if (!ok && !option && set)
		err_at(e, "%s", path);
	conf_free(c);
	return ok;
}

static int console(struct app_options *o, struct tui_options *t, bool demo,
    const char *path, const char *traps)
{
	struct loop *loop = loop_new();
	struct err e = { .text = "" };
	struct trapping_settings listen = { .off = true };
	struct app *app = app_new(loop, o, &e);
	struct demo *running = NULL;
	int status;

	mem_large_apart();
	if (app && demo) {
		running = demo_start(app, &e);
		t->title = _("demo");
		t->message = _("A simulated site; the password of each terminal is demodemo");
	}
	t->traps = &listen;
	if (!app || !traps_of(&listen, traps, &e) || (demo ? !running : !open_site(app, path, &e)))
		status = fail(&e);
	else
		status = tui_run(app, t);
	if (app)
		cli_farewell(app);
	if (running)
		herald_forget(app);
	demo_end(running);
	trapping_settings_done(&listen);
	app_free(app);
	loop_free(loop);
	return status;
}

/* Columns of ambiguous characters: 1, 2, or 0 for auto; -1 if it is none of these. */
static int columns(const char *word)
{
	return strcmp(word, "auto") == 0 ? 0 : strcmp(word, "1") == 0 ? 1 :
	    strcmp(word, "2") == 0 ? 2 : -1;
}

int main(int argc, char **argv)
{
	struct app_options app = { 0 };
	struct tui_options tui = { 0 };
	const char *traps = NULL;
	bool demo = false;
	int o;

	i18n_init();
	signal(SIGPIPE, SIG_IGN);
	/* a link named check_amc is that verb */
	argv[0] += file_name(argv[0]) - argv[0];
	if (strcmp(argv[0], "check_amc") == 0)
		return cli_run(argc, argv, NULL, false);
	/* what others could put in our way is ignored where we have more rights */
	while ((o = getopt_long(argc, argv, "+rhV", options, NULL)) != -1) {
		switch (o) {
		case 'u': tui.ui = getuid() == geteuid() ? optarg : NULL; break;
		case 'p': app.profiles = getuid() == geteuid() ? optarg : NULL; break;
		case 'a': tui.ascii = true; break;
		case 'w':
			tui.ambiguous = columns(optarg);
			if (tui.ambiguous >= 0)
				break;
			fprintf(stderr, _("amc: --ambiguous %s: it is auto, 1 or 2\n"), optarg);
			return 2;
		case 'r': app.read_only = true; break;
		case 'd': demo = true; break;
		case 'l': tui.linear = true; break;
		case 't': traps = optarg; break;
		case 'h': help(); return printed();
		case 'V': printf("amc %s\n", VERSION_TEXT); return printed();
		default: return called_wrongly();
		}
	}
	argc -= optind;
	argv += optind;
	if (argc > 0 && cli_is_verb(argv[0]))
		return cli_run(argc, argv, app.profiles, app.read_only);
	if (argc > 1)
		fprintf(stderr, _("amc: %s: there is no such verb\n"), argv[0]);
	else if (demo && argc > 0)
		fprintf(stderr, _("amc: --demo takes no file: it has a site of its own\n"));
	if (argc > 1 || (demo && argc > 0))
		return called_wrongly();
	return console(&app, &tui, demo, argc ? argv[0] : NULL, traps);
}
