/*
 * The wizards: with nothing answered each makes the site of the documents, what
 * is answered changes what is proposed, nothing that cannot be is taken, and a
 * wrong ui/wizard.xml is refused with its line.
 */
#include "app/wizard.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/ipv4.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "same-site.h"

static char dir[] = "/tmp/t-wizard.XXXXXX";
static struct wizards *wizards;
static struct loop *loop;

static const char *source(void)
{
	const char *s = getenv("top_srcdir");

	return s ? s : ".";
}

static struct wizard *start(const char *name)
{
	struct err e;
	const struct wizard_site *site = wizards_find(wizards, name, &e);

	if (!site)
		fail_msg("%s", e.text);
	return wizard_new(site);
}

static struct app *new_app(bool read_only)
{
	struct app_options o = { .read_only = read_only };
	struct err e;
	struct app *a = app_new(loop, &o, &e);

	if (!a)
		fail_msg("%s", e.text);
	return a;
}

static const struct wizard_question *question(const struct wizard *w, const char *key)
{
	for (size_t i = 0; i < wizard_count(w); i++)
		if (strcmp(wizard_at(w, i)->key, key) == 0)
			return wizard_at(w, i);
	return NULL;
}

static const char *value(const struct wizard *w, const char *key)
{
	const struct wizard_question *q = question(w, key);

	if (!q)
		fail_msg("%s is not asked", key);
	return q->value;
}

static const char *const samples[] = {
	"management-terminal", "no-management-terminal", "ssc-cluster", "mixed-1", "mixed-2",
	"mixed-3", "mixed-4", "mixed-5", "mixed-6", "mixed-7", "mixed-8", "mixed-9",
};

static void test_samples(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct wizard *w = start(samples[i]);
		struct app *made = new_app(false), *sample = new_app(false);
		char *path = mem_printf("%s/data/samples/%s.ini", source(), samples[i]);
		char *to = mem_printf("%s/%s.ini", dir, samples[i]);
		struct err e = { 0 };

		assert_true(app_open(sample, path, &e));
		if (!wizard_create(w, made, to, &e))
			fail_msg("%s: %s", samples[i], e.text);
		same_site(samples[i], app_site(made), app_site(sample));
		/* what is shown before is what is made */
		same_site(samples[i], wizard_preview(w), app_site(made));
		assert_int_equal(app_check(made)->count[SEVERITY_ERROR], 0);
		assert_true(app_modified(made));
		assert_int_not_equal(access(to, F_OK), 0);
		/* and it can be saved and read again */
		assert_true(app_save(made, &e));
		assert_true(app_open(made, to, &e));
		same_site(samples[i], app_site(made), app_site(sample));
		unlink(to);
		free(to);
		free(path);
		app_free(made);
		app_free(sample);
		wizard_free(w);
	}
}

/* Every standard site of the program is offered, with a page for each thing it asks. */
static void test_all_are_offered(void **state)
{
	(void)state;
	assert_int_equal(wizards->n, 13);
	for (size_t i = 0; i < wizards->n; i++) {
		struct wizard *w = wizard_new(&wizards->sites[i]);
		struct err e;
		int page = 0;

		assert_true(wizard_pages(w) >= 3);
		for (size_t q = 0; q < wizard_count(w); q++) {
			int at = wizard_at(w, q)->page;

			assert_true(at == page || at == page + 1);
			page = at;
		}
		assert_int_equal(page, wizard_pages(w) - 1);
		if (wizard_wrong(w, -1, &e) >= 0)
			fail_msg("%s: %s", wizards->sites[i].name, e.text);
		assert_false(wizard_answered(w));
		wizard_free(w);
	}
}

static void test_numbers(void **state)
{
	struct wizard *w = start("management-terminal");
	struct err e;

	(void)state;
	assert_string_equal(value(w, "node4-ups.Name"), "UPS6");
	assert_null(question(w, "node5.Name"));
	wizard_answer(w, "node3.Name", "third");
	wizard_answer(w, "Nodes", "2");
	assert_null(question(w, "node3.Name"));
	wizard_answer(w, "Nodes", "16");
	/* what was answered is still there, and goes on from it */
	assert_string_equal(value(w, "node3.Name"), "third");
	assert_string_equal(value(w, "node16-group.Name"), "CLUSTER16");
	assert_string_equal(value(w, "node16-ups.Name"), "UPS18");
	/* no proposal takes an address that is another's */
	assert_int_equal(wizard_wrong(w, -1, &e), -1);
	assert_int_equal(site_count(wizard_preview(w), KIND_TERMINAL), 17);
	assert_int_equal(site_count(wizard_preview(w), KIND_UPS), 18);
	/* half a number is none yet */
	wizard_answer(w, "Nodes", "1");
	assert_non_null(question(w, "node4.Name"));
	assert_null(question(w, "node5.Name"));
	assert_true(wizard_wrong(w, -1, &e) >= 0);
	assert_string_equal(e.text, "Cluster servers: 1 is not between 2 and 16");
	wizard_answer(w, "Nodes", "17");
	assert_true(wizard_wrong(w, 1, &e) >= 0);
	assert_int_equal(wizard_wrong(w, 0, &e), -1);
	wizard_free(w);

	w = start("no-management-terminal");
	wizard_answer(w, "ControlTerminals", "4");
	assert_string_equal(value(w, "control4-ups.Name"), "UPS4");
	assert_string_equal(value(w, "disk-ups.Name"), "UPS5");
	assert_string_equal(value(w, "linked1-ups.Name"), "UPS6");
	assert_int_equal(wizard_wrong(w, -1, &e), -1);
	assert_int_equal(wizard_pages(w), 7);
	wizard_answer(w, "LinkedTerminals", "0");
	assert_int_equal(wizard_pages(w), 6);
	wizard_free(w);
}

static void test_network(void **state)
{
	struct wizard *w = start("ssc-cluster");
	struct interface list[16];
	size_t n = interface_list(list, 16);
	struct err e;

	(void)state;
	wizard_answer(w, "Network", "172.16.134.12/255.255.255.0");
	assert_string_equal(value(w, "groups.CommunicationAddress"), "172.16.134.255");
	assert_string_equal(value(w, "control2-ups.Address"), "172.16.134.102");
	wizard_answer(w, "Network", "10.1.0.9/16");
	assert_string_equal(value(w, "groups.CommunicationAddress"), "10.1.255.255");
	assert_string_equal(value(w, "control1.Address"), "10.1.1.46");
	/* an answer of one's own stays, and the others go on from it */
	wizard_answer(w, "control1.Address", "10.1.7.254");
	assert_string_equal(value(w, "control2.Address"), "10.1.8.1");
	wizard_answer(w, "Network", "noif0");
	assert_true(wizard_wrong(w, 0, &e) >= 0);
	assert_non_null(strstr(e.text, "noif0: no interface of this machine is called so"));
	for (size_t i = 0; i < n; i++) {
		char want[16];

		wizard_answer(w, "Network", list[i].name);
		if (i && strcmp(list[i].name, list[i - 1].name) == 0)
			continue;
		assert_string_equal(value(w, "groups.CommunicationAddress"), ipv4_text(
		    ipv4_broadcast((struct ipv4_net){ list[i].address, list[i].mask }), want));
	}
	wizard_free(w);
}

static void test_refused(void **state)
{
	static const struct { const char *word, *words; } cases[] = {
		{ "control2.Adress=1.2.3.4", "control2.Adress: the wizard ssc-cluster does not ask this; the nearest that it asks is control2.Address" },
		{ "control3.Name=x", "the nearest that it asks is control" },
		{ "Nodes=3", "Nodes: the wizard ssc-cluster does not ask this" },
		{ "control1.Address=a b", "control1.Address: IP address: \"a b\" is not an IP address or a host name" },
		{ "control1-ups.Name=NUMBER-ONE", "is not 1..8 half-width characters" },
		{ "control-upses.ConfirmSeconds=-1", "control-upses.ConfirmSeconds: Power failure confirmation time: -1 is not between 0 and 3600 s" },
		{ "control-upses.Recovery=maybe", "is not none, ups or control" },
		{ "ControlTerminals=17", "17 is not between 2 and 16" },
		{ "Network=10.0.0.0/8/8", "Network: Network: " },
		{ "Network=", "Network" },
		{ "=x", "settings are given as KEY=VALUE" },
		{ "control1.Name", "settings are given as KEY=VALUE" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct wizard *w = start("ssc-cluster");
		char *words[] = { (char *)"BladeServers=3", (char *)cases[i].word };
		struct err e = { 0 };

		if (wizard_take(w, words, 2, &e))
			fail_msg("%s is taken", cases[i].word);
		assert_int_equal(e.kind, ERR_USAGE);
		if (!strstr(e.text, cases[i].words))
			fail_msg("\"%s\" has not \"%s\"", e.text, cases[i].words);
		wizard_free(w);
	}
}

static void test_any_order(void **state)
{
	struct wizard *w = start("ssc-cluster");
	char *words[] = { (char *)"BLADE3.name=third", (char *)"BladeServers=3" };
	struct err e;

	(void)state;
	if (!wizard_take(w, words, 2, &e))
		fail_msg("%s", e.text);
	assert_string_equal(value(w, "blade3.Name"), "third");
	assert_true(wizard_answered(w));
	/* an answer that is just the proposal is none */
	wizard_answer(w, "blade3.Name", "BLADE3");
	wizard_answer(w, "BladeServers", "2");
	assert_false(wizard_answered(w));
	wizard_free(w);
}

/* What the rules refuse is refused at its question, and nothing is made. */
static void test_rules_at_questions(void **state)
{
	static const struct { const char *first, *then, *value, *words; int page; } cases[] = {
		{ "control1.Name", "control2.Name", "SV",
		  "R13: SV is also the name of the terminal", 2 },
		{ "control1-ups.Name", "blade-ups.Name", "U", "R14: ", 4 },
		{ "site-group.Name", "blade-group.Name", "G", "R3: ", 4 },
		{ "rack2.Address", "rack-ups.Address", "172.16.1.9", "R13: ", 5 },
		{ NULL, "rack1.Address", "", "R13: EXP1 has no IP address", 5 },
		{ NULL, "control-disk-ups.ConfirmSeconds", "120", "R26: ", 6 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct wizard *w = start("ssc-cluster");
		struct app *a = new_app(false);
		char *path = mem_printf("%s/refused.ini", dir);
		struct err e = { 0 };

		/* what is only proposed gives way; what was answered does not */
		wizard_answer(w, cases[i].then, cases[i].value);
		if (cases[i].first) {
			assert_int_equal(wizard_wrong(w, -1, &e), -1);
			wizard_answer(w, cases[i].first, cases[i].value);
		}
		assert_true(wizard_wrong(w, -1, &e) >= 0);
		if (strncmp(e.text, cases[i].words, strlen(cases[i].words)) != 0)
			fail_msg("\"%s\" is not \"%s\"", e.text, cases[i].words);
		assert_int_equal(wizard_at(w, (size_t)wizard_wrong(w, -1, &e))->page,
		    cases[i].page);
		assert_true(wizard_wrong(w, cases[i].page, &e) >= 0);
		assert_int_equal(wizard_wrong(w, 0, &e), -1);
		assert_true(app_create(a, "/nonexistent/open.ini", &e));
		assert_false(wizard_create(w, a, path, &e));
		assert_string_equal(app_path(a), "/nonexistent/open.ini");
		assert_true(wizard_fits(a));
		wizard_free(w);
		app_free(a);
		free(path);
	}
}

/* All or nothing, and never over something that is there. */
static void test_create(void **state)
{
	struct wizard *w = start("single-server");
	struct app *a = new_app(false), *reader = new_app(true);
	char *path = mem_printf("%s/site.ini", dir);
	struct err e = { 0 };

	(void)state;
	assert_true(app_create(a, path, &e));
	assert_true(wizard_fits(a));
	assert_true(wizard_create(w, a, NULL, &e));
	assert_int_equal(site_count(app_site(a), KIND_TERMINAL), 1);
	assert_false(wizard_fits(a));
	assert_false(wizard_create(w, a, NULL, &e));
	assert_string_equal(e.text, "the open site is not empty");
	assert_int_equal(site_count(app_site(a), KIND_TERMINAL), 1);
	assert_true(app_save(a, &e));
	assert_false(wizard_create(w, a, path, &e));
	assert_non_null(strstr(e.text, "site.ini: is there already"));
	assert_int_equal(site_count(app_site(a), KIND_TERMINAL), 1);
	assert_true(app_create(reader, "/nonexistent/x.ini", &e));
	assert_false(wizard_create(w, reader, NULL, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	unlink(path);
	free(path);
	app_free(a);
	app_free(reader);
	wizard_free(w);
}

static void test_names_of_wizards(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_null(wizards_find(wizards, "scc-cluster", &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_string_equal(e.text, "there is no wizard \"scc-cluster\"; the nearest is ssc-cluster");
}

static char *arrangement(size_t *len)
{
	char *path = mem_printf("%s/ui/wizard.xml", source());
	struct err e;
	char *s = file_read(path, 1 << 20, len, &e);

	if (!s)
		fail_msg("%s", e.text);
	free(path);
	return s;
}

static void test_faults(void **state)
{
	static const struct { const char *from, *to, *words; } faults[] = {
		{ "field=\"Nodes\"", "field=\"Nods\"", "the wizard itself has no question \"Nods\"" },
		{ "part=\"groups\"", "part=\"group-s\"", "no standard site has a part \"group-s\"" },
		{ "field=\"GraceSeconds\"", "field=\"Grace\"", "there is no field \"Grace\" in a ups" },
		{ "field=\"GraceSeconds\"", "field=\"Parent\"", "there is no field \"Parent\" in a ups" },
		{ "initial=\"30\"", "initial=\"9999\"", "Power failure confirmation time: 9999 is not between 0 and 3600 s" },
		{ "initial=\"172.16.1.0/24\"", "initial=\"172.16.1.0\"", "is not an address and a mask" },
		{ "name=\"mixed-4\"", "name=\"mixed-44\"", "there is no standard site \"mixed-44\"" },
		{ "name=\"mixed-4\"", "name=\"mixed-3\"", "a second wizard \"mixed-3\"" },
		{ "<use page=\"mixed-groups\"/>", "<use page=\"mixed-grps\"/>", "there is no page \"mixed-grps\" above" },
		{ "<use page=\"mixed-groups\"/>", "", "the wizard \"mixed-1\" does not ask the name or number of \"power-group\"" },
		{ "<ask field=\"Nodes\" initial=\"4\"/>", "", "the wizard \"management-terminal\" does not ask the name or number of \"Nodes\"" },
		{ "<use page=\"single\"/>", "<use page=\"single\"/><use page=\"single\"/>", "asks " },
		{ "name=\"ups-values\"", "name=\"network\"", "a second page \"network\"" },
		{ "<section title=\"Communication\"", "<section", "<section> needs an attribute \"title\"" },
		{ "<table", "<tble", "" },
		{ "<section title=\"Its UPS\">", "<table title=\"\"><ask part=\"upses\" field=\"BuzzerTiming\"/></table><section title=\"\">", "the wizard \"management-terminal\" has no number of \"upses\" for a table" },
	};
	size_t len;
	char *good = arrangement(&len);

	(void)state;
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		char *at = strstr(good, faults[i].from), *bad;
		struct wizards *w = NULL;
		struct err e = { 0 };
		struct xml *doc;

		assert_non_null(at);
		bad = mem_printf("%.*s%s%s", (int)(at - good), good, faults[i].to,
		    at + strlen(faults[i].from));
		doc = xml_parse("wizard.xml", bad, strlen(bad), &e);
		if (doc)
			w = wizards_read(doc, &e);
		if (w || strncmp(e.text, "wizard.xml:", 11) != 0 || !strstr(e.text, faults[i].words))
			fail_msg("\"%s\" is not \"wizard.xml:LINE: %s\"", w ? "taken" : e.text,
			    faults[i].words);
		xml_free(doc);
		free(bad);
	}
	free(good);
}

static int begin(void **state)
{
	struct err e;

	(void)state;
	loop = loop_new();
	wizards = wizards_built_in(&e);
	if (!wizards)
		fprintf(stderr, "# %s\n", e.text);
	return wizards && mkdtemp(dir) ? 0 : -1;
}

static int end(void **state)
{
	char *command = mem_printf("rm -rf '%s'", dir);
	int status = system(command);

	(void)state;
	free(command);
	wizards_free(wizards);
	loop_free(loop);
	return status;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_all_are_offered),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_network),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_any_order),
		cmocka_unit_test(test_rules_at_questions),
		cmocka_unit_test(test_create),
		cmocka_unit_test(test_names_of_wizards),
		cmocka_unit_test(test_faults),
	};

	unsetenv("LANGUAGE");
	setenv("LC_ALL", "C.UTF-8", 1);
	i18n_init();
	return cmocka_run_group_tests_name("wizard", tests, begin, end);
}
