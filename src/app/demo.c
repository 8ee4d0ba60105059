/* demo - a simulated site on loopback; see demo.h */
#include "app/demo.h"
#include "app/context.h"
#include "app/keeper.h"
#include "base/embed.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "peer/trust.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* In its folder. */
#define MACHINE "machine"
#define POWEROFF "poweroff"

struct demo {
	struct keeper *keeper;
	char *dir;
	int claim;		/* on its addresses, until we end in whatever way */
};

/* Can this address be had? */
static bool is_free(const char *host, int port, int type)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port) };
	int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0), one = 1;
	bool ok;

	inet_pton(AF_INET, host, &a.sin_addr);
	if (type == SOCK_STREAM)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	ok = bind(fd, (struct sockaddr *)&a, sizeof a) == 0;
	close(fd);
	return ok;
}

/* The sample's 127.0.x.y as 127.NET.x.y: more than one demo may run. */
static void move_address(struct app *a, const struct node *n, const char *address,
    int net)
{
	char text[40];

	if (strncmp(address, "127.0.", 6) != 0)
		return;
	snprintf(text, sizeof text, "127.%d.%.16s", net, address + 6);
	app_set(a, n->id, "Address", text, NULL);
}

static bool net_is_free(const struct site *s, int net)
{
	const struct node *top = &site_network(s)->node, *n;
	char text[32];

	for (n = top; n; n = node_next(n, top)) {
		bool ups = n->kind == KIND_UPS;

		if (!ups && n->kind != KIND_TERMINAL)
			continue;
		snprintf(text, sizeof text, "127.%d.%.16s", net,
		    (ups ? node_ups(n)->address : node_terminal(n)->address) + 6);
		if (!is_free(text, ups ? node_ups(n)->set->snmp_port :
		    terminal_port(s, node_terminal(n)),
		    ups ? SOCK_DGRAM : SOCK_STREAM))
			return false;
	}
	return true;
}

/* So that of two demos that start at once each has its own net; -1: it is taken. */
static int claim_net(int net)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), n;

	/* an abstract name: it is gone with the process that holds it */
	n = snprintf(a.sun_path + 1, sizeof a.sun_path - 1, "amc-demo-%d", net);
	if (bind(fd, (struct sockaddr *)&a, (socklen_t)(offsetof(struct sockaddr_un,
	    sun_path) + 1 + (size_t)n)) == 0)
		return fd;
	close(fd);
	return -1;
}

static bool choose_net(struct demo *d, struct app *a, struct err *e)
{
	const struct site *s = app_site(a);
	const struct node *top = &site_network(s)->node, *n;
	int net;

	for (net = 0; net < 200; net++) {
		d->claim = claim_net(net);
		if (d->claim >= 0 && net_is_free(s, net))
			break;
		if (d->claim >= 0)
			close(d->claim);
		d->claim = -1;
	}
	if (net == 200)
		return err_set(e, _("no loopback addresses are free for the demo"));
	for (n = top; net && n; n = node_next(n, top))
		if (n->kind == KIND_UPS)
			move_address(a, n, node_ups(n)->address, net);
		else if (n->kind == KIND_TERMINAL)
			move_address(a, n, node_terminal(n)->address, net);
	return true;
}

/* A terminal's folder: its key (pinned in the site) and its settings. */
static bool furnish(struct app *a, const char *dir, const struct terminal *t,
    const char *hash, struct err *e)
{
	char *home = mem_printf("%s/t%u", dir, site_id_number(t->node.id));
	char *conf = file_join(home, "amcd.conf");
	struct text text = { 0 };
	struct identity id = { 0 };
	bool ok;

	text_printf(&text, "[amcd]\nName = \"%s\"\nListen = %s:%d\n"
	    "Site = %s/ac_e_net.ini\nStateDirectory = %s\n"
	    "[passwords]\nViewer = %s\nOperator = %s\n"
	    "[commands]\nShutdown = /bin/sh %s/" POWEROFF "\n", t->name, t->address,
	    terminal_port(app_site(a), t), home, home, hash, hash, dir);
	ok = file_mkdirs(home, 0700, e) &&
	    identity_open(&id, home, t->name, e) &&
	    app_set(a, t->node.id, "KeyPin", id.pin, e) &&
	    file_replace(conf, text.s, text.len, 0600, e);
	identity_done(&id);
	text_done(&text);
	free(conf);
	free(home);
	return ok;
}

/* All terminals hold the site already, as they would after a send. */
static bool hand_out(struct app *a, const char *dir, struct err *e)
{
	const struct node *top = &site_network(app_site(a))->node, *n;
	size_t len;
	char *bytes = app_text(a, &len, e);
	bool ok = bytes != NULL;

	for (n = top; ok && n; n = node_next(n, top)) {
		char *path;

		if (n->kind != KIND_TERMINAL)
			continue;
		path = mem_printf("%s/t%u/ac_e_net.ini", dir,
		    site_id_number(n->id));
		ok = file_replace(path, bytes, len, 0600, e);
		free(path);
	}
	free(bytes);
	return ok;
}

/*
 * A machine of their own for all terminals: what runs on this one is no part of the demo,
 * and it is not to go down. A terminal that is told to goes down itself, after a while in
 * which that is seen; the demo has nothing that would start it again.
 */
static bool make_machine(const char *dir, struct err *e)
{
	static const char script[] = "sleep 5\nkill $PPID\n",
	    boot[] = "6c7e9f0a-5f0c-4d0e-9d0e-b5d3a7c1e2f4\n";
	char *random = mem_printf("%s/" MACHINE "/proc/sys/kernel/random", dir);
	char *id = file_join(random, "boot_id"), *poweroff = file_join(dir, POWEROFF);
	bool ok = file_mkdirs(random, 0700, e) &&
	    file_replace(id, boot, strlen(boot), 0600, e) &&
	    file_replace(poweroff, script, strlen(script), 0600, e);

	free(random);
	free(id);
	free(poweroff);
	return ok;
}

static bool furnish_all(struct app *a, const char *dir, struct err *e)
{
	const struct node *top = &site_network(app_site(a))->node, *n;
	char *hash = password_hash(DEMO_PASSWORD, e);
	bool ok = hash && make_machine(dir, e);

	for (n = top; ok && n; n = node_next(n, top))
		if (n->kind == KIND_TERMINAL)
			ok = furnish(a, dir, node_terminal(n), hash, e);
	free(hash);
	return ok && app_save(a, e) && hand_out(a, dir, e);
}

static bool start_all(struct demo *d, struct app *a, struct err *e)
{
	const struct node *top = &site_network(app_site(a))->node, *n;
	char *log = file_join(d->dir, "upssim.log"), *machine = file_join(d->dir, MACHINE);
	char *sim[] = { "upssim", "--with-parent", "--seed", "1",
		"-e", "at 20s UPS4 mains off", "-e", "at 60s UPS4 mains on",
		(char *)(size_t)app_path(a), NULL };
	bool ok = keeper_run(d->keeper, sim, log, e);

	free(log);
	for (n = top; ok && n; n = node_next(n, top)) {
		char *conf, *argv[] = { "amcd", "--end-with-parent", "--root",
			machine, "-c", NULL, NULL };

		if (n->kind != KIND_TERMINAL)
			continue;
		conf = mem_printf("%s/t%u/amcd.conf", d->dir,
		    site_id_number(n->id));
		log = mem_printf("%s/t%u/amcd.log", d->dir, site_id_number(n->id));
		argv[5] = conf;
		ok = keeper_run(d->keeper, argv, log, e);
		free(conf);
		free(log);
	}
	free(machine);
	return ok;
}

static bool listens(const char *host, int port)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool ok;

	inet_pton(AF_INET, host, &a.sin_addr);
	ok = connect(fd, (struct sockaddr *)&a, sizeof a) == 0;
	close(fd);
	return ok;
}

/* Do all cards and terminals answer? */
static bool is_ready(struct demo *d, const struct app *a)
{
	const struct node *top = &site_network(app_site(a))->node, *n;
	char *log = file_join(d->dir, "upssim.log");
	size_t len;
	char *said = file_read(log, 65536, &len, NULL);
	bool ready = said && strstr(said, "ready");

	free(said);
	free(log);
	for (n = top; ready && n; n = node_next(n, top))
		if (n->kind == KIND_TERMINAL)
			ready = listens(node_terminal(n)->address,
			    terminal_port(app_site(a), node_terminal(n)));
	return ready;
}

/* A console that came before them would take them all for lost. */
static bool wait_ready(struct demo *d, const struct app *a, struct err *e)
{
	int64_t end = loop_now() + 5000;

	while (!is_ready(d, a)) {
		if (loop_now() > end)
			return err_set(e, _("the simulated site did not start within 5 s"));
		loop_once(a->loop, 10);
	}
	return true;
}

struct demo *demo_start(struct app *a, struct err *e)
{
	const struct embed *sample = embed_find("samples/demo.ini");
	const char *tmp = getenv("XDG_RUNTIME_DIR");
	struct demo *d = mem_new(struct demo);
	char *path = NULL;
	bool ok;

	d->dir = mem_printf("%s/amc-demo-XXXXXX", tmp && access(tmp, W_OK) == 0 ?
	    tmp : "/tmp");
	if (!mkdtemp(d->dir)) {
		err_errno(e, d->dir);
		free(d->dir);
		free(d);
		return NULL;
	}
	d->claim = -1;
	d->keeper = keeper_new(d->dir, e);
	path = file_join(d->dir, "ac_e_net.ini");
	ok = d->keeper && file_replace(path, (const char *)sample->bytes,
	    sample->len, 0600, e) && app_open(a, path, e) && choose_net(d, a, e) &&
	    furnish_all(a, d->dir, e) && start_all(d, a, e) &&
	    wait_ready(d, a, e);
	free(path);
	if (ok)
		return d;
	demo_end(d);
	return NULL;
}

void demo_end(struct demo *d)
{
	if (!d)
		return;
	keeper_end(d->keeper);
	if (d->claim >= 0)
		close(d->claim);
	free(d->dir);
	free(d);
}
