/* edit - the file changed underneath, or is read again; see edit.h */
#include "tui/edit.h"

#include "app/merging.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "tui/changes.h"

#include <stdlib.h>
#include <unistd.h>

static void reload(struct tui *t)
{
	struct err e;

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

static void merge(struct tui *t)
{
	struct err e;

	t->file_at = 0;
	if (app_merge(t->app, &e))
		tui_say(t, 0, _("The file was read, and your changes are in it; not saved yet"));
	else
		ask_message(t, _("Not merged"), e.text);
}

/* The buttons; without a merge the third is missing. */
enum { GO_ON, COPY, MERGE, DROP };
static const char *const all[] = { N_("Go on editing"), N_("Save a copy"),
	N_("Merge"), N_("Drop mine, read again") };
static const char *const without[] = { N_("Go on editing"), N_("Save a copy"),
	N_("Drop mine, read again") };

static void said(struct tui *t, int which, bool merges)
{
	if (!merges && which >= MERGE)
		which++;
	if (which == COPY)
		save_copy(t);
	else if (which == MERGE)
		merge(t);
	else if (which == DROP)
		reload(t);
}

static void said_all(struct tui *t, int which, const char *text, void *arg)
{
	(void)text;
	(void)arg;
	said(t, which, true);
}

static void said_without(struct tui *t, int which, const char *text, void *arg)
{
	(void)text;
	(void)arg;
	said(t, which, false);
}

static void print(const struct merging *m, struct text *out)
{
	if (m->conflicts.n)
		text_printf(out, _("Changed by both: %zu\n"), m->conflicts.n);
	conflicts_show(&m->conflicts, out);
	if (m->fault)
		text_printf(out, "! %s\n", m->fault);
	text_printf(out, _("In the file since it was read: %zu\n"), m->theirs.n);
	changes_show(&m->theirs, out);
	text_printf(out, _("Here since then: %zu\n"), m->mine.n);
	changes_show(&m->mine, out);
}

void edit_conflict(struct tui *t, const char *title)
{
	struct merging m = { 0 };
	struct text lines = { 0 };
	struct err e;

	if (!merging_look(t->app, &m, &e)) {
		/* what is not there cannot be compared, but a copy can be kept */
		text_printf(&lines, "! %s\n", e.text);
		m.possible = false;
	} else {
		print(&m, &lines);
	}
	changes_open(t, &(struct changes_ask){ .title = title,
	    .text = m.possible ?
	    _("Somebody else changed the file. Your changes are still here, and touch nothing that the other changed: both can be merged.") :
	    _("Somebody else changed the file. Your changes are still here; they cannot be merged by themselves. Keep a copy, read the file again, and do them once more."),
	    .lines = lines.s, .labels = m.possible ? all : without,
	    .n = m.possible ? 4 : 3, .at = GO_ON,
	    .done = m.possible ? said_all : said_without });
	text_done(&lines);
	merging_done(&m);
}

static void drop_said(struct tui *t, int which, const char *text, void *arg)
{
	(void)text;
	(void)arg;
	if (which == 1)
		reload(t);
}

static void read_said(struct tui *t, int which, const char *text, void *arg)
{
	(void)text;
	(void)arg;
	if (which == 0)
		reload(t);
}

/* Nothing was changed here: what the other did is shown before it is read. */
static void show_theirs(struct tui *t)
{
	static const char *const labels[] = { N_("Read it"), N_("Not now") };
	struct merging m = { 0 };
	struct text lines = { 0 };
	struct err e;

	if (!merging_look(t->app, &m, &e))
		text_printf(&lines, "! %s\n", e.text);
	else if (m.fault)
		text_printf(&lines, "! %s\n", m.fault);
	changes_show(&m.theirs, &lines);
	changes_open(t, &(struct changes_ask){ .title = _("Reload"),
	    .text = _("Somebody else changed the file; nothing was changed here. In the file since it was read:"),
	    .lines = lines.s ? lines.s : _("No setting: only comments, or their order."),
	    .labels = labels, .n = 2, .at = 0, .done = read_said });
	text_done(&lines);
	merging_done(&m);
}

void edit_reload(struct tui *t)
{
	static const char *const labels[] = { N_("Go on editing"), N_("Drop mine, read again") };
	struct changes mine = { 0 };
	struct text lines = { 0 };

	if (!app_modified(t->app)) {
		if (app_changed_underneath(t->app))
			show_theirs(t);
		else
			reload(t);
		return;
	}
	if (app_changed_underneath(t->app)) {
		edit_conflict(t, _("Reload"));
		return;
	}
	app_changes(t->app, &mine);
	changes_show(&mine, &lines);
	changes_open(t, &(struct changes_ask){ .title = _("Reload"),
	    .text = _("Reading the file again drops what was changed here:"),
	    .lines = lines.s ? lines.s : "", .labels = labels, .n = 2, .at = 0,
	    .done = drop_said });
	text_done(&lines);
	changes_done(&mine);
}
