/*
 * Any bytes as a document of each format. What is refused is refused with words;
 * what is read is a site that can be told again, and tells the same then.
 */
#include "base/mem.h"
#include "store/exchange.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int ok, const char *words)
{
	if (ok)
		return;
	fprintf(stderr, "%s\n", words);
	abort();
}

/* A site with one of each kind, to be changed. */
static struct site *site_now(unsigned *group)
{
	struct site *s = site_new();
	struct node *top = &site_network(s)->node;
	struct node *g = site_add(s, top, IN_ITSELF, KIND_GROUP, "G", NULL);
	struct node *u = site_add(s, g, IN_POWER, KIND_UPS, "U1", NULL);

	site_add(s, g, IN_CONTROL, KIND_TERMINAL, "T1", NULL);
	site_set(s, u, field_find(ups_fields, "SnmpCommunity"), "secret", NULL);
	*group = g->id;
	return s;
}

static char *print(const struct site *s, enum exchange_format format)
{
	struct exchange_out o = { .secrets = true };
	struct text out = { 0 }, notes = { 0 };

	exchange_print(s, format, &o, &out, &notes);
	text_done(&notes);
	return text_take(&out);
}

/* The whole site as a document, read again, is the same document. */
static void there_and_back(const struct site *s, enum exchange_format format)
{
	char *once = print(s, format), *twice;
	struct text notes = { 0 };
	struct err e = { .text = "" };
	struct exchange_in in = { .name = "again", .bytes = once, .len = strlen(once),
		.now = s, .notes = &notes };
	struct site *again = exchange_read(format, &in, &e);

	must(again != NULL, e.text);
	twice = print(again, format);
	must(strcmp(once, twice) == 0, "told again it differs");
	free(once);
	free(twice);
	text_done(&notes);
	site_free(again);
}

/* The first byte tells the format. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct exchange_in in = { .name = "fuzz" };
	struct text notes = { 0 };
	struct err e = { .text = "" };
	struct site *now, *wanted;
	char *bytes;

	if (size == 0)
		return 0;
	now = site_now(&in.into);
	bytes = mem_ndup((const char *)data + 1, size - 1);
	in.bytes = bytes;
	in.len = size - 1;
	in.now = now;
	in.notes = &notes;
	wanted = exchange_read(data[0] % EXCHANGE_COUNT, &in, &e);
	must(wanted || *e.text, "refused without words");
	if (wanted) {
		there_and_back(wanted, EXCHANGE_XML);
		there_and_back(wanted, EXCHANGE_JSON);
		free(print(wanted, EXCHANGE_CSV));
		free(print(wanted, EXCHANGE_NUT));
	}
	site_free(wanted);
	site_free(now);
	text_done(&notes);
	free(bytes);
	return 0;
}
