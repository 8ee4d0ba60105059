/*
 * A site as documents of other formats, in the small: tables as text, what a
 * spreadsheet must not run, addresses of NUT, ids and names, secrets that stay.
 * Whole programs and second opinions are in exchange.sh.
 */
#include "base/csv.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/xml.h"
#include "store/exchange.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Cells as "a|b", rows ended by "/"; or the words of the fault. */
static const struct { const char *bytes, *cells; } tables[] = {
	{ "", "" },
	{ "a,b\nc,d\n", "a|b/c|d/" },
	{ "a,b\r\nc,d", "a|b/c|d/" },
	{ "\xef\xbb\xbf" "a,b\n", "a|b/" },
	{ "a;b\nc;d,e\n", "a|b/c|d,e/" },
	{ "a\tb\n", "a|b/" },
	{ "\"a;b\"\tc\n", "a;b|c/" },
	{ "\"a,b\",\"c\"\"d\",\n", "a,b|c\"d|/" },
	{ "\"a\nb\",c\n\n\nd\n", "a\nb|c/d/" },
	{ "a,\n,b\n", "a|/|b/" },
	{ "a b , c\n", "a b | c/" },
	{ "a\"b\n", "a\"b/" },
	{ "a\n\"b\n", "a/line 2: a quote is not closed" },
	{ "\"a\"b\n", "line 1: something stands behind a quoted cell" },
	{ "a\n\"x\ny\"\n\x83\x65\n", "a/x\ny/line 4: this is not UTF-8: save the table as \"CSV UTF-8\"" },
};

static void test_tables(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		struct csv c;
		struct csv_row row = { 0 };
		struct text got = { 0 };
		struct err e;

		csv_init(&c, tables[i].bytes, strlen(tables[i].bytes));
		text_add(&got, "");
		while (csv_next(&c, &row, &e)) {
			for (size_t k = 0; k < row.n; k++)
				text_printf(&got, "%s%s", k ? "|" : "", row.cells[k]);
			text_add(&got, "/");
		}
		text_add(&got, e.text);
		assert_string_equal(got.s, tables[i].cells);
		text_done(&got);
		csv_done(&row);
	}
}

/* What is written is read as the same, whatever it is. */
static void test_cells(void **state)
{
	static const char *const cells[] = { "", "a", " a ", "a,b", "a;b", "a\tb", "a\nb",
		"a\r\nb", "\"", "\"\"", "a\"b", "電源" };
	struct text out = { 0 };
	struct csv_row row = { 0 };
	struct csv c;
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
		csv_put(&out, cells[i], i == 0);
	csv_end(&out);
	csv_init(&c, out.s, out.len);
	assert_true(csv_next(&c, &row, &e));
	assert_int_equal(row.n, sizeof cells / sizeof *cells);
	for (size_t i = 0; i < row.n; i++)
		assert_string_equal(row.cells[i], cells[i]);
	assert_false(csv_next(&c, &row, &e));
	assert_string_equal(e.text, "");
	csv_done(&row);
	text_done(&out);
}

static const char schema[] =
    "<grammar xmlns='http://relaxng.org/ns/structure/1.0'><start><element name='a'>"
    "<zeroOrMore><element name='b'><attribute name='c'/></element></zeroOrMore>"
    "</element></start></grammar>";

static void test_xml(void **state)
{
	static const char *const values[] = { "", " x ", "<&>\"'", "電源", "a&amp;b", "\xf0\x9f\x94\x8b" };
	struct xml *x = xml_new("a");
	const struct xml_node *n;
	struct err e = { .text = "" };
	size_t i, count = sizeof values / sizeof *values;
	char *bytes;

	(void)state;
	for (i = 0; i < count; i++)
		xml_put(xml_add(xml_top(x), "b"), "c", values[i]);
	bytes = xml_print(x);
	xml_free(x);
	x = xml_parse("x.xml", bytes, strlen(bytes), &e);
	assert_non_null(x);
	assert_true(xml_valid(x, schema, sizeof schema - 1, &e));
	for (n = xml_first(xml_root(x)), i = 0; n; n = xml_next(n), i++)
		assert_string_equal(xml_attr(n, "c"), values[i]);
	assert_int_equal(i, count);
	xml_free(x);
	free(bytes);

	x = xml_parse("x.xml", "<a>\n<b c=''/>\n<b/>\n</a>", 23, &e);
	assert_non_null(x);
	assert_false(xml_valid(x, schema, sizeof schema - 1, &e));
	assert_memory_equal(e.text, "x.xml:3: ", 9);
	assert_false(xml_valid(x, "<grammar/>", 10, &e));
	assert_string_equal(e.text, "x.xml: the schema cannot be used");
	xml_free(x);
}

/* network: A { @power U1, @control T1 } with secrets */
static struct site *small_site(void)
{
	struct site *s = site_new();
	struct node *a = site_add(s, &site_network(s)->node, IN_ITSELF, KIND_GROUP, "A", NULL);
	struct node *u = site_add(s, a, IN_POWER, KIND_UPS, "U1", NULL);

	site_add(s, a, IN_CONTROL, KIND_TERMINAL, "T1", NULL);
	site_set(s, a, field_find(group_fields, "SnmpCommunity"), "geheim", NULL);
	site_set(s, u, field_find(ups_fields, "SnmpAuthPassword"), "password", NULL);
	return s;
}

/* Reads a document into the small site; NULL and the words in *e. */
static struct site *read_text(enum exchange_format format, const char *text, struct err *e)
{
	struct site *now = small_site();
	struct text notes = { 0 };
	struct exchange_in in = { .name = "doc", .bytes = text, .len = strlen(text),
		.now = now, .into = site_id(KIND_GROUP, 1), .notes = &notes };
	struct site *got;

	*e = (struct err){ .text = "" };
	got = exchange_read(format, &in, e);
	text_done(&notes);
	site_free(now);
	return got;
}

static struct node *named(struct site *s, const char *name)
{
	struct err e = { .text = "" };
	struct node *n = s ? site_lookup(s, name, NULL, &e) : NULL;

	if (!n)
		fail_msg("%s: %s", name, e.text);
	return n;
}

/* A document without secrets leaves them; one with secrets says what there is. */
static void test_secrets(void **state)
{
	struct err e;
	struct site *s = read_text(EXCHANGE_XML, "<site format='1' secrets='no'>"
	    "<group id='Group1' name='B'/></site>", &e);

	(void)state;
	assert_string_equal(node_group(named(s, "B"))->set->snmp_community, "geheim");
	site_free(s);
	s = read_text(EXCHANGE_XML, "<site format='1' secrets='yes'>"
	    "<group id='Group1' name='B'/></site>", &e);
	assert_string_equal(node_group(named(s, "B"))->set->snmp_community, "public");
	site_free(s);
	/* a secret that is there counts in both */
	s = read_text(EXCHANGE_XML, "<site format='1' secrets='no'><group id='Group1' name='B'>"
	    "<set key='SnmpCommunity' value='new'/></group></site>", &e);
	assert_string_equal(node_group(named(s, "B"))->set->snmp_community, "new");
	site_free(s);
}

/* Without an id it is the one of its name, or a new one, never one in the document. */
static void test_ids(void **state)
{
	struct err e;
	struct site *s = read_text(EXCHANGE_XML, "<site format='1' secrets='no'><group name='A'>"
	    "<power><ups name='U1'/><ups name='U2'/><ups id='Ups9' name='U9'/></power>"
	    "</group></site>", &e);

	(void)state;
	assert_int_equal(named(s, "A")->id, site_id(KIND_GROUP, 1));
	assert_int_equal(named(s, "U1")->id, site_id(KIND_UPS, 1));
	assert_int_equal(named(s, "U2")->id, site_id(KIND_UPS, 10));
	assert_string_equal(node_ups(named(s, "U1"))->set->snmp_auth_password, "password");
	assert_null(site_named(s, KIND_TERMINAL, "T1", NULL));
	site_free(s);
}

static const struct { const char *cell, *value; } texts[] = {
	{ "=1+1", "=1+1" }, { "'=1+1", "=1+1" }, { "''=x", "'=x" }, { "'", "'" },
	{ "'abc", "'abc" }, { "''", "'" }, { "'(none)", "(none)" },
	{ "'\xef\xbc\x9d", "\xef\xbc\x9d" }, { "'-20", "-20" }, { "x=1", "x=1" },
};

/* What a cell means; and told again it means the same. */
static void test_apostrophes(void **state)
{
	struct exchange_out o = { 0 };
	struct text notes = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		char *doc = mem_printf("name,Description\nU1,\"%s\"\n", texts[i].cell);
		struct text out = { 0 };
		struct err e;
		struct site *s = read_text(EXCHANGE_CSV, doc, &e), *again;

		assert_string_equal(node_description(named(s, "U1")), texts[i].value);
		exchange_print(s, EXCHANGE_CSV, &o, &out, &notes);
		again = read_text(EXCHANGE_CSV, out.s, &e);
		assert_string_equal(node_description(named(again, "U1")), texts[i].value);
		site_free(s);
		site_free(again);
		text_done(&out);
		free(doc);
	}
	text_done(&notes);
}

static const struct { const char *port, *address; int number; } ports[] = {
	{ "10.0.0.1", "10.0.0.1", 161 }, { "10.0.0.1:1161", "10.0.0.1", 1161 },
	{ "udp:10.0.0.1:162", "10.0.0.1", 162 }, { "ups.example", "ups.example", 161 },
	{ "udp6:[::1]:1161", "::1", 1161 }, { "[fe80::1]", "fe80::1", 161 },
	{ "::1", "::1", 161 }, { "\"10.0.0.1\"  # a card", "10.0.0.1", 161 },
	{ "10.0.0.1:x", NULL, 0 }, { "10.0.0.1:70000", NULL, 0 }, { "[::1", NULL, 0 },
	{ "a b", NULL, 0 },
};

static void test_nut_ports(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof ports / sizeof *ports; i++) {
		char *doc = mem_printf("[N1]\ndriver = snmp-ups\nport = %s\n", ports[i].port);
		struct err e;
		struct site *s = read_text(EXCHANGE_NUT, doc, &e);

		if (ports[i].address) {
			assert_string_equal(node_address(named(s, "N1")), ports[i].address);
			assert_int_equal(node_ups(named(s, "N1"))->set->snmp_port, ports[i].number);
		} else {
			assert_null(s);
			assert_memory_equal(e.text, "doc:", 4);
		}
		site_free(s);
		free(doc);
	}
}

/* A community that the group has is not set on each UPS. */
static void test_nut_inherits(void **state)
{
	struct err e;
	struct site *s = read_text(EXCHANGE_NUT, "[U1]\ndriver=snmp-ups\nport=10.0.0.1\n"
	    "community=geheim\n[N1]\ndriver=snmp-ups\nport=10.0.0.2\ncommunity=other\n"
	    "[a-very-long-name]\ndriver=snmp-ups\nport=10.0.0.3\n"
	    "[a-very-long-one]\ndriver=snmp-ups\nport=10.0.0.4\n", &e);

	(void)state;
	assert_string_equal(node_ups(named(s, "U1"))->set->snmp_community, "");
	assert_string_equal(node_ups(named(s, "N1"))->set->snmp_community, "other");
	assert_string_equal(node_description(named(s, "a-very-l")), "a-very-long-name");
	assert_string_equal(node_address(named(s, "a-very-2")), "10.0.0.4");
	site_free(s);
}

/* Deep, odd and wrong JSON. */
static void test_json_members(void **state)
{
	struct err e;
	static const char text[] = "{\"a\":1,\"b\":null,\"c\":\"x\",\"d\":1.5,\"e\":true}";
	struct json *j = json_parse(text, sizeof text - 1, &e);
	const char *key, *want[] = { "1", "", "x", NULL, NULL };
	char buf[24];
	size_t i;

	(void)state;
	assert_non_null(j);
	for (i = 0; i < 5; i++) {
		const char *word = json_word(json_member(j, i, &key), buf);

		assert_int_equal(key[0], "abcde"[i]);
		if (want[i])
			assert_string_equal(word, want[i]);
		else
			assert_null(word);
	}
	assert_null(json_member(j, 5, &key));
	assert_null(json_word(NULL, buf));
	assert_true(json_is_yes(json_get(j, "e")));
	assert_false(json_is_yes(json_get(j, "a")));
	json_free(j);
	assert_null(read_text(EXCHANGE_JSON, "[]", &e));
	assert_string_equal(e.text, "doc: the document is no object");
	assert_null(read_text(EXCHANGE_JSON, "{\"schema\":\"amc.site.v1\",\"kind\":\"network\","
	    "\"children\":[{\"kind\":\"network\",\"name\":\"x\"}]}", &e));
	assert_string_equal(e.text, "doc: \"kind\" is not group, ups or terminal");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_cells),
		cmocka_unit_test(test_xml),
		cmocka_unit_test(test_secrets),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_apostrophes),
		cmocka_unit_test(test_nut_ports),
		cmocka_unit_test(test_nut_inherits),
		cmocka_unit_test(test_json_members),
	};

	return cmocka_run_group_tests_name("exchange", tests, NULL, NULL);
}
