/* notifier-file - what is to be told, over a restart; a part of notifier */
#include "app/notifying.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/utc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILE_MAX (64 << 20)
#define SCHEMA "amc.notify.v1"

static int64_t number(const struct json *j, const char *key)
{
	return (int64_t)json_get_number(j, key, 0);
}

static struct json *subject_json(const struct notice_subject *s)
{
	struct json *j = json_new_object();

	json_put(j, "item", notice_item_json(&s->item));
	json_put_bool(j, "lasts", s->lasts);
	json_put_bool(j, "told", s->told);
	json_put_int(j, "worst", s->worst);
	json_put_int(j, "messages", s->messages);
	json_put_int(j, "told_at", s->told_at);
	json_put_int(j, "due", s->due);
	json_put_int(j, "held", s->held);
	return j;
}

static struct json *queued_json(const struct message *m)
{
	struct json *j = json_new_object(), *items = json_new_array();

	json_put_int(j, "id", m->id);
	json_put_int(j, "at", m->at);
	json_put_int(j, "tries", m->tries);
	json_put_int(j, "next", m->next);
	for (size_t i = 0; i < m->n; i++)
		json_add(items, notice_item_json(&m->items[i]));
	json_put(j, "items", items);
	return j;
}

static struct json *outlet_json(const struct outlet *o)
{
	struct json *j = json_new_object(), *subjects = json_new_array(), *queue = json_new_array();

	json_put_text(j, "name", o->channel->name);
	json_put_int(j, "last", o->last_id);
	json_put_text(j, "error", o->error);
	for (size_t i = 0; i < o->notices.n; i++)
		json_add(subjects, subject_json(&o->notices.list[i]));
	for (size_t i = 0; i < o->n; i++)
		json_add(queue, queued_json(&o->queue[i]));
	json_put(j, "subjects", subjects);
	json_put(j, "queue", queue);
	return j;
}

void notifier_save(struct notifier *n)
{
	struct json *j = json_new_object(), *list = json_new_array();
	struct err e = { .text = "" };
	char *text;
	bool ok;

	json_put_text(j, "schema", SCHEMA);
	for (size_t i = 0; i < n->channels.n; i++)
		json_add(list, outlet_json(&n->outlets[i]));
	json_put(j, "channels", list);
	text = json_print(j);
	json_free(j);
	ok = file_replace(n->path, text, strlen(text), 0600, &e);
	free(text);
	/* better told and not kept than neither */
	if (!ok && !n->unsaved)
		log_error(_("notifications are not kept over a restart: %s"), e.text);
	n->unsaved = !ok;
}

/* A clock that was ahead then must not make them wait for years. */
static int64_t sane(int64_t at, int64_t now, int64_t most)
{
	return at > now + most ? now + most : at;
}

static void load_subject(struct outlet *o, const struct json *j, int64_t now)
{
	const struct json *item = json_get(j, "item");
	struct notice_subject s = { .lasts = json_is_yes(json_get(j, "lasts")),
		.told = json_is_yes(json_get(j, "told")), .worst = (int)number(j, "worst"),
		.messages = (unsigned)number(j, "messages"), .told_at = number(j, "told_at"),
		.due = number(j, "due"), .held = number(j, "held") };
	struct notices *l = &o->notices;

	if (!item || !notice_item_parse(&s.item, item) || l->n >= NOTICE_SUBJECTS)
		return;
	s.due = sane(s.due, now, l->quiet_ms);
	s.held = sane(s.held, now, l->quiet_ms);
	s.told_at = sane(s.told_at, now, 0);
	s.item.at = sane(s.item.at, now, 0);
	mem_grow(l->list, l->n, l->cap);
	l->list[l->n++] = s;
}

static void load_message(struct outlet *o, const struct json *j, int64_t now)
{
	const struct json *items = json_get(j, "items");
	struct message m = { .id = number(j, "id"), .at = sane(number(j, "at"), now, 0),
		.tries = (int)number(j, "tries"), .next = sane(number(j, "next"), now, 0) };

	if (!items || !json_count(items) || o->n >= NOTIFIER_QUEUE)
		return;
	m.items = mem_zero(json_count(items), sizeof *m.items);
	for (size_t i = 0; i < json_count(items); i++)
		if (notice_item_parse(&m.items[m.n], json_at(items, i)))
			m.n++;
	if (!m.n) {
		free(m.items);
		return;
	}
	mem_grow(o->queue, o->n, o->cap);
	o->queue[o->n++] = m;
}

static void load_outlet(struct outlet *o, const struct json *j)
{
	const struct json *subjects = json_get(j, "subjects"), *queue = json_get(j, "queue");
	const char *error = json_get_text(j, "error");
	int64_t now = utc_now();

	o->last_id = number(j, "last");
	text_copy(o->error, sizeof o->error, error ? error : "");
	for (size_t i = 0; subjects && i < json_count(subjects); i++)
		load_subject(o, json_at(subjects, i), now);
	for (size_t i = 0; queue && i < json_count(queue); i++)
		load_message(o, json_at(queue, i), now);
}

/* The next save would replace it. */
static void put_aside(const char *path, const char *why)
{
	char *to = mem_printf("%s.damaged", path);

	log_error(_("%s: what was to be told before this start is lost: %s"),
	    rename(path, to) == 0 ? to : path, why);
	free(to);
}

void notifier_load(struct notifier *n)
{
	struct err e = { .text = "" };
	const struct json *list;
	struct json *j = NULL;
	size_t len = 0;
	char *text;

	if (access(n->path, F_OK) != 0)
		return;
	text = file_read(n->path, FILE_MAX, &len, &e);
	if (text)
		j = json_parse(text, len, &e);
	free(text);
	list = j ? json_get(j, "channels") : NULL;
	if (!list)
		put_aside(n->path, *e.text ? e.text : _("not a list of notifications"));
	for (size_t i = 0; list && i < json_count(list); i++) {
		const char *name = json_get_text(json_at(list, i), "name");
		const struct channel *c = name ? channels_find(&n->channels, name, NULL) : NULL;

		if (c)
			load_outlet(&n->outlets[c - n->channels.list], json_at(list, i));
	}
	json_free(j);
}
