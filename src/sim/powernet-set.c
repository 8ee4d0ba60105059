/* What is written to PowerNet of a simulated card; a part of powernet */
#include "sim/powernet-set.h"

#include <ctype.h>
#include <string.h>

enum set_result powernet_set_name(struct simcard *c, const struct powernet_row *r,
    const struct value *v, bool apply)
{
	char name[9];

	(void)r;
	if (v->len > 8)
		return SET_WRONG_LENGTH;
	if (!simcard_linked(c))
		return SET_GENERAL_ERROR;
	memcpy(name, v->bytes, v->len);
	name[v->len] = '\0';
	if (apply)
		simcard_set_name(c, name);
	return SET_OK;
}

/* mm/dd/yy or mm/dd/yyyy */
enum set_result powernet_set_replaced(struct simcard *c, const struct powernet_row *r,
    const struct value *v, bool apply)
{
	const char *s = v->bytes;
	char date[11];
	size_t i;

	(void)r;
	if (v->len != 8 && v->len != 10)
		return SET_WRONG_LENGTH;
	for (i = 0; i < v->len; i++)
		if (i == 2 || i == 5 ? s[i] != '/' : !isdigit((unsigned char)s[i]))
			return SET_WRONG_VALUE;
	if (!simcard_linked(c))
		return SET_GENERAL_ERROR;
	memcpy(date, s, v->len);
	date[v->len] = '\0';
	if (apply)
		simcard_set_replaced(c, date);
	return SET_OK;
}

enum set_result powernet_set_setting(struct simcard *c, const struct powernet_row *r,
    const struct value *v, bool apply)
{
	const int64_t n = v->number > INT32_MAX ? INT32_MAX :
	    v->number < INT32_MIN ? INT32_MIN : v->number;

	if (setting_is_fixed(r->id))
		return SET_NOT_WRITABLE;
	if (!simcard_linked(c))
		return SET_GENERAL_ERROR;
	return simcard_set_setting(c, r->id, n, apply) ? SET_OK : SET_WRONG_VALUE;
}

static enum set_result outcome(enum command_result result)
{
	return result == COMMAND_DONE ? SET_OK : result == COMMAND_REFUSED ?
	    SET_GENERAL_ERROR : SET_WRONG_VALUE;
}

enum set_result powernet_set_command(struct simcard *c, const struct powernet_row *r,
    const struct value *v, bool apply)
{
	if (v->number < 1 || v->number > 99)
		return SET_WRONG_VALUE;
	return outcome(simcard_command(c, r->id, v->number, apply));
}

enum set_result powernet_set_group(struct simcard *c, const struct powernet_row *r,
    const struct value *v, bool apply)
{
	if (v->number < 1 || v->number > 99)
		return SET_WRONG_VALUE;
	return outcome(simcard_group_command(c, r->id, v->number, apply));
}

enum set_result powernet_set_delay(struct simcard *c, const struct powernet_row *r,
    const struct value *v, bool apply)
{
	const enum group_delay which = r->id % GROUP_DELAYS;

	/* -1: never, but a reboot ends */
	if (v->number < (which == GROUP_REBOOT_TIME ? 0 : -1) || v->number > 1800)
		return SET_WRONG_VALUE;
	if (!simcard_linked(c))
		return SET_GENERAL_ERROR;
	if (apply)
		simcard_set_group_delay(c, r->id / GROUP_DELAYS, which, v->number);
	return SET_OK;
}
