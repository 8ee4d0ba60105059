/* discover_open(): where to search and with what, question by question */
#include "tui/discovering.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/ask.h"
#include "tui/discover.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEYS_MOST = 16 };

/* What has been answered so far. */
struct wanted {
	char *where, *communities;
	int port;
};

static void wanted_free(struct wanted *w)
{
	free(w->where);
	if (w->communities)
		explicit_bzero(w->communities, strlen(w->communities));
	free(w->communities);
	free(w);
}

bool discover_can_open(struct tui *t, struct err *e)
{
	if (!app_writable(t->app, e))
		return false;
	return site_count(app_site(t->app), KIND_GROUP) > 0 ||
	    err_set(e, _("There is no group yet to register cards in."));
}

static void start(struct tui *t, struct wanted *w, int version)
{
	const char *keys[KEYS_MOST];
	struct discover_settings s = { .where = w->where, .communities = keys,
		.port = w->port, .version = version, .users = discover_users(t->app) };
	char *rest = NULL, *word;
	struct err e = { .text = "" };

	for (word = version == SNMP_V3 ? NULL : strtok_r(w->communities, ", ", &rest); word && s.n_communities < KEYS_MOST;
	    word = strtok_r(NULL, ", ", &rest))
		keys[s.n_communities++] = word;
	if (!s.n_communities && version != SNMP_V3)
		s.n_communities = discover_communities(t->app, keys, KEYS_MOST);
	if (!discovering_open(t, &s, &e))
		ask_message(t, _("Discover cards"), e.text);
}

static void version_said(struct tui *t, int which, const char *text, void *arg)
{
	(void)text;
	if (which >= 0)
		start(t, arg, which == 0 ? SNMP_V1 : which == 1 ? SNMP_V2C : SNMP_V3);
	wanted_free(arg);
}

static void communities_said(struct tui *t, int which, const char *text, void *arg)
{
	static const char *const labels[] = { "v1", "v2c", "v3" };
	struct wanted *w = arg;
	struct site *users;

	if (which < 0) {
		wanted_free(w);
		return;
	}
	w->communities = mem_dup(text);
	users = discover_users(t->app);
	ask_buttons(t, _("Discover cards"), users ? _("With which version of SNMP? All cards but a "
	    "few speak v1. The SNMP v3 users of this site are tried after the communities; with "
	    "v3 they alone.") : _("With which version of SNMP? All cards but a "
	    "few speak v1."), labels, users ? 3 : 2, 0, version_said, w);
	site_free(users);
}

static void ask_communities(struct tui *t, struct wanted *w)
{
	ask_text(t, _("Discover cards"), _("SNMP community names, parted by commas; each address "
	    "is asked with one after the other. Nothing: those of this site."), "", true,
	    communities_said, w);
}

static void many_said(struct tui *t, int which, const char *text, void *arg)
{
	(void)text;
	if (which == 0)
		ask_communities(t, arg);
	else
		wanted_free(arg);
}

static void where_said(struct tui *t, int which, const char *text, void *arg)
{
	struct wanted *w = arg;
	struct err e = { .text = "" };
	char words[300];
	size_t n;

	if (which < 0) {
		wanted_free(w);
		return;
	}
	free(w->where);
	w->where = mem_dup(text);
	n = discover_count(text, &e);
	if (!n) {
		wanted_free(w);
		ask_message(t, _("Discover cards"), e.text);
	} else if (n > DISCOVER_MANY) {
		snprintf(words, sizeof words, _("These are %zu addresses. Each is asked, also if "
		    "it belongs to somebody else; that takes about %zu s. Search them all?"), n,
		    DISCOVER_TRIES * n / DISCOVER_RATE);
		ask_confirm(t, _("Discover cards"), words, many_said, w);
	} else {
		ask_communities(t, w);
	}
}

void discover_open(struct tui *t)
{
	struct wanted *w = mem_new(struct wanted);
	char near[20], words[300];

	discover_near(t->app, near, &w->port);
	snprintf(words, sizeof words, _("Where? A network (172.16.1.0/24), a range "
	    "(172.16.1.100-120) or addresses; UDP port %d. No other address is asked."),
	    w->port);
	ask_text(t, _("Discover cards"), words, near, false, where_said, w);
}
