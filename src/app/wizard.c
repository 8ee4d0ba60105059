/* wizard - a run: what is asked, what was answered, what is proposed; see wizard.h */
#include "app/wizarding.h"

#include "base/distance.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int find_answer(const struct wizard *w, const char *key)
{
	for (size_t i = 0; i < w->answers_n; i++)
		if (strcasecmp(w->answers[i].key, key) == 0)
			return (int)i;
	return -1;
}

static const struct wizard_ask *ask_of_own(const struct wizard *w, const char *key)
{
	for (size_t p = 0; p < w->site->n; p++)
		for (size_t b = 0; b < w->site->pages[p]->n; b++) {
			const struct wizard_block *block = &w->site->pages[p]->blocks[b];

			for (size_t i = 0; i < block->n; i++)
				if (!*block->asks[i].part &&
				    strcmp(block->asks[i].field->key, key) == 0)
					return &block->asks[i];
		}
	return NULL;
}

/* How many nodes an answer wants; while it is being typed, as many as proposed. */
static int counted(const char *question, void *arg)
{
	const struct wizard *w = arg;
	const struct wizard_ask *ask = ask_of_own(w, question);
	int answer = find_answer(w, question), n;

	if (!ask)	/* wizard-xml.c refuses such a wizard */
		return 1;
	if (answer < 0 || !field_check(ask->field, w->answers[answer].value, &n, NULL))
		field_check(ask->field, ask->initial, &n, NULL);
	return n;
}

enum { NUMBERS = 128 };		/* more than any count may be */

/* The numbers of the parts that an ask is for; 0 for one without. How many. */
static int numbers_of(const struct wizard *w, const struct wizard_ask *ask,
    int numbers[NUMBERS])
{
	int n = 0;

	numbers[0] = 0;
	if (!*ask->part)
		return wizard_asks_network(ask) ||
		    shape_counts(w->site->shape, ask->field->key);
	for (size_t i = 0; i < w->items.n && n < NUMBERS; i++) {
		const struct item *item = &w->items.list[i];
		bool own = strcmp(item->part, ask->part) == 0;

		if (!item_takes(item, ask->part))
			continue;
		numbers[n++] = own ? item->number : 0;
		if (!own)	/* asked once for all that share it */
			break;
	}
	return n;
}

static void add_question(struct wizard *w, const struct wizard_ask *ask, int page,
    int block, int number)
{
	char part[80];
	int answer;

	mem_grow(w->questions, w->n, w->cap);
	w->questions[w->n] = (struct wizard_question){ .ask = ask, .page = page,
	    .block = block, .number = number };
	w->questions[w->n].key = *ask->part ? mem_printf("%s.%s", part_key(ask->part,
	    number, part, sizeof part), ask->field->key) : mem_dup(ask->field->key);
	answer = find_answer(w, w->questions[w->n].key);
	if (answer >= 0) {
		w->questions[w->n].answered = true;
		w->questions[w->n].value = mem_dup(w->answers[answer].value);
	}
	w->n++;
}

/* Row by row: a row is a number that some of its parts have. */
static void add_table(struct wizard *w, const struct wizard_block *block, int page, int b)
{
	int last = 0, numbers[NUMBERS];

	for (size_t i = 0; i < block->n; i++) {
		int n = numbers_of(w, &block->asks[i], numbers);

		if (n && numbers[n - 1] > last)
			last = numbers[n - 1];
	}
	for (int row = 1; row <= last; row++)
		for (size_t i = 0; i < block->n; i++) {
			int n = numbers_of(w, &block->asks[i], numbers);

			for (int j = 0; j < n; j++)
				if (numbers[j] == row)
					add_question(w, &block->asks[i], page, b, row);
		}
}

static void add_list(struct wizard *w, const struct wizard_block *block, int page, int b)
{
	int numbers[NUMBERS];

	for (size_t i = 0; i < block->n; i++) {
		int n = numbers_of(w, &block->asks[i], numbers);

		for (int j = 0; j < n; j++)
			add_question(w, &block->asks[i], page, b, numbers[j]);
	}
}

static void add_page(struct wizard *w, const struct wizard_page *page)
{
	size_t before = w->n;

	for (size_t b = 0; b < page->n; b++)
		(page->blocks[b].table ? add_table : add_list)(w, &page->blocks[b],
		    (int)w->pages_n, (int)b);
	if (w->n == before)
		return;
	mem_grow(w->pages, w->pages_n, w->pages_cap);
	w->pages[w->pages_n++] = page;
}

/* Values that no two questions may have alike: a number each kind of them. */
static int space_of(const struct wizard_question *q)
{
	if (strcmp(q->ask->field->key, "Address") == 0)
		return 1;
	return strcmp(q->ask->field->key, "Name") == 0 ? 2 + (int)q->ask->kind : 0;
}

/* Was it answered elsewhere, or proposed before this question? */
static bool is_taken(const struct wizard *w, size_t at, const char *value)
{
	int space = space_of(&w->questions[at]);

	for (size_t i = 0; i < w->n; i++) {
		const struct wizard_question *q = &w->questions[i];

		if (i != at && (q->answered || i < at) && space_of(q) == space &&
		    strcasecmp(q->value, value) == 0)
			return true;
	}
	return false;
}

/* The next address that a host can have; else the last number in it plus one. */
static char *count_up(const char *text)
{
	size_t end = strlen(text), from;
	char buf[16];
	uint32_t ip;

	if (field_ipv4(text, &ip)) {
		do
			ip++;
		while ((ip & 255) == 0 || (ip & 255) == 255);
		return mem_dup(ipv4_text(ip, buf));
	}
	while (end > 0 && (text[end - 1] < '0' || text[end - 1] > '9'))
		end--;
	for (from = end; from > 0 && end - from < 9 && text[from - 1] >= '0' &&
	    text[from - 1] <= '9'; from--)
		continue;
	if (from == end)
		return mem_printf("%s2", text);
	return mem_printf("%.*s%0*lu%s", (int)from, text, (int)(end - from),
	    strtoul(text + from, NULL, 10) + 1, text + end);
}

/* The system is asked for an interface once, not for each address. */
static void find_network(struct wizard *w)
{
	w->has_network = false;
	for (size_t i = 0; i < w->n; i++) {
		const struct wizard_question *q = &w->questions[i];

		if (wizard_asks_network(q->ask))
			w->has_network = wizard_network(q->answered ? q->value :
			    q->ask->initial, &w->network, NULL);
	}
}

static char *first_proposal(const struct wizard *w, const struct wizard_question *q)
{
	char buf[16];
	uint32_t ip;

	if (w->has_network && strcmp(q->ask->field->key, "CommunicationAddress") == 0)
		return mem_dup(ipv4_text(ipv4_broadcast(w->network), buf));
	if (w->has_network && space_of(q) == 1 && field_ipv4(q->ask->initial, &ip))
		return mem_dup(ipv4_text(ipv4_carry(w->network, ip), buf));
	return mem_dup(q->ask->initial);
}

static char *propose(const struct wizard *w, size_t at)
{
	const struct wizard_question *q = &w->questions[at], *before = NULL;
	char *value, *next;

	for (size_t i = at; i > 0 && !before && q->number; i--)
		if (w->questions[i - 1].ask == q->ask)
			before = &w->questions[i - 1];
	value = before && space_of(q) && *before->value &&
	    wizard_check(q->ask->field, before->value, NULL) ? count_up(before->value) :
	    first_proposal(w, q);
	for (int i = 0; i < 1000 && space_of(q) && is_taken(w, at, value); i++) {
		next = count_up(value);
		free(value);
		value = next;
	}
	return value;
}

static void clear_questions(struct wizard *w)
{
	for (size_t i = 0; i < w->n; i++) {
		free(w->questions[i].key);
		free(w->questions[i].value);
	}
	w->n = 0;
	w->pages_n = 0;
}

static void rebuild(struct wizard *w)
{
	wizard_forget(w);
	clear_questions(w);
	shape_items(w->site->shape, counted, w, &w->items);
	for (size_t p = 0; p < w->site->n; p++)
		add_page(w, w->site->pages[p]);
	find_network(w);
	for (size_t i = 0; i < w->n; i++)
		if (!w->questions[i].answered)
			w->questions[i].value = propose(w, i);
}

struct wizard *wizard_new(const struct wizard_site *site)
{
	struct wizard *w = mem_new(struct wizard);

	w->site = site;
	rebuild(w);
	return w;
}

void wizard_free(struct wizard *w)
{
	if (!w)
		return;
	wizard_forget(w);
	clear_questions(w);
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
	int i = find_answer(w, key);

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
	rebuild(w);
	q = find(w, name);
	if (!q || strcmp(q->value, text) != 0) {
		mem_grow(w->answers, w->answers_n, w->answers_cap);
		w->answers[w->answers_n].key = mem_dup(q ? q->key : name);
		w->answers[w->answers_n++].value = text;
		text = NULL;
		rebuild(w);
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
