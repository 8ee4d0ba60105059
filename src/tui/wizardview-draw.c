/* How the wizard looks. */
#include "tui/wizardview.h"

#include "base/i18n.h"
#include "base/text.h"
#include "model/counted.h"
#include "tui/draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	TREE_FROM = 116,	/* columns from which the tree stands beside the pages */
	FORM_COLS = 76,		/* of the page then */
	WIDEST = 100,
	HELP_ROWS = 3, WRONG_ROWS = 2,
};

static int screen_inner(void)
{
	return screen_cols() - 4;
}

static bool tree_beside(const struct wizardview *v)
{
	return screen_cols() >= TREE_FROM && v->page >= 0 && !wizardview_at_end(v);
}

int wizardview_text_cols(const struct wizardview *v)
{
	int cols = screen_inner();

	if (tree_beside(v))
		return FORM_COLS;
	return wizardview_at_end(v) || cols < WIDEST ? cols : WIDEST;
}

const char *wizardview_words(const struct wizardview *v)
{
	if (v->page < 0)
		return _("Which site is it to be? It can be changed afterwards as any other.");
	if (wizardview_at_end(v))
		return _("This is the tree that will be made, and what the rules say of it.");
	return tr(wizard_page(v->w, v->page)->words);
}

const char *wizardview_title(const struct wizardview *v)
{
	if (v->page < 0)
		return _("Composition");
	return wizardview_at_end(v) ? _("Confirmation") : tr(wizard_page(v->w, v->page)->title);
}

static int words_rows(const struct wizardview *v)
{
	int rows = draw_wrapped(0, 0, 0, wizardview_text_cols(v), ROLE_DIALOG, wizardview_words(v));

	return rows > 4 ? 4 : rows;
}

/* Rows inside the box. */
static int inner_rows(void)
{
	return screen_rows() - 5;
}

/* An empty row below the words, where there is room. */
static int gap(void)
{
	return screen_rows() > SCREEN_MIN_ROWS;
}

int wizardview_body_rows(const struct wizardview *v)
{
	/* title and words above, a line, help, what is wrong and the buttons below */
	int below = wizardview_at_end(v) ? 3 : 2 + HELP_ROWS + WRONG_ROWS;

	return inner_rows() - 1 - words_rows(v) - gap() - below;
}

static void add_spaces(struct text *t, int n)
{
	while (n-- > 0)
		text_add(t, " ");
}

/* From where it is to a column. */
static void add_column(struct text *t, size_t from, int column)
{
	add_spaces(t, column - text_width(t->s + from));
	text_add(t, " ");
}

/* A line of the tree: as in the list, an asterisk marks a linked device. */
static void add_node(struct text *t, const struct node *n, bool whole)
{
	const struct ups *u = node_ups(n);
	size_t from = t->len;
	const char *description = node_description(n);

	add_spaces(t, 2 * (node_depth(n) - 1));
	text_add(t, node_name(n));
	add_column(t, from, 21);
	text_add(t, node_address(n));
	if (whole && (u || n->container != IN_ITSELF || *description))
		add_column(t, from, 37);
	if (whole && u)
		text_printf(t, "%s%d %s, %s", n->container == IN_DEVICES ? "*" : "", u->set->confirm,
		    _("s"), tr(field_choice(field_find(ups_fields, "Recovery"), u->set->recovery)->label));
	else if (whole && n->container != IN_ITSELF)
		text_add(t, tr(container_label(n->container)));
	if (whole && *description)
		text_printf(t, " · %s", description);
	text_add(t, "\n");
}

static void add_tree(struct text *t, const struct site *s, bool whole)
{
	const struct node *top = &site_network(s)->node;

	for (const struct node *n = node_next(top, top); n; n = node_next(n, top))
		add_node(t, n, whole);
}

char *wizardview_outcome(const struct wizardview *v)
{
	const struct findings *all = wizard_findings(v->w);
	struct text t = { 0 };

	add_tree(&t, wizard_preview(v->w), true);
	if (all->n)
		text_add(&t, "\n");
	for (size_t i = 0; i < all->n; i++)
		text_printf(&t, "%s %s: %s\n", tr(severity_word(all->list[i].severity)),
		    all->list[i].rule, all->list[i].message);
	return text_take(&t);
}

/* The worst that the rules say of the page; of equals, of the question with the focus. */
static const struct finding *finding_here(const struct wizardview *v)
{
	const struct findings *all = wizard_findings(v->w);
	const struct finding *best = NULL;
	bool best_is_focused = false;

	for (size_t i = 0; i < all->n; i++) {
		const struct finding *f = &all->list[i];
		int q = wizard_question_of(v->w, f);
		bool is_focused = v->button == BUTTON_NONE && q == v->focus;

		if (q < 0 || wizard_at(v->w, (size_t)q)->page != v->page ||
		    (best && (f->severity > best->severity ||
		    (f->severity == best->severity && (best_is_focused || !is_focused)))))
			continue;
		best = f;
		best_is_focused = is_focused;
	}
	return best;
}

static void draw_help(const struct wizardview *v, int y, int x, int cols)
{
	const struct finding *f = finding_here(v);
	struct text t = { 0 };
	char allowed[200];

	if (v->button == BUTTON_NONE) {
		const struct wizard_ask *ask = wizard_at(v->w, (size_t)v->focus)->ask;

		text_printf(&t, "%s ", tr(ask->field->help));
		if (!ask->field->choices)
			text_printf(&t, "(%s)", wizard_allowed(ask, allowed, sizeof allowed));
		draw_wrapped(y, x, HELP_ROWS, cols, ROLE_HINT, t.s);
		text_done(&t);
	}
	y += HELP_ROWS;
	if (v->wrong.text[0]) {
		draw_wrapped(y, x, WRONG_ROWS, cols, ROLE_ERROR, v->wrong.text);
	} else if (f) {
		text_printf(&t, "%s: %s", f->rule, f->message);
		draw_wrapped(y, x, WRONG_ROWS, cols, f->severity == SEVERITY_ERROR ?
		    ROLE_ERROR : f->severity == SEVERITY_WARNING ? ROLE_WARNING : ROLE_NOTE, t.s);
		text_done(&t);
	}
}

static void draw_buttons(const struct wizardview *v, int y, int x, int cols)
{
	const char *labels[] = { [BUTTON_BACK] = _("Back"), [BUTTON_NEXT] =
	    wizardview_at_end(v) ? _("Create") : _("Next page"), [BUTTON_CANCEL] = _("Cancel") };
	int all = 0;

	for (int i = 0; i < BUTTON_COUNT; i++)
		all += draw_button_cols(labels[i]) + 1;
	x += cols - all;
	for (int i = 0; i < BUTTON_COUNT; i++)
		x += draw_button(y, x, labels[i], (int)v->button == i) + 1;
}

static void draw_sites(const struct wizardview *v, int y, int x, int cols, int rows)
{
	const struct wizard_site *site = &v->all->sites[v->site];
	int seen = rows - 4, top = draw_window(v->site - seen / 2, v->site, seen, (int)v->all->n);

	for (int i = top; i < (int)v->all->n && i < top + seen; i++) {
		draw_cut_padded(y + i - top, x, cols - 2, i == v->site ? ROLE_SELECTED : ROLE_DIALOG,
		    tr(v->all->sites[i].title));
		if (i == v->site)
			screen_cursor(y + i - top, x, false);
	}
	draw_more(y, x + cols - 1, seen, top, (int)v->all->n);
	screen_hline(y + rows - 4, x, cols, ROLE_DIALOG);
	draw_wrapped(y + rows - 3, x, 3, cols, ROLE_HINT, tr(site->words));
}

static void draw_outcome(const struct wizardview *v, int y, int x, int cols)
{
	const struct findings *all = wizard_findings(v->w);
	int rows = wizardview_body_rows(v);
	char *text = wizardview_outcome(v), sum[COUNTED_MAX];

	draw_scrolled(y, x, rows, cols, ROLE_DIALOG, text, v->top);
	free(text);
	counted_findings(all, sum);
	screen_hline(y + rows, x, cols, ROLE_DIALOG);
	screen_put(y + rows + 1, x, cols, all->count[SEVERITY_ERROR] ? ROLE_ERROR :
	    all->count[SEVERITY_WARNING] ? ROLE_WARNING : ROLE_GOOD, sum);
}

static void draw_tree(const struct wizardview *v, int y, int x, int cols, int rows)
{
	struct text t = { 0 };

	add_tree(&t, wizard_preview(v->w), false);
	screen_put(y, x, cols, ROLE_HEAD, _("The tree"));
	draw_scrolled(y + 1, x, rows - 1, cols, ROLE_DIALOG, t.s ? t.s : "", 0);
	text_done(&t);
}

static void draw_frame(const struct wizardview *v)
{
	struct text title = { 0 };
	int cols = screen_cols() - 4, all = v->w ? wizard_pages(v->w) + 1 : 0;
	char progress[30] = "";

	if (v->page >= 0)
		snprintf(progress, sizeof progress, " %d/%d ", v->page + 1, all);
	cols -= (int)strlen(progress) + 2;
	text_add(&title, _("New from wizard"));
	if (v->page >= 0)
		text_printf(&title, ": %s", tr(wizard_site(v->w)->title));
	if (text_width(title.s) > cols) {
		title.len = text_fit(title.s, cols - 1);
		title.s[title.len] = '\0';
		text_add(&title, "…");
	}
	screen_fill(1, 0, screen_rows() - 3, screen_cols(), ROLE_DIALOG);
	screen_box(1, 0, screen_rows() - 3, screen_cols(), ROLE_DIALOG, title.s);
	text_done(&title);
	screen_put(1, screen_cols() - (int)strlen(progress) - 2, 20, ROLE_DIALOG, progress);
}

void wizardview_draw(struct view *view)
{
	const struct wizardview *v = (const struct wizardview *)view;
	int cols = wizardview_text_cols(v), y = 2, x = 2, body = wizardview_body_rows(v);

	draw_frame(v);
	screen_put(y++, x, cols, ROLE_HEAD, wizardview_title(v));
	draw_wrapped(y, x, words_rows(v), cols, ROLE_DIALOG, wizardview_words(v));
	y += words_rows(v) + gap();
	if (v->page < 0) {
		draw_sites(v, y, x, cols, inner_rows() - words_rows(v) - gap() - 1);
		return;
	}
	if (wizardview_at_end(v)) {
		draw_outcome(v, y, x, cols);
		draw_buttons(v, 2 + inner_rows() - 1, x, cols);
		return;
	}
	wizardview_draw_questions(v, y, x, cols);
	y += body;
	screen_hline(y, x, cols, ROLE_DIALOG);
	draw_help(v, y + 1, x, cols);
	draw_buttons(v, 2 + inner_rows() - 1, x, cols);
	if (tree_beside(v))
		draw_tree(v, 2, x + cols + 2, screen_inner() - cols - 2, inner_rows());
}
