/* show - the tree, or one node with every setting and its origin */
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HIDDEN "********"

/* A value as `amc set` takes it; a secret only tells that there is one. */
static const char *value_of(const struct field *f, const struct node *n,
    char buf[16])
{
	const char *text = field_text(f, n, buf);

	return f->flags & FIELD_SECRET && *text ? HIDDEN : text;
}

/* What counts for the node after inheritance, and where it comes from. */
static const char *effective(struct cli *c, const struct node *n,
    const struct field *f, enum origin *origin, const struct node **from,
    char buf[16])
{
	const struct field *other;

	*origin = node_origin(n, f, from);
	if (*origin != FROM_PARENT)
		return value_of(f, n, buf);
	if ((*from)->kind == KIND_NETWORK) {	/* Port is its TerminalPort */
		snprintf(buf, 16, "%d", terminal_port(app_site(c->app),
		    node_terminal(n)));
		return buf;
	}
	other = field_find(record_fields((*from)->kind), f->key);
	return other ? value_of(other, *from, buf) : "";
}

static void print_row(const struct node *n, int indent)
{
	int cols = indent + text_width(node_name(n));
	const char *description = node_description(n);

	printf("%*s%s%*s %-8s ", indent, "", node_name(n),
	    cols < 34 ? 34 - cols : 0, "", kind_word(n->kind));
	if (*description)
		printf("%-15s %s\n", node_address(n), description);
	else
		printf("%s\n", node_address(n));
}

static void print_tree(const struct node *n, int indent)
{
	const struct node *child;
	enum container c;

	if (n->kind == KIND_NETWORK)
		printf("network\n");
	else
		print_row(n, indent);
	for (c = 0; c < IN_COUNT; c++) {
		bool itself = c == IN_ITSELF;

		if (!itself && node_first(n, c))
			printf("%*s%s\n", indent + 2, "", container_word(c));
		for (child = node_first(n, c); child; child = child->next)
			print_tree(child, indent + (itself ? 2 : 4));
	}
}

static void print_node(struct cli *c, const struct node *n)
{
	const struct field *f;
	const struct node *from;
	enum origin origin;
	char buf[16], *path = node_path(n), section[24];

	printf("%s  [%s]\n", path, site_section(n->id, section));
	free(path);
	for (f = record_fields(n->kind); f->key; f++) {
		const char *text;

		if (f->type == FIELD_PARENT)
			continue;
		text = effective(c, n, f, &origin, &from, buf);
		printf("  %-22s = %-18s %-4s ", f->key, *text ? text : "\"\"",
		    f->unit && *text ? f->unit : "");
		if (origin == FROM_FILE)
			printf("%s\n", _("file"));
		else if (origin == FROM_INITIAL)
			printf("%s\n", _("initial value"));
		else
			printf(_("from %s\n"), node_name(from));
	}
}

static void put_setting(struct json *j, const struct node *n,
    const struct field *f, const char *text)
{
	if (f->type == FIELD_NUMBER && *text)
		json_put_int(j, f->key, atoi(text));
	else if (f->type == FIELD_NUMBER)
		json_put_null(j, f->key);
	else
		json_put_text(j, f->key, text);
	(void)n;
}

static struct json *node_json(struct cli *c, const struct node *n, bool top,
    bool origins)
{
	static const char *const words[] = { "file", "initial", "parent" };
	struct json *j = json_new_object(), *settings = json_new_object();
	struct json *from_json = json_new_object(), *children;
	const struct field *f;
	const struct node *child, *from;
	enum container in;
	enum origin origin;
	char buf[16], section[24];

	if (top)
		json_put_text(j, "schema", "amc.show.v1");
	json_put_text(j, "id", site_section(n->id, section));
	json_put_text(j, "kind", kind_word(n->kind));
	json_put_text(j, "name", node_name(n));
	json_put_text(j, "container", n->parent ? container_word(n->container) : "");
	for (f = record_fields(n->kind); f->key; f++) {
		if (f->type == FIELD_PARENT)
			continue;
		put_setting(settings, n, f, effective(c, n, f, &origin, &from, buf));
		json_put_text(from_json, f->key, words[origin]);
	}
	json_put(j, "settings", settings);
	if (origins)
		json_put(j, "origins", from_json);
	else
		json_free(from_json);
	children = json_new_array();
	for (in = 0; in < IN_COUNT; in++)
		for (child = node_first(n, in); child; child = child->next)
			json_add(children, node_json(c, child, false, false));
	json_put(j, "children", children);
	return j;
}

void cli_print_tree(const struct node *n)
{
	print_tree(n, 0);
}

struct json *cli_node_json(struct cli *c, const struct node *n)
{
	return node_json(c, n, false, false);
}

int verb_show(struct cli *c)
{
	const struct node *n = NULL;
	struct err e = { .text = "" };
	int status;

	if (!cli_open(c, c->argv[0], &status))
		return status;
	if (c->argc > 1) {
		n = site_lookup(app_site(c->app), c->argv[1], NULL, &e);
		if (!n)
			return cli_fail(&e);
	}
	if (c->json)
		cli_print_json(node_json(c, n ? n :
		    &site_network(app_site(c->app))->node, true, n != NULL));
	else if (n)
		print_node(c, n);
	else
		print_tree(&site_network(app_site(c->app))->node, 0);
	/* it is shown as far as it can be understood; say that there is more */
	return cli_faulty(c->app);
}
