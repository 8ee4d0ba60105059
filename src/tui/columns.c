#include "tui/columns.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/draw.h"
#include "tui/mainview.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t count(const struct ui *ui)
{
	return ui->columns_n < COLUMNS_MAX ? ui->columns_n : COLUMNS_MAX;
}

static void widen(const struct column *c, int *width, int *left)
{
	int more = c->max - *width < *left ? c->max - *width : *left;

	*width += more;
	*left -= more;
}

/* In the operator's order, each as narrow as it can be; then they grow. */
static void fit_chosen(const struct ui *ui, int left, int width[])
{
	for (size_t i = 0; i < count(ui); i++) {
		const struct column *c = &ui->columns[i];

		if (c->hidden || left < c->width + 1)
			continue;
		width[i] = c->width;
		left -= c->width + 1;
	}
	for (size_t i = 0; i < count(ui); i++)
		if (width[i])
			widen(&ui->columns[i], &width[i], &left);
}

/* A column grows to its largest width when its second rank comes. */
static void fit_ranked(const struct ui *ui, int left, int width[])
{
	for (int rank = 1; rank <= 2 * COLUMNS_MAX; rank++)
		for (size_t i = 0; i < count(ui); i++) {
			const struct column *c = &ui->columns[i];

			if (c->rank == rank) {
				if (left < c->width + 1)
					return;
				width[i] = c->width;
				left -= c->width + 1;
			} else if (c->grow == rank && width[i]) {
				widen(c, &width[i], &left);
			}
		}
}

void columns_fit(const struct ui *ui, int cols, int width[COLUMNS_MAX])
{
	memset(width, 0, COLUMNS_MAX * sizeof *width);
	/* the mark's column; there is no gap behind the last */
	if (ui->columns_chosen)
		fit_chosen(ui, cols, width);
	else
		fit_ranked(ui, cols, width);
}

char *columns_choice(const struct ui *ui)
{
	struct text t = { 0 };

	for (size_t i = 0; ui->columns_chosen && i < ui->columns_n; i++)
		text_printf(&t, "%s%s%s", i ? "," : "", ui->columns[i].hidden ? "-" : "",
		    ui->columns[i].cell->name);
	return text_take(&t);
}

/* The column of that name, from `from` on, comes to that place. */
static bool bring(struct ui *ui, size_t from, const char *name, size_t len)
{
	for (size_t i = from; i < ui->columns_n; i++) {
		struct column c = ui->columns[i];

		if (strlen(c.cell->name) != len || memcmp(c.cell->name, name, len) != 0)
			continue;
		memmove(&ui->columns[from + 1], &ui->columns[from],
		    (i - from) * sizeof c);
		ui->columns[from] = c;
		return true;
	}
	return false;
}

void columns_choose(struct ui *ui, const char *choice)
{
	size_t n = 0, shown = 0;

	while (*choice) {
		size_t len = strcspn(choice, ",");
		bool hidden = *choice == '-';

		if (bring(ui, n, choice + hidden, len - hidden)) {
			ui->columns[n++].hidden = hidden;
			shown += !hidden;
		}
		choice += len;
		choice += *choice == ',';
	}
	ui->columns_chosen = shown > 0;
	for (; n < ui->columns_n; n++)
		ui->columns[n].hidden = true;
	for (size_t i = 0; !shown && i < ui->columns_n; i++)
		ui->columns[i].hidden = false;
}

struct chooser {
	struct view view;
	int at;
};

int columns_room(const struct tui *t)
{
	enum { ENOUGH = 10000 };
	struct mainview_boxes b;

	if (!t->esc_timer)
		return ENOUGH;	/* linear mode */
	mainview_boxes(mainview(t), &b);
	return b.list.cols > 0 ? b.list.cols : screen_cols();
}

static const char *state_of(const struct ui *ui, int i, const int width[])
{
	return ui->columns[i].hidden ? _("hidden") : width[i] ? _("shown") :
	    _("shown where there is room");
}

static void draw(struct view *v)
{
	static const char *const keys = N_("Space shows or hides · + - move · Del as delivered · Esc back");
	const struct chooser *c = (const struct chooser *)v;
	const struct ui *ui = v->tui->ui;
	int width[COLUMNS_MAX], cols = text_width(tr(keys)) + 2, n = (int)count(ui), x, y;

	if (cols < 50)
		cols = 50;
	if (cols > screen_cols() - 4)
		cols = screen_cols() - 4;
	columns_fit(ui, columns_room(v->tui), width);
	draw_dialog(n + 4, cols + 4, _("Columns"), &y, &x);
	for (int i = 0; i < n; i++) {
		enum role role = i == c->at ? ROLE_SELECTED :
		    ui->columns[i].hidden ? ROLE_GREYED : ROLE_DIALOG;
		const char *title = tr(ui->columns[i].title);
		const char *words = state_of(ui, i, width);

		screen_fill(y + i, x, 1, cols, role);
		screen_put(y + i, x, 4, role, ui->columns[i].hidden ? "[ ] " : "[x] ");
		screen_put(y + i, x + 4, cols - 4, role, title);
		screen_put(y + i, x + 22, cols - 22, role, words);
	}
	screen_put(y + n + 1, x, cols, ROLE_HINT, tr(keys));
	screen_cursor(y + c->at, x + 1, false);
}

static void move(struct view *v, enum move move)
{
	struct chooser *c = (struct chooser *)v;
	int n = (int)count(v->tui->ui);

	switch (move) {
	case MOVE_UP: case MOVE_PREVIOUS:
		c->at = (c->at + n - 1) % n;
		break;
	case MOVE_DOWN: case MOVE_NEXT:
		c->at = (c->at + 1) % n;
		break;
	case MOVE_HOME: case MOVE_PAGE_UP:
		c->at = 0;
		break;
	case MOVE_END: case MOVE_PAGE_DOWN:
		c->at = n - 1;
		break;
	default:
		break;
	}
}

/* The order of the first choice is that in which they are seen now. */
static void begin_choice(struct tui *t)
{
	struct ui *ui = t->ui;
	int width[COLUMNS_MAX];

	if (ui->columns_chosen)
		return;
	columns_fit(ui, columns_room(t), width);
	for (size_t i = 0; i < count(ui); i++)
		ui->columns[i].hidden = !width[i];
	ui->columns_chosen = true;
}

static void toggle(struct chooser *c)
{
	struct ui *ui = c->view.tui->ui;
	int shown = 0;

	begin_choice(c->view.tui);
	for (size_t i = 0; i < count(ui); i++)
		shown += !ui->columns[i].hidden;
	if (shown == 1 && !ui->columns[c->at].hidden) {
		screen_beep();
		tui_say(c->view.tui, 1, _("The list has at least one column."));
		return;
	}
	ui->columns[c->at].hidden = !ui->columns[c->at].hidden;
}

static void shift(struct chooser *c, int by)
{
	struct ui *ui = c->view.tui->ui;
	int to = c->at + by;
	struct column moved = ui->columns[c->at];

	if (to < 0 || to >= (int)count(ui))
		return;
	begin_choice(c->view.tui);
	moved.hidden = ui->columns[c->at].hidden;
	ui->columns[c->at] = ui->columns[to];
	ui->columns[to] = moved;
	c->at = to;
}

/* As ui/columns.xml has them. */
static void as_delivered(struct chooser *c)
{
	struct ui *ui = c->view.tui->ui;

	for (size_t i = 0; i < ui->columns_n; i++)
		for (size_t j = i; j < ui->columns_n; j++)
			if (ui->columns[j].place == (int)i) {
				bring(ui, i, ui->columns[j].cell->name,
				    strlen(ui->columns[j].cell->name));
				break;
			}
	columns_choose(ui, "");
}

static bool key(struct view *v, const char *name)
{
	struct chooser *c = (struct chooser *)v;

	if (strcmp(name, "Space") == 0)
		toggle(c);
	else if (strcmp(name, "+") == 0)
		shift(c, 1);
	else if (strcmp(name, "-") == 0)
		shift(c, -1);
	else if (strcmp(name, "Delete") == 0)
		as_delivered(c);
	else
		return false;
	mainview_keep_columns(v->tui);
	return true;
}

static void cancel(struct view *v)
{
	tui_close(v);
}

void columns_go(struct view *v, int row)
{
	((struct chooser *)v)->at = row;
}

static void free_view(struct view *v)
{
	free(v);
}

static const struct view_type type = {
	.name = "columns", .draw = draw, .move = move, .key = key, .ok = cancel,
	.cancel = cancel, .free = free_view, .linear = columns_linear,
};

void columns_open(struct tui *t)
{
	tui_push(t, &mem_new(struct chooser)->view, &type);
}
