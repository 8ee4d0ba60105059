/* replay - a card that was recorded; see replay.h */
#include "sim/replay.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FILE = 64 << 20 };

struct line {
	struct oid oid;
	enum type type;
	int64_t number;
	char *bytes;			/* of the file's text, or unpacked in place */
	size_t len;
};

struct replay {
	char *text;			/* the file; the lines point into it */
	struct line *lines;
	size_t n, cap;
	struct oid *oids;
};

static int hex_digit(int c)
{
	return isdigit(c) ? c - '0' : isxdigit(c) ? tolower(c) - 'a' + 10 : -1;
}

/* Turns the hexadecimal value into its bytes, in place. */
static bool unpack(struct line *l)
{
	size_t i;
	int high, low;

	if (l->len % 2)
		return false;
	for (i = 0; i < l->len; i += 2) {
		high = hex_digit((unsigned char)l->bytes[i]);
		low = hex_digit((unsigned char)l->bytes[i + 1]);
		if (high < 0 || low < 0)
			return false;
		l->bytes[i / 2] = high << 4 | low;
	}
	l->len /= 2;
	return true;
}

static bool read_number(struct line *l)
{
	char *end;

	errno = 0;
	l->number = l->bytes[0] == '-' ? strtoll(l->bytes, &end, 10) :
	    (int64_t)strtoull(l->bytes, &end, 10);
	return !errno && end > l->bytes && !*end;
}

static bool read_value(struct line *l, bool hex)
{
	struct in_addr address;
	struct oid o;

	switch (l->type) {
	case VALUE_INTEGER:
	case VALUE_COUNTER:
	case VALUE_GAUGE:
	case VALUE_TICKS:
	case VALUE_COUNTER64:
		return !hex && read_number(l);
	case VALUE_STRING:
	case VALUE_OPAQUE:
		return !hex || unpack(l);
	case VALUE_NULL:
		return true;
	case VALUE_OID:
		return !hex && oid_parse(&o, l->bytes);
	case VALUE_ADDRESS:
		if (hex)
			return unpack(l) && l->len == 4;
		if (inet_pton(AF_INET, l->bytes, &address) != 1)
			return false;
		memcpy(l->bytes, &address, 4);	/* "0.0.0.0" is longer than four */
		l->len = 4;
		return true;
	}
	return false;
}

static bool read_line(struct line *l, char *s, struct err *e)
{
	char *type, *value, *end;

	type = strchr(s, '|');
	value = type ? strchr(type + 1, '|') : NULL;
	if (!value)
		return err_set(e, _("a line is OID|TYPE|VALUE"));
	*type++ = *value++ = '\0';
	if (!oid_parse(&l->oid, s))
		return err_set(e, _("%s is not an OID"), s);
	l->type = strtol(type, &end, 10);
	l->bytes = value;
	l->len = strlen(value);
	if (end == type || (*end && strcmp(end, "x") != 0))
		return err_set(e, _("type %s is not known; 2, 4, 4x, 5, 6, 64, "
		    "64x, 65, 66, 67, 68, 70 are"), type);
	if (!read_value(l, *end == 'x'))
		return err_set(e, _("%s is no value of type %s"), value, type);
	return true;
}

static int by_oid(const void *a, const void *b)
{
	return oid_compare(&((const struct line *)a)->oid,
	    &((const struct line *)b)->oid);
}

static bool sort_lines(struct replay *r, struct err *e)
{
	size_t i;

	if (!r->n)
		return err_set(e, _("nothing is recorded in it"));
	qsort(r->lines, r->n, sizeof *r->lines, by_oid);
	r->oids = mem_zero(r->n, sizeof *r->oids);
	for (i = 0; i < r->n; i++) {
		r->oids[i] = r->lines[i].oid;
		if (i > 0 && by_oid(&r->lines[i - 1], &r->lines[i]) == 0)
			return err_set(e, _("an OID stands in it twice"));
	}
	return true;
}

static bool read_lines(struct replay *r, struct err *e)
{
	char *s, *next;
	long number = 1;

	for (s = r->text; s; s = next, number++) {
		next = strchr(s, '\n');
		if (next)
			*next++ = '\0';
		s[strcspn(s, "\r")] = '\0';
		if (!*s || *s == '#')
			continue;
		mem_grow(r->lines, r->n, r->cap);
		if (!read_line(&r->lines[r->n], s, e))
			return err_at(e, _("line %ld"), number);
		r->n++;
	}
	return sort_lines(r, e);
}

struct replay *replay_read(const char *path, struct err *e)
{
	struct replay *r;
	size_t len;
	char *text = file_read(path, MAX_FILE, &len, e);

	if (!text)
		return NULL;
	r = mem_new(struct replay);
	r->text = text;
	if (!read_lines(r, e)) {
		err_at(e, "%s", path);
		replay_free(r);
		return NULL;
	}
	return r;
}

void replay_free(struct replay *r)
{
	if (!r)
		return;
	free(r->text);
	free(r->lines);
	free(r->oids);
	free(r);
}

static void get(void *of, size_t i, struct value *v)
{
	const struct line *l = &((struct replay *)of)->lines[i];

	v->type = l->type;
	v->number = l->number;
	v->bytes = l->bytes;
	v->len = l->len;
	if (l->type == VALUE_OID)
		oid_parse(&v->oid, l->bytes);
}

static enum set_result set(void *of, size_t i, const struct value *v, bool apply)
{
	(void)of;
	(void)i;
	(void)v;
	(void)apply;
	return SET_NOT_WRITABLE;
}

void replay_objects(struct objects *all, struct replay *r)
{
	all->oids = r->oids;
	all->n = r->n;
	all->of = r;
	all->get = get;
	all->set = set;
}
