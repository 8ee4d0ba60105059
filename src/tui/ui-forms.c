/* The forms of ui/forms.xml; a part of ui */
#include "tui/ui.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <string.h>

static void add_spot(struct layout *l, struct spot s)
{
	mem_grow(l->spots, l->n, l->cap);
	l->spots[l->n++] = s;
}

static bool read_section(struct layout *l, int column, const struct xml *doc,
    const struct xml_node *n, struct err *e)
{
	struct spot s = { .column = column, .title = ui_attr(doc, n, "title", e) };

	if (!s.title)
		return false;
	add_spot(l, s);
	for (const struct xml_node *i = xml_first(n); i; i = xml_next(i)) {
		const char *ref = NULL;

		s = (struct spot){ .column = column };
		if (xml_is(i, "field")) {
			if (!(ref = ui_attr(doc, i, "ref", e)))
				return false;
			s.field = field_find(record_fields(l->kind), ref);
			s.brief = xml_attr(i, "brief");
		} else if (xml_is(i, "reading")) {
			if (!(ref = ui_attr(doc, i, "ref", e)))
				return false;
			s.attr = reading_attr(ref);
		} else {
			return ui_unknown(doc, i, e);
		}
		if (!s.field && !s.attr)
			return xml_err(doc, i, e, _("there is no %s \"%s\" in a %s"),
			    xml_tag(i), ref, kind_word(l->kind));
		add_spot(l, s);
	}
	return true;
}

static bool read_form(struct ui *ui, const struct xml *doc,
    const struct xml_node *n, struct err *e)
{
	const char *word = ui_attr(doc, n, "kind", e);
	struct layout *l = NULL;

	if (!word)
		return false;
	for (int k = 0; k < KIND_COUNT; k++)
		if (strcmp(kind_word(k), word) == 0) {
			l = &ui->layouts[k];
			l->kind = k;
		}
	if (!l)
		return xml_err(doc, n, e, _("there is no kind of node \"%s\""), word);
	if (l->columns)
		return xml_err(doc, n, e, _("a second form for \"%s\""), word);
	for (const struct xml_node *c = xml_first(n); c; c = xml_next(c)) {
		if (xml_is(c, "button")) {
			const struct action *a = ui_action(doc, c, e);

			if (!a)
				return false;
			if (l->buttons_n == sizeof l->buttons / sizeof *l->buttons)
				return xml_err(doc, c, e, _("more buttons than fit"));
			l->buttons[l->buttons_n++] = a;
			continue;
		}
		if (!xml_is(c, "column"))
			return ui_unknown(doc, c, e);
		for (const struct xml_node *s = xml_first(c); s; s = xml_next(s))
			if (!(xml_is(s, "section") ? read_section(l, l->columns, doc, s, e) :
			    ui_unknown(doc, s, e)))
				return false;
		l->columns++;
	}
	return l->columns <= 2 || xml_err(doc, n, e, _("more than two columns"));
}

bool ui_read_forms(struct ui *ui, const struct xml *doc, struct err *e)
{
	for (const struct xml_node *n = xml_first(xml_root(doc)); n; n = xml_next(n))
		if (!(xml_is(n, "form") ? read_form(ui, doc, n, e) : ui_unknown(doc, n, e)))
			return false;
	return true;
}
