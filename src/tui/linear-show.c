/* What the main view shows in linear mode: tree, list, states, details. */
#include "tui/linear-command.h"

#include "app/known.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "tui/mainview.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SETTLE_MS = 15000 };

static const struct rows *rows_of(struct tui *t)
{
	mainview_fresh(mainview(t));
	return &mainview(t)->rows;
}

/* The row of which the tree or list is told: the selected one, or what a device is in. */
static struct row told_row(struct tui *t, const char *rest)
{
	const struct rows *r = rows_of(t);
	struct place p = mainview_place(t);
	struct row row;
	enum kind kind = site_id_kind(p.id);

	if (strcmp(rest, "all") == 0 || !rows_find(r, p, &row))
		return rows_row(r, 0);
	if (p.container == IN_ITSELF && (kind == KIND_UPS || kind == KIND_TERMINAL))
		return rows_row(r, row.up);
	return row;
}

/* The worst that the rules find at it, as the E or W of the full screen; or nothing. */
static const char *found_word(struct tui *t, const struct row *row)
{
	enum severity worst;

	if (!marks_worst(mainview_marks(mainview(t)), row->at, row->at + 1, &worst))
		return "";
	return worst == SEVERITY_ERROR ? _(", error") : _(", warning");
}

static void tree_line(struct tui *t, struct linear *l, const struct row *row, int number,
    int depth)
{
	const struct node *n = site_find(app_site(t->app), row->place.id);

	if (row->place.container != IN_ITSELF)
		linear_say(l, "%3d %*s%s", number, depth, "", tr(container_label(row->place.container)));
	else if (!n->parent)
		linear_say(l, "%3d %*s%s%s", number, depth, "", _("network"), found_word(t, row));
	else
		linear_say(l, "%3d %*s%s (%s)%s%s", number, depth, "", node_name(n),
		    tr(kind_label(n->kind)), watch_severity(t->app, n->id) >= 2 ? " !" : "",
		    found_word(t, row));
}

void linear_tree(struct tui *t, struct linear *l, const char *rest)
{
	const struct rows *r = rows_of(t);
	struct row top = told_row(t, rest);
	int n = top.end - top.at;
	struct place *list = mem_zero((size_t)n, sizeof *list);

	for (int i = 0; i < n; i++) {
		struct row row = rows_row(r, top.at + i);

		list[i] = row.place;
		tree_line(t, l, &row, i + 1, row.depth - top.depth);
	}
	linear_number(l, list, n);
	free(list);
}

static void add_cells(struct tui *t, const struct node *n, struct text *words)
{
	for (size_t i = 0; i < t->ui->columns_n; i++) {
		const struct column *c = &t->ui->columns[i];
		enum role role = ROLE_TEXT;
		char cell[300] = "";

		if (strcmp(c->cell->name, "name") == 0 || (t->ui->columns_chosen && c->hidden))
			continue;
		c->cell->text(t->app, n, cell, sizeof cell, &role);
		if (!*cell || strcmp(cell, "-----") == 0)
			continue;
		/* words speak for themselves, numbers need to be told what they are */
		if (c->right)
			text_printf(words, ", %s %s", tr(c->title), cell);
		else
			text_printf(words, ", %s", cell);
	}
}

void linear_list(struct tui *t, struct linear *l, const char *rest)
{
	const struct rows *r = rows_of(t);
	struct row top = told_row(t, rest);
	const struct mainview *m = mainview(t);
	struct listing listing = { 0 };
	struct place *places;
	int n;

	listing_update(&listing, t->app, r, top.first, top.last, &m->wish, m->live);
	n = listing_count(&listing);
	places = mem_zero((size_t)n, sizeof *places);
	if (m->wish.filter)
		linear_say(l, _("Filter: %s (%d of %d)"), m->filter_text, n, top.last - top.first);
	else if (!n)
		linear_say(l, "%s", _("Nothing here yet."));
	for (int i = 0; i < n; i++) {
		const struct node *node = site_find(app_site(t->app),
		    rows_id(r, listing_at(&listing, i)));
		struct text words = { 0 };

		places[i] = (struct place){ node->id, IN_ITSELF };
		add_cells(t, node, &words);
		linear_say(l, "%3d %s%s%s%s", i + 1,
		    watch_severity(t->app, node->id) >= 2 ? "! " : "",
		    tags_has(&m->tags, node->id) ? "# " : "", node_name(node),
		    words.s ? words.s : "");
		text_done(&words);
	}
	linear_number(l, places, n);
	listing_done(&listing);
	free(places);
}

static void say_reading(struct linear *l, const struct reading *r)
{
	for (const struct reading_attr *a = reading_attrs; a->name; a++) {
		const char *at = (const char *)r + a->offset;
		double v = a->text ? NAN : *(const double *)(const void *)at;

		if (a->text && *at)
			linear_say(l, "  %s: %s", tr(a->label), at);
		else if (!isnan(v))
			linear_say(l, "  %s: %.*f %s", tr(a->label), fabs(v) < 1000 && v != floor(v),
			    v, tr(a->unit));
	}
	for (unsigned bit = 1; flag_label(bit); bit <<= 1)
		if (r->flags & bit)
			linear_say(l, "  %s", tr(flag_label(bit)));
}

static void say_setting(struct linear *l, const struct node *n, const struct field *f)
{
	struct text words = { 0 };
	const struct node *from = NULL;
	char buf[16];

	linear_value(f, field_text(f, n, buf), &words);
	if (node_origin(n, f, &from) == FROM_PARENT && from)
		linear_say(l, _("  %s: %s, from %s"), tr(f->label), words.s, node_name(from));
	else
		linear_say(l, "  %s: %s", tr(f->label), words.s);
	text_done(&words);
}

void linear_details(struct tui *t, struct linear *l, const char *rest)
{
	const struct node *n = mainview_node(t);
	const struct ups_status *u;
	const struct terminal_status *s;
	char state[300] = "";
	enum role role = ROLE_TEXT;

	(void)rest;
	linear_say_selected(t, l);
	if (!n)
		return;
	u = watch_ups(t->app, n->id);
	s = watch_terminal(t->app, n->id);
	cell_state(t->app, n, state, sizeof state, &role);
	if (n->kind == KIND_UPS || n->kind == KIND_TERMINAL)
		linear_say(l, _("  State: %s"), state);
	if (u && u->known) {
		linear_say(l, _("  Read %lld s ago"), (long long)(loop_now() - u->at) / 1000);
		say_reading(l, &u->reading);
	}
	if (s && s->revision)
		linear_say(l, _("  It holds revision %d"), s->revision);
	if ((u && u->error[0]) || (s && s->error[0]))
		linear_say(l, "  %s", u ? u->error : s->error);
	for (size_t i = 0; i < t->ui->layouts[n->kind].n; i++)
		if (t->ui->layouts[n->kind].spots[i].field)
			say_setting(l, n, t->ui->layouts[n->kind].spots[i].field);
}

void linear_status(struct tui *t, struct linear *l, const char *rest)
{
	int64_t end = loop_now() + SETTLE_MS;
	struct alarm alarm;

	while (!watch_settled(t->app) && loop_now() < end)
		if (!linear_wait(l))
			return;
	known_ask(t->app);
	if (watch_alarm(t->app, &alarm))
		linear_say(l, "! %s", alarm.text);
	else
		linear_say(l, "%s", _("All is well."));
	linear_list(t, l, rest);
}
