#include "tui/theme.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/ui.h"

#include <stdlib.h>
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

/* "214", "bright-red", "red": for how many colours it is, and its number. */
static bool colour_word(const char *s, size_t len, int *kind, short *number)
{
	bool bright = len > 7 && strncmp(s, "bright-", 7) == 0;

	*kind = COLOURS_256;
	if (len > 0 && len <= 3 && strspn(s, "0123456789") >= len) {
		*number = (short)atoi(s);
		return *number >= 16 && *number <= 255;
	}
	s += bright ? 7 : 0;
	len -= bright ? 7 : 0;
	*kind = bright ? COLOURS_16 : COLOURS_8;
	for (short i = 0; i < 8; i++)
		if (strlen(colours[i]) == len && memcmp(colours[i], s, len) == 0) {
			*number = (short)(bright ? i + 8 : i);
			return true;
		}
	return false;
}

/*
 * "214 bright-yellow yellow": the first that the terminal has. The last one must
 * be a name, which every terminal with colours has, if not so bright.
 */
static bool read_colour(const struct xml *doc, const struct xml_node *n,
    const char *name, struct colour *to, struct err *e)
{
	const char *s = xml_attr(n, name);
	int kind = COLOURS_KINDS, before;

	*to = (struct colour){ { -1, -1, -1 } };
	while (s && *s) {
		size_t len = strcspn(s, " ");
		short number;

		before = kind;
		if (!colour_word(s, len, &kind, &number))
			return xml_err(doc, n, e, _("\"%.*s\" is no colour: black, red, green, yellow, blue, magenta, cyan, white, one of these with bright-, or a number from 16 to 255"), (int)len, s);
		if (kind >= before)
			return xml_err(doc, n, e, _("%s=\"%s\": first a number, then a bright colour, then one of the eight"), name, xml_attr(n, name));
		/* for all that have not got a better one; bright red is red of eight */
		for (int i = 0; i < before; i++)
			to->of[i] = i == COLOURS_8 ? (short)(number % 8) : number;
		s += len;
		s += strspn(s, " ");
	}
	return kind != COLOURS_256 || xml_err(doc, n, e,
	    _("%s=\"%s\" needs a name behind the number, for terminals with fewer colours"), name, xml_attr(n, name));
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

static bool read_theme(struct themes *all, const struct xml *doc,
    const struct xml_node *n, struct err *e)
{
	const char *base = xml_attr(n, "base"), *colour = xml_attr(n, "colours");
	struct theme t = { .name = ui_attr(doc, n, "name", e) };
	bool seen[ROLE_COUNT] = { false };
	struct theme *old;

	if (!t.name || !(t.title = ui_attr(doc, n, "title", e)))
		return false;
	if (base && !themes_find(all, base))
		return xml_err(doc, n, e, _("there is no theme \"%s\" above"), base);
	if (base)
		memcpy(t.looks, themes_find(all, base)->looks, sizeof t.looks);
	t.mono = colour && strcmp(colour, "no") == 0;
	for (const struct xml_node *i = xml_first(n); i; i = xml_next(i))
		if (!(xml_is(i, "role") ? read_role(&t, seen, doc, i, e) :
		    ui_unknown(doc, i, e)))
			return false;
	for (int i = 0; !base && i < ROLE_COUNT; i++)
		if (!seen[i])
			return xml_err(doc, n, e, _("role \"%s\" is missing"), roles[i]);
	old = (struct theme *)themes_find(all, t.name);
	if (!old) {
		mem_grow(all->list, all->n, all->cap);
		old = &all->list[all->n++];
	}
	*old = t;
	return true;
}

bool themes_read(struct themes *all, const struct xml *doc, struct err *e)
{
	for (const struct xml_node *n = xml_first(xml_root(doc)); n; n = xml_next(n))
		if (!(xml_is(n, "theme") ? read_theme(all, doc, n, e) : ui_unknown(doc, n, e)))
			return false;
	return all->n > 0 || xml_err(doc, xml_root(doc), e, _("there is no theme"));
}

void themes_done(struct themes *all)
{
	free(all->list);
	*all = (struct themes){ 0 };
}

const struct theme *themes_find(const struct themes *all, const char *name)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->list[i].name, name) == 0)
			return &all->list[i];
	return NULL;
}

static int kind_of(int n)
{
	return n >= 256 ? COLOURS_256 : n >= 16 ? COLOURS_16 : COLOURS_8;
}

short theme_fg(const struct theme *t, enum role role, int n)
{
	short c = t->looks[role].fg.of[kind_of(n)];

	return c < 0 ? t->looks[ROLE_TEXT].fg.of[kind_of(n)] : c;
}

short theme_bg(const struct theme *t, enum role role, int n)
{
	short c = t->looks[role].bg.of[kind_of(n)];

	return c < 0 ? t->looks[ROLE_TEXT].bg.of[kind_of(n)] : c;
}

enum role theme_severity(int severity)
{
	return severity >= 3 ? ROLE_ALARM : severity == 2 ? ROLE_WARNING :
	    severity == 1 ? ROLE_NOTE : ROLE_GOOD;
}
