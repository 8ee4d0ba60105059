#include "tui/tagging.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/mainview.h"

#include <stdlib.h>

/* In linear mode nothing is pressed again and again. */
static void step_down(struct tui *t)
{
	if (!t->esc_timer)
		return;
	t->main->type->move(t->main, MOVE_DOWN);
}

void tagging_tell(struct tui *t)
{
	size_t n = tags_count(&mainview(t)->tags);

	tui_say(t, 0, ngettext("%zu tagged", "%zu tagged", n), n);
}

void tagging_here(struct tui *t)
{
	const struct node *n = mainview_node(t);
	struct tags *tags = &mainview(t)->tags;

	if (n && n->parent) {
		tags_set(tags, n->id, !tags_has(tags, n->id));
		tagging_tell(t);
	} else {
		tui_say(t, 0, _("Nodes are tagged, and this row only holds some: t tags all below it."));
	}
	step_down(t);
}

bool tagging_can_range(struct tui *t, struct err *e)
{
	return mainview(t)->tags.last ||
	    err_set(e, _("Tag one end first (Space); V tags from there to the other."));
}

static void tag_listed(struct mainview *m, int from, int to)
{
	for (int i = from; i <= to; i++)
		tags_set(&m->tags, rows_id(&m->rows, listing_at(&m->listing, i)), true);
}

static void tag_shown(struct mainview *m, int from, int to)
{
	for (int i = from; i <= to; i++) {
		struct place p = rows_shown_row(&m->rows, i).place;

		if (p.container == IN_ITSELF && rows_listed(&m->rows, p.id) >= 0)
			tags_set(&m->tags, p.id, true);
	}
}

void tagging_range(struct tui *t)
{
	struct mainview *m = mainview(t);
	unsigned last = m->tags.last;
	bool list = m->at.focus == PANE_LIST;
	int from, to;

	mainview_fresh(m);
	if (list) {
		from = listing_find(&m->listing, rows_listed(&m->rows, last));
		to = listing_find(&m->listing, rows_listed(&m->rows, m->at.listed));
	} else {
		from = rows_shown(&m->rows, (struct place){ last, IN_ITSELF });
		to = rows_shown(&m->rows, m->at.cursor);
	}
	if (from < 0 || to < 0) {
		screen_beep();
		tui_say(t, 1, _("The row that was tagged last is not shown here."));
		return;
	}
	(list ? tag_listed : tag_shown)(m, from < to ? from : to, from < to ? to : from);
	m->tags.last = list ? m->at.listed : last;
	tagging_tell(t);
}

void tagging_subtree(struct tui *t)
{
	struct mainview *m = mainview(t);
	struct row row;
	bool all = true;

	mainview_fresh(m);
	if (!rows_find(&m->rows, mainview_place(t), &row) || row.first == row.last) {
		tui_say(t, 0, _("Nothing is below this row."));
		return;
	}
	for (int i = row.first; i < row.last && all; i++)
		all = tags_has(&m->tags, rows_id(&m->rows, i));
	for (int i = row.first; i < row.last; i++)
		tags_set(&m->tags, rows_id(&m->rows, i), !all);
	tagging_tell(t);
	tui_draw_soon(t);
}

bool tagging_can_clear(struct tui *t, struct err *e)
{
	return tags_count(&mainview(t)->tags) > 0 || err_set(e, _("Nothing is tagged."));
}

void tagging_clear(struct tui *t)
{
	tags_done(&mainview(t)->tags);
	tagging_tell(t);
}

static bool below_a_tagged_one(const struct tags *tags, const struct node *n)
{
	while ((n = n->parent))
		if (tags_has(tags, n->id))
			return true;
	return false;
}

unsigned *tagging_meant(const struct tui *t, bool whole, size_t *n)
{
	struct mainview *m = mainview(t);
	const struct site *s = app_site(t->app);
	const struct node *one = mainview_node(t);
	unsigned *ids;
	size_t kept = 0;

	mainview_fresh(m);
	if (tags_count(&m->tags) == 0) {
		ids = mem_zero(1, sizeof *ids);
		*n = one && one->parent;
		ids[0] = *n ? one->id : 0;
		return ids;
	}
	ids = tags_list(&m->tags, &m->rows, n);
	for (size_t i = 0; i < *n; i++)
		if (!whole || !below_a_tagged_one(&m->tags, site_find(s, ids[i])))
			ids[kept++] = ids[i];
	*n = kept;
	return ids;
}

unsigned *mainview_chosen(const struct tui *t, enum kind kind, size_t *n)
{
	size_t all;
	unsigned *ids = tagging_meant(t, false, &all);

	*n = 0;
	for (size_t i = 0; i < all; i++)
		if (site_id_kind(ids[i]) == kind)
			ids[(*n)++] = ids[i];
	return ids;
}
