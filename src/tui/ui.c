#include "tui/ui.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool read_menu(struct ui *ui, const struct xml *doc,
    const struct xml_node *n, struct err *e)
{
	struct menu *m;

	mem_grow(ui->menus, ui->menus_n, ui->menus_cap);
	m = &ui->menus[ui->menus_n++];
	*m = (struct menu){ .title = ui_attr(doc, n, "title", e),
	    .key = ui_attr(doc, n, "key", e) };
	if (!m->title || !m->key)
		return false;
	for (const struct xml_node *i = xml_first(n); i; i = xml_next(i)) {
		const struct action *a = NULL;

		if (xml_is(i, "item") && !(a = ui_action(doc, i, e)))
			return false;
		if (!a && !xml_is(i, "line"))
			return ui_unknown(doc, i, e);
		mem_grow(m->items, m->n, m->cap);
		m->items[m->n++] = a;
	}
	return true;
}

static bool read_menus(struct ui *ui, const struct xml *doc, struct err *e)
{
	for (const struct xml_node *n = xml_first(xml_root(doc)); n; n = xml_next(n))
		if (!(xml_is(n, "menu") ? read_menu(ui, doc, n, e) : ui_unknown(doc, n, e)))
			return false;
	return true;
}

static bool read_columns(struct ui *ui, const struct xml *doc, struct err *e)
{
	for (const struct xml_node *n = xml_first(xml_root(doc)); n; n = xml_next(n)) {
		struct column c = { 0 };
		const char *name, *align = xml_attr(n, "align");

		if (!xml_is(n, "column"))
			return ui_unknown(doc, n, e);
		if (!(name = ui_attr(doc, n, "cell", e)) ||
		    !(c.title = ui_attr(doc, n, "title", e)) ||
		    !ui_number(doc, n, "width", 8, &c.width, e) ||
		    !ui_number(doc, n, "max", c.width, &c.max, e) ||
		    !ui_number(doc, n, "rank", 1, &c.rank, e) ||
		    !ui_number(doc, n, "grow", 0, &c.grow, e))
			return false;
		c.cell = cell_find(name);
		if (!c.cell)
			return xml_err(doc, n, e, _("there is no cell \"%s\""), name);
		c.right = align && strcmp(align, "right") == 0;
		c.place = (int)ui->columns_n;
		mem_grow(ui->columns, ui->columns_n, ui->columns_cap);
		ui->columns[ui->columns_n++] = c;
	}
	return true;
}

static bool read_help(struct ui *ui, const struct xml *doc, struct err *e)
{
	for (const struct xml_node *n = xml_first(xml_root(doc)); n; n = xml_next(n)) {
		struct topic t = { 0 };

		if (!xml_is(n, "topic"))
			return ui_unknown(doc, n, e);
		if (!(t.view = ui_attr(doc, n, "view", e)) ||
		    !(t.title = ui_attr(doc, n, "title", e)))
			return false;
		mem_grow(ui->topics, ui->topics_n, ui->topics_cap);
		ui->topics[ui->topics_n++] = t;
		for (const struct xml_node *p = xml_first(n); p; p = xml_next(p)) {
			struct topic *to = &ui->topics[ui->topics_n - 1];

			if (!xml_is(p, "p"))
				return ui_unknown(doc, p, e);
			mem_grow(to->paragraphs, to->n, to->cap);
			to->paragraphs[to->n++] = xml_text(p);
		}
	}
	return true;
}

static bool read_keys(struct ui *ui, const struct xml *doc, struct err *e)
{
	ui->keys = keys_read(doc, e);
	return ui->keys != NULL;
}

static bool read_wizards(struct ui *ui, const struct xml *doc, struct err *e)
{
	ui->wizards = wizards_read(doc, e);
	return ui->wizards != NULL;
}

/* A menu's key does nothing else on the main screen, and opens one menu. */
static bool check_menus(const struct ui *ui, struct err *e)
{
	for (size_t i = 0; i < ui->menus_n; i++) {
		const struct menu *m = &ui->menus[i];
		const struct binding *b = keys_find(ui->keys, "main", m->key);

		if (b)
			return xml_err(b->doc, b->at, e, _("%s opens the menu \"%s\""),
			    m->key, m->title);
		for (size_t j = 0; j < i; j++)
			if (strcmp(ui->menus[j].key, m->key) == 0)
				return err_set(e, _("menus.xml: %s opens both \"%s\" and \"%s\""),
				    m->key, ui->menus[j].title, m->title);
	}
	return true;
}

struct part {
	const char *name;
	bool (*read)(struct ui *, const struct xml *, struct err *);
};

static bool read_part(struct ui *ui, const char *dir, const struct part *part,
    struct err *e)
{
	struct xml *doc = ui_file(dir, part->name, e);

	if (doc)
		ui->docs[ui->docs_n++] = doc;
	return doc && part->read(ui, doc, e);
}

static bool read_themes(struct ui *ui, const struct xml *doc, struct err *e)
{
	return themes_read(&ui->themes, doc, e);
}

static bool add_keys(struct ui *ui, const struct xml *doc, struct err *e)
{
	return keys_add(ui->keys, doc, e) && check_menus(ui, e);
}

/* The first screen needs none of them. */
static const struct part help_part = { "help.xml", read_help };
static const struct part wizard_part = { "wizard.xml", read_wizards };

struct ui *ui_load(const char *dir, struct err *e)
{
	static const struct part parts[] = {
		{ "keys.xml", read_keys },
		{ "menus.xml", read_menus },
		{ "columns.xml", read_columns },
		{ "forms.xml", ui_read_forms },
		{ "theme.xml", read_themes },
	};
	struct ui *ui = mem_new(struct ui);

	ui->built_in = !dir;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (!read_part(ui, dir, &parts[i], e))
			goto bad;
	if (check_menus(ui, e) &&
	    (!dir || (read_part(ui, dir, &help_part, e) && read_part(ui, dir, &wizard_part, e))))
		return ui;
bad:
	ui_free(ui);
	return NULL;
}

bool ui_own(struct ui *ui, const char *dir, struct err *e)
{
	static const struct part own[] = {
		{ "keys.xml", add_keys }, { "theme.xml", read_themes },
	};

	for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
		char *path = file_join(dir, own[i].name);
		bool there = access(path, F_OK) == 0;

		free(path);
		if (there && !read_part(ui, dir, &own[i], e))
			return false;
	}
	return true;
}

void ui_free(struct ui *ui)
{
	if (!ui)
		return;
	keys_free(ui->keys);
	wizards_free(ui->wizards);
	themes_done(&ui->themes);
	for (size_t i = 0; i < ui->menus_n; i++)
		free(ui->menus[i].items);
	free(ui->menus);
	for (int k = 0; k < KIND_COUNT; k++)
		free(ui->layouts[k].spots);
	free(ui->columns);
	for (size_t i = 0; i < ui->topics_n; i++) {
		for (size_t j = 0; j < ui->topics[i].n; j++)
			free(ui->topics[i].paragraphs[j]);
		free(ui->topics[i].paragraphs);
	}
	free(ui->topics);
	for (size_t i = 0; i < ui->docs_n; i++)
		xml_free(ui->docs[i]);
	free(ui);
}

const char *ui_label(const struct ui *ui, enum kind kind, const struct field *f, int cols)
{
	const struct layout *l = &ui->layouts[kind];

	if (text_width(tr(f->label)) > cols)
		for (size_t i = 0; i < l->n; i++)
			if (l->spots[i].field == f && l->spots[i].brief)
				return tr(l->spots[i].brief);
	return tr(f->label);
}

const struct topic *ui_topics(struct ui *ui, size_t *n)
{
	if (!ui->topics && ui->built_in)
		read_part(ui, NULL, &help_part, NULL);
	*n = ui->topics_n;
	return ui->topics;
}

const struct topic *ui_topic(struct ui *ui, const char *view)
{
	size_t n;
	const struct topic *topics = ui_topics(ui, &n);

	for (size_t i = 0; i < n; i++)
		if (strcmp(topics[i].view, view) == 0)
			return &topics[i];
	return NULL;
}

const struct wizards *ui_wizards(struct ui *ui)
{
	if (!ui->wizards && ui->built_in)
		read_part(ui, NULL, &wizard_part, NULL);
	return ui->wizards;
}
