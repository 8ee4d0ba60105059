/*
 * wizard - standard sites made from a few answers (簡易設定支援, amc.md c.9).
 *
 * Which standard sites there are and how each is built is C (wizard-shape.c);
 * what is asked on which page, in which words and with which first proposal is
 * ui/wizard.xml. A question is a field of the model: its type, range, label and
 * help are those of its row there. A question has a key, "node2-ups.Address":
 * a part of the site and the field of its record.
 *
 * What has not been answered is proposed: what ui/wizard.xml has, numbers counting
 * up and passing over what is taken, addresses in the network that was named. The
 * proposals of a wizard that the documents have a site for make that site.
 */
#ifndef AMC_APP_WIZARD_H
#define AMC_APP_WIZARD_H

#include "app/app.h"
#include "base/interface.h"
#include "base/xml.h"

/* A question as ui/wizard.xml has it; asked once, or once for each such part. */
struct wizard_ask {
	const char *part;		/* "" for what only the wizard wants to know */
	enum kind kind;			/* of the part; KIND_COUNT when there is none */
	const struct field *field;
	const char *title;		/* of a column, or NULL: the field's label */
	const char *initial;		/* the first proposal */
};

/* Questions below each other, or as the columns of a table of parts. */
struct wizard_block {
	const char *title;
	bool table;
	struct wizard_ask *asks;
	size_t n, cap;
};

struct wizard_page {
	const char *name, *title;
	char *words;
	struct wizard_block *blocks;
	size_t n, cap;
};

/* A standard site. */
struct wizard_site {
	const char *name;		/* "ssc-cluster", as the verb takes it */
	const char *title;
	char *words;
	const struct wizard_shape *shape;
	const struct wizard_page **pages;
	size_t n, cap;
};

/* All of ui/wizard.xml. */
struct wizards {
	struct wizard_page **pages;
	size_t pages_n, pages_cap;
	struct wizard_site *sites;
	size_t n, cap;
	struct xml *own;		/* of the built-in ones; else the caller keeps it */
};

/*
 * The document must outlive what is read from it. NULL and FILE:LINE: words
 * when something in it does not resolve: a site, a part, a field, a value.
 */
struct wizards *wizards_read(const struct xml *, struct err *);
/* Those that are built in. */
struct wizards *wizards_built_in(struct err *);
void wizards_free(struct wizards *);	/* takes NULL */
/* NULL and words that tell the nearest when there is none of that name. */
const struct wizard_site *wizards_find(const struct wizards *, const char *name,
    struct err *);

/* A question of a run. Its strings are good until the next answer. */
struct wizard_question {
	const struct wizard_ask *ask;
	int page, block;		/* where it stands; page counts those that ask */
	int number;			/* of the part: 2 of "node2"; 0: there is one */
	char *key;
	char *value;			/* the answer, or what is proposed */
	bool answered;
};

/* One run: a standard site and the answers so far. */
struct wizard;

struct wizard *wizard_new(const struct wizard_site *);
void wizard_free(struct wizard *);	/* takes NULL */
const struct wizard_site *wizard_site(const struct wizard *);

/* Pages that ask something with the present answers. */
int wizard_pages(const struct wizard *);
const struct wizard_page *wizard_page(const struct wizard *, int page);
/* In the order of the pages. */
size_t wizard_count(const struct wizard *);
const struct wizard_question *wizard_at(const struct wizard *, size_t i);

/*
 * Takes an answer as it is, right or wrong: a form asks for one letter after
 * the other. An answer that is just what would be proposed is none. Answers to
 * questions that are not asked at present are kept. The questions may be others
 * after it: their number, places and values.
 */
void wizard_answer(struct wizard *, const char *key, const char *value);
/* Was anything answered? */
bool wizard_answered(const struct wizard *);
/*
 * For scripts: KEY=VALUE words in any order. False with ERR_USAGE and words when
 * a key is none (they tell the nearest) or a value cannot be.
 */
bool wizard_take(struct wizard *, char *const *words, int n, struct err *);
/* Is it the one that asks for the network, by address and mask or by interface? */
bool wizard_asks_network(const struct wizard_ask *);
/* What is allowed for a question, as field_allowed() tells it. */
const char *wizard_allowed(const struct wizard_ask *, char *buf, size_t size);

/* Can the value of a question be? The words name the field and what is allowed. */
bool wizard_value_ok(const struct wizard *, size_t question, struct err *);
/*
 * The first question of a page, from there on, that forbids going on: a value
 * that cannot be, or one that is an error by the rules (R3, R13, R14). Its
 * words in err. -1 if there is none. page -1: of all pages.
 */
int wizard_wrong(struct wizard *, int page, struct err *);

/*
 * The site that would be made, and what the rules say of it. Borrowed, until
 * the next answer.
 */
const struct site *wizard_preview(struct wizard *);
const struct findings *wizard_findings(struct wizard *);
/* The question that a finding is about, or -1. */
int wizard_question_of(struct wizard *, const struct finding *);

/*
 * Makes it as a new site that path will hold when it is saved, or, with path
 * NULL, in the open site, which must be empty. All or nothing; the words tell
 * what is wrong. Errors of the rules other than wizard_wrong() do not hinder.
 */
bool wizard_create(struct wizard *, struct app *, const char *path, struct err *);
/* Has the open site no group yet? */
bool wizard_fits(const struct app *);

#endif
