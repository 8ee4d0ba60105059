#include "tui/sendall.h"

#include "app/broadcast.h"
#include "base/i18n.h"
#include "base/mem.h"
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
	int at;			/* the button: 0 goes on, 1 leaves */
	int top;
	struct line password;
	int told;		/* linear mode: the step that was told last; -1: none */
};

static const struct { const char *words, *button; } steps[] = {
	[MEETING] = { N_("Asking who is there…"), NULL },
	[PASSWORD] = { N_("Password of the operator, the same on all that answer:"), N_("Go on") },
	[LOOKING] = { N_("Reading what they hold now…"), NULL },
	[READY] = { N_("They will hold this site instead, each as a whole."), N_("Send") },
	[SENDING] = { N_("Sending…"), NULL },
	[DONE] = { NULL, N_("Close") },
};

/* The step behind one that has ended: where there is nothing to do, the last. */
static enum step next(const struct sendall *s)
{
	const struct broadcast *b = s->broadcast;

	switch (s->step) {
	case MEETING:
		return broadcast_count(b, BROADCAST_MET) ? PASSWORD : DONE;
	case LOOKING:
		return broadcast_count(b, BROADCAST_READY) ? READY : DONE;
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
	return state == BROADCAST_FAILED ? ROLE_ERROR : state == BROADCAST_SENT ||
	    state == BROADCAST_ALIKE ? ROLE_GOOD : ROLE_TEXT;
}

/* A mark besides the colour. */
static const char *mark_of(enum broadcast_state state)
{
	return state == BROADCAST_FAILED ? "!" : state == BROADCAST_SENT ||
	    state == BROADCAST_ALIKE ? "=" : state == BROADCAST_READY ? "~" : " ";
}

static void words_of(const struct sendall *s, char *buf, size_t size)
{
	const struct broadcast *b = s->broadcast;
	size_t n, failed = broadcast_count(b, BROADCAST_FAILED);

	if (s->step != DONE) {
		snprintf(buf, size, "%s", tr(steps[s->step].words));
		return;
	}
	broadcast_rows(b, &n);
	if (failed)
		snprintf(buf, size, _("Partly done: %zu of %zu hold this site; the others hold what they held."),
		    n - failed, n);
	else
		snprintf(buf, size, ngettext("Done: %zu terminal holds this site.",
		    "Done: all %zu terminals hold this site.", n), n);
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

		screen_put(y + i, x, 1, role_of(r->state), mark_of(r->state));
		draw_label(y + i, x + 2, name, ROLE_GROUP, node ? node_name(node) : "");
		draw_label(y + i, x + name + 3, cols - name - 3, role_of(r->state), r->words);
	}
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
	    broadcast_count(s->broadcast, BROADCAST_FAILED) ? ROLE_WARNING : ROLE_GOOD :
	    ROLE_HINT, words);
	if (s->step == PASSWORD)
		draw_line(y++, x, 40, ROLE_FIELD_NOW, &s->password, true, true);
	y = screen_rows() - 4;
	if (steps[s->step].button)
		x += draw_button(y, x, tr(steps[s->step].button), s->at == 0) + 2;
	if (s->step != DONE)
		draw_button(y, x, _("Cancel"), s->at == 1);
}

static void move(struct view *v, enum move move)
{
	struct sendall *s = (struct sendall *)v;
	int page = list_rows() - 1;
	int by = move == MOVE_UP ? -1 : move == MOVE_DOWN ? 1 : move == MOVE_PAGE_UP ? -page :
	    move == MOVE_PAGE_DOWN ? page : 0;
	size_t n;

	broadcast_rows(s->broadcast, &n);
	if (s->step == PASSWORD && (move == MOVE_LEFT || move == MOVE_RIGHT))
		line_key(&s->password, move == MOVE_LEFT ? "Left" : "Right");
	else if (by)
		s->top = draw_window(s->top + by, s->top + by < 0 ? 0 : s->top + by,
		    list_rows(), (int)n);
	else if (steps[s->step].button)
		s->at = !s->at;
}

static bool key(struct view *v, const char *name)
{
	struct sendall *s = (struct sendall *)v;

	return s->step == PASSWORD && line_key(&s->password, name);
}

static void cancel(struct view *v)
{
	tui_close(v);
}

static void ok(struct view *v)
{
	struct sendall *s = (struct sendall *)v;

	if (s->at == 1 || s->step == DONE) {
		cancel(v);
	} else if (s->step == PASSWORD) {
		s->step = LOOKING;
		broadcast_look(s->broadcast, s->password.s);
		line_done(&s->password);
		line_init(&s->password, "");
		changed(s);
	} else if (s->step == READY) {
		s->step = SENDING;
		broadcast_send(s->broadcast);
		changed(s);
	}
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
	for (size_t i = 0; i < n && steps[s->step].button; i++) {
		const struct node *node = site_find(app_site(s->view.tui->app), rows[i].terminal);

		linear_say(l, "  %s %s: %s", mark_of(rows[i].state), node ? node_name(node) : "",
		    rows[i].words);
	}
	words_of(s, words, sizeof words);
	linear_say(l, "%s", words);
}

/* False when it is left. */
static bool linear_question(struct sendall *s, struct linear *l)
{
	const char *labels[] = { tr(steps[s->step].button), _("Cancel") };
	char *password;

	s->at = 0;
	if (s->step != PASSWORD) {
		linear_say(l, "  1 %s\n  2 %s", labels[0], labels[1]);
		return linear_choose(l, labels, 2, 1) == 0;
	}
	password = linear_ask(l, "> ", LINEAR_SECRET);
	if (!password)
		return false;
	line_set(&s->password, password);
	explicit_bzero(password, strlen(password));
	free(password);
	return true;
}

static void linear(struct view *v, struct linear *l)
{
	struct sendall *s = (struct sendall *)v;

	linear_tell(s, l);
	if (s->step == DONE) {
		cancel(v);
	} else if (!steps[s->step].button) {
		/* what comes of it is told, and asked, the next time round */
		if (!linear_wait(l))
			cancel(v);
	} else if (linear_question(s, l)) {
		ok(v);
	} else {
		cancel(v);
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
	.cancel = cancel, .free = free_view, .linear = linear,
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
	s->broadcast = broadcast_new(t->app, ids, count, changed, s);
	free(ids);
	changed(s);
}
