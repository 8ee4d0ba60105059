/* err - an error with words, on its way up; see err.h */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void put(struct err *e, enum err_kind kind, const char *fmt, va_list ap)
{
	/* through a copy: the arguments may point into the old text */
	char text[sizeof e->text];

	vsnprintf(text, sizeof text, fmt, ap);
	e->kind = kind;
	e->rule = NULL;
	e->os_error = 0;
	memcpy(e->text, text, sizeof text);
}

bool err_set(struct err *e, const char *fmt, ...)
{
	va_list ap;

	if (e) {
		va_start(ap, fmt);
		put(e, ERR_FAILED, fmt, ap);
		va_end(ap);
	}
	return false;
}

bool err_kind(struct err *e, enum err_kind kind, const char *fmt, ...)
{
	va_list ap;

	if (e) {
		va_start(ap, fmt);
		put(e, kind, fmt, ap);
		va_end(ap);
	}
	return false;
}

bool err_rule(struct err *e, const char *rule, const char *fmt, ...)
{
	va_list ap;

	if (e) {
		va_start(ap, fmt);
		put(e, ERR_FAILED, fmt, ap);
		va_end(ap);
		err_at(e, "%s", rule);
		e->rule = rule;
	}
	return false;
}

const char *err_words(const struct err *e)
{
	return e->rule ? e->text + strlen(e->rule) + strlen(": ") : e->text;
}

bool err_at(struct err *e, const char *fmt, ...)
{
	char text[sizeof e->text];
	va_list ap;
	size_t at, len;

	if (!e)
		return false;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text - 2, fmt, ap);
	va_end(ap);
	strcat(text, ": ");
	at = strlen(text);
	len = strnlen(e->text, sizeof text - 1 - at);
	memcpy(text + at, e->text, len);
	text[at + len] = '\0';
	memcpy(e->text, text, sizeof text);
	return false;
}

bool err_errno(struct err *e, const char *what)
{
	return err_set(e, "%s: %s", what, strerror(errno));
}
