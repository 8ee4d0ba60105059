#include "tui/settings.h"

#include "app/cards.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/ask.h"
#include "tui/draw.h"
#include "tui/linear.h"
#include "tui/mainview.h"
#include "tui/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A row is a setting of a card, or the card itself: setting NULL. */
struct spot_row {
	size_t card;
	const struct outcome *setting;
};

struct settings {
	struct view view;
	struct cards *cards;
	struct spot_row *rows;
	size_t n, cap, at, top;
	bool all;		/* also what is alike */
	bool ask;		/* to write, when all have been read */
	bool wrote;		/* it is being written, and not told yet how it ended */
	unsigned long seen;	/* site_changes() of what is compared */
};

static struct settings *on_top(const struct tui *);

static const struct node *node_of(const struct settings *s, const struct cards_one *one)
{
	return site_find(app_site(s->view.tui->app), one->id);
}

/* What it cannot have is only told where the site asks for it. */
static bool is_shown(const struct settings *s, const struct cards_one *one,
    const struct outcome *o)
{
	const struct node *n = node_of(s, one);

	if (o->kind == OUTCOME_UNSUPPORTED)
		return s->all || (n && node_gives(n, o->field));
	return s->all || o->kind != OUTCOME_ALIKE;
}

static void add_row(struct settings *s, size_t card, const struct outcome *setting)
{
	mem_grow(s->rows, s->n, s->cap);
	s->rows[s->n++] = (struct spot_row){ card, setting };
}

static void list_rows(struct settings *s)
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

/* Words of a card without rows of its own. */
static enum role card_words(const struct cards_one *one, char *buf, size_t size)
{
	switch (one->phase) {
	case CARD_WAITS:
	case CARD_TO_WRITE:
		text_copy(buf, size, _("waits for its turn"));
		return ROLE_GREYED;
	case CARD_READING:
		text_copy(buf, size, _("asked …"));
		return ROLE_GREYED;
	case CARD_FAILED:
		text_copy(buf, size, one->error.text);
		return ROLE_ALARM;
	default:
		text_copy(buf, size, _("= all as in the site"));
		return ROLE_GOOD;
	}
}

static enum role role_of(enum outcome_kind k)
{
	switch (k) {
	case OUTCOME_ALIKE:
	case OUTCOME_KEPT:
		return ROLE_GOOD;
	case OUTCOME_DIFFERS:
	case OUTCOME_WRITTEN:
		return ROLE_NOTE;
	case OUTCOME_SNAPPED:
		return ROLE_WARNING;
	case OUTCOME_UNSUPPORTED:
		return ROLE_GREYED;
	default:
		return ROLE_ALARM;
	}
}

static const char *mark_of(enum outcome_kind k)
{
	switch (k) {
	case OUTCOME_ALIKE:
	case OUTCOME_KEPT:
		return "=";
	case OUTCOME_SNAPPED:
	case OUTCOME_DIFFERS:
		return "≠";
	case OUTCOME_WRITTEN:
		return "…";
	case OUTCOME_UNSUPPORTED:
		return "-";
	default:
		return "!";
	}
}

static enum role row_words(const struct settings *s, const struct spot_row *r, char *buf,
    size_t size)
{
	if (!r->setting)
		return card_words(cards_at(s->cards, r->card), buf, size);
	outcome_words(r->setting, buf, size);
	return role_of(r->setting->kind);
}

static size_t count_differences(const struct settings *s, size_t *cards)
{
	size_t n = 0, one;

	*cards = 0;
	for (size_t i = 0; i < cards_count(s->cards); i++) {
		if (cards_at(s->cards, i)->phase == CARD_FAILED)
			continue;
		one = cards_differences(cards_at(s->cards, i));
		n += one;
		*cards += one > 0;
	}
	return n;
}

/* Drawing */

enum { NAME_COLS = 11, LABEL_COLS = 25, VALUE_COLS = 10, HEAD_ROWS = 2, WORD_ROWS = 3,
	WORDS_COLS = 60 };	/* less is no room for the words: the lines below have them */

static size_t window(void)
{
	int rows = screen_rows() - 5 - HEAD_ROWS + 1 - WORD_ROWS;

	return rows > 1 ? (size_t)rows : 1;
}

static void draw_row(const struct settings *s, size_t i, int y, int x, int cols)
{
	const struct spot_row *r = &s->rows[i];
	const struct cards_one *one = cards_at(s->cards, r->card);
	const struct node *n = node_of(s, one);
	bool here = i == s->at, first = i == 0 || s->rows[i - 1].card != r->card || i == s->top;
	char words[600], value[80];
	enum role role = row_words(s, r, words, sizeof words), plain = ROLE_TEXT;

	if (here) {
		screen_fill(y, x, 1, cols, ROLE_SELECTED);
		screen_cursor(y, x, false);
		role = plain = ROLE_SELECTED;
	}
	if (first)
		draw_label(y, x, NAME_COLS - 1, here ? plain : ROLE_GROUP, n ? node_name(n) : "?");
	x += NAME_COLS;
	cols -= NAME_COLS;
	if (!r->setting) {
		screen_put(y, x, cols, role, words);
		return;
	}
	draw_label(y, x, LABEL_COLS - 1, plain, tr(r->setting->field->label));
	outcome_value(r->setting->field, r->setting->asked, value, sizeof value);
	draw_label(y, x + LABEL_COLS, VALUE_COLS - 1, plain, value);
	screen_put(y, x + LABEL_COLS + VALUE_COLS, 2, role, mark_of(r->setting->kind));
	outcome_value(r->setting->field, r->setting->kept, value, sizeof value);
	draw_label(y, x + LABEL_COLS + VALUE_COLS + 2, VALUE_COLS - 1, plain, value);
	x += LABEL_COLS + 2 * VALUE_COLS + 2;
	cols -= LABEL_COLS + 2 * VALUE_COLS + 2;
	screen_put(y, x, cols, role, cols < WORDS_COLS ? tr(outcome_label(r->setting->kind)) : words);
}

static void draw_head(int y, int x, int cols)
{
	screen_put(y, x, NAME_COLS - 1, ROLE_HEAD, _("Name"));
	x += NAME_COLS;
	screen_put(y, x, LABEL_COLS - 1, ROLE_HEAD, _("Setting"));
	screen_put(y, x + LABEL_COLS, VALUE_COLS - 1, ROLE_HEAD, _("Site"));
	screen_put(y, x + LABEL_COLS + VALUE_COLS + 2, VALUE_COLS - 1, ROLE_HEAD, _("Card"));
	screen_put(y, x + LABEL_COLS + 2 * VALUE_COLS + 2, cols - NAME_COLS - LABEL_COLS -
	    2 * VALUE_COLS - 2, ROLE_HEAD, _("What becomes of it"));
}

static void title_of(const struct settings *s, char *buf, size_t size)
{
	size_t cards, n = count_differences(s, &cards);
	size_t over = 0;

	for (size_t i = 0; i < cards_count(s->cards); i++)
		over += cards_at(s->cards, i)->phase == CARD_READ ||
		    cards_at(s->cards, i)->phase == CARD_WRITTEN ||
		    cards_at(s->cards, i)->phase == CARD_FAILED;
	if (cards_busy(s->cards))
		snprintf(buf, size, _("Settings kept in the UPS: %zu of %zu cards done"), over,
		    cards_count(s->cards));
	else
		snprintf(buf, size, ngettext("Settings kept in the UPS: %zu differs, on %zu of %zu cards",
		    "Settings kept in the UPS: %zu differ, on %zu of %zu cards", n), n, cards,
		    cards_count(s->cards));
}

static void draw(struct view *v)
{
	struct settings *s = (struct settings *)v;
	int cols = screen_cols() - 4, rows = (int)window(), bottom = screen_rows() - 3 - WORD_ROWS;
	char title[200], words[600];
	enum role role;

	s->top = (size_t)draw_window((int)s->top, (int)s->at, rows, (int)s->n);
	title_of(s, title, sizeof title);
	screen_fill(1, 0, screen_rows() - 3, screen_cols(), ROLE_TEXT);
	screen_box(1, 0, screen_rows() - 3, screen_cols(), ROLE_FOCUS, title);
	draw_head(2, 2, cols);
	for (size_t i = s->top; i < s->n && i < s->top + (size_t)rows; i++)
		draw_row(s, i, 3 + (int)(i - s->top), 2, cols);
	draw_more(3, screen_cols() - 1, rows, (int)s->top, (int)s->n);
	if (s->n == 0)
		return;
	role = row_words(s, &s->rows[s->at], words, sizeof words);
	draw_wrapped(bottom, 2, WORD_ROWS, cols, role, words);
}

/* Doing */

static void wrote(struct tui *t, int which, const char *text, void *arg)
{
	struct settings *s = arg;

	(void)text;
	if (which != 0 || on_top(t) != s)
		return;
	for (size_t i = 0; i < cards_count(s->cards); i++)
		if (cards_differences(cards_at(s->cards, i)))
			cards_write(s->cards, i, NULL);
	s->wrote = true;
	list_rows(s);
	tui_draw_soon(t);
}

/* What is kept otherwise can be taken over: that is the way to have them alike. */
static void tell_end(struct settings *s)
{
	size_t n = cards_offered(s->cards);

	s->wrote = false;
	if (n > 0)
		tui_say(s->view.tui, 2, ngettext("%zu setting is kept otherwise; t takes it into the site",
		    "%zu settings are kept otherwise; t takes them into the site", n), n);
	else
		tui_say(s->view.tui, 0, _("Written, and read back"));
}

static void ask_to_write(struct settings *s)
{
	struct text words = { 0 }, names = { 0 };
	size_t cards, n = count_differences(s, &cards), named = 0;

	s->ask = false;
	for (size_t i = 0; i < cards_count(s->cards); i++) {
		const struct cards_one *one = cards_at(s->cards, i);

		if (cards_differences(one) && node_of(s, one) && ++named <= 8)
			text_printf(&names, "%s%s", named > 1 ? ", " : "",
			    node_name(node_of(s, one)));
	}
	text_add(&names, named > 8 ? " …" : "");
	text_printf(&words, ngettext("Write %zu setting, to %s?", "Write %zu settings, to %s?", n),
	    n, names.s);
	text_printf(&words, "\n\n%s", _("Each is read back until it shows, for up to 15 s."));
	ask_confirm(s->view.tui, _("Write settings to UPS"), words.s, wrote, s);
	text_done(&words);
	text_done(&names);
}

static void news(void *arg)
{
	struct settings *s = arg;
	size_t cards;

	list_rows(s);
	tui_draw_soon(s->view.tui);
	if (s->wrote && !cards_busy(s->cards))
		tell_end(s);
	if (!s->ask || cards_busy(s->cards) || on_top(s->view.tui) != s)
		return;
	if (count_differences(s, &cards))
		ask_to_write(s);
	else
		s->ask = false;
}

bool settings_can_take(struct tui *t, struct err *e)
{
	const struct settings *s = on_top(t);

	if (!s)
		return err_set(e, _("Compare with the cards first."));
	if (app_read_only(t->app))
		return err_kind(e, ERR_REFUSED, _("The site was opened read-only."));
	if (cards_busy(s->cards))
		return err_set(e, _("Some cards are still asked."));
	return cards_offered(s->cards) > 0 ||
	    err_set(e, _("No card keeps another value that the site could hold."));
}

void settings_take(struct tui *t)
{
	struct settings *s = on_top(t);
	struct err e;
	int n = cards_take(s->cards, &e);

	if (n < 0)
		ask_message(t, _("Nothing was changed"), e.text);
	else
		tui_say(t, 0, ngettext("%d setting taken from the cards; u undoes it",
		    "%d settings taken from the cards; u undoes it", (unsigned long)n), n);
	list_rows(s);
}

bool settings_is_open(struct tui *t, struct err *e)
{
	return on_top(t) || err_set(e, _("Compare with the cards first."));
}

void settings_show_all(struct tui *t)
{
	struct settings *s = on_top(t);

	s->all = !s->all;
	list_rows(s);
}

static void move(struct view *v, enum move move)
{
	struct settings *s = (struct settings *)v;
	size_t page = window() - 1, last = s->n ? s->n - 1 : 0;

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
	list_rows(s);
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
	if (which == 0 && on_top(t) == arg)
		tui_close(arg);
}

static void cancel(struct view *v)
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

/* When all are through: a line each, then what to do. */
static void linear(struct view *v, struct linear *l)
{
	static const char *const labels[] = { N_("Write settings to UPS"),
	    N_("Take the cards' values"), N_("Cancel") };
	const char *const words[] = { tr(labels[0]), tr(labels[1]), tr(labels[2]) };
	struct settings *s = (struct settings *)v;
	char title[200], text[600];
	size_t cards;
	struct err e;

	if (cards_busy(s->cards)) {
		if (!linear_wait(l))
			cancel(v);
		return;
	}
	s->ask = false;
	title_of(s, title, sizeof title);
	linear_say(l, "%s", title);
	for (size_t i = 0; i < s->n; i++) {
		const struct node *n = node_of(s, cards_at(s->cards, s->rows[i].card));

		row_words(s, &s->rows[i], text, sizeof text);
		linear_say(l, "%s%s%s: %s", n ? node_name(n) : "?", s->rows[i].setting ? ", " : "",
		    s->rows[i].setting ? tr(s->rows[i].setting->field->label) : "", text);
	}
	if (!count_differences(s, &cards)) {
		cancel(v);
		return;
	}
	linear_say(l, "  1 %s\n  2 %s\n  3 %s", words[0], words[1], words[2]);
	switch (linear_choose(l, words, 3, 2)) {
	case 0:
		if (settings_can_write(v->tui, &e))
			ask_to_write(s);
		else
			linear_say(l, "%s", e.text);
		break;
	case 1:
		if (settings_can_take(v->tui, &e))
			settings_take(v->tui);
		else
			linear_say(l, "%s", e.text);
		break;
	default:
		cancel(v);
	}
}

static void free_view(struct view *v)
{
	struct settings *s = (struct settings *)v;

	cards_free(s->cards);
	free(s->rows);
	free(s);
}

static const struct view_type type = {
	.name = "settings", .draw = draw, .move = move, .ok = ok, .cancel = cancel,
	.changed = changed, .free = free_view, .linear = linear,
};

static struct settings *on_top(const struct tui *t)
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
	s->cards = cards_new(t->app, ids, n, news, s);
	list_rows(s);
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
	const struct settings *s = on_top(t);
	size_t cards;

	if (app_read_only(t->app))
		return err_kind(e, ERR_REFUSED, _("The site was opened read-only."));
	if (!s)
		return settings_can_compare(t, e);
	if (cards_busy(s->cards))
		return err_set(e, _("Some cards are still asked."));
	return count_differences(s, &cards) > 0 ||
	    err_set(e, _("Nothing differs: there is nothing to write."));
}

void settings_write(struct tui *t)
{
	struct settings *s = on_top(t);
	unsigned *ids;
	size_t n;

	if (s) {
		ask_to_write(s);
	} else if (!open_form(t, true)) {
		ids = settings_chosen(t, &n);
		open_view(t, ids, n, true);
		free(ids);
	}
}
