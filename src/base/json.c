/* json - JSON documents, made and read; the door to jansson */
#include "base/jsoning.h"
#include "base/i18n.h"
#include "base/mem.h"

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

static json_t *text_value(const char *s)
{
	char *clean;
	json_t *v;

	if (!s)
		return json_null();
	v = json_string(s);
	if (v)
		return v;
	clean = json_cleaned(s);
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

void json_put_number(struct json *j, const char *key, double value)
{
	json_t *v = !isfinite(value) ? json_null() : json_is_whole(value) ?
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

/* jansson's own way calls a function for each blank. */
static void print(struct text *t, json_t *v, size_t depth)
{
	size_t i;
	void *at;

	switch (json_typeof(v)) {
	case JSON_OBJECT:
		json_bytes(t, "{", 1);
		for (at = json_object_iter(v); at; at = json_object_iter_next(v, at)) {
			json_print_key(t, depth + 1, json_object_iter_key(at));
			print(t, json_object_iter_value(at), depth + 1);
			json_bytes(t, ",", 1);
		}
		json_print_end(t, depth, "}");
		break;
	case JSON_ARRAY:
		json_bytes(t, "[", 1);
		for (i = 0; i < json_array_size(v); i++) {
			json_print_key(t, depth + 1, NULL);
			print(t, json_array_get(v, i), depth + 1);
			json_bytes(t, ",", 1);
		}
		json_print_end(t, depth, "]");
		break;
	case JSON_STRING: json_print_text(t, json_string_value(v), json_string_length(v)); break;
	case JSON_INTEGER: json_print_integer(t, json_integer_value(v)); break;
	case JSON_REAL: json_print_real(t, json_real_value(v)); break;
	case JSON_TRUE: json_bytes(t, "true", 4); break;
	case JSON_FALSE: json_bytes(t, "false", 5); break;
	case JSON_NULL: json_bytes(t, "null", 4); break;
	}
}

char *json_print(const struct json *j)
{
	struct text t = { 0 };

	print(&t, value_of(j), 0);
	text_add_len(&t, "\n", 1);
	return text_take(&t);
}

void json_write_members(struct json_writer *w, const struct json *j)
{
	json_t *v = value_of(j);

	for (void *at = json_object_iter(v); at; at = json_object_iter_next(v, at)) {
		json_print_key(&w->t, w->depth, json_object_iter_key(at));
		print(&w->t, json_object_iter_value(at), w->depth);
		json_bytes(&w->t, ",", 1);
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

bool json_get_flag(const struct json *j, const char *key, bool *flag)
{
	json_type t = type_of(json_get(j, key));

	*flag = t == JSON_TRUE;
	return *flag || t == JSON_FALSE;
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
