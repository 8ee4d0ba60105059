/*
 * err - an error with words, on its way up.
 *
 * A struct err lives on the caller's stack; nothing is ever freed. Whoever
 * finds the fault sets it, whoever knows more puts "where: " in front, and the
 * last one to hold it decides what to do: the form shows it on the bottom
 * line, a verb prints it, the daemon logs it. The text tells a person what is
 * wrong and what would be right.
 *
 * Every function that takes a struct err accepts NULL: the words are dropped.
 */
#ifndef AMC_BASE_ERR_H
#define AMC_BASE_ERR_H

#include <stdbool.h>

/* What kind of fault; a verb's exit status is made from it (architecture 5). */
enum err_kind {
	ERR_FAILED = 1,		/* anything not below */
	ERR_USAGE = 2,		/* called wrongly */
	ERR_SITE = 3,		/* the site has errors */
	ERR_UNREACHABLE = 4,	/* nobody answers */
	ERR_REFUSED = 5,	/* password, pin, read-only, stale revision */
	ERR_PARTLY = 6,		/* some of it done, some not */
};

struct err {
	enum err_kind kind;
	const char *rule;	/* the rule it breaks, lives for ever; NULL: none */
	int os_error;		/* why a connection failed, where the system told; else 0 */
	char text[600];
};

/* Always false, so that it can be returned. Kind ERR_FAILED. */
bool err_set(struct err *, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* The same with a kind. */
bool err_kind(struct err *, enum err_kind, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * The same for what breaks a rule that has a number: the text is "RULE: words",
 * and err_words() gives the words alone, until err_at() puts more in front.
 */
bool err_rule(struct err *, const char *rule, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
const char *err_words(const struct err *);

/* Puts "where: " in front of what is there. Always false. */
bool err_at(struct err *, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* "WHAT: No such file or directory", from errno. Always false. */
bool err_errno(struct err *, const char *what);

#endif
