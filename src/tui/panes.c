/* The tree pane of the main screen, and the frames of all; the list is panes-list.c. */
#include "tui/mainview.h"

#include "base/fold.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/columns.h"
#include "tui/draw.h"
#include "tui/narrow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void panes_mark_found(const struct mainview *m, int y, int x, int cols, const char *text)
{
	const char *what = m->view.tui->find, *at = text;
	char part[200];
	size_t len;

	while (m->found && what && (at = fold_find(at, what, &len))) {
		char *before = mem_ndup(text, (size_t)(at - text));
		int from = text_width(before);

		free(before);
		if (from >= cols)
			break;
		snprintf(part, sizeof part, "%.*s", (int)len, at);
		screen_put(y, x + from, cols - from, ROLE_FIELD_NOW, part);
		at += len;
	}
}

static bool is_node(const struct row *row)
{
	return row->place.container == IN_ITSELF;
}

static void row_label(const struct mainview *m, const struct row *row, char *buf,
    size_t size)
{
	const struct site *site = app_site(m->view.tui->app);
	const struct node *n = site_find(site, row->place.id);
	const char *mark = !rows_foldable(row) ? " " : row->folded ?
	    shape(SHAPE_FOLDED) : shape(SHAPE_UNFOLDED);
	const char *name = !is_node(row) ? tr(container_label(row->place.container)) :
	    n->parent ? node_name(n) : _("network");
	bool tagged = is_node(row) && tags_has(&m->tags, row->place.id);
	char *to = buf + row->depth;

	/* groups nest SITE_DEPTH deep, each with a container: there is room */
	memset(buf, ' ', (size_t)row->depth);
	to = stpcpy(to, mark);
	*to++ = tagged ? '#' : ' ';
	text_copy(to, size - (size_t)(to - buf), name);
}

static enum role row_role(const struct mainview *m, const struct row *row, bool here)
{
	if (here)
		return m->at.focus == PANE_TREE ? ROLE_SELECTED : ROLE_MARKED;
	if (m->wish.filter && !listing_takes_any(&m->listing, row->first, row->last))
		return ROLE_GREYED;
	return is_node(row) && site_id_kind(row->place.id) == KIND_GROUP ? ROLE_GROUP :
	    ROLE_TEXT;
}

/* A folded row says what is wrong below it as far as there is room. */
static void draw_worst(const struct mainview *m, const struct row *row, int y, int x,
    int cols, enum role role, bool here)
{
	struct app *app = m->view.tui->app;
	char words[200] = "";
	enum role unused = ROLE_TEXT;
	int wide;

	cell_worst(app, row->place.id, row->place.container, words, sizeof words, &unused);
	wide = text_width(words);
	if (wide && wide <= cols)
		screen_put(y, x + cols - wide, wide, here ? role : theme_severity(
		    watch_severity_in(app, row->place.id, row->place.container)), words);
}

/*
 * An E or a W at each row that an error or a warning of the rules is about, or in which
 * it is folded up. At many a good site half of the rows have a warning: their W has no
 * colour of its own, so that an E is seen at once.
 */
static void draw_found(const struct pane_box *b, int y, enum severity worst, enum role role,
    bool here)
{
	screen_put(y, b->x + b->cols - 2, 1, here ? role : worst == SEVERITY_ERROR ?
	    ROLE_ERROR : ROLE_HINT, worst == SEVERITY_ERROR ? "E" : "W");
}

static void draw_row(const struct mainview *m, const struct pane_box *b, int y,
    const struct row *row, int number, bool here)
{
	struct app *app = m->view.tui->app;
	enum role role = row_role(m, row, here);
	bool folded = row->folded && rows_foldable(row);
	/* of an open container each row tells for itself */
	int severity = is_node(row) ? watch_severity(app, row->place.id) :
	    folded ? watch_severity_in(app, row->place.id, row->place.container) : 0;
	enum severity worst;
	bool found = marks_worst(&m->marks, row->at, folded ? row->end : row->at + 1, &worst);
	char text[400];
	int wide, put;

	row_label(m, row, text, sizeof text);
	wide = text_width(text);
	screen_fill(y, b->x, 1, b->cols, role);
	target_add(y, b->x, 1, b->cols, TARGET_TREE, (unsigned)number);
	/* a letter right behind a name would be read as its last */
	put = found && wide > b->cols - 3 ? draw_shortened(y, b->x, b->cols - 2, role, text) :
	    draw_cut_padded(y, b->x, b->cols - (severity >= 2), role, text);
	if (is_node(row))
		panes_mark_found(m, y, b->x, put, text);
	if (found)
		draw_found(b, y, worst, role, here);
	if (severity < 2)
		return;
	screen_put(y, b->x + b->cols - 1, 1, here ? role : theme_severity(severity), "!");
	if (folded)
		draw_worst(m, row, y, b->x + wide + 1, b->cols - wide - 3, role, here);
}

static void draw_tree(const struct mainview *m, const struct pane_box *b)
{
	int at = rows_shown(&m->rows, m->at.cursor);
	int top = draw_window(m->tree_top, at, b->rows, (int)m->rows.shown_n);

	for (int i = 0; i < b->rows && top + i < (int)m->rows.shown_n; i++) {
		struct row row = rows_shown_row(&m->rows, top + i);

		draw_row(m, b, b->y + i, &row, top + i, top + i == at);
		if (top + i == at && m->at.focus == PANE_TREE)
			screen_cursor(b->y + i, b->x, false);
	}
}

/* In the lower border, so that nothing moves when the first is tagged. */
static void draw_tag_count(const struct mainview *m, const struct mainview_boxes *b)
{
	size_t n = tags_count(&m->tags);
	char text[80];
	int y = b->list.cols > 0 ? b->details.y - 1 : b->tree.y + b->tree.rows;
	int end = b->list.cols > 0 ? b->list.x + b->list.cols : b->tree.x + b->tree.cols;
	int wide;

	if (!n)
		return;
	snprintf(text, sizeof text, ngettext(" # %zu tagged ", " # %zu tagged ", n), n);
	wide = text_width(text);
	screen_put(y, end - wide - 1, wide, ROLE_HEAD, text);
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

static void draw_list_frame(const struct mainview *m, const struct mainview_boxes *b)
{
	struct pane_box whole = b->list;
	char title[300];
	enum role role;

	whole.rows += b->list.y - b->tree.y;
	whole.y = b->tree.y;
	frame(&b->details, PANE_LIST, false, NULL);
	frame(&whole, PANE_LIST, m->at.focus == PANE_LIST, NULL);
	if (!m->wish.filter)
		return;
	role = narrow_title(m, title, sizeof title);
	screen_put(whole.y - 1, whole.x + 1, whole.cols - 2, role, title);
}

void panes_draw(const struct mainview *m, const struct mainview_boxes *b)
{
	if (b->list.cols > 0)
		draw_list_frame(m, b);
	if (b->tree.cols > 0)
		frame(&b->tree, PANE_TREE, m->at.focus == PANE_TREE, _("Power network"));
	if (b->list.cols > 0) {
		joints(b);
		panes_draw_list(m, b);
	}
	if (b->tree.cols > 0)
		draw_tree(m, &b->tree);
}

void panes_draw_over(const struct mainview *m, const struct mainview_boxes *b)
{
	draw_tag_count(m, b);
}
