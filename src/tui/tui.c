#include "tui/tui.h"

#include "app/clip.h"
#include "app/diary.h"
#include "app/herald.h"
#include "app/known.h"
#include "app/rest.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/bars.h"
#include "tui/draw.h"
#include "tui/edit.h"
#include "tui/escape.h"
#include "tui/linear.h"
#include "tui/mainview.h"
#include "tui/rescue.h"
#include "tui/sendall.h"
#include "tui/taste.h"
#include "tui/view.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	ESC_MS = 300,		/* how long an Esc may be the first of two keys */
	SAY_MS = 8000,
	FILE_MS = 4000,		/* how often the file is looked at */
	TICK_MS = 1000,		/* ages grow by the second */
	SETTLE_MS = 40,		/* readings that come together are drawn together */
};

/* Bottom up: each view lies on those below it. */
static void draw_views(struct view *v)
{
	if (!v)
		return;
	draw_views(v->below);
	target_owner(v);
	v->type->draw(v);
}

static void draw(void *arg)
{
	struct tui *t = arg;

	loop_pause(t->draw_timer);
	if (t->leaving)
		return;
	screen_clear(ROLE_TEXT);
	target_clear();
	if (screen_rows() < SCREEN_MIN_ROWS || screen_cols() < SCREEN_MIN_COLS) {
		draw_too_small();
	} else {
		bars_draw(t);
		draw_views(t->top);
	}
	screen_flush();
}

void tui_draw_soon(struct tui *t)
{
	loop_again(t->draw_timer, 0);
}

void tui_push(struct tui *t, struct view *v, const struct view_type *type)
{
	v->type = type;
	v->tui = t;
	v->below = t->top;
	t->top = v;
	target_clear();		/* what is not drawn yet cannot be meant by a click */
	tui_draw_soon(t);
}

void tui_close(struct view *v)
{
	struct tui *t = v->tui;
	struct view **p = &t->top;

	while (*p != v)
		p = &(*p)->below;
	*p = v->below;
	target_clear();
	tui_draw_soon(t);
	v->type->free(v);
}

void tui_say(struct tui *t, int severity, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(t->said, sizeof t->said, fmt, ap);
	va_end(ap);
	t->said_severity = severity;
	t->said_at = loop_now();
	tui_draw_soon(t);
}

void tui_leave(struct tui *t, int status)
{
	t->leaving = true;
	t->status = status;
	loop_stop(t->loop);
}

/* Does the top view, or an action of its keys, know this key? */
static bool try_key(struct tui *t, const char *key)
{
	const struct action *a = keys_action(t->ui->keys, t->top->type->name, key);

	if (a) {
		action_run(a, t);
		return true;
	}
	return t->top->type->key && t->top->type->key(t->top, key);
}

/*
 * Esc and a digit, one after the other or at once, is a function key; Esc and a
 * letter is Alt and the letter. One that means nothing here was two keys.
 */
static void alt_key(struct tui *t, const char *rest)
{
	char name[KEY_NAME + 4];

	if (rest[0] >= '0' && rest[0] <= '9' && !rest[1])
		snprintf(name, sizeof name, "F%d", rest[0] == '0' ? 10 : rest[0] - '0');
	else
		snprintf(name, sizeof name, "Alt-%s", rest);
	if (!try_key(t, name)) {
		try_key(t, "Esc");
		if (!t->leaving)
			try_key(t, rest);
	}
}

void tui_key(struct tui *t, const char *key)
{
	/* what is not seen is not operated */
	if (screen_rows() < SCREEN_MIN_ROWS || screen_cols() < SCREEN_MIN_COLS)
		return;
	loop_pause(t->esc_timer);
	if (t->esc) {
		t->esc = false;
		if (strcmp(key, "Esc") != 0) {
			alt_key(t, key);
			return;
		}
		/* the first one was alone; the second waits in its turn */
		try_key(t, "Esc");
		t->esc = true;
		loop_again(t->esc_timer, ESC_MS);
	} else if (strcmp(key, "Esc") == 0) {
		t->esc = true;
		loop_again(t->esc_timer, ESC_MS);
	} else if (!try_key(t, key)) {
		char *shown = mem_dup(key);

		tui_say(t, 0, _("%s does nothing here (F1 tells the keys)"), shown);
		free(shown);
	}
}

void tui_mouse(struct tui *t, const struct mouse *m)
{
	struct mouse here = *m;
	const void *owner = target_at(m->y, m->x, &here.on);

	/* what came with the click that opened what is not drawn yet is not for it */
	if (!target_any())
		return;
	if (screen_rows() < SCREEN_MIN_ROWS || screen_cols() < SCREEN_MIN_COLS)
		return;
	if (owner == t) {
		bars_mouse(t, &here);
		return;
	}
	if (owner != t->top)
		here.on = (struct target){ 0 };
	if (t->top->type->mouse)
		t->top->type->mouse(t->top, &here);
	else if (t->top->type->move && here.what == MOUSE_WHEEL_UP)
		t->top->type->move(t->top, MOVE_UP);
	else if (t->top->type->move && here.what == MOUSE_WHEEL_DOWN)
		t->top->type->move(t->top, MOVE_DOWN);
}

static bool type_in(struct view *v, const char *text)
{
	bool used = false;
	char key[KEY_NAME];
	uint32_t cp;

	if (!v->type->key || !keys_text(v->tui->ui->keys, v->type->name))
		return false;
	while (*text) {
		text += text_next(text, NULL, &cp);
		if (keyname_of_char(cp, key) && v->type->key(v, key))
			used = true;
	}
	return used;
}

/* A newline presses no Enter: it could say yes to what nobody has read. */
static void paste(struct tui *t, const char *text)
{
	char *line = escape_one_line(text);
	struct view *v = t->top;

	if (*line && !(v->type->paste ? v->type->paste(v, line) : type_in(v, line)))
		tui_say(t, 1, _("There is no field to paste into; the text was ignored"));
	explicit_bzero(line, strlen(line));	/* it may have been a password */
	free(line);
}

static void on_esc(void *arg)
{
	struct tui *t = arg;

	if (!t->esc)
		return;
	t->esc = false;
	try_key(t, "Esc");
	draw(t);
}

static void on_input(void *arg)
{
	struct tui *t = arg;
	char key[KEY_NAME];
	enum input input;

	watch_typed(t->app);
	while (!t->leaving && (input = screen_input(key))) {
		if (input == INPUT_KEY)
			tui_key(t, key);
		else if (input == INPUT_MOUSE)
			tui_mouse(t, screen_mouse());
		else if (input == INPUT_WIDTH)
			taste_width_told(t);
		else
			paste(t, screen_pasted());
	}
	draw(t);
}

static void on_resized(void *arg)
{
	draw(arg);
}

static void on_interrupt(void *arg)
{
	struct tui *t = arg;

	if (t->leaving)
		return;
	if (screen_rows() < SCREEN_MIN_ROWS || screen_cols() < SCREEN_MIN_COLS) {
		if (!app_modified(t->app))
			tui_leave(t, 0);
		return;
	}
	/* it leaves what is on top; a form asks before typed values are lost */
	if (t->top != t->main)
		try_key(t, "Esc");
	else
		action_run(action_find("quit"), t);
	draw(t);
}

static void on_hangup(void *arg)
{
	tui_leave(arg, 1);
}

/* SIGTERM, or SIGHUP when the line is cut. */
static void on_end(int fd, unsigned ready, void *arg)
{
	(void)fd;
	(void)ready;
	tui_leave(arg, 1);
}

/* Ended from outside: the edits of a night are not lost with the line. */
static char *keep_edits(struct tui *t)
{
	struct err e;
	char *path;

	if (t->status == 0 || !app_modified(t->app) || app_read_only(t->app))
		return NULL;
	path = edit_keep_copy(t, &e);
	return path ? path : mem_dup(e.text);
}

static void on_change(void *arg)
{
	struct tui *t = arg;
	char text[sizeof t->said];

	/* what was heard pays for the look at it, not the next key */
	if (known_is_due(t->app))
		app_check(t->app);
	if (watch_news(t->app, &t->news, text, sizeof text))
		tui_say(t, 1, "%s", text);
	for (struct view *v = t->top; v; v = v->below)
		if (v->type->changed)
			v->type->changed(v);
	loop_again(t->draw_timer, SETTLE_MS);
}

/* Now and then, so that a conflict shows before the save that it refuses. */
static void look_at_file(struct tui *t)
{
	const char *key = keys_of(t->ui->keys, "main", action_find("reload"));
	bool was = t->file_changed;

	if (loop_now() - t->file_at < FILE_MS)
		return;
	t->file_at = loop_now();
	t->file_changed = app_path(t->app) && app_changed_underneath(t->app);
	if (t->file_changed && !was)
		tui_say(t, 2, _("%s was changed by somebody else; %s shows what, and reads it"),
		    file_name(app_path(t->app)), key ? key : _("Reload in the File menu"));
}

static void save_prefs(struct tui *t)
{
	struct err e;

	if (!prefs_save(t->prefs, &e))
		tui_say(t, 1, "%s", e.text);
}

void tui_say_news(struct tui *t)
{
	char *news = herald_news(t->app);

	if (news)
		tui_say(t, 1, "%s", news);
	free(news);
}

static void on_tick(void *arg)
{
	struct tui *t = arg;

	loop_again(t->tick_timer, TICK_MS);
	look_at_file(t);
	known_tick(t->app);
	save_prefs(t);
	if (t->said_at && loop_now() - t->said_at > SAY_MS)
		t->said_at = 0;
	if (!t->said_at)
		tui_say_news(t);
	draw(t);
}

/* What an operator has written for himself; not where we have more rights. */
static bool own_ui(struct ui *ui, struct err *e)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	char *dir;
	bool ok;

	if (getuid() != geteuid())
		return true;
	if (config && *config == '/')
		dir = mem_printf("%s/amc", config);
	else
		dir = mem_printf("%s/.config/amc", home ? home : "");
	ok = ui_own(ui, dir, e);
	free(dir);
	return ok;
}

int tui_run(struct app *app, const struct tui_options *o)
{
	struct tui t = { .app = app, .loop = app_loop(app), .title = o->title };
	struct screen_events on = { .input = on_input, .resized = on_resized,
	    .interrupt = on_interrupt, .gone = on_hangup, .arg = &t };
	struct err e = { 0 }, prefs_fault;
	struct watch *end;
	char *kept;

	if (o->linear || !screen_can_move(&e))
		return linear_run(app, o, o->linear ? NULL : e.text);
	t.prefs = prefs_new(&prefs_fault);
	taste_words(&t);
	t.ui = ui_load(o->ui, &e);
	if (!t.ui || !own_ui(t.ui, &e) ||
	    !screen_open(t.loop, taste_screen(&t, o), &on, &e)) {
		fprintf(stderr, "amc: %s\n", e.text);
		ui_free(t.ui);
		prefs_free(t.prefs);
		return ERR_FAILED;
	}
	screen_take_mouse(taste_mouse(&t));
	taste_ask_width(&t);
	t.draw_timer = loop_after(t.loop, 0, draw, &t);
	t.tick_timer = loop_after(t.loop, TICK_MS, on_tick, &t);
	t.esc_timer = loop_after(t.loop, ESC_MS, on_esc, &t);
	mainview_open(&t);
	app_listen(app, on_change, &t);
	if (o->message)
		tui_say(&t, 1, "%s", o->message);
	if (prefs_fault.text[0])
		tui_say(&t, 1, _("Your settings of the console could not be read: %s"),
		    prefs_fault.text);
	draw(&t);
	/* behind the first screen what it can do without, and what takes a while with many */
	if (!t.said_at)
		sendall_remind(&t);
	diary_start(app);
	watch_start(app);
	watch_at_leisure(app);
	herald_catch_up(app);
	rest_start(app);
	if (o->traps)
		trapping_start(app, o->traps);
	end = loop_fd(t.loop, rescue_end_fd(), LOOP_READ, on_end, &t);
	loop_run(t.loop);
	kept = keep_edits(&t);

	loop_remove(end);
	trapping_stop(app);
	watch_stop(app);
	app_listen(app, NULL, NULL);
	while (t.top)
		tui_close(t.top);
	loop_remove(t.draw_timer);
	loop_remove(t.tick_timer);
	loop_remove(t.esc_timer);
	screen_close();
	ui_free(t.ui);
	free(t.find);
	clip_free(t.clip);
	/* a settings file that cannot be written is not worth a word any more */
	prefs_save(t.prefs, NULL);
	prefs_free(t.prefs);
	if (kept)
		fprintf(stderr, _("amc: ended before the site was saved; your changes: %s\n"),
		    kept);
	free(kept);
	rescue_end();
	return t.status;
}
