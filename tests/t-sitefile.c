/*
 * ac_e_net.ini as a whole: nothing is lost, an edit changes only its own
 * lines, and every fault is told with its line. Saving: t-save.c.
 */
#include "store/sitefile.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

#include <glob.h>
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "node.h"

#define NET "[Network]\nFormat=1\nRevision=1\n"
#define G1 "[Group1]\nName=A\nParent=Network\n"

/* "LINE severity RULE: words" of all findings, a line each; yours to free. */
static char *told(const struct findings *l)
{
	struct text out = { 0 };
	size_t i;

	for (i = 0; i < l->n; i++)
		text_printf(&out, "%ld %s %s%s%s\n", l->list[i].line,
		    severity_word(l->list[i].severity), l->list[i].rule,
		    *l->list[i].rule ? ": " : "", l->list[i].message);
	return text_take(&out);
}

static struct sitefile *parse(const char *s, size_t len, struct findings *found)
{
	return sitefile_parse("site.ini", mem_ndup(s, len), len, found);
}

static struct sitefile *parse_good(const char *s)
{
	struct findings found = { 0 };
	struct sitefile *f = parse(s, strlen(s), &found);

	if (found.n)
		fail_msg("%ld: %s", found.list[0].line, found.list[0].message);
	findings_done(&found);
	return f;
}

static void prints(struct sitefile *f, const char *want, size_t want_len)
{
	struct err e = { .text = "" };
	size_t len;
	char *s = sitefile_print(f, &len, &e);

	if (!s)
		fail_msg("%s", e.text);
	if (len != want_len || memcmp(s, want, len) != 0)
		assert_string_equal(s, want);
	free(s);
}

/* Lossless */

static char *convert(const char *from, const char *to, const char *s, size_t *len)
{
	iconv_t cd = iconv_open(to, from);
	size_t left = *len, size = 4 * left + 4, room = size;
	char *out = mem_zero(size, 1), *at = out, *in = (char *)(size_t)s;

	assert_true(cd != (iconv_t)-1);
	assert_int_equal(iconv(cd, &in, &left, &at, &room), 0);
	iconv_close(cd);
	*len = size - room;
	return out;
}

/* Every line end, or each second one, as CRLF. */
static char *crlf(const char *s, size_t *len, int each)
{
	struct text out = { 0 };
	int lines = 0;
	size_t i;

	for (i = 0; i < *len; i++) {
		if (s[i] == '\n' && ++lines % each == 0)
			text_add(&out, "\r");
		text_add_len(&out, s + i, 1);
	}
	*len = out.len;
	return text_take(&out);
}

/* Unread, edited and edited back it is the same. */
static void stays(const char *path, const char *s, size_t len, size_t nodes)
{
	struct findings found = { 0 };
	struct sitefile *f = parse(s, len, &found);
	struct node *top = &site_network(sitefile_site(f))->node, *n;
	char *words = told(&found), *description;
	size_t count = 0;
	const struct field *field = field_find(group_fields, "Description");

	if (found.n)
		fail_msg("%s: %s", path, words);
	free(words);
	prints(f, s, len);
	for (n = top; n; n = node_next(n, top))
		count++;
	assert_int_equal(count, nodes);
	for (n = node_next(top, top); n && n->kind != KIND_GROUP;)
		n = node_next(n, top);
	description = mem_dup(node_group(n)->description);
	site_set(sitefile_site(f), n, field, "another", NULL);
	free(sitefile_print(f, &len, NULL));
	if (*description)
		site_set(sitefile_site(f), n, field, description, NULL);
	else
		site_unset(sitefile_site(f), n, field);
	prints(f, s, strlen(s));
	free(description);
	sitefile_free(f);
}

static size_t count_nodes(const char *s, size_t len)
{
	struct sitefile *f = parse(s, len, NULL);
	struct site *site = sitefile_site(f);
	size_t n = site_count(site, KIND_GROUP) + site_count(site, KIND_UPS) +
	    site_count(site, KIND_TERMINAL) + 1;

	sitefile_free(f);
	return n;
}

static void every_sample_is_kept_in_every_form(void **state)
{
	const char *top = getenv("top_srcdir");
	char *pattern = mem_printf("%s/data/samples/*.ini", top ? top : ".");
	glob_t found;
	size_t i;

	(void)state;
	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	assert_true(found.gl_pathc >= 13);
	for (i = 0; i < found.gl_pathc; i++) {
		const char *path = found.gl_pathv[i];
		size_t len, n, nodes;
		char *s = file_read(path, SITEFILE_MAX, &len, NULL), *other;
		struct text bom = { 0 };

		nodes = count_nodes(s, len);
		stays(path, s, len, nodes);
		n = len;
		other = crlf(s, &n, 1);
		stays(path, other, n, nodes);
		free(other);
		n = len;
		other = crlf(s, &n, 2);
		stays(path, other, n, nodes);
		free(other);
		n = len;
		other = convert("UTF-8", "CP932", s, &n);
		stays(path, other, n, nodes);
		free(other);
		text_add(&bom, "\xef\xbb\xbf");
		text_add_len(&bom, s, len);
		stays(path, bom.s, bom.len, nodes);
		text_done(&bom);
		free(s);
	}
	globfree(&found);
	free(pattern);
}

/* Bytes of a whole file that a person or another program may have written. */
static const char *const kept[] = {
	/* numbers, words and places in other letters */
	NET G1 "[Ups1]\nName=U\nParent=group1.powerdevices\nConfirmSeconds=060\n"
	    "Recovery=UPS\nSnmpVersion='2c'\n",
	NET "[group1]\nNAME=\"A\"\nparent=\"Network\"\n",
	/* blanks, comments, empty lines, unknown keys and sections */
	"; first\n\n\n" NET "# Armed=yes\n  [Group1]  \n Name =  A \nParent\t=Network\n"
	    "Colour=red\n\n\n[Plugin]\nx=1\n; last\n",
	/* children before their parents, siblings out of order */
	NET "[Ups7]\nName=U\nParent=Group9.PowerDevices\n[Group9]\nName=B\n"
	    "Parent=Group2\n[Group2]\nName=A\nParent=Network\n",
	/* empty values */
	NET G1 "Description=\nSnmpFailAction=0\n[Ups1]\nName=U\n"
	    "Parent=Group1.PowerDevices\nSnmpCommunity=\nWarmUpOrder=\n",
	/* katakana of one byte, and second bytes that are a backslash */
	NET "[Group1]\nName=\xb1\xb2\xb3\nParent=Network\nDescription=\x95\x5c\n",
	NET "[Group1]\nName=\x95\x5c\x8e\xa6\nParent=Network\nDescription=\x83\x5c %5C\n",
	/* escapes that need not be */
	NET "[Group1]\nName=%41\nParent=%4eetwork\nDescription=\"50%\"\n",
};

static void what_others_wrote_stays(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof kept / sizeof *kept; i++) {
		struct findings found = { 0 };
		struct sitefile *f = parse(kept[i], strlen(kept[i]), &found);

		if (sitefile_faulty(f))
			fail_msg("%s", found.list[0].message);
		prints(f, kept[i], strlen(kept[i]));
		findings_done(&found);
		sitefile_free(f);
	}
}

/* Edits */

static void an_edit_changes_only_its_lines(void **state)
{
	struct sitefile *f = parse_good("; top\n" NET "\n; about A\n" G1
	    "; its address\nCommunicationAddress=10.0.0.255\n\n"
	    "[Ups1]\nName=UPS1\nParent=Group1.PowerDevices\n"
	    "SnmpCommunity=own\nConfirmSeconds = 60\n");
	const char *want;

	(void)state;
	set(f, "UPS1", "ConfirmSeconds", "120");
	set(f, "UPS1", "SnmpCommunity", "");	/* inherited again */
	set(f, "UPS1", "Address", "10.0.0.1");
	set(f, "A", "Description", "a; \"b\"");
	want = "; top\n" NET "\n; about A\n" G1
	    "; its address\nCommunicationAddress=10.0.0.255\n"
	    "Description=\"a; %22b%22\"\n\n"
	    "[Ups1]\nName=UPS1\nParent=Group1.PowerDevices\n"
	    "ConfirmSeconds = 120\nAddress=10.0.0.1\n";
	prints(f, want, strlen(want));
	sitefile_free(f);
}

static struct node *add(struct sitefile *f, const char *parent,
    enum container c, enum kind k, const char *name)
{
	struct err e = { .text = "" };
	struct node *n = site_add(sitefile_site(f), node(f, parent), c, k, name,
	    &e);

	if (!n)
		fail_msg("%s", e.text);
	return n;
}

/* The titles in order, a space between. */
static void titles(struct sitefile *f, const char *want)
{
	struct text out = { 0 };
	size_t len;
	char *s = sitefile_print(f, &len, NULL), *line;

	for (line = strtok(s, "\n"); line; line = strtok(NULL, "\n"))
		if (*line == '[')
			text_printf(&out, "%s%.*s", out.len ? " " : "",
			    (int)strlen(line) - 2, line + 1);
	assert_string_equal(out.s, want);
	text_done(&out);
	free(s);
}

#define TREE NET G1 \
	"[Ups1]\nName=UPS1\nParent=Group1.PowerDevices\n" \
	"[Terminal1]\nName=T1\nParent=Group1.ControlTerminals\n" \
	"[Group2]\nName=B\nParent=Group1\n" \
	"[Terminal2]\nName=T2\nParent=Group2.LinkedTerminals\n" \
	"[Plugin]\nx=1\n"

static void nodes_stand_where_the_tree_has_them(void **state)
{
	struct sitefile *f = parse_good(NET);
	struct err e;

	(void)state;
	sitefile_free(f);
	f = parse(TREE, strlen(TREE), NULL);
	add(f, "A", IN_POWER, KIND_UPS, "UPS2");
	add(f, "A", IN_LINKED, KIND_GROUP, "C");
	add(f, "C", IN_LINKED, KIND_TERMINAL, "T3");
	titles(f, "Network Group1 Ups1 Ups2 Terminal1 Group3 Terminal3 Group2 "
	    "Terminal2 Plugin");
	add(f, "network", IN_ITSELF, KIND_GROUP, "D");
	titles(f, "Network Group1 Ups1 Ups2 Terminal1 Group3 Terminal3 Group2 "
	    "Terminal2 Group4 Plugin");
	/* moved within its container: its section follows */
	site_hang(sitefile_site(f), node(f, "UPS1"), node(f, "A"), IN_POWER,
	    NULL, &e);
	titles(f, "Network Group1 Ups2 Ups1 Terminal1 Group3 Terminal3 Group2 "
	    "Terminal2 Group4 Plugin");
	/* removed, and the number is not given again */
	site_remove(sitefile_site(f), node(f, "C"));
	titles(f, "Network Group1 Ups2 Ups1 Terminal1 Group2 Terminal2 Group4 Plugin");
	assert_int_equal(site_id_number(add(f, "B", IN_LINKED, KIND_TERMINAL,
	    "T4")->id), 4);
	titles(f, "Network Group1 Ups2 Ups1 Terminal1 Group2 Terminal2 Terminal4 "
	    "Group4 Plugin");
	sitefile_free(f);
}

static void a_moved_node_changes_its_parent_line(void **state)
{
	struct sitefile *f = parse(TREE, strlen(TREE), NULL);
	const char *want = NET G1
	    "[Ups1]\nName=UPS1\nParent=Group1.PowerDevices\n"
	    "[Terminal1]\nName=T1\nParent=Group1.ControlTerminals\n"
	    "[Group2]\nName=B\nParent=Network\n"
	    "[Terminal2]\nName=T2\nParent=Group1.LinkedTerminals\n"
	    "[Plugin]\nx=1\n";
	struct err e;

	(void)state;
	assert_true(site_hang(sitefile_site(f), node(f, "T2"), node(f, "A"),
	    IN_LINKED, NULL, &e));
	assert_true(site_hang(sitefile_site(f), node(f, "B"), node(f, "network"),
	    IN_ITSELF, NULL, &e));
	prints(f, want, strlen(want));
	sitefile_free(f);
}

/* The number of the last that was removed outlives the file. */
static void numbers_outlive_the_file(void **state)
{
	struct sitefile *f = parse(TREE, strlen(TREE), NULL);
	size_t len;
	char *s;

	(void)state;
	site_remove(sitefile_site(f), node(f, "T2"));
	s = sitefile_print(f, &len, NULL);
	sitefile_free(f);
	f = parse(s, len, NULL);
	free(s);
	assert_int_equal(site_id_number(add(f, "B", IN_LINKED, KIND_TERMINAL,
	    "T3")->id), 3);
	sitefile_free(f);
}

/* Bad input */

#define UNKNOWN(s) "error [" s "] is no kind of section that amc knows: " \
	"Network, GroupN, UpsN or TerminalN, N from 1 to 99999999\n"
#define NO_PLACE "there is no such place: Network, GroupN, or GroupN. and " \
	"PowerDevices, ControlTerminals, LinkedTerminals or LinkedDevices, of " \
	"a group in this file\n"
#define BYTES(s) s, sizeof s - 1

static const struct {
	const char *s;
	size_t len;
	bool faulty;
	const char *told;
} bad[] = {
	{ BYTES(""), true, "1 error there is no [Network] section: this is no "
	  "site file, or it was cut off\n" },
	{ BYTES(NET "Armed=y"), true,
	  "4 error Armed=y: Armed: \"y\" is not no or yes\n"
	  "4 error the last line has no end: the file may have been cut off; if "
	  "it is whole, end the line\n" },
	{ BYTES(NET "[Plugin1]\nx=1\n[Ups0]\n[Ups01]\n[Ups999999999]\n[Ups]\n"), false,
	  "4 " UNKNOWN("Plugin1") "6 " UNKNOWN("Ups0") "7 " UNKNOWN("Ups01")
	  "8 " UNKNOWN("Ups999999999") "9 " UNKNOWN("Ups") },
	{ BYTES(NET G1 "Colour=red\n"), false,
	  "7 warning Colour: a key that amc does not know; it is kept\n" },
	{ BYTES(NET "[Group1]\nName=A\n[Group2]\nParent=Network\n"), true,
	  "4 error Parent is missing\n6 error Name is missing\n" },
	{ BYTES(NET "[Ups1]\nName=U\nParent=Group7.PowerDevices\n"), true,
	  "6 error [Ups1] Parent=Group7.PowerDevices: " NO_PLACE },
	{ BYTES(NET G1 "[Ups1]\nName=U\nParent=Group1.Power\n"), true,
	  "9 error [Ups1] Parent=Group1.Power: " NO_PLACE },
	{ BYTES(NET "[Ups1]\nName=U\nParent=Network\n"), true,
	  "6 error R1: [Ups1] Parent=Network: the network holds power control "
	  "groups only\n" },
	{ BYTES(NET G1 "[Ups1]\nName=U\nParent=Group1.LinkedTerminals\n"), true,
	  "9 error R2: [Ups1] Parent=Group1.LinkedTerminals: a power device goes "
	  "into power devices or linked devices of a group\n" },
	{ BYTES(NET "[Group1]\nName=A\nParent=Group2\n"
	  "[Group2]\nName=B\nParent=Group1\n"), true,
	  "9 error [Group2] Parent=Group1: B cannot hang below itself\n" },
	{ BYTES(NET "[Group1]\nName=A\nParent=Group1\n"), true,
	  "6 error [Group1] Parent=Group1: A cannot hang below itself\n" },
	{ BYTES(NET G1 "[Group1]\nName=B\nParent=Network\n[Network]\n"), true,
	  "7 error [Group1] stands here a second time; the first is in line 4\n"
	  "10 error [Network] stands here a second time; the first is in line 1\n" },
	{ BYTES(NET G1 "Name=B\n"), true,
	  "7 error Name stands here a second time: readers differ on which one "
	  "counts\n" },
	{ BYTES(NET G1 "SnmpFailConfirmSeconds=5\nSnmpCommunity=\n"), true,
	  "7 error SnmpFailConfirmSeconds=5: SNMP failure confirmation time: 5 is "
	  "not between 10 and 3600 s\n"
	  "8 error SnmpCommunity=: SNMP community name: this is not 1..64 ASCII "
	  "characters\n" },
	{ BYTES("[Network]\nFormat=2\n"), true,
	  "2 error Format=2: the file has Format 2, this amc understands 1: use "
	  "a newer amc\n" },
	{ BYTES(NET "x=a\0b\n"), true, "4 error a NUL byte is not allowed\n" },
	{ BYTES(NET "; \xff\xff\n"), true,
	  "4 error these bytes are neither UTF-8 nor CP932\n" },
	{ BYTES(NET "Armed\n"), true,
	  "4 error neither a [section], key=value nor a ; comment\n" },
	{ BYTES(NET "[Group1\n"), true,
	  "4 error a section's title must end with ]\n" },
	{ BYTES(NET G1 "Description=a;b\n"), false,
	  "7 warning Description: other readers cut this value at ; or # or join "
	  "lines at \\: put it in double quotes\n" },
	{ BYTES(NET G1 "Description=%00\n"), true,
	  "7 error Description=%00: Description: %00 is not allowed in a value\n" },
	{ BYTES(NET G1 "Description=%1b[31m\n"), true,
	  "7 error Description=%1b[31m: Description: \"?[31m\" is not 0..128 "
	  "columns of text\n" },
	/* a CP932 file's own words are shown in UTF-8 */
	{ BYTES(NET "\x95\x5c=1\n[\x95\x5c]\n"), false,
	  "4 warning 表: a key that amc does not know; it is kept\n"
	  "5 " UNKNOWN("表") },
};

static void every_fault_has_its_line(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct findings found = { 0 };
		struct sitefile *f = parse(bad[i].s, bad[i].len, &found);
		char *words = told(&found);

		assert_string_equal(words, bad[i].told);
		assert_int_equal(sitefile_faulty(f), bad[i].faulty);
		prints(f, bad[i].s, bad[i].len);
		free(words);
		findings_done(&found);
		sitefile_free(f);
	}
}

/* What is right in a file with faults is there all the same. */
static void the_rest_is_still_read(void **state)
{
	struct findings found = { 0 };
	const char *s = "what\n" NET G1 "[Ups1]\nName=UPS1\nParent=Group1.PowerDevices\n"
	    "ConfirmSeconds=abc\nAddress=10.0.0.1\n[Ups2]\nName=UPS2\nParent=Group5\n";
	struct sitefile *f = parse(s, strlen(s), &found);

	(void)state;
	assert_int_equal(found.count[SEVERITY_ERROR], 3);
	assert_string_equal(node_ups(node(f, "UPS1"))->address, "10.0.0.1");
	assert_int_equal(node_ups(node(f, "UPS1"))->set->confirm, 60);
	assert_null(site_lookup(sitefile_site(f), "UPS2", NULL, NULL));
	assert_int_equal(sitefile_line(f, node(f, "UPS1")->id, NULL), 8);
	assert_int_equal(sitefile_line(f, node(f, "UPS1")->id,
	    field_find(ups_fields, "Address")), 12);
	assert_int_equal(sitefile_line(f, node(f, "UPS1")->id,
	    field_find(ups_fields, "Profile")), 8);
	findings_done(&found);
	sitefile_free(f);
}

static void a_file_nested_too_deep_is_told(void **state)
{
	struct findings found = { 0 };
	struct text out = { 0 };
	struct sitefile *f;
	int i;

	(void)state;
	text_add(&out, NET);
	for (i = 120; i > 1; i--)	/* each before what holds it */
		text_printf(&out, "[Group%d]\nName=G%d\nParent=Group%d\n", i, i, i - 1);
	text_add(&out, G1);
	f = parse(out.s, out.len, &found);
	assert_true(sitefile_faulty(f));
	assert_int_equal(found.count[SEVERITY_ERROR], 1);
	assert_non_null(strstr(found.list[0].message, "groups nest at most 100 deep"));
	prints(f, out.s, out.len);
	findings_done(&found);
	sitefile_free(f);
	text_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_sample_is_kept_in_every_form),
		cmocka_unit_test(what_others_wrote_stays),
		cmocka_unit_test(an_edit_changes_only_its_lines),
		cmocka_unit_test(nodes_stand_where_the_tree_has_them),
		cmocka_unit_test(a_moved_node_changes_its_parent_line),
		cmocka_unit_test(numbers_outlive_the_file),
		cmocka_unit_test(every_fault_has_its_line),
		cmocka_unit_test(the_rest_is_still_read),
		cmocka_unit_test(a_file_nested_too_deep_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
