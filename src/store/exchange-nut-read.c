/* Sections of NUT's ups.conf as UPSs; a part of exchange */
#include "store/exchange-nut.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *our_word(const struct nut_word *w, const char *nut)
{
	for (; w->ours; w++)
		if (w->nut && text_equal_fold(w->nut, nut))
			return w->ours;
	return NULL;
}

/* A ups.conf that is being read. */
struct reading_nut {
	const struct exchange_in *in;
	struct site *out;
	long line, section_line;
	char *section;				/* NULL before the first */
	char *driver, *port, *values[NUT_ARGUMENTS];
};

static bool at_line(const struct reading_nut *r, long line, struct err *e)
{
	return err_at(e, "%s:%ld", r->in->name, line);
}

static void forget(struct reading_nut *r)
{
	size_t i;

	free(r->section);
	free(r->driver);
	free(r->port);
	r->section = r->driver = r->port = NULL;
	for (i = 0; i < NUT_ARGUMENTS; i++) {
		free(r->values[i]);
		r->values[i] = NULL;
	}
}

/* "udp:HOST:PORT", "udp6:[HOST]:PORT", "[HOST]:PORT", "HOST:PORT", "HOST" */
static bool split_port(const char *text, char **host, char **port, struct err *e)
{
	const char *end, *whole = text;

	if (strncmp(text, "udp:", 4) == 0)
		text += 4;
	else if (strncmp(text, "udp6:", 5) == 0)
		text += 5;
	if (*text == '[') {
		end = strchr(++text, ']');
		if (!end || (end[1] && end[1] != ':'))
			return err_set(e, _("port = %.80s: a bracket is not closed"), whole);
		*host = mem_ndup(text, (size_t)(end - text));
		*port = mem_dup(end[1] ? end + 2 : "161");
		return true;
	}
	end = strrchr(text, ':');
	if (end && strchr(text, ':') != end)	/* IPv6 as it is */
		end = NULL;
	*host = end ? mem_ndup(text, (size_t)(end - text)) : mem_dup(text);
	*port = mem_dup(end ? end + 1 : "161");
	return true;
}

/* The section's name as a card stores it: 8 half-width characters, unique. */
static char *short_name(struct reading_nut *r)
{
	char *name = mem_ndup(r->section, text_fit(r->section, 8)), *other;
	int i;

	for (i = 2; site_named(r->out, KIND_UPS, name, NULL); i++) {
		char digits[12];
		int cols = 8 - snprintf(digits, sizeof digits, "%d", i);

		other = mem_printf("%.*s%s", (int)text_fit(r->section, cols), r->section,
		    digits);
		free(name);
		name = other;
	}
	text_printf(r->in->notes, _("[%s] becomes %s: a name has at most 8 characters\n"),
	    r->section, name);
	return name;
}

/* The UPS of the section: one that is there, or a new one. */
static struct node *ups_of(struct reading_nut *r, struct err *e)
{
	struct node *n = site_named(r->out, KIND_UPS, r->section, NULL), *group;
	char *name;

	if (n)
		return n;
	group = site_find(r->out, r->in->into);
	if (!group || group->kind != KIND_GROUP) {
		err_set(e, _("%s is new: say into which group it goes"), r->section);
		return NULL;
	}
	name = text_width(r->section) > 8 ? short_name(r) : mem_dup(r->section);
	n = site_add(r->out, group, IN_POWER, KIND_UPS, name, e);
	if (n && strcmp(name, r->section) != 0)
		site_set(r->out, n, field_find(ups_fields, "Description"), r->section, NULL);
	free(name);
	return n;
}

/* Only what is another than it is: what is inherited stays so. */
static bool set(struct reading_nut *r, struct node *n, const char *key,
    const char *value, struct err *e)
{
	const struct field *f = field_find(ups_fields, key);
	char buf[16];
	const char *now = strcmp(key, "SnmpCommunity") == 0 ?
	    ups_community(node_ups(n)) : field_text(f, n, buf);

	return strcmp(now, value) == 0 || site_set(r->out, n, f, value, e);
}

static bool set_argument(struct reading_nut *r, struct node *n, size_t i, bool v3,
    struct err *e)
{
	const struct nut_argument *a = &nut_arguments[i];
	const char *value = r->values[i];

	if (a->v3 && !v3)
		return true;
	if (value && a->words) {
		const char *word = our_word(a->words, value);

		if (!word)
			return err_set(e, _("%s = %.40s is nothing that amc can ask a card with"),
			    a->nut, value);
		value = word;
	}
	if (!value)
		value = a->without;
	return !value || set(r, n, a->key, value, e);
}

static bool take_section(struct reading_nut *r, struct err *e)
{
	char *host = NULL, *port = NULL;
	struct node *n;
	bool ok, v3;
	size_t i;

	if (!r->section)
		return true;
	if (!r->driver || strcmp(r->driver, NUT_DRIVER) != 0) {
		text_printf(r->in->notes, _("[%s] is passed over: its driver is %s, not %s\n"),
		    r->section, r->driver ? r->driver : "\"\"", NUT_DRIVER);
		return true;
	}
	if (!r->port) {
		err_set(e, _("[%s] has no port"), r->section);
		return at_line(r, r->section_line, e);
	}
	v3 = r->values[0] && text_equal_fold(r->values[0], "v3");
	n = ups_of(r, e);
	ok = n && split_port(r->port, &host, &port, e) && set(r, n, "Address", host, e) &&
	    set(r, n, "SnmpPort", port, e);
	for (i = 0; ok && i < NUT_ARGUMENTS; i++)
		ok = set_argument(r, n, i, v3, e);
	free(host);
	free(port);
	return ok || (err_at(e, "[%s]", r->section), at_line(r, r->section_line, e));
}

/* A word, or what stands in quotes, from *s on; yours. NULL: no closed quote. */
static char *word_from(const char **s)
{
	struct text word = { 0 };
	bool quote = **s == '"';

	text_add(&word, "");
	*s += quote;
	while (**s && (quote ? **s != '"' : !strchr(" \t#=", **s))) {
		if (**s == '\\' && (*s)[1])
			++*s;
		text_add_len(&word, *s, 1);
		++*s;
	}
	if (quote && **s != '"') {
		text_done(&word);
		return NULL;
	}
	*s += quote;
	*s += strspn(*s, " \t");
	return text_take(&word);
}

/* Keeps a value in its place; a second one counts, as in NUT. */
static void keep(struct reading_nut *r, const char *key, char *value)
{
	char **at = NULL;
	size_t i;

	if (strcmp(key, "driver") == 0)
		at = &r->driver;
	else if (strcmp(key, "port") == 0)
		at = &r->port;
	for (i = 0; !at && i < NUT_ARGUMENTS; i++)
		if (strcmp(key, nut_arguments[i].nut) == 0)
			at = &r->values[i];
	if (!at || !r->section) {	/* NUT's own business */
		free(value);
		return;
	}
	free(*at);
	*at = value;
}

/* "key = value", or a flag alone. */
static bool read_argument(struct reading_nut *r, const char *s, struct err *e)
{
	char *key = word_from(&s), *value = NULL;
	bool ok = key || err_set(e, _("a quote is not closed"));

	if (ok && *s == '=') {
		s++;
		s += strspn(s, " \t");
		value = word_from(&s);
		if (!value)
			ok = err_set(e, _("a quote is not closed"));
		else if (*s && *s != '#')
			ok = err_set(e, _("%.40s: a value of several words stands in quotes"),
			    key);
	} else if (ok && *s && *s != '#') {
		ok = err_set(e, _("this is neither [NAME] nor KEY = VALUE"));
	}
	if (ok && value)
		keep(r, key, value);
	else
		free(value);
	free(key);
	return ok;
}

static bool read_line(struct reading_nut *r, const char *s, struct err *e)
{
	const char *end;

	s += strspn(s, " \t");
	if (!*s || *s == '#')
		return true;
	if (*s == '[') {
		end = strchr(s, ']');
		if (!end)
			return err_set(e, _("a section's bracket is not closed"));
		if (!take_section(r, e))
			return false;
		forget(r);
		r->section = mem_ndup(s + 1, (size_t)(end - s - 1));
		r->section_line = r->line;
		return true;
	}
	return read_argument(r, s, e);
}

struct site *exchange_read_nut(const struct exchange_in *in, struct err *e)
{
	struct reading_nut r = { .in = in, .out = site_copy(in->now) };
	const char *at = in->bytes, *end = in->bytes + in->len, *nl;
	bool ok = text_invalid(in->bytes, in->len) < 0 && !memchr(in->bytes, '\0', in->len);

	if (!ok)
		err_set(e, _("%s: this is not UTF-8 text"), in->name);
	while (ok && at < end) {
		char *line;

		nl = memchr(at, '\n', (size_t)(end - at));
		line = mem_ndup(at, (size_t)((nl ? nl : end) - at));
		line[strcspn(line, "\r")] = '\0';
		r.line++;
		ok = read_line(&r, line, e);
		/* what is about the section before has its place already */
		if (!ok && strncmp(e->text, in->name, strlen(in->name)) != 0)
			at_line(&r, r.line, e);
		free(line);
		at = nl ? nl + 1 : end;
	}
	ok = ok && take_section(&r, e);
	forget(&r);
	if (ok)
		return r.out;
	site_free(r.out);
	return NULL;
}
