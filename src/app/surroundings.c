/* surroundings - what amcd finds on its machine; see surroundings.h */
#include "app/surroundings.h"
#include "base/mem.h"
#include "base/text.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LOOK_MS = 60000, SLICE_MS = 10, AT_ONCE = 64, CARDS = 64, CMDLINE = 4096 };

/* What the kernel calls them (at most 15 bytes), or what stands in their command line. */
static const struct {
	const char *comm, *argument, *name;
} others[] = {
	{ "apcupsd", NULL, "apcupsd" },
	{ "upsmon", NULL, "NUT upsmon" },
	{ "upsd", NULL, "NUT upsd" },
	{ "pwrstatd", NULL, "PowerPanel" },
	{ NULL, "PowerPanel", "PowerPanel" },
	{ NULL, "PowerChute", "PowerChute" },
	{ NULL, "UPSManager", "ESMPRO/UPSManager" },
	{ NULL, "IntelligentPower", "Intelligent Power" },
};
enum { OTHERS = sizeof others / sizeof *others };

/* Units that start and stop machines with the host, where they are when enabled. */
static const char *const guests[] = { "libvirt-guests", "pve-guests", "xendomains" };

struct surroundings {
	struct app *app;
	char *name, *root;
	struct watch *timer;
	DIR *processes;			/* while they are looked through */
	bool found[OTHERS];
	char *software;			/* NULL: not known */
	char speaks_from[INET_ADDRSTRLEN];
	enum known hypervisor;
};

/* Which address the kernel would send from; nothing is sent. */
static bool source_to(const char *card, char from[INET_ADDRSTRLEN])
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(161) }, own;
	socklen_t len = sizeof own;
	int fd;
	bool ok;

	/* on the machine itself every address is as good as any other */
	if (inet_pton(AF_INET, card, &to.sin_addr) != 1 || ntohl(to.sin_addr.s_addr) >> 24 == 127)
		return false;
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	ok = fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0 &&
	    getsockname(fd, (struct sockaddr *)&own, &len) == 0 &&
	    inet_ntop(AF_INET, &own.sin_addr, from, INET_ADDRSTRLEN);
	if (fd >= 0)
		close(fd);
	return ok;
}

static void look_at_addresses(struct surroundings *s)
{
	const struct node *top = &site_network(app_site(s->app))->node, *n;
	const struct node *we = site_named(app_site(s->app), KIND_TERMINAL, s->name, NULL);
	char from[INET_ADDRSTRLEN];
	int cards = 0;

	*s->speaks_from = '\0';
	for (n = top; we && n && cards < CARDS; n = node_next(n, top)) {
		if (n->kind != KIND_UPS || !source_to(node_ups(n)->address, from))
			continue;
		cards++;
		strcpy(s->speaks_from, from);
		if (strcmp(from, node_terminal(we)->address) != 0)
			return;
	}
}

static void look_at_hypervisor(struct surroundings *s)
{
	s->hypervisor = KNOWN_NO;
	for (size_t i = 0; i < sizeof guests / sizeof *guests; i++) {
		char *path = mem_printf("%s/etc/systemd/system/multi-user.target.wants/%s.service",
		    s->root, guests[i]);
		char to[8];

		/* a link; what it leads to may not be visible to us */
		if (readlink(path, to, sizeof to) > 0 || access(path, F_OK) == 0)
			s->hypervisor = KNOWN_YES;
		free(path);
	}
}

static size_t read_start(const struct surroundings *s, const char *pid, const char *file,
    char *buf, size_t size)
{
	char *path = mem_printf("%s/proc/%s/%s", s->root, pid, file);
	FILE *f = fopen(path, "re");
	size_t n = f ? fread(buf, 1, size - 1, f) : 0;

	if (f)
		fclose(f);
	free(path);
	buf[n] = '\0';
	return n;
}

static void look_at_process(struct surroundings *s, const char *pid)
{
	char comm[32], line[CMDLINE];
	size_t n = read_start(s, pid, "comm", comm, sizeof comm);

	comm[strcspn(comm, "\n")] = '\0';
	if (n == 0)
		return;		/* it has ended */
	n = read_start(s, pid, "cmdline", line, sizeof line);
	for (size_t i = 0; i < OTHERS; i++)
		s->found[i] |= others[i].comm ? strcmp(others[i].comm, comm) == 0 :
		    memmem(line, n, others[i].argument, strlen(others[i].argument)) != NULL;
}

/* Which were found, each name once. */
static void tell_software(struct surroundings *s)
{
	struct text t = { 0 };

	for (size_t i = 0; i < OTHERS; i++)
		if (s->found[i] && !(t.s && strstr(t.s, others[i].name)))
			text_printf(&t, t.len ? ", %s" : "%s", others[i].name);
	free(s->software);
	s->software = text_take(&t);
}

static bool is_number(const char *name)
{
	return *name && strspn(name, "0123456789") == strlen(name);
}

/* So many processes, and then others have their turn. */
static void look_on(struct surroundings *s)
{
	struct dirent *d = NULL;

	for (int i = 0; i < AT_ONCE && (d = readdir(s->processes)); i++)
		if (is_number(d->d_name))
			look_at_process(s, d->d_name);
	if (d) {
		loop_again(s->timer, SLICE_MS);
		return;
	}
	closedir(s->processes);
	s->processes = NULL;
	tell_software(s);
	loop_again(s->timer, LOOK_MS);
}

/* Where /proc hides the processes of others nothing is known of them. */
static bool shows_all(const struct surroundings *s)
{
	char comm[32];

	return read_start(s, "1", "comm", comm, sizeof comm) > 0;
}

static void look(void *arg)
{
	struct surroundings *s = arg;
	char *path;

	if (s->processes) {
		look_on(s);
		return;
	}
	look_at_addresses(s);
	look_at_hypervisor(s);
	memset(s->found, 0, sizeof s->found);
	path = mem_printf("%s/proc", s->root);
	s->processes = shows_all(s) ? opendir(path) : NULL;
	free(path);
	if (s->processes)
		look_on(s);
	else
		loop_again(s->timer, LOOK_MS);
}

struct surroundings *surroundings_new(struct app *a, const char *name, const char *root)
{
	struct surroundings *s = mem_new(struct surroundings);

	s->app = a;
	s->name = mem_dup(name);
	s->root = mem_dup(root);
	s->timer = loop_after(app_loop(a), 0, look, s);
	return s;
}

void surroundings_free(struct surroundings *s)
{
	if (!s)
		return;
	loop_remove(s->timer);
	if (s->processes)
		closedir(s->processes);
	free(s->software);
	free(s->name);
	free(s->root);
	free(s);
}

const char *surroundings_speaks_from(const struct surroundings *s)
{
	return *s->speaks_from ? s->speaks_from : NULL;
}

const char *surroundings_other_software(const struct surroundings *s)
{
	return s->software;
}

enum known surroundings_hypervisor(const struct surroundings *s)
{
	return s->hypervisor;
}
