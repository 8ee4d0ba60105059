/* What a run asks with the present answers, and what it proposes. */
#include "app/wizarding.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

int wizard_find_answer(const struct wizard *w, const char *key)
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
	int answer = wizard_find_answer(w, question), n;

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
	answer = wizard_find_answer(w, w->questions[w->n].key);
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

void wizard_clear(struct wizard *w)
{
	for (size_t i = 0; i < w->n; i++) {
		free(w->questions[i].key);
		free(w->questions[i].value);
	}
	w->n = 0;
	w->pages_n = 0;
}

void wizard_rebuild(struct wizard *w)
{
	wizard_forget(w);
	wizard_clear(w);
	shape_items(w->site->shape, counted, w, &w->items);
	for (size_t p = 0; p < w->site->n; p++)
		add_page(w, w->site->pages[p]);
	find_network(w);
	for (size_t i = 0; i < w->n; i++)
		if (!w->questions[i].answered)
			w->questions[i].value = propose(w, i);
}
