#include "tui/sendall.h"

#include "app/broadcast.h"
#include "app/sending.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/ask.h"
#include "tui/changes.h"
#include "tui/draw.h"
#include "tui/linear.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum step { MEETING, PASSWORD, LOOKING, READY, SENDING, DONE };

struct sendall {
	struct view view;
	struct broadcast *broadcast;
	enum step step;
	int at;			/* the button, of those that there are now */
	int row, top;
	struct line password;
	int told;		/* linear mode: the step that was told last; -1: none */
};

enum button { GO, LATER, DIFFERENCE, LEAVE, BUTTONS };

static const struct { const char *words, *go; } steps[] = {
	[MEETING] = { N_("Asking who is there…"), NULL },
	[PASSWORD] = { N_("Password of the operator, the same on all that answer:"), N_("Go on") },
	[LOOKING] = { N_("Reading what they hold now…"), NULL },
	[READY] = { N_("They will hold this site instead: all that are there, or none."), N_("Send") },
	[SENDING] = { N_("Sending…"), NULL },
	[DONE] = { NULL, N_("Close") },
};

/* The buttons that there are now; how many. */
static size_t buttons(const struct sendall *s, enum button list[BUTTONS])
{
	size_t n = 0;
	bool ready = s->step == READY;

	if (steps[s->step].go)
		list[n++] = GO;
	if (ready && broadcast_count(s->broadcast, BROADCAST_AWAY))
		list[n++] = LATER;
	if (ready)
		list[n++] = DIFFERENCE;
	/* what is half way is ended first: all or none */
	if (s->step != DONE && s->step != SENDING)
		list[n++] = LEAVE;
	return n;
}

static const char *button_words(const struct sendall *s, enum button b)
{
	return b == GO ? tr(steps[s->step].go) : b == LATER ?
	    _("Send, to the others later") : b == DIFFERENCE ? _("Difference") : _("Cancel");
}

/* The step behind one that has ended: where there is nothing to do, the last. */
static enum step next(const struct sendall *s)
{
	const struct broadcast *b = s->broadcast;

	switch (s->step) {
	case MEETING:
		return broadcast_count(b, BROADCAST_MET) ? PASSWORD : DONE;
	case LOOKING:
		return broadcast_count(b, BROADCAST_READY) || (broadcast_count(b, BROADCAST_AWAY) &&
		    broadcast_count(b, BROADCAST_ALIKE)) ? READY : DONE;
	case SENDING:
		return DONE;
	default:
		return s->step;
	}
}

static void changed(void *arg)
{
	struct sendall *s = arg;

	tui_draw_soon(s->view.tui);
	if (!s->broadcast || broadcast_busy(s->broadcast))
		return;
	if (next(s) == DONE && s->step == SENDING)
		watch_refresh(s->view.tui->app);
	s->step = next(s);
	s->at = 0;
}

static enum role role_of(enum broadcast_state state)
{
	switch (state) {
	case BROADCAST_FAILED: case BROADCAST_STRANGER:
		return ROLE_ERROR;
	case BROADCAST_AWAY: case BROADCAST_SPARED:
		return ROLE_WARNING;
	case BROADCAST_SENT: case BROADCAST_ALIKE:
		return ROLE_GOOD;
	default:
		return ROLE_TEXT;
	}
}

/* A mark besides the colour. */
static const char *mark_of(enum broadcast_state state)
{
	switch (state) {
	case BROADCAST_FAILED: case BROADCAST_STRANGER:
		return "!";
	case BROADCAST_AWAY: case BROADCAST_SPARED:
		return "-";
	case BROADCAST_SENT: case BROADCAST_ALIKE:
		return "=";
	case BROADCAST_READY:
		return "~";
	case BROADCAST_STAGED:
		return "+";
	default:
		return " ";
	}
}

static void words_of(const struct sendall *s, char *buf, size_t size)
{
	const struct broadcast *b = s->broadcast;
	size_t n, done = broadcast_count(b, BROADCAST_SENT) + broadcast_count(b, BROADCAST_ALIKE);

	if (s->step != DONE) {
		snprintf(buf, size, "%s", tr(steps[s->step].words));
		return;
	}
	broadcast_rows(b, &n);
	if (!done)
		snprintf(buf, size, _("Nothing was sent: all hold what they held."));
	else if (done < n)
		snprintf(buf, size, _("Partly done: %zu of %zu hold this site; the others hold what they held."),
		    done, n);
	else
		snprintf(buf, size, ngettext("Done: %zu terminal holds this site.",
		    "Done: all %zu terminals hold this site.", n), n);
}

static bool all_done(const struct sendall *s)
{
	size_t n;

	broadcast_rows(s->broadcast, &n);
	return broadcast_count(s->broadcast, BROADCAST_SENT) +
	    broadcast_count(s->broadcast, BROADCAST_ALIKE) == n;
}

static int list_rows(void)
{
	return screen_rows() - 11;
}

static void draw_rows(const struct sendall *s, int y, int x, int cols)
{
	size_t n;
	const struct broadcast_row *rows = broadcast_rows(s->broadcast, &n);
	int name = cols / 4;

	for (int i = 0; i < list_rows() && s->top + i < (int)n; i++) {
		const struct broadcast_row *r = &rows[s->top + i];
		const struct node *node = site_find(app_site(s->view.tui->app), r->terminal);

		bool here = s->top + i == s->row;

		if (here)
			screen_fill(y + i, x, 1, cols, ROLE_SELECTED);
		screen_put(y + i, x, 1, here ? ROLE_SELECTED : role_of(r->state), mark_of(r->state));
		draw_label(y + i, x + 2, name, here ? ROLE_SELECTED : ROLE_GROUP,
		    node ? node_name(node) : "");
		draw_label(y + i, x + name + 3, cols - name - 3,
		    here ? ROLE_SELECTED : role_of(r->state), r->words);
	}
}

/* Those of the row under the cursor, where they do not fit into it. */
static void draw_row_words(const struct sendall *s, int y, int x, int cols)
{
	size_t n;
	const struct broadcast_row *rows = broadcast_rows(s->broadcast, &n);
	const struct broadcast_row *r = s->row < (int)n ? &rows[s->row] : NULL;

	if (r && text_width(r->words) > cols - cols / 4 - 3)
		draw_wrapped(y, x, 2, cols, role_of(r->state), r->words);
}

static void draw_buttons(const struct sendall *s, int y, int x)
{
	enum button list[BUTTONS];
	size_t n = buttons(s, list);

	for (size_t i = 0; i < n; i++)
		x += draw_button_of(y, x, button_words(s, list[i]), s->at == (int)i,
		    (unsigned)list[i]) + 2;
}

static void draw(struct view *v)
{
	const struct sendall *s = (const struct sendall *)v;
	int cols = screen_cols() - 4, y = 2, x = 2;
	char words[200];

	screen_fill(1, 0, screen_rows() - 3, screen_cols(), ROLE_TEXT);
	screen_box(1, 0, screen_rows() - 3, screen_cols(), ROLE_FOCUS, _("Send to all terminals"));
	draw_rows(s, y, x, cols);
	y += list_rows() + 1;
	words_of(s, words, sizeof words);
	y += draw_wrapped(y, x, 2, cols, s->step == DONE ?
	    all_done(s) ? ROLE_GOOD : ROLE_WARNING : ROLE_HINT, words);
	if (s->step == PASSWORD)
		draw_line(y, x, 40, ROLE_FIELD_NOW, &s->password, true, true);
	else
		draw_row_words(s, y, x, cols);
	draw_buttons(s, screen_rows() - 4, x);
}

static void move(struct view *v, enum move move)
{
	struct sendall *s = (struct sendall *)v;
	int page = list_rows() - 1, last, count;
	int by = move == MOVE_UP ? -1 : move == MOVE_DOWN ? 1 : move == MOVE_PAGE_UP ? -page :
	    move == MOVE_PAGE_DOWN ? page : 0;
	enum button list[BUTTONS];
	size_t n;

	broadcast_rows(s->broadcast, &n);
	last = (int)n - 1;
	count = (int)buttons(s, list);
	if (s->step == PASSWORD && (move == MOVE_LEFT || move == MOVE_RIGHT)) {
		line_key(&s->password, move == MOVE_LEFT ? "Left" : "Right");
	} else if (by) {
		s->row = s->row + by < 0 ? 0 : s->row + by > last ? last : s->row + by;
		s->top = draw_window(s->top, s->row, list_rows(), (int)n);
	} else if (count) {
		s->at = (s->at + (move == MOVE_LEFT ? count - 1 : 1)) % count;
	}
}

static bool key(struct view *v, const char *name)
{
	struct sendall *s = (struct sendall *)v;

	return s->step == PASSWORD && line_key(&s->password, name);
}

/* In the middle of sending nothing is left: it would only not be seen how it ends. */
static void cancel(struct view *v)
{
	struct sendall *s = (struct sendall *)v;

	if (s->step == SENDING)
		tui_say(v->tui, 1, _("It is being sent: a moment, until all have it or none."));
	else
		tui_close(v);
}

/* What the row's terminal would become. */
static void show_difference(struct sendall *s)
{
	static const char *const labels[] = { N_("Close") };
	size_t n;
	const struct broadcast_row *rows = broadcast_rows(s->broadcast, &n);
	struct transfer *t = s->row < (int)n ? broadcast_transfer(s->broadcast, (size_t)s->row) : NULL;

	if (!t || (rows[s->row].state != BROADCAST_READY && rows[s->row].state != BROADCAST_ALIKE))
		tui_say(s->view.tui, 1, _("It is not known what it holds"));
	else
		changes_open(s->view.tui, &(struct changes_ask){ .title = _("Difference"),
		    .text = transfer_where(t), .lines = transfer_difference(t),
		    .labels = labels, .n = 1 });
}

static void send(struct sendall *s, bool later)
{
	struct err e = { .text = "" };

	s->step = SENDING;
	s->at = 0;
	if (broadcast_send(s->broadcast, later, &e)) {
		changed(s);
		return;
	}
	s->step = DONE;
	ask_message(s->view.tui, _("Send to all terminals"), e.text);
}

static void press(struct sendall *s, enum button b)
{
	if (b == DIFFERENCE) {
		show_difference(s);
	} else if (b == LEAVE || s->step == DONE) {
		cancel(&s->view);
	} else if (s->step == PASSWORD) {
		s->step = LOOKING;
		broadcast_look(s->broadcast, s->password.s);
		line_done(&s->password);
		line_init(&s->password, "");
		changed(s);
	} else if (s->step == READY) {
		send(s, b == LATER);
	}
}

static void ok(struct view *v)
{
	struct sendall *s = (struct sendall *)v;
	enum button list[BUTTONS];
	size_t n = buttons(s, list);

	if ((size_t)s->at < n)
		press(s, list[s->at]);
}

static void mouse(struct view *v, const struct mouse *m)
{
	struct sendall *s = (struct sendall *)v;

	if (m->what == MOUSE_WHEEL_UP || m->what == MOUSE_WHEEL_DOWN)
		move(v, m->what == MOUSE_WHEEL_UP ? MOVE_UP : MOVE_DOWN);
	else if (m->what == MOUSE_PRESS && m->on.kind == TARGET_BUTTON)
		press(s, (enum button)m->on.n);
}

static void linear_tell(struct sendall *s, struct linear *l)
{
	const struct broadcast_row *rows;
	char words[200];
	size_t n;

	if ((int)s->step == s->told)
		return;
	s->told = s->step;
	rows = broadcast_rows(s->broadcast, &n);
	for (size_t i = 0; i < n && steps[s->step].go; i++) {
		const struct node *node = site_find(app_site(s->view.tui->app), rows[i].terminal);

		linear_say(l, "  %s %s: %s", mark_of(rows[i].state), node ? node_name(node) : "",
		    rows[i].words);
	}
	words_of(s, words, sizeof words);
	linear_say(l, "%s", words);
}

/* Which button answers it; LEAVE when it is left. */
static enum button linear_question(struct sendall *s, struct linear *l)
{
	enum button list[BUTTONS];
	const char *labels[BUTTONS];
	int n = (int)buttons(s, list), which;
	char *password;

	if (s->step != PASSWORD) {
		for (int i = 0; i < n; i++) {
			labels[i] = button_words(s, list[i]);
			linear_say(l, "  %d %s", i + 1, labels[i]);
		}
		which = linear_choose(l, labels, n, n - 1);
		return which < 0 ? LEAVE : list[which];
	}
	password = linear_ask(l, "> ", LINEAR_SECRET);
	if (!password)
		return LEAVE;
	line_set(&s->password, password);
	explicit_bzero(password, strlen(password));
	free(password);
	return GO;
}

/* All that would become something else; the cursor is on one row only. */
static void linear_differences(const struct sendall *s, struct linear *l)
{
	size_t n;
	const struct broadcast_row *rows = broadcast_rows(s->broadcast, &n);

	for (size_t i = 0; i < n; i++) {
		struct transfer *t = broadcast_transfer(s->broadcast, i);

		if (rows[i].state != BROADCAST_READY)
			continue;
		linear_say(l, "%s", transfer_where(t));
		linear_text(l, transfer_difference(t));
	}
}

static void linear(struct view *v, struct linear *l)
{
	struct sendall *s = (struct sendall *)v;

	enum button b;

	linear_tell(s, l);
	if (s->step == DONE) {
		cancel(v);
	} else if (!steps[s->step].go) {
		/* what comes of it is told, and asked, the next time round */
		if (!linear_wait(l))
			tui_close(v);
	} else if ((b = linear_question(s, l)) == DIFFERENCE) {
		linear_differences(s, l);
	} else {
		press(s, b);
	}
}

static void free_view(struct view *v)
{
	struct sendall *s = (struct sendall *)v;

	broadcast_free(s->broadcast);
	line_done(&s->password);
	free(s);
}

static const struct view_type type = {
	.name = "send-all", .draw = draw, .move = move, .key = key, .ok = ok,
	.cancel = cancel, .mouse = mouse, .free = free_view, .linear = linear,
};

void sendall_open(struct tui *t)
{
	struct sendall *s = mem_new(struct sendall);
	const struct node *top = (const struct node *)site_network(app_site(t->app)), *n;
	unsigned *ids = mem_zero(site_count(app_site(t->app), KIND_TERMINAL) + 1, sizeof *ids);
	size_t count = 0;

	for (n = top; n; n = node_next(n, top))
		if (n->kind == KIND_TERMINAL)
			ids[count++] = n->id;
	line_init(&s->password, "");
	s->told = -1;
	tui_push(t, &s->view, &type);
	s->broadcast = broadcast_new(t->app, ids, count, 0, changed, s);
	free(ids);
	changed(s);
}

void sendall_remind(struct tui *t)
{
	char since[40];
	int revision;

	if (!app_read_only(t->app) && sending_broken(t->app, &revision, since))
		tui_say(t, 1, _("The sending of revision %d, begun at %s, was broken off: a finishes it, T shows who has what"),
		    revision, since);
}
