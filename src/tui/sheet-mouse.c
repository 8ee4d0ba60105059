/* A form with the mouse and the clipboard. */
#include "tui/sheet.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <string.h>

static void click_field(struct sheet *s, const struct mouse *m)
{
	struct entry *en;
	bool there = s->focus == (int)m->on.n;

	if (!there)
		sheet_go(s, (int)m->on.n);
	if (s->focus != (int)m->on.n)
		return;		/* the one before cannot be left as it is */
	en = sheet_focused(s);
	/* the mark at its end opens the list at once */
	if (sheet_has_list(en) && m->x == m->on.x + m->on.cols - 1) {
		sheet_pick(s, en);
	} else if (en->field->choices) {
		if (there)
			sheet_pick(s, en);
	} else if (sheet_names_profile(en) && m->x == m->on.x + m->on.cols - 1) {
		sheet_pick(s, en);
	} else if (there) {
		line_point(&en->line, m->on.cols, en->field->flags & FIELD_SECRET,
		    m->x - m->on.x);
		s->fresh = false;
	}
}

void sheet_mouse(struct view *v, const struct mouse *m)
{
	struct sheet *s = (struct sheet *)v;

	if (m->what == MOUSE_WHEEL_UP || m->what == MOUSE_WHEEL_DOWN) {
		if (s->focus < s->n)
			v->type->move(v, m->what == MOUSE_WHEEL_UP ? MOVE_UP : MOVE_DOWN);
	} else if (m->on.kind == TARGET_FIELD && m->what == MOUSE_PRESS) {
		click_field(s, m);
	} else if (m->on.kind == TARGET_BUTTON && m->what == MOUSE_PRESS) {
		/* Cancel works with a field that cannot be left, too */
		if ((int)m->on.n == sheet_buttons(s) - 1) {
			v->type->cancel(v);
			return;
		}
		sheet_go(s, s->n + (int)m->on.n);
		if (s->focus == s->n + (int)m->on.n)
			v->type->ok(v);
	}
}

bool sheet_paste(struct view *v, const char *text)
{
	struct sheet *s = (struct sheet *)v;
	struct entry *en = sheet_focused(s);

	if (!en || en->field->choices)
		return false;
	if (s->fresh)
		line_set(&en->line, "");
	s->fresh = false;
	if (!line_insert(&en->line, text))
		err_set(&s->wrong, _("The pasted text is longer than a field can be; nothing was pasted"));
	else
		sheet_check(s);
	return true;
}

char *sheet_copy(struct view *v, struct err *e)
{
	const struct entry *en = sheet_focused((struct sheet *)v);

	if (!en)
		err_set(e, _("no field is selected"));
	else if (en->field->flags & FIELD_SECRET)
		err_set(e, _("a secret does not go into a clipboard"));
	else
		return mem_dup(en->line.s);
	return NULL;
}
