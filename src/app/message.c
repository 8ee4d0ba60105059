/* message - a notification in words; see message.h */
#include "app/message.h"
#include "app/entry-words.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utc.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NAMES_SHOWN 4		/* of those with the same trouble, in the subject */
#define TROUBLES_SHOWN 3
#define LINES_SHOWN 200

void message_done(struct message *m)
{
	free(m->items);
	*m = (struct message){ 0 };
}

const char *message_event(const struct message *m)
{
	/* what is bad stands first */
	return m->test ? "test" : m->n && !m->items[0].over ? "begin" : "end";
}

int message_severity(const struct message *m)
{
	int worst = 0;

	for (size_t i = 0; i < m->n; i++)
		if (!m->items[i].over && m->items[i].severity > worst)
			worst = m->items[i].severity;
	return worst;
}

/* "On battery"; whole: with the reason. */
static char *trouble(const struct notice_item *i, bool whole)
{
	struct entry x = { .kind = i->kind, .severity = i->severity };
	struct text t = { 0 };

	text_copy(x.before, sizeof x.before, i->before);
	text_copy(x.after, sizeof x.after, i->word);
	/* which setting it is stands in its detail */
	if (whole || i->kind == ENTRY_SETTING)
		text_copy(x.detail, sizeof x.detail, i->detail);
	entry_happened(&x, &t);
	return text_take(&t);
}

static bool is_like(const struct notice_item *a, const struct notice_item *b)
{
	return a->over == b->over && a->kind == b->kind && strcmp(a->word, b->word) == 0 &&
	    strcmp(a->before, b->before) == 0 &&
	    (a->kind != ENTRY_SETTING || strcmp(a->detail, b->detail) == 0);
}

/* Is it the first of its kind in the message? */
static bool is_first(const struct message *m, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (is_like(&m->items[k], &m->items[i]))
			return false;
	return true;
}

/* "No answer: UPS1, UPS2, UPS3, UPS4 and 36 more" */
static void put_trouble(const struct message *m, size_t first, struct text *t)
{
	char *what = trouble(&m->items[first], false);
	size_t shown = 0, more = 0;

	text_printf(t, m->items[first].over ? _("over: %s") : "%s", what);
	free(what);
	for (size_t i = first; i < m->n; i++) {
		if (!is_like(&m->items[first], &m->items[i]))
			continue;
		if (shown == NAMES_SHOWN) {
			more++;
			continue;
		}
		if (*m->items[i].name)
			text_printf(t, "%s%s", shown ? ", " : ": ", m->items[i].name);
		shown++;
	}
	if (more)
		text_printf(t, ngettext(" and %zu more", " and %zu more", more), more);
}

void message_subject(const struct message *m, const char *terminal, struct text *t)
{
	size_t troubles = 0;

	text_printf(t, "AMC %s", terminal);
	if (m->test) {
		text_printf(t, ": %s", _("a test, nothing has happened"));
		return;
	}
	if (message_severity(m) >= 3)
		text_printf(t, " %s", _("alarm"));
	for (size_t i = 0; i < m->n && troubles <= TROUBLES_SHOWN; i++) {
		if (!is_first(m, i))
			continue;
		if (troubles < TROUBLES_SHOWN)
			text_add(t, troubles ? "; " : ": ");
		else
			text_add(t, "; ...");
		if (troubles++ < TROUBLES_SHOWN)
			put_trouble(m, i, t);
	}
}

static void put_clock(int64_t ms, bool day, struct text *t)
{
	time_t at = (time_t)(ms / 1000);
	char when[40];
	struct tm tm;

	strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S", localtime_r(&at, &tm));
	text_add(t, day ? when : strchr(when, ' ') + 1);
}

static void put_line(const struct notice_item *i, struct text *t)
{
	char *what = trouble(i, true);

	put_clock(i->since, true, t);
	text_add(t, "  ");
	if (*i->name)
		text_printf(t, "%s: ", i->name);
	text_add(t, what);
	free(what);
	if (i->over) {
		text_add(t, ", ");
		text_add(t, _("over at "));
		put_clock(i->at, false, t);
	}
	if (i->times > 2 || (i->times == 2 && !i->over))
		text_printf(t, ngettext(" (%u change)",
		    " (%u changes)", i->times), i->times);
	text_add(t, "\n");
}

void message_body(const struct message *m, const char *terminal, struct text *t)
{
	size_t i;

	if (m->test)
		text_printf(t, _("This is a test of the notifications of %s. Nothing has happened.\n"),
		    terminal);
	for (i = 0; i < m->n && i < LINES_SHOWN; i++)
		put_line(&m->items[i], t);
	if (i < m->n)
		text_printf(t, _("... and %zu more\n"), m->n - i);
	text_printf(t, "\n-- \n%s, AMC " VERSION_TEXT "\n", terminal);
}

static void put_time(struct json *j, const char *key, int64_t ms)
{
	char text[UTC_SIZE];

	utc_print_ms(ms, text);
	json_put_text(j, key, text);
}

struct json *notice_item_json(const struct notice_item *i)
{
	struct json *j = json_new_object();

	json_put_text(j, "kind", entry_kind_word(i->kind));
	json_put_int(j, "id", i->node);
	json_put_text(j, "node", i->name);
	json_put_text(j, "what", i->word);
	json_put_text(j, "before", i->before);
	json_put_text(j, "detail", i->detail);
	json_put_int(j, "severity", i->severity);
	json_put_bool(j, "over", i->over);
	put_time(j, "since", i->since);
	put_time(j, "changed", i->at);
	json_put_int(j, "changes", i->times);
	return j;
}

static bool get_time(const struct json *j, const char *key, int64_t *ms)
{
	const char *s = json_get_text(j, key);

	return s && utc_parse(s, 0, ms);
}

static void get_text(const struct json *j, const char *key, char *to, size_t size)
{
	const char *s = json_get_text(j, key);

	text_copy(to, size, s ? s : "");
}

bool notice_item_parse(struct notice_item *i, const struct json *j)
{
	const char *kind = json_get_text(j, "kind");

	*i = (struct notice_item){ 0 };
	if (!kind || !entry_kind_from_word(kind, &i->kind) || !get_time(j, "since", &i->since) ||
	    !get_time(j, "changed", &i->at))
		return false;
	i->node = (unsigned)json_get_number(j, "id", 0);
	i->severity = (int)json_get_number(j, "severity", 0);
	i->over = json_is_yes(json_get(j, "over"));
	i->times = (unsigned)json_get_number(j, "changes", 0);
	get_text(j, "node", i->name, sizeof i->name);
	get_text(j, "what", i->word, sizeof i->word);
	get_text(j, "before", i->before, sizeof i->before);
	get_text(j, "detail", i->detail, sizeof i->detail);
	return true;
}

struct json *message_json(const struct message *m, const char *terminal)
{
	static const char *const severities[] = { "well", "note", "warning", "alarm" };
	struct json *j = json_new_object(), *list = json_new_array();
	struct text subject = { 0 }, body = { 0 };

	message_subject(m, terminal, &subject);
	message_body(m, terminal, &body);
	json_put_text(j, "schema", "amc.notification.v1");
	json_put_int(j, "id", m->id);
	put_time(j, "time", m->at);
	json_put_text(j, "terminal", terminal);
	json_put_text(j, "event", message_event(m));
	json_put_text(j, "severity", severities[message_severity(m) & 3]);
	json_put_text(j, "subject", subject.s);
	json_put_text(j, "text", body.s);
	for (size_t i = 0; i < m->n; i++)
		json_add(list, notice_item_json(&m->items[i]));
	json_put(j, "items", list);
	text_done(&subject);
	text_done(&body);
	return j;
}
