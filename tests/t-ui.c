/* ui/: every reference resolves, every setting stands on exactly one form, and what is wrong is refused with file and line. */
#include "tui/ui.h"
#include "tui/escape.h"
#include "tui/font.h"
#include "tui/shape.h"
#include "tui/keyname.h"
#include "base/embed.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static const char *const files[] = {
	"columns.xml", "forms.xml", "help.xml", "keys.xml", "menus.xml", "theme.xml",
	"wizard.xml",
};
enum { FILES = sizeof files / sizeof *files };

static struct ui *load(const char *dir)
{
	struct err e;
	struct ui *ui = ui_load(dir, &e);

	if (!ui)
		fail_msg("%s", e.text);
	return ui;
}

static void test_built_in(void **state)
{
	struct ui *ui = load(NULL);

	(void)state;
	assert_int_equal(ui->menus_n, 5);
	assert_true(ui->columns_n >= 6);
	/* what is read when it is first asked for */
	assert_null(ui->topics);
	assert_null(ui->wizards);
	assert_non_null(ui_topic(ui, "main"));
	assert_non_null(ui_wizards(ui));
	ui_free(ui);
}

/* The elements and what is in them, with their places; both documents have the same name. */
static void assert_alike(const struct xml *of_x, const struct xml_node *x,
    const struct xml *of_y, const struct xml_node *y)
{
	char *text[2] = { xml_text(x), xml_text(y) };
	struct err at[2];
	const char *name;
	size_t i;

	xml_err(of_x, x, &at[0], "%s", xml_tag(x));
	xml_err(of_y, y, &at[1], "%s", xml_tag(y));
	assert_string_equal(at[0].text, at[1].text);
	assert_string_equal(text[0], text[1]);
	for (i = 0; (name = xml_attr_at(y, i)); i++) {
		assert_non_null(xml_attr_at(x, i));
		assert_string_equal(xml_attr_at(x, i), name);
		assert_string_equal(xml_attr(x, name), xml_attr(y, name));
	}
	assert_null(xml_attr_at(x, i));
	assert_null(xml_attr(x, "no-such"));
	free(text[0]);
	free(text[1]);
	for (x = xml_first(x), y = xml_first(y); x && y; x = xml_next(x), y = xml_next(y))
		assert_alike(of_x, x, of_y, y);
	assert_true(!x && !y);
}

/* The trees that are built in are what the files say. */
static void test_trees(void **state)
{
	const char *top = getenv("top_srcdir");
	struct err e;

	(void)state;
	for (int i = 0; i < FILES; i++) {
		char *name = file_join("ui", files[i]), *path = file_join(top ? top : ".", name);
		size_t len;
		char *bytes = file_read(path, 1 << 20, &len, &e);
		struct xml *built_in = embed_xml(name, &e), *doc = xml_parse(name, bytes, len, &e);

		assert_alike(built_in, xml_root(built_in), doc, xml_root(doc));
		xml_free(built_in);
		xml_free(doc);
		free(bytes);
		free(path);
		free(name);
	}
	assert_null(embed_xml("ui/no.xml", &e));
	assert_string_equal(e.text, "ui/no.xml is not built in");
}

/* What a document may have beside elements. */
static void test_a_document(void **state)
{
	static const char bytes[] = "<a x='' y=\"1 &amp; 2\">\n  <!-- no -->one <b/>\n"
	    " <![CDATA[<two>]]>\t<c z='3'> \n</c></a>";
	struct err e;
	struct xml *doc = xml_parse("a.xml", bytes, sizeof bytes - 1, &e);
	const struct xml_node *a = xml_root(doc), *b = xml_first(a), *c = xml_next(b);
	char *text = xml_text(a);

	(void)state;
	assert_string_equal(xml_attr(a, "x"), "");
	assert_string_equal(xml_attr(a, "y"), "1 & 2");
	assert_string_equal(text, "one \n <two>");
	assert_true(xml_is(b, "b") && !xml_first(b) && !xml_attr_at(b, 0));
	assert_true(xml_is(c, "c") && !xml_next(c));
	xml_err(doc, c, &e, "here");
	assert_string_equal(e.text, "a.xml:3: here");
	assert_string_equal(xml_attr(c, "z"), "3");
	free(text);
	text = xml_text(c);
	assert_string_equal(text, "");
	free(text);
	xml_free(doc);
}

static void test_every_field_once(void **state)
{
	struct ui *ui = load(NULL);

	(void)state;
	for (int k = 0; k < KIND_COUNT; k++)
		for (const struct field *f = record_fields(k); f->key; f++) {
			int want = !(f->flags & FIELD_OURS) && f->type != FIELD_PARENT, n = 0;

			for (size_t i = 0; i < ui->layouts[k].n; i++)
				n += ui->layouts[k].spots[i].field == f;
			if (n != want)
				fail_msg("%s.%s stands %d times on the form", kind_word(k),
				    f->key, n);
		}
	ui_free(ui);
}

/* Every view has keys, and each can be left and asked for help. */
static void test_contexts(void **state)
{
	static const char *const views[] = { "main", "menu", "form", "ask", "ask-text",
	    "choice", "problems", "send", "send-all", "terminals", "changes", "history", "help",
	    "statistics", "wizard" };
	struct ui *ui = load(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
		assert_true(keys_context(ui->keys, views[i]));
		assert_ptr_equal(keys_action(ui->keys, views[i], "Esc"), action_find("cancel"));
		assert_non_null(keys_action(ui->keys, views[i], "F1"));
	}
	assert_string_equal(keys_of(ui->keys, "main", action_find("save")), "F2");
	assert_ptr_equal(keys_action(ui->keys, "main", "Ctrl-S"), action_find("save"));
	ui_free(ui);
}

static bool is_f_key(const char *key)
{
	return key[0] == 'F' && key[1];
}

/* Some terminals keep F-keys for themselves: there is always another one. */
static void test_f_keys(void **state)
{
	static const char *const views[] = { "main", "menu", "form", "ask", "ask-text",
	    "choice", "problems", "plan", "send", "statistics", "wizard", "send-all",
	    "terminals", "changes", "history", "help" };
	struct ui *ui = load(NULL);
	const struct binding *f, *b;

	(void)state;
	for (size_t i = 0; i < sizeof views / sizeof *views; i++)
		for (size_t j = 0; (f = keys_each(ui->keys, views[i], j)); j++) {
			size_t k = 0;

			while ((b = keys_each(ui->keys, views[i], k)) &&
			    (b->action != f->action || is_f_key(b->key)))
				k++;
			if (is_f_key(f->key) && !b)
				fail_msg("%s: nothing but %s does \"%s\"", views[i], f->key,
				    f->action->name);
		}
	ui_free(ui);
}

static void test_key_names(void **state)
{
	static const char *const good[] = { "a", "?", "電", "F1", "F63", "Ctrl-A", "Ctrl-_",
	    "Ctrl-@", "Alt-x", "Alt-Enter", "Alt-Left", "Shift-Tab", "Space", "Esc", "Ctrl-Home" };
	static const char *const bad[] = { "", "ab", " ", "F0", "F64", "f1", "Ctrl-C", "Ctrl-Z",
	    "Ctrl-\\", "Ctrl-a", "Ctrl-M", "Ctrl-H", "Ctrl-[", "Ctrl-1", "Alt-1", "Alt-", "Alt-Esc",
	    "Alt-Alt-x", "Shift-a", "Hyper-x", "\xff", "\t" };
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		if (!keyname_check(good[i], &e))
			fail_msg("%s", e.text);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (keyname_check(bad[i], &e))
			fail_msg("\"%s\" is a key", bad[i]);
}

/* What a theme does not say is as in its base, and fewer colours are told apart. */
static void test_themes(void **state)
{
	struct ui *ui = load(NULL);
	const struct theme *first = ui->themes.list, *dark = themes_find(&ui->themes, "dark");

	(void)state;
	assert_int_equal(theme_fg(first, ROLE_TEXT, 256), -1);
	assert_int_equal(theme_fg(first, ROLE_GOOD, 8), 2);
	assert_non_null(dark);
	assert_int_equal(theme_bg(dark, ROLE_TEXT, 256), 234);
	assert_int_equal(theme_bg(dark, ROLE_GOOD, 88), 0);
	assert_int_equal(theme_fg(dark, ROLE_WARNING, 256), 220);
	assert_int_equal(theme_fg(dark, ROLE_WARNING, 16), 11);
	assert_int_equal(theme_fg(dark, ROLE_WARNING, 8), 3);
	assert_int_equal(dark->looks[ROLE_MARKED].attrs, first->looks[ROLE_MARKED].attrs);
	assert_true(themes_find(&ui->themes, "mono")->mono);
	assert_null(themes_find(&ui->themes, "pink"));
	/* a terminal without colours tells what is selected, and what an alarm */
	for (size_t i = 0; i < ui->themes.n; i++) {
		const struct look *l = ui->themes.list[i].looks;

		assert_int_not_equal(l[ROLE_SELECTED].mono, l[ROLE_TEXT].mono);
		assert_int_not_equal(l[ROLE_MARKED].mono, l[ROLE_TEXT].mono);
		assert_int_not_equal(l[ROLE_FIELD_NOW].mono, l[ROLE_FIELD].mono);
		assert_int_not_equal(l[ROLE_BUTTON_NOW].mono, l[ROLE_BUTTON].mono);
		assert_int_not_equal(l[ROLE_ALARM].mono, l[ROLE_TEXT].mono);
	}
	ui_free(ui);
}

static void test_shapes(void **state)
{
	(void)state;
	assert_string_equal(shape(SHAPE_FOLDED), "▸");
	assert_int_equal(shape_instead(0x96fb), '\0');
	shape_use(SHAPES_PLAIN);
	assert_string_equal(shape(SHAPE_FOLDED), "+");
	assert_string_equal(shape(SHAPE_CHOICE), "v");
	assert_int_equal(shape_instead(0x2500), '-');
	assert_int_equal(shape_instead(0x96fb), '?');
	assert_int_equal(shape_instead('x'), '\0');
	shape_use(SHAPES_ASCII);
	assert_int_equal(shape_instead(0x2500), '-');
	assert_int_equal(shape_instead(0x96fb), '\0');
	/* what the terminal draws two columns wide, and no other */
	shape_use(SHAPES_NARROW);
	assert_string_equal(shape(SHAPE_V), "|");
	assert_string_equal(shape(SHAPE_FOLDED), "▸");
	shape_use(SHAPES_ALL);
	for (int i = 0; i < SHAPE_COUNT; i++)
		assert_int_equal(text_width(shape(i)), 1);
}

/* A console of Linux shows what its font has; the rest as if it had ASCII only. */
static void test_font(void **state)
{
	static const uint16_t own[] = { 0x2500, 0x25b8, 0x3042 };

	(void)state;
	font_look("xterm");
	assert_false(font_ends());
	assert_false(font_lacks_kana());
	/* here no driver answers */
	font_look("linux");
	assert_true(font_ends());
	assert_false(font_lacks_kana());
	shape_font(font_has);
	assert_string_equal(shape(SHAPE_V), "│");
	assert_string_equal(shape(SHAPE_FULL), "█");
	assert_string_equal(shape(SHAPE_ABOVE), "▲");
	assert_string_equal(shape(SHAPE_FOLDED), "+");
	assert_string_equal(shape(SHAPE_MORE), "~");
	assert_string_equal(shape(SHAPE_ON), "*");
	assert_int_equal(shape_instead(0x28ff), '*');
	assert_int_equal(shape_instead(0x96fb), '\0');
	font_take(own, 2);
	assert_true(font_lacks_kana());
	assert_string_equal(shape(SHAPE_FOLDED), "▸");
	assert_string_equal(shape(SHAPE_V), "|");
	font_take(own, 3);
	assert_false(font_lacks_kana());
	shape_font(NULL);
	font_look(NULL);
}

static void test_escapes(void **state)
{
	struct text t = { 0 };
	char long_one[ESCAPE_COPY_MAX + 2], *line;

	(void)state;
	escape_title(&t, "a\033]0;b\007\302\234c電");
	assert_string_equal(t.s, "\033]0;a]0;bc電\007");
	text_done(&t);
	assert_true(escape_copy(&t, "ab\r\n\tc", "xterm", false));
	assert_string_equal(t.s, "\033]52;c;YWJj\007");
	text_done(&t);
	assert_true(escape_copy(&t, "a", "screen", false));
	assert_string_equal(t.s, "\033P\033]52;c;YQ==\007\033\\");
	text_done(&t);
	assert_true(escape_copy(&t, "ab", "tmux-256color", true));
	assert_string_equal(t.s, "\033]52;c;YWI=\007\033Ptmux;\033\033]52;c;YWI=\007\033\\");
	text_done(&t);
	memset(long_one, 'x', sizeof long_one);
	long_one[ESCAPE_COPY_MAX + 1] = '\0';
	assert_false(escape_copy(&t, long_one, "xterm", false));
	assert_null(t.s);
	long_one[ESCAPE_COPY_MAX] = '\0';
	assert_true(escape_copy(&t, long_one, "screen", false));
	assert_true(t.len <= 768);
	text_done(&t);
	line = escape_one_line("a\r\nb\rc\td\033[31m\xff\n\n");
	assert_string_equal(line, "a b c d[31m");
	free(line);
}

/* A key of a base context that is bound anew is listed once. */
static void test_no_key_twice(void **state)
{
	struct ui *ui = load(NULL);
	const struct binding *a, *b;

	(void)state;
	for (size_t i = 0; (a = keys_each(ui->keys, "main", i)); i++)
		for (size_t j = i + 1; (b = keys_each(ui->keys, "main", j)); j++)
			assert_string_not_equal(a->key, b->key);
	ui_free(ui);
}

static const struct {
	const char *file, *from, *to;
	const char *words;	/* that the error must have */
} faults[] = {
	{ "keys.xml", "action=\"find-next\"", "action=\"fnd\"",
	  "there is no action \"fnd\"" },
	{ "keys.xml", "<key name=\"/\"", "<key name=\"F2\"",
	  "F2 already does \"save\" here" },
	{ "keys.xml", "base=\"any\"", "base=\"every\"",
	  "there is no context \"every\" above" },
	{ "menus.xml", "<line/>", "<lin/>", "<lin> is not known here" },
	{ "menus.xml", "title=\"Edit\"", "", "<menu> needs an attribute \"title\"" },
	{ "forms.xml", "ref=\"GraceSeconds\"", "ref=\"Grace\"",
	  "there is no field \"Grace\" in a ups" },
	{ "forms.xml", "ref=\"serial\"", "ref=\"number\"",
	  "there is no reading \"number\" in a ups" },
	{ "columns.xml", "cell=\"state\"", "cell=\"stat\"", "there is no cell \"stat\"" },
	{ "columns.xml", "width=\"12\"", "width=\"-1\"",
	  "width=\"-1\" is not a number from 0 to 1000" },
	{ "theme.xml", "fg=\"green\"", "fg=\"pink\"", "\"pink\" is no colour" },
	{ "theme.xml", "bg=\"234 black\"", "bg=\"234\"",
	  "bg=\"234\" needs a name behind the number" },
	{ "theme.xml", "bg=\"234 black\"", "bg=\"black 234\"", "first a number" },
	{ "theme.xml", "bg=\"234 black\"", "bg=\"15 black\"", "\"15\" is no colour" },
	{ "theme.xml", "base=\"terminal\"", "base=\"trminal\"",
	  "there is no theme \"trminal\" above" },
	{ "theme.xml", "<role name=\"text\"/>", "", "role \"text\" is missing" },
	{ "keys.xml", "name=\"Ctrl-L\"", "name=\"Ctrl-l\"",
	  "Ctrl-l: a letter with Ctrl is written large, Ctrl-L" },
	{ "keys.xml", "name=\"Alt-?\"", "name=\"?\"", "? is typed into the fields of" },
	{ "keys.xml", "<context name=\"menu\"", "<context name=\"main\"",
	  "context \"main\" is there twice" },
	{ "theme.xml", "<role name=\"old\"", "<role name=\"new\"",
	  "there is no role \"new\"" },
	{ "help.xml", "</topic>", "", "help.xml" },
	{ "wizard.xml", "field=\"GraceSeconds\"", "field=\"Grace\"",
	  "there is no field \"Grace\" in a ups" },
};

static char dir[] = "/tmp/t-ui.XXXXXX";

static void copy(const char *name, const char *from, const char *to)
{
	char *src = file_join(getenv("top_srcdir") ? getenv("top_srcdir") : ".", "ui");
	char *in = file_join(src, name), *out = file_join(dir, name);
	struct text t = { 0 };
	struct err e;
	size_t len;
	char *bytes = file_read(in, 1 << 20, &len, &e), *at = bytes;

	if (!bytes)
		fail_msg("%s", e.text);
	if (from) {
		at = strstr(bytes, from);
		assert_non_null(at);
		text_add_len(&t, bytes, (size_t)(at - bytes));
		text_add(&t, to);
		at += strlen(from);
	}
	text_add(&t, at);
	assert_true(file_replace(out, t.s, t.len, 0600, &e));
	text_done(&t);
	free(bytes);
	free(src);
	free(in);
	free(out);
}

static void test_faults(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		struct err e = { 0 };
		struct ui *ui;
		char where[80];

		for (int j = 0; j < FILES; j++)
			copy(files[j], strcmp(files[j], faults[i].file) == 0 ?
			    faults[i].from : NULL, faults[i].to);
		ui = ui_load(dir, &e);
		assert_null(ui);
		snprintf(where, sizeof where, "%s/%s:", dir, faults[i].file);
		if (strncmp(e.text, where, strlen(where)) != 0 || !strstr(e.text, faults[i].words))
			fail_msg("\"%s\" is not \"%sLINE: %s\"", e.text, where, faults[i].words);
	}
}

static void test_missing(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_null(ui_load("/nonexistent/ui", &e));
	assert_non_null(strstr(e.text, "/nonexistent/ui/keys.xml"));
}

static int make_dir(void **state)
{
	(void)state;
	return mkdtemp(dir) ? 0 : -1;
}

static int remove_dir(void **state)
{
	(void)state;
	for (int i = 0; i < FILES; i++) {
		char *path = file_join(dir, files[i]);

		unlink(path);
		free(path);
	}
	return rmdir(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_built_in),
		cmocka_unit_test(test_trees),
		cmocka_unit_test(test_a_document),
		cmocka_unit_test(test_every_field_once),
		cmocka_unit_test(test_contexts),
		cmocka_unit_test(test_no_key_twice),
		cmocka_unit_test(test_f_keys),
		cmocka_unit_test(test_key_names),
		cmocka_unit_test(test_themes),
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_font),
		cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_missing),
	};

	unsetenv("LANGUAGE");
	setenv("LC_ALL", "C.UTF-8", 1);
	i18n_init();
	return cmocka_run_group_tests_name("ui", tests, make_dir, remove_dir);
}
