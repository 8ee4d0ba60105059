#include "tui/theme.h"

#include "base/i18n.h"
#include "tui/ui.h"

#include <string.h>

static const char *const roles[ROLE_COUNT] = {
	[ROLE_TEXT] = "text", [ROLE_BAR] = "bar", [ROLE_BAR_KEY] = "bar-key",
	[ROLE_BORDER] = "border", [ROLE_FOCUS] = "focus", [ROLE_HEAD] = "head",
	[ROLE_SELECTED] = "selected", [ROLE_MARKED] = "marked", [ROLE_GROUP] = "group",
	[ROLE_GOOD] = "good", [ROLE_NOTE] = "note", [ROLE_WARNING] = "warning",
	[ROLE_ALARM] = "alarm", [ROLE_OLD] = "old", [ROLE_CHANGED] = "changed",
	[ROLE_DIALOG] = "dialog", [ROLE_LABEL] = "label", [ROLE_FIELD] = "field",
	[ROLE_FIELD_NOW] = "field-now", [ROLE_FIELD_BAD] = "field-bad",
	[ROLE_HINT] = "hint", [ROLE_ERROR] = "error", [ROLE_BUTTON] = "button",
	[ROLE_BUTTON_NOW] = "button-now", [ROLE_GREYED] = "greyed",
};

static const char *const colours[] = {
	"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
};

static const struct { const char *word; unsigned bit; } attrs[] = {
	{ "bold", LOOK_BOLD }, { "dim", LOOK_DIM }, { "reverse", LOOK_REVERSE },
	{ "underline", LOOK_UNDERLINE },
};

static bool read_colour(const struct xml *doc, const struct xml_node *n,
    const char *name, short *to, struct err *e)
{
	const char *s = xml_attr(n, name);

	*to = -1;
	if (!s)
		return true;
	for (short i = 0; i < 8; i++)
		if (strcmp(colours[i], s) == 0) {
			*to = i;
			return true;
		}
	return xml_err(doc, n, e, _("\"%s\" is no colour: black, red, green, yellow, blue, magenta, cyan or white"), s);
}

/* "bold reverse" */
static bool read_attrs(const struct xml *doc, const struct xml_node *n,
    const char *name, unsigned *to, struct err *e)
{
	const char *s = xml_attr(n, name);

	*to = 0;
	while (s && *s) {
		size_t len = strcspn(s, " ");
		unsigned bit = 0;

		for (size_t i = 0; i < sizeof attrs / sizeof *attrs; i++)
			if (strlen(attrs[i].word) == len && memcmp(attrs[i].word, s, len) == 0)
				bit = attrs[i].bit;
		if (!bit && len)
			return xml_err(doc, n, e, _("\"%.*s\" is not bold, dim, reverse or underline"), (int)len, s);
		*to |= bit;
		s += len;
		s += strspn(s, " ");
	}
	return true;
}

static bool read_role(struct theme *theme, bool seen[], const struct xml *doc,
    const struct xml_node *n, struct err *e)
{
	const char *name = ui_attr(doc, n, "name", e);
	int role = 0;

	if (!name)
		return false;
	while (role < ROLE_COUNT && strcmp(roles[role], name) != 0)
		role++;
	if (role == ROLE_COUNT)
		return xml_err(doc, n, e, _("there is no role \"%s\""), name);
	if (seen[role])
		return xml_err(doc, n, e, _("role \"%s\" is there twice"), name);
	seen[role] = true;
	return read_colour(doc, n, "fg", &theme->looks[role].fg, e) &&
	    read_colour(doc, n, "bg", &theme->looks[role].bg, e) &&
	    read_attrs(doc, n, "attr", &theme->looks[role].attrs, e) &&
	    read_attrs(doc, n, "mono", &theme->looks[role].mono, e);
}

bool theme_load(struct theme *theme, const char *dir, struct err *e)
{
	struct xml *doc = ui_file(dir, "theme.xml", e);
	bool seen[ROLE_COUNT] = { false }, ok = doc != NULL;

	memset(theme, 0, sizeof *theme);
	for (const struct xml_node *n = doc ? xml_first(xml_root(doc)) : NULL; ok && n;
	    n = xml_next(n))
		ok = xml_is(n, "role") ? read_role(theme, seen, doc, n, e) :
		    ui_unknown(doc, n, e);
	for (int i = 0; ok && i < ROLE_COUNT; i++)
		if (!seen[i])
			ok = xml_err(doc, xml_root(doc), e, _("role \"%s\" is missing"), roles[i]);
	xml_free(doc);
	return ok;
}

enum role theme_severity(int severity)
{
	return severity >= 3 ? ROLE_ALARM : severity == 2 ? ROLE_WARNING :
	    severity == 1 ? ROLE_NOTE : ROLE_GOOD;
}
