/* The columns of the list in linear mode: which are told, in which order. */
#include "tui/columns.h"

#include "base/i18n.h"
#include "tui/linear.h"

static void press(struct view *v, const char *key)
{
	v->type->key(v, key);
}

static void show(struct view *v) { press(v, "Space"); }
static void later(struct view *v) { press(v, "+"); }
static void earlier(struct view *v) { press(v, "-"); }
static void delivered(struct view *v) { press(v, "Delete"); }

void columns_linear(struct view *v, struct linear *l)
{
	static const struct linear_word words[] = {
		{ "-", N_("and a number moves it forward"), earlier },
		{ "+", N_("moves it back"), later },
		{ "Delete", N_("as delivered"), delivered }, { 0 },
	};
	const struct ui *ui = v->tui->ui;
	struct linear_view o = { .number = _("A number tells that column or not"),
	    .go = columns_go, .words = words };
	enum linear_turn turn;

	for (; o.rows < (int)ui->columns_n && o.rows < COLUMNS_MAX; o.rows++)
		linear_say(l, "%3d %s: %s", o.rows + 1, tr(ui->columns[o.rows].title),
		    ui->columns_chosen && ui->columns[o.rows].hidden ? _("not told") : _("told"));
	turn = linear_turn(v, l, &o);
	if (turn == LINEAR_ROW)
		show(v);
	else if (turn == LINEAR_BACK)
		v->type->cancel(v);
}
