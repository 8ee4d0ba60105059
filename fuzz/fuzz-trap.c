/*
 * Any bytes as a trap. What is taken for one names an object and carries text that
 * is fit for a terminal and a log; an inform's answer is no trap any more.
 */
#include "base/mem.h"
#include "base/text.h"
#include "snmp/trap.h"

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

static void check(const struct trap *t)
{
	static struct profiles *all;
	const char *s = t->text;
	uint32_t cp;

	if (!all)
		all = profiles_load(NULL, NULL);
	must(t->version >= 1 && t->version <= 3, "no version");
	must(!*t->oid || oid_valid(t->oid), "no object identifier");
	must(text_invalid(s, strlen(s)) < 0, "not a text");
	while (*s) {
		s += text_next(s, NULL, &cp);
		must(cp >= 0x20 && (cp < 0x7f || cp >= 0xa0), "a control character");
	}
	trap_find(all, t->oid);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned char *bytes = (unsigned char *)mem_ndup((const char *)data, size);
	struct trap t;
	bool is = trap_decode(bytes, size, &t);

	if (is)
		check(&t);
	if (trap_answer(bytes, size))
		must(!trap_decode(bytes, size, &t), "its answer is a trap");
	free(bytes);
	return 0;
}
