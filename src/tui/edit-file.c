/* edit - save, reload, send, quit; see edit.h */
#include "tui/edit.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "tui/ask.h"
#include "tui/mainview.h"
#include "tui/send.h"
#include "tui/sendall.h"
#include "tui/terminals.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

bool edit_can_save(struct tui *t, struct err *e)
{
	return !app_read_only(t->app) ||
	    err_kind(e, ERR_REFUSED, _("The site was opened read-only."));
}

static void reload(struct tui *t, int which, const char *text, void *arg)
{
	struct err e;

	(void)text;
	(void)arg;
	if (which != 0)
		return;
	t->file_at = 0;
	if (app_reload(t->app, &e))
		tui_say(t, 0, _("Read again"));
	else
		ask_message(t, _("Not read"), e.text);
}

char *edit_keep_copy(struct tui *t, struct err *e)
{
	struct text path = { 0 };
	size_t len;
	char *bytes = app_text(t->app, &len, e);
	bool ok;

	text_printf(&path, "%s.mine", app_path(t->app));
	for (int i = 2; access(path.s, F_OK) == 0; i++) {
		text_done(&path);
		text_printf(&path, "%s.mine%d", app_path(t->app), i);
	}
	ok = bytes && file_replace(path.s, bytes, len, 0600, e);
	free(bytes);
	if (ok)
		return text_take(&path);
	text_done(&path);
	return NULL;
}

static void save_copy(struct tui *t)
{
	struct err e;
	char *path = edit_keep_copy(t, &e);

	if (path)
		tui_say(t, 0, _("A copy with your changes is %s"), path);
	else
		ask_message(t, _("Not saved"), e.text);
	free(path);
}

static void conflict_said(struct tui *t, int which, const char *text, void *arg)
{
	if (which == 1)
		save_copy(t);
	else if (which == 2)
		reload(t, 0, text, arg);
}

/* Nothing is lost: neither what the other wrote nor what was edited here. */
static void ask_conflict(struct tui *t, const char *why)
{
	static const char *const labels[] = { N_("Go on editing"), N_("Save a copy"),
	    N_("Drop mine, read again") };
	struct text words = { 0 };

	text_printf(&words, _("%s. Your changes are still here. Save them as a copy beside the file, then read the file again and compare with amc diff."), why);
	ask_buttons(t, _("Not saved"), words.s, labels, 3, 0, conflict_said, NULL);
	text_done(&words);
}

static bool save(struct tui *t)
{
	bool modified = app_modified(t->app);
	struct err e;

	t->file_at = 0;
	if (!app_save(t->app, &e)) {
		if (app_changed_underneath(t->app))
			ask_conflict(t, e.text);
		else
			ask_message(t, _("Not saved"), e.text);
		return false;
	}
	if (modified)
		tui_say(t, 0, _("Saved as revision %d"),
		    site_network(app_site(t->app))->revision);
	else
		tui_say(t, 0, _("Nothing to save: nothing was changed"));
	return true;
}

void edit_save(struct tui *t)
{
	save(t);
}

void edit_reload(struct tui *t)
{
	if (app_modified(t->app))
		ask_confirm(t, _("Reload"), _("Read the file again and drop the changes?"),
		    reload, NULL);
	else
		reload(t, 0, NULL, NULL);
}

/* Of the terminals' own view, or of the main one. */
static const struct node *target(const struct tui *t)
{
	const struct node *n = terminals_node(t);

	return n ? n : mainview_node(t);
}

bool edit_can_send(struct tui *t, struct err *e)
{
	const struct node *n = target(t);

	if (!n || n->kind != KIND_TERMINAL)
		return err_set(e, _("Select the terminal that the settings are to be sent to."));
	return edit_can_save(t, e);
}

/* To one terminal, or to all when the id is 0. */
static void open_send(struct tui *t, unsigned id)
{
	if (id)
		send_open(t, id);
	else
		sendall_open(t);
}

static void save_first(struct tui *t, int which, const char *text, void *arg)
{
	(void)text;
	if (which == 0 && save(t))
		open_send(t, (unsigned)(uintptr_t)arg);
}

static void start_send(struct tui *t, unsigned id, const char *title)
{
	if (app_modified(t->app))
		ask_confirm(t, title, _("The site was changed. Save it, then send it?"),
		    save_first, (void *)(uintptr_t)id);
	else
		open_send(t, id);
}

void edit_send(struct tui *t)
{
	start_send(t, target(t)->id, _("Send settings to control terminal"));
}

bool edit_can_send_all(struct tui *t, struct err *e)
{
	if (!site_count(app_site(t->app), KIND_TERMINAL))
		return err_set(e, _("There is no terminal in this site."));
	return edit_can_save(t, e);
}

void edit_send_all(struct tui *t)
{
	start_send(t, 0, _("Send to all terminals"));
}

static void armed_said(struct tui *t, int which, const char *text, void *arg)
{
	struct err e;

	(void)text;
	(void)arg;
	if (which == 0 && !app_set(t->app, site_network(app_site(t->app))->node.id, "Armed",
	    site_network(app_site(t->app))->armed ? "no" : "yes", &e))
		tui_say(t, 1, "%s", e.text);
}

/* Says what an armed site may do to whom. */
void edit_arm(struct tui *t)
{
	const struct site *site = app_site(t->app);
	char words[400];

	if (site_network(site)->armed)
		snprintf(words, sizeof words, "%s",
		    _("Disarm the site? Then everything runs and nothing is switched: in an outage no server is shut down and no output goes off."));
	else
		snprintf(words, sizeof words,
		    _("Arm the site? In an outage its %zu terminals may be shut down and the outputs of its %zu power devices switched off. It takes effect where the site is sent to."),
		    site_count(site, KIND_TERMINAL), site_count(site, KIND_UPS));
	ask_confirm(t, _("Arm / disarm"), words, armed_said, NULL);
}

static void leave(struct tui *t, int which, const char *text, void *arg)
{
	(void)text;
	(void)arg;
	if (which == 1 || (which == 0 && save(t)))
		tui_leave(t, 0);
}

void edit_quit(struct tui *t)
{
	static const char *const labels[] = { N_("Save"), N_("Discard"), N_("Cancel") };

	if (!app_modified(t->app)) {
		tui_leave(t, 0);
		return;
	}
	ask_buttons(t, _("Quit"), _("The site was changed and not saved."), labels, 3, 2,
	    leave, NULL);
}
