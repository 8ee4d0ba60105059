/* amcd - the service on every terminal (man 8 amcd) */
#include "app/audit.h"
#include "app/deliver-mail.h"
#include "app/deliver-test.h"
#include "app/life.h"
#include "app/passwd.h"
#include "app/selfreport.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/systemd.h"
#include "peer/trust.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static const struct option options[] = {
	{ "config", required_argument, NULL, 'c' },
	{ "profiles", required_argument, NULL, 'P' },
	{ "root", required_argument, NULL, 'R' },
	{ "json", no_argument, NULL, 'j' },
	{ "test", no_argument, NULL, 't' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "end-with-parent", no_argument, NULL, 'p' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ 0 }
};

static void usage(FILE *out)
{
	fputs(_("usage: amcd [-c FILE] [-t] [-v] [--profiles DIR]\n"
	    "                                   run in the foreground; -t checks and ends\n"
	    "       amcd passwd [-c FILE] viewer|operator < PASSWORD\n"
	    "       amcd notify [-c FILE] CHANNEL    sends a test through a channel\n"
	    "       amcd pin [-c FILE]          the pin that a first contact is to show\n"
	    "       amcd rotate-key [-c FILE] [now|cancel]\n"
	    "                                   a next key beside the present one; change to it;\n"
	    "                                   forget it\n"),
	    out);
	fputs(_("       amcd status [-c FILE] [--json]\n"
	    "                                   how the amcd that runs here is\n"), out);
}

static int fail(const struct err *e)
{
	fprintf(stderr, "amcd: %s\n", e->text);
	return e->kind == ERR_USAGE ? 2 : 1;
}

/* From the terminal twice, for nobody sees what he types; else the first line. */
static char *read_password(struct err *e)
{
	char *password, *again;

	if (!isatty(STDIN_FILENO))
		return file_first_line("-", e);
	password = mem_dup(getpass(_("New password: ")));
	again = getpass(_("Once more: "));
	if (strcmp(password, again) != 0) {
		explicit_bzero(password, strlen(password));
		free(password);
		password = NULL;
		err_set(e, _("the two are not the same; nothing was changed"));
	}
	explicit_bzero(again, strlen(again));
	return password;
}

static int set_password(const char *conf, const char *role)
{
	struct err e = { .text = "" };
	char *password = passwd_knows(role, &e) ? read_password(&e) : NULL;
	bool ok = password && passwd_set(conf, role, password, &e);

	if (password)
		explicit_bzero(password, strlen(password));
	free(password);
	if (!ok)
		return fail(&e);
	printf(_("%s: the password of the %s is set\n"), conf, role);
	return 0;
}

static int print_pin(const struct service_settings *s)
{
	struct identity id;
	struct err e = { .text = "" };

	if (!file_mkdirs(s->state, 0700, &e) ||
	    !identity_open(&id, s->state, s->name, &e))
		return fail(&e);
	printf("%s\n", id.pin);
	identity_done(&id);
	return 0;
}

static int rotate_key(const struct service_settings *s, const char *how)
{
	struct identity next;
	struct err e = { .text = "" };

	if (strcmp(how, "cancel") == 0) {
		identity_forget_next(s->state);
		return audit_local(s->state, "no-next-key", "", "", &e) ? 0 : fail(&e);
	}
	if (strcmp(how, "now") == 0)
		return identity_switch(s->state, s->name, &e) &&
		    audit_local(s->state, "key", "", "", &e) ? print_pin(s) : fail(&e);
	if (*how) {
		err_kind(&e, ERR_USAGE, _("rotate-key %s: now, cancel, or nothing"), how);
		return fail(&e);
	}
	if (!identity_next(&next, s->state, s->name, false, &e))
		return fail(&e);
	if (!*next.pin && (!identity_next(&next, s->state, s->name, true, &e) ||
	    !audit_local(s->state, "next-key", "", next.pin, &e)))
		return fail(&e);
	printf("%s\n", next.pin);
	fprintf(stderr, _("This is the next key of %s. Take it into the site (amc trust FILE %s) and send that to all terminals (amc send FILE --all): when all hold it, amcd changes to it by itself.\n"),
	    s->name, s->name);
	identity_done(&next);
	return 0;
}

/* By the user of the service, whose files and rights it has. */
static int send_test(const struct service_settings *s, const char *channel)
{
	struct err e = { .text = "" };
	struct text steps = { 0 };
	bool ok = deliver_test(s->conf, s->name, channel, &steps, &e);

	fputs(steps.s ? steps.s : "", stdout);
	text_done(&steps);
	if (!ok)
		return fail(&e);
	printf(_("%s: a test was sent\n"), channel);
	return 0;
}

static int print_status(const struct service_settings *s, bool json)
{
	struct err e = { .text = "" };

	if (selfreport_print(s, json, &e))
		return 0;
	fail(&e);
	return e.kind;
}

static void print_fault(bool fault, const char *words, void *arg)
{
	(void)arg;
	fprintf(stderr, fault ? "amcd: %s\n" : _("amcd: warning: %s\n"), words);
}

int main(int argc, char **argv)
{
	const char *conf = "/etc/amc/amcd.conf";
	const char *profiles = NULL, *root = NULL;
	struct service_settings settings;
	enum log_level level = LOG_LEVEL_NOTICE;
	struct err e = { .text = "" };
	bool check = false, json = false, rotate;
	char *const *program = argv;
	int o, status;

	signal(SIGHUP, SIG_IGN);	/* until the loop is there to take it */
	mem_large_apart();
	file_hold_standard();
	i18n_init();
	signal(SIGPIPE, SIG_IGN);
	while ((o = getopt_long(argc, argv, "c:tvhV", options, NULL)) != -1) {
		switch (o) {
		case 'c': conf = optarg; break;
		/* as in amc: what others could put in our way is ignored with more rights */
		case 'P': profiles = getuid() == geteuid() ? optarg : NULL; break;
		case 'j': json = true; break;
		case 'R': root = optarg; break;
		case 't': check = true; break;
		case 'v': level = LOG_LEVEL_DEBUG; break;
		case 'p':
			prctl(PR_SET_PDEATHSIG, SIGTERM);
			if (getppid() == 1)	/* it died before we asked */
				return 0;
			break;
		case 'h': usage(stdout); return 0;
		case 'V': printf("amcd %s\n", VERSION_TEXT); return 0;
		default: usage(stderr); return 2;
		}
	}
	log_init("amcd", level);
	systemd_take_log();
	trapping_log(true);
	argc -= optind;
	argv += optind;
	if (argc == 2 && strcmp(argv[0], "mail") == 0)
		return deliver_mail(conf, argv[1]);
	if (argc == 2 && strcmp(argv[0], "passwd") == 0)
		return set_password(conf, argv[1]);
	rotate = argc >= 1 && argc <= 2 && strcmp(argv[0], "rotate-key") == 0;
	if (!rotate && ((argc == 2 ? strcmp(argv[0], "notify") != 0 : argc > 2) ||
	    (argc == 1 && strcmp(argv[0], "pin") != 0 && strcmp(argv[0], "status") != 0))) {
		usage(stderr);
		return 2;
	}
	if (check && argc == 0)
		return service_check_all(conf, profiles, print_fault, NULL) ? 1 : 0;
	if (!service_settings_read(&settings, conf, &e))
		return fail(&e);
	settings.profiles = profiles;
	settings.root = root;
	status = rotate ? rotate_key(&settings, argc == 2 ? argv[1] : "") :
	    argc == 2 ? send_test(&settings, argv[1]) :
	    argc == 1 && strcmp(argv[0], "status") == 0 ? print_status(&settings, json) :
	    argc == 1 ? print_pin(&settings) : life_run(&settings, program);
	service_settings_done(&settings);
	return status;
}
