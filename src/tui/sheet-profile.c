/* The list of card profiles in the form of a UPS: what there is, no program knows before. */
#include "tui/sheet.h"

#include "app/catalogue.h"
#include "app/watch.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "tui/ask.h"
#include "tui/linear.h"

#include <stdlib.h>
#include <string.h>

bool sheet_names_profile(const struct entry *en)
{
	return strcmp(en->field->key, "Profile") == 0;
}

static void picked(struct tui *t, int which, const char *text, void *arg)
{
	struct sheet *s = arg;
	struct family f;

	(void)text;
	if (which == 0)
		line_set(&sheet_focused(s)->line, "auto");
	else if (which > 0 && catalogue_at(t->app, (size_t)which - 1, &f))
		line_set(&sheet_focused(s)->line, f.id);
	sheet_check(s);
}

void sheet_pick_profile(struct sheet *s, struct entry *en)
{
	struct app *app = s->view.tui->app;
	size_t n = 0, at = 0;
	char **labels;
	struct family f;

	while (catalogue_at(app, n, &f))
		n++;
	labels = mem_zero(n + 1, sizeof *labels);
	labels[0] = mem_printf("auto: %s", _("the card is asked"));
	for (size_t i = 0; i < n && catalogue_at(app, i, &f); i++) {
		labels[i + 1] = mem_printf("%s: %s", f.id, f.name);
		if (strcmp(f.id, en->line.s) == 0)
			at = i + 1;
	}
	ask_choice(s->view.tui, tr(en->field->label), (const char *const *)labels, (int)n + 1,
	    (int)at, picked, s);
	for (size_t i = 0; i <= n; i++)
		free(labels[i]);
	free(labels);
}

void sheet_say_profiles(const struct sheet *s, struct linear *l)
{
	struct family f;

	linear_say(l, "    auto: %s", _("the card is asked"));
	for (size_t i = 0; catalogue_at(s->view.tui->app, i, &f); i++)
		linear_say(l, "    %s: %s", f.id, f.name);
}

bool sheet_cautions(const struct sheet *s, const struct entry *en, struct text *t)
{
	const struct ups_status *now = s->node ? watch_ups(s->view.tui->app, s->node) : NULL;
	const char *id = strcmp(en->line.s, "auto") == 0 && now ? now->profile : en->line.s;
	struct family f;

	if (!sheet_names_profile(en) || !catalogue_find(s->view.tui->app, id, &f) || !f.n_cautions)
		return false;
	text_printf(t, "%s:", f.name);
	for (size_t i = 0; i < f.n_cautions; i++)
		text_printf(t, " %s", tr(f.cautions[i]));
	return true;
}
