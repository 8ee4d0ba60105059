/*
 * log - what a program without a screen says: to standard error, one line each,
 * or where the program has it taken (base/systemd.h).
 */
#ifndef AMC_BASE_LOG_H
#define AMC_BASE_LOG_H

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

typedef void log_fn(enum log_level, const char *name, const char *line);

/* From here on what is said goes there; NULL: to standard error again. */
void log_take(log_fn *);

#endif
