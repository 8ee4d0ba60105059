/* bulletin - what happened, into the log of amcd; see bulletin.h */
#include "app/bulletin.h"
#include "app/context.h"
#include "app/entry-words.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *event, *id;		/* never changed: others search by them */
} ids[] = {
	{ "ups-state", "0868f8c27d0a4c85b2c6fe88674c167b" },
	{ "ups-flag", "0cbbda3c10ec431987770f94f6a1b962" },
	{ "ups-silent", "0a640e7fd43742028479a037f754c960" },
	{ "ups-back", "17eedba8722b4522a882472edf42710f" },
	{ "ups-changed", "d7d1d081dd704834be14785fa64e9685" },
	{ "terminal-state", "8d83878358644bddabefb7f9f4b2da3c" },
	{ "act", "b738e84336914538af84736c7e293e92" },
	{ "setting", "50f9a02b67df41419c8887ea3ae00d09" },
	{ "site", "ca364fa4048e48de9a9fe412af6d4e9e" },
	{ "service", "261a957eced7420fa07b332adf493483" },
	{ "started", "94accef6a07a46089ab21f10f51c251b" },
	{ "reloaded", "9d73d6c3c9604dacb301ff7ec2d7c107" },
	{ "reload-refused", "7cc824b120124c10adc4771e9b456887" },
	{ "shutdown", "0b10815116fb4de38a1d960737edcfc0" },
	{ "stopping", "efa6b6d92efb48af9dbe8a7acbcff486" },
};

static const char *id_of(const char *event)
{
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		if (strcmp(ids[i].event, event) == 0)
			return ids[i].id;
	return NULL;
}

void bulletin_start(struct app *a)
{
	a->bulletin = true;
}

/* What of an entry its words tell, so that the line has it once. */
static bool is_told(const struct entry *x, const char *word)
{
	return x->kind == ENTRY_SETTING && (strcmp(word, "before") == 0 ||
	    strcmp(word, "after") == 0 || strcmp(word, "detail") == 0);
}

/*
 * In the order of the line: "ups-state node=UPS1 before=online after=on-battery"; a
 * setting, whose words only a program knows, in ours: "setting node=UPS1 what="Upper
 * voltage: 110 V -> 108 V · as asked"".
 */
void bulletin_note(const struct entry *x)
{
	const char *event = entry_kind_word(x->kind);
	char severity[2] = { (char)('0' + x->severity), '\0' };
	struct log_field fields[] = { { "AMC_EVENT", event }, { "AMC_NODE", x->name },
		{ "AMC_BEFORE", x->before }, { "AMC_AFTER", x->after }, { "AMC_WHO", x->who },
		{ "AMC_FROM", x->origin }, { "AMC_DETAIL", x->detail },
		{ "AMC_SEVERITY", severity } };
	static const char *const words[] = { NULL, "node", "before", "after", "who", "from",
		"detail", NULL };
	struct log_about about = { id_of(event), fields, sizeof fields / sizeof *fields };
	struct text line = { 0 }, what = { 0 };

	if (x->kind == ENTRY_TRAP)
		return;		/* trapping tells them itself, within bounds */
	text_add(&line, event);
	for (size_t i = 0; i < about.n; i++)
		if (words[i] && *fields[i].value && !is_told(x, words[i]))
			text_printf(&line, strchr(fields[i].value, ' ') ? " %s=\"%s\"" : " %s=%s",
			    words[i], fields[i].value);
	if (x->kind == ENTRY_SETTING) {
		entry_happened(x, &what);
		text_printf(&line, " what=\"%s\"", what.s);
		text_done(&what);
	}
	log_event(x->severity >= 3 ? LOG_LEVEL_ERROR :
	    x->severity == 2 ? LOG_LEVEL_WARNING : LOG_LEVEL_NOTICE, &about, "%s", line.s);
	text_done(&line);
}

void bulletin_say(enum log_level level, const char *event, const char *fmt, ...)
{
	struct log_field field = { "AMC_EVENT", event };
	struct log_about about = { id_of(event), &field, 1 };
	char line[1000];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	log_event(level, &about, "%s", line);
}
