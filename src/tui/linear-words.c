/* Places and values in words, for the linear mode; see linear.h */
#include "tui/linear.h"

#include "base/i18n.h"
#include "base/text.h"

#include <string.h>
#include <strings.h>

static const char *name(const struct node *n)
{
	return n->parent ? node_name(n) : _("network");
}

void linear_place(const struct site *site, struct place p, struct text *t)
{
	const struct node *n = site_find(site, p.id);

	if (!n)
		text_add(t, _("(gone)"));
	else if (p.container != IN_ITSELF)
		text_printf(t, "%s / %s", name(n), tr(container_label(p.container)));
	else if (!n->parent)
		text_add(t, name(n));
	else if (n->container == IN_ITSELF)
		text_printf(t, "%s (%s), %s", name(n), tr(kind_label(n->kind)), name(n->parent));
	else
		text_printf(t, "%s (%s), %s / %s", name(n), tr(kind_label(n->kind)),
		    name(n->parent), tr(container_label(n->container)));
}

static const struct choice *choice_of(const struct field *f, const char *value)
{
	for (const struct choice *c = f->choices; c && c->word; c++)
		if (strcmp(c->word, value) == 0)
			return c;
	return NULL;
}

void linear_value(const struct field *f, const char *value, struct text *t)
{
	const struct choice *c = choice_of(f, value);

	if (!*value)
		text_add(t, f->flags & FIELD_INHERITS ? _("(inherited)") : _("(empty)"));
	else if (f->flags & FIELD_SECRET)
		text_add(t, _("(given, not shown)"));
	else if (c && strcmp(c->word, tr(c->label)) != 0)
		text_printf(t, "%s: %s", c->word, tr(c->label));
	else
		text_printf(t, "%s%s%s", value, f->unit ? " " : "", field_unit(f));
}

void linear_allowed(struct linear *l, const struct field *f)
{
	char allowed[300];

	if (!f->choices)
		linear_say(l, _("    allowed: %s"), field_allowed(f, allowed, sizeof allowed));
	for (const struct choice *c = f->choices; c && c->word; c++)
		if (strcmp(c->word, tr(c->label)) == 0)
			linear_say(l, "    %s", c->word);
		else
			linear_say(l, "    %s: %s", c->word, tr(c->label));
}

const char *linear_word(const struct field *f, const char *line)
{
	const char *found = NULL;
	int n = 0;

	for (const struct choice *c = f->choices; c && c->word; c++) {
		if (strcasecmp(c->word, line) == 0)
			return c->word;
		if (strncasecmp(tr(c->label), line, strlen(line)) == 0 ||
		    strncasecmp(c->word, line, strlen(line)) == 0) {
			found = c->word;
			n++;
		}
	}
	return n == 1 ? found : line;
}
