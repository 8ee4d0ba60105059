/* lookup - the node that a name or a path means; a part of site */
#include "model/site.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct node *site_named(const struct site *s, enum kind k, const char *name,
    const struct node *except)
{
	const char *own = site_string(s, name);
	struct node *n, *top = &site_network(s)->node;

	if (!own)	/* nobody has any such text */
		return NULL;
	for (n = node_next(top, top); n; n = node_next(n, top))
		if (n->kind == k && n != except && node_name(n) == own)
			return n;
	return NULL;
}

/* The container that a word of len characters names, or IN_COUNT. */
static enum container container_of(const char *word, size_t len)
{
	enum container c;

	for (c = 0; c < IN_ITSELF; c++)
		if (strlen(container_word(c)) == len &&
		    strncmp(container_word(c), word, len) == 0)
			break;
	return c == IN_ITSELF ? IN_COUNT : c;
}

/*
 * The child that the path goes on with: names may contain a slash, so the
 * longest name that fits wins. *c IN_COUNT: in whichever container.
 */
static struct node *step(struct node *at, enum container c, const char **path)
{
	struct node *n, *best = NULL;
	size_t len, most = 0;
	int from = c == IN_COUNT ? 0 : (int)c, to = c == IN_COUNT ? IN_COUNT : (int)c + 1;

	for (; from < to; from++)
		for (n = node_first(at, from); n; n = n->next) {
			len = strlen(node_name(n));
			if (strncmp(node_name(n), *path, len) == 0 &&
			    ((*path)[len] == '/' || (*path)[len] == '\0') &&
			    len > most) {
				best = n;
				most = len;
			}
		}
	*path += most;
	return best;
}

/*
 * Where a path begins that does not begin at the top: the node of a unique
 * name; of names that fit, the longest. NULL if there is none, or several.
 */
static struct node *anywhere(const struct site *s, const char **path)
{
	struct node *n, *top = &site_network(s)->node, *best = NULL;
	size_t len, most = 0;

	for (n = node_next(top, top); n; n = node_next(n, top)) {
		len = strlen(node_name(n));
		if (len < most || strncmp(node_name(n), *path, len) != 0 ||
		    ((*path)[len] != '/' && (*path)[len] != '\0'))
			continue;
		best = len > most ? n : NULL;
		most = len;
	}
	if (best)
		*path += most;
	return best;
}

/* From the top, behind so many bytes of the path. */
static struct node *by_path(const struct site *s, const char *path, size_t skip,
    enum container *c, struct err *e)
{
	struct node *at = &site_network(s)->node, *next;
	enum container in = IN_COUNT, word;
	const char *p = path + skip;
	size_t len;

	while (*p) {
		len = strcspn(p, "/");
		word = in == IN_COUNT && at->kind == KIND_GROUP ?
		    container_of(p, len) : IN_COUNT;
		if (word != IN_COUNT) {
			in = word;
			p += len;
		} else {
			next = step(at, in, &p);
			if (!next && !skip && p == path)
				next = anywhere(s, &p);
			if (!next) {
				err_set(e, _("%s: there is no %.*s in %s%s%s"),
				    path, (int)len, p, node_name(at),
				    in == IN_COUNT ? "" : "/",
				    in == IN_COUNT ? "" : container_word(in));
				return NULL;
			}
			at = next;
			in = IN_COUNT;
		}
		if (*p == '/')
			p++;
	}
	*c = in == IN_COUNT ? IN_ITSELF : in;
	return at;
}

struct node *site_lookup(const struct site *s, const char *path,
    enum container *c, struct err *e)
{
	struct node *n, *top = &site_network(s)->node, *found = NULL;
	const char *own = site_string(s, path);
	static const char top_word[] = "network";
	bool below = strncmp(path, "network/", sizeof top_word) == 0;
	enum container in;

	if (c)
		*c = IN_ITSELF;
	if (strcmp(path, top_word) == 0 || strcmp(path, "Network") == 0)
		return top;
	for (n = own ? node_next(top, top) : NULL; n; n = node_next(n, top)) {
		if (node_name(n) != own)
			continue;
		if (found) {
			char *a = node_path(found), *b = node_path(n);

			err_set(e, _("%s: there are several: %s, %s; give the path"),
			    path, a, b);
			free(a);
			free(b);
			return NULL;
		}
		found = n;
	}
	if (found)
		return found;
	if (!*path || (!strchr(path, '/') && path[0] != '@')) {
		err_set(e, _("%s: there is no such node"), *path ? path : "\"\"");
		return NULL;
	}
	n = by_path(s, path, below ? sizeof top_word : 0, &in, e);
	if (!n && below)	/* a group may be called so, too */
		n = by_path(s, path, 0, &in, NULL);
	if (n && in != IN_ITSELF && !c) {
		err_set(e, _("%s: is a container, not a node"), path);
		return NULL;
	}
	if (n && c)
		*c = in;
	return n;
}
