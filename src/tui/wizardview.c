/* wizardview - going through the pages; see wizardview.h */
#include "tui/wizardview.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/ask.h"
#include "tui/draw.h"

#include <stdlib.h>
#include <string.h>

bool wizardview_at_end(const struct wizardview *v)
{
	return v->w && v->page == wizard_pages(v->w);
}

static void show_page(struct wizardview *v, int page)
{
	int first;

	v->page = page;
	v->top = 0;
	v->wrong.text[0] = '\0';
	first = v->page >= 0 ? wizardview_first(v) : -1;
	wizardview_focus(v, first, first < 0 && v->page >= 0 ? BUTTON_NEXT : BUTTON_NONE);
	tui_draw_soon(v->view.tui);
}

static void choose_site(struct wizardview *v)
{
	if (!v->w || wizard_site(v->w) != &v->all->sites[v->site]) {
		wizard_free(v->w);
		v->w = wizard_new(&v->all->sites[v->site]);
	}
	show_page(v, 0);
}

static void chosen_anew(struct tui *t, int which, const char *text, void *arg)
{
	(void)t;
	(void)text;
	if (which == 0)
		choose_site(arg);
}

void wizardview_next_page(struct wizardview *v)
{
	int wrong;

	if (v->page < 0) {
		if (v->w && wizard_answered(v->w) &&
		    wizard_site(v->w) != &v->all->sites[v->site])
			ask_confirm(v->view.tui, _("Another site"),
			    _("Drop the answers that were given for the other site?"),
			    chosen_anew, v);
		else
			choose_site(v);
		return;
	}
	if (wizardview_at_end(v)) {
		wizardview_create(v);
		return;
	}
	v->wrong.text[0] = '\0';
	wrong = wizard_wrong(v->w, v->page, &v->wrong);
	if (wrong >= 0) {
		struct err why = v->wrong;

		wizardview_focus(v, wrong, BUTTON_NONE);
		v->wrong = why;
		screen_beep();
		return;
	}
	show_page(v, v->page + 1);
}

void wizardview_previous_page(struct wizardview *v)
{
	if (v->page >= 0)
		show_page(v, v->page - 1);
}

static void left(struct tui *t, int which, const char *text, void *arg)
{
	(void)t;
	(void)text;
	if (which == 0)
		tui_close(arg);
}

static void cancel(struct view *view)
{
	struct wizardview *v = (struct wizardview *)view;

	if (v->w && wizard_answered(v->w))
		ask_confirm(view->tui, _("New from wizard"),
		    _("Leave the wizard and drop its answers?"), left, v);
	else
		tui_close(view);
}

static void ok(struct view *view)
{
	struct wizardview *v = (struct wizardview *)view;

	if (v->button == BUTTON_CANCEL)
		cancel(view);
	else if (v->button == BUTTON_BACK)
		wizardview_previous_page(v);
	else
		wizardview_next_page(v);
}

static void move_site(struct wizardview *v, enum move move)
{
	int by = move == MOVE_UP || move == MOVE_PREVIOUS ? -1 :
	    move == MOVE_DOWN || move == MOVE_NEXT ? 1 :
	    move == MOVE_HOME || move == MOVE_PAGE_UP ? -(int)v->all->n :
	    move == MOVE_END || move == MOVE_PAGE_DOWN ? (int)v->all->n : 0;

	v->site += by;
	v->site = v->site < 0 ? 0 : v->site >= (int)v->all->n ? (int)v->all->n - 1 : v->site;
}

static void move_outcome(struct wizardview *v, enum move move)
{
	int page = wizardview_body_rows(v), by = 0;
	char *text;

	switch (move) {
	case MOVE_UP:		by = -1; break;
	case MOVE_DOWN:		by = 1; break;
	case MOVE_PAGE_UP:	by = 1 - page; break;
	case MOVE_PAGE_DOWN:	by = page - 1; break;
	case MOVE_HOME:		by = -v->top; break;
	case MOVE_END:		by = 100000; break;
	default:
		v->button = (enum wizard_button)(((int)v->button + (move == MOVE_LEFT ||
		    move == MOVE_PREVIOUS ? BUTTON_COUNT - 1 : 1)) % BUTTON_COUNT);
		return;
	}
	text = wizardview_outcome(v);
	v->top = draw_scroll(v->top, by, page, wizardview_text_cols(v), text);
	free(text);
}

static void move(struct view *view, enum move move)
{
	struct wizardview *v = (struct wizardview *)view;

	if (v->page < 0)
		move_site(v, move);
	else if (wizardview_at_end(v))
		move_outcome(v, move);
	else if (!wizardview_field_move(v, move) && move == MOVE_PAGE_DOWN)
		wizardview_next_page(v);
	else if (move == MOVE_PAGE_UP)
		wizardview_previous_page(v);
}

static bool key(struct view *view, const char *name)
{
	struct wizardview *v = (struct wizardview *)view;

	if (v->button == BUTTON_NONE && v->page >= 0 && !wizardview_at_end(v))
		return wizardview_field_key(v, name);
	if (strcmp(name, "Space") != 0)
		return false;
	ok(view);
	return true;
}

static void free_view(struct view *view)
{
	struct wizardview *v = (struct wizardview *)view;

	wizard_free(v->w);
	line_done(&v->line);
	free(v->path);
	free(v);
}

static const struct view_type type = {
	.name = "wizard", .draw = wizardview_draw, .move = move, .key = key, .ok = ok,
	.cancel = cancel, .free = free_view, .linear = wizardview_linear,
};

void wizardview_open(struct tui *t)
{
	struct wizardview *v = mem_new(struct wizardview);

	v->all = ui_wizards(t->ui);
	v->page = -1;
	v->button = BUTTON_NONE;
	line_init(&v->line, "");
	tui_push(t, &v->view, &type);
}
