/* The last step of the wizard: what stands open is never lost without a question. */
#include "tui/wizardview.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "tui/ask.h"
#include "tui/edit.h"
#include "tui/mainview.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void make(struct tui *t, void *arg)
{
	struct wizardview *v = arg;
	struct err e;
	const struct node *group;

	if (!wizard_create(v->w, t->app, v->path, &e)) {
		ask_message(t, _("Not created"), e.text);
		return;
	}
	tui_close(&v->view);
	t->file_at = 0;
	group = node_child(&site_network(app_site(t->app))->node);
	mainview_go(t, (struct place){ group->id, IN_ITSELF });
	tui_say(t, 0, _("The site is made. It is written with F2."));
}

static void file_said(struct tui *t, int which, const char *text, void *arg)
{
	struct wizardview *v = arg;
	char words[400];

	if (which != 0 || !*text)
		return;
	free(v->path);
	v->path = mem_dup(text);
	if (access(text, F_OK) == 0) {
		snprintf(words, sizeof words, _("%s: is there already"), text);
		ask_message(t, _("Not created"), words);
	} else {
		edit_leave_site(t, _("New from wizard"), make, v);
	}
}

/* Into the open site when there is nothing in it, else into a new file. */
static void place(struct wizardview *v)
{
	struct tui *t = v->view.tui;
	char *dir = file_dir(app_path(t->app)), *path = file_join(dir, "new.ini");

	free(v->path);
	v->path = NULL;
	if (wizard_fits(t->app))
		make(t, v);
	else
		ask_text(t, _("New from wizard"),
		    _("The open site is not empty. File of the new one:"), path, false,
		    file_said, v);
	free(dir);
	free(path);
}

static void errors_said(struct tui *t, int which, const char *text, void *arg)
{
	(void)t;
	(void)text;
	if (which == 0)
		place(arg);
}

void wizardview_create(struct wizardview *v)
{
	size_t errors = wizard_findings(v->w)->count[SEVERITY_ERROR];
	char words[200];
	struct err e;

	if (wizard_wrong(v->w, -1, &e) >= 0) {
		ask_message(v->view.tui, _("Not created"), e.text);
	} else if (errors) {
		snprintf(words, sizeof words, ngettext(
		    "The site would have %zu error. Make it all the same?",
		    "The site would have %zu errors. Make it all the same?", errors), errors);
		ask_confirm(v->view.tui, _("New from wizard"), words, errors_said, v);
	} else {
		place(v);
	}
}
