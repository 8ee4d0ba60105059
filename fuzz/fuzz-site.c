/*
 * Any bytes as a site file. Read and printed again without an edit they are
 * the same bytes; after an edit what is printed reads as the site it came
 * from, and a file that had no faults has none then.
 */
#include "base/mem.h"
#include "store/sitefile.h"

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

static struct sitefile *parse(const char *bytes, size_t len,
    struct findings *findings)
{
	return sitefile_parse("fuzz.ini", mem_ndup(bytes, len), len, findings);
}

static char *print(struct sitefile *f, size_t *len)
{
	struct err e = { .text = "" };
	char *bytes = sitefile_print(f, len, &e);

	/* an edit may put in what the file's encoding has not; the rest prints */
	must(bytes || *e.text, "refused without words");
	return bytes;
}

static void same_node(const struct node *a, const struct node *b)
{
	const struct field *f;
	char x[16], y[16];

	must(a->id == b->id && a->container == b->container &&
	    !a->parent == !b->parent &&
	    (!a->parent || a->parent->id == b->parent->id), "another place");
	for (f = record_fields(a->kind); f->key; f++) {
		must(strcmp(field_text(f, a, x), field_text(f, b, y)) == 0,
		    f->key);
		must(f->type == FIELD_PARENT ||
		    node_gives(a, f) == node_gives(b, f), f->key);
	}
}

static void same_tree(const struct site *a, const struct site *b)
{
	const struct node *x = &site_network(a)->node, *top_a = x;
	const struct node *y = &site_network(b)->node, *top_b = y;

	while (x && y) {
		same_node(x, y);
		x = node_next(x, top_a);
		y = node_next(y, top_b);
	}
	must(!x && !y, "one has more nodes");
}

/* The nodes that are in the tree, up to 64 of them, for an edit to choose from. */
static struct node *choose(struct site *s, unsigned which)
{
	struct node *top = &site_network(s)->node, *n, *list[64];
	unsigned count = 0;

	for (n = top; n && count < 64; n = node_next(n, top))
		list[count++] = n;
	return list[which % count];
}

static void edit(struct site *s, const uint8_t *step)
{
	static const char *const words[] = { "", "1", "SSC", "表", "a;b", "\"%\\",
		"10.0.0.1", "yes", "advance", " x ", "ｱｲｳ", "\xf0\x9f\x94\x8b" };
	struct node *n = choose(s, step[1]), *to = choose(s, step[2]);
	const struct field *table = record_fields(n->kind);
	const char *word = words[step[3] % (sizeof words / sizeof *words)];

	switch (step[0] % 4) {
	case 0:
		site_add(s, to, step[1] % IN_COUNT, step[3] % KIND_COUNT, word, NULL);
		break;
	case 1:
		if (n->kind != KIND_NETWORK)
			site_remove(s, n);
		break;
	case 2:
		if (n->kind != KIND_NETWORK)
			site_hang(s, n, to, step[3] % IN_COUNT, NULL, NULL);
		break;
	case 3:
		site_set(s, n, &table[step[2] % field_count(table)], word, NULL);
		break;
	}
}

/* Up to eight edits, told by the last bytes. */
static void check_edits(struct sitefile *f, const uint8_t *data, size_t size)
{
	struct findings findings = { 0 };
	struct sitefile *again;
	size_t i, len, len_again;
	char *bytes, *twice;

	for (i = 4; i <= size && i <= 32; i += 4)
		edit(sitefile_site(f), data + size - i);
	bytes = print(f, &len);
	if (!bytes)
		return;
	again = parse(bytes, len, &findings);
	if (!sitefile_faulty(f)) {
		must(!sitefile_faulty(again), findings.n ?
		    findings.list[0].message : "faulty");
		same_tree(sitefile_site(f), sitefile_site(again));
	}
	rules_check(sitefile_site(again), &findings);
	twice = print(again, &len_again);
	must(twice && len_again == len && memcmp(twice, bytes, len) == 0,
	    "printed again it differs");
	findings_done(&findings);
	sitefile_free(again);
	free(twice);
	free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct findings findings = { 0 };
	struct sitefile *f = parse((const char *)data, size, &findings);
	size_t len;
	char *bytes;

	must(!sitefile_faulty(f) || findings.count[SEVERITY_ERROR] > 0,
	    "faulty without words");
	rules_check(sitefile_site(f), &findings);
	bytes = print(f, &len);
	must(bytes && len == size && (!size || memcmp(bytes, data, size) == 0),
	    "not the same bytes");
	free(bytes);
	check_edits(f, data, size);
	findings_done(&findings);
	sitefile_free(f);
	return 0;
}
