/* json - JSON documents, made and read; the door to jansson */
#include "base/json.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A struct json is a jansson value under a name that keeps it inside. */
static json_t *value_of(const struct json *j)
{
	return (json_t *)(void *)(size_t)j;
}

static json_type type_of(const struct json *j)
{
	return j ? json_typeof(value_of(j)) : JSON_NULL;
}

struct json *json_new_object(void)
{
	return (struct json *)json_object();
}

struct json *json_new_array(void)
{
	return (struct json *)json_array();
}

void json_free(struct json *j)
{
	json_decref(value_of(j));
}

void json_put(struct json *j, const char *key, struct json *value)
{
	json_object_set_new(value_of(j), key, value_of(value));
}

/* What comes from a card or a file may be no UTF-8: then it is shown without; yours to free. */
static char *cleaned(const char *s)
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

static json_t *text_value(const char *s)
{
	char *clean;
	json_t *v;

	if (!s)
		return json_null();
	v = json_string(s);
	if (v)
		return v;
	clean = cleaned(s);
	v = json_string(clean);
	free(clean);
	return v;
}

void json_put_text(struct json *j, const char *key, const char *value)
{
	json_object_set_new_nocheck(value_of(j), key, text_value(value));
}

void json_put_int(struct json *j, const char *key, long long value)
{
	json_object_set_new_nocheck(value_of(j), key, json_integer(value));
}

/* Then it is written without ".0". */
static bool is_whole(double x)
{
	return floor(x) == x && fabs(x) < 1e15;
}

void json_put_number(struct json *j, const char *key, double value)
{
	json_t *v = !isfinite(value) ? json_null() : is_whole(value) ?
	    json_integer((json_int_t)value) : json_real(value);

	json_object_set_new_nocheck(value_of(j), key, v);
}

void json_put_bool(struct json *j, const char *key, bool value)
{
	json_object_set_new_nocheck(value_of(j), key, json_boolean(value));
}

void json_put_null(struct json *j, const char *key)
{
	json_object_set_new_nocheck(value_of(j), key, json_null());
}

void json_add(struct json *array, struct json *value)
{
	json_array_append_new(value_of(array), value_of(value));
}

void json_add_text(struct json *array, const char *value)
{
	json_array_append_new(value_of(array), text_value(value));
}

char *json_print_line(const struct json *j)
{
	char *s = json_dumps(value_of(j), JSON_COMPACT | JSON_REAL_PRECISION(10)), *line;

	if (!s)
		abort();
	line = mem_dup(s);
	free(s);
	return line;
}

/* As text_add_len(), without the NUL behind it: nearly all of the time is spent here. */
static inline void add(struct text *t, const char *s, size_t len)
{
	if (t->len + len < t->cap) {
		memcpy(t->s + t->len, s, len);
		t->len += len;
	} else {
		text_add_len(t, s, len);
	}
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

static void print_text(struct text *t, const char *s, size_t len)
{
	const char *end = s + len, *from = s;

	add(t, "\"", 1);
	for (; s < end; s++) {
		if ((unsigned char)*s >= 0x20 && *s != '"' && *s != '\\')
			continue;
		add(t, from, (size_t)(s - from));
		from = s + 1;
		print_special(t, *s);
	}
	add(t, from, (size_t)(s - from));
	add(t, "\"", 1);
}

static void print_integer(struct text *t, json_int_t value)
{
	uint64_t n = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	char digits[24], *p = digits + sizeof digits;

	do
		*--p = (char)('0' + n % 10);
	while (n /= 10);
	if (value < 0)
		*--p = '-';
	add(t, p, (size_t)(digits + sizeof digits - p));
}

/* Most are what a card tells, in tenths: printf() would take most of the time. */
static void print_real(struct text *t, double x)
{
	double tenths = round(x * 10);
	char buf[40];

	if (fabs(x) < 1e8 && tenths / 10 == x) {
		json_int_t n = (json_int_t)tenths;

		if (n < 0 && n > -10)
			add(t, "-", 1);
		print_integer(t, n / 10);
		buf[0] = '.';
		buf[1] = (char)('0' + (n < 0 ? -n : n) % 10);
		add(t, buf, 2);
	} else {
		snprintf(buf, sizeof buf, "%.10g", x);
		text_printf(t, strpbrk(buf, ".e") ? "%s" : "%s.0", buf);
	}
}

static void print_line(struct text *t, size_t depth)
{
	static const char blanks[] = "\n                ";

	for (add(t, blanks, 1); depth > 16; depth -= 16)
		add(t, blanks + 1, 16);
	add(t, blanks + 1, depth);
}

static void print_key(struct text *t, size_t depth, const char *key)
{
	print_line(t, depth);
	if (!key)
		return;
	print_text(t, key, strlen(key));
	add(t, ": ", 2);
}

/* Behind the last member stands no comma, and none had a line if there was none. */
static void print_end(struct text *t, size_t depth, const char *bracket)
{
	if (t->s[t->len - 1] == ',') {
		t->len--;
		print_line(t, depth);
	}
	add(t, bracket, 1);
}

/* jansson's own way calls a function for each blank. */
static void print(struct text *t, json_t *v, size_t depth)
{
	size_t i;
	void *at;

	switch (json_typeof(v)) {
	case JSON_OBJECT:
		add(t, "{", 1);
		for (at = json_object_iter(v); at; at = json_object_iter_next(v, at)) {
			print_key(t, depth + 1, json_object_iter_key(at));
			print(t, json_object_iter_value(at), depth + 1);
			add(t, ",", 1);
		}
		print_end(t, depth, "}");
		break;
	case JSON_ARRAY:
		add(t, "[", 1);
		for (i = 0; i < json_array_size(v); i++) {
			print_key(t, depth + 1, NULL);
			print(t, json_array_get(v, i), depth + 1);
			add(t, ",", 1);
		}
		print_end(t, depth, "]");
		break;
	case JSON_STRING: print_text(t, json_string_value(v), json_string_length(v)); break;
	case JSON_INTEGER: print_integer(t, json_integer_value(v)); break;
	case JSON_REAL: print_real(t, json_real_value(v)); break;
	case JSON_TRUE: add(t, "true", 4); break;
	case JSON_FALSE: add(t, "false", 5); break;
	case JSON_NULL: add(t, "null", 4); break;
	}
}

char *json_print(const struct json *j)
{
	struct text t = { 0 };

	print(&t, value_of(j), 0);
	text_add_len(&t, "\n", 1);
	return text_take(&t);
}

void json_write_open(struct json_writer *w, const char *key, char bracket)
{
	if (w->depth)
		print_key(&w->t, w->depth, key);
	w->bracket[w->depth++] = bracket == '{' ? '}' : ']';
	add(&w->t, &bracket, 1);
}

void json_write_close(struct json_writer *w)
{
	w->depth--;
	print_end(&w->t, w->depth, &w->bracket[w->depth]);
	add(&w->t, w->depth ? "," : "\n", 1);
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

	print_key(&w->t, w->depth, key);
	if (value && text_invalid(value, strlen(value)) >= 0)
		value = clean = cleaned(value);
	if (value)
		print_text(&w->t, value, strlen(value));
	else
		add(&w->t, "null", 4);
	add(&w->t, ",", 1);
	free(clean);
}

void json_write_bool(struct json_writer *w, const char *key, bool value)
{
	print_key(&w->t, w->depth, key);
	text_add(&w->t, value ? "true," : "false,");
}

void json_write_number(struct json_writer *w, const char *key, double value)
{
	print_key(&w->t, w->depth, key);
	if (!isfinite(value))
		add(&w->t, "null", 4);
	else if (is_whole(value))
		print_integer(&w->t, (json_int_t)value);
	else
		print_real(&w->t, value);
	add(&w->t, ",", 1);
}

void json_write_members(struct json_writer *w, const struct json *j)
{
	json_t *v = value_of(j);

	for (void *at = json_object_iter(v); at; at = json_object_iter_next(v, at)) {
		print_key(&w->t, w->depth, json_object_iter_key(at));
		print(&w->t, json_object_iter_value(at), w->depth);
		add(&w->t, ",", 1);
	}
}

struct json *json_parse(const char *bytes, size_t len, struct err *e)
{
	json_error_t fault;
	json_t *v = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, &fault);

	if (!v)
		err_set(e, _("not JSON: line %d: %s"), fault.line, fault.text);
	return (struct json *)v;
}

const struct json *json_get(const struct json *j, const char *key)
{
	return (const struct json *)json_object_get(value_of(j), key);
}

const char *json_get_text(const struct json *j, const char *key)
{
	return json_string_value(json_object_get(value_of(j), key));
}

double json_get_number(const struct json *j, const char *key, double missing)
{
	json_t *v = json_object_get(value_of(j), key);

	return json_is_number(v) ? json_number_value(v) : missing;
}

double json_number(const struct json *j, double missing)
{
	return json_is_number(value_of(j)) ? json_number_value(value_of(j)) : missing;
}

size_t json_count(const struct json *array)
{
	return json_array_size(value_of(array));
}

bool json_is_yes(const struct json *j)
{
	return type_of(j) == JSON_TRUE;
}

bool json_holds_list(const struct json *j)
{
	return type_of(j) == JSON_ARRAY;
}

bool json_holds_members(const struct json *j)
{
	return type_of(j) == JSON_OBJECT;
}

const struct json *json_member(const struct json *j, size_t i, const char **key)
{
	void *at = json_object_iter(value_of(j));

	while (at && i-- > 0)
		at = json_object_iter_next(value_of(j), at);
	*key = at ? json_object_iter_key(at) : NULL;
	return at ? (const struct json *)json_object_iter_value(at) : NULL;
}

const char *json_word(const struct json *j, char buf[24])
{
	switch (type_of(j)) {
	case JSON_STRING:
		return json_string_value(value_of(j));
	case JSON_INTEGER:
		snprintf(buf, 24, "%lld",
		    (long long)json_integer_value(value_of(j)));
		return buf;
	case JSON_NULL:
		return j ? "" : NULL;
	default:
		return NULL;
	}
}

const struct json *json_at(const struct json *array, size_t i)
{
	return (const struct json *)json_array_get(value_of(array), i);
}
