/* The order and the columns of the list, and what is kept of them. */
#include "tui/mainview.h"

#include "base/i18n.h"
#include "tui/columns.h"

#include <stdio.h>
#include <stdlib.h>

static const struct column *column_by(const struct tui *t, const struct cell *by)
{
	for (size_t i = 0; i < t->ui->columns_n; i++)
		if (t->ui->columns[i].cell == by)
			return &t->ui->columns[i];
	return NULL;
}

/* "state", "-state" the other way round, "" in tree order. */
static void keep_order(struct tui *t)
{
	const struct wish *w = &mainview(t)->wish;
	char text[80];

	if (!t->prefs)		/* linear mode keeps nothing */
		return;
	snprintf(text, sizeof text, "%s%s", w->reverse ? "-" : "", w->by ? w->by->name : "");
	prefs_set(t->prefs, "list-sort", text);
}

void mainview_keep_columns(struct tui *t)
{
	char *choice = columns_choice(t->ui);

	prefs_set(t->prefs, "list-columns", choice);
	free(choice);
}

void mainview_order_kept(struct tui *t)
{
	const char *order = t->prefs ? prefs_get(t->prefs, "list-sort") : NULL;
	const char *columns = t->prefs ? prefs_get(t->prefs, "list-columns") : NULL;
	struct wish *w = &mainview(t)->wish;

	if (columns)
		columns_choose(t->ui, columns);
	if (!order)
		return;
	w->by = cell_find(order + (*order == '-'));
	w->reverse = w->by && *order == '-';
}

static void sort_by(struct tui *t, const struct cell *by, bool reverse)
{
	struct mainview *m = mainview(t);
	const struct column *c = by ? column_by(t, by) : NULL;

	m->wish.by = by;
	m->wish.reverse = by && reverse;
	mainview_fresh(m);
	mainview_settle(m);
	keep_order(t);
	if (!by)
		tui_say(t, 0, _("In the order of the tree"));
	else
		tui_say(t, 0, reverse ? _("Sorted by %s, the other way round") :
		    _("Sorted by %s"), c ? tr(c->title) : by->name);
}

void mainview_sort_by(struct tui *t, int column)
{
	const struct wish *w = &mainview(t)->wish;
	const struct cell *by = column < 0 || column >= (int)t->ui->columns_n ? NULL :
	    t->ui->columns[column].cell;

	sort_by(t, by, by && by == w->by && !w->reverse);
}

void mainview_sort_next(struct tui *t)
{
	const struct wish *w = &mainview(t)->wish;
	const struct column *now = w->by ? column_by(t, w->by) : NULL;
	size_t i = now ? (size_t)(now - t->ui->columns) + 1 : 0;
	int width[COLUMNS_MAX];

	columns_fit(t->ui, columns_room(t), width);
	while (i < t->ui->columns_n && i < COLUMNS_MAX && !width[i])
		i++;
	sort_by(t, i < t->ui->columns_n && i < COLUMNS_MAX ? t->ui->columns[i].cell : NULL,
	    false);
}

bool mainview_can_reverse(struct tui *t, struct err *e)
{
	return mainview(t)->wish.by ||
	    err_set(e, _("The list is in the order of the tree: choose a column first (S)."));
}

void mainview_reverse(struct tui *t)
{
	const struct wish *w = &mainview(t)->wish;

	sort_by(t, w->by, !w->reverse);
}
