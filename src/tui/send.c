#include "tui/sending.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/ask.h"
#include "tui/draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct send_step send_steps[] = {
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

const char *send_words(const struct send *s)
{
	return s->met && s->step == LOOKING ? _("Does it take the password?") :
	    tr(send_steps[s->step].words);
}

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

/* Both are handed over, and the dialog goes before what comes next. */
static void meet(struct send *s)
{
	struct tui *t = s->view.tui;
	struct transfer *x = s->transfer;
	char *password = mem_dup(s->password.s);
	send_met *met = s->met;
	void *arg = s->arg;

	s->transfer = NULL;
	s->met = NULL;
	tui_close(&s->view);
	met(t, x, password, arg);
	explicit_bzero(password, strlen(password));
	free(password);
}

static void looked(struct transfer *x, const struct err *e, void *arg)
{
	struct send *s = arg;

	if (!e && s->met) {
		meet(s);
	} else if (!e && s->looked) {
		s->looked(s->view.tui, x);
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

const char *send_difference(const struct send *s)
{
	const char *d = transfer_difference(s->transfer);

	return d && *d ? d : _("no difference");
}

static void move(struct view *v, enum move move)
{
	struct send *s = (struct send *)v;
	int by = move == MOVE_UP ? -1 : move == MOVE_DOWN ? 1 : move == MOVE_PAGE_UP ?
	    -DIFFERENCE_ROWS : move == MOVE_PAGE_DOWN ? DIFFERENCE_ROWS : 0;

	if (s->step == PASSWORD && (move == MOVE_LEFT || move == MOVE_RIGHT)) {
		line_key(&s->password, move == MOVE_LEFT ? "Left" : "Right");
	} else if (by && s->step >= READY) {
		s->top = draw_scroll(s->top, by, DIFFERENCE_ROWS, SEND_COLS - 4, send_difference(s));
	} else if (send_steps[s->step].button) {
		s->at = !s->at;
	}
}

static bool key(struct view *v, const char *name)
{
	struct send *s = (struct send *)v;

	return s->step == PASSWORD && line_key(&s->password, name);
}

void send_cancel(struct view *v)
{
	tui_close(v);
}

void send_ok(struct view *v)
{
	struct send *s = (struct send *)v;

	if (s->at == 1 || s->step == DONE || s->step == FAILED) {
		send_cancel(v);
	} else if (s->step == PIN) {
		transfer_accept_pin(s->transfer);
		go(s, PASSWORD);
	} else if (s->step == CHANGED) {
		ask_replaced(s);
	} else if (s->step == PASSWORD && !*s->password.s) {
		fail(s, _("a password is needed"));	/* one that is wrong would count */
		go(s, PASSWORD);
	} else if (s->step == PASSWORD) {
		go(s, LOOKING);
		transfer_look(s->transfer, "operator", s->password.s, looked, s);
	} else if (s->step == READY) {
		go(s, SENDING);
		transfer_send(s->transfer, sent, s);
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
		send_ok(v);
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

	if (s->met)
		s->met(v->tui, NULL, NULL, s->arg);
	transfer_free(s->transfer);
	line_done(&s->password);
	free(s);
}

static const struct view_type type = {
	.name = "send", .draw = send_draw, .move = move, .key = key, .ok = send_ok,
	.cancel = send_cancel, .mouse = mouse, .paste = paste, .free = free_view, .linear = send_linear,
};

/* NULL when there is nobody to ask, which was said. */
static struct send *open_with(struct tui *t, unsigned terminal, const char *revision,
    const char *title)
{
	struct err e;
	struct transfer *x = transfer_new(t->app, terminal, &e);
	struct send *s;

	if (!x) {
		ask_message(t, tr(title), e.text);
		return NULL;
	}
	if (revision)
		transfer_revision(x, revision);
	s = mem_new(struct send);
	s->title = title;
	s->transfer = x;
	text_copy(s->name, sizeof s->name, node_name(site_find(app_site(t->app), terminal)));
	s->told = -1;
	line_init(&s->password, "");
	tui_push(t, &s->view, &type);
	return s;
}

void send_look(struct tui *t, unsigned terminal, const struct send_look *look)
{
	send_look_revision(t, terminal, NULL, look);
}

void send_look_revision(struct tui *t, unsigned terminal, const char *revision,
    const struct send_look *look)
{
	struct send *s = open_with(t, terminal, revision, look->title);

	if (!s)
		return;
	s->looked = look->looked;
	transfer_contact(s->transfer, contacted, s);
}

void send_meet(struct tui *t, unsigned terminal, const char *title, send_met *met, void *arg)
{
	struct send *s = open_with(t, terminal, NULL, title);

	if (!s) {
		met(t, NULL, NULL, arg);
		return;
	}
	s->met = met;
	s->arg = arg;
	transfer_contact(s->transfer, contacted, s);
}

void send_open(struct tui *t, unsigned terminal)
{
	static const struct send_look sends = { N_("Send settings to control terminal"), NULL };

	send_look(t, terminal, &sends);
}
