/* decode - what an agent's values mean; see decode.h */
#include "snmp/decode.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_number(const struct agent_value *v)
{
	return v && (v->type == AGENT_INTEGER || v->type == AGENT_UNSIGNED ||
	    v->type == AGENT_TICKS);
}

/* NAN when none of the row's objects gives anything. */
static double row_number(const struct profile_reading *row,
    const struct agent_value *const *values)
{
	double all = NAN;

	for (size_t i = row->first; i < row->first + row->n; i++) {
		double x;

		if (!is_number(values[i]) || profile_in(&row->none, values[i]->number))
			continue;
		x = (double)values[i]->number * row->scale;
		/* of a card whose number for "none" the profile does not know */
		if (x < row->attr->least || x > row->attr->most)
			continue;
		if (isnan(all))
			all = x;
		else if (row->join == JOIN_SUM)
			all += x;
		else if (row->join == JOIN_MOST && x > all)
			all = x;
	}
	return all;
}

/* "", "0", "UNKNOWN": what cards say that do not know it. */
static bool says_nothing(const char *text)
{
	static const char *const words[] = { "unknown", "not supported", "n/a", "none" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcasecmp(text, words[i]) == 0)
			return true;
	return text[strspn(text, "0-. ")] == '\0';
}

static const char *row_text(const struct profile_reading *row,
    const struct agent_value *const *values)
{
	for (size_t i = row->first; i < row->first + row->n; i++)
		if (values[i] && values[i]->type == AGENT_TEXT && !says_nothing(values[i]->text))
			return values[i]->text;
	return NULL;
}

/* Cuts between characters. */
static void copy_text(char *to, size_t size, const char *from)
{
	size_t len = strlen(from);

	if (len >= size)
		for (len = size - 1; len > 0 && ((unsigned char)from[len] & 0xc0) == 0x80;)
			len--;
	memcpy(to, from, len);
	to[len] = '\0';
}

static bool decode_row(const struct profile_reading *row,
    const struct agent_value *const *values, struct reading *r)
{
	char *at = (char *)r + row->attr->offset;
	double *number = (double *)(void *)at;
	const char *text;

	if (row->attr->text) {
		text = *at ? NULL : row_text(row, values);
		if (text)
			copy_text(at, sizeof r->model, text);
		return text != NULL;
	}
	if (!isnan(*number))
		return false;
	*number = row_number(row, values);
	return !isnan(*number);
}

static bool map_matches(const struct profile_map *m, const struct agent_value *v)
{
	if (!m->places)
		return is_number(v) && profile_in(&m->from, v->number);
	if (v->type != AGENT_TEXT)
		return false;
	for (size_t i = 0; v->text[i]; i++)
		if (v->text[i] == '1' && profile_in(&m->from, (int64_t)i + 1))
			return true;
	return false;
}

/* told: one before it has told the state, be it that it is unknown. */
static void decode_state(const struct profile_state *st, const struct agent_value *v,
    struct reading *r, bool *told)
{
	for (size_t i = 0; v && i < st->n; i++) {
		const struct profile_map *m = &st->maps[i];

		if (!map_matches(m, v))
			continue;
		r->flags |= m->flags;
		if (m->tells_state && !*told)
			r->state = m->state;
		*told = *told || m->tells_state;
	}
}

void decode_reading(const struct profile *p, const struct agent_value *const *values,
    struct reading *r, bool *used)
{
	bool told = false;

	reading_clear(r);
	for (size_t i = 0; i < p->n_states; i++)
		decode_state(&p->states[i], values[p->states[i].oid], r, &told);
	if (r->state == UPS_COMM_LOST)
		r->flags = 0;
	else if (r->state == UPS_ON_BATTERY && r->flags & FLAG_LOW_BATTERY)
		r->state = UPS_LOW_BATTERY;
	for (size_t i = 0; i < p->n_readings; i++) {
		bool stale = r->state == UPS_COMM_LOST && !p->readings[i].attr->text;

		used[i] = !stale && decode_row(&p->readings[i], values, r);
	}
}

void decode_setting(const struct profile_setting *s, const struct agent_value *v,
    char *buf, size_t size)
{
	buf[0] = '\0';
	if (s->type == TYPE_TEXT && v->type == AGENT_TEXT)
		copy_text(buf, size, v->text);
	else if (s->type != TYPE_TEXT && is_number(v) && !profile_in(&s->none, v->number))
		snprintf(buf, size, "%.0f", (double)v->number * s->scale);
}

/* By how much the numbers of a text are to be multiplied to be in unit. */
static long factor(const char *text, const char *unit)
{
	const char *word = text + strlen(text);

	if (!unit || strcmp(unit, "s"))
		return 1;
	while (word > text && !isdigit((unsigned char)word[-1]))
		word--;
	word += strspn(word, " ");
	return strncasecmp(word, "min", 3) == 0 ? 60 :
	    strncasecmp(word, "hour", 4) == 0 ? 3600 : 1;
}

bool decode_allowed(const char *text, const char *unit, char *buf, size_t size)
{
	long times = factor(text, unit);
	const char *s = text;
	size_t at = 0;

	buf[0] = '\0';
	if (strncasecmp(text, "not ", 4) == 0)
		return false;
	while (*(s += strcspn(s, "0123456789"))) {
		char item[24], *after;
		long n = strtol(s, &after, 10);
		int len;

		if (n < 0 || n > 1000000)
			break;
		len = snprintf(item, sizeof item, "%s%ld", at ? "," : "", n * times);
		if ((size_t)len >= size - at)
			break;
		memcpy(buf + at, item, (size_t)len + 1);
		at += (size_t)len;
		s = after;
	}
	return true;
}
