/* The console in linear mode from its start to its end; a part of linear */
#include "tui/lining.h"

#include "app/clip.h"
#include "app/diary.h"
#include "app/herald.h"
#include "base/i18n.h"
#include "tui/edit.h"
#include "tui/mainview.h"
#include "tui/rescue.h"
#include "tui/sendall.h"
#include "tui/taste.h"

#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

static void tell(struct linear *l)
{
	linear_tell_news(l);
	if (!l->tui.said_at)
		tui_say_news(&l->tui);
	if (!l->tui.said_at)
		return;
	l->tui.said_at = 0;
	linear_say(l, "%s%s", l->tui.said_severity > 1 ? "! " : "", l->tui.said);
}

static void nothing(void *arg)
{
	(void)arg;
}

static void on_change(void *arg)
{
	((struct linear *)arg)->changed = true;
}

static void on_interrupt(int fd, unsigned ready, void *arg)
{
	(void)fd;
	(void)ready;
	rescue_take_interrupt();
	((struct linear *)arg)->interrupted = true;
}

static void on_end(int fd, unsigned ready, void *arg)
{
	(void)fd;
	(void)ready;
	((struct linear *)arg)->ended = true;
}

/* Not from the listener: a view may close itself, and one may be asking just then. */
static void tell_views(struct linear *l)
{
	struct view *below;

	if (!l->changed)
		return;
	l->changed = false;
	for (struct view *v = l->tui.top; v; v = below) {
		below = v->below;
		if (v->type->changed)
			v->type->changed(v);
	}
}

static void step(struct linear *l)
{
	struct tui *t = &l->tui;

	tell(l);
	tell_views(l);
	if (l->ended) {
		tui_leave(t, app_modified(t->app) || rescue_ended_by() ? 1 : 0);
	} else if (t->top == t->main) {
		linear_main(t, l);
	} else if (t->top->type->linear) {
		t->top->type->linear(t->top, l);
	} else {
		linear_say(l, _("That needs a full screen."));
		tui_close(t->top);
	}
}

static void greet(struct linear *l, const struct tui_options *o, const char *why)
{
	const struct site *site = app_site(l->tui.app);
	size_t errors = app_check(l->tui.app)->count[SEVERITY_ERROR];

	if (why)
		linear_say(l, "%s", why);
	linear_say(l, _("amc, linear mode. %s, revision %d%s. help tells the commands."),
	    app_path(l->tui.app) ? app_path(l->tui.app) : "", site_network(site)->revision,
	    app_read_only(l->tui.app) ? _(", read-only") : "");
	if (errors)
		linear_say(l, ngettext("! The site has %zu error: problems tells it.",
		    "! The site has %zu errors: problems tells them.", errors), errors);
	if (o->message)
		linear_say(l, "%s", o->message);
}

/* Edits that nobody took care of; as when a full screen loses its line. */
static void keep_edits(struct linear *l)
{
	struct err e;
	char *path;

	if (l->tui.status == 0 || !app_modified(l->tui.app) || app_read_only(l->tui.app))
		return;
	path = edit_keep_copy(&l->tui, &e);
	fprintf(stderr, _("amc: ended before the site was saved; your changes: %s\n"),
	    path ? path : e.text);
	free(path);
}

int linear_run(struct app *app, const struct tui_options *o, const char *why)
{
	struct linear l = { .tui = { .app = app, .loop = app_loop(app), .title = o->title } };
	struct tui *t = &l.tui;
	struct termios before = { 0 };
	struct watch *interrupt, *end;
	struct err e = { .text = "" };

	t->prefs = prefs_new(&e);
	taste_words(t);
	t->ui = ui_load(o->ui, &e);
	if (!t->ui) {
		fprintf(stderr, "amc: %s\n", e.text);
		prefs_free(t->prefs);
		return ERR_FAILED;
	}
	taste_screen(t, o);	/* what the terminal shows of characters counts here, too */
	tcgetattr(STDIN_FILENO, &before);
	rescue_arm(&before, "");
	lines_open(&l.lines, t->loop);
	t->draw_timer = loop_after(t->loop, 0, nothing, NULL);
	mainview_open(t);
	app_listen(app, on_change, &l);
	diary_start(app);
	watch_start(app);
	herald_catch_up(app);
	if (o->traps)
		trapping_start(app, o->traps);
	interrupt = loop_fd(t->loop, rescue_interrupt_fd(), LOOP_READ, on_interrupt, &l);
	end = loop_fd(t->loop, rescue_end_fd(), LOOP_READ, on_end, &l);
	greet(&l, o, why);
	sendall_remind(t);
	while (!t->leaving)
		step(&l);
	tell(&l);
	keep_edits(&l);

	loop_remove(interrupt);
	loop_remove(end);
	trapping_stop(app);
	watch_stop(app);
	app_listen(app, NULL, NULL);
	while (t->top)
		tui_close(t->top);
	loop_remove(t->draw_timer);
	lines_close(&l.lines);
	rescue_disarm();
	ui_free(t->ui);
	prefs_save(t->prefs, NULL);
	prefs_free(t->prefs);
	free(t->find);
	clip_free(t->clip);
	free(l.ahead);
	free(l.numbered);
	rescue_end();
	return t->status;
}
