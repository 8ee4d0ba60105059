/* What of the full screen's actions is not there in linear mode, and what is there instead. */
#include "tui/linear.h"

#include "base/i18n.h"

#include <string.h>

/*
 * Every other action does the same here as on a full screen: at the main prompt by its
 * name or key, in a view by its key there.
 */
static const struct elsewhere {
	const char *instead;		/* N_() */
	const char *actions[12];	/* up to NULL */
} elsewhere[] = {
	{ N_("There is no cursor here: rows have numbers, and a number takes one."),
	  { "up", "down", "left", "right", "page-up", "page-down", "home", "end", "next",
	    "previous", "ok" } },
	{ N_("A question is left with cancel, Esc or Ctrl-C; a view with nothing."), { "cancel" } },
	{ N_("help tells the commands, help WORD one of them; in a view, ? tells its keys."),
	  { "help" } },
	{ N_("tree and list tell what stands in the two panes."),
	  { "other-pane", "zoom", "border-left", "border-right" } },
	{ N_("tree tells all rows under the selected one, tree all the whole site."),
	  { "fold", "unfold", "toggle" } },
	{ N_("Lines stay as they were told; tree, list and details tell anew."), { "redraw" } },
	{ N_("With live off nothing is told while a question waits."), { "pause" } },
	{ N_("Lines have no colours, and their terminal alone places the characters."),
	  { "theme", "width" } },
	{ N_("There is no mouse here: a number takes a row."), { "mouse" } },
	{ N_("What was told can be copied by the terminal that shows it."), { "copy" } },
	{ N_("The whole text is told: look through it where it is shown."),
	  { "help-find", "help-find-next" } },
	{ N_("tag-range and a number tags from the row that was tagged last to that one."),
	  { "tag-range" } },
	{ N_("In a form, / and a number presses a button; ? tells which."), { "take-card" } },
	{ N_("The numbers of the cards to register tick them, all ticks all."),
	  { "discover-tick", "discover-all" } },
	{ N_("The figures of all readings are told together; curves need a full screen."),
	  { "statistics-voltage", "statistics-load", "statistics-charge", "statistics-runtime",
	    "statistics-all", "statistics-bars", "kept-all", "kept-bars" } },
};
enum { ELSEWHERE = sizeof elsewhere / sizeof *elsewhere };

const char *linear_instead(const struct action *a)
{
	for (const struct elsewhere *e = elsewhere; e < elsewhere + ELSEWHERE; e++)
		for (const char *const *name = e->actions; *name; name++)
			if (strcmp(a->name, *name) == 0)
				return tr(e->instead);
	return NULL;
}

size_t linear_elsewhere(void)
{
	size_t n = 0;

	for (const struct elsewhere *e = elsewhere; e < elsewhere + ELSEWHERE; e++)
		for (const char *const *name = e->actions; *name; name++)
			n++;
	return n;
}

bool linear_offers(const struct action *a)
{
	return !linear_instead(a);
}
