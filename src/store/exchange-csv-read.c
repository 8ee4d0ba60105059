/* A table as the nodes of a site; a part of exchange */
#include "store/exchange-csv.h"

#include "base/csv.h"
#include "base/i18n.h"
#include "store/siteload.h"

#include <string.h>

static const char *plain(const char *cell)
{
	return *cell == '\'' && csv_is_risky(cell + 1) ? cell + 1 : cell;
}

/* A table that is being read. */
struct reading_csv {
	const struct exchange_in *in;
	struct site *out;
	struct csv_row head, row;
	int at[COL_KEYS];	/* where the first columns stand, -1: nowhere */
};

static bool column_error(const struct reading_csv *r, const char *column, struct err *e)
{
	return err_at(e, "%s:%ld: %s", r->in->name, r->row.line, column);
}

/* Which of the first columns it is; COL_KEYS: a key. */
static int column_of(const char *title)
{
	int i = 0;

	while (i < COL_KEYS && !text_equal_fold(title, csv_columns[i]))
		i++;
	return i;
}

static bool is_key(const char *title)
{
	struct csv_keys t;
	size_t i;

	csv_keys(&t, true);
	for (i = 0; i < t.n; i++)
		if (text_equal_fold(title, t.keys[i]))
			return true;
	return false;
}

static bool check_head(struct reading_csv *r, struct err *e)
{
	size_t i, j;
	int c;

	for (i = 0; i < COL_KEYS; i++)
		r->at[i] = -1;
	for (i = 0; i < r->head.n; i++) {
		const char *title = r->head.cells[i];

		c = column_of(title);
		if (c < COL_KEYS)
			r->at[c] = (int)i;
		else if (!is_key(title))
			return err_set(e, _("%s:%ld: \"%.40s\" is no column: id, kind, name, parent or a key of the site file"),
			    r->in->name, r->head.line, title);
		for (j = 0; j < i; j++)
			if (text_equal_fold(title, r->head.cells[j]))
				return err_set(e, _("%s:%ld: the column %.40s stands here twice"),
				    r->in->name, r->head.line, title);
	}
	if (r->at[COL_NAME] < 0 && r->at[COL_ID] < 0)
		return err_set(e, _("%s:%ld: there is no column name"), r->in->name,
		    r->head.line);
	return true;
}

/* A cell of the first columns, "" when the table has no such. */
static const char *cell(const struct reading_csv *r, int column)
{
	int i = r->at[column];

	return i >= 0 && (size_t)i < r->row.n ? plain(r->row.cells[i]) : "";
}

/* Where the row says that its node hangs; NULL and words. */
static struct node *parent_of(struct reading_csv *r, enum container *c, struct err *e)
{
	const char *path = cell(r, COL_PARENT);
	struct node *n;
	struct err first;

	/* as it was before this table renamed something; or what it has added */
	n = site_lookup(r->in->now, path, c, &first);
	n = n ? site_find(r->out, n->id) : site_lookup(r->out, path, c, e);
	if (n || (column_error(r, csv_columns[COL_PARENT], e), false))
		return n;
	return NULL;
}

/* The kind that the row says; KIND_COUNT: nothing, or words. */
static bool kind_of(const struct reading_csv *r, enum kind *k, struct err *e)
{
	const char *word = cell(r, COL_KIND);

	for (*k = 0; *k < KIND_COUNT; ++*k)
		if (strcmp(word, kind_word(*k)) == 0)
			break;
	if (*k < KIND_COUNT || !*word)
		return true;
	err_set(e, _("\"%.40s\" is not group, ups or terminal"), word);
	return column_error(r, csv_columns[COL_KIND], e);
}

static struct node *add_node(struct reading_csv *r, enum kind k, struct err *e)
{
	const char *name = cell(r, COL_NAME);
	struct node *parent, *n;
	enum container c;

	if (k == KIND_COUNT) {
		err_set(e, _("%s: there is no such node, and a new one needs its kind"),
		    name);
		column_error(r, csv_columns[COL_KIND], e);
		return NULL;
	}
	if (!*cell(r, COL_PARENT)) {
		err_set(e, _("%s: there is no such node, and a new one needs its parent"),
		    name);
		column_error(r, csv_columns[COL_PARENT], e);
		return NULL;
	}
	parent = parent_of(r, &c, e);
	if (!parent)
		return NULL;
	if (k == KIND_UPS && c == IN_ITSELF)
		c = IN_POWER;
	n = site_add(r->out, parent, c, k, name, e);
	if (!n)
		column_error(r, csv_columns[COL_NAME], e);
	return n;
}

/* The node of the name, where several have it the one at the row's parent. */
static struct node *by_name(struct reading_csv *r, enum kind k, bool *failed,
    struct err *e)
{
	const struct node *top = &site_network(r->out)->node, *n, *parent = NULL;
	struct node *found = NULL;
	enum container c = IN_COUNT;
	int count = 0;

	if (*cell(r, COL_PARENT) && (parent = site_lookup(r->in->now,
	    cell(r, COL_PARENT), &c, NULL)))
		parent = site_find(r->out, parent->id);
	for (n = top; n; n = node_next(n, top)) {
		if ((k != KIND_COUNT && n->kind != k) ||
		    strcmp(node_name(n), cell(r, COL_NAME)) != 0)
			continue;
		if (parent && n->parent == parent && n->container == c)
			return site_find(r->out, n->id);
		found = site_find(r->out, n->id);
		count++;
	}
	*failed = count > 1;
	if (*failed) {
		err_set(e, _("%s: there are several: give the kind, the parent or the id"),
		    cell(r, COL_NAME));
		column_error(r, csv_columns[COL_NAME], e);
	}
	return *failed ? NULL : found;
}

/* What the id of the row names, if it has one that is there. */
static struct node *by_id(struct reading_csv *r, enum kind k)
{
	const char *id = cell(r, COL_ID);
	unsigned number;
	enum kind named = siteload_kind(id, strlen(id), &number);
	struct node *n = number ? site_find(r->out, site_id(named, number)) : NULL;

	return n && (k == KIND_COUNT || n->kind == k) ? n : NULL;
}

static bool move_node(struct reading_csv *r, struct node *n, struct err *e)
{
	struct node *parent;
	enum container c;

	if (!*cell(r, COL_PARENT) || !n->parent)
		return true;
	parent = parent_of(r, &c, e);
	if (!parent)
		return false;
	if (n->kind == KIND_UPS && c == IN_ITSELF)
		c = IN_POWER;
	return (parent == n->parent && c == n->container) ||
	    site_hang(r->out, n, parent, c, NULL, e) ||
	    column_error(r, csv_columns[COL_PARENT], e);
}

static bool set_cell(struct reading_csv *r, struct node *n, const char *title,
    const char *text, struct err *e)
{
	const struct field *f = field_find(record_fields(n->kind), title);
	char buf[16];

	if (!*text)	/* says nothing */
		return true;
	if (!f) {
		err_set(e, _("a %s has no such key"), kind_word(n->kind));
		return column_error(r, title, e);
	}
	if (strcmp(text, NO_VALUE) == 0) {
		site_unset(r->out, n, f);
		return true;
	}
	text = plain(text);
	return (node_gives(n, f) && strcmp(field_text(f, n, buf), text) == 0) ||
	    site_set(r->out, n, f, text, e) || column_error(r, title, e);
}

static bool read_row(struct reading_csv *r, struct err *e)
{
	const struct field *f;
	struct node *n;
	bool failed = false;
	enum kind k;
	size_t i;

	if (!kind_of(r, &k, e))
		return false;
	if (r->row.n > r->head.n)
		return err_set(e, _("%s:%ld: there are more cells than columns"),
		    r->in->name, r->row.line);
	n = by_id(r, k);
	if (!n && !*cell(r, COL_NAME)) {
		err_set(e, _("the row names no node"));
		return column_error(r, csv_columns[COL_NAME], e);
	}
	if (!n)
		n = by_name(r, k, &failed, e);
	if (failed)
		return false;
	if (!n && !(n = add_node(r, k, e)))
		return false;
	f = field_find(record_fields(n->kind), "Name");
	if (f && *cell(r, COL_NAME) && strcmp(node_name(n), cell(r, COL_NAME)) != 0 &&
	    !site_set(r->out, n, f, cell(r, COL_NAME), e))
		return column_error(r, csv_columns[COL_NAME], e);
	if (!move_node(r, n, e))
		return false;
	for (i = 0; i < r->row.n; i++)
		if (column_of(r->head.cells[i]) == COL_KEYS &&
		    !set_cell(r, n, r->head.cells[i], r->row.cells[i], e))
			return false;
	return true;
}

struct site *exchange_read_csv(const struct exchange_in *in, struct err *e)
{
	struct reading_csv r = { .in = in, .out = site_copy(in->now) };
	struct csv table;
	bool ok;

	csv_init(&table, in->bytes, in->len);
	ok = csv_next(&table, &r.head, e);
	if (!ok && *e->text)
		err_at(e, "%s", in->name);
	else if (!ok)
		err_set(e, _("%s: the table is empty"), in->name);
	ok = ok && check_head(&r, e);
	while (ok && csv_next(&table, &r.row, e))
		ok = read_row(&r, e);
	if (ok && *e->text)
		ok = err_at(e, "%s", in->name);
	csv_done(&r.head);
	csv_done(&r.row);
	if (ok)
		return r.out;
	site_free(r.out);
	return NULL;
}
