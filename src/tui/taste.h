/*
 * taste - what an operator can have as he likes it, from the View menu: theme,
 * language, mouse, ASCII, wide characters; and what stands still when he wants
 * to read. Kept in prefs: theme, language, mouse, ambiguous.
 */
#ifndef AMC_TUI_TASTE_H
#define AMC_TUI_TASTE_H

#include "tui/tui.h"
#include "tui/view.h"

/* At the start: the language, before anything is said in another. */
void taste_words(const struct tui *);
/* What the terminal can show; the theme. */
const struct theme *taste_screen(struct tui *, const struct tui_options *);
bool taste_mouse(const struct tui *);
/* Asks the terminal how wide it is, unless that was said; then takes its answer. */
void taste_ask_width(const struct tui *);
void taste_width_told(struct tui *);

/* Actions. */
void taste_choose_theme(struct tui *);
void taste_choose_language(struct tui *);
void taste_choose_width(struct tui *);
void taste_toggle_mouse(struct tui *);
void taste_pause(struct tui *);
void taste_copy(struct tui *);

#endif
