/* said - what somebody else said, in the reader's words; see said.h */
#include "app/said.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/phrase.h"
#include "model/command.h"
#include "model/reading.h"
#include "snmp/agent.h"

#include <stdlib.h>
#include <string.h>

enum {
	SHORTEST_CUT = 200,	/* bytes from which on the end may be missing: entry.h, service-order.c */
	SHORTEST = 12,		/* a shorter one may be a name, but for an argument of a longer one */
	SPLITS = 12,		/* places in a text at which a sentence may end */
	PARTS = 6,		/* that one may have before and within it */
	ERRORS = 19,		/* of SNMP, RFC 3416 */
	KEPT = 251,		/* texts whose words are kept for the next drawing */
};

/* A sentence in English, and in another language, which may be the same. */
struct saying {
	const char *words, *other;
};

static struct {
	struct saying *list;
	size_t n, cap;
} all;

static void know(const char *words)
{
	mem_grow(all.list, all.n, all.cap);
	all.list[all.n++] = (struct saying){ words, i18n_in("ja", words) };
}

static void know_all(void)
{
	for (size_t i = 0; said_table[i]; i++)
		know(said_table[i]);
	for (int i = 0; i < ERRORS; i++)
		know(agent_error_label(i));
	for (enum ups_state s = 0; s < UPS_STATE_COUNT; s++)
		know(state_label(s));
	for (enum command_result r = 0; r < RESULT_COUNT; r++)
		know(result_label(r));
}

/* Of those that fit the one that says most of it itself; NULL: none. */
static const struct saying *find(const char *s, bool cut, struct phrase *best)
{
	const struct saying *found = NULL;

	for (size_t i = 0; i < all.n; i++) {
		const char *forms[] = { all.list[i].words, all.list[i].other };

		for (int k = 0; k < 2; k++) {
			struct phrase p;

			if (phrase_match(forms[k], s, cut, &p) &&
			    (!found || p.literal > best->literal)) {
				*best = p;
				found = &all.list[i];
			}
		}
	}
	return found;
}

static bool say(const char *s, int depth, bool inner, struct text *t);

/* An argument, which may be a sentence itself. */
static void say_word(const char *at, size_t len, void *arg, struct text *t)
{
	char *word = mem_ndup(at, len);
	const int *depth = arg;

	if (!say(word, *depth + 1, true, t))
		text_add(t, word);
	free(word);
}

static bool say_whole(const char *s, int depth, bool inner, struct text *t)
{
	size_t len = strlen(s);
	struct phrase p;
	const struct saying *x = inner || len >= SHORTEST ? find(s, false, &p) : NULL;

	if (!x && len >= SHORTEST_CUT)
		x = find(s, true, &p);
	return x && phrase_print(tr(x->words), &p, say_word, &depth, t);
}

/* Where a sentence may end or begin: ": ", "; ", ", ", " (". How many; their lengths are 2. */
static size_t splits(const char *s, size_t at[SPLITS])
{
	size_t n = 0;

	for (size_t i = 0; s[i] && n < SPLITS; i++)
		if ((strchr(":;,", s[i]) && s[i + 1] == ' ') || (s[i] == ' ' && s[i + 1] == '('))
			at[n++] = i;
	return n;
}

/* False, and nothing added, when there is no sentence of ours in it. */
static bool say(const char *s, int depth, bool inner, struct text *t)
{
	size_t at[SPLITS], n, len = t->len;
	char *head;
	bool known;

	if (depth == PARTS)
		return false;
	if (say_whole(s, depth, inner, t))
		return true;
	n = splits(s, at);
	for (size_t i = n; i-- > 0;) {
		head = mem_ndup(s, at[i]);
		known = say_whole(head, depth, inner, t);
		free(head);
		if (!known)
			continue;
		text_add_len(t, s + at[i], 2);
		if (!say(s + at[i] + 2, depth + 1, inner, t))
			text_add(t, s + at[i] + 2);
		return true;
	}
	if (n == 0)
		return false;
	text_add_len(t, s, at[0] + 2);
	if (say(s + at[0] + 2, depth + 1, inner, t))
		return true;
	t->len = len;
	t->s[len] = '\0';
	return false;
}

/* A screen asks for the same few dozen reasons each time it is drawn. */
static struct kept {
	char *text, *words;
	const char *language;	/* a translation, which is another in each */
} kept[KEPT];

static struct kept *slot_of(const char *s)
{
	unsigned hash = 5381;

	while (*s)
		hash = hash * 33 + (unsigned char)*s++;
	return &kept[hash % KEPT];
}

void said_add(const char *s, struct text *t)
{
	struct kept *k = slot_of(s);
	const char *language = tr(said_table[0]);
	struct text words = { 0 };

	if (!all.n)
		know_all();
	if (!k->text || k->language != language || strcmp(k->text, s) != 0) {
		if (!say(s, 0, false, &words))
			text_add(&words, s);
		free(k->text);
		free(k->words);
		*k = (struct kept){ mem_dup(s), text_take(&words), language };
	}
	text_add(t, k->words);
}
