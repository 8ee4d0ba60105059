#include "tui/comparing.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/ask.h"
#include "tui/mainview.h"
#include "tui/sheet.h"

#include <stdlib.h>

const struct node *settings_node(const struct settings *s, const struct cards_one *one)
{
	return site_find(app_site(s->view.tui->app), one->id);
}

/* What it cannot have is only told where the site asks for it. */
static bool is_shown(const struct settings *s, const struct cards_one *one,
    const struct outcome *o)
{
	const struct node *n = settings_node(s, one);

	if (o->kind == OUTCOME_UNSUPPORTED)
		return s->all || (n && node_gives(n, o->field));
	return s->all || o->kind != OUTCOME_ALIKE;
}

static void add_row(struct settings *s, size_t card, const struct outcome *setting)
{
	mem_grow(s->rows, s->n, s->cap);
	s->rows[s->n++] = (struct spot_row){ card, setting };
}

void settings_list(struct settings *s)
{
	s->n = 0;
	for (size_t i = 0; i < cards_count(s->cards); i++) {
		const struct cards_one *one = cards_at(s->cards, i);
		size_t before = s->n;

		for (size_t k = 0; k < one->n && one->phase != CARD_FAILED; k++)
			if (is_shown(s, one, &one->list[k]))
				add_row(s, i, &one->list[k]);
		if (s->n == before)
			add_row(s, i, NULL);
	}
	if (s->at >= s->n)
		s->at = s->n ? s->n - 1 : 0;
}

bool settings_can_take(struct tui *t, struct err *e)
{
	const struct settings *s = settings_on_top(t);

	if (!s)
		return err_set(e, _("Compare with the cards first."));
	if (!app_writable(t->app, e))
		return false;
	if (cards_busy(s->cards))
		return err_set(e, _("Some cards are still asked."));
	return cards_offered(s->cards) > 0 ||
	    err_set(e, _("No card keeps another value that the site could hold."));
}

void settings_take(struct tui *t)
{
	struct settings *s = settings_on_top(t);
	struct err e;
	int n = cards_take(s->cards, &e);

	if (n < 0)
		ask_message(t, _("Nothing was changed"), e.text);
	else
		tui_say(t, 0, ngettext("%d setting taken from the cards; u undoes it",
		    "%d settings taken from the cards; u undoes it", (unsigned long)n), n);
	settings_list(s);
}

bool settings_is_open(struct tui *t, struct err *e)
{
	return settings_on_top(t) || err_set(e, _("Compare with the cards first."));
}

void settings_show_all(struct tui *t)
{
	struct settings *s = settings_on_top(t);

	s->all = !s->all;
	settings_list(s);
}

static void move(struct view *v, enum move move)
{
	struct settings *s = (struct settings *)v;
	size_t page = settings_window() - 1, last = s->n ? s->n - 1 : 0;

	switch (move) {
	case MOVE_UP:		s->at -= s->at > 0; break;
	case MOVE_DOWN:		s->at += s->at < last; break;
	case MOVE_PAGE_UP:	s->at = s->at > page ? s->at - page : 0; break;
	case MOVE_PAGE_DOWN:	s->at = s->at + page < last ? s->at + page : last; break;
	case MOVE_HOME:		s->at = 0; break;
	case MOVE_END:		s->at = last; break;
	default:		break;
	}
}

/* Was the site changed: in a form from here, or by an undo? */
static void changed(struct view *v)
{
	struct settings *s = (struct settings *)v;
	unsigned long now = site_changes(app_site(v->tui->app));

	if (now != s->seen && !cards_busy(s->cards)) {
		s->seen = now;
		cards_compare(s->cards);
	}
	settings_list(s);
}

static void ok(struct view *v)
{
	struct settings *s = (struct settings *)v;
	struct tui *t = v->tui;
	unsigned id = s->n ? cards_at(s->cards, s->rows[s->at].card)->id : 0;
	const struct field *f = s->n && s->rows[s->at].setting ? s->rows[s->at].setting->field : NULL;

	if (site_find(app_site(t->app), id))
		sheet_edit_field(t, id, f);
}

static void left(struct tui *t, int which, const char *text, void *arg)
{
	(void)text;
	if (which == 0 && settings_on_top(t) == arg)
		tui_close(arg);
}

void settings_cancel(struct view *v)
{
	struct settings *s = (struct settings *)v;
	bool writes = false;

	for (size_t i = 0; i < cards_count(s->cards); i++)
		writes = writes || cards_at(s->cards, i)->phase == CARD_WRITING ||
		    cards_at(s->cards, i)->phase == CARD_TO_WRITE;
	if (writes)
		ask_confirm(v->tui, _("Write settings to UPS"), _("Settings are still being written "
		    "and read back. Leave without knowing what becomes of them?"), left, v);
	else
		tui_close(v);
}

static void free_view(struct view *v)
{
	struct settings *s = (struct settings *)v;

	cards_free(s->cards);
	free(s->rows);
	free(s);
}

static const struct view_type type = {
	.name = "settings", .draw = settings_draw, .move = move, .ok = ok, .cancel = settings_cancel,
	.changed = changed, .free = free_view, .linear = settings_linear,
};

struct settings *settings_on_top(const struct tui *t)
{
	return t->top->type == &type ? (struct settings *)t->top : NULL;
}

/* Opening */

unsigned *settings_chosen(const struct tui *t, size_t *n)
{
	unsigned *ids = mainview_chosen(t, KIND_UPS, n);
	const struct node *top = mainview_node(t), *i;

	if (*n > 0 || !top)
		return ids;
	free(ids);
	ids = mem_zero(site_count(app_site(t->app), KIND_UPS) + 1, sizeof *ids);
	for (i = top; i; i = node_next(i, top))
		if (i->kind == KIND_UPS)
			ids[(*n)++] = i->id;
	return ids;
}

static void open_view(struct tui *t, const unsigned *ids, size_t n, bool ask)
{
	struct settings *s = mem_new(struct settings);

	s->view.tui = t;
	s->ask = ask;
	s->seen = site_changes(app_site(t->app));
	s->cards = cards_new(t->app, ids, n, settings_news, s);
	settings_list(s);
	tui_push(t, &s->view, &type);
}

/* A form is taken first: what it has is what is compared. */
static bool open_form(struct tui *t, bool ask)
{
	struct sheet *form = sheet_on_top(t);
	unsigned id;

	if (!form)
		return false;
	id = sheet_take_along(form);
	if (id)
		open_view(t, &id, 1, ask);
	return true;
}

bool settings_can_compare(struct tui *t, struct err *e)
{
	const struct sheet *form = sheet_on_top(t);
	size_t n;

	if (form)
		return form->layout->kind == KIND_UPS ||
		    err_set(e, _("Select a power device or a group of them."));
	free(settings_chosen(t, &n));
	return n > 0 || err_set(e, _("Select a power device or a group of them."));
}

void settings_compare(struct tui *t)
{
	unsigned *ids;
	size_t n;

	if (open_form(t, false))
		return;
	ids = settings_chosen(t, &n);
	open_view(t, ids, n, false);
	free(ids);
}

bool settings_can_write(struct tui *t, struct err *e)
{
	const struct settings *s = settings_on_top(t);
	size_t cards;

	if (!app_writable(t->app, e))
		return false;
	if (!s)
		return settings_can_compare(t, e);
	if (cards_busy(s->cards))
		return err_set(e, _("Some cards are still asked."));
	return settings_differences(s, &cards) > 0 ||
	    err_set(e, _("Nothing differs: there is nothing to write."));
}

void settings_write(struct tui *t)
{
	struct settings *s = settings_on_top(t);
	unsigned *ids;
	size_t n;

	if (s) {
		settings_ask_to_write(s);
	} else if (!open_form(t, true)) {
		ids = settings_chosen(t, &n);
		open_view(t, ids, n, true);
		free(ids);
	}
}
