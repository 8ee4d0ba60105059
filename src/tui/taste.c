#include "tui/taste.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/ask.h"
#include "tui/font.h"

#include <stdlib.h>
#include <string.h>

enum { THEMES_MAX = 32 };

static const struct { const char *code, *name; } languages[] = {
	{ "", N_("As the system has it") },
	/* each in itself, for who can read only that */
	{ "en", "English" },
	{ "ja", "日本語" },
};
enum { LANGUAGES = sizeof languages / sizeof *languages };

static int language_now(const struct tui *t)
{
	const char *code = prefs_get(t->prefs, "language");

	for (int i = 0; i < LANGUAGES; i++)
		if (code && strcmp(languages[i].code, code) == 0)
			return i;
	return 0;
}

void taste_words(const struct tui *t)
{
	int i = language_now(t);

	/* question marks are in no language, nor are what a font has for all that it lacks */
	font_look(getenv("TERM"));
	if (!i18n_utf8() || font_lacks_kana())
		i18n_language("en");
	else if (i > 0)
		i18n_language(languages[i].code);
}

/* What the terminal shows of lines and marks, and how wide; true when that is another now. */
static bool take_width(struct tui *t)
{
	int cols = t->ambiguous, before = t->ambiguous_cols;

	if (!cols)
		cols = prefs_number(t->prefs, "ambiguous", 1, 2, 0);
	if (!cols)
		cols = screen_width_told();
	if (!cols)
		cols = i18n_ambiguous();
	shape_use(!i18n_utf8() ? SHAPES_PLAIN : t->ascii ? SHAPES_ASCII :
	    cols == 2 ? SHAPES_NARROW : SHAPES_ALL);
	shape_font(font_ends() ? font_has : NULL);
	text_set_ambiguous(cols, shape_is);
	t->ambiguous_cols = cols;
	return cols != before;
}

void taste_ask_width(const struct tui *t)
{
	if (i18n_utf8() && !t->ambiguous && !screen_width_told() &&
	    !prefs_number(t->prefs, "ambiguous", 1, 2, 0))
		screen_ask_width();
}

void taste_width_told(struct tui *t)
{
	if (take_width(t))
		screen_redraw();
}

const struct theme *taste_screen(struct tui *t, const struct tui_options *o)
{
	const char *name = prefs_get(t->prefs, "theme");

	t->ascii = o->ascii;
	t->ambiguous = o->ambiguous;
	take_width(t);
	t->theme = name ? themes_find(&t->ui->themes, name) : NULL;
	if (!t->theme)
		t->theme = t->ui->themes.list;
	return t->theme;
}

bool taste_mouse(const struct tui *t)
{
	const char *mouse = prefs_get(t->prefs, "mouse");

	return !mouse || strcmp(mouse, "no") != 0;
}

static void theme_chosen(struct tui *t, int which, const char *text, void *arg)
{
	(void)text;
	(void)arg;
	if (which >= 0) {
		t->theme = &t->ui->themes.list[which];
		prefs_set(t->prefs, "theme", t->theme->name);
	}
	screen_theme(t->theme);		/* also back to what it was */
	tui_draw_soon(t);
}

/* How the console would look. */
static void theme_seen(struct tui *t, int which)
{
	screen_theme(&t->ui->themes.list[which]);
}

void taste_choose_theme(struct tui *t)
{
	const struct themes *all = &t->ui->themes;
	const char *labels[THEMES_MAX];
	int n = 0, at = 0;

	for (; n < (int)all->n && n < THEMES_MAX; n++) {
		labels[n] = tr(all->list[n].title);
		if (&all->list[n] == t->theme)
			at = n;
	}
	ask_choice_seen(t, _("Theme"), labels, n, at, theme_seen, theme_chosen, NULL);
}

static void language_chosen(struct tui *t, int which, const char *text, void *arg)
{
	(void)text;
	(void)arg;
	if (which < 0)
		return;
	if (which != 1 && (!i18n_utf8() || font_lacks_kana())) {
		tui_say(t, 1, "%s", i18n_utf8() ?
		    _("The font of this console has no Japanese: only English can be shown") :
		    _("In a locale without UTF-8 only English can be shown"));
		return;
	}
	prefs_set(t->prefs, "language", languages[which].code);
	i18n_language(which ? languages[which].code : NULL);
	t->said_at = 0;
	app_reworded(t->app);
	tui_draw_soon(t);
}

void taste_choose_language(struct tui *t)
{
	const char *labels[LANGUAGES];

	for (int i = 0; i < LANGUAGES; i++)
		labels[i] = i ? languages[i].name : tr(languages[i].name);
	ask_choice(t, _("Language"), labels, LANGUAGES, language_now(t), language_chosen, NULL);
}

static void width_chosen(struct tui *t, int which, const char *text, void *arg)
{
	(void)text;
	(void)arg;
	if (which < 0)
		return;
	t->ambiguous = which;
	prefs_set(t->prefs, "ambiguous", which ? which == 1 ? "1" : "2" : "auto");
	take_width(t);
	screen_redraw();
	taste_ask_width(t);
	tui_draw_soon(t);
}

/* In a terminal that has it otherwise, no line ends where it should. */
void taste_choose_width(struct tui *t)
{
	const char *labels[] = { _("As the terminal says"),
	    _("One column (most terminals)"), _("Two columns (some East Asian terminals)") };
	int now = t->ambiguous ? t->ambiguous : prefs_number(t->prefs, "ambiguous", 1, 2, 0);

	ask_choice(t, _("Width of ambiguous characters"), labels, 3, now, width_chosen, NULL);
}

void taste_toggle_mouse(struct tui *t)
{
	bool on = !taste_mouse(t);

	prefs_set(t->prefs, "mouse", on ? "yes" : "no");
	screen_take_mouse(on);
	tui_say(t, 0, "%s", on ? _("The mouse works in the console; with Shift it selects text") :
	    _("The mouse is the terminal's again, to select text"));
}

void taste_pause(struct tui *t)
{
	t->paused = t->paused ? 0 : time(NULL);
	watch_pause(t->app, t->paused != 0);
	t->said_at = 0;
	tui_draw_soon(t);
}

void taste_copy(struct tui *t)
{
	struct err e;
	char *text = NULL;

	if (!t->top->type->copy)
		err_set(&e, _("nothing here can be copied"));
	else
		text = t->top->type->copy(t->top, &e);
	if (text && !*text)
		err_set(&e, _("it is empty"));
	if (text && *text && screen_copy(text, &e))
		tui_say(t, 0, _("Copied to the clipboard: %s"), text);
	else
		tui_say(t, 1, _("Nothing was copied: %s"), e.text);
	free(text);
}
