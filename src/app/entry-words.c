/* entry-words - an event in the words of its reader; see entry-words.h */
#include "app/entry-words.h"
#include "app/audit.h"
#include "app/said.h"
#include "app/watch.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utc.h"
#include "model/command.h"
#include "model/outcome.h"
#include "model/reading.h"
#include "model/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* What operate.c, wake.c and amcd's audit call it; NULL: it is none that we know. */
static const char *act_label(const char *word)
{
	const struct command *c = command_find(word);

	if (c)
		return c->label;
	return strcmp(word, "wake") == 0 ? N_("Start by Wake-on-LAN") : audit_label(word);
}

/* In the reader's words where we know it, else as it stands. */
static const char *state_name(const struct entry *x, const char *word)
{
	enum ups_state s;
	unsigned flag;

	if (x->kind == ENTRY_UPS_STATE && state_from_word(word, &s))
		return tr(state_label(s));
	if (x->kind == ENTRY_UPS_FLAG && flag_from_word(word, &flag))
		return tr(flag_label(flag));
	if (x->kind == ENTRY_TERMINAL_STATE)
		for (enum terminal_state t = TERMINAL_UNKNOWN; t <= TERMINAL_REFUSED; t++)
			if (strcmp(terminal_state_word(t), word) == 0)
				return tr(terminal_state_label(t));
	return word;
}

static void put_change(const struct entry *x, struct text *t)
{
	if (x->kind == ENTRY_UPS_FLAG && !*x->after)
		text_printf(t, _("no longer: %s"), state_name(x, x->before));
	else if (x->kind == ENTRY_TERMINAL_SITE && x->severity < 2)
		text_printf(t, _("holds revision %s as the others again"), x->after);
	else if (x->kind == ENTRY_TERMINAL_SITE && strcmp(x->before, x->after) == 0)
		text_printf(t, _("holds revision %s with other content than the others"), x->after);
	else if (x->kind == ENTRY_TERMINAL_SITE)
		text_printf(t, _("holds revision %s, others %s"), x->after, x->before);
	else if (x->kind == ENTRY_ACT && act_label(x->after))
		text_add(t, tr(act_label(x->after)));
	else if (x->kind == ENTRY_SITE)
		text_printf(t, _("revision %s -> %s"), x->before, x->after);
	else if (*x->before && *x->after)
		text_printf(t, "%s -> %s", state_name(x, x->before), state_name(x, x->after));
	else if (*x->after || *x->before)
		text_add(t, state_name(x, *x->after ? x->after : x->before));
	else
		text_add(t, tr(entry_kind_label(x->kind)));
}

/*
 * The reason behind what became of it, in the reader's words, and when it was done, of
 * what service-order.c heard late: ": why", ": why, done 2026-11-21T03:42:00Z".
 */
static void put_reason(const char *s, struct text *t)
{
	static const char done[] = ", done ";
	const char *last = NULL;
	char *why, when[40];
	int64_t at;
	time_t then;
	struct tm tm;

	for (const char *p = s; (p = strstr(p, done)); p++)
		last = p;
	if (last && (last[strlen(done)] == '-' || !utc_parse(last + strlen(done), 0, &at)))
		last = NULL;	/* no time, or none that stands still */
	why = mem_ndup(s, last ? (size_t)(last - s) : strlen(s));
	if (strncmp(why, ": ", 2) == 0)
		text_add(t, ": ");
	said_add(why + (strncmp(why, ": ", 2) == 0 ? 2 : 0), t);
	free(why);
	if (!last)
		return;
	then = (time_t)(at / 1000);
	strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S", localtime_r(&then, &tm));
	text_printf(t, _(", done at %s"), when);
}

/*
 * What became of it, as cards.c and service-order.c keep it: "snapped (110)", "refused:
 * why", "kept, done 2026-11-21T03:42:00Z".
 */
static void put_outcome(const struct field *f, const char *end, struct text *t)
{
	char kept[64], value[100];
	enum outcome_kind k;
	int len = 0;

	if (!*end)
		return;
	text_add(t, " · ");
	if (outcome_from_word(end, &k)) {
		text_add(t, tr(outcome_label(k)));
		end += strlen(outcome_word(k));
	}
	if (sscanf(end, " (%63[^)])%n", kept, &len) == 1 && len) {
		outcome_value(f, kept, value, sizeof value);
		text_printf(t, " (%s)", value);
		end += len;
	}
	put_reason(end, t);
}

/* What became of an order, as operate.c keeps it: "outlet group 2, denied: why". */
static void put_end(const char *s, struct text *t)
{
	enum command_end end;
	int outlet, len = 0;

	if (sscanf(s, "outlet group %d, %n", &outlet, &len) == 1 && len) {
		text_printf(t, _("outlet group %d, "), outlet);
		s += len;
	}
	if (command_end_from_word(s, &end)) {
		text_add(t, tr(command_end_label(end)));
		s += strlen(command_end_word(end));
	} else if (act_label(s)) {
		text_add(t, tr(act_label(s)));
		return;
	}
	put_reason(s, t);
}

/* What came with a trap, as trapping.c keeps it: "from=192.0.2.1 ... text="why"". */
static void put_trap(const char *s, struct text *t)
{
	static const char begin[] = " text=\"";
	const char *words = strstr(s, begin);
	size_t len = words ? strlen(words += strlen(begin)) : 0;
	char *why;

	if (!len || words[len - 1] != '"') {
		text_add(t, s);
		return;
	}
	text_add_len(t, s, (size_t)(words - s));
	why = mem_ndup(words, len - 1);
	said_add(why, t);
	free(why);
	text_add(t, "\"");
}

/* "Buzzer timing: Power failure -> Low battery · as asked" */
static void put_setting(const struct entry *x, struct text *t)
{
	char key[100], before[100], after[100];
	const char *end = entry_setting(x, key, sizeof key);
	const struct field *f = field_find(ups_fields, key);

	if (!f) {
		text_printf(t, "%s %s -> %s%s%s", key, x->before, x->after, *end ? " · " : "", end);
		return;
	}
	outcome_value(f, x->before, before, sizeof before);
	outcome_value(f, x->after, after, sizeof after);
	text_printf(t, "%s: %s -> %s", tr(f->label), before, after);
	put_outcome(f, end, t);
}

void entry_happened(const struct entry *x, struct text *t)
{
	if (x->kind == ENTRY_SETTING)
		put_setting(x, t);
	else
		put_change(x, t);
	if (!*x->detail || x->kind == ENTRY_SETTING)
		return;
	text_add(t, " · ");
	if (x->kind == ENTRY_ACT)
		put_end(x->detail, t);
	else if (x->kind == ENTRY_TRAP)
		put_trap(x->detail, t);
	else
		said_add(x->detail, t);
}

void entry_what(const struct entry *x, struct text *t)
{
	entry_happened(x, t);
	if (*x->who)
		text_printf(t, _(" (by %s from %s)"), x->who, *x->origin ? x->origin : "-");
}

void entry_text(const struct entry *x, struct text *t)
{
	if (*x->name)
		text_printf(t, "%s: ", x->name);
	entry_what(x, t);
}
