/* The kept statistics in linear mode; a part of keptview */
#include "tui/keeping.h"

#include "base/i18n.h"
#include "tui/curve.h"
#include "tui/linear.h"

#include <stdlib.h>

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

/* The figures; a curve is nothing that can be told. */
void keptview_linear(struct view *v, struct linear *l)
{
	static const struct { char letter; void (*run)(struct tui *); } letters[] = {
		{ 'd', keptview_day }, { 'w', keptview_week }, { 'm', keptview_month },
		{ 'y', keptview_year }, { 'R', keptview_report }, { 't', keptview_terminal },
		{ 'l', keptview_log_in }, { 'x', keptview_export },
	};
	struct keptview *x = (struct keptview *)v;
	char *line;

	if (kept_busy(x->kept)) {
		if (!linear_wait(l))
			tui_close(v);
		return;
	}
	tell(x, l);
	line = linear_ask(l, _("d day, w week, m month, y year, < before, > after, R report by month, t other terminal, l log in, x export; nothing goes back: "), 0);
	if (!line || !*line)
		tui_close(v);
	else if (*line == '<' || *line == '>')
		keptview_back(x, *line == '<' ? 1 : -1);
	else
		for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
			if (*line == letters[i].letter)
				letters[i].run(v->tui);
	free(line);
}
