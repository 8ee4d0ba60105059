/* What of the full screen's actions is not there in linear mode, and what is there instead. */
#include "tui/linear.h"

#include "base/i18n.h"

#include <string.h>

/*
 * Every other action does the same here as on a full screen: at the main prompt by its
 * name or key, in a view by its key there.
 */
static const struct {
	const char *action;
	const char *instead;	/* N_() */
} elsewhere[] = {
#define CURSOR	N_("There is no cursor here: rows have numbers, and a number takes one.")
	{ "up", CURSOR }, { "down", CURSOR }, { "left", CURSOR }, { "right", CURSOR },
	{ "page-up", CURSOR }, { "page-down", CURSOR }, { "home", CURSOR }, { "end", CURSOR },
	{ "next", CURSOR }, { "previous", CURSOR }, { "ok", CURSOR },
#undef CURSOR
	{ "cancel", N_("A question is left with cancel, Esc or Ctrl-C; a view with nothing.") },
	{ "help", N_("help tells the commands, help WORD one of them; in a view, ? tells its keys.") },
#define PANES	N_("tree and list tell what stands in the two panes.")
	{ "other-pane", PANES }, { "zoom", PANES }, { "border-left", PANES }, { "border-right", PANES },
#undef PANES
#define FOLDS	N_("tree tells all rows under the selected one, tree all the whole site.")
	{ "fold", FOLDS }, { "unfold", FOLDS }, { "toggle", FOLDS },
#undef FOLDS
	{ "redraw", N_("Lines stay as they were told; tree, list and details tell anew.") },
	{ "pause", N_("With live off nothing is told while a question waits.") },
#define DRAWN	N_("Lines have no colours, and their terminal alone places the characters.")
	{ "theme", DRAWN }, { "width", DRAWN },
#undef DRAWN
	{ "mouse", N_("There is no mouse here: a number takes a row.") },
	{ "copy", N_("What was told can be copied by the terminal that shows it.") },
#define WHOLE	N_("The whole text is told: look through it where it is shown.")
	{ "help-find", WHOLE }, { "help-find-next", WHOLE },
#undef WHOLE
	{ "tag-range", N_("tag-range and a number tags from the row that was tagged last to that one.") },
	{ "take-card", N_("In a form, / and a number presses a button; ? tells which.") },
#define TICKS	N_("The numbers of the cards to register tick them, all ticks all.")
	{ "discover-tick", TICKS }, { "discover-all", TICKS },
#undef TICKS
#define FIGURES	N_("The figures of all readings are told together; curves need a full screen.")
	{ "statistics-voltage", FIGURES }, { "statistics-load", FIGURES },
	{ "statistics-charge", FIGURES }, { "statistics-runtime", FIGURES },
	{ "statistics-all", FIGURES }, { "statistics-bars", FIGURES },
	{ "kept-all", FIGURES }, { "kept-bars", FIGURES },
#undef FIGURES
};

const char *linear_instead(const struct action *a)
{
	for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
		if (strcmp(a->name, elsewhere[i].action) == 0)
			return tr(elsewhere[i].instead);
	return NULL;
}

size_t linear_elsewhere(void)
{
	return sizeof elsewhere / sizeof *elsewhere;
}

bool linear_offers(const struct action *a)
{
	return !linear_instead(a);
}
