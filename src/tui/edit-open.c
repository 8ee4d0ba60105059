/* edit - another site in place of the open one; see edit.h */
#include "tui/edit.h"

#include "base/i18n.h"
#include "tui/ask.h"
#include "tui/mainview.h"

/* How another file is taken: read, or made. */
struct way {
	const char *title, *prompt;	/* N_() */
	bool (*take)(struct app *, const char *path, struct err *);
};

static struct way ways[] = {
	{ N_("New"), N_("The file of the new site, which must not be there yet:"), app_create },
	{ N_("Open"), N_("The site file to open:"), app_open },
};

static void path_said(struct tui *t, int which, const char *path, void *arg)
{
	struct way *way = arg;
	struct err e;

	if (which != 0 || !*path)
		return;
	if (!way->take(t->app, path, &e)) {
		ask_message(t, tr(way->title), e.text);
		return;
	}
	t->file_at = 0;
	mainview_go(t, (struct place){ site_network(app_site(t->app))->node.id, IN_ITSELF });
	tui_say(t, 0, _("%s is open"), app_path(t->app));
}

static void ask_path(struct tui *t, void *arg)
{
	const struct way *way = arg;

	ask_text(t, tr(way->title), tr(way->prompt), "", false, path_said, arg);
}

void edit_new_file(struct tui *t)
{
	edit_leave_site(t, tr(ways[0].title), ask_path, &ways[0]);
}

void edit_open(struct tui *t)
{
	edit_leave_site(t, tr(ways[1].title), ask_path, &ways[1]);
}
