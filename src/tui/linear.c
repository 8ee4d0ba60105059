#include "tui/linear.h"

#include "app/clip.h"
#include "app/diary.h"
#include "app/herald.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/edit.h"
#include "tui/linear-line.h"
#include "tui/mainview.h"
#include "tui/rescue.h"
#include "tui/sendall.h"
#include "tui/taste.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <termios.h>
#include <unistd.h>

struct linear {
	struct tui tui;
	struct lines lines;
	bool changed;		/* views have not been told yet */
	bool interrupted;	/* Ctrl-C */
	bool ended;		/* no more input, or a signal */
	bool live;
	char *ahead;		/* the answer to the next question, or NULL */
	struct place *numbered;
	int numbered_n;
	struct place selected;
};

/* --- what views use --- */

void linear_text(struct linear *l, const char *text)
{
	lines_put(&l->lines, text);
	if (*text && text[strlen(text) - 1] != '\n')
		lines_put(&l->lines, "\n");
}

void linear_say(struct linear *l, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	if (vasprintf(&s, fmt, ap) < 0)
		abort();
	va_end(ap);
	lines_put(&l->lines, s);
	lines_put(&l->lines, "\n");
	free(s);
}

/* What happened meanwhile; was there anything? */
static bool tell_news(struct linear *l)
{
	char text[300];
	bool any = false;

	while (watch_news(l->tui.app, &l->tui.news, text, sizeof text)) {
		if (!any && l->live)
			lines_put(&l->lines, "\n");
		linear_say(l, "! %s", text);
		any = true;
	}
	return any;
}

static void tell(struct linear *l)
{
	tell_news(l);
	if (!l->tui.said_at)
		tui_say_news(&l->tui);
	if (!l->tui.said_at)
		return;
	l->tui.said_at = 0;
	linear_say(l, "%s%s", l->tui.said_severity > 1 ? "! " : "", l->tui.said);
}

bool linear_wait(struct linear *l)
{
	loop_once(l->tui.loop, -1);
	return !l->interrupted && !l->ended;
}

/* The answer that came with the command, as if it were typed now. */
static char *take_ahead(struct linear *l)
{
	char *line = l->ahead;

	l->ahead = NULL;
	lines_put(&l->lines, line);
	lines_put(&l->lines, "\n");
	return line;
}

/* NULL when there will be none. */
static char *read_line(struct linear *l, const char *prompt, bool secret)
{
	struct err e;
	char *line;

	lines_put(&l->lines, prompt);
	if (l->ahead && !secret)
		return take_ahead(l);
	for (;;) {
		/* first the Ctrl-C: what was typed behind it is for the next question */
		line = l->interrupted ? NULL : lines_take(&l->lines, &e);
		if (line || l->interrupted || l->ended)
			break;
		if (e.text[0]) {
			linear_say(l, "\n%s", e.text);
			lines_put(&l->lines, prompt);
			continue;
		}
		if (l->lines.ended)
			break;
		loop_once(l->tui.loop, l->lines.file ? 0 : -1);
		/* a signal is told a round later than the line behind it */
		if (l->lines.terminal)
			loop_once(l->tui.loop, 0);
		if (l->live && tell_news(l))
			lines_put(&l->lines, prompt);
	}
	if (!line)
		l->ended |= l->lines.ended;
	/* the newline of an answer that no terminal has shown */
	if (!l->lines.terminal || secret || !line)
		linear_say(l, "%s", line && !secret ? line : "");
	return line;
}

static bool is_cancel(const char *line)
{
	return strcmp(line, "\33") == 0 || strcasecmp(line, "cancel") == 0;
}

char *linear_ask(struct linear *l, const char *prompt, enum linear_ask how)
{
	bool secret = how & LINEAR_SECRET;
	char *line;

	l->interrupted = false;
	if (secret)
		lines_echo(&l->lines, false);
	line = read_line(l, prompt, secret);
	if (secret)
		lines_echo(&l->lines, true);
	if (line && (secret ? strcmp(line, "\33") == 0 : is_cancel(line))) {
		free(line);
		line = NULL;
	}
	if (line && !(how & (LINEAR_SECRET | LINEAR_LITERAL)) && line[0] == '=')
		memmove(line, line + 1, strlen(line));
	return line;
}

/* -1: none; -2: it could be several. */
static int label_of(const char *const *labels, int n, const char *line)
{
	int found = -1;

	for (int i = 0; i < n; i++) {
		if (strcasecmp(labels[i], line) == 0)
			return i;
		if (strncasecmp(labels[i], line, strlen(line)) == 0)
			found = found == -1 ? i : -2;
	}
	return found;
}

int linear_choose(struct linear *l, const char *const *labels, int n, int at)
{
	char *prompt = at >= 0 ? mem_printf(_("Number or name [%s]: "), labels[at]) :
	    mem_dup(_("Number or name, or nothing: "));
	int which = -2;

	while (which < -1) {
		char *line = linear_ask(l, prompt, 0);
		char *end;
		long number = line ? strtol(line, &end, 10) : 0;

		if (!line || !*line)
			which = line ? at : -1;
		else if (isdigit((unsigned char)*line) && !*end)
			which = number >= 1 && number <= n ? (int)number - 1 : -2;
		else
			which = label_of(labels, n, line) < 0 ? -2 : label_of(labels, n, line);
		if (which == -2)
			linear_say(l, _("%s: not one of 1 to %d."), line, n);
		free(line);
	}
	free(prompt);
	return which;
}

void linear_number(struct linear *l, const struct place *list, int n)
{
	l->numbered = mem_realloc(l->numbered, (size_t)n + 1, sizeof *l->numbered);
	memcpy(l->numbered, list, (size_t)n * sizeof *list);
	l->numbered_n = n;
}

bool linear_numbered(const struct linear *l, int number, struct place *p)
{
	if (number < 1 || number > l->numbered_n)
		return false;
	*p = l->numbered[number - 1];
	return true;
}

struct place *linear_selected(struct linear *l)
{
	return &l->selected;
}

bool linear_interrupted(const struct linear *l)
{
	return l->interrupted;
}

bool *linear_live(struct linear *l)
{
	return &l->live;
}

void linear_ahead(struct linear *l, const char *answer)
{
	if (l->ahead && !answer)
		linear_say(l, _("Nothing asked for \"%s\"."), l->ahead);
	free(l->ahead);
	l->ahead = answer ? mem_dup(answer) : NULL;
}

/* --- the run --- */

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
