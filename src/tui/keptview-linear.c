/* The kept statistics in linear mode; a part of keptview */
#include "tui/keeping.h"

#include "base/i18n.h"
#include "tui/curve.h"
#include "tui/linear.h"

static void tell(const struct keptview *x, struct linear *l)
{
	struct text t = { 0 };
	char head[300];
	struct figures f;

	keptview_title(x, head, sizeof head);
	linear_say(l, "%s", head);
	keptview_words(x, &t);
	linear_say(l, "%s", t.s);
	text_done(&t);
	for (int v = 0; !x->report && kept_attr(v); v++) {
		kept_figures(x->kept, v, &f);
		curve_figure(&t, kept_attr(v), x->back ? _("last") : _("now"), f.now);
		curve_range(&t, kept_attr(v), &f);
		linear_say(l, "  %s: %s", tr(kept_attr(v)->label), t.s);
		text_done(&t);
	}
	if (x->report)
		keptview_tell_months(x, l);
}

static void earlier(struct view *v) { v->type->move(v, MOVE_LEFT); }
static void later(struct view *v) { v->type->move(v, MOVE_RIGHT); }
static void next(struct view *v) { v->type->move(v, MOVE_DOWN); }
static void previous(struct view *v) { v->type->move(v, MOVE_UP); }

/* The figures; a curve is nothing that can be told. */
void keptview_linear(struct view *v, struct linear *l)
{
	static const struct linear_word words[] = {
		{ "<", N_("the time before"), earlier }, { ">", N_("the time after"), later },
		{ "+", N_("the next power device"), next },
		{ "-", N_("the power device before"), previous }, { 0 },
	};
	struct keptview *x = (struct keptview *)v;

	if (kept_busy(x->kept)) {
		if (!linear_wait(l))
			tui_close(v);
		return;
	}
	tell(x, l);
	if (linear_turn(v, l, &(struct linear_view){ .words = words }) == LINEAR_BACK)
		tui_close(v);
}
