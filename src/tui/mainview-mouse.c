/* The main screen with the mouse and the clipboard, and its border by mouse and keys. */
#include "tui/mainview.h"

#include "base/i18n.h"
#include "base/mem.h"

enum {
	WHEEL_ROWS = 3,
	BORDER_STEP = 2,	/* columns that a key moves the border */
	TREE_MIN = 12,		/* columns of the panes */
	LIST_MIN = 40,
};

int mainview_split_cols(int split, int cols)
{
	/* rounded, so that the border stays where it was put */
	int tree = (split * cols + 500) / 1000;

	if (tree > cols - LIST_MIN)
		tree = cols - LIST_MIN;
	return tree < TREE_MIN ? TREE_MIN : tree;
}

static void focus(struct mainview *m, enum pane pane)
{
	if (m->at.focus != pane)
		mainview_other_pane(m->view.tui);
}

static void wheel(struct mainview *m, const struct mouse *e)
{
	bool tree = e->on.kind == TARGET_TREE ||
	    (e->on.kind == TARGET_PANE && e->on.n == PANE_TREE);

	if (e->on.kind == TARGET_NONE)
		return;
	focus(m, tree ? PANE_TREE : PANE_LIST);
	for (int i = 0; i < WHEEL_ROWS; i++)
		m->view.type->move(&m->view,
		    e->what == MOUSE_WHEEL_UP ? MOVE_UP : MOVE_DOWN);
}

static void go(struct mainview *m, enum pane pane, struct place place)
{
	focus(m, pane);
	mainview_go(m->view.tui, place);
}

static void click_tree(struct mainview *m, const struct mouse *e)
{
	struct row row;

	if (e->on.n >= m->rows.shown_n)
		return;
	row = rows_shown_row(&m->rows, (int)e->on.n);
	go(m, PANE_TREE, row.place);
	/* the mark folds; elsewhere it takes two clicks, which edit a device */
	if ((e->what == MOUSE_PRESS && e->x - e->on.x == row.depth) ||
	    (e->what == MOUSE_DOUBLE && e->x - e->on.x != row.depth &&
	    rows_foldable(&row)))
		mainview_toggle(m->view.tui);
	else if (e->what == MOUSE_DOUBLE && !rows_foldable(&row))
		m->view.type->ok(&m->view);
}

static void click(struct mainview *m, const struct mouse *e)
{
	struct tui *t = m->view.tui;

	switch (e->on.kind) {
	case TARGET_TREE:
		click_tree(m, e);
		break;
	case TARGET_LIST:
		go(m, PANE_LIST, (struct place){ e->on.n, IN_ITSELF });
		if (e->what == MOUSE_DOUBLE)
			m->view.type->ok(&m->view);
		break;
	case TARGET_PANE:
		focus(m, e->on.n);
		break;
	case TARGET_HEAD:
		t->column = e->on.n;
		if (action_find("sort-by"))
			action_run(action_find("sort-by"), t);
		break;
	case TARGET_BORDER:
		m->dragging = e->what == MOUSE_PRESS;
		break;
	default:
		break;
	}
}

/* The place of the border is kept for other widths of the screen, too. */
static void put_border(struct tui *t, int tree)
{
	int cols = screen_cols();

	prefs_set_number(t->prefs, "split", (tree * 1000 + cols / 2) / cols);
}

static void drop(struct mainview *m, int x)
{
	m->dragging = false;
	if (x > 0 && x < screen_cols())
		put_border(m->view.tui, x - 1);
}

bool mainview_can_border(struct tui *t, struct err *e)
{
	return !mainview(t)->zoomed ||
	    err_set(e, _("One pane has all the room: there is no border to move."));
}

static void move_border(struct tui *t, int by)
{
	struct mainview_boxes b;
	int tree;

	mainview_boxes(mainview(t), &b);
	tree = b.tree.cols + by;
	/* no further than it is drawn, or the way back would begin with nothing */
	if (tree < TREE_MIN || tree > screen_cols() - LIST_MIN)
		return;
	put_border(t, tree);
	mainview_settle(mainview(t));
}

void mainview_border_left(struct tui *t)
{
	move_border(t, -BORDER_STEP);
}

void mainview_border_right(struct tui *t)
{
	move_border(t, BORDER_STEP);
}

void mainview_mouse(struct view *v, const struct mouse *e)
{
	struct mainview *m = (struct mainview *)v;

	switch (e->what) {
	case MOUSE_WHEEL_UP:
	case MOUSE_WHEEL_DOWN:
		wheel(m, e);
		break;
	case MOUSE_PRESS:
	case MOUSE_DOUBLE:
		click(m, e);
		break;
	case MOUSE_RELEASE:
		if (m->dragging)
			drop(m, e->x);
		break;
	}
}

/* The address, which is what is typed elsewhere; of a group its name. */
char *mainview_copy(struct view *v, struct err *e)
{
	const struct node *n = mainview_node(v->tui);
	const char *address = n ? node_address(n) : "";

	if (!n) {
		err_set(e, _("no row is selected"));
		return NULL;
	}
	return mem_dup(*address ? address : node_name(n));
}
