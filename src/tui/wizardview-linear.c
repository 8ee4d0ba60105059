/* The wizard in linear mode: question by question, page by page. */
#include "tui/wizardview.h"

#include "base/i18n.h"
#include "base/text.h"
#include "tui/linear.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct wizard_question *asked(const struct wizardview *v)
{
	return wizard_at(v->w, (size_t)v->focus);
}

static void choose_site(struct wizardview *v, struct linear *l)
{
	const char *labels[64];
	int n = 0, which;

	linear_say(l, "%s", _("Which site is it to be? It can be changed afterwards as any other."));
	for (; n < (int)v->all->n && n < 64; n++) {
		labels[n] = tr(v->all->sites[n].title);
		linear_say(l, "%3d %s", n + 1, labels[n]);
	}
	which = linear_choose(l, labels, n, -1);
	if (which < 0) {
		v->view.type->cancel(&v->view);
		return;
	}
	v->site = which;
	wizardview_next_page(v);
}

static void say_question(const struct wizardview *v, struct linear *l)
{
	const struct wizard_question *q = asked(v);
	struct text t = { 0 };
	char allowed[200];

	if (q->number)
		text_printf(&t, "%d ", q->number);
	text_printf(&t, "%s: ", wizardview_label(q->ask));
	linear_value(q->ask->field, q->value, &t);
	linear_say(l, "%s", t.s);
	text_done(&t);
	if (!q->ask->field->choices)
		linear_say(l, _("    allowed: %s"),
		    wizard_allowed(q->ask, allowed, sizeof allowed));
	for (const struct choice *c = q->ask->field->choices; c && c->word; c++)
		linear_say(l, "    %s: %s", c->word, tr(c->label));
}

/* When the page, or a part of it, begins. */
static void say_titles(struct wizardview *v, struct linear *l)
{
	const struct wizard_page *page = wizard_page(v->w, v->page);
	bool first = v->focus == wizardview_first(v);

	if (first)
		linear_say(l, "%d/%d %s: %s", v->page + 1, wizard_pages(v->w) + 1,
		    tr(page->title), tr(page->words));
	if (first || wizard_at(v->w, (size_t)v->focus - 1)->block != asked(v)->block)
		linear_say(l, "%s:", tr(page->blocks[asked(v)->block].title));
}

static void say_wrong(const struct wizardview *v, struct linear *l)
{
	if (v->wrong.text[0])
		linear_say(l, "%s", v->wrong.text);
}

/* To the next question, behind the last to the next page if nothing forbids it. */
static void go_on(struct wizardview *v, struct linear *l)
{
	size_t next = (size_t)v->focus + 1;

	if (next < wizard_count(v->w) && wizard_at(v->w, next)->page == v->page) {
		wizardview_focus(v, (int)next, BUTTON_NONE);
		return;
	}
	wizardview_next_page(v);
	say_wrong(v, l);
}

static void go_back(struct wizardview *v)
{
	if (v->focus > wizardview_first(v))
		wizardview_focus(v, v->focus - 1, BUTTON_NONE);
	else
		wizardview_previous_page(v);
}

/* A value that cannot be leaves what was there. */
static void take(struct wizardview *v, struct linear *l, const char *line)
{
	const char *value = linear_word(asked(v)->ask->field, line);
	struct err e;

	if (!wizard_could_be(asked(v)->ask, value, &e)) {
		linear_say(l, "%s", e.text);
		return;
	}
	wizardview_set(v, value);
	go_on(v, l);
}

static void answer(struct wizardview *v, struct linear *l, const char *line)
{
	if (line[0] == '=') {
		take(v, l, line + 1);
	} else if (strcasecmp(line, "ok") == 0) {
		wizardview_next_page(v);
		say_wrong(v, l);
	} else if (strcmp(line, "<") == 0) {
		go_back(v);
	} else if (strcmp(line, "?") == 0) {
		linear_say(l, "    %s", tr(asked(v)->ask->field->help));
		linear_say(l, "%s", _("    Nothing or . keeps it, - empties it, a value that begins with = is what stands behind it. < goes back, ok takes the rest of the page as it is proposed, cancel leaves the wizard."));
	} else if (!*line || strcmp(line, ".") == 0) {
		go_on(v, l);
	} else {
		take(v, l, strcmp(line, "-") == 0 ? "" : line);
	}
}

static void ask(struct wizardview *v, struct linear *l)
{
	bool secret = asked(v)->ask->field->flags & FIELD_SECRET;
	char *line;

	say_titles(v, l);
	say_question(v, l);
	line = linear_ask(l, "  > ", secret ? LINEAR_SECRET | LINEAR_LITERAL : LINEAR_LITERAL);
	if (!line || (secret && strcasecmp(line, "cancel") == 0))
		v->view.type->cancel(&v->view);
	else
		answer(v, l, line);
	if (line)
		explicit_bzero(line, strlen(line));
	free(line);
}

static void confirm(struct wizardview *v, struct linear *l)
{
	const char *labels[] = { _("Create"), _("Back"), _("Cancel") };
	const struct findings *all = wizard_findings(v->w);
	char *outcome = wizardview_outcome(v);
	int which;

	linear_say(l, "%s", _("This is the tree that will be made, and what the rules say of it."));
	linear_text(l, outcome);
	free(outcome);
	linear_say(l, _("%zu errors, %zu warnings, %zu notes"), all->count[SEVERITY_ERROR],
	    all->count[SEVERITY_WARNING], all->count[SEVERITY_NOTE]);
	for (int i = 0; i < 3; i++)
		linear_say(l, "%3d %s", i + 1, labels[i]);
	which = linear_choose(l, labels, 3, -1);
	if (which == 0)
		wizardview_create(v);
	else if (which == 1)
		wizardview_previous_page(v);
	else
		v->view.type->cancel(&v->view);
}

void wizardview_linear(struct view *view, struct linear *l)
{
	struct wizardview *v = (struct wizardview *)view;

	if (v->page < 0)
		choose_site(v, l);
	else if (wizardview_at_end(v))
		confirm(v, l);
	else
		ask(v, l);
}
