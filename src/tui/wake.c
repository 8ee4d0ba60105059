#include "tui/wake.h"

#include "app/wake.h"
#include "base/i18n.h"
#include "base/text.h"
#include "tui/ask.h"
#include "tui/mainview.h"

#include <stdlib.h>

bool wake_can(struct tui *t, struct err *e)
{
	unsigned *ids;
	bool ok;
	size_t n;

	if (!wake_allowed(t->app, e))
		return false;
	ids = mainview_chosen(t, KIND_TERMINAL, &n);
	ok = n > 0 || err_set(e, _("Select a server, or tag some."));
	for (size_t i = 0; i < n && ok; i++)
		ok = wake_destination(t->app, ids[i], e) != NULL;
	free(ids);
	return ok;
}

static void confirmed(struct tui *t, int which, const char *text, void *arg)
{
	unsigned *ids;
	size_t n, sent = 0;
	struct err e;

	(void)text;
	(void)arg;
	if (which != 0)
		return;
	ids = mainview_chosen(t, KIND_TERMINAL, &n);
	while (sent < n && wake_terminal(t->app, ids[sent], 0, &e))
		sent++;
	free(ids);
	if (sent < n)
		tui_say(t, 1, "%s", e.text);
	else
		tui_say(t, 0, ngettext("The packet was sent; that the server starts is seen in its state",
		    "%zu packets were sent; that the servers start is seen in their states", n), n);
}

void wake_open(struct tui *t)
{
	struct text words = { 0 };
	unsigned *ids;
	size_t n;

	ids = mainview_chosen(t, KIND_TERMINAL, &n);
	for (size_t i = 0; i < n; i++) {
		const struct terminal *x = node_terminal(site_find(app_site(t->app), ids[i]));

		text_printf(&words, _("%s: a packet for %s to %s"), x->name, x->mac,
		    wake_destination(t->app, ids[i], NULL));
		text_add(&words, "\n");
	}
	text_printf(&words, "\n%s", _("They start when their network card is set to Wake-on-LAN and "
	    "their power is on. Nothing answers such a packet."));
	ask_confirm(t, _("Wake server"), words.s, confirmed, NULL);
	text_done(&words);
	free(ids);
}
