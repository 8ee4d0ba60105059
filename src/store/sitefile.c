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
