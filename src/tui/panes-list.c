/* The list pane of the main screen. */
#include "tui/mainview.h"

#include "base/i18n.h"
#include "base/text.h"
#include "tui/columns.h"
#include "tui/draw.h"

#include <stdio.h>
#include <string.h>

/* The title of a column, with a mark when the list is sorted by it. */
static void column_title(const struct mainview *m, const struct column *c, char *buf,
    size_t size)
{
	snprintf(buf, size, "%s%s", tr(c->title), m->wish.by != c->cell ? "" :
	    m->wish.reverse ? "▼" : "▲");
}

/* How many columns, from the left, have text of it. */
static int put_cell(int y, int x, int cols, enum role role, const char *text, bool right)
{
	if (!right || text_width(text) > cols)
		return draw_cut_padded(y, x, cols, role, text);
	screen_right(y, x, cols, role, text);
	return cols;
}

static void draw_head(const struct mainview *m, const struct mainview_boxes *b,
    const int width[])
{
	const struct ui *ui = m->view.tui->ui;
	int x = b->list.x + 1;

	for (size_t i = 0; i < ui->columns_n && i < COLUMNS_MAX; i++) {
		char title[80];
		int pad;

		if (!width[i])
			continue;
		column_title(m, &ui->columns[i], title, sizeof title);
		pad = ui->columns[i].right ? width[i] - text_width(title) : 0;
		/* a sort mark may stand in the gap */
		screen_put(b->head, x + (pad > 0 ? pad : 0), width[i] + 1, ROLE_HEAD, title);
		target_add(b->head, x, 1, width[i], TARGET_HEAD, (unsigned)i);
		x += width[i] + 1;
	}
}

/* The mark at the left: what needs a look, else what has just changed. */
static void draw_mark(const struct mainview *m, int y, int x, const struct node *n,
    bool here, enum role selected)
{
	struct app *app = m->view.tui->app;
	int severity = watch_severity(app, n->id);

	if (severity >= 2)
		screen_put(y, x, 1, here ? selected : theme_severity(severity), "!");
	else if (cell_changed(app, n))
		screen_put(y, x, 1, here ? selected : ROLE_CHANGED, shape(SHAPE_CHANGED));
}

/* What stands before the name: how deep it is, and whether it is tagged. */
static int before_name(const struct mainview *m, const struct node *n, int indent,
    int cols, char *buf, size_t size)
{
	int in = indent < cols / 2 ? indent : cols / 2;
	bool tags = tags_count(&m->tags) > 0;

	if ((size_t)in + tags >= size)
		return 0;
	memset(buf, ' ', (size_t)in + tags);
	if (tags_has(&m->tags, n->id))
		buf[in] = '#';
	return in + tags;
}

static bool is_searched(const struct column *c)
{
	return !c->cell->live;
}

static void draw_item(const struct mainview *m, const struct pane_box *b, int y,
    unsigned id, int indent, const int width[])
{
	struct tui *t = m->view.tui;
	const struct node *n = site_find(app_site(t->app), id);
	bool here = id == m->at.listed;
	bool changed = cell_changed(t->app, n);
	enum role selected = m->at.focus == PANE_LIST ? ROLE_SELECTED : ROLE_MARKED;
	int x = b->x + 1;

	target_add(y, b->x, 1, b->cols, TARGET_LIST, id);
	if (here)
		screen_fill(y, b->x, 1, b->cols, selected);
	draw_mark(m, y, b->x, n, here, selected);
	for (size_t i = 0; i < t->ui->columns_n && i < COLUMNS_MAX; i++) {
		const struct column *c = &t->ui->columns[i];
		enum role role = ROLE_TEXT;
		char text[400];
		int in = 0, put;

		if (!width[i])
			continue;
		*text = '\0';
		if (strcmp(c->cell->name, "name") == 0)
			in = before_name(m, n, indent, width[i], text, sizeof text);
		c->cell->text(t->app, n, text + in, sizeof text - (size_t)in, &role);
		if (c->cell->brief && strlen(text) > (size_t)width[i] && text_width(text) > width[i])
			c->cell->brief(t->app, n, width[i], text, sizeof text);
		if (changed && role == ROLE_GOOD)
			role = ROLE_CHANGED;
		put = put_cell(y, x, width[i], here ? selected : role, text, c->right);
		if (is_searched(c))
			panes_mark_found(m, y, x, put, text);
		x += width[i] + 1;
	}
	if (here && m->at.focus == PANE_LIST)
		screen_cursor(y, b->x, false);
}

static void draw_empty(const struct mainview *m, const struct pane_box *b)
{
	struct app *app = m->view.tui->app;
	bool none = site_count(app_site(app), KIND_GROUP) == 0;

	draw_wrapped(b->y + 1, b->x + 2, b->rows - 1, b->cols - 4, ROLE_HINT,
	    m->wish.filter ? _("The filter takes nothing that is here. Esc shows all again, f changes it.") :
	    none && app_faulty(app) ?
	    _("Nothing of this file could be understood; F6 tells why. H goes back to an older revision; until then nothing is saved over it.") :
	    none ? _("Nothing here yet. w asks some questions and makes a whole site of a usual kind; F7 begins by hand, with a power control group. F1 tells how a site is built.") :
	    _("Nothing here yet. F7 creates what can stand here: a power control group, a power device or a terminal."));
}

void panes_draw_list(const struct mainview *m, const struct mainview_boxes *boxes)
{
	const struct pane_box *b = &boxes->list;
	const struct listing *l = &m->listing;
	int n = listing_count(l), base = n ? rows_level(&m->rows, l->first) : 0;
	int at = listing_find(l, rows_listed(&m->rows, m->at.listed));
	int width[COLUMNS_MAX], top = draw_window(m->list_top, at < 0 ? 0 : at, b->rows, n);

	columns_fit(m->view.tui->ui, b->cols, width);
	draw_head(m, boxes, width);
	if (n == 0)
		draw_empty(m, b);
	for (int i = 0; i < b->rows && top + i < n; i++) {
		int item = listing_at(l, top + i);

		/* only in the tree's order does depth say what is below what */
		draw_item(m, b, b->y + i, rows_id(&m->rows, item),
		    l->plain ? rows_level(&m->rows, item) - base : 0, width);
	}
}
