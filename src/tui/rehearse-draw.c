/* How a rehearsal looks; a part of rehearse */
#include "tui/rehearsing.h"

#include "base/i18n.h"
#include "base/text.h"
#include "tui/draw.h"

/* Where the columns of a row begin; the words have what the others leave. */
struct layout_of_row {
	int seconds, name, step, end, words, right;
};

static struct layout_of_row row_layout(void)
{
	bool narrow = screen_cols() < 100;
	struct layout_of_row l = { .seconds = 2, .name = 12, .right = screen_cols() - 2 };

	l.step = l.name + (narrow ? 13 : 19);
	l.end = l.step + (narrow ? 19 : 24);
	l.words = l.end + (narrow ? 15 : 19);
	return l;
}

/* Lines of the details, below a rule under the list. */
static int details_rows(void)
{
	return screen_rows() < 30 ? 4 : 6;
}

int rehearsing_list_rows(void)
{
	/* above: the totals, a note of two lines, the titles; around: the box, the screen's bars */
	return screen_rows() - 5 - 4 - 1 - details_rows();
}

static void draw_titles(int y)
{
	struct layout_of_row l = row_layout();

	screen_right(y, l.seconds, l.name - l.seconds - 1, ROLE_HEAD, _("after[s]"));
	screen_put(y, l.name, l.step - l.name - 1, ROLE_HEAD, _("Name"));
	screen_put(y, l.step, l.end - l.step - 1, ROLE_HEAD, _("Order"));
	screen_put(y, l.end + 2, l.words - l.end - 3, ROLE_HEAD, _("Answer"));
}

static void draw_row(const struct rehearsing *r, int i, int y)
{
	size_t n;
	const struct rehearsal_row *row = &rehearsal_rows(r->rehearsal, &n)[i];
	const struct node *node = site_find(app_site(r->view.tui->app), row->node);
	struct layout_of_row l = row_layout();
	enum role role = ROLE_TEXT, of_end;
	const char *mark = rehearsing_mark(row->end, &of_end);
	char seconds[32];

	if (i == r->at) {
		role = of_end = ROLE_SELECTED;
		screen_fill(y, 1, 1, l.right - 1, role);
		screen_cursor(y, 1, false);
	}
	target_add(y, 1, 1, l.right - 1, TARGET_ROW, (unsigned)i);
	rehearsing_seconds(row, seconds, sizeof seconds);
	screen_right(y, l.seconds, l.name - l.seconds - 1, role, seconds);
	draw_label(y, l.name, l.step - l.name - 1, role, node ? node_name(node) : "?");
	draw_label(y, l.step, l.end - l.step - 1, role, tr(step_label(row->step)));
	screen_put(y, l.end, 1, of_end, mark);
	draw_label(y, l.end + 2, l.words - l.end - 3, of_end, tr(rehearsal_end_label(row->end)));
	draw_cut(y, l.words, l.right - l.words, role, row->words);
}

static void draw_heading(const struct rehearsing *r, int y)
{
	struct text t = { 0 };
	enum role role = rehearsing_totals(r, &t);

	draw_cut(y, 2, screen_cols() - 4, role, t.s);
	text_done(&t);
	draw_wrapped(y + 1, 2, 2, screen_cols() - 4, rehearsal_error(r->rehearsal) ? ROLE_ERROR : ROLE_HINT,
	    rehearsing_note(r, &t));
	text_done(&t);
}

/* The row under the cursor, whole. */
static void draw_details(const struct rehearsing *r, int y)
{
	const struct rehearsal_row *row = rehearsing_row(r);
	struct text t = { 0 };
	enum role role;

	if (!row)
		return;
	rehearsing_mark(row->end, &role);
	rehearsing_words(r, row, &t);
	draw_wrapped(y, 2, details_rows(), screen_cols() - 4,
	    row->end == REHEARSAL_GOOD ? ROLE_TEXT : role, t.s);
	text_done(&t);
}

void rehearsing_draw(struct view *v)
{
	const struct rehearsing *r = (const struct rehearsing *)v;
	int list = rehearsing_list_rows(), y = 6, top;
	struct text title = { 0 };
	size_t n;

	rehearsal_rows(r->rehearsal, &n);
	top = draw_window(r->top, r->at, list, (int)n);
	rehearsing_title(r, &title);
	screen_fill(1, 0, screen_rows() - 3, screen_cols(), ROLE_TEXT);
	screen_box(1, 0, screen_rows() - 3, screen_cols(), ROLE_FOCUS, title.s);
	text_done(&title);
	draw_heading(r, 2);
	draw_titles(y - 1);
	for (int i = 0; i < list && top + i < (int)n; i++)
		draw_row(r, top + i, y + i);
	draw_more(y, screen_cols() - 2, list, top, (int)n);
	screen_hline(y + list, 1, screen_cols() - 2, ROLE_BORDER);
	draw_details(r, y + list + 1);
}
