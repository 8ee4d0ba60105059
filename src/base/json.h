/*
 * json - JSON documents, made and read.
 *
 * The door to jansson. A struct json is one value; putting it into an object
 * or array hands it over.
 */
#ifndef AMC_BASE_JSON_H
#define AMC_BASE_JSON_H

#include "base/err.h"
#include "base/text.h"

#include <stddef.h>

struct json;

struct json *json_new_object(void);
struct json *json_new_array(void);
void json_free(struct json *);	/* takes NULL */

/* Members of an object; a NULL string and a NAN become null. */
void json_put_text(struct json *, const char *key, const char *value);
void json_put_int(struct json *, const char *key, long long value);
void json_put_number(struct json *, const char *key, double value);
void json_put_bool(struct json *, const char *key, bool value);
void json_put_null(struct json *, const char *key);
void json_put(struct json *, const char *key, struct json *value);
/* At the end of an array. */
void json_add(struct json *array, struct json *value);
void json_add_text(struct json *array, const char *value);

/* One document as text with a newline at its end, yours to free. */
char *json_print(const struct json *);
/* The same on one line, without a newline. */
char *json_print_line(const struct json *);

/*
 * The same text without a document in between, member by member: for what is long
 * and asked for often. { 0 } at first; what was opened must be closed. key: NULL in an
 * array, and of the outermost.
 */
struct json_writer {
	struct text t;
	size_t depth;
	char bracket[16];	/* that close it; so deep it may be */
};
void json_write_open(struct json_writer *, const char *key, char bracket);	/* '{' or '[' */
void json_write_close(struct json_writer *);
/* As json_put_text(), json_put_number() and json_put_bool(). */
void json_write_bool(struct json_writer *, const char *key, bool value);
void json_write_text(struct json_writer *, const char *key, const char *value);
void json_write_number(struct json_writer *, const char *key, double value);
/* The members of an object, which stays the caller's. */
void json_write_members(struct json_writer *, const struct json *);
/* The text, yours to free. */
char *json_write_take(struct json_writer *, size_t *len);

/* NULL and words when it is not JSON or deeper or longer than is sane. */
struct json *json_parse(const char *bytes, size_t len, struct err *);
/* Borrowed; NULL if there is none, or if it is of another type. */
const struct json *json_get(const struct json *, const char *key);
const char *json_get_text(const struct json *, const char *key);
/* missing if there is none or it is no number. */
double json_get_number(const struct json *, const char *key, double missing);
double json_number(const struct json *, double missing);
size_t json_count(const struct json *array);
bool json_holds_list(const struct json *);
bool json_is_yes(const struct json *);	/* true, and nothing else */
/* False when there is none, or it is neither true nor false. */
bool json_get_flag(const struct json *, const char *key, bool *);
bool json_holds_members(const struct json *);
/* The value of member I of an object and its name; NULL behind the last. */
const struct json *json_member(const struct json *, size_t i, const char **key);
/* As text: a string, a whole number's digits in buf, "" of null; else NULL. */
const char *json_word(const struct json *, char buf[24]);
const struct json *json_at(const struct json *array, size_t i);

#endif
