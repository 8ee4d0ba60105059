/* log - what a program without a screen says; see log.h */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

static const char *log_name = "amc";
static enum log_level log_limit = LOG_LEVEL_NOTICE;
static log_fn *log_to;

void log_init(const char *name, enum log_level level)
{
	log_name = name;
	log_limit = level;
}

void log_take(log_fn *to)
{
	log_to = to;
}

void log_say(enum log_level level, const char *fmt, ...)
{
	char line[1024];
	va_list ap;
	char *p;

	if (level > log_limit)
		return;
	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	/* one event, one line: what came from outside cannot forge a second */
	for (p = line; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = ' ';
	if (log_to)
		log_to(level, log_name, line);
	else
		fprintf(stderr, "%s: %s\n", log_name, line);
}
