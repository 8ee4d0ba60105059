/* edit - copying settings from one node to others; see edit.h */
#include "tui/edit.h"

#include "app/clip.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "tui/changes.h"
#include "tui/mainview.h"

#include <stdio.h>
#include <stdlib.h>

bool edit_can_copy(struct tui *t, struct err *e)
{
	const struct node *n = mainview_node(t);

	return (n && n->parent) ||
	    err_set(e, _("Select a group, a power device or a terminal: its settings are copied."));
}

void edit_copy(struct tui *t)
{
	clip_free(t->clip);
	t->clip = clip_new(mainview_node(t));
	tui_say(t, 0, _("The settings of %s are copied; paste them into others of its kind (v)"),
	    clip_name(t->clip));
}

bool edit_can_paste(struct tui *t, struct err *e)
{
	if (!t->clip)
		return err_set(e, _("No settings have been copied yet (y)."));
	return app_writable(t->app, e);
}

/* What the review is about: the nodes, as they may not be selected any more. */
struct paste {
	unsigned *nodes;
	size_t n;
};

static void free_paste(void *arg)
{
	free(((struct paste *)arg)->nodes);
	free(arg);
}

static void paste_said(struct tui *t, int which, const char *text, void *arg)
{
	struct paste *p = arg;
	struct err e;

	(void)text;
	if (which == 0 && clip_paste(t->clip, t->app, p->nodes, p->n, &e))
		tui_say(t, 0, _("Pasted; u undoes it"));
	else if (which == 0)
		ask_message(t, _("Paste settings"), e.text);
}

void edit_paste(struct tui *t)
{
	static const char *const labels[] = { N_("Paste"), N_("Cancel") };
	struct changes changes = { 0 };
	struct paste *p = mem_new(struct paste);
	struct text lines = { 0 };
	char words[300];

	p->nodes = mainview_chosen(t, clip_kind(t->clip), &p->n);
	clip_preview(t->clip, t->app, p->nodes, p->n, &changes);
	changes_show(&changes, &lines);
	snprintf(words, sizeof words, ngettext("The settings of %s go into %zu node:",
	    "The settings of %s go into %zu nodes:", p->n), clip_name(t->clip), p->n);
	if (changes.n) {
		changes_open(t, &(struct changes_ask){ .title = _("Paste settings"),
		    .text = words, .lines = lines.s, .labels = labels, .n = 2,
		    .done = paste_said, .arg = p, .drop = free_paste });
	} else {
		tui_say(t, 1, p->n ? _("There is nothing to paste: the settings are alike") :
		    _("Select what is of the same kind as %s, whose settings were copied"),
		    clip_name(t->clip));
		free_paste(p);
	}
	changes_done(&changes);
	text_done(&lines);
}
