/* siteload - from the sections of a document to the tree; see siteload.h */
#include "store/siteload.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A Parent= that is looked up when all sections are known. */
struct pending {
	struct node *node;
	const char *parent;	/* in the document, raw */
	size_t len;
	long line;
};

struct work {
	struct site_load *load;
	struct ini *ini;
	struct text value;	/* used again for each */
	struct pending *pending;
	size_t n, cap;
};

static void error_at(struct site_load *l, const char *rule, long line,
    unsigned node, const struct field *field, const char *words)
{
	struct finding *f = findings_add(l->findings, rule, SEVERITY_ERROR,
	    node, field, "%s", words);

	f->line = line;
	l->faulty = true;
}

static void warning_at(struct site_load *l, long line, unsigned node,
    const struct field *field, const char *words)
{
	findings_add(l->findings, "", SEVERITY_WARNING, node, field, "%s",
	    words)->line = line;
}

void siteload_fault(void *arg, long line, const char *words)
{
	error_at(arg, "", line, 0, NULL, words);
}

static bool word_is(const char *s, size_t len, const char *want)
{
	size_t i;

	/* mostly in the very letters */
	if (strncmp(s, want, len) == 0)
		return want[len] == '\0';
	for (i = 0; i < len; i++) {
		char c = s[i] >= 'A' && s[i] <= 'Z' ? s[i] | 0x20 : s[i];

		if (c != (want[i] >= 'A' && want[i] <= 'Z' ? want[i] | 0x20 : want[i]))
			return false;
	}
	return want[len] == '\0';
}

enum kind siteload_kind(const char *title, size_t len, unsigned *number)
{
	enum kind k;
	size_t prefix = 0, i;
	unsigned n = 0;

	*number = 0;
	if (word_is(title, len, "Network")) {
		*number = 1;
		return KIND_NETWORK;
	}
	while (prefix < len && (title[prefix] < '0' || title[prefix] > '9'))
		prefix++;
	if (prefix == len || title[prefix] == '0' || len - prefix > 8)
		return KIND_NETWORK;
	for (i = prefix; i < len && title[i] >= '0' && title[i] <= '9'; i++)
		n = n * 10 + (unsigned)(title[i] - '0');
	if (i < len)
		return KIND_NETWORK;
	for (k = KIND_GROUP; k < KIND_COUNT; k++)
		if (word_is(title, prefix, kind_section(k))) {
			*number = n;
			return k;
		}
	return KIND_NETWORK;
}

static bool same(const char *key, size_t len, const char *want)
{
	return *key == *want && strncmp(key, want, len) == 0 && want[len] == '\0';
}

/* The field of a key; files mostly have the order of the table, so look there. */
static const struct field *field_of(const struct field *table,
    const struct ini_key *k, size_t *next)
{
	size_t i;

	for (i = *next; table[i].key; i++)
		if (same(k->key, k->key_len, table[i].key)) {
			*next = i + 1;
			return &table[i];
		}
	for (i = 0; i < *next; i++)
		if (same(k->key, k->key_len, table[i].key)) {
			*next = i + 1;
			return &table[i];
		}
	for (i = 0; table[i].key; i++) {
		char key[32];

		if (k->key_len >= sizeof key)
			break;
		memcpy(key, k->key, k->key_len);
		key[k->key_len] = '\0';
		if (text_equal_fold(key, table[i].key))
			return &table[i];
	}
	return NULL;
}

#define SHOWN 61	/* so much of the file's own text stands in words */

static const char *shown(const struct work *w, const char *raw, size_t len,
    char buf[SHOWN])
{
	value_show(ini_encoding(w->ini), raw, len, buf, SHOWN);
	return buf;
}

/* Other readers take another value for this one. */
static void warn_doubtful(struct work *w, const struct node *n,
    const struct field *f, long line)
{
	char words[300];

	snprintf(words, sizeof words,
	    _("%s: other readers cut this value at ; or # or join lines at \\: put it in double quotes"),
	    f->key);
	warning_at(w->load, line, n->id, f, words);
}

/* The file is what the person has before him: name the key, too. */
static void bad_value(struct work *w, const struct node *n,
    const struct field *f, const struct ini_key *k, const char *why)
{
	char words[700], value[SHOWN] = "";

	if (!(f->flags & FIELD_SECRET))
		shown(w, k->raw, k->raw_len, value);
	snprintf(words, sizeof words, "%s=%s: %s", f->key, value, why);
	error_at(w->load, "", k->line, n->id, f, words);
}

static void read_value(struct work *w, struct node *n, const struct field *f,
    const struct ini_key *k)
{
	struct err e;	/* not cleared: here it is often, and mostly unused */
	char format[SHOWN];
	bool doubtful;

	*e.text = '\0';
	w->value.len = 0;
	text_add(&w->value, "");
	if (!value_decode(ini_encoding(w->ini), k->raw, k->raw_len, &w->value,
	    &doubtful, &e)) {
		err_at(&e, "%s", tr(f->label));
	} else if (f == network_fields &&	/* Format */
	    atoi(w->value.s) > f->max) {
		err_set(&e, _("the file has Format %s, this amc understands %d: use a newer amc"),
		    shown(w, k->raw, k->raw_len, format), f->max);
	} else if (site_set(w->load->site, n, f, w->value.s, &e)) {
		if (doubtful && !field_is_int(f))
			warn_doubtful(w, n, f, k->line);
		return;
	}
	bad_value(w, n, f, k, e.text);
}

static void read_keys(struct work *w, ini_section s, struct node *n)
{
	const struct field *table = record_fields(n->kind), *f;
	uint64_t seen = 0, bit;
	struct ini_key k;
	size_t at = 0, next = 0;
	char words[200], key[SHOWN];

	while (ini_each(w->ini, s, &at, &k)) {
		f = field_of(table, &k, &next);
		if (!f) {
			snprintf(words, sizeof words,
			    _("%s: a key that amc does not know; it is kept"),
			    shown(w, k.key, k.key_len, key));
			warning_at(w->load, k.line, n->id, NULL, words);
			continue;
		}
		bit = UINT64_C(1) << (f - table);
		if (seen & bit) {
			snprintf(words, sizeof words,
			    _("%s stands here a second time: readers differ on which one counts"),
			    f->key);
			error_at(w->load, "", k.line, n->id, f, words);
			continue;
		}
		seen |= bit;
		if (f->type == FIELD_PARENT) {
			mem_grow(w->pending, w->n, w->cap);
			w->pending[w->n++] = (struct pending){ n, k.raw,
				k.raw_len, k.line };
		} else {
			read_value(w, n, f, &k);
		}
	}
	/* a record begins with its name and its parent */
	for (f = table; n->kind != KIND_NETWORK && f < table + 2; f++)
		if (!(seen & UINT64_C(1) << (f - table))) {
			snprintf(words, sizeof words, _("%s is missing"), f->key);
			error_at(w->load, "", ini_section_line(w->ini, s), n->id, f,
			    words);
		}
}

static void read_section(struct work *w, ini_section s)
{
	struct site_load *l = w->load;
	ini_section first;
	struct node *n = NULL;
	unsigned number;
	char words[300], name[SHOWN];
	const char *title;
	size_t len;
	enum kind k;

	title = ini_title(w->ini, s, &len);
	k = siteload_kind(title, len, &number);
	if (number) {
		first = ini_tagged(w->ini, site_id(k, number));
		n = first ? NULL : k == KIND_NETWORK ?
		    &site_network(l->site)->node :
		    site_create(l->site, k, number);
	}
	if (n) {
		ini_set_tag(w->ini, s, n->id);
		site_gather(l->site, n);
		read_keys(w, s, n);
		site_settle(l->site);
	} else if (number) {
		snprintf(words, sizeof words,
		    _("[%s] stands here a second time; the first is in line %ld"),
		    shown(w, title, len, name), ini_section_line(w->ini, first));
		error_at(l, "", ini_section_line(w->ini, s), 0, NULL, words);
	} else {
		/* it may be a later amc's: an error to check, but no edit loses it */
		findings_add(l->findings, "", SEVERITY_ERROR, 0, NULL,
		    _("[%s] is no kind of section that amc knows: Network, GroupN, UpsN or TerminalN, N from 1 to %d"),
		    shown(w, title, len, name), SITE_NUMBER)->line =
		    ini_section_line(w->ini, s);
	}
}

struct node *siteload_parent(const struct site *site, const char *text,
    enum container *c)
{
	size_t len = strlen(text);
	const char *dot = memchr(text, '.', len);
	size_t title = dot ? (size_t)(dot - text) : len;
	unsigned number;
	enum kind k = siteload_kind(text, title, &number);

	*c = IN_ITSELF;
	if (!number)
		return NULL;
	if (dot) {
		for (*c = 0; *c < IN_ITSELF; (*c)++)
			if (word_is(dot + 1, len - title - 1, container_key(*c)))
				break;
		if (*c == IN_ITSELF)
			return NULL;
	}
	return site_find(site, site_id(k, number));
}

static void hang(struct work *w, const struct pending *p)
{
	struct err e;
	char words[800], section[24], place[SHOWN];
	struct node *parent = NULL;
	enum container c;
	bool doubtful;

	*e.text = '\0';
	w->value.len = 0;
	text_add(&w->value, "");
	if (value_decode(ini_encoding(w->ini), p->parent, p->len, &w->value,
	    &doubtful, &e))
		parent = siteload_parent(w->load->site, w->value.s, &c);
	if (!parent)
		err_set(&e, _("there is no such place: Network, GroupN, or GroupN. and PowerDevices, ControlTerminals, LinkedTerminals or LinkedDevices, of a group in this file"));
	else if (site_hang(w->load->site, p->node, parent, c, NULL, &e))
		return;
	snprintf(words, sizeof words, "[%s] Parent=%s: %s",
	    site_section(p->node->id, section),
	    shown(w, p->parent, p->len, place), err_words(&e));
	error_at(w->load, e.rule ? e.rule : "", p->line, p->node->id,
	    field_find(record_fields(p->node->kind), "Parent"), words);
}

static void check_end(struct site_load *l, struct ini *ini)
{
	size_t len;
	const char *bytes = ini_original(ini, &len);
	long line = 1;

	if (!ini_tagged(ini, site_id(KIND_NETWORK, 1)))
		error_at(l, "", 1, 0, NULL,
		    _("there is no [Network] section: this is no site file, or it was cut off"));
	if (len == 0 || bytes[len - 1] == '\n')
		return;
	for (const char *p = bytes; (p = memchr(p, '\n',
	    (size_t)(bytes + len - p))); p++)
		line++;
	error_at(l, "", line, 0, NULL,
	    _("the last line has no end: the file may have been cut off; if it is whole, end the line"));
}

void siteload_run(struct site_load *l, struct ini *ini)
{
	struct work w = { .load = l, .ini = ini };
	ini_section s;
	size_t i;

	for (s = ini_first(ini); s; s = ini_next(ini, s))
		read_section(&w, s);
	for (i = 0; i < w.n; i++)
		hang(&w, &w.pending[i]);
	check_end(l, ini);
	free(w.pending);
	text_done(&w.value);
}
