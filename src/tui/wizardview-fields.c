/* The questions of a page: which has the focus, and what is typed into it. */
#include "tui/wizardview.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "model/ipv4.h"
#include "tui/ask.h"
#include "tui/draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The question with the focus, or NULL. */
static const struct wizard_question *focused(const struct wizardview *v)
{
	return v->w && v->button == BUTTON_NONE && v->page >= 0 && !wizardview_at_end(v) ?
	    wizard_at(v->w, (size_t)v->focus) : NULL;
}

int wizardview_rows(const struct wizardview *v, struct wizard_row *rows)
{
	const struct wizard_page *page = wizard_page(v->w, v->page);
	int n = 0, block = -1, count = (int)wizard_count(v->w);

	for (int i = 0; i < count && n < WIZARD_ROWS - 3; i++) {
		const struct wizard_question *q = wizard_at(v->w, (size_t)i);
		const struct wizard_block *b;

		if (q->page != v->page)
			continue;
		b = &page->blocks[q->block];
		if (q->block != block) {
			rows[n++] = (struct wizard_row){ ROW_TITLE, b, i, i };
			if (b->table)
				rows[n++] = (struct wizard_row){ ROW_HEAD, b, i, i };
		} else if (b->table && rows[n - 1].kind == ROW_TABLE &&
		    wizard_at(v->w, (size_t)rows[n - 1].first)->number == q->number) {
			rows[n - 1].end = i + 1;
			continue;
		}
		block = q->block;
		rows[n++] = (struct wizard_row){ b->table ? ROW_TABLE : ROW_ASK, b, i, i + 1 };
	}
	return n;
}

/* The row that a question stands in, or -1. */
static int row_of(const struct wizard_row *rows, int n, int question)
{
	for (int i = 0; i < n; i++)
		if (question >= rows[i].first && question < rows[i].end)
			return i;
	return -1;
}

static void show_focus(struct wizardview *v)
{
	struct wizard_row rows[WIZARD_ROWS];
	int n, row, seen = wizardview_body_rows(v);

	if (v->button != BUTTON_NONE || v->page < 0 || wizardview_at_end(v))
		return;
	n = wizardview_rows(v, rows);
	row = row_of(rows, n, v->focus);
	/* the titles above come along */
	for (int above = row; above > 0 && rows[above - 1].first == rows[above - 1].end; above--)
		v->top = draw_window(v->top, above - 1, seen, n);
	v->top = draw_window(v->top, row, seen, n);
}

/* What is typed is checked as it is typed; the words stay till it is right. */
static void check(struct wizardview *v)
{
	v->wrong.text[0] = '\0';
	if (focused(v))
		wizard_value_ok(v->w, (size_t)v->focus, &v->wrong);
}

void wizardview_focus(struct wizardview *v, int question, enum wizard_button button)
{
	const struct wizard_question *q;

	v->focus = question;
	v->button = button;
	v->fresh = true;
	q = focused(v);
	if (q)
		line_set(&v->line, q->value);
	check(v);
	show_focus(v);
}

int wizardview_first(const struct wizardview *v)
{
	for (size_t i = 0; v->page >= 0 && i < wizard_count(v->w); i++)
		if (wizard_at(v->w, i)->page == v->page)
			return (int)i;
	return -1;
}

/* A field is left only with a value that it can have. */
static bool may_leave(struct wizardview *v)
{
	check(v);
	if (v->wrong.text[0])
		screen_beep();
	return !v->wrong.text[0];
}

void wizardview_set(struct wizardview *v, const char *text)
{
	char *key = mem_dup(focused(v)->key);

	wizard_answer(v->w, key, text);
	/* the questions may be others now */
	for (size_t i = 0; i < wizard_count(v->w); i++)
		if (strcmp(wizard_at(v->w, i)->key, key) == 0) {
			v->focus = (int)i;
			v->page = wizard_at(v->w, i)->page;
		}
	free(key);
	check(v);
}

static void set_choice(struct wizardview *v, const char *word)
{
	line_set(&v->line, word);
	wizardview_set(v, word);
}

static void cycle(struct wizardview *v, int by)
{
	const struct choice *c = focused(v)->ask->field->choices;
	int n = 0, at = 0;

	for (; c[n].word; n++)
		if (strcmp(c[n].word, v->line.s) == 0)
			at = n;
	set_choice(v, c[(at + n + by) % n].word);
}

static void picked(struct tui *t, int which, const char *text, void *arg)
{
	struct wizardview *v = arg;

	(void)t;
	(void)text;
	if (which >= 0 && focused(v))
		set_choice(v, focused(v)->ask->field->choices[which].word);
}

static void pick(struct wizardview *v)
{
	const struct field *f = focused(v)->ask->field;
	const char *labels[32];
	int n = 0, at = 0;

	for (; f->choices[n].word && n < 32; n++) {
		labels[n] = tr(f->choices[n].label);
		if (strcmp(f->choices[n].word, v->line.s) == 0)
			at = n;
	}
	ask_choice(v->view.tui, tr(f->label), labels, n, at, picked, v);
}

int wizardview_interfaces(struct wizard_interface list[WIZARD_INTERFACES])
{
	struct interface found[WIZARD_INTERFACES];
	int n = (int)interface_list(found, WIZARD_INTERFACES);
	char address[16], mask[16], broadcast[16];

	for (int i = 0; i < n; i++) {
		struct ipv4_net net = { found[i].address, found[i].mask };

		ipv4_text(net.address, address);
		snprintf(list[i].words, sizeof list[i].words, "%-10.15s %-15.15s → %.15s",
		    found[i].name, address, ipv4_text(ipv4_broadcast(net), broadcast));
		/* by its numbers, so that what it means is seen */
		snprintf(list[i].net, sizeof list[i].net, "%s/%s", address,
		    ipv4_text(net.mask, mask));
	}
	return n;
}

static void picked_interface(struct tui *t, int which, const char *text, void *arg)
{
	struct wizard_interface list[WIZARD_INTERFACES];
	struct wizardview *v = arg;

	(void)t;
	(void)text;
	if (which >= 0 && focused(v) && which < wizardview_interfaces(list))
		set_choice(v, list[which].net);
}

static void pick_interface(struct wizardview *v)
{
	struct wizard_interface list[WIZARD_INTERFACES];
	const char *labels[WIZARD_INTERFACES];
	int n = wizardview_interfaces(list);

	for (int i = 0; i < n; i++)
		labels[i] = list[i].words;
	if (n)
		ask_choice(v->view.tui, _("Interface → local broadcast address"), labels, n, 0,
		    picked_interface, v);
	else
		tui_say(v->view.tui, 1, "%s", _("This machine tells no interface with an IPv4 address"));
}

/* Up or down: to the nearest row with questions, in a table in the same column. */
static void other_row(struct wizardview *v, int by)
{
	struct wizard_row rows[WIZARD_ROWS];
	int n = wizardview_rows(v, rows), row = row_of(rows, n, v->focus), column = 0;

	if (!may_leave(v))
		return;
	if (v->button != BUTTON_NONE)
		row = by > 0 ? -1 : n;
	else
		column = v->focus - rows[row].first;
	do
		row += by;
	while (row >= 0 && row < n && rows[row].first == rows[row].end);
	if (row < 0 || row >= n)
		wizardview_focus(v, v->focus, BUTTON_NEXT);
	else
		wizardview_focus(v, rows[row].first + column < rows[row].end ?
		    rows[row].first + column : rows[row].end - 1, BUTTON_NONE);
}

/* Tab: all questions of the page, then the buttons, and around. */
static void step(struct wizardview *v, int by)
{
	int first = wizardview_first(v), last = first, at, all;

	if (!may_leave(v))
		return;
	while (last + 1 < (int)wizard_count(v->w) &&
	    wizard_at(v->w, (size_t)last + 1)->page == v->page)
		last++;
	all = last - first + 1 + BUTTON_COUNT;
	at = v->button != BUTTON_NONE ? last - first + 1 + (int)v->button : v->focus - first;
	at = (at + by + all) % all;
	if (at <= last - first)
		wizardview_focus(v, first + at, BUTTON_NONE);
	else
		wizardview_focus(v, v->focus, (enum wizard_button)(at - (last - first + 1)));
}

static void move_in_field(struct wizardview *v, enum move move)
{
	static const char *const keys[] = { [MOVE_LEFT] = "Left",
	    [MOVE_RIGHT] = "Right", [MOVE_HOME] = "Home", [MOVE_END] = "End" };
	const struct wizard_question *q = focused(v);

	if (!q) {
		if (move == MOVE_LEFT || move == MOVE_RIGHT)
			step(v, move == MOVE_LEFT ? -1 : 1);
	} else if (!q->ask->field->choices) {
		line_key(&v->line, keys[move]);
		v->fresh = false;
	} else if (move == MOVE_LEFT || move == MOVE_RIGHT) {
		cycle(v, move == MOVE_LEFT ? -1 : 1);
	}
}

bool wizardview_field_move(struct wizardview *v, enum move move)
{
	switch (move) {
	case MOVE_UP:		other_row(v, -1); break;
	case MOVE_DOWN:		other_row(v, 1); break;
	case MOVE_NEXT:		step(v, 1); break;
	case MOVE_PREVIOUS:	step(v, -1); break;
	case MOVE_PAGE_UP:
	case MOVE_PAGE_DOWN:	return false;
	default:		move_in_field(v, move);
	}
	return true;
}

static bool choice_key(struct wizardview *v, const struct field *f, const char *name)
{
	if (strcmp(name, "Space") == 0) {
		pick(v);
		return true;
	}
	/* a letter chooses what begins with it */
	for (const struct choice *c = f->choices; c->word; c++)
		if (strncasecmp(tr(c->label), name, strlen(name)) == 0 ||
		    strncasecmp(c->word, name, strlen(name)) == 0) {
			set_choice(v, c->word);
			return true;
		}
	return false;
}

bool wizardview_field_key(struct wizardview *v, const char *name)
{
	const struct wizard_question *q = focused(v);
	bool used;

	if (q->ask->field->choices)
		return choice_key(v, q->ask->field, name);
	if (wizard_asks_network(q->ask) && strcmp(name, "Space") == 0) {
		pick_interface(v);
		return true;
	}
	if (v->fresh && line_inserts(name))
		line_set(&v->line, "");
	used = line_key(&v->line, name);
	v->fresh = v->fresh && !used;
	if (used)
		wizardview_set(v, v->line.s);
	return used;
}
