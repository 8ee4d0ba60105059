/* The engine of an agent: its ID, its time; a part of usm */
#include "snmp/usm-engine.h"
#include "base/loop.h"

#include <string.h>

enum { WINDOW = 150 };		/* s, RFC 3414, section 2.2.3 */

void usm_forget_engine(struct usm *u)
{
	u->engine_len = 0;
	u->boots = u->time = 0;
	u->trusted = false;
	u->known = KNOWN_NOTHING;
	u->unanswered = u->resyncs = 0;
}

void usm_take_time(struct usm *u, const struct message *m, bool authentic)
{
	u->boots = m->boots;
	u->time = m->time;
	u->since = loop_now();
	u->trusted = authentic;
}

bool usm_learn_engine(struct usm *u, const struct message *m)
{
	if (m->engine.n == 0)
		return false;
	usm_forget_engine(u);
	memcpy(u->engine, m->engine.p, m->engine.n);
	u->engine_len = m->engine.n;
	u->known = KNOWN_ENGINE;
	usm_take_time(u, m, false);
	return true;
}

bool usm_is_engine(const struct usm *u, const struct message *m)
{
	return u->engine_len > 0 && m->engine.n == u->engine_len &&
	    memcmp(m->engine.p, u->engine, u->engine_len) == 0;
}

uint32_t usm_time(const struct usm *u)
{
	return u->time + (uint32_t)((loop_now() - u->since) / 1000);
}

bool usm_is_timely(const struct usm *u, const struct message *m)
{
	return !u->trusted || m->boots > u->boots ||
	    (m->boots == u->boots && (uint64_t)m->time + WINDOW >= usm_time(u));
}
