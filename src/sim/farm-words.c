/* farm-words - what the lines say that are said to a farm; see farm.h */
#include "sim/farming.h"

#include "base/i18n.h"
#include "sim/word.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A change as a line asked for it. */
struct change {
	struct unit *unit;		/* NULL: all */
	const struct word *word;
	char value[96];
};

/* The card at the beginning of a line, and what follows it. */
static bool read_name(const struct farm *f, struct change *c, const char **line,
    struct err *e)
{
	const char *end = *line;

	/* names may have spaces in them */
	for (;;) {
		end += strcspn(end, " ");
		if (end - *line == 3 && strncmp(*line, "all", 3) == 0)
			break;
		c->unit = farm_find(f, *line, end - *line);
		if (c->unit)
			break;
		if (!*end)
			return err_set(e, _("%.*s: no card has this name"),
			    (int)strcspn(*line, " "), *line);
		end++;
	}
	*line = end + strspn(end, " ");
	return true;
}

static bool read_change(const struct farm *f, struct change *c, const char *line,
    struct err *e)
{
	char word[16];
	int n, used = 0;
	size_t len;

	memset(c, 0, sizeof *c);
	if (!read_name(f, c, &line, e))
		return false;
	n = sscanf(line, "%15s %n", word, &used);
	c->word = n == 1 ? word_find(word) : NULL;
	if (!c->word)
		return err_set(e, _("\"%s\" is nothing that a card can be told; "
		    "upssim --help lists the words"), line);
	if (c->unit && !c->unit->card && word_needs_card(c->word))
		return err_set(e, _("%s replays a record: \"%s\" is for cards that "
		    "live"), c->unit->name, word);
	snprintf(c->value, sizeof c->value, "%s", line + used);
	for (len = strlen(c->value); len > 0 && c->value[len - 1] == ' '; )
		c->value[--len] = '\0';
	return word_check(c->word, c->value, e);
}

static void change_unit(struct unit *u, const struct change *c, int64_t at)
{
	const struct word_target t = { u->card, u->agent, u->farm->terms.speed };

	if (!u->card && word_needs_card(c->word))
		return;
	if (u->card)
		simcard_advance(u->card, at);
	word_do(c->word, &t, c->value);
	if (word_restarts(c->word))
		farm_restarts(u);
}

/* "dead 5": so many percent of the cards, spread evenly. */
static bool read_dead(const char *line, double *percent)
{
	char *end;

	if (strncmp(line, "dead ", 5) != 0)
		return false;
	*percent = strtod(line + 5, &end);
	return end > line + 5 && !*end && *percent >= 0 && *percent <= 100;
}

static void make_dead(struct farm *f, double percent)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		simagent_set_alive(f->units[i]->agent,
		    (long)((i + 1) * percent / 100) == (long)(i * percent / 100));
}

bool farm_check(struct farm *f, const char *line, struct err *e)
{
	struct change c;
	double percent;

	return strcmp(line, "quit") == 0 || read_dead(line, &percent) ||
	    read_change(f, &c, line, e);
}

bool farm_run(struct farm *f, const char *line, int64_t at, struct text *out,
    struct err *e)
{
	struct change c;
	double percent;
	size_t i;

	if (strcmp(line, "quit") == 0) {
		loop_stop(f->loop);
		return true;
	}
	if (strcmp(line, "state") == 0 || strcmp(line, "state --json") == 0) {
		if (out)
			(line[5] ? farm_tell_json : farm_tell)(f, at, out);
		return true;
	}
	if (read_dead(line, &percent)) {
		make_dead(f, percent);
		return true;
	}
	if (!read_change(f, &c, line, e))
		return false;
	if (c.unit) {
		change_unit(c.unit, &c, at);
		return true;
	}
	for (i = 0; i < f->n; i++)
		change_unit(f->units[i], &c, at);
	return true;
}
