/* filter - which nodes an operator wants to see; see filter.h */
#include "app/filter.h"
#include "app/watch.h"
#include "base/fold.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct filter {
	char **words;		/* to be found in a text */
	size_t words_n, words_cap;
	char **states;
	size_t states_n, states_cap;
	unsigned kinds;		/* 1 << KIND_...; 0: all */
	bool problem, alarm;
	struct map faulty;	/* nodes of errors and warnings */
	unsigned long checked;	/* faulty is of this site_changes() + 1 */
};

/* What of a state is in a word: "on-battery", or its label. */
static bool says(const char *word, const char *label, const char *what)
{
	size_t len;

	return fold_find(word, what, &len) || fold_find(tr(label), what, &len);
}

/* Is it in the name of any state at all? */
static bool state_is_known(const char *what)
{
	for (int s = 0; s < UPS_STATE_COUNT; s++)
		if (says(state_word(s), state_label(s), what))
			return true;
	for (int s = 0; s <= TERMINAL_REFUSED; s++)
		if (says(terminal_state_word(s), terminal_state_label(s), what))
			return true;
	for (unsigned bit = 1; flag_label(bit); bit <<= 1)
		if (says(flag_word(bit), flag_label(bit), what))
			return true;
	return false;
}

static bool add_state(struct filter *f, const char *what, struct err *e)
{
	struct text all = { 0 };

	if (*what && !state_is_known(what)) {
		for (int s = 0; s < UPS_STATE_COUNT; s++)
			text_printf(&all, "%s%s", s ? ", " : "", state_word(s));
		err_set(e, _("state:%s: no state is called so; there are: %s"), what, all.s);
		text_done(&all);
		return false;
	}
	mem_grow(f->states, f->states_n, f->states_cap);
	f->states[f->states_n++] = mem_dup(what);
	return true;
}

static bool add_kind(struct filter *f, const char *what, struct err *e)
{
	unsigned kinds = 0;

	for (int k = KIND_GROUP; k < KIND_COUNT; k++)
		if (strncmp(kind_word(k), what, strlen(what)) == 0 ||
		    (!text_is_ascii(what) && says("", kind_label(k), what)))
			kinds |= 1u << k;
	if (!kinds)
		return err_set(e, _("kind:%s: is none of group, ups, terminal"), what);
	f->kinds |= kinds;
	return true;
}

static bool add_word(struct filter *f, const char *word, struct err *e)
{
	if (strncmp(word, "state:", 6) == 0)
		return add_state(f, word + 6, e);
	if (strncmp(word, "kind:", 5) == 0)
		return add_kind(f, word + 5, e);
	if (strcmp(word, "problem") == 0) {
		f->problem = true;
	} else if (strcmp(word, "alarm") == 0) {
		f->alarm = true;
	} else {
		mem_grow(f->words, f->words_n, f->words_cap);
		f->words[f->words_n++] = mem_dup(word);
	}
	return true;
}

/* Blanks part words: ASCII ones and the wide one of Japanese. */
static size_t blanks(const char *s)
{
	size_t n = 0, one;
	uint32_t cp;

	while ((one = fold_next(s + n, &cp)) > 0 && cp == ' ')
		n += one;
	return n;
}

static size_t word_len(const char *s)
{
	size_t n = 0, one;
	uint32_t cp;

	while ((one = fold_next(s + n, &cp)) > 0 && cp != ' ')
		n += one;
	return n;
}

struct filter *filter_new(const char *text, struct err *e)
{
	struct filter *f;
	bool ok = true;

	if (e)
		e->text[0] = '\0';
	text += blanks(text);
	if (!*text)
		return NULL;
	f = mem_new(struct filter);
	while (ok && *text) {
		size_t len = word_len(text);
		char *word = mem_ndup(text, len);

		ok = add_word(f, word, e);
		free(word);
		text += len;
		text += blanks(text);
	}
	if (!ok) {
		filter_free(f);
		return NULL;
	}
	return f;
}

void filter_free(struct filter *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < f->words_n; i++)
		free(f->words[i]);
	for (size_t i = 0; i < f->states_n; i++)
		free(f->states[i]);
	free(f->words);
	free(f->states);
	map_done(&f->faulty);
	free(f);
}

bool filter_is_live(const struct filter *f)
{
	return f->states_n > 0 || f->problem || f->alarm;
}

bool filter_found_in(const struct node *n, const char *text)
{
	size_t len;

	return fold_find(node_name(n), text, &len) ||
	    fold_find(node_address(n), text, &len) ||
	    fold_find(node_description(n), text, &len);
}

static bool is_in_state(const struct app *a, const struct node *n, const char *what)
{
	const struct ups_status *u = watch_ups(a, n->id);
	const struct terminal_status *t = watch_terminal(a, n->id);
	enum ups_state state = watch_ups_state(a, n->id);
	enum terminal_state ts = t ? t->state : TERMINAL_UNKNOWN;

	if (n->kind == KIND_TERMINAL)
		return says(terminal_state_word(ts), terminal_state_label(ts), what);
	if (n->kind != KIND_UPS)
		return false;
	if (says(state_word(state), state_label(state), what))
		return true;
	/* as the list says it, also before it counts as lost */
	if (u && u->silent_since)
		return says(terminal_state_word(TERMINAL_NO_ANSWER),
		    terminal_state_label(TERMINAL_NO_ANSWER), what);
	for (unsigned bit = 1; u && u->known && flag_label(bit); bit <<= 1)
		if (u->reading.flags & bit && says(flag_word(bit), flag_label(bit), what))
			return true;
	return false;
}

static bool is_faulty(struct filter *f, struct app *a, const struct node *n)
{
	const struct findings *found;

	if (f->checked != site_changes(app_site(a)) + 1) {
		found = app_check(a);
		map_done(&f->faulty);
		for (size_t i = 0; i < found->n; i++)
			if (found->list[i].node && found->list[i].severity != SEVERITY_NOTE)
				map_put(&f->faulty, found->list[i].node, f);
		f->checked = site_changes(app_site(a)) + 1;
	}
	return map_get(&f->faulty, n->id) != NULL;
}

bool filter_takes(struct filter *f, struct app *a, const struct node *n)
{
	bool any = f->states_n == 0;

	if (f->kinds && !(f->kinds & 1u << n->kind))
		return false;
	for (size_t i = 0; i < f->words_n; i++)
		if (!filter_found_in(n, f->words[i]))
			return false;
	if (f->alarm && (n->kind == KIND_GROUP || watch_severity(a, n->id) < 2))
		return false;
	if (f->problem && (n->kind == KIND_GROUP || watch_severity(a, n->id) < 1) &&
	    !is_faulty(f, a, n))
		return false;
	for (size_t i = 0; !any && i < f->states_n; i++)
		any = is_in_state(a, n, f->states[i]);
	return any;
}
