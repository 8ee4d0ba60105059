/* field - a setting, told once; see field.h */
#include "model/record.h"
#include "base/i18n.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct field *field_find(const struct field *table, const char *key)
{
	const struct field *f;

	for (f = table; f->key; f++)
		if (text_equal_fold(f->key, key))
			return f;
	return NULL;
}

size_t field_count(const struct field *table)
{
	size_t n = 0;

	while (table[n].key)
		n++;
	return n;
}

bool field_is_kept(const struct field *f)
{
	return f->type == FIELD_PARENT ||
	    (f->flags & FIELD_OURS && !(f->flags & FIELD_SECRET));
}

bool field_is_int(const struct field *f)
{
	return f->type == FIELD_NUMBER || f->type == FIELD_CHOICE;
}

const char *field_unit(const struct field *f)
{
	/* minutes: "min" alone is the least of some readings */
	const char *minutes = _("unit|min");

	if (!f->unit)
		return "";
	if (strcmp(f->unit, "min") == 0)
		return strchr(minutes, '|') ? f->unit : minutes;
	return strcmp(f->unit, "s") == 0 ? _("s") : f->unit;
}

const char *field_allowed(const struct field *f, char *buf, size_t size)
{
	const struct choice *c;
	size_t n = 0;

	buf[0] = '\0';
	switch (f->type) {
	case FIELD_NUMBER:
		snprintf(buf, size, "%d..%d%s%s", f->min, f->max,
		    f->unit ? " " : "", field_unit(f));
		break;
	case FIELD_CHOICE:
		for (c = f->choices; c->word && n < size; c++)
			n += (size_t)snprintf(buf + n, size - n, "%s%s",
			    c == f->choices ? "" : c[1].word ? ", " : _(" or "),
			    c->word);
		break;
	case FIELD_TEXT:
		snprintf(buf, size, _("%d..%d columns of text"), f->min, f->max);
		break;
	case FIELD_ASCII:
		snprintf(buf, size, _("%d..%d ASCII characters"), f->min, f->max);
		break;
	case FIELD_HALF_WIDTH:
		snprintf(buf, size, _("%d..%d half-width characters"), f->min,
		    f->max);
		break;
	case FIELD_IPV4:
		snprintf(buf, size, "%s", _("an IPv4 address such as 172.16.1.255"));
		break;
	case FIELD_HOST:
		snprintf(buf, size, "%s", _("an IP address or a host name"));
		break;
	case FIELD_MAC:
		snprintf(buf, size, "%s", _("six bytes as aa:bb:cc:dd:ee:ff"));
		break;
	case FIELD_DATE:
		snprintf(buf, size, "%s", _("a date as YYYY-MM-DD"));
		break;
	case FIELD_TIME:
		snprintf(buf, size, "%s", _("a time as YYYY-MM-DDTHH:MM:SSZ"));
		break;
	case FIELD_PIN:
		snprintf(buf, size, "%s",
		    _("sha256// and 44 characters of base64"));
		break;
	case FIELD_HEX:
		snprintf(buf, size, _("%d hexadecimal digits"), f->max);
		break;
	case FIELD_PARENT:
		snprintf(buf, size, "%s",
		    _("Network, GroupN, or a container of GroupN"));
		break;
	}
	return buf;
}

/* Digits, and a minus before them: then only its range can be wrong. */
static bool is_whole(const char *text)
{
	text += *text == '-';
	return *text && !text[strspn(text, "0123456789")];
}

/* The value as words may show it: a secret is not told. */
static bool refuse(const struct field *f, const char *text, struct err *e)
{
	char allowed[200], shown[81];

	field_allowed(f, allowed, sizeof allowed);
	text_show(shown, f->type == FIELD_NUMBER ? 41 : sizeof shown, text);
	if (f->flags & FIELD_SECRET)
		return err_set(e, _("%s: this is not %s"), tr(f->label), allowed);
	if (f->type == FIELD_NUMBER)
		return err_set(e, is_whole(text) ? _("%s: %s is not between %d and %d%s%s") :
		    _("%s: \"%s\" is no whole number between %d and %d%s%s"),
		    tr(f->label), shown, f->min, f->max,
		    f->unit ? " " : "", field_unit(f));
	return err_set(e, _("%s: \"%s\" is not %s"), tr(f->label), shown,
	    allowed);
}

static bool number(const struct field *f, const char *text, int *n)
{
	const char *p = text;
	long v = 0;
	bool minus = *p == '-';

	p += minus;
	if (*p < '0' || *p > '9')
		return false;
	for (; *p >= '0' && *p <= '9'; p++) {
		v = v * 10 + (*p - '0');
		if (v > INT_MAX)
			return false;
	}
	if (minus)
		v = -v;
	*n = (int)v;
	return *p == '\0' && v >= f->min && v <= f->max;
}

static bool choice(const struct field *f, const char *text, int *n)
{
	const struct choice *c;

	for (c = f->choices; c->word; c++)
		if (text_equal_fold(c->word, text)) {
			*n = c->value;
			return true;
		}
	return false;
}

static bool plain_text(const char *s, const struct field *f)
{
	const char *p;
	int cols;

	for (p = s; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return false;
	/* combining marks take no column, but room they take */
	if (p - s > 8 * f->max || text_invalid(s, (size_t)(p - s)) >= 0)
		return false;
	cols = text_width(s);
	return cols >= f->min && cols <= f->max;
}

static bool length(const char *s, const struct field *f)
{
	int n = (int)strnlen(s, 10000);

	return n >= f->min && n <= f->max;
}

bool field_ipv4(const char *s, uint32_t *ip)
{
	uint32_t v = 0;
	int part, digits, n;

	for (part = 0; part < 4; part++) {
		if (part > 0 && *s++ != '.')
			return false;
		for (n = 0, digits = 0; *s >= '0' && *s <= '9'; s++) {
			n = n * 10 + (*s - '0');
			if (++digits > 3 || n > 255)
				return false;
		}
		/* 010 is 8 to some and 10 to others */
		if (digits == 0 || (digits > 1 && s[-digits] == '0'))
			return false;
		v = v << 8 | (uint32_t)n;
	}
	*ip = v;
	return *s == '\0';
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z');
}

/* IPv6 as text: groups of hexadecimal digits, "::" once, maybe a zone. */
static bool is_ipv6(const char *s)
{
	int groups = 0, digits = 0, gap = 0;
	uint32_t ip;

	if (s[0] == ':' && s[1] != ':')
		return false;
	for (; *s && *s != '%'; s++) {
		if (*s == ':') {
			if (s[1] == ':') {
				gap++;
				s++;
			} else if (digits == 0 || s[1] == '\0') {
				return false;
			}
			groups += digits > 0;
			digits = 0;
		} else if (strchr("0123456789abcdefABCDEF", *s)) {
			if (++digits > 4)
				return false;
			if (digits == 1 && strchr(s, '.') &&
			    strspn(s, "0123456789.") == strlen(s))
				return groups <= 6 && field_ipv4(s, &ip) &&
				    (gap == 1 || groups == 6);
		} else {
			return false;
		}
	}
	groups += digits > 0;
	return gap <= 1 && (gap ? groups < 8 : groups == 8);
}

bool field_is_host(const char *s)
{
	uint32_t ip;
	size_t n = strnlen(s, 254);
	bool digits_only = true;

	if (n == 0 || n > 253)
		return false;
	if (strchr(s, ':'))
		return is_ipv6(s);
	if (strspn(s, "0123456789.") == n)
		return field_ipv4(s, &ip);
	/* labels of letters, digits and inner hyphens, up to 63 each */
	while (*s) {
		for (n = 0; is_alnum(s[n]) || s[n] == '-' || s[n] == '_'; n++)
			digits_only = digits_only && s[n] >= '0' && s[n] <= '9';
		if (n == 0 || n > 63 || s[0] == '-' || s[n - 1] == '-')
			return false;
		s += n;
		if (*s && *s++ != '.')
			return false;
	}
	return !digits_only;
}

static bool digits(const char *s, const char *pattern)
{
	for (; *pattern; pattern++, s++)
		if (*pattern == '9' ? *s < '0' || *s > '9' : *s != *pattern)
			return false;
	return *s == '\0';
}

static bool is_date(const char *s)
{
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int year = atoi(s), month = atoi(s + 5), day = atoi(s + 8);

	if (year < 1970 || month < 1 || month > 12 || day < 1 ||
	    day > days[month - 1])
		return false;
	return month != 2 || day < 29 ||
	    (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
}

static bool is_mac(const char *s)
{
	int i;

	for (i = 0; i < 17; i++)
		if (i % 3 == 2 ? s[i] != ':' && s[i] != '-' :
		    !s[i] || !strchr("0123456789abcdefABCDEF", s[i]))
			return false;
	return s[17] == '\0';
}

static bool is_pin(const char *s)
{
	static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";

	return strncmp(s, "sha256//", 8) == 0 && strspn(s + 8, base64) == 43 &&
	    strcmp(s + 51, "=") == 0;
}

static bool check_text(const struct field *f, const char *s)
{
	switch (f->type) {
	case FIELD_TEXT:
		return plain_text(s, f);
	case FIELD_ASCII:
		return text_is_ascii(s) && length(s, f);
	case FIELD_HALF_WIDTH:
		return plain_text(s, f) && text_is_half_width(s);
	case FIELD_IPV4: {
		uint32_t ip;

		return field_ipv4(s, &ip);
	}
	case FIELD_HOST:
		return field_is_host(s);
	case FIELD_MAC:
		return is_mac(s);
	case FIELD_DATE:
		return digits(s, "9999-99-99") && is_date(s);
	case FIELD_TIME:
		return digits(s, "9999-99-99T99:99:99Z") && is_date(s) &&
		    atoi(s + 11) < 24 && atoi(s + 14) < 60 && atoi(s + 17) < 61;
	case FIELD_PIN:
		return is_pin(s);
	case FIELD_HEX:
		return (int)strlen(s) == f->max &&
		    strspn(s, "0123456789abcdef") == (size_t)f->max;
	default:
		return true;	/* FIELD_PARENT: site.c knows */
	}
}

bool field_check(const struct field *f, const char *text, int *n, struct err *e)
{
	bool ok;

	*n = FIELD_NONE;
	if (!*text && f->flags & FIELD_EMPTY)
		return true;
	if (f->type == FIELD_NUMBER)
		ok = number(f, text, n);
	else if (f->type == FIELD_CHOICE)
		ok = choice(f, text, n);
	else
		ok = check_text(f, text);
	return ok || refuse(f, text, e);
}

int field_int(const struct field *f, const void *record)
{
	return *(const int *)record_value(f, record);
}

const struct choice *field_choice(const struct field *f, int value)
{
	const struct choice *c;

	for (c = f->choices; c->word; c++)
		if (c->value == value)
			return c;
	return NULL;
}

const char *field_text(const struct field *f, const void *record, char buf[16])
{
	const struct choice *c;
	int n;

	if (!field_is_int(f))
		return f->type == FIELD_PARENT ? "" :
		    *(const char *const *)record_value(f, record);
	n = field_int(f, record);
	if (f->type == FIELD_CHOICE) {
		c = field_choice(f, n);
		return c ? c->word : "";
	}
	if (n == FIELD_NONE)
		return "";
	snprintf(buf, 16, "%d", n);
	return buf;
}
