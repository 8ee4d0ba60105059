/* via - the control terminal that passes orders on; see via.h */
#include "cli/via.h"
#include "app/serverorder.h"
#include "app/watch.h"
#include "base/i18n.h"
#include "cli/terminal.h"

#include <stdlib.h>
#include <string.h>

enum {
	LOOK_MS = 5000,		/* for one that answers */
	MASTER_MS = 1000,	/* behind the first that does, for one that is master */
};

struct search {
	const struct app *app;
	bool over;		/* nothing better is to come */
	bool answered;
};

/* How far it is: the master is found, or each control terminal has answered or failed. */
static void look(struct search *s)
{
	const struct node *top = &site_network(app_site(s->app))->node, *n;

	s->over = true;
	for (n = top; n; n = node_next(n, top)) {
		const struct terminal_status *t;

		if (n->kind != KIND_TERMINAL || n->container != IN_CONTROL)
			continue;
		t = watch_terminal(s->app, n->id);
		if (t && t->state == TERMINAL_MASTER) {
			s->over = true;
			return;
		}
		if (!t || t->state == TERMINAL_UNKNOWN)
			s->over = false;
		else if (terminal_state_is_well(t->state))
			s->answered = true;
	}
}

static unsigned find(struct cli *c, struct err *e)
{
	struct search s = { .app = c->app };
	int64_t now = loop_now();
	int64_t end = now + (c->timeout_ms && c->timeout_ms < LOOK_MS ? c->timeout_ms : LOOK_MS);

	for (look(&s); !s.over && now < end; look(&s)) {
		if (s.answered && end > now + MASTER_MS)
			end = now + MASTER_MS;
		loop_once(c->loop, (int)(end - now));
		now = loop_now();
	}
	return serverorder_via(c->app, e);
}

static unsigned named(struct cli *c, struct err *e)
{
	const struct node *n = site_lookup(app_site(c->app), c->via, NULL, e);

	if (n && n->kind == KIND_TERMINAL && n->container == IN_CONTROL)
		return n->id;
	if (n)
		err_kind(e, ERR_USAGE, _("--via %s: is no control terminal"), c->via);
	return 0;
}

struct transfer *via_meet(struct cli *c, char **password, struct err *e)
{
	unsigned id = c->via ? named(c, e) : find(c, e);
	struct transfer *x = id ? transfer_new(c->app, id, e) : NULL;

	*password = NULL;
	if (x)
		*password = terminal_sign_in(c, x, node_name(site_find(app_site(c->app), id)), e);
	if (!*password) {
		transfer_free(x);
		return NULL;
	}
	return x;
}

void via_leave(struct cli *c, struct transfer *x, char *password)
{
	if (password)
		explicit_bzero(password, strlen(password));
	free(password);
	transfer_free(x);
	watch_stop(c->app);
}
