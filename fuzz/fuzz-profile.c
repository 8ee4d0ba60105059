/*
 * Any bytes as a card's profile. What is refused is refused with the place and
 * words; what is read holds what the rest of the program relies on.
 */
#include "snmp/oid.h"
#include "snmp/profile-xml.h"

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

static void check(const struct profile *p)
{
	must(*p->id && strlen(p->id) <= 32 && *p->name, "no name");
	must(p->n_probes && p->n_readings && p->n_states, "parts are missing");
	for (size_t i = 0; i < p->n_oids; i++)
		must(oid_valid(p->oids[i]), "no object identifier");
	for (size_t i = 0; i < p->n_readings; i++)
		must(p->readings[i].attr && p->readings[i].n &&
		    p->readings[i].first + p->readings[i].n <= p->n_oids &&
		    p->readings[i].scale > 0, "a reading");
	for (size_t i = 0; i < p->n_states; i++)
		must(p->states[i].oid < p->n_oids && p->states[i].n, "a state");
	for (size_t i = 0; i < p->n_settings; i++)
		must(p->settings[i].field && oid_valid(p->settings[i].oid), "a setting");
	for (size_t i = 0; i < p->n_traps; i++)
		must(*p->traps[i].name && oid_valid(p->traps[i].oid), "a trap");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pool pool = { 0 };
	struct err e = { .text = "" };
	struct profile *p = profile_read(&pool, "fuzz.xml", (const char *)data, size, &e);

	must(p || strncmp(e.text, "fuzz.xml", 8) == 0, "refused without a place");
	if (p)
		check(p);
	profile_free(p);
	pool_done(&pool);
	return 0;
}
