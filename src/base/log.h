/*
 * log - what a program without a screen says: to standard error, one line each,
 * or where the program has it taken (base/systemd.h).
 */
#ifndef AMC_BASE_LOG_H
#define AMC_BASE_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum log_level { LOG_LEVEL_ERROR = 3, LOG_LEVEL_WARNING, LOG_LEVEL_NOTICE,
	LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

/* name stands in front of every line; nothing below level is said. */
void log_init(const char *name, enum log_level level);

void log_say(enum log_level, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#define log_error(...) log_say(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warning(...) log_say(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_notice(...) log_say(LOG_LEVEL_NOTICE, __VA_ARGS__)
#define log_info(...) log_say(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...) log_say(LOG_LEVEL_DEBUG, __VA_ARGS__)

/*
 * What a line is about, for whoever searches the log by it (journald's fields): id is
 * the message's own number, 32 hexadecimal digits, or NULL.
 */
struct log_field {
	const char *name, *value;	/* "AMC_NODE", "UPS1" */
};
struct log_about {
	const char *id;
	const struct log_field *fields;
	size_t n;
};
void log_event(enum log_level, const struct log_about *, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* about may be NULL. */
typedef void log_fn(enum log_level, const char *name, const char *line,
    const struct log_about *about);

/* From here on what is said goes there; NULL: to standard error again. */
void log_take(log_fn *);

/* The last lines that were warnings or worse, i = 0 the newest; false: there are no more. */
struct log_trouble {
	int64_t at;		/* ms since 1970, UTC: the last time */
	unsigned times;		/* in a row */
	char line[200];
};
bool log_trouble(size_t i, struct log_trouble *);

/*
 * From here on a line that comes more than LOG_BURST times in LOG_CALM_MS is counted
 * instead of said, and its number is told when that time is over: by log_calm(), which
 * is then to be called every now and then with the time in monotonic ms.
 */
enum { LOG_BURST = 5, LOG_CALM_MS = 60000 };
void log_calm(int64_t now);
/* All that is still counted, at the end. */
void log_calm_end(void);

#endif
