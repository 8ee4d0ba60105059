/*
 * nagios - check_amc: one line and a status, as Nagios and its kin want them.
 * 0 all is well, 1 warning, 2 critical, 3 not known.
 */
#include "app/watch.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/terminal.h"
#include "model/counted.h"
#include "model/reading.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WELL, WARNING, CRITICAL, UNKNOWN };

struct verdict {
	int status;
	size_t ups, terminals;
	struct text wrong, figures;
};

/* The worst counts; what is not known is less than what is known to be bad. */
static void judge(struct verdict *v, int status, const char *name, const char *word)
{
	static const int rank[] = { [WELL] = 0, [UNKNOWN] = 1, [WARNING] = 2, [CRITICAL] = 3 };

	if (status != WELL)
		text_printf(&v->wrong, "%s%s %s", v->wrong.len ? ", " : "", name, word);
	if (rank[status] > rank[v->status])
		v->status = status;
}

static const char *word_of(const struct json *j, const char *key)
{
	const char *s = json_get_text(j, key);

	return s ? s : "";
}

/* 'UPS1 load'=34%;;;0;100 */
static void figure(struct verdict *v, const struct json *ups, const char *key, const char *label,
    const char *unit)
{
	double n = json_get_number(ups, key, NAN);

	if (!isnan(n))
		text_printf(&v->figures, " '%s %s'=%.10g%s", word_of(ups, "name"), label, n, unit);
}

static void judge_ups(struct verdict *v, const struct json *ups)
{
	static const int of_severity[] = { WELL, WELL, WARNING, CRITICAL };
	const struct json *flags = json_get(ups, "flags");
	const char *word = word_of(ups, "state"), *flag;
	enum ups_state state = UPS_UNKNOWN;
	char buf[24];

	v->ups++;
	state_from_word(word, &state);
	judge(v, state == UPS_UNKNOWN ? UNKNOWN : of_severity[state_severity(state)],
	    word_of(ups, "name"), word);
	for (size_t i = 0; i < json_count(flags); i++) {
		flag = json_word(json_at(flags, i), buf);
		if (flag && (strstr(flag, "battery") || strstr(flag, "over")))
			judge(v, WARNING, word_of(ups, "name"), flag);
	}
	figure(v, ups, "load_percent", "load", "%");
	figure(v, ups, "charge_percent", "charge", "%");
	figure(v, ups, "runtime_seconds", "runtime", "s");
	figure(v, ups, "input_voltage", "input", "");
}

static void judge_terminal(struct verdict *v, const struct json *t)
{
	const char *word = word_of(t, "state");
	enum terminal_state s = TERMINAL_REFUSED;

	while (s > TERMINAL_UNKNOWN && strcmp(word, terminal_state_word(s)) != 0)
		s--;
	v->terminals++;
	judge(v, terminal_state_severity(s) ? WARNING :
	    strcmp(word, "unknown") == 0 ? UNKNOWN : WELL,
	    word_of(t, "name"), word);
}

static int tell(const struct verdict *v)
{
	static const char *const words[] = { "OK", "WARNING", "CRITICAL", "UNKNOWN" };
	char terminals[COUNTED_MAX];

	printf("AMC %s - ", words[v->status]);
	if (v->wrong.len)
		printf("%s", v->wrong.s);
	else
		printf(ngettext("%zu UPS and %s: all is well", "%zu UPSs and %s: all is well", v->ups),
		    v->ups, counted_nodes(KIND_TERMINAL, v->terminals, terminals));
	printf(" |%s\n", v->figures.s ? v->figures.s : "");
	return v->status;
}

static bool look(struct cli *c, struct verdict *v, struct err *e)
{
	struct question q = { .method = "GET", .path = "/v1/status",
		.role = c->role ? c->role : "viewer" };
	size_t len = 0;
	char *answer = terminal_answer(c, c->argv[0], &q, &len, e);
	struct json *j = answer ? json_parse(answer, len, e) : NULL;
	const struct json *ups = j ? json_get(j, "ups") : NULL;
	const struct json *terminals = j ? json_get(j, "terminals") : NULL;

	for (size_t i = 0; i < json_count(ups); i++)
		judge_ups(v, json_at(ups, i));
	for (size_t i = 0; i < json_count(terminals); i++)
		judge_terminal(v, json_at(terminals, i));
	json_free(j);
	free(answer);
	return j != NULL;
}

int verb_check_amc(struct cli *c)
{
	struct verdict v = { .status = WELL };
	struct err e = { .text = "" };

	if (!look(c, &v, &e)) {
		printf("AMC UNKNOWN - %s\n", e.text);
		return UNKNOWN;
	}
	tell(&v);
	text_done(&v.wrong);
	text_done(&v.figures);
	return v.status;
}
