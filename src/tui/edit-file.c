/* edit - save, send, quit; see edit.h */
#include "tui/edit.h"

#include "base/i18n.h"
#include "base/text.h"
#include "model/counted.h"
#include "tui/ask.h"
#include "tui/mainview.h"
#include "tui/send.h"
#include "tui/sendall.h"
#include "tui/terminals.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

bool edit_can_save(struct tui *t, struct err *e)
{
	return app_writable(t->app, e);
}

static bool save(struct tui *t)
{
	/* a new site is written even when it is still empty */
	bool modified = app_modified(t->app) || access(app_path(t->app), F_OK) != 0;
	struct err e;

	t->file_at = 0;
	if (!app_save(t->app, &e)) {
		if (app_changed_underneath(t->app))
			edit_conflict(t, _("Not saved"));
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

static void save_as(struct tui *t, const char *path, bool overwrite);

/* The path waits here while it is asked for leave to replace. */
static char asked_path[PATH_MAX];

static void overwrite_said(struct tui *t, int which, const char *text, void *arg)
{
	(void)text;
	(void)arg;
	if (which == 0)
		save_as(t, asked_path, true);
}

static void save_as(struct tui *t, const char *path, bool overwrite)
{
	struct text words = { 0 };
	struct err e;

	t->file_at = 0;
	if (app_save_as(t->app, path, overwrite, &e)) {
		tui_say(t, 0, _("Saved as %s, revision %d"), path,
		    site_network(app_site(t->app))->revision);
	} else if (!overwrite && e.kind == ERR_REFUSED && access(path, F_OK) == 0) {
		text_copy(asked_path, sizeof asked_path, path);
		text_printf(&words, _("%s is there already. Replace it? What it has now goes into its history."),
		    path);
		ask_confirm(t, _("Save as"), words.s, overwrite_said, NULL);
		text_done(&words);
	} else {
		ask_message(t, _("Not saved"), e.text);
	}
}

static void save_as_said(struct tui *t, int which, const char *path, void *arg)
{
	(void)arg;
	if (which == 0 && *path)
		save_as(t, path, false);
}

void edit_save_as(struct tui *t)
{
	ask_text(t, _("Save as"), _("The file to write; the console goes on with it:"),
	    app_path(t->app), false, save_as_said, NULL);
}

const struct node *edit_terminal(const struct tui *t)
{
	const struct node *n = terminals_node(t);

	n = n ? n : mainview_node(t);
	return n && n->kind == KIND_TERMINAL ? n : NULL;
}

bool edit_can_send(struct tui *t, struct err *e)
{
	if (!edit_terminal(t))
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
	start_send(t, edit_terminal(t)->id, _("Send settings to control terminal"));
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
	char words[400], terminals[COUNTED_MAX], cards[COUNTED_MAX];

	if (site_network(site)->armed)
		snprintf(words, sizeof words, "%s",
		    _("Disarm the site? Then everything runs and nothing is switched: in an outage no server is shut down and no output goes off."));
	else
		snprintf(words, sizeof words,
		    _("Arm the site? In an outage its %s may be shut down and the outputs of its %s switched off. It takes effect where the site is sent to."),
		    counted_nodes(KIND_TERMINAL, site_count(site, KIND_TERMINAL), terminals),
		    counted_nodes(KIND_UPS, site_count(site, KIND_UPS), cards));
	ask_confirm(t, _("Arm / disarm"), words, armed_said, NULL);
}

/* What waits while it is asked; one question stands at a time. */
static struct {
	void (*then)(struct tui *, void *arg);
	void *arg;
} leaving;

static void leave_said(struct tui *t, int which, const char *text, void *arg)
{
	(void)text;
	(void)arg;
	if (which == 1 || (which == 0 && save(t)))
		leaving.then(t, leaving.arg);
}

void edit_leave_site(struct tui *t, const char *title, void (*then)(struct tui *, void *arg),
    void *arg)
{
	static const char *const labels[] = { N_("Save"), N_("Discard"), N_("Cancel") };

	if (!app_modified(t->app)) {
		then(t, arg);
		return;
	}
	leaving.then = then;
	leaving.arg = arg;
	ask_buttons(t, title, _("The site was changed and not saved."), labels, 3, 2,
	    leave_said, NULL);
}

static void leave(struct tui *t, void *arg)
{
	(void)arg;
	tui_leave(t, 0);
}

void edit_quit(struct tui *t)
{
	edit_leave_site(t, _("Quit"), leave, NULL);
}
