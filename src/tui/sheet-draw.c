/* How a form looks. */
#include "tui/sheet.h"

#include "base/i18n.h"
#include "base/text.h"
#include "tui/draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the parts of a column stand, relative to its left side. */
struct shape {
	int cols;		/* of a column */
	int label;		/* of a label */
};

void sheet_title(const struct sheet *s, struct text *t)
{
	const struct site *site = app_site(s->view.tui->app);
	const struct node *n = s->node ? site_find(site, s->node) : NULL;
	const struct node *up = n ? n->parent : site_find(site, s->place.id);
	enum container c = n ? n->container : s->place.container;

	if (n && up)
		text_printf(t, "%s: %s (%s", tr(kind_label(n->kind)), node_name(n),
		    up->parent ? node_name(up) : _("network"));
	else if (n)
		text_printf(t, "%s", _("Network"));
	else
		text_printf(t, _("New: %s (%s"), tr(kind_label(s->layout->kind)),
		    up->parent ? node_name(up) : _("network"));
	if (up && c != IN_ITSELF)
		text_printf(t, " / %s", tr(container_label(c)));
	if (up)
		text_add(t, ")");
}

static int digits(const struct field *f)
{
	int a = snprintf(NULL, 0, "%d", f->min), b = snprintf(NULL, 0, "%d", f->max);

	return (a > b ? a : b) + 1;
}

static const char *choice_label(const struct field *f, const char *word)
{
	const struct choice *c = f->choices;

	while (c->word && strcmp(c->word, word) != 0)
		c++;
	return c->word ? tr(c->label) : word;
}

/* Empty: what it is comes from elsewhere, and that is shown in its place. */
static bool is_inherited(const struct entry *en)
{
	return en->field->flags & FIELD_INHERITS && !*en->line.s;
}

/* Of a field and what it is now, where there is so much room. */
static int input_cols(const struct entry *en, int room, bool now)
{
	const struct field *f = en->field;
	int want;

	/* beside it stands what the card has */
	if (f->flags & FIELD_IN_CARD)
		room -= 4;
	if (f->choices) {
		want = text_width(choice_label(f, en->line.s)) + 2;
	} else if (f->type == FIELD_NUMBER && (now || !is_inherited(en))) {
		want = digits(f);
	} else {
		want = room;
	}
	return want < room ? want : room;
}

static void draw_value(const struct sheet *s, const struct entry *en, int y, int x,
    int cols, enum role role, bool now)
{
	const struct field *f = en->field;
	char origin[120];

	if (f->choices) {
		screen_fill(y, x, 1, cols, role);
		draw_cut(y, x, cols - 1, role, choice_label(f, en->line.s));
		screen_put(y, x + cols - 1, 1, role, shape(SHAPE_CHOICE));
		if (now)
			screen_cursor(y, x, true);
		return;
	}
	sheet_origin(s, en, origin, sizeof origin);
	if (is_inherited(en) && *origin && !now)
		draw_cut(y, x, cols, ROLE_GREYED, origin);
	else
		draw_line(y, x, cols, role, &en->line, f->flags & FIELD_SECRET, now);
	if (sheet_names_profile(en) && text_width(en->line.s) < cols - 1)
		screen_put(y, x + cols - 1, 1, role, shape(SHAPE_CHOICE));
}

static void draw_card_value(const struct entry *en, int y, int x, int cols)
{
	const struct collected *card = &en->card;
	bool same = strcmp(card->value, en->line.s) == 0;
	char text[120];

	if (cols < 3)
		return;
	if (!card->value[0])
		snprintf(text, sizeof text, "–");
	else
		snprintf(text, sizeof text, "%s %s", same ? "=" : "≠", !en->field->choices ?
		    card->value : same ? "" : choice_label(en->field, card->value));
	x += draw_cut(y, x, cols, same || !card->value[0] ? ROLE_DIALOG : ROLE_NOTE, text);
	if (card->value[0] && !same && cols - text_width(text) > text_width(_(" differs")))
		screen_put(y, x, cols, ROLE_NOTE, _(" differs"));
}

enum role sheet_role(enum severity severity)
{
	return severity == SEVERITY_ERROR ? ROLE_ERROR :
	    severity == SEVERITY_WARNING ? ROLE_WARNING : ROLE_NOTE;
}

static void draw_entry(const struct sheet *s, int i, int y, int x,
    const struct shape *shape)
{
	const struct entry *en = &s->entries[i];
	const struct field *f = en->field;
	bool now = i == s->focus && s->view.tui->top == &s->view;
	bool unused = sheet_unused(s, en);
	enum role role = i == s->focus ? (s->wrong.text[0] ? ROLE_FIELD_BAD :
	    ROLE_FIELD_NOW) : unused ? ROLE_GREYED : ROLE_FIELD;
	const struct finding *finding = sheet_finding(s, f);
	int room = shape->cols - shape->label - 1, cols, unit = 0;

	if (f->unit)
		unit = text_width(field_unit(f)) + 1;
	cols = input_cols(en, room - unit, now);
	draw_label(y, x, shape->label, unused ? ROLE_GREYED : ROLE_LABEL,
	    ui_label(s->view.tui->ui, s->layout->kind, f, shape->label));
	x += shape->label + 1;
	if (finding)
		screen_put(y, x - 1, 1, sheet_role(finding->severity), "!");
	draw_value(s, en, y, x, cols, role, now);
	if (sheet_has_list(en) && !f->choices && en->line.len < (size_t)cols - 1)
		screen_put(y, x + cols - 1, 1, role, "▾");
	target_add(y, x, 1, cols, TARGET_FIELD, (unsigned)i);
	x += cols;
	if (f->unit) {
		screen_put(y, x + 1, unit, ROLE_LABEL, field_unit(f));
		x += unit;
	}
	room -= cols + unit + 1;
	if (f->flags & FIELD_IN_CARD && en->card.field)
		draw_card_value(en, y, x + 1, room);
	else if (finding && room >= (int)strlen(finding->rule))
		screen_put(y, x + 1, room, sheet_role(finding->severity), finding->rule);
}

static void draw_section(const struct sheet *s, const struct spot *spot, int y, int x,
    int cols)
{
	struct text t = { 0 };
	bool card = spot + 1 < s->layout->spots + s->layout->n && spot[1].field &&
	    spot[1].field->flags & FIELD_IN_CARD;
	struct tm tm;

	text_printf(&t, "─ %s ", tr(spot->title));
	if (card && s->collect)
		text_add(&t, _("· reading… "));
	else if (card && s->collected && localtime_r(&s->collected, &tm))
		text_printf(&t, _("· read %02d:%02d:%02d "), tm.tm_hour, tm.tm_min, tm.tm_sec);
	screen_hline(y, x, cols, ROLE_DIALOG);
	screen_put(y, x, cols, ROLE_HEAD, t.s);
	text_done(&t);
}

static void draw_ident(const struct sheet *s, const struct reading_attr *attr, int y,
    int x, const struct shape *shape)
{
	const char *at = (const char *)&s->ident + attr->offset;

	screen_put(y, x, shape->label, ROLE_LABEL, tr(attr->label));
	if (attr->text)
		draw_cut(y, x + shape->label + 1, shape->cols - shape->label - 1,
		    ROLE_DIALOG, at);
}

static void draw_column(const struct sheet *s, int column, int y, int x,
    const struct shape *shape, int rows)
{
	int row = 0, entry = 0, all = sheet_column_rows(s, column);
	int top = s->top[column] > all - rows ? (all > rows ? all - rows : 0) : s->top[column];

	for (size_t i = 0; i < s->layout->n; i++) {
		const struct spot *spot = &s->layout->spots[i];
		int at = y + row - top;
		bool shown = spot->column == column && row >= top && row < top + rows;

		if (shown && spot->title)
			draw_section(s, spot, at, x, shape->cols);
		else if (shown && spot->attr)
			draw_ident(s, spot->attr, at, x, shape);
		else if (shown)
			draw_entry(s, entry, at, x, shape);
		entry += spot->field != NULL;
		row += spot->column == column;
	}
	draw_more(y, x + shape->cols - 1, rows, top, all);
}

/* Whole labels where there is room for all of them, else the words of the key bar. */
static const char *button_label(const struct sheet *s, int i, bool brief)
{
	return tr(brief ? s->layout->buttons[i]->brief : s->layout->buttons[i]->label);
}

static void draw_buttons(const struct sheet *s, int y, int x, int cols)
{
	int n = (int)s->layout->buttons_n, end = x + cols;
	const char *ok = _("OK"), *cancel = _("Cancel");
	int used = draw_button_cols(ok) + draw_button_cols(cancel) + 1;

	for (int i = 0; i < n; i++)
		used += draw_button_cols(button_label(s, i, false)) + 1;
	for (int i = 0; i < n; i++)
		x += draw_button_of(y, x, button_label(s, i, used > cols),
		    s->focus == s->n + i, (unsigned)i) + 1;
	x = end - draw_button_cols(ok) - draw_button_cols(cancel) - 1;
	x += draw_button_of(y, x, ok, s->focus == s->n + n, (unsigned)n) + 1;
	draw_button_of(y, x, cancel, s->focus == s->n + n + 1, (unsigned)n + 1);
}

static int longest_label(const struct sheet *s)
{
	int most = 0;

	for (int i = 0; i < s->n; i++)
		if (text_width(tr(s->entries[i].field->label)) > most)
			most = text_width(tr(s->entries[i].field->label));
	return most;
}

void sheet_draw(struct view *v)
{
	const struct sheet *s = (const struct sheet *)v;
	int columns = s->layout->columns, rows = sheet_body_rows(s), y, x;
	int cols = columns == 2 ? 112 : 80, inner;
	struct shape shape;
	struct text title = { 0 };

	if (cols > screen_cols())
		cols = screen_cols();
	inner = cols - 4;
	shape.cols = columns == 2 ? (inner - 2) / 2 : inner;
	shape.label = longest_label(s);
	if (shape.label > shape.cols - 17)
		shape.label = shape.cols - 17;
	sheet_title(s, &title);
	draw_dialog(rows + 8, cols, title.s, &y, &x);
	text_done(&title);
	for (int c = 0; c < columns; c++)
		draw_column(s, c, y, x + c * (shape.cols + 2), &shape, rows);
	y += rows;
	screen_hline(y, x, inner, ROLE_DIALOG);
	sheet_draw_help(s, y + 1, x, inner);
	draw_buttons(s, y + 5, x, inner);
}
