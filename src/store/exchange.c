/* exchange - a site in other formats; see exchange.h */
#include "store/exchange.h"
#include "base/i18n.h"
#include "store/exchanging.h"
#include "store/siteload.h"

#include <string.h>

static const struct {
	const char *word, *end;		/* end: of a file's name */
} formats[EXCHANGE_COUNT] = {
	[EXCHANGE_XML] = { "xml", ".xml" },
	[EXCHANGE_JSON] = { "json", ".json" },
	[EXCHANGE_CSV] = { "csv", ".csv" },
	[EXCHANGE_NUT] = { "ups.conf", ".conf" },
};

const char *exchange_word(enum exchange_format format)
{
	return formats[format].word;
}

enum exchange_format exchange_of_word(const char *word)
{
	enum exchange_format f = 0;

	while (f < EXCHANGE_COUNT && strcmp(formats[f].word, word) != 0)
		f++;
	return f;
}

enum exchange_format exchange_of_path(const char *path)
{
	enum exchange_format f;
	size_t len = strlen(path), end;

	for (f = 0; f < EXCHANGE_COUNT; f++) {
		end = strlen(formats[f].end);
		if (len > end && text_equal_fold(path + len - end, formats[f].end))
			break;
	}
	return f;
}

bool exchange_tells(const struct exchange_out *o, const struct node *n,
    const struct field *f)
{
	/* the name stands with the node */
	return !field_is_kept(f) && node_gives(n, f) &&
	    strcmp(f->key, "Name") != 0 &&
	    (o->secrets || !(f->flags & FIELD_SECRET));
}

/* Settings that are secrets and are given; for the note that they were left out. */
static size_t exchange_secrets(const struct site *s)
{
	const struct node *top = &site_network(s)->node, *n;
	const struct field *f;
	size_t count = 0;
	char buf[16];

	for (n = top; n; n = node_next(n, top))
		for (f = record_fields(n->kind); f->key; f++)
			count += f->flags & FIELD_SECRET && node_gives(n, f) &&
			    *field_text(f, n, buf);
	return count;
}

void exchange_print(const struct site *s, enum exchange_format format,
    const struct exchange_out *o, struct text *out, struct text *notes)
{
	size_t secrets = exchange_secrets(s);

	switch (format) {
	case EXCHANGE_XML:
		exchange_print_xml(s, o, out);
		break;
	case EXCHANGE_JSON:
		exchange_print_json(s, o, out);
		break;
	case EXCHANGE_CSV:
		exchange_print_csv(s, o, out);
		break;
	default:
		exchange_print_nut(s, o, out, notes);
		break;
	}
	if (secrets && !o->secrets)
		text_printf(notes, ngettext("%zu secret was left out\n",
		    "%zu secrets were left out\n", secrets), secrets);
}

struct site *exchange_read(enum exchange_format format, const struct exchange_in *in,
    struct err *e)
{
	switch (format) {
	case EXCHANGE_XML:
		return exchange_read_xml(in, e);
	case EXCHANGE_JSON:
		return exchange_read_json(in, e);
	case EXCHANGE_CSV:
		return exchange_read_csv(in, e);
	default:
		return exchange_read_nut(in, e);
	}
}

void building_start(struct building *b, const struct exchange_in *in, bool secrets)
{
	enum kind k;

	*b = (struct building){ .in = in, .out = site_new(), .secrets = secrets };
	for (k = 0; k < KIND_COUNT; k++)
		b->next[k] = site_last(in->now, k) + 1;
}

void building_reserve(struct building *b, const char *id)
{
	unsigned number;
	enum kind k = siteload_kind(id, strlen(id), &number);

	if (number >= b->next[k])
		b->next[k] = number + 1;
}

/* The number that a node gets; 0 and words. */
static unsigned number_for(struct building *b, enum kind k, const char *id,
    const char *name, struct err *e)
{
	const struct node *old;
	unsigned number;

	if (id) {
		if (siteload_kind(id, strlen(id), &number) == k && number)
			return number;
		err_set(e, _("the id \"%.40s\" is not %s and a number from 1 to %d"),
		    id, kind_section(k), SITE_NUMBER);
		return 0;
	}
	old = site_named(b->in->now, k, name, NULL);
	if (old && !site_find(b->out, old->id))
		return site_id_number(old->id);
	return b->next[k]++;
}

struct node *building_add(struct building *b, struct node *parent, enum container c,
    enum kind k, const char *id, const char *name, struct err *e)
{
	const struct field *f = field_find(record_fields(k), "Name");
	unsigned number = number_for(b, k, id, name, e);
	struct node *n;

	if (!number)
		return NULL;
	n = site_create(b->out, k, number);
	if (!n) {
		err_set(e, _("the id %s%u stands here a second time"),
		    kind_section(k), number);
		return NULL;
	}
	return site_hang(b->out, n, parent, c, NULL, e) &&
	    site_set(b->out, n, f, name, e) ? n : NULL;
}

bool building_set(struct building *b, struct node *n, const char *key,
    const char *value, struct err *e)
{
	const struct field *f = field_find(record_fields(n->kind), key);

	if (!f || field_is_kept(f))
		return err_set(e, _("%s: a %s has no such key"), key,
		    kind_word(n->kind));
	if (node_gives(n, f))
		return err_set(e, _("%s stands here a second time"), f->key);
	return site_set(b->out, n, f, value, e);
}

static void keep_secrets(struct building *b, struct node *n)
{
	const struct node *was = site_find(b->in->now, n->id);
	const struct field *f;
	char buf[16];

	for (f = record_fields(n->kind); was && f->key; f++)
		if (f->flags & FIELD_SECRET && !node_gives(n, f) &&
		    node_gives(was, f))
			site_set(b->out, n, f, field_text(f, was, buf), NULL);
}

struct site *building_end(struct building *b)
{
	struct node *top = &site_network(b->out)->node, *n;

	if (b->secrets)
		return b->out;
	for (n = top; n; n = node_next(n, top))
		keep_secrets(b, n);
	text_printf(b->in->notes,
	    _("%s has no secrets: those that the site has stay\n"), b->in->name);
	return b->out;
}
