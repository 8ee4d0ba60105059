/* The main view in linear mode: tree, list, details, and the actions as commands. */
#include "tui/linear.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/mainview.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SETTLE_MS = 15000 };

struct command {
	const char *word;
	bool place;		/* what stands behind it is selected first, but for "all" */
	const char *help;	/* N_() */
	void (*run)(struct tui *, struct linear *, const char *rest);
};

/* What only a full screen needs. */
static const char *const not_here[] = {
	"other-pane", "zoom", "border-left", "border-right", "fold", "unfold", "toggle", "redraw", "help", "ok", "cancel", "up",
	"down", "left", "right", "page-up", "page-down", "home", "end", "next", "previous",
	"take-card", "theme", "width", "mouse", "pause", "copy", "columns", "tag-range",
	"sort-by", "fix", "help-find", "help-find-next",
};

bool linear_offers(const struct action *a)
{
	for (size_t i = 0; i < sizeof not_here / sizeof *not_here; i++)
		if (strcmp(a->name, not_here[i]) == 0)
			return false;
	return strncmp(a->name, "statistics-", 11) != 0 && strncmp(a->name, "events-", 7) != 0 &&
	    strncmp(a->name, "kept-", 5) != 0 && strncmp(a->name, "plan-", 5) != 0;
}

static const struct rows *rows_of(struct tui *t)
{
	mainview_fresh(mainview(t));
	return &mainview(t)->rows;
}

static void say_selected(struct tui *t, struct linear *l)
{
	struct text words = { 0 };

	linear_place(app_site(t->app), mainview_place(t), &words);
	linear_say(l, _("Selected: %s"), words.s);
	text_done(&words);
	*linear_selected(l) = mainview_place(t);
}

/* --- showing --- */

/* The row of which the tree or list is told: the selected one, or what a device is in. */
static struct row told_row(struct tui *t, const char *rest)
{
	const struct rows *r = rows_of(t);
	struct place p = mainview_place(t);
	struct row row;
	enum kind kind = site_id_kind(p.id);

	if (strcmp(rest, "all") == 0 || !rows_find(r, p, &row))
		return rows_row(r, 0);
	if (p.container == IN_ITSELF && (kind == KIND_UPS || kind == KIND_TERMINAL))
		return rows_row(r, row.up);
	return row;
}

static void tree_line(struct tui *t, struct linear *l, const struct row *row, int number,
    int depth)
{
	const struct node *n = site_find(app_site(t->app), row->place.id);

	if (row->place.container != IN_ITSELF)
		linear_say(l, "%3d %*s%s", number, depth, "", tr(container_label(row->place.container)));
	else if (!n->parent)
		linear_say(l, "%3d %*s%s", number, depth, "", _("network"));
	else
		linear_say(l, "%3d %*s%s (%s)%s", number, depth, "", node_name(n),
		    tr(kind_label(n->kind)), watch_severity(t->app, n->id) >= 2 ? " !" : "");
}

static void tree(struct tui *t, struct linear *l, const char *rest)
{
	const struct rows *r = rows_of(t);
	struct row top = told_row(t, rest);
	int n = top.end - top.at;
	struct place *list = mem_zero((size_t)n, sizeof *list);

	for (int i = 0; i < n; i++) {
		struct row row = rows_row(r, top.at + i);

		list[i] = row.place;
		tree_line(t, l, &row, i + 1, row.depth - top.depth);
	}
	linear_number(l, list, n);
	free(list);
}

static void add_cells(struct tui *t, const struct node *n, struct text *words)
{
	for (size_t i = 0; i < t->ui->columns_n; i++) {
		const struct column *c = &t->ui->columns[i];
		enum role role = ROLE_TEXT;
		char cell[300] = "";

		if (strcmp(c->cell->name, "name") == 0)
			continue;
		c->cell->text(t->app, n, cell, sizeof cell, &role);
		if (!*cell || strcmp(cell, "-----") == 0)
			continue;
		/* words speak for themselves, numbers need to be told what they are */
		if (c->right)
			text_printf(words, ", %s %s", tr(c->title), cell);
		else
			text_printf(words, ", %s", cell);
	}
}

static void list(struct tui *t, struct linear *l, const char *rest)
{
	const struct rows *r = rows_of(t);
	struct row top = told_row(t, rest);
	const struct mainview *m = mainview(t);
	struct listing listing = { 0 };
	struct place *places;
	int n;

	listing_update(&listing, t->app, r, top.first, top.last, &m->wish, m->live);
	n = listing_count(&listing);
	places = mem_zero((size_t)n, sizeof *places);
	if (m->wish.filter)
		linear_say(l, _("Filter: %s (%d of %d)"), m->filter_text, n, top.last - top.first);
	else if (!n)
		linear_say(l, "%s", _("Nothing here yet."));
	for (int i = 0; i < n; i++) {
		const struct node *node = site_find(app_site(t->app),
		    rows_id(r, listing_at(&listing, i)));
		struct text words = { 0 };

		places[i] = (struct place){ node->id, IN_ITSELF };
		add_cells(t, node, &words);
		linear_say(l, "%3d %s%s%s%s", i + 1,
		    watch_severity(t->app, node->id) >= 2 ? "! " : "",
		    tags_has(&m->tags, node->id) ? "# " : "", node_name(node),
		    words.s ? words.s : "");
		text_done(&words);
	}
	linear_number(l, places, n);
	listing_done(&listing);
	free(places);
}

static void say_reading(struct linear *l, const struct reading *r)
{
	for (const struct reading_attr *a = reading_attrs; a->name; a++) {
		const char *at = (const char *)r + a->offset;
		double v = a->text ? NAN : *(const double *)(const void *)at;

		if (a->text && *at)
			linear_say(l, "  %s: %s", tr(a->label), at);
		else if (!isnan(v))
			linear_say(l, "  %s: %.*f %s", tr(a->label), fabs(v) < 1000 && v != floor(v),
			    v, tr(a->unit));
	}
	for (unsigned bit = 1; flag_label(bit); bit <<= 1)
		if (r->flags & bit)
			linear_say(l, "  %s", tr(flag_label(bit)));
}

static void say_setting(struct linear *l, const struct node *n, const struct field *f)
{
	struct text words = { 0 };
	const struct node *from = NULL;
	char buf[16];

	linear_value(f, field_text(f, n, buf), &words);
	if (node_origin(n, f, &from) == FROM_PARENT && from)
		linear_say(l, _("  %s: %s, from %s"), tr(f->label), words.s, node_name(from));
	else
		linear_say(l, "  %s: %s", tr(f->label), words.s);
	text_done(&words);
}

static void details(struct tui *t, struct linear *l, const char *rest)
{
	const struct node *n = mainview_node(t);
	const struct ups_status *u;
	const struct terminal_status *s;
	char state[300] = "";
	enum role role = ROLE_TEXT;

	(void)rest;
	say_selected(t, l);
	if (!n)
		return;
	u = watch_ups(t->app, n->id);
	s = watch_terminal(t->app, n->id);
	cell_state(t->app, n, state, sizeof state, &role);
	if (n->kind == KIND_UPS || n->kind == KIND_TERMINAL)
		linear_say(l, _("  State: %s"), state);
	if (u && u->known) {
		linear_say(l, _("  Read %lld s ago"), (long long)(loop_now() - u->at) / 1000);
		say_reading(l, &u->reading);
	}
	if (s && s->revision)
		linear_say(l, _("  It holds revision %d"), s->revision);
	if ((u && u->error[0]) || (s && s->error[0]))
		linear_say(l, "  %s", u ? u->error : s->error);
	for (size_t i = 0; i < t->ui->layouts[n->kind].n; i++)
		if (t->ui->layouts[n->kind].spots[i].field)
			say_setting(l, n, t->ui->layouts[n->kind].spots[i].field);
}

static void status(struct tui *t, struct linear *l, const char *rest)
{
	int64_t end = loop_now() + SETTLE_MS;
	struct alarm alarm;

	while (!watch_settled(t->app) && loop_now() < end)
		if (!linear_wait(l))
			return;
	if (watch_alarm(t->app, &alarm))
		linear_say(l, "! %s", alarm.text);
	else
		linear_say(l, "%s", _("All is well."));
	list(t, l, rest);
}

/* --- where one is --- */

/* A number as it was told, or a name or path. */
static bool find_place(struct tui *t, struct linear *l, const char *what, struct place *p,
    struct err *e)
{
	const struct site *site = app_site(t->app);
	const struct node *n;
	char *end;
	long number = strtol(what, &end, 10);

	if (isdigit((unsigned char)*what) && !*end) {
		if (!linear_numbered(l, number < 1 || number > 100000000 ? 0 : (int)number, p))
			return err_set(e, _("%s: there is no such number; tree and list number their rows."), what);
		return site_find(site, p->id) ||
		    err_set(e, _("%s: that has gone since the rows were told."), what);
	}
	p->container = IN_ITSELF;
	n = site_lookup(site, what, &p->container, e);
	if (n)
		p->id = n->id;
	return n != NULL;
}

static bool go(struct tui *t, struct linear *l, const char *what)
{
	struct place p;
	struct err e;
	bool found = find_place(t, l, what, &p, &e);

	if (!found) {
		linear_say(l, "%s", e.text);
		return false;
	}
	mainview_go(t, p);
	say_selected(t, l);
	return true;
}

static void select_place(struct tui *t, struct linear *l, const char *rest)
{
	char *what = *rest ? mem_dup(rest) : linear_ask(l, _("Number, name or path: "), 0);

	if (what && *what)
		go(t, l, what);
	free(what);
}

static void parent(struct tui *t, struct linear *l, const char *rest)
{
	struct row up;

	(void)rest;
	if (rows_above(rows_of(t), mainview_place(t), &up))
		mainview_go(t, up.place);
	else
		linear_say(l, "%s", _("This is the top."));
}

static void move(struct tui *t, struct linear *l, const char *rest)
{
	const struct node *n = mainview_node(t);
	char *what;
	struct place p;
	struct err e;

	if (!n || !n->parent) {
		linear_say(l, "%s", _("Select a group, a power device or a terminal first."));
		return;
	}
	what = *rest ? mem_dup(rest) :
	    linear_ask(l, _("Where to (number, name, or path as SSC/@linked): "), 0);
	if (!what || !*what)
		linear_say(l, "%s", _("Left as it was."));
	else if (!find_place(t, l, what, &p, &e) ||
	    !app_move(t->app, n->id, p.id, p.container, &e))
		linear_say(l, "%s", e.text);
	else
		say_selected(t, l);
	free(what);
}

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
	{ "tree", true, N_("the rows under the selected one, with numbers; tree all: the whole site"), tree },
	{ "list", true, N_("the devices and groups under it, with their live states"), list },
	{ "status", true, N_("the same after all have been asked once, the worst first"), status },
	{ "details", true, N_("all that is known and set of the selected one"), details },
	{ "select", false, N_("NUMBER, NAME or PATH; a number alone does the same"), select_place },
	{ "parent", true, N_("selects what the selected one is in"), parent },
	{ "move", false, N_("the selected one to another place"), move },
	{ "live", false, N_("on: tells alarms at once; off: before the next question"), live },
	{ "help", false, N_("this; help WORD tells about one command or view"), help },
};
enum { COMMANDS = sizeof commands / sizeof *commands };

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
			if (m->items[j] && linear_offers(m->items[j]))
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
	if (a && !action_usable(a, t, &why))
		linear_say(l, "%s", why.text);
	for (size_t i = 0; topic && i < topic->n; i++)
		linear_say(l, "%s", tr(topic->paragraphs[i]));
}

/* --- commands --- */

static const struct command *command_find(const char *word, size_t len)
{
	for (int i = 0; i < COMMANDS; i++)
		if (strlen(commands[i].word) == len && strncasecmp(commands[i].word, word, len) == 0)
			return &commands[i];
	return NULL;
}

/* An action by its name, or by its key on the full screen. */
static const struct action *find_action(struct tui *t, const char *word)
{
	const struct action *a = action_find(word);

	if (!a)
		a = keys_action(t->ui->keys, "main", word);
	return a && (linear_offers(a) || strcmp(a->name, "help") == 0) ? a : NULL;
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
	else if (*rest && !go(t, l, rest))
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

	if (c && c->place && *rest && strcmp(rest, "all") != 0 && !go(t, l, rest))
		;	/* go() has said why */
	else if (c)
		c->run(t, l, rest);
	else if (a && strcmp(a->name, "help") == 0)
		help(t, l, rest);
	else if (a)
		act(t, l, a, rest);
	else if (isdigit((unsigned char)*line) ||
	    find_place(t, l, line, &p, NULL))
		go(t, l, line);
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
		say_selected(t, l);
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
