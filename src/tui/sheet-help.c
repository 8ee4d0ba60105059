/* The lines below the fields of a form: what the field means, and what is wrong. */
#include "tui/sheet.h"

#include "base/i18n.h"
#include "base/text.h"
#include "tui/draw.h"

enum { ROWS = 4 };	/* the last is for what is wrong, which takes more when it is long */

/* The choices by the words that the field shows, else the range. */
static void add_allowed(const struct field *f, struct text *t)
{
	char range[160];

	if (!f->choices)
		text_add(t, field_allowed(f, range, sizeof range));
	for (const struct choice *c = f->choices; c && c->word; c++)
		text_printf(t, "%s%s", c > f->choices ? _(", ") : "", tr(c->label));
}

static void add_help(const struct sheet *s, const struct entry *en, struct text *t)
{
	char origin[160];

	if (sheet_cautions(s, en, t))
		return;
	text_printf(t, "%s (", tr(en->field->label));
	add_allowed(en->field, t);
	text_add(t, "): ");
	if (sheet_unused(s, en))
		text_printf(t, "(%s) ", sheet_unused(s, en));
	text_add(t, tr(en->field->help));
	if (sheet_names_profile(en))
		text_add(t, _(" Space lists them."));
	if (en->card.allowed[0])
		text_printf(t, sheet_has_list(en) ? _(" The card takes %s: Space lists them.") :
		    _(" The card takes %s."), en->card.allowed);
	sheet_origin(s, en, origin, sizeof origin);
	if (*origin)
		text_printf(t, " (%s)", origin);
}

/* What is wrong here, else what this form makes wrong elsewhere, else a note. */
static enum role add_wrong(const struct sheet *s, const struct entry *en, struct text *t)
{
	const struct finding *f = en ? sheet_finding(s, en->field) : NULL;
	const struct finding *other = sheet_caused(s);
	const struct node *n = other ? site_find(app_site(s->view.tui->app), other->node) : NULL;

	if (s->wrong.text[0]) {
		text_add(t, s->wrong.text);
		return ROLE_ERROR;
	}
	if (f && (!other || sheet_is_new(s, f))) {
		text_printf(t, "%s %s", f->rule, f->message);
		return sheet_role(f->severity);
	}
	if (other) {
		text_printf(t, "%s %s%s%s", other->rule, n ? node_name(n) : "", n ? ": " : "",
		    other->message);
		return sheet_role(other->severity);
	}
	text_add(t, s->note);
	return ROLE_NOTE;
}

void sheet_draw_help(const struct sheet *s, int y, int x, int cols)
{
	const struct entry *en = s->focus < s->n ? &s->entries[s->focus] : NULL;
	struct text help = { 0 }, wrong = { 0 };
	enum role role = add_wrong(s, en, &wrong);
	int lines = wrong.len ? draw_wrapped(0, 0, 0, cols, role, wrong.s) : 0;

	if (lines > ROWS)
		lines = ROWS;
	if (en)
		add_help(s, en, &help);
	if (help.len && lines < ROWS)
		draw_wrapped(y, x, ROWS - lines, cols, ROLE_HINT, help.s);
	if (wrong.len)
		draw_wrapped(y + ROWS - lines, x, lines, cols, role, wrong.s);
	text_done(&help);
	text_done(&wrong);
}
