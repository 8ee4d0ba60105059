/* What an agent reports instead of answering; a part of usm */
#include "snmp/usm-engine.h"
#include "base/i18n.h"

#include <string.h>

enum { RESYNCS = 2 };		/* in a row, until its clock is no clock */

/* Reports: RFC 3414, section 5 (usmStats); RFC 3412 and 3413 for the others. */

#define USM_STATS "1.3.6.1.6.3.15.1.1."

static enum wire_heard report_level(struct usm *u, struct err *e)
{
	err_kind(e, ERR_REFUSED, u->seal.level == LEVEL_NONE ?
	    _("the card wants its user \"%s\" to be authenticated (unsupportedSecLevels); "
	    "check the SNMP v3 level") :
	    _("the card does not have this level for its user \"%s\" (unsupportedSecLevels); "
	    "check the SNMP v3 level, and the user's passwords on the card"), u->user);
	return WIRE_REFUSED;
}

static enum wire_heard report_user(struct usm *u, struct err *e)
{
	err_kind(e, ERR_REFUSED, _("the card has no SNMP v3 user \"%s\" (unknownUserNames); "
	    "check the user name: capitals and blanks count"), u->user);
	return WIRE_REFUSED;
}

static enum wire_heard report_digest(struct usm *u, struct err *e)
{
	err_kind(e, ERR_REFUSED, _("the authentication password of SNMP v3 user \"%s\" is "
	    "wrong (wrongDigests); check it, and the authentication protocol"), u->user);
	return WIRE_REFUSED;
}

static enum wire_heard report_decryption(struct usm *u, struct err *e)
{
	err_kind(e, ERR_REFUSED, _("the card cannot decrypt what SNMP v3 user \"%s\" asks "
	    "(decryptionErrors); check the privacy password and the privacy protocol"), u->user);
	return WIRE_REFUSED;
}

static enum wire_heard report_context(struct usm *u, struct err *e)
{
	err_kind(e, ERR_REFUSED, _("the card has nothing to read for SNMP v3 user \"%s\" "
	    "(unknownContexts); check that the user profile is enabled in the card's "
	    "access control"), u->user);
	return WIRE_REFUSED;
}

static const struct {
	const char *oid;
	enum wire_heard (*heard)(struct usm *, struct err *);
} refusals[] = {
	{ USM_STATS "1.0", report_level },
	{ USM_STATS "3.0", report_user },
	{ USM_STATS "5.0", report_digest },
	{ USM_STATS "6.0", report_decryption },
	{ "1.3.6.1.6.3.12.1.5.0", report_context },	/* snmpUnknownContexts */
};

/*
 * As the msgID is this question's, an authentic report is no old one, even
 * if its time is: a card may have lost its clock and the count of its starts.
 */
static enum wire_heard out_of_window(struct usm *u, const struct message *m,
    bool authentic, struct err *e)
{
	if (++u->resyncs > RESYNCS) {
		usm_forget_engine(u);
		err_kind(e, ERR_REFUSED, _("the card says again and again that the question is "
		    "not in its time window (notInTimeWindows); its clock of SNMP v3 does not "
		    "run: restart the card's network interface"));
		return WIRE_REFUSED;
	}
	usm_take_time(u, m, authentic);
	return WIRE_AGAIN;
}

static bool is_search(const struct usm *u, uint32_t number)
{
	for (unsigned i = 0; i < POST_TRIES && i < u->searches_n; i++)
		if (u->searches[i] == number)
			return true;
	return false;
}

static enum wire_heard other_engine(struct usm *u, const struct message *m, struct err *e)
{
	if (!usm_is_engine(u, m)) {
		seal_forget(&u->seal);
		return usm_learn_engine(u, m) ? WIRE_AGAIN : WIRE_NOISE;
	}
	if (is_search(u, m->number))	/* a slow card answers each repetition of it */
		return WIRE_NOISE;
	usm_forget_engine(u);
	err_kind(e, ERR_REFUSED, _("the card does not know the engine ID that it gave itself "
	    "(unknownEngineIDs); restart the card's network interface"));
	return WIRE_REFUSED;
}

enum wire_heard usm_report(struct usm *u, const struct message *m,
    const struct agent_answer *a, bool authentic, struct err *e)
{
	const char *oid = a->n > 0 ? a->values[0].oid : "";

	if (!u->engine_len || strcmp(oid, USM_STATS "4.0") == 0)
		return other_engine(u, m, e);
	if (!usm_is_engine(u, m))
		return WIRE_NOISE;
	if (strcmp(oid, USM_STATS "2.0") == 0)
		return out_of_window(u, m, authentic, e);
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
		if (strcmp(oid, refusals[i].oid) == 0)
			return refusals[i].heard(u, e);
	err_kind(e, ERR_REFUSED, _("the card refuses SNMP v3 with report %s"), oid);
	return WIRE_REFUSED;
}
