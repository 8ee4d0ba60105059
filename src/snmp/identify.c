/* identify - which profile is a card's? see identify.h */
#include "snmp/identify.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <string.h>

#define SYSOBJECTID "1.3.6.1.2.1.1.2.0"

const char **identify_oids(const struct profiles *all, size_t *n)
{
	const char **oids;

	*n = 1;
	for (size_t i = 0; i < profiles_count(all); i++)
		*n += profiles_at(all, i)->n_probes;
	oids = mem_zero(*n, sizeof *oids);
	oids[0] = SYSOBJECTID;
	*n = 1;
	for (size_t i = 0; i < profiles_count(all); i++) {
		const struct profile *p = profiles_at(all, i);

		memcpy(oids + *n, p->probes, p->n_probes * sizeof *oids);
		*n += p->n_probes;
	}
	return oids;
}

/*
 * Does the card have one of the profile's probes? An empty text is enough
 * only when its sysObjectID speaks for the profile.
 */
static bool probe_answers(const struct profile *p, const struct agent_value *values,
    bool empty_too)
{
	for (size_t i = 0; i < p->n_probes; i++)
		if (values[i].type != AGENT_MISSING && values[i].type != AGENT_ODD &&
		    (values[i].type != AGENT_TEXT || *values[i].text || empty_too))
			return true;
	return false;
}

/* How long is the profile's prefix that the sysObjectID has? */
static size_t claims(const struct profile *p, const char *sysoid)
{
	size_t best = 0;

	for (size_t i = 0; i < p->n_sysoids; i++)
		if (oid_starts(sysoid, p->sysoids[i]) && strlen(p->sysoids[i]) > best)
			best = strlen(p->sysoids[i]);
	return best;
}

/* What the profiles make of a card. */
struct match {
	const struct profile *by_sysoid, *by_probe;
	const struct profile *owner;	/* an exclusive one that claims it */
	bool wanted_answers;
};

static struct match match(const struct profiles *all, const struct profile *wanted,
    const char *sysoid, const struct agent_value *probes)
{
	struct match m = { .by_sysoid = NULL };
	size_t best = 0;

	for (size_t i = 0; i < profiles_count(all); i++) {
		const struct profile *p = profiles_at(all, i);
		size_t claim = claims(p, sysoid);
		bool answers = probe_answers(p, probes, claim > 0);

		if (p == wanted)
			m.wanted_answers = answers;
		if (p->exclusive && !m.owner && (claim || answers))
			m.owner = p;
		if (answers && claim > best) {
			m.by_sysoid = p;
			best = claim;
		}
		if (answers && !m.by_probe)
			m.by_probe = p;
		probes += p->n_probes;
	}
	return m;
}

const struct profile *identify(const struct profiles *all, const char *wanted_id,
    const char *where, const struct agent_value *values, struct err *e)
{
	const char *sysoid = values[0].type == AGENT_OID ? values[0].text : "";
	const char *shown = *sysoid ? sysoid : _("none");
	const struct profile *wanted = profiles_find(all, wanted_id);
	struct match m = match(all, wanted, sysoid, values + 1);

	if (wanted && m.owner && m.owner != wanted) {
		err_set(e, _("%s answers as %s (sysObjectID %s), and that is never read "
		    "through %s: set the profile to %s or auto"), where, m.owner->name,
		    shown, wanted->name, m.owner->id);
		return NULL;
	}
	if (m.owner && m.by_sysoid != m.owner && m.by_probe != m.owner) {
		err_set(e, _("%s answers with the sysObjectID %s of %s, but shows no UPS "
		    "there: check that it is a UPS's card and what its access list lets "
		    "us read"), where, shown, m.owner->name);
		return NULL;
	}
	if (wanted && !m.wanted_answers) {
		err_set(e, _("%s answers (sysObjectID %s), but not as %s: set the profile "
		    "to auto, or check the address"), where, shown, wanted->name);
		return NULL;
	}
	if (wanted)
		return wanted;
	if (m.owner)
		return m.owner;
	if (!m.by_sysoid && !m.by_probe)
		err_set(e, _("%s answers, but is no UPS that a profile knows (sysObjectID "
		    "%s)"), where, shown);
	return m.by_sysoid ? m.by_sysoid : m.by_probe;
}
