/* farm - the cards of one upssim; see farm.h */
#include "sim/farm.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "sim/agent.h"
#include "sim/card.h"
#include "sim/powernet.h"
#include "sim/replay.h"
#include "sim/script.h"
#include "sim/word.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct unit {
	struct farm *farm;
	char *name, *address, *read, *write;
	struct simagent_terms terms;	/* read and write */
	struct simcard *card;		/* or: */
	struct replay *replay;
	struct simagent *agent;
};

struct farm {
	struct loop *loop;
	double speed;
	unsigned seed;
	const char *read, *write;
	int64_t began;
	struct unit **units;
	size_t n, cap;
	struct script script;
	struct watch *timer;		/* for its next line */
};

enum { MAX_SCRIPT = 1 << 20 };

static int64_t farm_now(const struct farm *f)
{
	return (loop_now() - f->began) * f->speed;
}

struct farm *farm_new(struct loop *loop, const struct farm_terms *terms)
{
	struct farm *f = mem_new(struct farm);

	f->loop = loop;
	f->speed = terms->speed;
	f->seed = terms->seed;
	f->read = terms->read;
	f->write = terms->write;
	f->began = loop_now();
	return f;
}

static void unit_free(struct unit *u)
{
	simagent_free(u->agent);
	simcard_free(u->card);
	replay_free(u->replay);
	free(u->name);
	free(u->address);
	free(u->read);
	free(u->write);
	free(u);
}

void farm_free(struct farm *f)
{
	size_t i;

	if (!f)
		return;
	loop_remove(f->timer);
	for (i = 0; i < f->n; i++)
		unit_free(f->units[i]);
	free(f->units);
	script_done(&f->script);
	free(f);
}

size_t farm_count(const struct farm *f)
{
	return f->n;
}

static struct unit *find(const struct farm *f, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		if (strncmp(f->units[i]->name, name, len) == 0 &&
		    !f->units[i]->name[len])
			return f->units[i];
	return NULL;
}

static bool run(struct farm *, const char *line, int64_t at, struct text *out,
    struct err *);

/* Says everything of the script that is due by now, each at its moment. */
static void catch_up(struct farm *f)
{
	const int64_t now = farm_now(f);
	const struct script_line *l;

	while ((l = script_next(&f->script)) && l->at <= now) {
		f->script.said++;
		run(f, l->words, l->at, NULL, NULL);
	}
}

static void script_timer(void *arg);

static void arm_timer(struct farm *f)
{
	const struct script_line *l = script_next(&f->script);
	double ms;

	if (!l)
		return;
	ms = (l->at - farm_now(f)) / f->speed + 1;
	ms = ms < 0 ? 0 : ms > INT_MAX ? INT_MAX : ms;
	if (f->timer)
		loop_again(f->timer, ms);
	else
		f->timer = loop_after(f->loop, ms, script_timer, f);
}

static void script_timer(void *arg)
{
	catch_up(arg);
	arm_timer(arg);
}

/* A request is coming in. */
static void wake(void *arg)
{
	struct unit *u = arg;

	catch_up(u->farm);
	if (u->card)
		simcard_advance(u->card, farm_now(u->farm));
}

static struct unit *unit_new(struct farm *f, const struct farm_card *card)
{
	struct unit *u = mem_new(struct unit);

	u->farm = f;
	u->name = mem_dup(card->name);
	u->address = mem_printf("%s:%d", card->ipv4, card->port);
	u->read = mem_dup(card->community ? card->community : f->read);
	u->write = mem_dup(f->write ? f->write : u->read);
	u->terms.read = u->read;
	u->terms.write = u->write;
	return u;
}

/* What it will serve. */
static bool unit_fill(struct unit *u, const char *record, struct objects *all,
    struct err *e)
{
	if (!record) {
		u->card = simcard_new(u->name, u->farm->n + 1, u->farm->seed);
		powernet_objects(all, u->card);
		return true;
	}
	u->replay = replay_read(record, e);
	if (u->replay)
		replay_objects(all, u->replay);
	return u->replay;
}

bool farm_add(struct farm *f, const struct farm_card *card, struct err *e)
{
	struct objects all;
	struct unit *u;

	if (!*card->name || find(f, card->name, strlen(card->name)))
		return err_set(e, _("%s: each card needs a name of its own"),
		    card->name);
	u = unit_new(f, card);
	if (unit_fill(u, card->record, &all, e)) {
		u->agent = simagent_new(f->loop, card->ipv4, card->port, &all,
		    &u->terms, wake, u, e);
		if (!u->agent)
			err_at(e, "%s", card->name);
	}
	if (!u->agent) {
		unit_free(u);
		return false;
	}
	mem_grow(f->units, f->n, f->cap);
	f->units[f->n++] = u;
	return true;
}

/* A change as a line asked for it. */
struct change {
	struct unit *unit;		/* NULL: all */
	const struct word *word;	/* NULL: alive or dead */
	double value;			/* on or alive: 1 */
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
		c->unit = find(f, *line, end - *line);
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
	char word[16], value[32], rest;
	int n;

	memset(c, 0, sizeof *c);
	if (!read_name(f, c, &line, e))
		return false;
	n = sscanf(line, "%15s %31s %c", word, value, &rest);
	if (n == 1 && (strcmp(word, "dead") == 0 || strcmp(word, "alive") == 0)) {
		c->value = strcmp(word, "alive") == 0;
		return true;
	}
	c->word = n >= 1 ? word_find(word) : NULL;
	if (!c->word)
		return err_set(e, _("\"%s\" is nothing that a card can be told; "
		    "upssim --help lists the words"), line);
	if (n != 2)
		return err_set(e, _("%s takes one value: %s"), word,
		    word_values(c->word));
	if (c->unit && !c->unit->card)
		return err_set(e, _("%s replays a record: it can only be dead or "
		    "alive"), c->unit->name);
	return word_read(c->word, value, &c->value, e);
}

static void change_unit(struct unit *u, const struct change *c, int64_t at)
{
	if (!c->word) {
		simagent_set_alive(u->agent, c->value);
		return;
	}
	if (!u->card)
		return;
	simcard_advance(u->card, at);
	word_do(c->word, u->card, c->value);
}

static const char *output_word(const struct simview *v)
{
	switch (v->output) {
	case OUTPUT_ON_LINE:
		return "online";
	case OUTPUT_ON_BATTERY:
		return v->battery_status == 3 ? "low-battery" : "on-battery";
	case OUTPUT_OFF:
		return "off";
	case OUTPUT_REBOOTING:
		return "rebooting";
	case OUTPUT_SLEEPING:
	case OUTPUT_TIMED_SLEEP:
		return "sleeping";
	default:
		return "test";
	}
}

static void tell_unit(const struct unit *u, int64_t at, struct text *out)
{
	const struct simview *v;

	text_printf(out, "%s %s %s", u->name, u->address,
	    simagent_alive(u->agent) ? "alive" : "dead");
	if (!u->card) {
		text_add(out, " replay\n");
		return;
	}
	simcard_advance(u->card, at);
	v = simcard_view(u->card);
	text_printf(out, " %s mains %s battery %.1f runtime %d load %.1f "
	    "input %.1f output %.1f temperature %.1f comm %s\n",
	    output_word(v), simcard_mains(u->card) ? "on" : "off",
	    v->charge / 10.0, v->runtime / 100, v->load / 10.0, v->line / 10.0,
	    v->out / 10.0, v->temperature / 10.0, v->comm == 1 ? "on" : "off");
}

static bool run(struct farm *f, const char *line, int64_t at, struct text *out,
    struct err *e)
{
	struct change c;
	size_t i;

	if (strcmp(line, "quit") == 0) {
		loop_stop(f->loop);
		return true;
	}
	if (strcmp(line, "state") == 0) {
		for (i = 0; out && i < f->n; i++)
			tell_unit(f->units[i], at, out);
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

bool farm_do(struct farm *f, const char *line, struct text *out, struct err *e)
{
	catch_up(f);
	return run(f, line, farm_now(f), out, e);
}

bool farm_at(struct farm *f, const char *line, struct err *e)
{
	struct change c;
	int64_t at;
	const char *words_then = script_parse(line, &at, e);

	if (!words_then)
		return false;
	if (strcmp(words_then, "quit") != 0 && !read_change(f, &c, words_then, e))
		return err_at(e, "%s", line);
	script_add(&f->script, at, words_then);
	arm_timer(f);
	return true;
}

bool farm_script(struct farm *f, const char *path, struct err *e)
{
	size_t len;
	char *text = file_read(path, MAX_SCRIPT, &len, e), *s, *next;
	int number = 1;
	bool ok = text;

	for (s = text; ok && s; s = next, number++) {
		next = strchr(s, '\n');
		if (next)
			*next++ = '\0';
		s[strcspn(s, "\r")] = '\0';
		s += strspn(s, " \t");
		if (*s && *s != '#' && !farm_at(f, s, e))
			ok = err_at(e, _("%s: line %d"), path, number);
	}
	free(text);
	return ok;
}
