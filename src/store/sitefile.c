/* sitefile - a site and the file it came from; see sitefile.h */
#include "store/siteopen.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/siteload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

struct stat siteopen_stat(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? st : (struct stat){ 0 };
}

unsigned siteopen_edition(void)
{
	static unsigned last;

	return ++last;
}

struct sitefile *sitefile_parse(const char *name, char *bytes, size_t len,
    struct findings *findings)
{
	struct sitefile *f = mem_new(struct sitefile);
	struct findings unheard = { 0 };
	struct site_load load = { .findings = findings ? findings : &unheard };

	f->path = mem_dup(name);
	f->site = site_new();
	load.site = f->site;
	f->ini = ini_parse(bytes, len, siteload_fault, &load);
	siteload_run(&load, f->ini);
	f->faulty = load.faulty;
	f->edition = siteopen_edition();
	findings_done(&unheard);
	return f;
}

struct sitefile *sitefile_read(const char *path, struct findings *findings,
    struct err *e)
{
	/* before it is read: a change in between shows */
	struct stat seen = siteopen_stat(path);
	size_t len;
	char *bytes = file_read(path, SITEFILE_MAX, &len, e);
	struct sitefile *f = bytes ? sitefile_parse(path, bytes, len, findings) :
	    NULL;

	if (f)
		f->seen = seen;
	return f;
}

static void make_key(struct site *site)
{
	unsigned char key[32];
	char hex[65];
	size_t i;

	if (getrandom(key, sizeof key, 0) != sizeof key)
		abort();
	for (i = 0; i < sizeof key; i++)
		snprintf(hex + 2 * i, 3, "%02x", key[i]);
	site_set(site, &site_network(site)->node,
	    field_find(network_fields, "SiteKey"), hex, NULL);
}

struct sitefile *sitefile_new(const char *path)
{
	static const char start[] =
	    "; Power control network. Written by amc " VERSION_TEXT ".\n"
	    "[Network]\nFormat=1\nRevision=1\n";
	struct sitefile *f = sitefile_parse(path, mem_dup(start),
	    strlen(start), NULL);

	f->is_new = true;
	make_key(f->site);
	return f;
}

void sitefile_free(struct sitefile *f)
{
	size_t i = 0;
	char *text;

	if (!f)
		return;
	while ((text = map_each(&f->buried, &i)))
		free(text);
	map_done(&f->buried);
	ini_free(f->ini);
	site_free(f->site);
	free(f->on_disk);
	free(f->path);
	free(f);
}

const char *sitefile_path(const struct sitefile *f)
{
	return f->path;
}

struct site *sitefile_site(const struct sitefile *f)
{
	return f->site;
}

const char *sitefile_original(const struct sitefile *f, size_t *len)
{
	if (!f->on_disk)
		return ini_original(f->ini, len);
	*len = f->on_disk_len;
	return f->on_disk;
}

unsigned sitefile_edition(const struct sitefile *f)
{
	return f->edition;
}

void sitefile_pack(struct sitefile *f)
{
	ini_pack(f->ini);
}

bool sitefile_faulty(const struct sitefile *f)
{
	return f->faulty;
}

long sitefile_line(const struct sitefile *f, unsigned node,
    const struct field *field)
{
	ini_section s = ini_tagged(f->ini, node);
	struct ini_key k;

	if (!s)
		return 0;
	if (field && ini_find(f->ini, s, field->key, &k) && k.line)
		return k.line;
	return ini_section_line(f->ini, s);
}

static const char *parent_text(const struct node *n, char buf[64])
{
	char section[24];

	snprintf(buf, 64, "%s%s%s", site_section(n->parent->id, section),
	    n->container == IN_ITSELF ? "" : ".", container_key(n->container));
	return buf;
}

/* Drops keys that were given in the file and are not any more. */
static void drop_keys(struct sitefile *f, ini_section s,
    const struct node *n)
{
	const struct field *field;
	struct text value = { 0 };
	struct ini_key k;
	bool doubtful;
	int unused;

	for (field = record_fields(n->kind); field->key; field++) {
		if (field->type == FIELD_PARENT || node_gives(n, field) ||
		    !ini_find(f->ini, s, field->key, &k))
			continue;
		/*
		 * one that could not be understood stays as it is, and an
		 * empty one that the file had, which gives nothing
		 */
		value.len = 0;
		text_add(&value, "");
		if (value_decode(ini_encoding(f->ini), k.raw, k.raw_len, &value,
		    &doubtful, NULL) && (*value.s || !k.line) &&
		    field_check(field, value.s, &unused, NULL))
			ini_unset(f->ini, s, field->key);
	}
	text_done(&value);
}

/*
 * Does its line mean that already, though maybe in other letters ("007",
 * "UPS")? Then it stays as it is.
 */
static bool says(const struct sitefile *f, ini_section s,
    const struct node *n, const struct field *field, const char *text)
{
	struct text value = { 0 };
	enum container c;
	struct ini_key k;
	bool doubtful, same;
	int number;

	if ((!field_is_int(field) && field->type != FIELD_PARENT) ||
	    !ini_find(f->ini, s, field->key, &k))
		return false;
	if (k.raw_len == strlen(text) && memcmp(k.raw, text, k.raw_len) == 0)
		return true;
	text_add(&value, "");
	same = value_decode(ini_encoding(f->ini), k.raw, k.raw_len, &value,
	    &doubtful, NULL);
	if (same && field->type == FIELD_PARENT)
		same = siteload_parent(f->site, value.s, &c) == n->parent &&
		    c == (enum container)n->container;
	else if (same)
		same = field_check(field, value.s, &number, NULL) &&
		    number == field_int(field, n);
	text_done(&value);
	return same;
}

bool siteopen_write(struct sitefile *f, ini_section s,
    const struct node *n, struct err *e)
{
	const struct field *field;
	size_t given = 0, keys = 0, at = 0;
	struct ini_key k;
	char buf[64];

	for (field = record_fields(n->kind); field->key; field++) {
		const char *text;

		if (field->type == FIELD_PARENT)
			text = n->parent ? parent_text(n, buf) : NULL;
		else
			text = node_gives(n, field) ?
			    field_text(field, n, buf) : NULL;
		if (!text)
			continue;
		given++;
		if (!says(f, s, n, field, text) &&
		    !ini_set(f->ini, s, field->key, text, e))
			return err_at(e, "%s: %s", node_name(n), field->key);
	}
	while (ini_each(f->ini, s, &at, &k))
		keys++;
	if (keys > given)
		drop_keys(f, s, n);
	return true;
}

static ini_section later(const struct ini *ini, ini_section a, ini_section b)
{
	return b && (!a || ini_rank(ini, b) > ini_rank(ini, a)) ? b : a;
}

/* The section of a node, made or moved so that siblings stand in their order. */
static ini_section place(struct sitefile *f, const struct node *n, ini_section before)
{
	ini_section s = ini_tagged(f->ini, n->id), sibling;
	const struct node *elder = node_before(n);
	char title[24], *text;

	sibling = elder ? ini_tagged(f->ini, elder->id) : 0;
	if (!s) {
		/* a removal that was undone brings its comments back, too */
		text = map_get(&f->buried, n->id);
		s = text ? ini_add_text(f->ini, later(f->ini, before, sibling), text) :
		    ini_add(f->ini, later(f->ini, before, sibling),
		    site_section(n->id, title));
		map_remove(&f->buried, n->id);
		free(text);
		ini_set_tag(f->ini, s, n->id);
	} else if (sibling && ini_rank(f->ini, s) < ini_rank(f->ini, sibling)) {
		ini_move(f->ini, s, later(f->ini, before, sibling));
	}
	return s;
}

static void remove_sections(struct sitefile *f)
{
	ini_section s, next;

	for (s = ini_first(f->ini); s; s = next) {
		unsigned id = ini_tag(f->ini, s);

		next = ini_next(f->ini, s);
		if (id && !site_find(f->site, id)) {
			map_put(&f->buried, id, ini_section_text(f->ini, s));
			ini_remove(f->ini, s);
		}
	}
}

/* Brings the document up to the site. */
static bool update(struct sitefile *f, struct err *e)
{
	struct node *n, *top = &site_network(f->site)->node;
	ini_section s = 0;

	remove_sections(f);
	ini_rerank(f->ini);
	for (n = top; n; n = node_next(n, top)) {
		s = n == top ? ini_tagged(f->ini, n->id) : place(f, n, s);
		/* without [Network] it is no site file, and none is made of it */
		if (s && !siteopen_write(f, s, n, e))
			return false;
	}
	return true;
}

char *siteopen_print(struct sitefile *f, size_t *len)
{
	struct text out = { 0 };

	ini_print(f->ini, &out);
	*len = out.len;
	return text_take(&out);
}

char *sitefile_print(struct sitefile *f, size_t *len, struct err *e)
{
	return update(f, e) ? siteopen_print(f, len) : NULL;
}

char *sitefile_print_as(struct sitefile *f, struct site *wanted, size_t *len,
    struct err *e)
{
	char *bytes = sitefile_print(f, len, e), *as = NULL;
	struct sitefile *other = NULL;

	if (bytes) {
		other = sitefile_parse(f->path, bytes, *len, NULL);
		site_free(other->site);
		other->site = wanted;
		as = sitefile_print(other, len, e);
	} else {
		site_free(wanted);
	}
	sitefile_free(other);
	return as;
}

/* A document and its site, in nobody's place yet or any more. */
struct sitefile_content {
	struct sitefile *of;	/* a file of its own, for its content */
};

/* What only saving changes stays what it is. */
static void keep_stamp(struct site *site, const struct site *was)
{
	struct node *to = &site_network(site)->node;
	const struct node *from = &site_network(was)->node;
	const struct field *f;
	char buf[16];

	for (f = network_fields; f->key; f++) {
		if (!(f->flags & FIELD_STAMP))
			continue;
		if (node_gives(from, f))
			site_set(site, to, f, field_text(f, from, buf), NULL);
		else
			site_unset(site, to, f);
	}
}

struct sitefile_content *sitefile_content(const struct sitefile *f, const char *bytes,
    size_t len, struct findings *findings, struct err *e)
{
	struct sitefile_content *c = mem_new(struct sitefile_content);

	c->of = sitefile_parse(f->path, mem_ndup(bytes, len), len, findings);
	if (!c->of->faulty)
		return c;
	sitefile_content_free(c);
	err_kind(e, ERR_SITE, _("%s: it has faults, so it does not take the site's place"),
	    f->path);
	return NULL;
}

void sitefile_content_free(struct sitefile_content *c)
{
	if (c)
		sitefile_free(c->of);
	free(c);
}

void siteopen_swap(struct sitefile *a, struct sitefile *b)
{
	struct ini *ini = a->ini;

	a->ini = b->ini;
	b->ini = ini;
}

void sitefile_swap(struct sitefile *f, struct sitefile_content *c)
{
	struct sitefile was = *f;
	const char *original;

	if (!f->on_disk) {
		original = ini_original(f->ini, &f->on_disk_len);
		f->on_disk = mem_ndup(original, f->on_disk_len);
	}
	keep_stamp(c->of->site, f->site);
	siteopen_swap(f, c->of);
	f->buried = c->of->buried;
	f->site = c->of->site;
	f->faulty = c->of->faulty;
	c->of->buried = was.buried;
	c->of->site = was.site;
	c->of->faulty = was.faulty;
}
