#include "tui/sending-all.h"

#include "app/sending.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "tui/ask.h"
#include "tui/changes.h"
#include "tui/draw.h"

#include <stdlib.h>

const struct sendall_step sendall_steps[] = {
	[MEETING] = { N_("Asking who is there…"), NULL },
	[PASSWORD] = { N_("Password of the operator, the same on all that answer:"), N_("Go on") },
	[LOOKING] = { N_("Reading what they hold now…"), NULL },
	[READY] = { N_("They will hold this site instead: all that are there, or none."), N_("Send") },
	[SENDING] = { N_("Sending…"), NULL },
	[DONE] = { NULL, N_("Close") },
};

size_t sendall_buttons(const struct sendall *s, enum button list[BUTTONS])
{
	size_t n = 0;
	bool ready = s->step == READY;

	if (sendall_steps[s->step].go)
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

const char *sendall_button_words(const struct sendall *s, enum button b)
{
	return b == GO ? tr(sendall_steps[s->step].go) : b == LATER ?
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

static void move(struct view *v, enum move move)
{
	struct sendall *s = (struct sendall *)v;
	int page = sendall_window() - 1, last, count;
	int by = move == MOVE_UP ? -1 : move == MOVE_DOWN ? 1 : move == MOVE_PAGE_UP ? -page :
	    move == MOVE_PAGE_DOWN ? page : 0;
	enum button list[BUTTONS];
	size_t n;

	broadcast_rows(s->broadcast, &n);
	last = (int)n - 1;
	count = (int)sendall_buttons(s, list);
	if (s->step == PASSWORD && (move == MOVE_LEFT || move == MOVE_RIGHT)) {
		line_key(&s->password, move == MOVE_LEFT ? "Left" : "Right");
	} else if (by) {
		s->row = s->row + by < 0 ? 0 : s->row + by > last ? last : s->row + by;
		s->top = draw_window(s->top, s->row, sendall_window(), (int)n);
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
void sendall_cancel(struct view *v)
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

void sendall_press(struct sendall *s, enum button b)
{
	if (b == DIFFERENCE) {
		show_difference(s);
	} else if (b == LEAVE || s->step == DONE) {
		sendall_cancel(&s->view);
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
	size_t n = sendall_buttons(s, list);

	if ((size_t)s->at < n)
		sendall_press(s, list[s->at]);
}

static void mouse(struct view *v, const struct mouse *m)
{
	struct sendall *s = (struct sendall *)v;

	if (m->what == MOUSE_WHEEL_UP || m->what == MOUSE_WHEEL_DOWN)
		move(v, m->what == MOUSE_WHEEL_UP ? MOVE_UP : MOVE_DOWN);
	else if (m->what == MOUSE_PRESS && m->on.kind == TARGET_BUTTON)
		sendall_press(s, (enum button)m->on.n);
}

static void free_view(struct view *v)
{
	struct sendall *s = (struct sendall *)v;

	broadcast_free(s->broadcast);
	line_done(&s->password);
	free(s);
}

static const struct view_type type = {
	.name = "send-all", .draw = sendall_draw, .move = move, .key = key, .ok = ok,
	.cancel = sendall_cancel, .mouse = mouse, .free = free_view, .linear = sendall_linear,
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
