#include "tui/help.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/ask.h"
#include "tui/draw.h"
#include "tui/linear.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct help {
	struct view view;
	char *title, *text;
	int top;
};

static int cols(void)
{
	return screen_cols() > 100 ? 96 : screen_cols() - 4;
}

static int rows(void)
{
	return screen_rows() - 6;
}

static void draw(struct view *v)
{
	const struct help *h = (const struct help *)v;
	int y, x;

	draw_dialog(rows() + 2, cols(), h->title, &y, &x);
	draw_scrolled(y, x, rows(), cols() - 4, ROLE_DIALOG, h->text, h->top);
	screen_cursor(y, x, false);
}

static void move(struct view *v, enum move move)
{
	struct help *h = (struct help *)v;
	int by = 0;

	switch (move) {
	case MOVE_UP:		by = -1; break;
	case MOVE_DOWN:		by = 1; break;
	case MOVE_PAGE_UP:	by = 1 - rows(); break;
	case MOVE_PAGE_DOWN:	by = rows() - 1; break;
	case MOVE_HOME:		by = -h->top; break;
	case MOVE_END:		by = (int)strlen(h->text); break;
	default:		return;
	}
	h->top = draw_scroll(h->top, by, rows(), cols() - 4, h->text);
}

static void leave(struct view *v)
{
	tui_close(v);
}

static void free_view(struct view *v)
{
	struct help *h = (struct help *)v;

	free(h->title);
	free(h->text);
	free(h);
}

static void linear(struct view *v, struct linear *l)
{
	linear_say(l, "%s", ((struct help *)v)->title);
	linear_text(l, ((struct help *)v)->text);
	leave(v);
}

static const struct view_type type = {
	.name = "help", .draw = draw, .move = move, .ok = leave, .cancel = leave,
	.free = free_view, .linear = linear,
};

static void add_keys(struct text *t, const struct ui *ui, const char *context)
{
	const struct binding *b;

	text_printf(t, "%s\n\n", _("Keys"));
	for (size_t i = 0; (b = keys_each(ui->keys, context, i)); i++) {
		int pad = 12 - text_width(b->key);

		text_printf(t, "  %s%*s %s\n", b->key, pad > 0 ? pad : 0, "",
		    tr(b->action->label));
	}
	text_printf(t, "\n%s", _("Esc and then a digit is the function key, where a terminal keeps those for itself."));
}

void help_open(struct tui *t)
{
	const char *context = t->top->type->name;
	const struct topic *topic = ui_topic(t->ui, context);
	struct help *h;
	struct text text = { 0 };

	if (t->top->type == &type)
		return;
	for (size_t i = 0; topic && i < topic->n; i++)
		text_printf(&text, "%s\n\n", tr(topic->paragraphs[i]));
	add_keys(&text, t->ui, context);
	h = mem_new(struct help);
	h->title = mem_dup(topic ? tr(topic->title) : _("Help"));
	h->text = text_take(&text);
	tui_push(t, &h->view, &type);
}

void help_about(struct tui *t)
{
	char text[400];

	snprintf(text, sizeof text,
	    _("amc %s, an open AC Management Console: the tree of a site's power, its UPSs and servers, edited, checked, sent and watched."),
	    VERSION_TEXT);
	ask_message(t, _("About"), text);
}
