/* Another rank among what stands in the same place; a part of relocate */
#include "tui/relocate.h"

#include "base/i18n.h"
#include "tui/mainview.h"

static const struct node *to_rank(struct tui *t, struct err *e)
{
	const struct node *n = mainview_node(t);

	if (!n || !n->parent) {
		err_set(e, _("Select a group, a power device or a terminal: this row stays where it is."));
		return NULL;
	}
	return app_writable(t->app, e) ? n : NULL;
}

bool relocate_can_up(struct tui *t, struct err *e)
{
	const struct node *n = to_rank(t, e);

	return n && (node_before(n) || err_set(e, _("It is the first in its place.")));
}

bool relocate_can_down(struct tui *t, struct err *e)
{
	const struct node *n = to_rank(t, e);

	return n && (n->next || err_set(e, _("It is the last in its place.")));
}

static void rank(struct tui *t, const struct node *n, const struct node *before)
{
	struct place p = mainview_place(t);
	struct err e;

	if (app_move_before(t->app, n->id, n->parent->id, n->container,
	    before ? before->id : 0, &e))
		mainview_go(t, p);
	else
		tui_say(t, 1, "%s", e.text);
}

void relocate_up(struct tui *t)
{
	const struct node *n = mainview_node(t);

	rank(t, n, node_before(n));
}

void relocate_down(struct tui *t)
{
	const struct node *n = mainview_node(t);

	rank(t, n, n->next->next);
}
