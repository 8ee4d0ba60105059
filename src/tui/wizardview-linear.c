/* The wizard in linear mode: question by question, page by page. */
#include "tui/wizardview.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/linear.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void press(struct wizardview *v, enum wizard_button button)
{
	v->button = button;
	v->view.type->ok(&v->view);
}

static void ask_site(struct wizardview *v, struct linear *l)
{
	const char **labels = mem_zero(v->all->n + 1, sizeof *labels);
	int which;

	for (size_t i = 0; i < v->all->n; i++) {
		labels[i] = tr(v->all->sites[i].title);
		linear_say(l, "%3zu %s. %s", i + 1, labels[i], tr(v->all->sites[i].words));
	}
	which = linear_choose(l, labels, (int)v->all->n, -1);
	free(labels);
	if (which < 0) {
		v->view.type->cancel(&v->view);
	} else {
		v->site = which;
		press(v, BUTTON_NONE);
	}
}

static void ask_end(struct wizardview *v, struct linear *l)
{
	const char *labels[] = { [BUTTON_BACK] = _("Back"), [BUTTON_NEXT] = _("Create"),
	    [BUTTON_CANCEL] = _("Cancel") };
	char *text = wizardview_outcome(v);
	int which;

	linear_text(l, text);
	free(text);
	for (int i = 0; i < BUTTON_COUNT; i++)
		linear_say(l, "%3d %s", i + 1, labels[i]);
	which = linear_choose(l, labels, BUTTON_COUNT, BUTTON_CANCEL);
	press(v, which < 0 ? BUTTON_CANCEL : (enum wizard_button)which);
}

static int find(const struct wizard *w, const char *key)
{
	for (size_t i = 0; i < wizard_count(w); i++)
		if (strcmp(wizard_at(w, i)->key, key) == 0)
			return (int)i;
	return 0;
}

/* A wrong answer is told and taken back. The questions may be others after it. */
static int set(struct wizardview *v, struct linear *l, int i, const char *line)
{
	char *key = mem_dup(wizard_at(v->w, (size_t)i)->key);
	char *was = mem_dup(wizard_at(v->w, (size_t)i)->value);
	const char *value = linear_word(wizard_at(v->w, (size_t)i)->ask->field, line);
	struct err e;

	wizard_answer(v->w, key, value);
	i = find(v->w, key);
	if (wizard_value_ok(v->w, (size_t)i, &e)) {
		i++;
	} else {
		linear_say(l, "%s", e.text);
		wizard_answer(v->w, key, was);
		i = find(v->w, key);
	}
	free(key);
	free(was);
	return i;
}

/* The interfaces behind a number, as answers to the question for the network. */
static void tell_interfaces(struct linear *l)
{
	struct wizard_interface list[WIZARD_INTERFACES];
	int n = wizardview_interfaces(list);

	if (n)
		linear_say(l, "    %s", _("a number takes an interface of this machine:"));
	for (int i = 0; i < n; i++)
		linear_say(l, "%7d %s", i + 1, list[i].words);
}

/* The net of the interface of that number; else the line itself. */
static const char *interface_word(const char *line, struct wizard_interface *chosen)
{
	struct wizard_interface list[WIZARD_INTERFACES];
	size_t digits = strspn(line, "0123456789");
	int n = wizardview_interfaces(list), at = digits < 4 ? atoi(line) : 0;

	if (line[digits] || at < 1 || at > n)
		return line;
	*chosen = list[at - 1];
	return chosen->net;
}

/* Asks one question of the page; the next one, or -1 when the page is left. */
static int ask(struct wizardview *v, struct linear *l, int i, int first)
{
	const struct wizard_question *q = wizard_at(v->w, (size_t)i);
	const struct field *f = q->ask->field;
	struct wizard_interface chosen;
	struct text t = { 0 };
	char *line;

	text_printf(&t, "%s, %s: ", q->key, tr(q->ask->title ? q->ask->title : f->label));
	linear_value(f, q->value, &t);
	linear_say(l, "%s", t.s);
	text_done(&t);
	if (wizard_asks_network(q->ask))
		tell_interfaces(l);
	else
		linear_allowed(l, f);
	line = linear_ask(l, "  > ", LINEAR_LITERAL);
	if (!line) {
		v->view.type->cancel(&v->view);
		i = -1;
	} else if (strcasecmp(line, "ok") == 0) {
		press(v, BUTTON_NEXT);
		i = -1;
	} else if (strcmp(line, "<") == 0 && i == first) {
		press(v, BUTTON_BACK);
		i = -1;
	} else if (strcmp(line, "<") == 0) {
		i--;
	} else if (strcmp(line, "?") == 0) {
		linear_say(l, "    %s", tr(f->help));
	} else if (!*line || strcmp(line, ".") == 0) {
		i++;
	} else if (wizard_asks_network(q->ask)) {
		i = set(v, l, i, interface_word(line, &chosen));
	} else {
		i = set(v, l, i, strcmp(line, "-") == 0 ? "" : line[0] == '=' ? line + 1 : line);
	}
	free(line);
	return i;
}

static void ask_page(struct wizardview *v, struct linear *l)
{
	int page = v->page, first = -1, i;

	for (size_t n = wizard_count(v->w); n-- > 0; )
		if (wizard_at(v->w, n)->page == page)
			first = (int)n;
	/* a page that was not left for a wrong answer goes on there */
	i = v->wrong.text[0] && v->focus >= 0 ? v->focus : first;
	if (v->wrong.text[0])
		linear_say(l, "%s", v->wrong.text);
	while (i >= 0 && i < (int)wizard_count(v->w) && wizard_at(v->w, (size_t)i)->page == page)
		i = ask(v, l, i, first);
	if (i >= 0 || first < 0)
		press(v, BUTTON_NEXT);
}

void wizardview_linear(struct view *view, struct linear *l)
{
	struct wizardview *v = (struct wizardview *)view;

	linear_say(l, "%s. %s", wizardview_title(v), wizardview_words(v));
	if (v->page < 0)
		ask_site(v, l);
	else if (wizardview_at_end(v))
		ask_end(v, l);
	else
		ask_page(v, l);
}
