#include "tui/fetch.h"

#include "app/history.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/changes.h"
#include "tui/edit.h"
#include "tui/send.h"

#include <stdlib.h>
#include <string.h>

/* What is proposed, while it is looked at. */
struct fetched {
	struct proposal proposal;
	char *label;
};

static void drop(void *arg)
{
	struct fetched *f = arg;

	proposal_done(&f->proposal);
	free(f->label);
	free(f);
}

static void take_said(struct tui *t, int which, const char *text, void *arg)
{
	struct fetched *f = arg;
	struct err e;

	(void)text;
	if (which != 0)
		return;
	if (app_take(t->app, f->label, &f->proposal, &e))
		tui_say(t, 0, _("The site is as the terminal holds it, not saved yet; u takes it back"));
	else
		ask_message(t, _("Fetch from terminal"), e.text);
}

static void offer(struct tui *t, const struct transfer *x, struct fetched *f)
{
	static const char *const labels[] = { N_("Take"), N_("Cancel") };
	struct text words = { 0 }, lines = { 0 };

	text_printf(&words, _("%s holds revision %d; this site is revision %d. Taking it makes these changes here; its comments and order come along, and nothing is saved yet."),
	    transfer_where(x), transfer_held_revision(x),
	    site_network(app_site(t->app))->revision);
	changes_show(&f->proposal.changes, &lines);
	changes_open(t, &(struct changes_ask){ .title = _("Fetch from terminal"),
	    .text = words.s, .lines = lines.s ? lines.s : "", .labels = labels, .n = 2,
	    .at = 1, .done = take_said, .arg = f, .drop = drop });
	text_done(&words);
	text_done(&lines);
}

/* The bytes of the site that it holds; NULL after saying that it has none. */
static const char *held(struct tui *t, const char *title, const struct transfer *x, size_t *len)
{
	const char *bytes = transfer_held(x, len);
	struct err e;

	if (*len)
		return bytes;
	err_set(&e, _("%s: it has no site yet"), transfer_where(x));
	ask_message(t, title, e.text);
	return NULL;
}

static void fetched(struct tui *t, struct transfer *x)
{
	struct fetched *f;
	struct err e;
	size_t len;
	const char *bytes = held(t, _("Fetch from terminal"), x, &len);

	if (!bytes)
		return;
	f = mem_new(struct fetched);
	f->label = mem_printf(_("fetched from %s"), transfer_where(x));
	if (proposal_held(t->app, transfer_where(x), bytes, len, &f->proposal, &e)) {
		offer(t, x, f);
	} else {
		ask_message(t, _("Fetch from terminal"), e.text);
		drop(f);
	}
}

bool fetch_can(struct tui *t, struct err *e)
{
	return edit_terminal(t) ? edit_can_save(t, e) :
	    err_set(e, _("Select the terminal whose settings are to be fetched."));
}

static const struct send_look fetches = { N_("Fetch from terminal"), fetched };

void fetch_open(struct tui *t)
{
	send_look(t, edit_terminal(t)->id, &fetches);
}

static void revision_said(struct tui *t, int which, const char *revision, void *arg)
{
	const struct node *n = edit_terminal(t);

	(void)arg;
	if (which == 0 && n)
		send_look_revision(t, n->id, *revision ? revision : NULL, &fetches);
}

void fetch_revision_open(struct tui *t)
{
	ask_text(t, _("Fetch an earlier revision"),
	    _("Which revision of those that the terminal has held, as 12 or 12.1:"), "", false,
	    revision_said, NULL);
}

/* Lines that make the open site out of the other. */
static void show(struct tui *t, const char *other, const char *lines)
{
	static const char *const labels[] = { N_("Close") };
	struct text words = { 0 };

	text_printf(&words, _("What would make this site, as it is now, out of %s:"), other);
	changes_open(t, &(struct changes_ask){ .title = _("Compare"), .text = words.s,
	    .lines = lines, .labels = labels, .n = 1 });
	text_done(&words);
}

static void compared(struct tui *t, struct transfer *x)
{
	struct text other = { 0 };
	size_t len;

	if (!held(t, _("Compare"), x, &len))
		return;
	text_printf(&other, _("what %s holds, revision %d"), transfer_where(x),
	    transfer_held_revision(x));
	show(t, other.s, transfer_difference(x));
	text_done(&other);
}

static void compare_with(struct tui *t, const char *name)
{
	static const struct send_look compares = { N_("Compare"), compared };
	const char *at = strrchr(name, '@');
	char *terminal = at && at != name ? mem_ndup(name, (size_t)(at - name)) : mem_dup(name);
	const struct node *n = site_lookup(app_site(t->app), terminal, NULL, NULL);
	struct changes changes = { 0 };
	struct text lines = { 0 };
	struct err e;

	free(terminal);
	if (n && n->kind == KIND_TERMINAL) {
		send_look_revision(t, n->id, at && at != name ? at + 1 : NULL, &compares);
		return;
	}
	if (revision_compare(t->app, name, &changes, &e)) {
		changes_show(&changes, &lines);
		show(t, name, lines.s ? lines.s : "");
	} else {
		ask_message(t, _("Compare"), e.text);
	}
	changes_done(&changes);
	text_done(&lines);
}

static void name_said(struct tui *t, int which, const char *name, void *arg)
{
	(void)arg;
	if (which == 0 && *name)
		compare_with(t, name);
}

/* With the selected terminal, unless something else is named. */
void compare_open(struct tui *t)
{
	const struct node *n = edit_terminal(t);
	/* a path only where the name does not tell which */
	char *path = n && site_lookup(app_site(t->app), node_name(n), NULL, NULL) != n ?
	    node_path(n) : NULL;

	ask_text(t, _("Compare"), _("A terminal, a site file, or a revision as TERMINAL@12, FILE@12, of this file @12:"),
	    path ? path : n ? node_name(n) : "", false, name_said, NULL);
	free(path);
}
