/*
 * The smallest sites that break each rule, tests/rules/RNN*.ini: each is told
 * of its own rule alone, in these words and with this line, and the change that
 * is offered silences it.
 *
 * What is expected stands in the file's first comments:
 *
 *   ; fact UPS1 runtime=100
 *   ; expect 12 warning: words [UPS1 GraceSeconds=300]
 *   ; expect 25 warning: words [SERVER3 to Bare/@linked in SERVER3]
 *
 * That moves mend is seen by tests/mend.sh, as more than the model makes them.
 */
#include "model/rules.h"
#include "store/sitefile.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define KNOWN 8		/* facts of so many nodes, and so many limits, a file */

/* One file, with what stands in its comments. */
struct sample {
	const char *path;
	char rule[8];
	char *bytes;
	struct text want;
	struct sitefile *file;
	struct findings faults;		/* of the loading: R1, R2 */
	struct facts facts;
	struct ups_facts ups[KNOWN];
	struct reading readings[KNOWN];
	struct terminal_facts terminals[KNOWN];
	struct card_limit limits[KNOWN];
	size_t n_ups, n_terminals, n_limits;
};

static void fact_of_ups(struct sample *s, unsigned id, char *key, char *value)
{
	struct ups_facts *f = (struct ups_facts *)facts_ups(&s->facts, id);
	struct reading *r;
	struct card_limit *l;
	char *list;

	if (!f) {
		f = &s->ups[s->n_ups];
		r = &s->readings[s->n_ups++];
		reading_clear(r);
		r->state = UPS_ONLINE;
		text_copy(r->model, sizeof r->model, "Smart-UPS 1400");
		*f = (struct ups_facts){ .answer = CARD_ANSWERS, .reading = r };
		facts_put_ups(&s->facts, id, f);
	}
	r = (struct reading *)f->reading;
	if (strcmp(key, "runtime") == 0) {
		r->runtime_seconds = atof(value);
	} else if (strcmp(key, "state") == 0) {
		assert_true(state_from_word(value, &r->state));
	} else if (strcmp(key, "model") == 0) {
		text_copy(r->model, sizeof r->model, value);
	} else if (strcmp(key, "serial") == 0) {
		text_copy(r->serial, sizeof r->serial, value);
	} else if (strcmp(key, "answer") == 0) {
		f->answer = strcmp(value, "no") == 0 ? CARD_SILENT : CARD_ANSWERS;
	} else if (strcmp(key, "refuses") == 0) {
		f->refuses = true;
	} else {	/* GraceSeconds=up:20,180,300 */
		list = strchr(value, ':');
		assert_non_null(list);
		*list++ = '\0';
		l = &s->limits[s->n_limits++];
		*l = (struct card_limit){ field_find(ups_fields, key), list,
			strcmp(value, "up") == 0 ? 1 :
			strcmp(value, "down") == 0 ? -1 : 0 };
		assert_non_null(l->field);
		if (!f->limits)
			f->limits = l;
		f->n_limits++;
	}
}

static void fact_of_terminal(struct sample *s, unsigned id, const char *key,
    const char *value)
{
	struct terminal_facts *f =
	    (struct terminal_facts *)facts_terminal(&s->facts, id);

	if (!f) {
		f = &s->terminals[s->n_terminals++];
		facts_put_terminal(&s->facts, id, f);
	}
	if (strcmp(key, "from") == 0) {
		f->speaks_from = value;
	} else if (strcmp(key, "clock") == 0) {
		f->clock_known = true;
		f->clock_ahead = atof(value);
	} else if (strcmp(key, "silent") == 0) {
		f->silent_cards = value;
	} else if (strcmp(key, "software") == 0) {
		f->other_software = value;
	} else {
		assert_string_equal(key, "hypervisor");
		f->hypervisor_acts = strcmp(value, "yes") == 0 ? KNOWN_YES :
		    KNOWN_NO;
	}
}

static void take_fact(struct sample *s, char *words)
{
	char *key = strchr(words, ' '), *value = strchr(words, '=');
	struct node *n;
	struct err e;

	assert_true(key && value && key < value);
	*key++ = '\0';
	*value++ = '\0';
	n = site_lookup(sitefile_site(s->file), words, NULL, &e);
	if (!n)
		fail_msg("%s: %s", s->path, e.text);
	if (n->kind == KIND_UPS)
		fact_of_ups(s, n->id, key, value);
	else
		fact_of_terminal(s, n->id, key, value);
}

static void read_sample(struct sample *s, const char *path)
{
	const char *name = strrchr(path, '/') + 1;
	struct err e = { .text = "" };
	char *line, *rest;
	size_t len;

	memset(s, 0, sizeof *s);
	s->path = path;
	len = 1 + strspn(name + 1, "0123456789");
	assert_true(len < sizeof s->rule);
	memcpy(s->rule, name, len);
	s->file = sitefile_read(path, &s->faults, &e);
	s->bytes = file_read(path, SITEFILE_MAX, &len, &e);
	if (!s->file || !s->bytes)
		fail_msg("%s: %s", path, e.text);
	text_add(&s->want, "");
	for (line = strtok_r(s->bytes, "\n", &rest); line && *line == ';';
	    line = strtok_r(NULL, "\n", &rest)) {
		if (strncmp(line, "; fact ", 7) == 0)
			take_fact(s, line + 7);
		if (strncmp(line, "; expect ", 9) == 0)
			text_printf(&s->want, "%s\n", line + 9);
	}
}

static void sample_done(struct sample *s)
{
	sitefile_free(s->file);
	findings_done(&s->faults);
	facts_done(&s->facts);
	text_done(&s->want);
	free(s->bytes);
}

/* All that the rules say, with what they offer; the loader's words come first. */
static void check(struct sample *s, struct findings *l)
{
	size_t i;

	*l = (struct findings){ 0 };
	rules_check(sitefile_site(s->file), l);
	rules_check_live(sitefile_site(s->file), &s->facts, l);
	for (i = 0; i < l->n; i++)
		l->list[i].line = sitefile_line(s->file, l->list[i].node,
		    l->list[i].field);
}

static void print(const struct sample *s, const struct findings *l,
    struct text *out)
{
	const struct site *site = sitefile_site(s->file);
	const struct finding *f;
	size_t i;

	for (i = 0; i < l->n; i++) {
		f = &l->list[i];
		if (strcmp(f->rule, s->rule) != 0)
			text_printf(out, "(%s) ", f->rule);
		text_printf(out, "%ld %s: %s", f->line,
		    severity_word(f->severity), f->message);
		if (f->fix_key)
			text_printf(out, " [%s %s=%s]",
			    node_name(site_find(site, f->fix_node)),
			    f->fix_key, f->fix_value);
		else if (f->fix_node)
			text_printf(out, " [%s to %s/%s%s%s]",
			    node_name(site_find(site, f->fix_node)),
			    node_name(site_find(site, f->fix_parent)),
			    container_word(f->fix_container), f->fix_group ? " in " : "",
			    f->fix_group ? f->fix_group : "");
		text_add(out, "\n");
	}
}

typedef void sample_test(struct sample *);

static void each_sample(sample_test *test)
{
	const char *top = getenv("top_srcdir");
	char pattern[4096];
	struct sample s;
	glob_t g;
	size_t i;

	snprintf(pattern, sizeof pattern, "%s/tests/rules/R*.ini",
	    top ? top : ".");
	assert_int_equal(glob(pattern, 0, NULL, &g), 0);
	for (i = 0; i < g.gl_pathc; i++) {
		read_sample(&s, g.gl_pathv[i]);
		test(&s);
		sample_done(&s);
	}
	globfree(&g);
}

static void one_is_told(struct sample *s)
{
	struct text told = { 0 };
	struct findings l;

	check(s, &l);
	text_add(&told, "");
	print(s, &s->faults, &told);
	print(s, &l, &told);
	if (!*s->want.s || strcmp(told.s, s->want.s) != 0)
		fail_msg("%s says:\n%sinstead of:\n%s", s->path, told.s,
		    s->want.s);
	findings_done(&l);
	text_done(&told);
}

static void each_breaks_its_rule_alone(void **state)
{
	(void)state;
	each_sample(one_is_told);
}

/* What is offered is in the field's range; taken, nothing more is said there. */
static void one_is_mended(struct sample *s)
{
	struct site *site = sitefile_site(s->file);
	struct text told = { 0 };
	struct findings l;
	struct node *n;
	struct err e = { .text = "" };
	size_t i, offered = 0, asked;

	check(s, &l);
	asked = l.n;
	for (i = 0; i < l.n; i++) {
		if (!l.list[i].fix_key)
			continue;
		n = site_find(site, l.list[i].fix_node);
		if (!site_set(site, n, field_find(record_fields(n->kind),
		    l.list[i].fix_key), l.list[i].fix_value, &e))
			fail_msg("%s: %s", s->path, e.text);
		offered++;
	}
	findings_done(&l);
	if (!offered)
		return;
	assert_int_equal(offered, asked);
	check(s, &l);
	text_add(&told, "");
	print(s, &l, &told);
	if (l.n)
		fail_msg("%s, mended, says:\n%s", s->path, told.s);
	findings_done(&l);
	text_done(&told);
}

static void what_is_offered_mends(void **state)
{
	(void)state;
	each_sample(one_is_mended);
}

static void each_rule_is_broken_once(void **state)
{
	const char *top = getenv("top_srcdir");
	char pattern[4096];
	const struct rule *r;
	glob_t g;

	(void)state;
	for (r = rules; r->number; r++) {
		snprintf(pattern, sizeof pattern,
		    "%s/tests/rules/%s[.-]*ini", top ? top : ".", r->number);
		if (glob(pattern, 0, NULL, &g) != 0)
			fail_msg("%s: no site in tests/rules breaks it",
			    r->number);
		globfree(&g);
	}
}

/* Without facts nothing is said that needs them. */
static void one_is_silent(struct sample *s)
{
	struct findings l = { 0 };
	struct facts nothing = { 0 };

	rules_check_live(sitefile_site(s->file), &nothing, &l);
	assert_int_equal(l.n, 0);
	findings_done(&l);
}

static void what_is_not_known_is_not_told(void **state)
{
	(void)state;
	each_sample(one_is_silent);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_rule_is_broken_once),
		cmocka_unit_test(each_breaks_its_rule_alone),
		cmocka_unit_test(what_is_offered_mends),
		cmocka_unit_test(what_is_not_known_is_not_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
