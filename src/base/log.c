/* log - what a program without a screen says; see log.h */
#include "base/log.h"
#include "base/text.h"
#include "base/utc.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { LINE = 1024, LINES = 32, TROUBLES = 10 };

static const char *log_name = "amc";
static enum log_level log_limit = LOG_LEVEL_NOTICE;
static log_fn *log_to;

/* Lines of late, to find those that come again and again. */
static struct recent {
	char line[LINE];	/* "": free */
	enum log_level level;
	int64_t since;
	unsigned said, more;	/* more: counted and not said */
} recent[LINES];
static int64_t log_now = -1;	/* of the last log_calm(); -1: all is said */

static struct log_trouble troubles[TROUBLES];
static size_t n_troubles;	/* so far */

void log_init(const char *name, enum log_level level)
{
	log_name = name;
	log_limit = level;
}

void log_take(log_fn *to)
{
	log_to = to;
}

static void out(enum log_level level, const char *line, const struct log_about *about)
{
	if (log_to)
		log_to(level, log_name, line, about);
	else
		fprintf(stderr, "%s: %s\n", log_name, line);
}

static void remember(const char *line)
{
	struct log_trouble *t = &troubles[n_troubles % TROUBLES];
	const struct log_trouble *last = &troubles[(n_troubles + TROUBLES - 1) % TROUBLES];
	unsigned times = 1;
	char cut[sizeof t->line];

	text_copy(cut, sizeof cut, line);
	if (n_troubles && strcmp(last->line, cut) == 0) {
		times += last->times;
		t = &troubles[--n_troubles % TROUBLES];
	}
	*t = (struct log_trouble){ .at = utc_now(), .times = times };
	strcpy(t->line, cut);
	n_troubles++;
}

bool log_trouble(size_t i, struct log_trouble *out)
{
	if (i >= n_troubles || i >= TROUBLES)
		return false;
	*out = troubles[(n_troubles - 1 - i) % TROUBLES];
	return true;
}

static void forget(struct recent *r)
{
	char line[LINE];

	if (r->more) {
		snprintf(line, sizeof line, "the message came %u times more: %.*s", r->more,
		    LINE - 60, r->line);
		out(r->level, line, NULL);
	}
	*r = (struct recent){ .more = 0 };
}

/* May it be said, or is it to be counted? */
static bool may(enum log_level level, const char *line)
{
	struct recent *oldest = recent, *r;

	for (r = recent; r < recent + LINES; r++) {
		if (*r->line && r->level == level && strcmp(r->line, line) == 0)
			break;
		if (!*r->line || (*oldest->line && r->since < oldest->since))
			oldest = r;
	}
	if (r == recent + LINES) {
		r = oldest;
		forget(r);
		r->level = level;
		r->since = log_now;
		strcpy(r->line, line);
	}
	if (r->said >= LOG_BURST)
		r->more++;
	else
		r->said++;
	return !r->more;
}

void log_calm(int64_t now)
{
	log_now = now;
	for (struct recent *r = recent; r < recent + LINES; r++)
		if (*r->line && now - r->since >= LOG_CALM_MS)
			forget(r);
}

void log_calm_end(void)
{
	for (struct recent *r = recent; r < recent + LINES; r++)
		forget(r);
	log_now = -1;
}

static void say(enum log_level level, const struct log_about *about, const char *fmt, va_list ap)
{
	char line[LINE], *p;

	if (level > log_limit)
		return;
	vsnprintf(line, sizeof line, fmt, ap);
	/* one event, one line: what came from outside cannot forge a second */
	for (p = line; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = ' ';
	if (level <= LOG_LEVEL_WARNING)
		remember(line);
	if (log_now < 0 || may(level, line))
		out(level, line, about);
}

void log_say(enum log_level level, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(level, NULL, fmt, ap);
	va_end(ap);
}

void log_event(enum log_level level, const struct log_about *about, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(level, about, fmt, ap);
	va_end(ap);
}
