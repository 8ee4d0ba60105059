/* A form in linear mode: field by field, then taken as a whole. */
#include "tui/sheet.h"

#include "base/i18n.h"
#include "base/text.h"
#include "tui/linear.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Where an answer leads. */
enum turn { NEXT, STAY, BACK, TAKE, LEAVE };

static void add_card(const struct entry *en, struct text *t)
{
	if (!en->card.field)
		return;
	if (!en->card.value[0])
		text_add(t, _(", the card does not have it"));
	else if (strcmp(en->card.value, en->line.s) == 0)
		text_add(t, _(", the card has the same"));
	else
		text_printf(t, _(", the card has %s"), en->card.value);
}

/* "5 Confirmation time: 120 s, the card has the same" */
static void say_entry(const struct sheet *s, struct linear *l, int i)
{
	struct text t = { 0 };

	linear_value(s->entries[i].field, s->entries[i].line.s, &t);
	if (sheet_unused(s, &s->entries[i]))
		text_printf(&t, ", %s", sheet_unused(s, &s->entries[i]));
	add_card(&s->entries[i], &t);
	linear_say(l, "%3d %s: %s", i + 1, tr(s->entries[i].field->label), t.s);
	text_done(&t);
}

static void say_all(const struct sheet *s, struct linear *l)
{
	int at = 0;

	for (size_t i = 0; i < s->layout->n; i++) {
		const struct spot *spot = &s->layout->spots[i];

		if (spot->title)
			linear_say(l, "%s:", tr(spot->title));
		if (spot->field)
			say_entry(s, l, at++);
		else if (spot->attr && spot->attr->text)
			linear_say(l, "    %s: %s", tr(spot->attr->label),
			    (const char *)&s->ident + spot->attr->offset);
	}
}

static enum turn set(struct entry *en, struct linear *l, const char *line)
{
	const char *value = linear_word(en->field, line);
	struct err e;
	int n;

	if (!field_check(en->field, value, &n, &e)) {
		linear_say(l, "%s", e.text);
		return STAY;
	}
	line_set(&en->line, value);
	return NEXT;
}

/* Until the card has answered, or Ctrl-C. */
static void wait_for_card(struct sheet *s, struct linear *l)
{
	while (s->collect && linear_wait(l))
		continue;
	collect_cancel(s->collect);
	s->collect = NULL;
	if (s->note[0])
		linear_say(l, "%s", s->note);
}

/* "/1": what the form's buttons do, for as long as it takes. */
static void press(struct sheet *s, struct linear *l, int button)
{
	if (button < 1 || button > (int)s->layout->buttons_n) {
		linear_say(l, _("There is no /%d here."), button);
		return;
	}
	action_run(s->layout->buttons[button - 1], s->view.tui);
	if (s->wrong.text[0])
		linear_say(l, "%s", s->wrong.text);
	wait_for_card(s, l);
	say_all(s, l);
}

static void say_help(const struct sheet *s, struct linear *l, const struct field *f)
{
	linear_say(l, "    %s", tr(f->help));
	linear_say(l, "%s", _("    Nothing or . keeps it, - empties it, a value that begins with = is what stands behind it. < goes back, * tells all fields, #7 goes to the seventh, ok takes the form, cancel leaves it."));
	for (size_t i = 0; i < s->layout->buttons_n; i++)
		linear_say(l, "    /%zu %s", i + 1, tr(s->layout->buttons[i]->label));
}

/* A line at the prompt of entry *i, or behind the last. */
static enum turn answer(struct sheet *s, struct linear *l, int *i, const char *line)
{
	struct entry *en = *i < s->n ? &s->entries[*i] : NULL;

	if (strcasecmp(line, "ok") == 0)
		return TAKE;
	if (strcmp(line, "<") == 0)
		return BACK;
	if (strcmp(line, "*") == 0) {
		say_all(s, l);
		return STAY;
	}
	if (line[0] == '#' && isdigit((unsigned char)line[1])) {
		int to = atoi(line + 1);

		*i = to < 1 ? 0 : to > s->n ? s->n - 1 : to - 1;
		return STAY;
	}
	if (line[0] == '/' && isdigit((unsigned char)line[1])) {
		press(s, l, atoi(line + 1));
		return STAY;
	}
	if (!en)
		return *line ? STAY : TAKE;
	if (strcmp(line, "?") == 0) {
		say_help(s, l, en->field);
		return STAY;
	}
	if (!*line || strcmp(line, ".") == 0)
		return NEXT;
	return set(en, l, strcmp(line, "-") == 0 ? "" : line);
}

/* Asks for one entry, or behind the last whether to take them. */
static enum turn ask(struct sheet *s, struct linear *l, int *i)
{
	const struct entry *en = *i < s->n ? &s->entries[*i] : NULL;
	bool secret = en && en->field->flags & FIELD_SECRET;
	enum turn turn;
	char *line;

	if (en) {
		say_entry(s, l, *i);
		if (sheet_names_profile(en))
			sheet_say_profiles(s, l);
		else
			linear_allowed(l, en->field);
	}
	line = linear_ask(l, en ? "  > " : _("Nothing or ok takes the form, cancel leaves it: "),
	    secret ? LINEAR_SECRET | LINEAR_LITERAL : LINEAR_LITERAL);
	if (!line)
		return LEAVE;
	if (line[0] == '=' && en)
		turn = set(s->entries + *i, l, line + 1);
	else
		turn = secret && strcasecmp(line, "cancel") == 0 ? LEAVE : answer(s, l, i, line);
	explicit_bzero(line, strlen(line));
	free(line);
	return turn;
}

/* True when it is done and the form gone. */
static bool take(struct sheet *s, struct linear *l, int *i)
{
	int wrong;

	if (s->node && !sheet_changed(s)) {
		linear_say(l, "%s", _("Nothing was changed."));
		tui_close(&s->view);
		return true;
	}
	s->wrong.text[0] = '\0';
	wrong = sheet_first_wrong(s);
	if (wrong == s->n && sheet_ask_same(s))
		return true;	/* the answer takes the form */
	if (wrong == s->n && sheet_apply(s, false)) {
		linear_say(l, _("The form is taken; save keeps it for good."));
		tui_close(&s->view);
		return true;
	}
	linear_say(l, "%s", s->wrong.text);
	*i = wrong < s->n ? wrong : s->refused > 0 ? s->refused : 0;
	return false;
}

void sheet_linear(struct view *v, struct linear *l)
{
	struct sheet *s = (struct sheet *)v;
	int i = s->focus < s->n ? s->focus : 0;
	struct text title = { 0 };

	sheet_title(s, &title);
	linear_say(l, "%s", title.s);
	text_done(&title);
	if (app_read_only(v->tui->app)) {
		linear_say(l, "%s", s->note);
		say_all(s, l);
		tui_close(v);
		return;
	}
	if (s->collect) {
		wait_for_card(s, l);
		say_all(s, l);
	}
	linear_say(l, "%s", _("Nothing keeps a value, ? explains it, ok takes the form, cancel leaves it."));
	for (;;) {
		switch (ask(s, l, &i)) {
		case NEXT:
			i++;
			break;
		case BACK:
			i -= i > 0;
			break;
		case TAKE:
			if (take(s, l, &i))
				return;
			break;
		case LEAVE:
			v->type->cancel(v);
			return;
		case STAY:
			break;
		}
	}
}
