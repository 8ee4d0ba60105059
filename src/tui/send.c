#include "tui/send.h"

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

enum step { CONTACTING, PIN, CHANGED, PASSWORD, LOOKING, READY, SENDING, DONE, FAILED };

struct send {
	struct view view;
	const struct send_look *look;
	struct transfer *transfer;
	enum step step;
	int at;			/* the button: 0 goes on, 1 leaves */
	int top;		/* of the difference */
	struct line password;
	char name[260];		/* of the terminal */
	char failed[600];
	int told;		/* linear mode: the step that was told last; -1: none */
};

enum { COLS = 76, ROWS = 18, DIFFERENCE_ROWS = 8 };

static const struct { const char *words, *button; } steps[] = {
	[CONTACTING] = { N_("Asking who is there…"), NULL },
	[PIN] = { N_("First contact: is this the terminal's key? It is printed by `amcd pin` there. Accept it only if they are the same."), N_("Accept") },
	[CHANGED] = { N_("This is another key than before. If the terminal was set up anew, that is as it must be. If not, somebody stands between, who would get the operator's password and the secrets of all UPSs. Compare it with what `amcd pin` prints on the terminal's own screen."), N_("It was replaced…") },
	[PASSWORD] = { N_("Password of the terminal's operator:"), N_("Go on") },
	[LOOKING] = { N_("Reading what it holds now…"), NULL },
	[READY] = { N_("It will hold this site instead, as a whole."), N_("Send") },
	[SENDING] = { N_("Sending…"), NULL },
	[DONE] = { N_("Done."), N_("Close") },
	[FAILED] = { "", N_("Close") },
};

static void go(struct send *s, enum step step)
{
	s->step = step;
	/* a key is accepted on purpose, never by hitting Enter once more */
	s->at = step == PIN || step == CHANGED;
	tui_draw_soon(s->view.tui);
}

static void fail(struct send *s, const char *words)
{
	snprintf(s->failed, sizeof s->failed, "%s", words);
	go(s, FAILED);
}

static void contacted(struct transfer *x, const struct err *e, void *arg)
{
	struct send *s = arg;

	if (e && *transfer_pin(x) && transfer_pin_state(x) == PIN_CHANGED) {
		go(s, CHANGED);
	} else if (e) {
		fail(s, e->text);
	} else {
		transfer_learn(x);
		go(s, transfer_pin_state(x) == PIN_NEW ? PIN : PASSWORD);
	}
}

/* The name was typed: the operator says that it is another terminal now. */
static void replaced(struct tui *t, int which, const char *text, void *arg)
{
	struct send *s = arg;

	(void)t;
	(void)text;
	if (which != 0)
		return;
	transfer_accept_pin(s->transfer);
	go(s, PASSWORD);
}

static void ask_replaced(struct send *s)
{
	char words[600];

	snprintf(words, sizeof words,
	    _("The key that was known of %s will be forgotten. The one that it shows now takes its place, and every terminal that this site is sent to will trust it:\n%s"),
	    transfer_where(s->transfer), transfer_pin(s->transfer));
	ask_typed(s->view.tui, _("A terminal was replaced"), words, s->name, replaced, s);
}

static void looked(struct transfer *x, const struct err *e, void *arg)
{
	struct send *s = arg;

	if (!e && s->look->looked) {
		s->look->looked(s->view.tui, x);
		tui_close(&s->view);
	} else if (!e) {
		go(s, READY);
	} else if (e->kind == ERR_REFUSED) {
		/* a password may be typed again */
		fail(s, e->text);
		line_set(&s->password, "");
		go(s, PASSWORD);
	} else {
		fail(s, e->text);
	}
}

static void sent(struct transfer *x, const struct err *e, void *arg)
{
	struct send *s = arg;

	if (e) {
		fail(s, e->text);
		return;
	}
	tui_say(s->view.tui, 0, _("%s now holds revision %d"), transfer_where(x),
	    transfer_sent_revision(x));
	watch_refresh(s->view.tui->app);
	go(s, DONE);
}

static const char *difference(const struct send *s)
{
	const char *d = transfer_difference(s->transfer);

	return d && *d ? d : _("no difference");
}

static int put_pair(int y, int x, int cols, const char *label, const char *value)
{
	screen_put(y, x, 12, ROLE_LABEL, label);
	return draw_wrapped(y, x + 13, 2, cols - 13, ROLE_DIALOG, value);
}

static void draw(struct view *v)
{
	const struct send *s = (const struct send *)v;
	const char *name = transfer_name(s->transfer), *pin = transfer_pin(s->transfer);
	int y, x, cols = COLS - 4, bottom;
	char text[700];

	draw_dialog(ROWS, COLS, tr(s->look->title), &y, &x);
	bottom = y + ROWS - 3;
	y += put_pair(y, x, cols, _("Target"), transfer_where(s->transfer));
	if (s->step > CONTACTING && name && *name)
		y += put_pair(y, x, cols, _("Its name"), name);
	if (s->step == CHANGED)
		y += put_pair(y, x, cols, _("Known key"), transfer_known_pin(s->transfer));
	if (s->step > CONTACTING && pin && *pin)
		y += put_pair(y, x, cols, _("Its key"), pin);
	if (s->step > CONTACTING && s->step < READY && *transfer_next_pin(s->transfer))
		y += put_pair(y, x, cols, _("Its next key"), transfer_next_pin(s->transfer));
	if (s->step >= READY && s->step != FAILED) {
		int held = transfer_held_revision(s->transfer);
		int ours = site_network(app_site(v->tui->app))->revision;

		if (held)
			snprintf(text, sizeof text, _("revision %d, this site is revision %d"),
			    held, ours);
		else
			snprintf(text, sizeof text, _("no site; this one is revision %d"), ours);
		y += put_pair(y, x, cols, _("It holds"), text);
		y++;
		changes_draw(y, x, DIFFERENCE_ROWS, cols, difference(s), s->top);
		y += DIFFERENCE_ROWS;
	}
	if (s->step == DONE)
		snprintf(text, sizeof text, _("Done: it now holds revision %d."),
		    transfer_sent_revision(s->transfer));
	else
		snprintf(text, sizeof text, "%s", tr(steps[s->step].words));
	y++;
	if (s->step == FAILED || (s->step == PASSWORD && s->failed[0]))
		y += draw_wrapped(y, x, 6, cols, ROLE_ERROR, s->failed);
	if (s->step == FAILED && *transfer_meanwhile(s->transfer)) {
		y += 1 + draw_wrapped(y + 1, x, 1, cols, ROLE_DIALOG, _("What was changed there meanwhile:")) + 1;
		changes_draw(y, x, bottom - y - 1, cols, transfer_meanwhile(s->transfer), 0);
	}
	if (s->step != FAILED)
		y += draw_wrapped(y, x, s->step == CHANGED ? 6 : 3, cols,
		    s->step == DONE ? ROLE_GOOD : s->step == CHANGED ? ROLE_WARNING : ROLE_HINT, text);
	if (steps[s->step].button)
		x += draw_button_of(bottom, x, tr(steps[s->step].button), s->at == 0, 0) + 2;
	if (s->step != DONE && s->step != FAILED)
		draw_button_of(bottom, x, _("Cancel"), s->at == 1, 1);
	if (s->step == PASSWORD)
		draw_line(y, (screen_cols() - COLS) / 2 + 2, 40, ROLE_FIELD_NOW,
		    &s->password, true, true);
}

static void move(struct view *v, enum move move)
{
	struct send *s = (struct send *)v;
	int by = move == MOVE_UP ? -1 : move == MOVE_DOWN ? 1 : move == MOVE_PAGE_UP ?
	    -DIFFERENCE_ROWS : move == MOVE_PAGE_DOWN ? DIFFERENCE_ROWS : 0;

	if (s->step == PASSWORD && (move == MOVE_LEFT || move == MOVE_RIGHT)) {
		line_key(&s->password, move == MOVE_LEFT ? "Left" : "Right");
	} else if (by && s->step >= READY) {
		s->top = draw_scroll(s->top, by, DIFFERENCE_ROWS, COLS - 4, difference(s));
	} else if (steps[s->step].button) {
		s->at = !s->at;
	}
}

static bool key(struct view *v, const char *name)
{
	struct send *s = (struct send *)v;

	return s->step == PASSWORD && line_key(&s->password, name);
}

static void cancel(struct view *v)
{
	tui_close(v);
}

static void ok(struct view *v)
{
	struct send *s = (struct send *)v;

	if (s->at == 1 || s->step == DONE || s->step == FAILED) {
		cancel(v);
	} else if (s->step == PIN) {
		transfer_accept_pin(s->transfer);
		go(s, PASSWORD);
	} else if (s->step == CHANGED) {
		ask_replaced(s);
	} else if (s->step == PASSWORD) {
		go(s, LOOKING);
		transfer_look(s->transfer, "operator", s->password.s, looked, s);
	} else if (s->step == READY) {
		go(s, SENDING);
		transfer_send(s->transfer, sent, s);
	}
}

/* What is known at this step, once. */
static void linear_tell(struct send *s, struct linear *l)
{
	int held = transfer_held_revision(s->transfer);

	if ((int)s->step == s->told && s->step != FAILED)
		return;
	s->told = s->step;
	if (s->step == CONTACTING)
		linear_say(l, "%s: %s", _("Target"), transfer_where(s->transfer));
	if (s->step == CHANGED)
		linear_say(l, "%s: %s", _("Known key"), transfer_known_pin(s->transfer));
	if (s->step == PIN || s->step == CHANGED) {
		linear_say(l, "%s: %s", _("Its name"), transfer_name(s->transfer));
		linear_say(l, "%s: %s", _("Its key"), transfer_pin(s->transfer));
	}
	if (s->failed[0])
		linear_say(l, "%s", s->failed);
	s->failed[0] = '\0';
	if (s->step == READY) {
		linear_say(l, "%s: %d", _("It holds"), held);
		linear_text(l, difference(s));
	}
	if (s->step != FAILED)
		linear_say(l, "%s", tr(steps[s->step].words));
}

/* The question of this step; false when it is answered by leaving. */
static bool linear_question(struct send *s, struct linear *l)
{
	const char *labels[] = { tr(steps[s->step].button), _("Cancel") };
	char *password;

	if (s->step != PASSWORD) {
		linear_say(l, "  1 %s\n  2 %s", labels[0], labels[1]);
		s->at = linear_choose(l, labels, 2, 1) != 0;
		return s->at == 0;
	}
	password = linear_ask(l, "> ", LINEAR_SECRET);
	if (!password)
		return false;
	line_set(&s->password, password);
	explicit_bzero(password, strlen(password));
	free(password);
	s->at = 0;
	return true;
}

static void linear(struct view *v, struct linear *l)
{
	struct send *s = (struct send *)v;

	linear_tell(s, l);
	if (s->step == DONE || s->step == FAILED) {
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

static void mouse(struct view *v, const struct mouse *m)
{
	struct send *s = (struct send *)v;

	if (m->what == MOUSE_WHEEL_UP || m->what == MOUSE_WHEEL_DOWN) {
		if (s->step >= READY)
			move(v, m->what == MOUSE_WHEEL_UP ? MOVE_UP : MOVE_DOWN);
	} else if (m->what == MOUSE_PRESS && m->on.kind == TARGET_BUTTON) {
		s->at = (int)m->on.n;
		ok(v);
	}
}

static bool paste(struct view *v, const char *text)
{
	struct send *s = (struct send *)v;

	return s->step == PASSWORD && line_insert(&s->password, text);
}

static void free_view(struct view *v)
{
	struct send *s = (struct send *)v;

	transfer_free(s->transfer);
	line_done(&s->password);
	free(s);
}

static const struct view_type type = {
	.name = "send", .draw = draw, .move = move, .key = key, .ok = ok,
	.cancel = cancel, .mouse = mouse, .paste = paste, .free = free_view, .linear = linear,
};

void send_look(struct tui *t, unsigned terminal, const struct send_look *look)
{
	send_look_revision(t, terminal, NULL, look);
}

void send_look_revision(struct tui *t, unsigned terminal, const char *revision,
    const struct send_look *look)
{
	struct err e;
	struct transfer *x = transfer_new(t->app, terminal, &e);
	struct send *s;

	if (!x) {
		ask_message(t, tr(look->title), e.text);
		return;
	}
	if (revision)
		transfer_revision(x, revision);
	s = mem_new(struct send);
	s->look = look;
	s->transfer = x;
	text_copy(s->name, sizeof s->name, node_name(site_find(app_site(t->app), terminal)));
	s->told = -1;
	line_init(&s->password, "");
	tui_push(t, &s->view, &type);
	transfer_contact(x, contacted, s);
}

void send_open(struct tui *t, unsigned terminal)
{
	static const struct send_look sends = { N_("Send settings to control terminal"), NULL };

	send_look(t, terminal, &sends);
}
