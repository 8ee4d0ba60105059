/*
 * Any bytes as what a card answers. What is taken for an answer is bounded, its
 * texts are fit for a terminal, and it becomes a reading and settings.
 */
#include "base/mem.h"
#include "base/text.h"
#include "snmp/decode.h"
#include "snmp/identify.h"
#include "snmp/wire.h"

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

static const struct profiles *profiles(void)
{
	static struct profiles *all;

	if (!all)
		all = profiles_load(NULL, NULL);
	return all;
}

static void check_text(const char *s)
{
	uint32_t cp;

	must(strlen(s) < AGENT_TEXT_SIZE && text_invalid(s, strlen(s)) < 0, "not a text");
	while (*s) {
		s += text_next(s, NULL, &cp);
		must(cp >= 0x20 && (cp < 0x7f || cp >= 0xa0), "a control character");
	}
}

static void check_answer(const struct agent_answer *a)
{
	must(a->n <= AGENT_BATCH, "too many");
	for (size_t i = 0; i < a->n; i++) {
		check_text(a->values[i].text);
		must(strspn(a->values[i].oid, "0123456789.") == strlen(a->values[i].oid),
		    "no object identifier");
	}
}

/* As if the values were those that a profile asks for, in their order. */
static void read_as(const struct profile *p, const struct agent_answer *a)
{
	const struct agent_value **all = mem_zero(p->n_oids, sizeof *all);
	bool *used = mem_zero(p->n_readings, sizeof *used);
	struct reading r;
	char value[64];

	for (size_t i = 0; i < p->n_oids && i < a->n; i++)
		all[i] = &a->values[i];
	decode_reading(p, all, &r, used);
	must(state_word(r.state) != NULL, "no state");
	for (size_t i = 0; i < p->n_settings && i < a->n; i++)
		decode_setting(&p->settings[i], &a->values[i], value, sizeof value);
	for (size_t i = 0; i < a->n; i++)
		decode_allowed(a->values[i].text, "s", value, sizeof value);
	free(all);
	free(used);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct coder *coder;
	static struct bindings *asked;
	static struct wire_answer room;
	unsigned char *bytes = (unsigned char *)mem_ndup((const char *)data, size);
	uint32_t number;
	struct err e;
	size_t n;

	if (!coder) {
		const char **oids = identify_oids(profiles(), &n);

		coder = wire_community(2, "public");
		asked = bindings_new(oids, n < AGENT_BATCH ? n : AGENT_BATCH, NULL);
		free(oids);
	}
	wire_number(bytes, size, &number);
	if (coder->type->decode(coder, bytes, size, asked, &room, &e) == WIRE_ANSWER) {
		check_answer(&room.answer);
		for (size_t i = 0; i < profiles_count(profiles()); i++)
			read_as(profiles_at(profiles(), i), &room.answer);
	}
	free(bytes);
	return 0;
}
