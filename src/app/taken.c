/* taken - who brought the site that counts; see taken.h */
#include "app/taken.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/text.h"
#include "base/utc.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TAKEN_MAX = 256 * 1024, LATER_MAX = 1000 };

static struct json *copy(const struct json *j)
{
	char *text = j ? json_print(j) : NULL;
	struct json *same = text ? json_parse(text, strlen(text), NULL) : NULL;

	free(text);
	return same;
}

static void read_text(const struct json *j, const char *key, char *out, size_t size)
{
	const char *text = json_get_text(j, key);

	text_copy(out, size, text ? text : "");
}

void taken_open(struct taken *t, const char *dir)
{
	struct err e = { .text = "" };
	struct json *j;
	size_t len = 0;
	char *text;

	*t = (struct taken){ .path = file_join(dir, "taken") };
	if (access(t->path, F_OK) != 0)
		return;
	text = file_read(t->path, TAKEN_MAX, &len, &e);
	j = text ? json_parse(text, len, &e) : NULL;
	if (j) {
		read_text(j, "tag", t->tag, sizeof t->tag);
		read_text(j, "who", t->who, sizeof t->who);
		read_text(j, "from", t->from, sizeof t->from);
		t->at = (int64_t)json_get_number(j, "at", 0);
		t->later = copy(json_get(j, "later"));
	} else {
		log_warning(_("who sent the site is not known any more: %s"), e.text);
	}
	json_free(j);
	free(text);
}

void taken_done(struct taken *t)
{
	json_free(t->later);
	free(t->path);
	*t = (struct taken){ .path = NULL };
}

bool taken_note(struct taken *t, const char *tag, const char *who, const char *from,
    const struct json *later, struct err *e)
{
	struct json *j = json_new_object();
	char *text;
	bool ok;

	json_free(t->later);
	t->later = copy(later);
	text_copy(t->tag, sizeof t->tag, tag);
	text_copy(t->who, sizeof t->who, who);
	text_copy(t->from, sizeof t->from, from);
	t->at = utc_now();
	json_put_text(j, "tag", t->tag);
	json_put_text(j, "who", t->who);
	json_put_text(j, "from", t->from);
	json_put_int(j, "at", t->at);
	if (later)
		json_put(j, "later", copy(later));
	text = json_print(j);
	ok = file_replace(t->path, text, strlen(text), 0600, e);
	free(text);
	json_free(j);
	return ok;
}

bool taken_is(const struct taken *t, const char *tag)
{
	return *t->tag && strcmp(t->tag, tag) == 0;
}

static bool lists(const struct json *array, const char *word)
{
	char number[24];

	for (size_t i = 0; i < json_count(array); i++) {
		const char *one = json_word(json_at(array, i), number);

		if (one && strcmp(one, word) == 0)
			return true;
	}
	return false;
}

bool taken_allows(const struct taken *t, const char *terminal, const char *tag)
{
	return t->later && lists(json_get(t->later, "terminals"), terminal) &&
	    lists(json_get(t->later, "ancestors"), tag);
}

bool later_check(const struct json *j, struct err *e)
{
	static const char *const members[] = { "terminals", "ancestors" };
	const struct json *list;
	char number[24];

	for (size_t i = 0; j && i < 2; i++) {
		list = json_get(j, members[i]);
		if (!list || !json_holds_list(list) || json_count(list) > LATER_MAX)
			return err_set(e, _("later: %s must be a list of at most %d texts"),
			    members[i], LATER_MAX);
		for (size_t k = 0; k < json_count(list); k++)
			if (!json_word(json_at(list, k), number))
				return err_set(e, _("later: %s must be a list of at most %d texts"),
				    members[i], LATER_MAX);
	}
	return true;
}
