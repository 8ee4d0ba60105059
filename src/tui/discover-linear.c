/* What a search for cards found, in linear mode; a part of discover */
#include "tui/discovering.h"

#include "base/i18n.h"
#include "tui/linear.h"

#include <stdlib.h>
#include <string.h>

static void linear_row(const struct searching *s, int i, const struct discovered *x,
    struct linear *l)
{
	char words[300];

	discovering_words(s, x, words, sizeof words);
	linear_say(l, "%3d %s%s%s%s%s%s%s, %s", i + 1, x->address, *x->name ? ", " : "", x->name,
	    *x->ident.model ? ", " : "", x->ident.model, *x->ident.serial ? ", " : "",
	    x->ident.serial, words);
}

/* "1 3 5" or "all"; false and told when one is no row that can be registered. */
static bool linear_ticks(struct searching *s, char *line, struct linear *l)
{
	int n, number;
	const struct discovered *list = discovering_list(s, &n);
	char *rest = NULL, *word;

	s->n_ticked = 0;
	if (strcmp(line, "all") == 0 || strcmp(line, _("all")) == 0) {
		for (int i = 0; i < n; i++)
			discovering_tick(s, &list[i], true);
		return true;
	}
	for (word = strtok_r(line, ", ", &rest); word; word = strtok_r(NULL, ", ", &rest)) {
		number = atoi(word);
		if (number < 1 || number > n || !discovering_can_tick(&list[number - 1])) {
			linear_say(l, _("%s: not a number of a UPS that is not registered yet."), word);
			return false;
		}
		discovering_tick(s, &list[number - 1], true);
	}
	return true;
}

void discovering_linear(struct view *v, struct linear *l)
{
	struct searching *s = (struct searching *)v;
	int n;
	const struct discovered *list;
	char *line;

	if (discover_busy(s->discover)) {
		if (!linear_wait(l))	/* Ctrl-C: what was found so far */
			discover_stop(s->discover);
		return;
	}
	list = discovering_list(s, &n);
	linear_say(l, _("Discover cards: %s, %d found, %d ticked"), s->where, n, 0);
	for (int i = 0; i < n; i++)
		linear_row(s, i, &list[i], l);
	line = n ? linear_ask(l, _("Numbers to register, all, or nothing to go back: "), 0) : NULL;
	if (!line || !*line)
		tui_close(v);
	else if (linear_ticks(s, line, l) && s->n_ticked)
		discovering_ask_group(s);
	free(line);
}
