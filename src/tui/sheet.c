#include "tui/sheet.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/ask.h"
#include "tui/mainview.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool sheet_changed(const struct sheet *s)
{
	for (int i = 0; i < s->n; i++)
		if (sheet_entry_changed(&s->entries[i]))
			return true;
	return false;
}

static void left(struct tui *t, int which, const char *text, void *arg)
{
	(void)t;
	(void)text;
	if (which == 0)
		tui_close(arg);
}

static void cancel(struct view *v)
{
	struct sheet *s = (struct sheet *)v;

	if (sheet_changed(s))
		ask_confirm(v->tui, _("Changes"), _("Leave the form without these changes?"),
		    left, v);
	else
		tui_close(v);
}

static void show_wrong(struct sheet *s, int entry)
{
	if (entry >= 0)
		s->focus = entry;
	sheet_show_focus(s);
	screen_beep();
}

static void ok(struct view *v)
{
	struct sheet *s = (struct sheet *)v;
	int button = s->focus - s->n, wrong;

	if (button >= 0 && button < (int)s->layout->buttons_n) {
		action_run(s->layout->buttons[button], v->tui);
		return;
	}
	if (button == sheet_buttons(s) - 1) {
		cancel(v);
		return;
	}
	s->wrong.text[0] = '\0';
	wrong = sheet_first_wrong(s);
	if (wrong < s->n)
		show_wrong(s, wrong);
	else if (s->node && !sheet_changed(s))
		tui_close(v);
	else if (!sheet_ask_same(s))
		sheet_take(s, false);
}

void sheet_take(struct sheet *s, bool all_groups)
{
	if (sheet_apply(s, all_groups))
		tui_close(&s->view);
	else
		show_wrong(s, s->refused);
}

unsigned sheet_take_along(struct sheet *s)
{
	struct tui *t = s->view.tui;
	enum kind kind = s->layout->kind;
	unsigned node = s->node;
	int wrong;

	s->wrong.text[0] = '\0';
	wrong = sheet_first_wrong(s);
	if (wrong < s->n) {
		show_wrong(s, wrong);
		return 0;
	}
	if ((!node || sheet_changed(s)) && !sheet_apply(s, false)) {
		show_wrong(s, s->refused);
		return 0;
	}
	tui_close(&s->view);
	return node ? node : site_id(kind, site_last(app_site(t->app), kind));
}

static void free_view(struct view *v)
{
	struct sheet *s = (struct sheet *)v;

	collect_cancel(s->collect);
	for (int i = 0; i < s->n; i++) {
		line_done(&s->entries[i].line);
		free(s->entries[i].was);
	}
	findings_done(&s->before);
	findings_done(&s->found);
	free(s->entries);
	free(s);
}

static const struct view_type type = {
	.name = "form", .draw = sheet_draw, .move = sheet_move, .key = sheet_key, .ok = ok,
	.cancel = cancel, .mouse = sheet_mouse, .paste = sheet_paste, .copy = sheet_copy,
	.free = free_view, .linear = sheet_linear,
};

struct sheet *sheet_on_top(const struct tui *t)
{
	return t->top->type == &type ? (struct sheet *)t->top : NULL;
}

static struct sheet *open_sheet(struct tui *t, enum kind kind)
{
	struct sheet *s = mem_new(struct sheet);

	s->layout = &t->ui->layouts[kind];
	s->entries = mem_zero(s->layout->n, sizeof *s->entries);
	for (size_t i = 0; i < s->layout->n; i++)
		if (s->layout->spots[i].field)
			s->entries[s->n++].field = s->layout->spots[i].field;
	reading_clear(&s->ident);
	return s;
}

static void start(struct sheet *s, const char *(*initial)(const struct sheet *,
    const struct field *, char buf[16]), struct tui *t)
{
	struct err e;
	char buf[16];

	s->fresh = true;
	for (int i = 0; i < s->n; i++) {
		struct entry *en = &s->entries[i];

		/* what a new node takes over from others is to be written */
		en->was = mem_dup(s->node ? initial(s, en->field, buf) : en->field->initial);
		line_init(&en->line, initial(s, en->field, buf));
	}
	if (!app_writable(t->app, &e))
		text_copy(s->note, sizeof s->note, e.text);
	rules_check(app_site(t->app), &s->before);
	sheet_try(s, NULL);
	tui_push(t, &s->view, &type);
}

static const char *value_now(const struct sheet *s, const struct field *f, char buf[16])
{
	return field_text(f, site_find(app_site(s->view.tui->app), s->node), buf);
}

void sheet_edit(struct tui *t, unsigned node)
{
	const struct ups_status *u = watch_ups(t->app, node);
	struct sheet *s = open_sheet(t, site_id_kind(node));

	s->view.tui = t;
	s->node = node;
	if (u && u->known)
		s->ident = u->reading;
	start(s, value_now, t);
}

void sheet_edit_field(struct tui *t, unsigned node, const struct field *f)
{
	struct sheet *s;

	sheet_edit(t, node);
	s = (struct sheet *)t->top;
	for (int i = 0; f && i < s->n; i++)
		if (s->entries[i].field == f)
			s->focus = i;
	sheet_show_focus(s);
}

void sheet_new(struct tui *t, enum kind kind, struct place place)
{
	struct sheet *s = open_sheet(t, kind);

	s->view.tui = t;
	s->place = place;
	start(s, sheet_value_offered, t);
}
