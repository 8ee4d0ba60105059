#include "tui/pulldown.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/bars.h"
#include "tui/draw.h"
#include "tui/linear.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pulldown {
	struct view view;
	size_t menu, item;
	int top;		/* the first entry shown, should not all fit */
};

static const struct menu *menu_of(const struct pulldown *p)
{
	return &p->view.tui->ui->menus[p->menu];
}

/* The keys of the main screen, as the entries of a menu do what they do there. */
static const char *key_of(const struct pulldown *p, const struct action *a)
{
	const char *key = keys_of(p->view.tui->ui->keys, "main", a);

	return key ? key : "";
}

static void draw(struct view *v)
{
	struct pulldown *p = (struct pulldown *)v;
	const struct menu *m = menu_of(p);
	int x = bars_menu_x(v->tui, p->menu), label = 0, key = 0, cols;
	int most = screen_rows() - 5, rows = (int)m->n < most ? (int)m->n : most;
	struct err why;

	for (size_t i = 0; i < m->n; i++) {
		int w = m->items[i] ? text_width(tr(m->items[i]->label)) : 0;
		int k = m->items[i] ? text_width(key_of(p, m->items[i])) : 0;

		label = w > label ? w : label;
		key = k > key ? k : key;
	}
	cols = label + key + 6;
	screen_put(0, x - 1, 1, ROLE_SELECTED, " ");
	x += screen_put(0, x, 30, ROLE_SELECTED, tr(m->title));
	screen_put(0, x, 1, ROLE_SELECTED, " ");
	x = bars_menu_x(v->tui, p->menu) - 1;
	if (x + cols > screen_cols())
		x = screen_cols() - cols;
	screen_fill(1, x, rows + 2, cols, ROLE_DIALOG);
	screen_box(1, x, rows + 2, cols, ROLE_DIALOG, NULL);
	target_add(1, x, rows + 2, cols, TARGET_BOX, 0);
	p->top = draw_window(p->top, (int)p->item, rows, (int)m->n);
	for (size_t i = (size_t)p->top; i < (size_t)(p->top + rows); i++) {
		const struct action *a = m->items[i];
		int y = 2 + (int)i - p->top;
		enum role role = ROLE_DIALOG;

		if (!a) {
			screen_hline(y, x + 1, cols - 2, ROLE_DIALOG);
			continue;
		}
		target_add(y, x + 1, 1, cols - 2, TARGET_ROW, (unsigned)i);
		if (!action_usable(a, v->tui, &why))
			role = ROLE_GREYED;
		if (i == p->item) {
			/* why an entry is of no use now */
			if (role == ROLE_GREYED)
				draw_cut_padded(screen_rows() - 2, 0, screen_cols(), ROLE_NOTE, why.text);
			role = ROLE_SELECTED;
			screen_fill(y, x + 1, 1, cols - 2, role);
			screen_cursor(y, x + 2, false);
		}
		screen_put(y, x + 2, label, role, tr(a->label));
		screen_right(y, x + cols - 2 - key, key, role, key_of(p, a));
	}
	draw_more(2, x + cols - 2, rows, p->top, (int)m->n);
}

static void step(struct pulldown *p, int by)
{
	const struct menu *m = menu_of(p);

	do
		p->item = (p->item + m->n + (size_t)by) % m->n;
	while (!m->items[p->item]);
}

static void move(struct view *v, enum move move)
{
	struct pulldown *p = (struct pulldown *)v;
	size_t n = v->tui->ui->menus_n;

	switch (move) {
	case MOVE_UP:
	case MOVE_PREVIOUS:
		step(p, -1);
		break;
	case MOVE_DOWN:
	case MOVE_NEXT:
		step(p, 1);
		break;
	case MOVE_LEFT:
		p->menu = (p->menu + n - 1) % n;
		p->item = 0;
		break;
	case MOVE_RIGHT:
		p->menu = (p->menu + 1) % n;
		p->item = 0;
		break;
	case MOVE_HOME:
	case MOVE_PAGE_UP:
		p->item = 0;
		break;
	case MOVE_END:
	case MOVE_PAGE_DOWN:
		p->item = menu_of(p)->n - 1;
		break;
	}
}

static void cancel(struct view *v)
{
	tui_close(v);
}

static void ok(struct view *v)
{
	struct pulldown *p = (struct pulldown *)v;
	struct tui *t = v->tui;
	const struct action *a = menu_of(p)->items[p->item];
	struct err why;

	if (!action_usable(a, t, &why)) {
		screen_beep();
		tui_say(t, 1, "%s", why.text);
		return;
	}
	tui_close(v);
	action_run(a, t);
}

/* A letter goes to the next entry that begins with it. */
static bool key(struct view *v, const char *name)
{
	struct pulldown *p = (struct pulldown *)v;
	const struct menu *m = menu_of(p);

	for (size_t i = 1; i <= m->n; i++) {
		const struct action *a = m->items[(p->item + i) % m->n];

		if (a && strncasecmp(tr(a->label), name, strlen(name)) == 0) {
			p->item = (p->item + i) % m->n;
			return true;
		}
	}
	return false;
}

static void mouse(struct view *v, const struct mouse *m)
{
	struct pulldown *p = (struct pulldown *)v;

	if (m->what == MOUSE_WHEEL_UP || m->what == MOUSE_WHEEL_DOWN) {
		step(p, m->what == MOUSE_WHEEL_UP ? -1 : 1);
	} else if (m->what == MOUSE_PRESS && m->on.kind == TARGET_ROW) {
		p->item = m->on.n;
		ok(v);
	} else if (m->what == MOUSE_PRESS && m->on.kind == TARGET_NONE) {
		cancel(v);
	}
}

static void free_view(struct view *v)
{
	free(v);
}

/* All menus at once, and which of their entries is to be done. */
static void linear(struct view *v, struct linear *l)
{
	const struct ui *ui = v->tui->ui;
	const struct action *actions[200], *chosen;
	const char *labels[200];
	struct tui *t = v->tui;
	int n = 0, which;

	for (size_t i = 0; i < ui->menus_n; i++) {
		linear_say(l, "%s:", tr(ui->menus[i].title));
		for (size_t j = 0; j < ui->menus[i].n && n < 200; j++) {
			const struct action *a = ui->menus[i].items[j];
			struct err why;

			if (!a || !linear_offers(a))
				continue;
			actions[n] = a;
			labels[n++] = tr(a->label);
			if (action_usable(a, t, &why))
				linear_say(l, "%3d %s", n, labels[n - 1]);
			else
				linear_say(l, "%3d %s (%s)", n, labels[n - 1], why.text);
		}
	}
	which = linear_choose(l, labels, n, -1);
	chosen = which >= 0 ? actions[which] : NULL;
	tui_close(v);
	if (chosen)
		action_run(chosen, t);
}

static const struct view_type type = {
	.name = "menu", .draw = draw, .move = move, .key = key, .ok = ok,
	.cancel = cancel, .mouse = mouse, .free = free_view, .linear = linear,
};

void pulldown_switch(struct tui *t, size_t i)
{
	struct pulldown *p = (struct pulldown *)t->top;

	if (t->top->type != &type)
		return;
	if (p->menu == i) {
		cancel(t->top);
		return;
	}
	p->menu = i;
	p->item = 0;
}

void pulldown_open(struct tui *t, size_t i)
{
	struct pulldown *p = mem_new(struct pulldown);

	p->menu = i < t->ui->menus_n ? i : 0;
	tui_push(t, &p->view, &type);
}
