/* edit - undo and redo; see edit.h */
#include "tui/edit.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/mainview.h"

#include <stdlib.h>

bool edit_can_undo(struct tui *t, struct err *e)
{
	return app_undo_label(t->app) || err_set(e, _("There is nothing to undo."));
}

bool edit_can_redo(struct tui *t, struct err *e)
{
	return app_redo_label(t->app) || err_set(e, _("There is nothing to do again."));
}

/* Takes the step, shows its node and says what it was. */
static void go(struct tui *t, bool (*step)(struct app *, unsigned *, struct err *),
    const char *label, const char *said)
{
	char *what = mem_dup(label);
	struct err e;
	unsigned node;

	if (!step(t->app, &node, &e)) {
		tui_say(t, 1, "%s", e.text);
	} else {
		if (node)
			mainview_go(t, (struct place){ node, IN_ITSELF });
		tui_say(t, 0, "%s: %s", said, what);
	}
	free(what);
}

void edit_undo(struct tui *t)
{
	go(t, app_undo, app_undo_label(t->app), _("Undone"));
}

void edit_redo(struct tui *t)
{
	go(t, app_redo, app_redo_label(t->app), _("Done again"));
}
