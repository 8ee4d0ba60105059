/* Where one is in linear mode, and what is done to rows by their numbers. */
#include "tui/linear-command.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/mainview.h"
#include "tui/tagging.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void linear_say_selected(struct tui *t, struct linear *l)
{
	struct text words = { 0 };

	linear_place(app_site(t->app), mainview_place(t), &words);
	linear_say(l, _("Selected: %s"), words.s);
	text_done(&words);
	*linear_selected(l) = mainview_place(t);
}

/* A number as it was told, or a name or path. */
bool linear_find(struct tui *t, struct linear *l, const char *what, struct place *p,
    struct err *e)
{
	const struct site *site = app_site(t->app);
	const struct node *n;
	char *end;
	long number = strtol(what, &end, 10);

	if (isdigit((unsigned char)*what) && !*end) {
		if (!linear_numbered(l, number < 1 || number > 100000000 ? 0 : (int)number, p))
			return err_set(e, _("%s: there is no such number; tree and list number their rows."), what);
		return site_find(site, p->id) ||
		    err_set(e, _("%s: that has gone since the rows were told."), what);
	}
	p->container = IN_ITSELF;
	n = site_lookup(site, what, &p->container, e);
	if (n)
		p->id = n->id;
	return n != NULL;
}

bool linear_go(struct tui *t, struct linear *l, const char *what)
{
	struct place p;
	struct err e;
	bool found = linear_find(t, l, what, &p, &e);

	if (!found) {
		linear_say(l, "%s", e.text);
		return false;
	}
	mainview_go(t, p);
	linear_say_selected(t, l);
	return true;
}

void linear_select(struct tui *t, struct linear *l, const char *rest)
{
	char *what = *rest ? mem_dup(rest) : linear_ask(l, _("Number, name or path: "), 0);

	if (what && *what)
		linear_go(t, l, what);
	free(what);
}

void linear_parent(struct tui *t, struct linear *l, const char *rest)
{
	struct row up;

	(void)rest;
	mainview_fresh(mainview(t));
	if (rows_above(&mainview(t)->rows, mainview_place(t), &up))
		mainview_go(t, up.place);
	else
		linear_say(l, "%s", _("This is the top."));
}

void linear_move(struct tui *t, struct linear *l, const char *rest)
{
	const struct node *n = mainview_node(t);
	char *what;
	struct place p;
	struct err e;

	if (!n || !n->parent) {
		linear_say(l, "%s", _("Select a group, a power device or a terminal first."));
		return;
	}
	what = *rest ? mem_dup(rest) :
	    linear_ask(l, _("Where to (number, name, or path as SSC/@linked): "), 0);
	if (!what || !*what)
		linear_say(l, "%s", _("Left as it was."));
	else if (!linear_find(t, l, what, &p, &e) ||
	    !app_move(t->app, n->id, p.id, p.container, &e))
		linear_say(l, "%s", e.text);
	else
		linear_say_selected(t, l);
	free(what);
}

/* The number of a node among the rows that were told last; 0: it is not there. */
static int number_of(const struct linear *l, unsigned id)
{
	struct place p;

	for (int i = 1; linear_numbered(l, i, &p); i++)
		if (p.id == id && p.container == IN_ITSELF)
			return i;
	return 0;
}

/* From the row that was tagged last to this one, of those that were told last. */
void linear_tag_range(struct tui *t, struct linear *l, const char *rest)
{
	struct tags *tags = &mainview(t)->tags;
	struct place p, other;
	struct err e;
	int from, to;

	if (!tagging_can_range(t, &e) ||
	    !linear_find(t, l, *rest ? rest : "", &p, &e)) {
		linear_say(l, "%s", *rest ? e.text : _("tag one end, then tag-range and the number of the other"));
		return;
	}
	from = number_of(l, tags->last);
	to = number_of(l, p.id);
	if (!from || !to) {
		linear_say(l, "%s", _("Both ends must be among the rows that were told last."));
		return;
	}
	for (int i = from < to ? from : to; i <= (from < to ? to : from); i++)
		if (linear_numbered(l, i, &other) && other.container == IN_ITSELF &&
		    site_find(app_site(t->app), other.id))
			tags_set(tags, other.id, true);
	tagging_tell(t);
}

/* The column that begins so, or one that is asked for. */
void linear_sort_by(struct tui *t, struct linear *l, const char *rest)
{
	const struct ui *ui = t->ui;
	const char **labels = mem_zero(ui->columns_n + 1, sizeof *labels);
	int which;

	for (size_t i = 0; i < ui->columns_n; i++) {
		labels[i] = tr(ui->columns[i].title);
		if (!*rest)
			linear_say(l, "%3zu %s", i + 1, labels[i]);
	}
	if (*rest)
		linear_ahead(l, rest);
	which = linear_choose(l, labels, (int)ui->columns_n, -1);
	free(labels);
	if (which >= 0)
		mainview_sort_by(t, which);
}
