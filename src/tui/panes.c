/* The tree pane and the list pane of the main screen. */
#include "tui/mainview.h"

#include "base/i18n.h"
#include "base/text.h"
#include "tui/draw.h"

#include <stdio.h>
#include <string.h>

enum { COLUMNS_MAX = 16 };

static void row_label(const struct mainview *m, const struct row *row, char *buf,
    size_t size)
{
	const struct site *site = app_site(m->view.tui->app);
	const struct node *n = site_find(site, row->place.id);
	const char *mark = !rows_foldable(row, &m->rows) ? " " :
	    rows_folded(&m->rows, row->place) ? shape(SHAPE_FOLDED) :
	    shape(SHAPE_UNFOLDED);
	const char *name = row->place.container != IN_ITSELF ?
	    tr(container_label(row->place.container)) :
	    n->parent ? node_name(n) : _("network");

	snprintf(buf, size, "%*s%s %s", row->depth, "", mark, name);
}

static void draw_tree(const struct mainview *m, const struct pane_box *b)
{
	int at = rows_shown(&m->rows, m->cursor);
	int top = draw_window(m->tree_top, at, b->rows, (int)m->rows.shown_n);
	bool focus = m->focus == PANE_TREE;

	for (int i = 0; i < b->rows && top + i < (int)m->rows.shown_n; i++) {
		const struct row *row = &m->rows.tree[m->rows.shown[top + i]];
		bool here = top + i == at;
		bool node = row->place.container == IN_ITSELF;
		enum role role = here ? (focus ? ROLE_SELECTED : ROLE_MARKED) :
		    node && site_id_kind(row->place.id) == KIND_GROUP ? ROLE_GROUP : ROLE_TEXT;
		int severity = node ? watch_severity(m->view.tui->app, row->place.id) : 0;
		char text[400];

		row_label(m, row, text, sizeof text);
		screen_pad(b->y + i, b->x, b->cols, role, text);
		target_add(b->y + i, b->x, 1, b->cols, TARGET_TREE, (unsigned)(top + i));
		if (severity >= 2)
			screen_put(b->y + i, b->x + b->cols - 1, 1,
			    here ? role : theme_severity(severity), "!");
		if (here && focus)
			screen_cursor(b->y + i, b->x, false);
	}
}

/*
 * How wide each column is, 0 if it is not shown: rank by rank as far as there
 * is room. A column grows to its largest width when its second rank comes.
 */
static void fit_columns(const struct ui *ui, int cols, int width[])
{
	int left = cols;	/* the mark; there is no gap behind the last */

	memset(width, 0, COLUMNS_MAX * sizeof *width);
	for (int rank = 1; rank <= 2 * COLUMNS_MAX; rank++)
		for (size_t i = 0; i < ui->columns_n && i < COLUMNS_MAX; i++) {
			const struct column *c = &ui->columns[i];

			if (c->rank == rank) {
				if (left < c->width + 1)
					return;
				width[i] = c->width;
				left -= c->width + 1;
			} else if (c->grow == rank && width[i]) {
				int more = c->max - c->width < left ? c->max - c->width : left;

				width[i] += more;
				left -= more;
			}
		}
}

static void put_cell(int y, int x, int cols, enum role role, const char *text, bool right)
{
	if (right)
		screen_right(y, x, cols, role, text);
	else
		screen_pad(y, x, cols, role, text);
	if (text_width(text) > cols)
		screen_put(y, x + cols - 1, 1, role, shape(SHAPE_MORE));
}

static void draw_head(const struct ui *ui, const struct pane_box *b, const int width[])
{
	int x = b->x + 1;

	for (size_t i = 0; i < ui->columns_n && i < COLUMNS_MAX; i++) {
		char title[80];
		int pad;

		if (!width[i])
			continue;
		snprintf(title, sizeof title, "%s", tr(ui->columns[i].title));
		pad = ui->columns[i].right ? width[i] - text_width(title) : 0;
		screen_put(b->y - 1, x + (pad > 0 ? pad : 0), width[i], ROLE_HEAD, title);
		target_add(b->y - 1, x, 1, width[i], TARGET_HEAD, (unsigned)i);
		x += width[i] + 1;
	}
}

static void draw_item(const struct mainview *m, const struct pane_box *b, int y,
    const struct item *item, int indent, const int width[])
{
	struct tui *t = m->view.tui;
	const struct node *n = site_find(app_site(t->app), item->id);
	bool here = item->id == m->listed;
	bool changed = cell_changed(t->app, n);
	enum role selected = m->focus == PANE_LIST ? ROLE_SELECTED : ROLE_MARKED;
	int severity = watch_severity(t->app, n->id);
	int x = b->x + 1;

	target_add(y, b->x, 1, b->cols, TARGET_LIST, item->id);
	if (here)
		screen_fill(y, b->x, 1, b->cols, selected);
	if (severity >= 2)
		screen_put(y, b->x, 1, here ? selected : theme_severity(severity), "!");
	else if (changed)
		screen_put(y, b->x, 1, here ? selected : ROLE_CHANGED, shape(SHAPE_CHANGED));
	for (size_t i = 0; i < t->ui->columns_n && i < COLUMNS_MAX; i++) {
		const struct column *c = &t->ui->columns[i];
		char text[400];
		enum role role = ROLE_TEXT;
		int in = 0;

		if (!width[i])
			continue;
		text[0] = '\0';
		if (i == 0) {
			in = indent < width[i] / 2 ? indent : width[i] / 2;
			snprintf(text, sizeof text, "%*s", in, "");
		}
		c->cell->text(t->app, n, text + in, sizeof text - (size_t)in, &role);
		if (changed && role == ROLE_GOOD)
			role = ROLE_CHANGED;
		put_cell(y, x, width[i], here ? selected : role, text, c->right);
		x += width[i] + 1;
	}
	if (here && m->focus == PANE_LIST)
		screen_cursor(y, b->x, false);
}

static void draw_list(const struct mainview *m, const struct pane_box *b)
{
	int width[COLUMNS_MAX], first, last, top, at;

	fit_columns(m->view.tui->ui, b->cols, width);
	draw_head(m->view.tui->ui, b, width);
	mainview_slice(m, &first, &last);
	if (first == last) {
		draw_wrapped(b->y + 1, b->x + 2, b->rows - 1, b->cols - 4, ROLE_HINT,
		    _("Nothing here yet. F7 creates what can stand here: a power control group, a power device or a terminal."));
		return;
	}
	at = rows_listed(&m->rows, m->listed) - first;
	top = draw_window(m->list_top, at, b->rows, last - first);
	for (int i = 0; i < b->rows && first + top + i < last; i++) {
		const struct item *item = &m->rows.list[first + top + i];

		draw_item(m, b, b->y + i, item, item->depth - m->rows.list[first].depth, width);
	}
}

static void frame(const struct pane_box *b, unsigned pane, bool focus, const char *title)
{
	enum role role = focus ? ROLE_FOCUS : ROLE_BORDER;

	screen_box(b->y - 1, b->x - 1, b->rows + 2, b->cols + 2, role, title);
	target_add(b->y, b->x, b->rows, b->cols, TARGET_PANE, pane);
}

/* Where borders meet. */
static void joints(const struct mainview_boxes *b)
{
	int x = b->list.x - 1, y = b->details.y - 1, bottom = b->tree.y + b->tree.rows;

	if (b->tree.cols > 0) {
		screen_put(b->tree.y - 1, x, 1, ROLE_BORDER, shape(SHAPE_JOINT_TOP));
		screen_put(bottom, x, 1, ROLE_BORDER, shape(SHAPE_JOINT_BOTTOM));
		target_add(b->tree.y - 1, x, b->tree.rows + 2, 1, TARGET_BORDER, 0);
	}
	screen_put(y, x, 1, ROLE_BORDER, shape(SHAPE_JOINT_LEFT));
	screen_put(y, x + b->list.cols + 1, 1, ROLE_BORDER, shape(SHAPE_JOINT_RIGHT));
}

void panes_draw(const struct mainview *m, const struct mainview_boxes *b)
{
	if (b->list.cols > 0) {
		frame(&b->details, PANE_LIST, false, NULL);
		frame(&b->list, PANE_LIST, m->focus == PANE_LIST, NULL);
	}
	if (b->tree.cols > 0)
		frame(&b->tree, PANE_TREE, m->focus == PANE_TREE, _("Power network"));
	if (b->list.cols > 0) {
		joints(b);
		draw_list(m, &b->list);
	}
	if (b->tree.cols > 0)
		draw_tree(m, &b->tree);
}
