/* entry - an entry of the event log; see entry.h */
#include "model/entry.h"
#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *word, *label;
} kinds[ENTRY_KINDS] = {
	[ENTRY_UPS_STATE] = { "ups-state", N_("UPS state") },
	[ENTRY_UPS_FLAG] = { "ups-flag", N_("UPS condition") },
	[ENTRY_UPS_SILENT] = { "ups-silent", N_("No answer") },
	[ENTRY_UPS_BACK] = { "ups-back", N_("Answers again") },
	[ENTRY_UPS_CHANGED] = { "ups-changed", N_("Another card") },
	[ENTRY_TERMINAL_STATE] = { "terminal-state", N_("Terminal state") },
	[ENTRY_TRAP] = { "trap", N_("Trap") },
	[ENTRY_ACT] = { "act", N_("Action") },
	[ENTRY_SETTING] = { "setting", N_("Setting") },
	[ENTRY_SITE] = { "site", N_("Site") },
	[ENTRY_SERVICE] = { "service", N_("Service") },
	[ENTRY_TERMINAL_SITE] = { "terminal-site", N_("Site of a terminal") },
};

const char *entry_kind_word(enum entry_kind k)
{
	return kinds[k].word;
}

const char *entry_kind_label(enum entry_kind k)
{
	return kinds[k].label;
}

bool entry_kind_from_word(const char *word, enum entry_kind *k)
{
	for (enum entry_kind i = 0; i < ENTRY_KINDS; i++)
		if (strcmp(kinds[i].word, word) == 0) {
			*k = i;
			return true;
		}
	return false;
}

static const struct {
	const char *label, *mark;
} severities[] = {
	{ N_("well"), "" }, { N_("note"), "" }, { N_("warning"), "!" }, { N_("alarm"), "!!" },
};

const char *entry_severity_label(int severity)
{
	return severities[severity & 3].label;
}

const char *entry_severity_mark(int severity)
{
	return severities[severity & 3].mark;
}

const char *entry_setting(const struct entry *x, char *key, size_t size)
{
	size_t n = strcspn(x->detail, " ");

	snprintf(key, size, "%.*s", (int)n, x->detail);
	return x->detail + n + (x->detail[n] == ' ');
}

bool entry_waits(const struct entry *x)
{
	return x->severity >= 2 && !x->acked_at;
}
