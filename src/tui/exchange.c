#include "tui/exchange.h"

#include "app/exchange.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/ask.h"
#include "tui/busy.h"
#include "tui/changes.h"
#include "tui/edit.h"
#include "tui/mainview.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What can be chosen; a table for a spreadsheet begins with a byte order mark. */
static const struct choice_of_format {
	const char *label, *format, *end;
	bool bom;
} formats[] = {
	{ N_("XML: the whole site"), "xml", "xml", false },
	{ N_("JSON: the whole site"), "json", "json", false },
	{ N_("CSV: a table, for scripts"), "csv", "csv", false },
	{ N_("CSV: a table, for a spreadsheet (with BOM)"), "csv", "csv", true },
	{ N_("ups.conf of NUT: the power devices"), "ups.conf", "conf", false },
};

enum { FORMATS = sizeof formats / sizeof *formats };

/* What was answered so far; there is one person, and one question at a time. */
static struct {
	const struct choice_of_format *format;
	bool secrets;
	char path[PATH_MAX];
} answers;

/* The notes in one line. */
static char *in_line(const struct text *notes)
{
	char *line = mem_ndup(notes->s, notes->len - 1);

	for (char *s = line; *s; s++)
		if (*s == '\n')
			*s = ' ';
	return line;
}

static void done(struct tui *t, const struct text *notes)
{
	char *line = notes->len ? in_line(notes) : NULL;

	if (line && text_width(line) > 60)
		ask_message(t, _("Export"), notes->s);
	else
		tui_say(t, 0, _("Written to %s; %s"), answers.path, answers.secrets ?
		    _("it has the site's secrets, its mode is 0600") :
		    line ? line : _("no secrets"));
	free(line);
}

static void write_it(struct tui *t, int which, const char *text, void *arg)
{
	struct export x = { .format = answers.format->format,
	    .bom = answers.format->bom, .secrets = answers.secrets };
	struct text notes = { 0 };
	struct err e;

	(void)text;
	(void)arg;
	if (which != 0)
		return;
	if (app_export(t->app, &x, answers.path, &notes, &e))
		done(t, &notes);
	else
		ask_message(t, _("Export"), e.text);
	text_done(&notes);
}

static void secrets_said(struct tui *t, int which, const char *text, void *arg)
{
	struct text words = { 0 };

	if (which != 0 && which != 1)
		return;
	answers.secrets = which == 1;
	if (access(answers.path, F_OK) < 0) {
		write_it(t, 0, text, arg);
		return;
	}
	text_printf(&words, _("%s is there already. Replace it?"), answers.path);
	ask_confirm(t, _("Export"), words.s, write_it, NULL);
	text_done(&words);
}

static void path_said(struct tui *t, int which, const char *text, void *arg)
{
	static const char *const labels[] = { N_("Without secrets"), N_("With secrets"),
	    N_("Cancel") };

	(void)arg;
	if (which != 0 || !*text)
		return;
	text_copy(answers.path, sizeof answers.path, text);
	ask_buttons(t, _("Export"),
	    _("Secrets are the SNMP communities and passwords and the site's key. Who has them can switch the UPSs."),
	    labels, 3, 0, secrets_said, NULL);
}

/* "/etc/amc/ac_e_net.ini" -> "/etc/amc/ac_e_net.xml"; yours to free. */
static char *suggested(const char *path, const char *end)
{
	const char *dot = strrchr(file_name(path), '.');

	return mem_printf("%.*s.%s", (int)(dot ? (size_t)(dot - path) : strlen(path)),
	    path, end);
}

static void format_said(struct tui *t, int which, const char *text, void *arg)
{
	char *path;

	(void)text;
	(void)arg;
	if (which < 0)
		return;
	answers.format = &formats[which];
	path = suggested(app_path(t->app), formats[which].end);
	ask_text(t, _("Export"), _("Write to the file:"), path, false, path_said, NULL);
	free(path);
}

void exchange_export(struct tui *t)
{
	const char *labels[FORMATS];

	for (int i = 0; i < FORMATS; i++)
		labels[i] = tr(formats[i].label);
	ask_choice(t, _("Export"), labels, FORMATS, 0, format_said, NULL);
}

bool exchange_can_import(struct tui *t, struct err *e)
{
	return edit_can_save(t, e);
}

static void drop(void *arg)
{
	proposal_done(arg);
	free(arg);
}

static void take(struct tui *t, void *arg)
{
	struct err e;

	if (app_take(t->app, _("import"), arg, &e))
		tui_say(t, 0, _("Imported, not saved yet; u takes it back"));
	else
		ask_message(t, _("Import"), e.text);
	drop(arg);
}

static void import_said(struct tui *t, int which, const char *text, void *arg)
{
	struct proposal *looked = arg, *p;

	(void)text;
	if (which != 0)
		return;
	/* what was looked at goes with the dialog */
	p = mem_new(struct proposal);
	*p = *looked;
	*looked = (struct proposal){ 0 };
	if (p->len >= BUSY_BYTES)
		busy_open(t, _("Import"), _("Taking it into the site…"), take, p, drop);
	else
		take(t, p);
}

/* The group that is selected, or in which the selected row hangs; NULL: none. */
static char *selected_group(struct tui *t)
{
	const struct node *n = site_find(app_site(t->app), mainview_place(t).id);

	while (n && n->kind != KIND_GROUP)
		n = n->parent;
	return n ? node_path(n) : NULL;
}

static void look(struct tui *t, const char *path, struct proposal *p)
{
	static const char *const labels[] = { N_("Import"), N_("Cancel") };
	struct text words = { 0 }, lines = { 0 };

	text_printf(&words, _("%s makes these changes. Nothing is saved yet."),
	    path);
	if (p->notes.s)
		text_printf(&lines, "%s\n", p->notes.s);
	changes_show(&p->changes, &lines);
	changes_open(t, &(struct changes_ask){ .title = _("Import"), .text = words.s,
	    .lines = lines.s ? lines.s : "", .labels = labels, .n = 2, .at = 1,
	    .done = import_said, .arg = p, .drop = drop });
	text_done(&words);
	text_done(&lines);
}

static void import(struct tui *t, void *arg)
{
	struct import x = { 0 };
	struct proposal *p = mem_new(struct proposal);
	struct err e;
	char *group = selected_group(t), *path = arg;

	x.into = group;
	if (import_propose(t->app, path, &x, p, &e)) {
		look(t, path, p);
	} else {
		drop(p);
		ask_message(t, _("Import"), e.text);
	}
	free(group);
	free(path);
}

static void from_said(struct tui *t, int which, const char *path, void *arg)
{
	struct text words = { 0 };
	struct stat st;

	(void)arg;
	if (which != 0 || !*path)
		return;
	if (stat(path, &st) < 0 || st.st_size < BUSY_BYTES) {
		import(t, mem_dup(path));
		return;
	}
	text_printf(&words, _("Reading %s…"), path);
	busy_open(t, _("Import"), words.s, import, mem_dup(path), free);
	text_done(&words);
}

void exchange_import(struct tui *t)
{
	char *group = selected_group(t);
	struct text words = { 0 };

	text_printf(&words, "%s", _("An XML, JSON or CSV file, or an ups.conf of NUT:"));
	if (group)
		text_printf(&words, _(" New UPSs of an ups.conf go into %s."), group);
	ask_text(t, _("Import"), words.s, "", false, from_said, NULL);
	text_done(&words);
	free(group);
}
