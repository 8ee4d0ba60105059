/* What a view with keys asks in linear mode: a row's number, or one of its keys. See linear.h */
#include "tui/linear.h"

#include "base/i18n.h"
#include "base/text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { ASK_AGAIN = LINEAR_DONE + 1, WORD_MAX = 60 };

static const struct linear_word *own_word(const struct linear_view *o, const char *word)
{
	for (const struct linear_word *w = o->words; w && w->word; w++)
		if (strcmp(w->word, word) == 0)
			return w;
	return NULL;
}

/* A key of the view, or the name or short label of an action that has a key there. */
static const struct action *action_of(const struct view *v, const char *word)
{
	const struct keys *keys = v->tui->ui->keys;
	const struct action *a = keys_action(keys, v->type->name, word);
	const struct binding *b;

	for (size_t i = 0; !a && (b = keys_each(keys, v->type->name, i)); i++)
		if (strcasecmp(b->action->name, word) == 0 ||
		    strcasecmp(tr(b->action->brief), word) == 0)
			a = b->action;
	return a;
}

/* "A number goes there, f Mend, u Undo; ? tells all keys, nothing goes back: " */
static void add_prompt(const struct view *v, const struct linear_view *o, struct text *t)
{
	const struct binding *b;

	if (o->number && o->rows)
		text_add(t, o->number);
	for (const struct linear_word *w = o->words; w && w->word; w++)
		text_printf(t, "%s%s %s", t->len ? ", " : "", w->word, tr(w->words));
	for (size_t i = 0; (b = keys_each(v->tui->ui->keys, v->type->name, i)); i++)
		if (b->bar && linear_offers(b->action) && strcmp(b->key, "Space") != 0)
			text_printf(t, "%s%s %s", t->len ? ", " : "", b->key,
			    tr(b->action->brief));
	text_printf(t, "%s%s", t->len ? "; " : "", _("? all keys, nothing goes back: "));
}

static void tell_keys(const struct view *v, const struct linear_view *o, struct linear *l)
{
	const struct binding *b;

	for (const struct linear_word *w = o->words; w && w->word; w++)
		linear_say(l, "%s %s", w->word, tr(w->words));
	for (size_t i = 0; (b = keys_each(v->tui->ui->keys, v->type->name, i)); i++) {
		struct err why;

		/* one of its keys is enough */
		if (!linear_offers(b->action) ||
		    keys_of(v->tui->ui->keys, v->type->name, b->action) != b->key)
			continue;
		if (action_usable(b->action, v->tui, &why))
			linear_say(l, "%s, %s: %s", b->key, b->action->name, tr(b->action->label));
		else
			linear_say(l, "%s, %s: %s (%s)", b->key, b->action->name,
			    tr(b->action->label), why.text);
	}
	if (o->rows)
		linear_say(l, "%s", _("A number behind a key is the row that it is for."));
}

/* From 0; false, and told, when there is no such row. */
static bool row_of(const struct linear_view *o, struct linear *l, const char *text, int *row)
{
	char *end;
	long number = strtol(text, &end, 10);

	*row = (int)number - 1;
	if (isdigit((unsigned char)*text) && !*end && number >= 1 && number <= o->rows)
		return true;
	if (o->rows)
		linear_say(l, _("%s: not one of 1 to %d."), text, o->rows);
	else
		linear_say(l, _("%s: there are no rows here."), text);
	return false;
}

/* "f 3" or "f3": the word, and where the number behind it begins. */
static const char *split(const struct view *v, const struct linear_view *o, const char *line,
    char word[WORD_MAX])
{
	size_t len = strcspn(line, " "), rest = len + strspn(line + len, " ");

	snprintf(word, WORD_MAX, "%.*s", (int)len, line);
	if (line[rest] || action_of(v, word) || own_word(o, word))
		return line + rest;
	while (len > 1 && isdigit((unsigned char)line[len - 1]))
		len--;
	snprintf(word, WORD_MAX, "%.*s", (int)len, line);
	return line + len;
}

/* row: -1 if none was told. */
static int run(struct view *v, const struct linear_view *o, struct linear *l,
    const struct action *a, int row)
{
	bool help = strcmp(a->name, "help") == 0, ok = strcmp(a->name, "ok") == 0;

	if (strcmp(a->name, "cancel") == 0 || (ok && !o->rows))
		return LINEAR_BACK;
	if (!help && !linear_offers(a) && !(ok && row >= 0)) {
		linear_say(l, "%s: %s", a->name, linear_instead(a));
		return ASK_AGAIN;
	}
	if (row >= 0)
		o->go(v, row);
	if (ok)
		return LINEAR_ROW;
	action_run(a, v->tui);
	return LINEAR_DONE;
}

static int answer(struct view *v, const struct linear_view *o, struct linear *l,
    const char *line)
{
	const struct linear_word *own;
	const struct action *a;
	char word[WORD_MAX];
	const char *number;
	int row = -1;

	if (strcmp(line, "?") == 0) {
		tell_keys(v, o, l);
		return ASK_AGAIN;
	}
	if (isdigit((unsigned char)*line)) {
		if (!row_of(o, l, line, &row))
			return ASK_AGAIN;
		o->go(v, row);
		return LINEAR_ROW;
	}
	number = split(v, o, line, word);
	own = own_word(o, word);
	a = action_of(v, word);
	if (!own && !a) {
		linear_say(l, _("%s: not a key of this view; ? tells them."), line);
		return ASK_AGAIN;
	}
	if (*number && !row_of(o, l, number, &row))
		return ASK_AGAIN;
	if (!own)
		return run(v, o, l, a, row);
	if (row >= 0)
		o->go(v, row);
	own->run(v);
	return LINEAR_DONE;
}

enum linear_turn linear_turn(struct view *v, struct linear *l, const struct linear_view *o)
{
	struct text prompt = { 0 };
	int turn = ASK_AGAIN;

	add_prompt(v, o, &prompt);
	while (turn == ASK_AGAIN) {
		/* = may be a key */
		char *line = linear_ask(l, prompt.s, LINEAR_LITERAL);

		turn = line && *line ? answer(v, o, l, line) : LINEAR_BACK;
		free(line);
	}
	text_done(&prompt);
	return (enum linear_turn)turn;
}
