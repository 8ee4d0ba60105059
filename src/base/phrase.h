/*
 * phrase - is a text what one of our formats prints, and of which arguments? Pure.
 *
 * So a sentence that somebody else has made, perhaps long ago or in another language,
 * is said again in the reader's: its format is found, and the translation of that is
 * printed. The formats are always those of our own catalogue; what comes from outside
 * is only ever the text and what is cut out of it, so no % in it means anything.
 *
 * Known conversions: %s, %d, %u, %g, with l, ll or z, with the place of translations
 * (%2$s), and %%. A format with another one, or with two %s side by side, fits nothing.
 */
#ifndef AMC_BASE_PHRASE_H
#define AMC_BASE_PHRASE_H

#include "base/text.h"

enum { PHRASE_ARGS = 6 };

struct phrase {
	int literal;		/* how many bytes were the format's own */
	bool cut;		/* the text ended before the format did */
	struct phrase_arg {
		char kind;	/* 's', 'd' or 'g'; 0: not there */
		const char *at;	/* into the text */
		size_t len;
	} args[PHRASE_ARGS];	/* in the order of the untranslated format */
};

/*
 * Fills it, borrowing from the text. may_be_cut: the text filled its room, so the end
 * of it may be missing; enough of the format must be there all the same.
 */
bool phrase_match(const char *format, const char *text, bool may_be_cut, struct phrase *);

/* How an argument that is text is printed. */
typedef void phrase_word(const char *at, size_t len, void *arg, struct text *);
/*
 * By the format, which is a translation of the one that was matched; "…" for what was
 * cut off. False, and nothing added, when it wants what the phrase does not have.
 */
bool phrase_print(const char *format, const struct phrase *, phrase_word *, void *arg,
    struct text *);

#endif
