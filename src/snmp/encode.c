/* encode - what is to be sent for a value; see encode.h */
#include "snmp/encode.h"
#include "base/i18n.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

static const enum agent_type types[] = {
	[TYPE_INTEGER] = AGENT_INTEGER, [TYPE_TICKS] = AGENT_TICKS, [TYPE_TEXT] = AGENT_TEXT,
	[TYPE_UNSIGNED] = AGENT_UNSIGNED, [TYPE_OID] = AGENT_OID,
};

bool encode_value(const char *oid, enum profile_type type, double scale, const char *text,
    struct agent_value *v, struct err *e)
{
	long long n;
	char *end;

	*v = (struct agent_value){ .oid = oid, .type = types[type], .text = "" };
	if (type == TYPE_TEXT || type == TYPE_OID) {
		v->text = text;
		return type == TYPE_TEXT || oid_valid(text) ||
		    err_set(e, _("%s is no OID"), text);
	}
	errno = 0;
	n = strtoll(text, &end, 10);
	if (errno || end == text || *end)
		return err_set(e, _("%s is no number"), text);
	v->number = llround((double)n / scale);
	if (type == TYPE_INTEGER ? v->number < INT32_MIN || v->number > INT32_MAX :
	    v->number < 0 || v->number > UINT32_MAX)
		return err_set(e, _("%s is more than an object of SNMP can hold"), text);
	return true;
}

int encode_step(const struct profile_setting *s)
{
	return s->type == TYPE_TEXT || s->scale <= 1 ? 1 : (int)lround(s->scale);
}
