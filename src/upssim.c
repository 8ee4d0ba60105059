/* upssim - a farm of simulated UPS cards; see upssim(1) */
#include "base/err.h"
#include "base/i18n.h"
#include "base/loop.h"
#include "base/mem.h"
#include "base/text.h"
#include "sim/control.h"
#include "sim/farm.h"
#include "sim/word.h"
#include "store/sitefile.h"

#include <arpa/inet.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

struct options {
	int cards;			/* 0: as many as records, or one */
	const char *base, *site, *control;
	const char **records, **commands, **receivers;
	size_t n_receivers, receivers_cap;
	enum model *models;
	size_t n_models, models_cap;
	size_t n_records, records_cap, n_commands, commands_cap;
	const char *script;
	struct farm_terms terms;
	struct communities access;
	struct users users;
	struct text orders;		/* lines for the whole farm, before all others */
	int parent_fd;			/* -1: none */
	bool with_parent, anywhere;
};

static const struct option long_options[] = {
	{ "cards", required_argument, NULL, 'n' },
	{ "base", required_argument, NULL, 'b' },
	{ "replay", required_argument, NULL, 'r' },
	{ "model", required_argument, NULL, 'm' },
	{ "community", required_argument, NULL, 'c' },
	{ "write-community", required_argument, NULL, 'w' },
	{ "access", required_argument, NULL, 'a' },
	{ "v3-users", required_argument, NULL, 'u' },
	{ "trap-to", required_argument, NULL, 't' },
	{ "latency", required_argument, NULL, 'l' },
	{ "jitter", required_argument, NULL, 'j' },
	{ "loss", required_argument, NULL, 'L' },
	{ "dead", required_argument, NULL, 'd' },
	{ "control", required_argument, NULL, 'C' },
	{ "script", required_argument, NULL, 's' },
	{ "speed", required_argument, NULL, 'S' },
	{ "seed", required_argument, NULL, 'R' },
	{ "anywhere", no_argument, NULL, 'A' },
	{ "with-parent", no_argument, NULL, 'p' },
	{ "parent-fd", required_argument, NULL, 'P' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 }
};

static void help(void)
{
	struct text t = { 0 };

	word_help(&t);
	printf(_("Usage: upssim [OPTION...] --base ADDRESS:PORT\n"
	    "       upssim [OPTION...] SITEFILE\n"
	    "       upssim ctl SOCKET WORD...\n"
	    "\n"
	    "Simulates the SNMP cards of UPSs: UPS1 at ADDRESS, UPS2 at the next address\n"
	    "and so on, or every UPS of a site file at its own address and port.\n"
	    "\n"
	    "      --cards N              how many (1, or one a record)\n"
	    "      --replay FILE.snmprec  the card answers as this record; may be repeated\n"
	    "      --model NAME           smart, symmetra (three phases) or rfc1628; repeated:\n"
	    "                             of the first, second and following cards\n"
	    "      --community WORD       to read (public)\n"
	    "      --write-community WORD to write (as to read)\n"
	    "      --access WORD=ACCESS   what this community may: read, write, write+, disabled\n"
	    "      --v3-users FILE        who may what with SNMPv3; see upssim(1)\n"
	    "      --trap-to ADDRESS:PORT[,v1|v2c|inform[,COMMUNITY]] or ...,v3,USER\n"
	    "                             who is told of what happens; may be repeated\n"
	    "      --latency MS, --jitter MS, --loss PERCENT\n"
	    "                             how all answer, as the words below\n"
	    "      --dead PERCENT         so many of the cards never answer\n"
	    "      --control SOCKET       listens there for the words below\n"
	    "      --script FILE          a line each: at 20s UPS4 mains off\n"
	    "  -e LINE                    one such line; may be repeated\n"
	    "      --speed N              the cards' time runs N times as fast\n"
	    "      --seed N               other readings\n"
	    "      --anywhere             not only at loopback addresses (127.0.0.0/8)\n"
	    "      --with-parent          ends with the process that started it\n"
	    "      --parent-fd FD         ends when FD, a pipe, is closed on the other side\n"
	    "      --help, --version\n"
	    "\n"
	    "Prints \"ready\" once all cards answer. Words, behind a card's name or all:\n"
	    "%s"
	    "Alone stand: dead PERCENT (of the cards), state (a line for each card),\n"
	    "state --json and quit.\n"), t.s);
	text_done(&t);
}

static bool read_number(const char *option, const char *text, double min,
    double max, double *n, struct err *e)
{
	char *end;

	*n = strtod(text, &end);
	if (end > text && !*end && *n >= min && *n <= max)
		return true;
	return err_set(e, _("%s is a number from %.15g to %.15g, not \"%s\""), option,
	    min, max, text);
}

static bool read_whole(const char *option, const char *text, int max, int *n,
    struct err *e)
{
	double number;

	if (!read_number(option, text, 0, max, &number, e))
		return false;
	*n = number;
	if (*n != number)
		return err_set(e, _("%s is a whole number, not \"%s\""), option, text);
	return true;
}

static bool take_access(struct options *o, struct err *e)
{
	char name[64];
	enum access access;

	if (!access_parse_pair(optarg, name, &access, e))
		return err_at(e, "--access");
	communities_put(&o->access, name, access);
	o->terms.access = &o->access;
	return true;
}

static bool take_option(struct options *o, int c, struct err *e)
{
	int n;

	switch (c) {
	case 'n':
		if (!read_whole("--cards", optarg, 10000, &o->cards, e))
			return false;
		return o->cards > 0 || err_set(e, _("--cards: at least one"));
	case 'b':
		o->base = optarg;
		return true;
	case 'r':
		mem_grow(o->records, o->n_records, o->records_cap);
		o->records[o->n_records++] = optarg;
		return true;
	case 'm':
		mem_grow(o->models, o->n_models, o->models_cap);
		return model_parse(&o->models[o->n_models++], optarg, e);
	case 'c':
		o->terms.read = optarg;
		return true;
	case 'w':
		o->terms.write = optarg;
		return true;
	case 'a':
		return take_access(o, e);
	case 'u':
		o->terms.users = &o->users;
		return users_read(&o->users, optarg, e);
	case 't':
		mem_grow(o->receivers, o->n_receivers, o->receivers_cap);
		o->receivers[o->n_receivers++] = optarg;
		return true;
	case 'l':
		text_printf(&o->orders, "all latency %s\n", optarg);
		return true;
	case 'j':
		text_printf(&o->orders, "all jitter %s\n", optarg);
		return true;
	case 'L':
		text_printf(&o->orders, "all loss %s\n", optarg);
		return true;
	case 'd':
		text_printf(&o->orders, "dead %s\n", optarg);
		return true;
	case 'C':
		o->control = optarg;
		return true;
	case 's':
		o->script = optarg;
		return true;
	case 'e':
		mem_grow(o->commands, o->n_commands, o->commands_cap);
		o->commands[o->n_commands++] = optarg;
		return true;
	case 'S':
		return read_number("--speed", optarg, 0.01, 100000,
		    &o->terms.speed, e);
	case 'R':
		if (!read_whole("--seed", optarg, INT32_MAX, &n, e))
			return false;
		o->terms.seed = n;
		return true;
	case 'A':
		o->anywhere = true;
		return true;
	case 'p':
		o->with_parent = true;
		return true;
	case 'P':
		return read_whole("--parent-fd", optarg, 1 << 20, &o->parent_fd, e);
	}
	return true;
}

/* The option that getopt stumbled over, as it was typed. */
static const char *stumbled(char **argv)
{
	static char letter[3] = "-";

	if (optopt && optopt < 128 && argv[optind - 1][1] != '-') {
		letter[1] = optopt;
		return letter;
	}
	return argv[optind - 1];
}

static bool read_options(struct options *o, int argc, char **argv, struct err *e)
{
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, ":e:h", long_options, NULL)) != -1) {
		if (c == 'h') {
			help();
			exit(0);
		}
		if (c == 'V') {
			puts("upssim (amc) " VERSION_TEXT);
			exit(0);
		}
		if (c == ':')
			return err_set(e, _("%s needs a value"), stumbled(argv));
		if (c == '?')
			return err_set(e, _("%s is no option; upssim --help lists "
			    "them"), stumbled(argv));
		if (!take_option(o, c, e))
			return false;
	}
	if (argc - optind > 1)
		return err_set(e, _("one site file, not %d"), argc - optind);
	o->site = argv[optind];
	if (!o->site == !o->base)
		return err_set(e, _("either --base ADDRESS:PORT or a site file is "
		    "needed; upssim --help tells more"));
	if (o->site && (o->cards || o->n_records))
		return err_set(e, _("--cards and --replay go with --base; a site "
		    "file tells itself which cards there are"));
	return true;
}

/* Other machines are not to meet simulated cards by accident. */
static bool may_be_at(const struct options *o, uint32_t address, struct err *e)
{
	struct in_addr a = { htonl(address) };
	char text[INET_ADDRSTRLEN];

	if (o->anywhere || address >> 24 == 127)
		return true;
	inet_ntop(AF_INET, &a, text, sizeof text);
	return err_set(e, _("%s is no loopback address (127.0.0.0/8); --anywhere "
	    "allows it"), text);
}

static bool read_base(const char *base, uint32_t *address, int *port,
    struct err *e)
{
	const char *colon = strrchr(base, ':');
	struct in_addr a;
	char host[INET_ADDRSTRLEN];
	double n;

	if (colon && (size_t)(colon - base) < sizeof host) {
		memcpy(host, base, colon - base);
		host[colon - base] = '\0';
		if (inet_pton(AF_INET, host, &a) == 1 &&
		    read_number("--base", colon + 1, 1, 65535, &n, NULL)) {
			*address = ntohl(a.s_addr);
			*port = n;
			return true;
		}
	}
	return err_kind(e, ERR_USAGE, _("--base is as 127.0.50.1:1161, not \"%s\""),
	    base);
}

static enum model model_of(const struct options *o, size_t card)
{
	return o->n_models ? o->models[card % o->n_models] : MODEL_SMART;
}

static bool add_from_base(struct farm *farm, const struct options *o,
    struct err *e)
{
	const int n = o->cards ? o->cards : o->n_records ? (int)o->n_records : 1;
	char name[16], text[INET_ADDRSTRLEN];
	struct farm_card card = { .name = name, .ipv4 = text };
	struct in_addr a;
	uint32_t address = 0;
	int i;

	if (!read_base(o->base, &address, &card.port, e))
		return false;
	for (i = 0; i < n; i++) {
		if (!may_be_at(o, address + i, e))
			return false;
		a.s_addr = htonl(address + i);
		inet_ntop(AF_INET, &a, text, sizeof text);
		snprintf(name, sizeof name, "UPS%d", i + 1);
		card.record = o->n_records ? o->records[i % o->n_records] : NULL;
		card.model = model_of(o, i);
		if (!farm_add(farm, &card, e))
			return false;
	}
	return true;
}

static bool add_ups(struct farm *farm, const struct options *o,
    const struct ups *u, struct err *e)
{
	const struct farm_card card = { .name = u->name, .ipv4 = u->address,
		.model = model_of(o, farm_count(farm)), .port = u->set->snmp_port, .community = ups_community(u) };
	uint32_t address;

	if (!field_ipv4(u->address, &address)) {
		err_set(e, _("\"%s\" is no IPv4 address"), u->address);
		return err_at(e, "%s", u->name);
	}
	if (!may_be_at(o, address, e))
		return err_at(e, "%s", u->name);
	return farm_add(farm, &card, e);
}

static bool add_from_site(struct farm *farm, const struct options *o,
    struct err *e)
{
	struct sitefile *file = sitefile_read(o->site, NULL, e);
	struct node *top, *n;
	bool ok = true;

	if (!file)
		return false;
	top = &site_network(sitefile_site(file))->node;
	for (n = top; n && ok; n = node_next(n, top))
		if (node_ups(n))
			ok = add_ups(farm, o, node_ups(n), e);
	if (ok && !farm_count(farm))
		ok = err_set(e, _("there is no UPS in it"));
	sitefile_free(file);
	return ok || err_at(e, "%s", o->site);
}

static bool add_cards(struct farm *farm, struct options *o, struct err *e)
{
	char *line;
	size_t i;

	for (i = 0; i < o->n_receivers; i++)
		if (!farm_add_receiver(farm, o->receivers[i], e))
			return err_at(e, "--trap-to");
	if (o->site ? !add_from_site(farm, o, e) : !add_from_base(farm, o, e))
		return false;
	for (line = o->orders.s ? strtok(o->orders.s, "\n") : NULL; line;
	    line = strtok(NULL, "\n"))
		if (!farm_do(farm, line, NULL, e))
			return false;
	for (i = 0; i < o->n_commands; i++)
		if (!farm_at(farm, o->commands[i], e))
			return err_at(e, "-e");
	return !o->script || farm_script(farm, o->script, e);
}

static void stop(void *loop)
{
	loop_stop(loop);
}

/* Something came from the parent, or its end. */
static void parent_readable(int fd, unsigned ready, void *loop)
{
	char buf[256];

	(void)ready;
	if (read(fd, buf, sizeof buf) <= 0)
		loop_stop(loop);
}

/* Ends when the parent does, however that comes about. */
static bool bind_to_parent(const struct options *o, struct loop *loop,
    pid_t parent)
{
	if (o->parent_fd >= 0)
		loop_fd(loop, o->parent_fd, LOOP_READ, parent_readable, loop);
	if (o->with_parent) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		return getppid() == parent;
	}
	return true;
}

/* One descriptor a card. */
static void allow_descriptors(void)
{
	struct rlimit r;

	if (getrlimit(RLIMIT_NOFILE, &r) == 0) {
		r.rlim_cur = r.rlim_max;
		setrlimit(RLIMIT_NOFILE, &r);
	}
}

static bool serve(struct options *o, pid_t parent, struct err *e)
{
	struct loop *loop = loop_new();
	struct farm *farm = farm_new(loop, &o->terms);
	struct control *control = NULL;
	bool ok = add_cards(farm, o, e);

	if (ok && o->control) {
		control = control_new(loop, o->control, farm, e);
		ok = control;
	}
	if (ok && bind_to_parent(o, loop, parent)) {
		loop_signal(loop, SIGTERM, stop, loop);
		loop_signal(loop, SIGINT, stop, loop);
		puts("ready");
		fflush(stdout);
		loop_run(loop);
	}
	control_free(control);
	farm_free(farm);
	loop_free(loop);
	return ok;
}

static int say(int argc, char **argv)
{
	struct text line = { 0 };
	struct err e;
	bool ok;
	int i;

	if (argc < 4) {
		fprintf(stderr, _("upssim: ctl SOCKET WORD..., as: upssim ctl "
		    "SOCKET UPS4 mains off\n"));
		return ERR_USAGE;
	}
	for (i = 3; i < argc; i++)
		text_printf(&line, "%s%s", i > 3 ? " " : "", argv[i]);
	ok = control_say(argv[2], line.s, &e);
	if (!ok)
		fprintf(stderr, "upssim: %s\n", e.text);
	text_done(&line);
	return ok ? 0 : ERR_FAILED;
}

int main(int argc, char **argv)
{
	const pid_t parent = getppid();
	struct options o = {
		.terms = { .read = "public", .speed = 1, .seed = 1 },
		.parent_fd = -1,
	};
	struct err e = { .kind = ERR_FAILED };
	int status = 0;

	i18n_init();
	if (argc > 1 && strcmp(argv[1], "ctl") == 0)
		return say(argc, argv);
	signal(SIGPIPE, SIG_IGN);
	allow_descriptors();
	if (!read_options(&o, argc, argv, &e))
		status = ERR_USAGE;
	else if (!serve(&o, parent, &e))
		status = e.kind;
	if (status)
		fprintf(stderr, "upssim: %s\n", e.text);
	communities_done(&o.access);
	users_done(&o.users);
	text_done(&o.orders);
	free(o.models);
	free(o.receivers);
	free(o.records);
	free(o.commands);
	return status;
}
