/* farm - the cards of one upssim; see farm.h */
#include "sim/farming.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "sim/replay.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static int64_t farm_now(const struct farm *f)
{
	return (loop_now() - f->began) * f->terms.speed;
}

struct farm *farm_new(struct loop *loop, const struct farm_terms *terms)
{
	struct farm *f = mem_new(struct farm);

	f->loop = loop;
	f->terms = *terms;
	f->post = post_new(loop);
	f->traps = traps_new(loop);
	f->began = loop_now();
	return f;
}

static void unit_free(struct unit *u)
{
	simagent_free(u->agent);
	if (u->card)
		model_done(u->model, &u->objects);
	simcard_free(u->card);
	replay_free(u->replay);
	free(u->address);
	free(u->ipv4);
	free(u);
}

void farm_free(struct farm *f)
{
	size_t i;

	if (!f)
		return;
	loop_remove(f->timer);
	loop_remove(f->heart);
	traps_free(f->traps);
	post_free(f->post);
	for (i = 0; i < f->n; i++)
		unit_free(f->units[i]);
	free(f->units);
	map_done(&f->by_name);
	pool_done(&f->names);
	script_done(&f->script);
	free(f);
}

size_t farm_count(const struct farm *f)
{
	return f->n;
}

struct unit *farm_find(const struct farm *f, const char *name, size_t len)
{
	char *whole = mem_ndup(name, len);
	const char *known = pool_find(&f->names, whole);

	free(whole);
	return known ? map_get(&f->by_name, (uintptr_t)known) : NULL;
}

/* Says everything of the script that is due by now, each at its moment. */
static void catch_up(struct farm *f)
{
	const int64_t now = farm_now(f);
	const struct script_line *l;

	while ((l = script_next(&f->script)) && l->at <= now) {
		f->script.said++;
		farm_run(f, l->words, l->at, NULL, NULL);
	}
}

static void script_timer(void *arg);

static void arm_timer(struct farm *f)
{
	const struct script_line *l = script_next(&f->script);
	double ms;

	if (!l)
		return;
	ms = (l->at - farm_now(f)) / f->terms.speed + 1;
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

static void confirmed(void *arg, int64_t number)
{
	traps_confirmed(((struct unit *)arg)->farm->traps, number);
}

static struct unit *unit_new(struct farm *f, const struct farm_card *card)
{
	struct unit *u = mem_new(struct unit);

	u->farm = f;
	u->name = pool_put(&f->names, card->name);
	u->model = card->model;
	u->ipv4 = mem_dup(card->ipv4);
	u->address = mem_printf("%s:%d", card->ipv4, card->port);
	return u;
}

/* Without a community to write, that to read does both. */
static void let_in(struct unit *u, const struct farm_card *card)
{
	const struct farm_terms *t = &u->farm->terms;
	const char *read = card->community ? card->community : t->read;
	size_t i;

	simagent_set_access(u->agent, read, t->write ? ACCESS_READ :
	    ACCESS_WRITE_ALWAYS);
	if (t->write)
		simagent_set_access(u->agent, t->write, ACCESS_WRITE_ALWAYS);
	for (i = 0; t->access && i < t->access->n; i++)
		simagent_set_access(u->agent, t->access->all[i].name,
		    t->access->all[i].access);
}

/* What it will serve. */
static bool unit_fill(struct unit *u, const char *record, struct err *e)
{
	if (!record) {
		u->card = simcard_new(u->name, u->farm->n + 1, u->farm->terms.seed);
		model_objects(u->model, &u->objects, u->card);
		return true;
	}
	u->replay = replay_read(record, e);
	if (u->replay)
		replay_objects(&u->objects, u->replay);
	return u->replay;
}

static bool unit_open(struct unit *u, const struct farm_card *card, struct err *e)
{
	struct simagent_setup setup = {
		.ipv4 = card->ipv4, .port = card->port, .objects = &u->objects,
		.users = u->farm->terms.users, .post = u->farm->post, .wake = wake,
		.confirmed = confirmed, .arg = u,
		.seed = u->farm->terms.seed * 2654435761u + u->farm->n,
	};

	if (!unit_fill(u, card->record, e))
		return false;
	u->agent = simagent_new(u->farm->loop, &setup, e);
	if (!u->agent)
		return err_at(e, "%s", card->name);
	let_in(u, card);
	if (u->card && u->model != MODEL_RFC1628 && traps_any(u->farm->traps))
		farm_listen(u);
	return true;
}

bool farm_add(struct farm *f, const struct farm_card *card, struct err *e)
{
	struct unit *u;

	if (!*card->name || farm_find(f, card->name, strlen(card->name)))
		return err_set(e, _("%s: each card needs a name of its own"),
		    card->name);
	u = unit_new(f, card);
	if (!unit_open(u, card, e)) {
		unit_free(u);
		return false;
	}
	mem_grow(f->units, f->n, f->cap);
	f->units[f->n++] = u;
	map_put(&f->by_name, (uintptr_t)u->name, u);
	return true;
}

void farm_live(struct farm *f)
{
	size_t i;

	catch_up(f);
	for (i = 0; i < f->n; i++)
		if (f->units[i]->card)
			simcard_advance(f->units[i]->card, farm_now(f));
}

bool farm_do(struct farm *f, const char *line, struct text *out, struct err *e)
{
	catch_up(f);
	return farm_run(f, line, farm_now(f), out, e);
}

/* What is shown of it is as it was typed, and no more than a line. */
static bool is_text(const char *line, struct err *e)
{
	size_t size = strlen(line) + 1;
	char *shown = mem_zero(size, 1);
	bool is;

	text_show(shown, size, line);
	is = strcmp(shown, line) == 0;
	if (!is)
		err_set(e, _("\"%.60s\" is no text: a command for later is as \"at 1m30s UPS4 mains off\""),
		    shown);
	free(shown);
	return is;
}

bool farm_at(struct farm *f, const char *line, struct err *e)
{
	int64_t at;
	const char *words_then = is_text(line, e) ? script_parse(line, &at, e) : NULL;

	if (!words_then)
		return false;
	if (!farm_check(f, words_then, e))
		return err_at(e, "%s", line);
	script_add(&f->script, at, words_then);
	arm_timer(f);
	return true;
}

static bool take_line(const char *line, void *arg, struct err *e)
{
	return farm_at(arg, line, e);
}

bool farm_script(struct farm *f, const char *path, struct err *e)
{
	return script_read(path, take_line, f, e);
}
