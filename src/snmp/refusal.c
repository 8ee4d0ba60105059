/* refusal - why a card did not take what was to be set; see refusal.h */
#include "snmp/refusal.h"
#include "base/i18n.h"
#include "base/text.h"

#include <stdio.h>

/* By error-status, RFC 3416 section 3. */
static const enum refusal kinds[] = {
	[0] = REFUSAL_NONE,
	[2] = REFUSAL_ACCESS,		/* noSuchName: v1 has no word for "not by you" */
	[3] = REFUSAL_VALUE,		/* badValue */
	[4] = REFUSAL_ACCESS,		/* readOnly */
	[5] = REFUSAL_FAULT,		/* genErr */
	[6] = REFUSAL_ACCESS,		/* noAccess */
	[7] = REFUSAL_OBJECT,		/* wrongType */
	[8] = REFUSAL_VALUE,		/* wrongLength */
	[9] = REFUSAL_OBJECT,		/* wrongEncoding */
	[10] = REFUSAL_VALUE,		/* wrongValue */
	[11] = REFUSAL_OBJECT,		/* noCreation */
	[12] = REFUSAL_VALUE,		/* inconsistentValue */
	[16] = REFUSAL_ACCESS,		/* authorizationError */
	[17] = REFUSAL_OBJECT,		/* notWritable */
	[18] = REFUSAL_OBJECT,		/* inconsistentName */
};

static enum refusal kind_of(int error)
{
	enum refusal kind = error > 0 && (size_t)error < sizeof kinds / sizeof *kinds ?
	    kinds[error] : REFUSAL_FAULT;

	return kind == REFUSAL_NONE ? REFUSAL_FAULT : kind;
}

/*
 * What the error-status says, and what a person can do about it: whole sentences, as
 * app/said.h recognizes them by.
 */
static void put_words(enum refusal kind, int error, char *buf, size_t size)
{
	const char *label = tr(agent_error_label(error)), *word = agent_error_word(error);

	if (kind == REFUSAL_ACCESS)
		snprintf(buf, size, _("%s (%s); or somebody is logged in to the card: then only "
		    "Write+ may. The community needs access type Write+, or at least Write"),
		    label, word);
	else if (error == 5)
		snprintf(buf, size, _("%s (%s); is the UPS connected to it, and in a state that "
		    "allows it?"), label, word);
	else if (error == 7)
		snprintf(buf, size, _("%s (%s): its profile names another one"), label, word);
	else
		snprintf(buf, size, "%s (%s)", label, word);
}

/* Agents answer "no error" with noSuchInstance to what they will not have written. */
static bool took_all(const struct agent_answer *a)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->values[i].type == AGENT_MISSING)
			return false;
	return true;
}

enum refusal refusal_words(const struct agent_answer *a, char *buf, size_t size)
{
	enum refusal kind;

	text_copy(buf, size, "");
	if (a->status == AGENT_DONE && took_all(a))
		return REFUSAL_NONE;
	if (a->status == AGENT_DONE) {
		text_copy(buf, size, _("the card answers that there is no such object to write: "
		    "this cannot be set on it, or not with this community"));
		return REFUSAL_OBJECT;
	}
	kind = kind_of(a->error);
	put_words(kind, a->error, buf, size);
	return kind;
}
