/* records - events and statistics as clients see them; see records.h */
#include "app/records.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utc.h"

#include <stdlib.h>
#include <string.h>

const char *const records_event_keys[] = { "since", "until", "node", "severity", "kind",
	"waiting", "text", "before", "max", NULL };
const char *const records_audit_keys[] = { "since", "until", "text", "before", "max", NULL };
const char *const records_sample_keys[] = { "ups", "since", "until", "hours", "months", NULL };

static bool known(const char *const *keys, const char *word, size_t len)
{
	for (; *keys; keys++)
		if (strlen(*keys) == len && strncmp(*keys, word, len) == 0)
			return true;
	return false;
}

/* RFC 3986: what is not unreserved becomes %XX. */
static void put_encoded(struct text *t, const char *s)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789-._~";

	for (; *s; s++)
		if (strchr(plain, *s))
			text_add_len(t, s, 1);
		else
			text_printf(t, "%%%02X", (unsigned char)*s);
}

static void refuse(const char *word, const char *const *keys, struct err *e)
{
	struct text all = { 0 };

	for (; *keys; keys++)
		text_printf(&all, "%s%s", all.len ? " " : "", *keys);
	err_kind(e, ERR_USAGE, _("%s: none of %s"), word, all.s);
	text_done(&all);
}

char *records_path(const char *path, const char *const *keys, char *const *words, size_t n,
    struct err *e)
{
	struct text t = { 0 };

	text_add(&t, path);
	for (size_t i = 0; i < n; i++) {
		size_t len = strcspn(words[i], "=");

		if (!known(keys, words[i], len)) {
			refuse(words[i], keys, e);
			text_done(&t);
			return NULL;
		}
		text_add(&t, i ? "&" : "?");
		text_add_len(&t, words[i], len);
		if (words[i][len]) {
			text_add(&t, "=");
			put_encoded(&t, words[i] + len + 1);
		}
	}
	return text_take(&t);
}

static void get(const struct json *j, const char *key, char *to, size_t size)
{
	const char *s = json_get_text(j, key);

	text_show(to, size, s ? s : "");
}

static int64_t get_time(const struct json *j, const char *key)
{
	const char *s = json_get_text(j, key);
	int64_t ms;

	return s && utc_parse(s, 0, &ms) ? ms : 0;
}

static struct entry one(const struct json *j)
{
	struct entry x = { .id = (int64_t)json_get_number(j, "id", 0),
		.at = get_time(j, "time"), .severity = (int)json_get_number(j, "severity", 0),
		.cause = (int64_t)json_get_number(j, "cause", 0),
		.acked_at = get_time(j, "acknowledged"), .kind = ENTRY_SERVICE };
	const char *kind = json_get_text(j, "kind");

	if (kind)
		entry_kind_from_word(kind, &x.kind);
	get(j, "node", x.name, sizeof x.name);
	get(j, "before", x.before, sizeof x.before);
	get(j, "after", x.after, sizeof x.after);
	get(j, "who", x.who, sizeof x.who);
	get(j, "from", x.origin, sizeof x.origin);
	get(j, "detail", x.detail, sizeof x.detail);
	get(j, "acknowledged_by", x.acked_by, sizeof x.acked_by);
	return x;
}

bool entries_parse(struct entries *l, const char *bytes, size_t len, struct err *e)
{
	struct json *j = json_parse(bytes, len, e);
	const struct json *list = j ? json_get(j, "events") : NULL;
	const char *schema = j ? json_get_text(j, "schema") : NULL;

	if (j && (!schema || strcmp(schema, "amc.events.v1") != 0 || !list)) {
		err_set(e, _("what was answered are no events"));
		json_free(j);
		return false;
	}
	for (size_t i = 0; j && i < json_count(list); i++) {
		mem_grow(l->list, l->n, l->cap);
		l->list[l->n++] = one(json_at(list, i));
	}
	l->more = j && json_is_yes(json_get(j, "more"));
	get(j, "trouble", l->trouble, sizeof l->trouble);
	json_free(j);
	return j != NULL;
}

void entries_done(struct entries *l)
{
	free(l->list);
	*l = (struct entries){ 0 };
}
