#include "tui/telling.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/ask.h"
#include "tui/settings.h"

#include <stdlib.h>
#include <string.h>

/* The one that a question is asked about: it may never be answered. */
static struct telling *pending;

void telling_free(struct telling *c)
{
	if (!c)
		return;
	if (pending == c)
		pending = NULL;
	for (size_t i = 0; i < c->n; i++)
		operate_cancel(c->list[i].operation);
	free(c->list);
	free(c);
}

/* Giving it */

static void hear(const struct command_state *s, const struct err *e, void *arg)
{
	struct told *o = arg;

	o->state = *s;
	if (e)
		text_copy(o->error, sizeof o->error, e->text);
	if (s->end != COMMAND_PENDING)
		o->operation = NULL;
	tui_draw_soon(o->telling->view.tui);
}

static void give(struct tui *t, struct telling *c)
{
	struct err e;

	pending = NULL;
	c->view.tui = t;
	for (size_t i = 0; i < c->n; i++) {
		struct told *o = &c->list[i];

		o->operation = operate_start(t->app, o->id, c->command, c->outlet, hear, o, &e);
		if (!o->operation)
			text_copy(o->error, sizeof o->error, e.text);
	}
	tui_push(t, &c->view, &command_told);
}

static void confirmed(struct tui *t, int which, const char *text, void *arg)
{
	(void)text;
	if (which == 0)
		give(t, arg);
	else
		telling_free(arg);
}

static unsigned *ids_of(const struct telling *c)
{
	unsigned *ids = mem_zero(c->n + 1, sizeof *ids);

	for (size_t i = 0; i < c->n; i++)
		ids[i] = c->list[i].id;
	return ids;
}

static void confirm(struct tui *t, struct telling *c)
{
	unsigned *ids = ids_of(c);
	struct text words = { 0 };
	char *name = mem_dup(operate_name(t->app, ids, c->n));
	struct err e;

	operate_words(t->app, c->command, ids, c->n, c->outlet, &words);
	free(ids);
	if (!operate_allowed(t->app, c->command, &e)) {
		ask_message(t, tr(c->command->label), e.text);
		telling_free(c);
	} else if (c->command->risk == RISK_NONE) {
		give(t, c);
	} else if (c->command->risk == RISK_CUT) {
		ask_typed(t, tr(c->command->label), words.s, name, confirmed, c);
	} else {
		ask_confirm(t, tr(c->command->label), words.s, confirmed, c);
	}
	free(name);
	text_done(&words);
}

static void outlet_said(struct tui *t, int which, const char *text, void *arg)
{
	struct telling *c = arg;
	char *end = NULL;
	long n = which == 0 && text ? strtol(text, &end, 10) : 0;

	if (which != 0) {
		telling_free(c);
	} else if (n < 1 || n > 1000 || *end) {
		tui_say(t, 1, _("%s is no number of an outlet group; they count from 1"), text);
		telling_free(c);
	} else {
		c->outlet = (int)n;
		confirm(t, c);
	}
}

static void go_on(struct tui *t, struct telling *c)
{
	if (c->command->outlet)
		ask_text(t, tr(c->command->label), _("Which outlet group? They count from 1."), "1",
		    false, outlet_said, c);
	else
		confirm(t, c);
}

static void chosen(struct tui *t, int which, const char *text, void *arg)
{
	struct telling *c = arg;

	(void)text;
	if (which < 0) {
		telling_free(c);
		return;
	}
	c->command = c->offered[which];
	go_on(t, c);
}

/* Choosing */

/* Can any of the cards do it, as far as they are known? */
static bool is_offered(struct tui *t, const struct telling *c, const struct command *k)
{
	bool unknown = false;

	for (size_t i = 0; i < c->n; i++) {
		const struct ups_status *s = watch_ups(t->app, c->list[i].id);

		if (s && *s->profile && operate_known(t->app, s->profile, k))
			return true;
		unknown = unknown || !s || !*s->profile;
	}
	return unknown;
}

static struct telling *telling_new(struct tui *t)
{
	struct telling *c = mem_new(struct telling);
	unsigned *ids = settings_chosen(t, &c->n);

	telling_free(pending);
	pending = c;
	c->list = mem_zero(c->n + 1, sizeof *c->list);
	for (size_t i = 0; i < c->n; i++)
		c->list[i] = (struct told){ .telling = c, .id = ids[i] };
	free(ids);
	return c;
}

/* Those whose word begins so. */
static void choose(struct tui *t, const char *title, const char *prefix)
{
	struct telling *c = telling_new(t);
	const char *labels[64];
	int n = 0;

	for (const struct command *k = commands; k->word && n < 64; k++)
		if (strncmp(k->word, prefix, strlen(prefix)) == 0 && is_offered(t, c, k)) {
			c->offered[n] = k;
			labels[n++] = tr(k->label);
		}
	if (n > 0) {
		ask_choice(t, title, labels, n, 0, chosen, c);
		return;
	}
	tui_say(t, 1, _("These cards cannot be told to."));
	telling_free(c);
}

static void straight(struct tui *t, const char *word)
{
	struct telling *c = telling_new(t);

	c->command = command_find(word);
	go_on(t, c);
}

bool command_can(struct tui *t, struct err *e)
{
	size_t n;

	if (!app_writable(t->app, e))
		return false;
	free(settings_chosen(t, &n));
	return n > 0 || err_set(e, _("Select a power device or a group of them."));
}

bool command_can_switch(struct tui *t, struct err *e)
{
	return command_can(t, e) && operate_allowed(t->app, command_find("on"), e);
}

void command_open(struct tui *t)
{
	choose(t, _("What is the UPS to do?"), "");
}

void command_test(struct tui *t)
{
	straight(t, "test");
}

void command_on(struct tui *t)
{
	straight(t, "on");
}

void command_off(struct tui *t)
{
	choose(t, _("UPS output off"), "off");
}

void command_reboot(struct tui *t)
{
	choose(t, _("UPS output off and on again"), "reboot");
}
