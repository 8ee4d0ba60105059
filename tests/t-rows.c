/* What the main screen walks over: rows and their folding, the list filtered and in order, tags, columns; pure. */
#include "app/app.h"
#include "app/filter.h"
#include "base/fold.h"
#include "base/mem.h"
#include "tui/columns.h"
#include "tui/listing.h"
#include "tui/marks.h"
#include "tui/tags.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct loop *loop;
static struct app *app;
static struct rows rows;

/* A network of groups in groups, each with two UPSs and a terminal. */
static const char site_text[] =
	"[Network]\nFormat=1\nRevision=1\n"
	"[Group1]\nName=A\nParent=Network\nCommunicationAddress=10.0.0.255\nRecognitionCode=x\n"
	"[Ups1]\nName=UPS10\nParent=Group1.PowerDevices\nAddress=10.0.0.10\nDescription=ｻｰﾊﾞ室\n"
	"[Ups2]\nName=UPS9\nParent=Group1.PowerDevices\nAddress=10.0.0.9\n"
	"[Terminal1]\nName=T1\nParent=Group1.ControlTerminals\nAddress=10.0.1.1\nDescription=Main\n"
	"[Group2]\nName=B\nParent=Group1.LinkedTerminals\nCommunicationAddress=10.0.0.255\nRecognitionCode=x\n"
	"[Ups3]\nName=UPS1\nParent=Group2.PowerDevices\nAddress=10.0.0.1\n"
	"[Terminal2]\nName=T2\nParent=Group2.ControlTerminals\nAddress=10.0.1.2\nDescription=main spare\n";

static void open_site(const char *text)
{
	struct err e;

	if (!app_open_text(app, "test.ini", text, strlen(text), &e))
		fail_msg("%s", e.text);
	rows_update(&rows, app_site(app));
}

static unsigned id_of(const char *name)
{
	struct err e;
	const struct node *n = site_lookup(app_site(app), name, NULL, &e);

	if (!n)
		fail_msg("%s", e.text);
	return n->id;
}

static struct place at(const char *name, enum container c)
{
	return (struct place){ id_of(name), c };
}

/* The shown rows as text: depth, name, container. */
static char *shown(void)
{
	struct text t = { 0 };

	for (size_t i = 0; i < rows.shown_n; i++) {
		struct place p = rows_shown_row(&rows, (int)i).place;

		assert_int_equal(rows_shown(&rows, p), i);
		text_printf(&t, "%s%s%s", i ? " " : "",
		    node_name(site_find(app_site(app), p.id)), container_word(p.container));
	}
	return text_take(&t);
}

static void is_shown(const char *want)
{
	char *is = shown();

	assert_string_equal(is, want);
	free(is);
}

static void rows_fold_and_unfold(void **state)
{
	(void)state;
	open_site(site_text);
	is_shown("network A A@power UPS10 UPS9 A@control T1 A@linked B B@power UPS1 "
	    "B@control T2 B@linked B@devices A@devices");
	rows_fold(&rows, at("B", IN_POWER), true);
	rows_fold(&rows, at("A", IN_LINKED), true);
	is_shown("network A A@power UPS10 UPS9 A@control T1 A@linked A@devices");
	/* what is folded away is shown by what it is folded into */
	assert_int_equal(rows_shown(&rows, at("UPS1", IN_ITSELF)),
	    rows_shown(&rows, at("A", IN_LINKED)));
	assert_int_equal(rows_shown(&rows, at("A", IN_DEVICES)), 8);
	rows_reveal(&rows, at("UPS1", IN_ITSELF));
	assert_int_equal(rows_shown(&rows, at("UPS1", IN_ITSELF)), 10);
	assert_false(rows_folded(&rows, at("A", IN_LINKED)));
	rows_fold(&rows, at("B", IN_ITSELF), true);
	rows_fold(&rows, at("A", IN_ITSELF), true);
	is_shown("network A");
}

static void rows_are_found_by_place(void **state)
{
	struct row r, found, up;

	(void)state;
	open_site(site_text);
	for (size_t i = 0; i < rows.tree_n; i++) {
		r = rows_row(&rows, (int)i);
		assert_true(rows_find(&rows, r.place, &found));
		assert_int_equal(found.at, i);
		if (r.up >= 0) {
			assert_true(rows_above(&rows, r.place, &up));
			assert_int_equal(up.at, r.up);
			assert_int_equal(up.depth + 1, r.depth);
			assert_true(up.first <= r.first && r.last <= up.last && r.end <= up.end);
		}
	}
	assert_false(rows_above(&rows, rows_row(&rows, 0).place, &up));
	for (size_t i = 0; i < rows.list_n; i++)
		assert_int_equal(rows_listed(&rows, rows_id(&rows, (int)i)), i);
	assert_int_equal(rows_level(&rows, rows_listed(&rows, id_of("A"))), 0);
	assert_int_equal(rows_level(&rows, rows_listed(&rows, id_of("UPS10"))), 1);
	assert_int_equal(rows_level(&rows, rows_listed(&rows, id_of("T2"))), 2);
	assert_int_equal(rows_listed(&rows, site_id(KIND_NETWORK, 1)), -1);
	assert_false(rows_has(&rows, (struct place){ 99999, IN_ITSELF }));
	assert_false(rows_has(&rows, at("UPS1", IN_POWER)));
	assert_int_equal(rows_shown(&rows, (struct place){ 99999, IN_ITSELF }), -1);
	assert_true(rows_find(&rows, at("B", IN_CONTROL), &r));
	assert_int_equal(r.last - r.first, 1);
	assert_int_equal(rows_id(&rows, r.first), id_of("T2"));
	r = rows_row(&rows, 0);
	assert_int_equal(rows_below(&rows, &r, KIND_UPS), 3);
	assert_int_equal(rows_below(&rows, &r, KIND_GROUP), 2);
	assert_int_equal(rows_below(&rows, &r, KIND_TERMINAL), 2);
	assert_true(rows_find(&rows, at("A", IN_ITSELF), &r));
	assert_int_equal(rows_below(&rows, &r, KIND_GROUP), 1);
}

/* What is folded stays so while nodes come and go. */
static void folding_outlives_an_edit(void **state)
{
	unsigned b;

	(void)state;
	open_site(site_text);
	b = id_of("B");
	rows_fold(&rows, at("B", IN_ITSELF), true);
	assert_false(rows_update(&rows, app_site(app)));
	assert_true(app_remove(app, id_of("UPS9"), NULL));
	assert_true(rows_update(&rows, app_site(app)));
	is_shown("network A A@power UPS10 A@control T1 A@linked B A@devices");
	assert_true(app_remove(app, b, NULL));
	rows_update(&rows, app_site(app));
	is_shown("network A A@power UPS10 A@control T1 A@linked A@devices");
	assert_true(app_undo(app, NULL, NULL));
	rows_update(&rows, app_site(app));
	is_shown("network A A@power UPS10 A@control T1 A@linked B A@devices");
}

static struct listing listing;

/* The list under a place as text, with a filter and an order. */
static void lists(struct place p, const char *filter, const char *by, bool reverse,
    const char *want)
{
	static unsigned long no;
	struct err e = { .text = "" };
	struct wish w = { .filter = filter_new(filter, &e), .filter_no = ++no,
	    .by = *by ? cell_find(by) : NULL, .reverse = reverse };
	struct row r;
	struct text t = { 0 };
	char *is;

	assert_string_equal(e.text, "");
	assert_true(rows_find(&rows, p, &r));
	listing_update(&listing, app, &rows, r.first, r.last, &w, 0);
	for (int i = 0; i < listing_count(&listing); i++) {
		int pos = listing_at(&listing, i);

		text_printf(&t, "%s%s", i ? " " : "",
		    node_name(site_find(app_site(app), rows_id(&rows, pos))));
		assert_int_equal(listing_find(&listing, pos), i);
	}
	is = text_take(&t);
	assert_string_equal(is, want);
	free(is);
	filter_free(w.filter);
}

static void the_list_is_a_slice(void **state)
{
	(void)state;
	open_site(site_text);
	lists(rows_row(&rows, 0).place, "", "", false, "A UPS10 UPS9 T1 B UPS1 T2");
	lists(at("B", IN_ITSELF), "", "", false, "B UPS1 T2");
	lists(at("A", IN_POWER), "", "", false, "UPS10 UPS9");
	lists(at("A", IN_DEVICES), "", "", false, "");
}

/* Numbers by value; what is alike in tree order, both ways; nothing comes last. */
static void the_list_is_sorted(void **state)
{
	(void)state;
	open_site(site_text);
	lists(rows_row(&rows, 0).place, "", "name", false, "A B T1 T2 UPS1 UPS9 UPS10");
	lists(rows_row(&rows, 0).place, "", "name", true, "UPS10 UPS9 UPS1 T2 T1 B A");
	lists(rows_row(&rows, 0).place, "", "address", false, "UPS1 UPS9 UPS10 A B T1 T2");
	lists(rows_row(&rows, 0).place, "", "description", false, "T1 T2 UPS10 A UPS9 B UPS1");
	lists(rows_row(&rows, 0).place, "", "description", true, "UPS10 T2 T1 A UPS9 B UPS1");
	lists(rows_row(&rows, 0).place, "", "charge", false, "A UPS10 UPS9 T1 B UPS1 T2");
	lists(at("B", IN_ITSELF), "", "name", true, "UPS1 T2 B");
	/* and back */
	lists(rows_row(&rows, 0).place, "", "", false, "A UPS10 UPS9 T1 B UPS1 T2");
}

static void the_list_is_filtered(void **state)
{
	struct place all;

	(void)state;
	open_site(site_text);
	all = rows_row(&rows, 0).place;
	lists(all, "ups1", "", false, "UPS10 UPS1");
	lists(all, "MAIN", "", false, "T1 T2");
	lists(all, "main spare", "", false, "T2");
	lists(all, "さーば", "", false, "UPS10");
	lists(all, "kind:ups", "name", true, "UPS10 UPS9 UPS1");
	lists(all, "kind:ups kind:group", "", false, "A UPS10 UPS9 B UPS1");
	lists(all, "10.0.1", "", false, "T1 T2");
	lists(all, "nowhere", "", false, "");
	lists(at("A", IN_POWER), "ups1", "", false, "UPS10");
	lists(all, "state:unknown kind:ups", "", false, "UPS10 UPS9 UPS1");
	lists(all, "alarm", "", false, "");
}

static void a_filter_with_no_sense_is_refused(void **state)
{
	struct err e;

	(void)state;
	assert_null(filter_new("state:frozen", &e));
	assert_non_null(strstr(e.text, "state:frozen: no state is called so; there are: unknown, online"));
	assert_null(filter_new("kind:cat", &e));
	assert_string_equal(e.text, "kind:cat: is none of group, ups, terminal");
	assert_null(filter_new("  \u3000", &e));
	assert_string_equal(e.text, "");
}

/* A rule's finding makes a problem of a node. */
static void problems_are_filtered(void **state)
{
	(void)state;
	open_site(site_text);
	assert_true(app_set(app, id_of("UPS1"), "Address", "10.0.0.9", NULL));
	rows_update(&rows, app_site(app));
	lists(rows_row(&rows, 0).place, "problem kind:ups 10.0.0.9", "", false, "UPS1");
}

static void tags_follow_the_tree(void **state)
{
	struct tags t = { 0 };
	unsigned *ids;
	size_t n;

	(void)state;
	open_site(site_text);
	tags_set(&t, id_of("T2"), true);
	tags_set(&t, id_of("UPS9"), true);
	tags_set(&t, id_of("A"), true);
	assert_int_equal(t.last, id_of("A"));
	tags_set(&t, id_of("A"), false);
	assert_int_equal(t.last, 0);
	assert_int_equal(tags_count(&t), 2);
	ids = tags_list(&t, &rows, &n);
	assert_int_equal(n, 2);
	assert_int_equal(ids[0], id_of("UPS9"));
	assert_int_equal(ids[1], id_of("T2"));
	free(ids);
	assert_true(app_remove(app, id_of("UPS9"), NULL));
	tags_drop_gone(&t, app_site(app));
	assert_int_equal(tags_count(&t), 1);
	tags_done(&t);
}

/* Any way of writing finds any other; the length is that of what stands there. */
static void text_is_found_as_a_person_means_it(void **state)
{
	static const struct { const char *text, *what; int from; size_t len; } cases[] = {
		{ "SMART-UPS", "ups", 6, 3 },
		{ "ＵＰＳ１号", "ups1", 0, 12 },
		{ "ups1", "ＵＰＳ１", 0, 4 },
		{ "ｻｰﾊﾞ", "サーバ", 0, 12 },
		{ "第1サーバ", "ｻｰﾊﾞ", 4, 9 },
		{ "さーば", "サーバ", 0, 9 },
		{ "ﾊﾟﾜｰ", "パワー", 0, 12 },
		{ "ハ\u309aワー", "パワー", 0, 12 },
		{ "ÄRGER", "är", 0, 3 },
		{ "ハ", "パ", -1, 0 },
		{ "abc", "abcd", -1, 0 },
		{ "abc", "", -1, 0 },
		{ "", "a", -1, 0 },
		{ "aab", "ab", 1, 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t len = 0;
		const char *is = fold_find(cases[i].text, cases[i].what, &len);

		if ((is ? (int)(is - cases[i].text) : -1) != cases[i].from ||
		    (is && len != cases[i].len))
			fail_msg("\"%s\" in \"%s\": at %d, %zu bytes", cases[i].what,
			    cases[i].text, is ? (int)(is - cases[i].text) : -1, len);
	}
}

static void keys_sort_as_a_person_expects(void **state)
{
	static const char *const order[] = { "", "10.0.0.2", "10.0.0.10", "a1", "A2", "a02b",
	    "ａ１０", "b", "ｱ", "イ" };
	struct text before = { 0 }, now = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		text_done(&now);
		text_add(&now, "");
		fold_key(&now, order[i]);
		if (i && strcmp(before.s, now.s) >= 0)
			fail_msg("%s does not come before %s", order[i - 1], order[i]);
		text_done(&before);
		text_add(&before, now.s);
	}
	text_done(&before);
	text_done(&now);
}

static void widths(const struct ui *ui, int cols, const char *want)
{
	struct text t = { 0 };
	int width[COLUMNS_MAX];
	char *is;

	columns_fit(ui, cols, width);
	for (size_t i = 0; i < ui->columns_n; i++)
		if (width[i])
			text_printf(&t, "%s%s", t.len ? " " : "", ui->columns[i].cell->name);
	is = text_take(&t);
	assert_string_equal(is, want);
	free(is);
}

/* By rank as delivered; by place when the operator has chosen. */
static void columns_are_chosen(void **state)
{
	struct err e;
	struct ui *ui = ui_load(NULL, &e);
	char *choice;

	(void)state;
	assert_non_null(ui);
	widths(ui, 55, "name address state in out");
	columns_choose(ui, "state,-address,charge,name,nonsense");
	widths(ui, 55, "state charge name");
	widths(ui, 20, "state");
	choice = columns_choice(ui);
	assert_memory_equal(choice, "state,-address,charge,name,-description,", 40);
	columns_choose(ui, choice);
	widths(ui, 55, "state charge name");
	free(choice);
	/* a choice of nothing is none */
	columns_choose(ui, "-name,-state");
	assert_false(ui->columns_chosen);
	choice = columns_choice(ui);
	assert_string_equal(choice, "");
	free(choice);
	ui_free(ui);
}

/* The rows of a node and all below it, by walking the site; at is the next row. */
static void walk(const struct node *n, int up, int depth, int *at)
{
	int own = (*at)++;
	struct row r;

	for (int c = 0; c < IN_COUNT; c++) {
		bool boxed = n->kind == KIND_GROUP && c != IN_ITSELF;
		int box = boxed ? (*at)++ : own;

		for (const struct node *i = node_first(n, c); i; i = i->next)
			walk(i, box, depth + 1 + boxed, at);
		if (!boxed)
			continue;
		r = rows_row(&rows, box);
		assert_int_equal(r.place.id, n->id);
		assert_int_equal(r.place.container, c);
		assert_int_equal(r.up, own);
		assert_int_equal(r.end, *at);
		assert_int_equal(r.depth, depth + 1);
		assert_true(rows_find(&rows, (struct place){ n->id, c }, &r));
		assert_int_equal(r.at, box);
	}
	r = rows_row(&rows, own);
	assert_int_equal(r.place.id, n->id);
	assert_int_equal(r.place.container, IN_ITSELF);
	assert_int_equal(r.up, up);
	assert_int_equal(r.end, *at);
	assert_int_equal(r.depth, depth);
	assert_int_equal(rows_at(&rows, n->id), own);
}

/* Whatever the tree, each row is where walking over the site comes by it. */
static void rows_are_where_the_tree_has_them(void **state)
{
	static const char *const in[] = { "", ".ControlTerminals", ".LinkedTerminals",
		".LinkedDevices", ".PowerDevices" };
	unsigned dice = 7;

	(void)state;
	for (int round = 0; round < 30; round++) {
		struct text t = { 0 };
		int end = 0;

		text_add(&t, "[Network]\nFormat=1\n");
		for (unsigned i = 1; i <= 12; i++) {
			dice = dice * 1103515245 + 12345;
			text_printf(&t, "[Group%u]\nName=G%u\nParent=", i, i);
			if (i == 1 || dice >> 28 == 0)
				text_add(&t, "Network\n");
			else
				text_printf(&t, "Group%u%s\n", 1 + (dice >> 20) % (i - 1),
				    in[(dice >> 16) % 4]);
			if (dice & 1u << 12)
				text_printf(&t, "[Ups%u]\nName=U%u\nParent=Group%u%s\n", i, i,
				    1 + (dice >> 8) % i, in[3 + (dice >> 13 & 1)]);
			if (dice & 1u << 14)
				text_printf(&t, "[Terminal%u]\nName=T%u\nParent=Group%u%s\n", i, i,
				    1 + (dice >> 8) % i, in[1 + (dice >> 13 & 1)]);
		}
		open_site(t.s);
		walk((const struct node *)site_network(app_site(app)), -1, 0, &end);
		assert_int_equal(end, rows.tree_n);
		text_done(&t);
	}
}

/* Nothing that a key needs grows with the site: looks at a few rows only. */
/* The findings of the site, and two from facts behind them, at the rows that they are about. */
static void what_is_found_is_marked(void **state)
{
	struct marks marks = { 0 };
	struct findings found = { 0 };
	enum severity worst = SEVERITY_NOTE;
	int a, b, end;

	(void)state;
	open_site(site_text);
	a = rows_at(&rows, id_of("A"));
	b = rows_at(&rows, id_of("B"));
	end = rows_row(&rows, a).end;
	findings_add(&found, "R1", SEVERITY_WARNING, id_of("T1"), NULL, "x");
	findings_add(&found, "R1", SEVERITY_WARNING, id_of("UPS1"), NULL, "x");
	findings_add(&found, "R1", SEVERITY_ERROR, id_of("T2"), NULL, "x");
	findings_add(&found, "R1", SEVERITY_WARNING, id_of("UPS10"), NULL, "x");
	findings_add(&found, "R1", SEVERITY_NOTE, id_of("UPS9"), NULL, "x");
	findings_add(&found, "", SEVERITY_ERROR, 0, NULL, "x");
	marks_update(&marks, &rows, &found, 1);
	assert_int_equal(marks.n[SEVERITY_ERROR], 1);
	assert_int_equal(marks.n[SEVERITY_WARNING], 3);

	/* the group itself has nothing, what is in it a warning, then an error */
	assert_false(marks_worst(&marks, a, a + 1, &worst));
	assert_true(marks_worst(&marks, a, b, &worst));
	assert_int_equal(worst, SEVERITY_WARNING);
	assert_true(marks_worst(&marks, a, end, &worst));
	assert_int_equal(worst, SEVERITY_ERROR);
	for (int i = 0; i < (int)rows.tree_n; i++) {
		unsigned id = rows_row(&rows, i).place.id;
		bool marked = rows_row(&rows, i).place.container == IN_ITSELF &&
		    (id == id_of("T1") || id == id_of("T2") || id == id_of("UPS1") ||
		    id == id_of("UPS10"));

		assert_int_equal(marks_worst(&marks, i, i + 1, &worst), marked);
	}

	/* the same number: the same findings; another: those that are there now */
	findings_cut(&found, 1);
	marks_update(&marks, &rows, &found, 1);
	assert_int_equal(marks.n[SEVERITY_ERROR], 1);
	marks_update(&marks, &rows, &found, 2);
	assert_int_equal(marks.n[SEVERITY_ERROR], 0);
	assert_int_equal(marks.n[SEVERITY_WARNING], 1);
	findings_done(&found);
	marks_done(&marks);
}

static void a_large_site_is_walked_by_position(void **state)
{
	struct text t = { 0 };
	struct row all;

	(void)state;
	text_add(&t, "[Network]\nFormat=1\n[Group1]\nName=G\nParent=Network\n");
	for (int i = 1; i <= 10000; i++)
		text_printf(&t, "[Ups%d]\nName=U%d\nParent=Group1.PowerDevices\n", i, i);
	open_site(t.s);
	assert_int_equal(rows.list_n, 10001);
	assert_int_equal(rows_listed(&rows, site_id(KIND_UPS, 10000)), 10000);
	assert_int_equal(rows_shown(&rows, (struct place){ site_id(KIND_UPS, 9999), IN_ITSELF }),
	    10001);
	assert_true(rows_bytes(&rows) < 10000 * 20);
	all = rows_row(&rows, 0);
	assert_int_equal(rows_below(&rows, &all, KIND_UPS), 10000);
	assert_int_equal(rows_below(&rows, &all, KIND_TERMINAL), 0);
	lists(rows_row(&rows, 0).place, "u999", "name", true,
	    "U9999 U9998 U9997 U9996 U9995 U9994 U9993 U9992 U9991 U9990 U999");
	text_done(&t);
}

static int begin(void **state)
{
	struct app_options o = { 0 };
	struct err e;

	(void)state;
	loop = loop_new();
	app = app_new(loop, &o, &e);
	return app ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	listing_done(&listing);
	rows_done(&rows);
	app_free(app);
	loop_free(loop);
	return 0;
}

#define ROWS_TEST(t) cmocka_unit_test_setup_teardown(t, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROWS_TEST(rows_fold_and_unfold),
		ROWS_TEST(rows_are_found_by_place),
		ROWS_TEST(rows_are_where_the_tree_has_them),
		ROWS_TEST(folding_outlives_an_edit),
		ROWS_TEST(the_list_is_a_slice),
		ROWS_TEST(the_list_is_sorted),
		ROWS_TEST(the_list_is_filtered),
		ROWS_TEST(a_filter_with_no_sense_is_refused),
		ROWS_TEST(problems_are_filtered),
		ROWS_TEST(tags_follow_the_tree),
		ROWS_TEST(what_is_found_is_marked),
		cmocka_unit_test(text_is_found_as_a_person_means_it),
		cmocka_unit_test(keys_sort_as_a_person_expects),
		cmocka_unit_test(columns_are_chosen),
		ROWS_TEST(a_large_site_is_walked_by_position),
	};

	return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
