#include "tui/find.h"

#include "app/filter.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "tui/mainview.h"
#include "tui/prompt.h"

#include <stdlib.h>

/* A search that is being typed: what it goes back to. */
struct search {
	struct position from;
	char *before;		/* what was looked for before, or NULL */
	bool found;		/* and whether it was marked */
	struct place *unfolded;	/* to show the match of now */
	size_t n, cap;
};

static void drop(void *arg)
{
	struct search *s = arg;

	free(s->before);
	free(s->unfolded);
	free(s);
}

static void set_text(struct tui *t, const char *text)
{
	char *copy = text ? mem_dup(text) : NULL;

	free(t->find);
	t->find = copy;
}

/* What is walked over: the list as it shows, or all nodes in tree order. */
static int count(const struct mainview *m)
{
	return m->at.focus == PANE_LIST ? listing_count(&m->listing) : (int)m->rows.list_n;
}

static unsigned id_at(const struct mainview *m, int i)
{
	return rows_id(&m->rows, m->at.focus == PANE_LIST ? listing_at(&m->listing, i) : i);
}

/* Where the cursor is in that; of a row that is no node: just before, or behind. */
static int here(const struct mainview *m, int by)
{
	struct row row;

	if (m->at.focus == PANE_LIST)
		return listing_find(&m->listing, rows_listed(&m->rows, m->at.listed));
	rows_find(&m->rows, m->at.cursor, &row);
	if (rows_listed(&m->rows, row.place.id) >= 0 && row.place.container == IN_ITSELF)
		return row.first;
	return by > 0 ? row.first - 1 : row.first;
}

/* The next match, around the end, at last the cursor's own node; 0: none. */
static unsigned search(const struct mainview *m, const char *text, int by, bool *around)
{
	const struct site *s = app_site(m->view.tui->app);
	int n = count(m), from = here(m, by);

	for (int i = 1; i <= n; i++) {
		int at = ((from + i * by) % n + n) % n;
		unsigned id = id_at(m, at);

		if (filter_found_in(site_find(s, id), text)) {
			*around = by > 0 ? at <= from : at >= from;
			return id;
		}
	}
	return 0;
}

static void fold_again(struct mainview *m, struct search *s)
{
	while (s->n > 0)
		rows_fold(&m->rows, s->unfolded[--s->n], true);
}

/* Goes there, and remembers what it unfolds for that. */
static void go(struct tui *t, struct search *s, unsigned id)
{
	struct mainview *m = mainview(t);
	struct place p = { id, IN_ITSELF };
	struct row up = { .place = p };

	while (m->at.focus == PANE_TREE && rows_above(&m->rows, up.place, &up))
		if (up.folded) {
			mem_grow(s->unfolded, s->n, s->cap);
			s->unfolded[s->n++] = up.place;
		}
	mainview_go(t, p);
}

static bool no_match(struct err *e, const char *text)
{
	return err_set(e, _("Nothing has \"%s\" in its name, address or description"), text);
}

static bool typed(struct tui *t, const char *text, void *arg, struct err *e)
{
	struct mainview *m = mainview(t);
	struct search *s = arg;
	unsigned id;
	bool around;

	fold_again(m, s);
	mainview_return(t, s->from);
	m->found = *text != '\0';
	if (!m->found)
		return true;
	set_text(t, text);
	id = search(m, text, 1, &around);
	if (!id)
		return no_match(e, text);
	go(t, s, id);
	return true;
}

static void go_on(struct tui *t, int by)
{
	struct mainview *m = mainview(t);
	bool around = false;
	unsigned id;
	struct err e;

	mainview_fresh(m);
	m->found = true;
	id = search(m, t->find, by, &around);
	if (!id) {
		no_match(&e, t->find);
		screen_beep();
		tui_say(t, 1, "%s", e.text);
		return;
	}
	mainview_go(t, (struct place){ id, IN_ITSELF });
	if (around)
		tui_say(t, 0, by > 0 ? _("Past the end: from the beginning again") :
		    _("Past the beginning: from the end again"));
}

/* Enter alone looks for the same once more. */
static void done(struct tui *t, bool kept, const char *text, void *arg)
{
	struct mainview *m = mainview(t);
	struct search *s = arg;
	struct err e;
	bool around;

	if (!kept || !*text)
		set_text(t, s->before);
	if (!kept) {
		fold_again(m, s);
		mainview_return(t, s->from);
		m->found = s->found;
	} else if (!*text && t->find) {
		go_on(t, 1);
	} else if (*text && !search(m, text, 1, &around)) {
		no_match(&e, text);
		tui_say(t, 1, "%s", e.text);
	}
}

static void step(struct tui *t, int by, void *arg)
{
	(void)arg;
	if (t->find && mainview(t)->found)
		go_on(t, by);
}

void find_open(struct tui *t)
{
	static const struct prompt_use use = { .type = &prompt_find, .label = N_("Find"),
	    .hint = N_("Part of a name, address or description · ↓↑ Esc"),
	    .typed = typed, .done = done, .step = step, .drop = drop };
	struct search *s;

	if (prompt_step(t, 1))	/* F3 again */
		return;
	s = mem_new(struct search);
	mainview_fresh(mainview(t));
	s->from = mainview_position(t);
	s->before = t->find ? mem_dup(t->find) : NULL;
	s->found = mainview(t)->found;
	prompt_open(t, &use, "", s);
}

bool find_can_go_on(struct tui *t, struct err *e)
{
	return t->find || err_set(e, _("Nothing has been looked for yet (F3)."));
}

void find_next(struct tui *t)
{
	go_on(t, 1);
}

void find_previous(struct tui *t)
{
	go_on(t, -1);
}

void find_clear(struct tui *t)
{
	mainview(t)->found = false;
	tui_draw_soon(t);
}
