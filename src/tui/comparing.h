/*
 * comparing - what the parts of the view of the cards' settings (settings.h) share;
 * nobody else includes it.
 */
#ifndef AMC_TUI_COMPARING_H
#define AMC_TUI_COMPARING_H

#include "app/cards.h"
#include "tui/settings.h"

/* A row is a setting of a card, or the card itself: setting NULL. */
struct spot_row {
	size_t card;
	const struct outcome *setting;
};

struct settings {
	struct view view;
	struct cards *cards;
	struct spot_row *rows;
	size_t n, cap, at, top;
	bool all;		/* also what is alike */
	bool ask;		/* to write, when all have been read */
	bool wrote;		/* it is being written, and not told yet how it ended */
	unsigned long seen;	/* site_changes() of what is compared */
};

/* On top now, else NULL. */
struct settings *settings_on_top(const struct tui *);
/* The power device of a card; NULL: it has gone. */
const struct node *settings_node(const struct settings *, const struct cards_one *);
/* The rows anew; the cursor keeps the row it had. */
void settings_list(struct settings *);
/* Asks first when it would leave something half known. */
void settings_cancel(struct view *);

/* settings-words.c: of a row, and its role. */
enum role settings_words(const struct settings *, const struct spot_row *, char *buf, size_t size);
/* "=", "≠" ... */
const char *settings_mark(enum outcome_kind);
/* How many settings are not alike, and on how many cards. */
size_t settings_differences(const struct settings *, size_t *cards);
void settings_title(const struct settings *, char *buf, size_t size);

/* settings-draw.c: rows of the list that the screen has room for. */
size_t settings_window(void);
void settings_draw(struct view *);

/* settings-write.c */
void settings_ask_to_write(struct settings *);
/* Something has come from the cards; arg is the view. */
void settings_news(void *arg);

/* settings-linear.c */
void settings_linear(struct view *, struct linear *);

#endif
