/* entry-words - an event in the words of its reader; see entry-words.h */
#include "app/entry-words.h"
#include "app/watch.h"
#include "base/i18n.h"
#include "model/outcome.h"
#include "model/reading.h"
#include "model/record.h"

#include <stdio.h>
#include <string.h>

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
	text_add(t, end);
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
	if (*x->detail && x->kind != ENTRY_SETTING)
		text_printf(t, " · %s", x->detail);
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
