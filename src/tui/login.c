#include "tui/login.h"

#include "app/archive.h"
#include "base/i18n.h"
#include "tui/ask.h"

#include <stdio.h>

static const struct {
	const char *role, *question;
} roles[] = {
	{ "operator", N_("Password of the operator, the same on all control terminals:") },
	{ "viewer", N_("Password of the viewer, the same on all control terminals:") },
};

static void password_said(struct tui *t, int which, const char *password, void *arg)
{
	struct login *l = arg;

	if (which != 0 || !*password)
		return;
	archive_enter(t->app, roles[l->role].role, password);
	l->then(t);
}

static void role_said(struct tui *t, int which, const char *text, void *arg)
{
	struct login *l = arg;

	(void)text;
	if (which < 0 || which > 1)
		return;
	l->role = which;
	ask_text(t, _("Log in at the control terminals"), tr(roles[which].question), "", true,
	    password_said, l);
}

bool login_can(struct tui *t, struct err *e)
{
	unsigned id;

	return archive_terminals(t->app, &id, 1) ||
	    err_set(e, _("The site has no control terminal that would keep them."));
}

void login_open(struct tui *t, struct login *l)
{
	static const char *const labels[] = { N_("Operator"), N_("Viewer"), N_("Not now") };

	ask_buttons(t, _("Log in at the control terminals"),
	    _("The control terminals keep events and statistics. Who reads them? The password is kept until 15 minutes after the last look."),
	    labels, 3, 0, role_said, l);
}
