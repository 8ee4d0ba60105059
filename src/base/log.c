/* log - what a program without a screen says; the door to libsystemd */
#include "base/log.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>

static const char *log_name = "amc";
static enum log_level log_limit = LOG_LEVEL_NOTICE;
static bool to_journal;

void log_init(const char *name, enum log_level level)
{
	log_name = name;
	log_limit = level;
	/* systemd sets it when standard error is the journal */
	to_journal = getenv("JOURNAL_STREAM") != NULL;
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
	if (to_journal)
		sd_journal_send("MESSAGE=%s", line, "PRIORITY=%d", (int)level,
		    "SYSLOG_IDENTIFIER=%s", log_name, NULL);
	else
		fprintf(stderr, "%s: %s\n", log_name, line);
}

void log_notify(const char *state)
{
	sd_notify(0, state);
}
