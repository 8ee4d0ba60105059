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
	int found;		/* the line that was found last, or -1 */
	char *find;		/* what is looked for, or NULL */
};

static int cols(void)
{
	return screen_cols() > 100 ? 96 : screen_cols() - 4;
}

static int rows(void)
{
	return screen_rows() - 6;
}

/* Line n of the text as it is broken here, yours to free; NULL behind the last. */
static char *line_of(const struct help *h, int n)
{
	const char *at = h->text;
	size_t len, skip;

	for (;; at += len + skip) {
		if (!*at)
			return NULL;
		len = draw_break(at, cols() - 5, &skip);
		if (n-- == 0)
			return mem_ndup(at, len);
	}
}

static void draw(struct view *v)
{
	const struct help *h = (const struct help *)v;
	char *line = h->found >= 0 ? line_of(h, h->found) : NULL;
	int y, x, at = h->found - h->top;

	draw_dialog(rows() + 2, cols(), h->title, &y, &x);
	draw_scrolled(y, x, rows(), cols() - 4, ROLE_DIALOG, h->text, h->top);
	if (line && at >= 0 && at < rows())
		screen_pad(y + at, x, cols() - 5, ROLE_SELECTED, line);
	screen_cursor(y + (line && at >= 0 && at < rows() ? at : 0), x, false);
	free(line);
}

/* To the next line that has it, around the end. */
static void find_next(struct help *h)
{
	char *line;
	int all = 0;

	while ((line = line_of(h, all))) {
		free(line);
		all++;
	}
	for (int i = 1; i <= all; i++) {
		int n = (h->found + i + all) % all;
		bool has;

		line = line_of(h, n);
		has = line && strcasestr(line, h->find);
		free(line);
		if (has) {
			h->found = n;
			h->top = draw_scroll(0, n - rows() / 2, rows(), cols() - 4, h->text);
			tui_draw_soon(h->view.tui);
			return;
		}
	}
	tui_say(h->view.tui, 1, _("\"%s\" is not in this text"), h->find);
}

static void find_said(struct tui *t, int which, const char *text, void *arg)
{
	struct help *h = arg;

	(void)t;
	if (which != 0 || !*text)
		return;
	free(h->find);
	h->find = mem_dup(text);
	h->found = h->top - 1;
	find_next(h);
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

static void mouse(struct view *v, const struct mouse *m)
{
	for (int i = 0; i < 3; i++)
		if (m->what == MOUSE_WHEEL_UP || m->what == MOUSE_WHEEL_DOWN)
			move(v, m->what == MOUSE_WHEEL_UP ? MOVE_UP : MOVE_DOWN);
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
	free(h->find);
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
	.mouse = mouse, .free = free_view, .linear = linear,
};

static struct help *on_top(const struct tui *t)
{
	return t->top->type == &type ? (struct help *)t->top : NULL;
}

bool help_is_open(struct tui *t, struct err *e)
{
	return on_top(t) || err_set(e, _("Open the help first (F1)."));
}

void help_find(struct tui *t)
{
	const struct help *h = on_top(t);

	ask_text(t, _("Find"), _("A word of this text:"), h->find ? h->find : "", false,
	    find_said, on_top(t));
}

bool help_can_find_next(struct tui *t, struct err *e)
{
	const struct help *h = on_top(t);

	return (h && h->find) || err_set(e, _("Nothing has been looked for yet (/)."));
}

void help_find_next(struct tui *t)
{
	find_next(on_top(t));
}

static void add_keys(struct text *t, const struct ui *ui, const char *context)
{
	const struct binding *b;

	for (size_t i = 0; (b = keys_each(ui->keys, context, i)); i++) {
		int pad = 12 - text_width(b->key);

		text_printf(t, "  %s%*s %s\n", b->key, pad > 0 ? pad : 0, "",
		    tr(b->action->label));
	}
}

/* Takes the text. */
static void show(struct tui *t, const char *title, struct text *text)
{
	struct help *h = mem_new(struct help);

	h->title = mem_dup(title);
	h->text = text_take(text);
	h->found = -1;
	tui_push(t, &h->view, &type);
}

static void show_topic(struct tui *t, const char *view)
{
	const struct topic *topic = ui_topic(t->ui, view);
	struct text text = { 0 };

	for (size_t i = 0; topic && i < topic->n; i++)
		text_printf(&text, "%s\n\n", tr(topic->paragraphs[i]));
	text_printf(&text, "%s\n\n", _("Keys"));
	add_keys(&text, t->ui, view);
	text_printf(&text, "\n%s", _("Esc and then a digit is the function key, where a terminal keeps those for itself."));
	show(t, topic ? tr(topic->title) : _("Help"), &text);
}

void help_open(struct tui *t)
{
	if (!on_top(t))
		show_topic(t, t->top->type->name);
}

static void topic_said(struct tui *t, int which, const char *text, void *arg)
{
	size_t n;

	(void)text;
	(void)arg;
	if (which >= 0)
		show_topic(t, ui_topics(t->ui, &n)[which].view);
}

void help_contents(struct tui *t)
{
	size_t n;
	const struct topic *topics = ui_topics(t->ui, &n);
	const char **titles = mem_zero(n + 1, sizeof *titles);

	for (size_t i = 0; i < n; i++)
		titles[i] = tr(topics[i].title);
	ask_choice(t, _("Contents"), titles, (int)n, 0, topic_said, NULL);
	free(titles);
}

void help_keys(struct tui *t)
{
	struct text text = { 0 };
	size_t n;
	const struct topic *topics = ui_topics(t->ui, &n);

	for (size_t i = 0; i < n; i++) {
		text_printf(&text, "%s%s\n\n", i ? "\n" : "", tr(topics[i].title));
		add_keys(&text, t->ui, topics[i].view);
	}
	show(t, _("Keys"), &text);
}

void help_about(struct tui *t)
{
	char text[400];

	snprintf(text, sizeof text,
	    _("amc %s, an open AC Management Console: the tree of a site's power, its UPSs and servers, edited, checked, sent and watched."),
	    VERSION_TEXT);
	ask_message(t, _("About"), text);
}
