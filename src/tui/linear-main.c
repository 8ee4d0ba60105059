/* The main view in linear mode: commands, and the actions as commands. */
#include "tui/linear-command.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/mainview.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct command {
	const char *word;
	bool place;		/* what stands behind it is selected first, but for "all" */
	const char *help;	/* N_() */
	void (*run)(struct tui *, struct linear *, const char *rest);
};

static void live(struct tui *t, struct linear *l, const char *rest)
{
	(void)t;
	if (strcmp(rest, "on") == 0 || strcmp(rest, "off") == 0)
		*linear_live(l) = strcmp(rest, "on") == 0;
	else if (*rest)
		linear_say(l, "%s", _("live on or live off"));
	linear_say(l, "%s", *linear_live(l) ? _("What happens is told at once.") :
	    _("What happens is told before the next question."));
}

static void help(struct tui *t, struct linear *l, const char *rest);

static const struct command commands[] = {
	{ "tree", true, N_("the rows under the selected one, with numbers; tree all: the whole site"), linear_tree },
	{ "list", true, N_("the devices and groups under it, with their live states"), linear_list },
	{ "status", true, N_("the same after all have been asked once, the worst first"), linear_status },
	{ "details", true, N_("all that is known and set of the selected one"), linear_details },
	{ "select", false, N_("NUMBER, NAME or PATH; a number alone does the same"), linear_select },
	{ "parent", true, N_("selects what the selected one is in"), linear_parent },
	{ "move", false, N_("the selected one to another place"), linear_move },
	{ "tag-range", false, N_("NUMBER: tags from the row that was tagged last to that one"), linear_tag_range },
	{ "sort-by", false, N_("COLUMN: the order of the list; the same once more turns it round"), linear_sort_by },
	{ "live", false, N_("on: tells alarms at once; off: before the next question"), live },
	{ "help", false, N_("this; help WORD tells about one command or view"), help },
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static const struct command *command_find(const char *word, size_t len)
{
	for (int i = 0; i < COMMANDS; i++)
		if (strlen(commands[i].word) == len && strncasecmp(commands[i].word, word, len) == 0)
			return &commands[i];
	return NULL;
}

/* --- help --- */

static void help_all(struct tui *t, struct linear *l)
{
	const struct topic *topic = ui_topic(t->ui, "linear");

	for (size_t i = 0; topic && i < topic->n; i++)
		linear_say(l, "%s\n", tr(topic->paragraphs[i]));
	for (int i = 0; i < COMMANDS; i++)
		linear_say(l, "%s: %s", commands[i].word, tr(commands[i].help));
	for (size_t i = 0; i < t->ui->menus_n; i++) {
		const struct menu *m = &t->ui->menus[i];

		for (size_t j = 0; j < m->n; j++)
			if (m->items[j] && linear_offers(m->items[j]) &&
			    !command_find(m->items[j]->name, strlen(m->items[j]->name)))
				linear_say(l, "%s: %s", m->items[j]->name, tr(m->items[j]->label));
	}
}

static void help(struct tui *t, struct linear *l, const char *rest)
{
	const struct topic *topic = ui_topic(t->ui, rest);
	const struct action *a = action_find(rest);
	struct err why;

	if (!*rest) {
		help_all(t, l);
		return;
	}
	for (int i = 0; i < COMMANDS; i++)
		if (strcmp(commands[i].word, rest) == 0)
			linear_say(l, "%s: %s", rest, tr(commands[i].help));
	if (a)
		linear_say(l, "%s: %s", rest, tr(a->label));
	if (a && linear_instead(a))
		linear_say(l, "%s", linear_instead(a));
	else if (a && !action_usable(a, t, &why))
		linear_say(l, "%s", why.text);
	for (size_t i = 0; topic && i < topic->n; i++)
		linear_say(l, "%s", tr(topic->paragraphs[i]));
}

/* --- commands --- */

/* An action by its name, or by its key on the full screen. */
static const struct action *find_action(struct tui *t, const char *word)
{
	const struct action *a = action_find(word);

	return a ? a : keys_action(t->ui->keys, "main", word);
}

static bool same(struct place a, struct place b)
{
	return a.id == b.id && a.container == b.container;
}

/* What stands behind an action is what it is done to; behind these, what is looked for. */
static void act(struct tui *t, struct linear *l, const struct action *a, const char *rest)
{
	if (*rest && (strcmp(a->name, "find") == 0 || strcmp(a->name, "filter") == 0))
		linear_ahead(l, rest);
	else if (*rest && !linear_go(t, l, rest))
		return;
	action_run(a, t);
}

static void run(struct tui *t, struct linear *l, const char *line)
{
	size_t len = strcspn(line, " ");
	char *word = mem_ndup(line, len);
	const char *rest = line + len + strspn(line + len, " ");
	const struct command *c = command_find(word, len);
	const struct action *a = find_action(t, word);
	struct place p;

	if (c && c->place && *rest && strcmp(rest, "all") != 0 && !linear_go(t, l, rest))
		;	/* linear_go() has said why */
	else if (c)
		c->run(t, l, rest);
	else if (a && strcmp(a->name, "help") == 0)
		help(t, l, rest);
	else if (a && linear_offers(a))
		act(t, l, a, rest);
	else if (isdigit((unsigned char)*line) ||
	    linear_find(t, l, line, &p, NULL))
		linear_go(t, l, line);
	else if (a)
		linear_say(l, "%s: %s", a->name, linear_instead(a));
	else
		linear_say(l, _("%s: not a command and no name here; help tells the commands."), line);
	free(word);
}

void linear_main(struct tui *t, struct linear *l)
{
	struct place now = mainview_place(t);
	const struct node *n = site_find(app_site(t->app), now.id);
	struct text prompt = { 0 };
	char *line;

	/* edits move it, too */
	if (!same(now, *linear_selected(l)))
		linear_say_selected(t, l);
	linear_ahead(l, NULL);
	text_printf(&prompt, "%s%s", app_modified(t->app) ? "*" : "",
	    n && n->parent ? node_name(n) : _("network"));
	if (now.container != IN_ITSELF)
		text_printf(&prompt, " / %s", tr(container_label(now.container)));
	text_add(&prompt, "> ");
	line = linear_ask(l, prompt.s, 0);
	text_done(&prompt);
	if (line && *line)
		run(t, l, line);
	else if (!line && linear_interrupted(l))
		action_run(action_find("quit"), t);
	free(line);
}
