/* wizard - a run: its answers, and whether they can be; see wizard.h */
#include "app/wizarding.h"

#include "base/distance.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct wizard *wizard_new(const struct wizard_site *site)
{
	struct wizard *w = mem_new(struct wizard);

	w->site = site;
	wizard_rebuild(w);
	return w;
}

void wizard_free(struct wizard *w)
{
	if (!w)
		return;
	wizard_forget(w);
	wizard_clear(w);
	for (size_t i = 0; i < w->answers_n; i++) {
		free(w->answers[i].key);
		free(w->answers[i].value);
	}
	free(w->answers);
	free(w->items.list);
	free(w->questions);
	free(w->pages);
	free(w);
}

const struct wizard_site *wizard_site(const struct wizard *w)
{
	return w->site;
}

int wizard_pages(const struct wizard *w)
{
	return (int)w->pages_n;
}

const struct wizard_page *wizard_page(const struct wizard *w, int page)
{
	return w->pages[page];
}

size_t wizard_count(const struct wizard *w)
{
	return w->n;
}

const struct wizard_question *wizard_at(const struct wizard *w, size_t i)
{
	return &w->questions[i];
}

bool wizard_answered(const struct wizard *w)
{
	return w->answers_n > 0;
}

/* NULL: there is none of that key at present. */
static const struct wizard_question *find(const struct wizard *w, const char *key)
{
	for (size_t i = 0; i < w->n; i++)
		if (strcasecmp(w->questions[i].key, key) == 0)
			return &w->questions[i];
	return NULL;
}

static void drop_answer(struct wizard *w, const char *key)
{
	int i = wizard_find_answer(w, key);

	if (i < 0)
		return;
	free(w->answers[i].key);
	free(w->answers[i].value);
	w->answers[i] = w->answers[--w->answers_n];
}

void wizard_answer(struct wizard *w, const char *key, const char *value)
{
	const struct wizard_question *q;
	char *text = mem_dup(value), *name = mem_dup(key);

	/* what is proposed without it? */
	drop_answer(w, name);
	wizard_rebuild(w);
	q = find(w, name);
	if (!q || strcmp(q->value, text) != 0) {
		mem_grow(w->answers, w->answers_n, w->answers_cap);
		w->answers[w->answers_n].key = mem_dup(q ? q->key : name);
		w->answers[w->answers_n++].value = text;
		text = NULL;
		wizard_rebuild(w);
	}
	free(text);
	free(name);
}

static bool unknown_key(const struct wizard *w, const char *key, struct err *e)
{
	const char *nearest = "";
	int least = INT_MAX;
	char shown[80];

	for (size_t i = 0; i < w->n; i++)
		if (distance(key, w->questions[i].key) < least) {
			nearest = w->questions[i].key;
			least = distance(key, nearest);
		}
	text_show(shown, sizeof shown, key);
	return err_kind(e, ERR_USAGE, _("%s: the wizard %s does not ask this; the nearest that it asks is %s"),
	    shown, w->site->name, nearest);
}

static bool take(struct wizard *w, const char *word, struct err *e)
{
	const char *equals = strchr(word, '=');
	const struct wizard_question *q;
	char *key = mem_ndup(word, (size_t)(equals - word));
	bool ok;

	q = find(w, key);
	ok = q ? wizard_check(q->ask->field, equals + 1, e) || err_at(e, "%s", q->key) :
	    unknown_key(w, key, e);
	if (ok)
		wizard_answer(w, key, equals + 1);
	else if (e)
		e->kind = ERR_USAGE;
	free(key);
	return ok;
}

bool wizard_take(struct wizard *w, char *const *words, int n, struct err *e)
{
	for (int i = 0; i < n; i++)
		if (!strchr(words[i], '=') || *words[i] == '=')
			return err_kind(e, ERR_USAGE,
			    _("%s: settings are given as KEY=VALUE"), words[i]);
	/* first what tells how many there are, so that their order is no matter */
	for (int part = 0; part < 2; part++)
		for (int i = 0; i < n; i++) {
			bool of_part = memchr(words[i], '.', strcspn(words[i], "="));

			if (of_part == part && !take(w, words[i], e))
				return false;
		}
	return true;
}

bool wizard_asks_network(const struct wizard_ask *ask)
{
	return ask->field == &wizard_fields[0];
}

const char *wizard_allowed(const struct wizard_ask *ask, char *buf, size_t size)
{
	if (wizard_asks_network(ask))
		snprintf(buf, size, "%s",
		    _("ADDRESS/MASK such as 172.16.134.12/24, or an interface"));
	else
		field_allowed(ask->field, buf, size);
	return buf;
}

bool wizard_value_ok(const struct wizard *w, size_t i, struct err *e)
{
	return wizard_check(w->questions[i].ask->field, w->questions[i].value, e);
}

int wizard_wrong(struct wizard *w, int page, struct err *e)
{
	const struct findings *all;

	for (size_t i = 0; i < w->n; i++)
		if ((page < 0 || w->questions[i].page == page) && !wizard_value_ok(w, i, e))
			return (int)i;
	all = wizard_findings(w);
	for (size_t i = 0; i < all->n; i++) {
		const struct finding *f = &all->list[i];
		int q = f->severity == SEVERITY_ERROR ? wizard_question_of(w, f) : -1;

		if (q >= 0 && (page < 0 || w->questions[q].page == page)) {
			err_kind(e, ERR_SITE, "%s: %s", f->rule, f->message);
			return q;
		}
	}
	return -1;
}
