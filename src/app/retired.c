/* retired - keys that terminals have changed from; see retired.h */
#include "app/retired.h"
#include "app/context.h"
#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"
#include "peer/trust.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SCHEMA "amc.retired.v1"
#define YEAR_MS (366 * INT64_C(86400000))

enum { FILE_MAX = 1 << 20 };

/* A pair, and not a terminal: its key is what it is, whatever it is called and wherever it stands. */
struct change {
	char pin[PIN_SIZE], next[PIN_SIZE];
	int64_t at;		/* ms UTC */
};

struct retired {
	char *path;		/* NULL: in memory only */
	struct change *list;	/* the oldest first */
	size_t n, cap;
};

static struct retired *retired_of(struct app *a)
{
	if (!a->retired)
		a->retired = mem_new(struct retired);
	return a->retired;
}

static bool has(const struct retired *r, const char *pin, const char *next)
{
	for (size_t i = 0; r && i < r->n; i++)
		if (strcmp(r->list[i].pin, pin) == 0 && strcmp(r->list[i].next, next) == 0)
			return true;
	return false;
}

static void put(struct retired *r, const char *pin, const char *next, int64_t at)
{
	struct change *c;

	mem_grow(r->list, r->n, r->cap);
	c = &r->list[r->n++];
	text_copy(c->pin, sizeof c->pin, pin);
	text_copy(c->next, sizeof c->next, next);
	c->at = at;
}

/* Does the site still have both keys? Then to forget it would be to take the old one again. */
static bool is_open(const struct app *a, const struct change *c)
{
	const struct node *top = &site_network(app_site(a))->node, *n;

	for (n = top; n; n = node_next(n, top)) {
		const struct terminal *t = node_terminal(n);

		if (t && strcmp(t->pin, c->pin) == 0 && strcmp(t->pin_next, c->next) == 0)
			return true;
	}
	return false;
}

/* Those whose end has come, and the oldest of too many. */
static void prune(struct app *a)
{
	struct retired *r = a->retired;
	int64_t now = utc_now();
	size_t kept = 0, over = 0;

	for (size_t i = 0; i < r->n; i++)
		over += !is_open(a, &r->list[i]);
	over = over > RETIRED_MAX ? over - RETIRED_MAX : 0;
	for (size_t i = 0; i < r->n; i++) {
		bool open = is_open(a, &r->list[i]);

		if (!open && (over || now - r->list[i].at > YEAR_MS))
			over -= over > 0;
		else
			r->list[kept++] = r->list[i];
	}
	r->n = kept;
}

/* Read */

static void read_one(struct retired *r, const struct json *j)
{
	const char *pin = json_get_text(j, "pin"), *next = json_get_text(j, "next");
	int64_t at, now = utc_now();

	if (!pin || !next || !pin_is_valid(pin) || !pin_is_valid(next) || has(r, pin, next))
		return;
	at = (int64_t)json_get_number(j, "at", 0);
	put(r, pin, next, at > now ? now : at);
}

/* It would be replaced by the next change: whoever looks for what was in it has it there. */
static void put_aside(const char *path, const struct err *e)
{
	char *to = mem_printf("%s.damaged", path);

	log_error("the keys that terminals have changed from are not known any more, and are "
	    "taken again until their next ones are seen: %s; it lies as %s now", e->text,
	    rename(path, to) == 0 ? to : path);
	free(to);
}

void retired_keep(struct app *a, const char *dir)
{
	struct retired *r = retired_of(a);
	struct err e = { .text = "" };
	const struct json *list;
	struct json *j = NULL;
	size_t len = 0;
	char *text;

	r->path = file_join(dir, "retired");
	if (access(r->path, F_OK) != 0)
		return;
	text = file_read(r->path, FILE_MAX, &len, &e);
	if (text)
		j = json_parse(text, len, &e);
	list = j ? json_get(j, "keys") : NULL;
	for (size_t i = 0; list && i < json_count(list); i++)
		read_one(r, json_at(list, i));
	if (!list) {
		if (!*e.text)
			err_set(&e, "%s: not a list of keys", r->path);
		put_aside(r->path, &e);
	}
	json_free(j);
	free(text);
}

/* Written */

static char *print(const struct retired *r)
{
	struct json *j = json_new_object(), *list = json_new_array(), *one;
	char *text;

	json_put_text(j, "schema", SCHEMA);
	for (size_t i = 0; i < r->n; i++) {
		one = json_new_object();
		json_put_text(one, "pin", r->list[i].pin);
		json_put_text(one, "next", r->list[i].next);
		json_put_int(one, "at", r->list[i].at);
		json_add(list, one);
	}
	json_put(j, "keys", list);
	text = json_print(j);
	json_free(j);
	return text;
}

static void save(struct app *a)
{
	struct retired *r = a->retired;
	struct err e = { .text = "" };
	char *text;

	if (!r->path)
		return;
	prune(a);
	text = print(r);
	if (!file_replace(r->path, text, strlen(text), 0600, &e))
		log_error("that a key is not taken any more is not kept over a restart: %s", e.text);
	free(text);
}

bool retired_is(const struct app *a, const struct terminal *t)
{
	return *t->pin_next && has(a->retired, t->pin, t->pin_next);
}

bool retired_note(struct app *a, const struct terminal *t, const char *pin)
{
	if (!*t->pin_next || strcmp(pin, t->pin_next) != 0 || strcmp(pin, t->pin) == 0 ||
	    retired_is(a, t))
		return false;
	put(retired_of(a), t->pin, t->pin_next, utc_now());
	save(a);
	if (a->bulletin)	/* a console has no log, but a screen */
		log_notice("%s has changed to its next key: %s is not taken any more", t->name,
		    t->pin);
	return true;
}

const char *retired_pins(const struct app *a, const struct terminal *t, const char **next)
{
	bool is = retired_is(a, t);

	*next = *t->pin_next && !is ? t->pin_next : NULL;
	return is ? t->pin_next : t->pin;
}

void retired_forget(struct app *a)
{
	if (!a->retired)
		return;
	free(a->retired->list);
	free(a->retired->path);
	free(a->retired);
	a->retired = NULL;
}
