/* JSON as text: its values, and documents that are written from the top; a part of json */
#include "base/jsoning.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *json_cleaned(const char *s)
{
	struct text clean = { 0 };
	char bytes[4];
	uint32_t cp;

	for (; *s; s += text_next(s, NULL, &cp)) {
		text_next(s, NULL, &cp);
		text_add_len(&clean, bytes, text_put(bytes, cp));
	}
	return text_take(&clean);
}

bool json_is_whole(double x)
{
	return floor(x) == x && fabs(x) < 1e15;
}

static void print_special(struct text *t, char c)
{
	if (c == '"' || c == '\\')
		text_printf(t, "\\%c", c);
	else if (c == '\n')
		text_add(t, "\\n");
	else if (c == '\t')
		text_add(t, "\\t");
	else
		text_printf(t, "\\u%04x", (unsigned)c);
}

void json_print_text(struct text *t, const char *s, size_t len)
{
	const char *end = s + len, *from = s;

	json_bytes(t, "\"", 1);
	for (; s < end; s++) {
		if ((unsigned char)*s >= 0x20 && *s != '"' && *s != '\\')
			continue;
		json_bytes(t, from, (size_t)(s - from));
		from = s + 1;
		print_special(t, *s);
	}
	json_bytes(t, from, (size_t)(s - from));
	json_bytes(t, "\"", 1);
}

void json_print_integer(struct text *t, long long value)
{
	uint64_t n = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	char digits[24], *p = digits + sizeof digits;

	do
		*--p = (char)('0' + n % 10);
	while (n /= 10);
	if (value < 0)
		*--p = '-';
	json_bytes(t, p, (size_t)(digits + sizeof digits - p));
}

/* Most are what a card tells, in tenths: printf() would take most of the time. */
void json_print_real(struct text *t, double x)
{
	double tenths = round(x * 10);
	char buf[40];

	if (fabs(x) < 1e8 && tenths / 10 == x) {
		long long n = (long long)tenths;

		if (n < 0 && n > -10)
			json_bytes(t, "-", 1);
		json_print_integer(t, n / 10);
		buf[0] = '.';
		buf[1] = (char)('0' + (n < 0 ? -n : n) % 10);
		json_bytes(t, buf, 2);
	} else {
		snprintf(buf, sizeof buf, "%.10g", x);
		text_printf(t, strpbrk(buf, ".e") ? "%s" : "%s.0", buf);
	}
}

static void print_line(struct text *t, size_t depth)
{
	static const char blanks[] = "\n                ";

	for (json_bytes(t, blanks, 1); depth > 16; depth -= 16)
		json_bytes(t, blanks + 1, 16);
	json_bytes(t, blanks + 1, depth);
}

void json_print_key(struct text *t, size_t depth, const char *key)
{
	print_line(t, depth);
	if (!key)
		return;
	json_print_text(t, key, strlen(key));
	json_bytes(t, ": ", 2);
}

void json_print_end(struct text *t, size_t depth, const char *bracket)
{
	if (t->s[t->len - 1] == ',') {
		t->len--;
		print_line(t, depth);
	}
	json_bytes(t, bracket, 1);
}

void json_write_open(struct json_writer *w, const char *key, char bracket)
{
	if (w->depth)
		json_print_key(&w->t, w->depth, key);
	w->bracket[w->depth++] = bracket == '{' ? '}' : ']';
	json_bytes(&w->t, &bracket, 1);
}

void json_write_close(struct json_writer *w)
{
	w->depth--;
	json_print_end(&w->t, w->depth, &w->bracket[w->depth]);
	json_bytes(&w->t, w->depth ? "," : "\n", 1);
}

char *json_write_take(struct json_writer *w, size_t *len)
{
	*len = w->t.len;
	text_add_len(&w->t, "", 0);	/* its NUL */
	return text_take(&w->t);
}

void json_write_text(struct json_writer *w, const char *key, const char *value)
{
	char *clean = NULL;

	json_print_key(&w->t, w->depth, key);
	if (value && text_invalid(value, strlen(value)) >= 0)
		value = clean = json_cleaned(value);
	if (value)
		json_print_text(&w->t, value, strlen(value));
	else
		json_bytes(&w->t, "null", 4);
	json_bytes(&w->t, ",", 1);
	free(clean);
}

void json_write_bool(struct json_writer *w, const char *key, bool value)
{
	json_print_key(&w->t, w->depth, key);
	text_add(&w->t, value ? "true," : "false,");
}

void json_write_number(struct json_writer *w, const char *key, double value)
{
	json_print_key(&w->t, w->depth, key);
	if (!isfinite(value))
		json_bytes(&w->t, "null", 4);
	else if (json_is_whole(value))
		json_print_integer(&w->t, (long long)value);
	else
		json_print_real(&w->t, value);
	json_bytes(&w->t, ",", 1);
}
