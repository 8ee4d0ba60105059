/*
 * wizarding - what the files of the wizard share; for wizard*.c only.
 */
#ifndef AMC_APP_WIZARDING_H
#define AMC_APP_WIZARDING_H

#include "app/wizard.h"
#include "model/ipv4.h"

/*
 * A node of a standard site. It takes its settings from the questions of its
 * own part, of the parts it shares with others, and from `set`.
 */
struct item {
	enum kind kind;
	enum container container;
	int parent;		/* index of an item before it; item 0 is the network */
	const char *part;	/* "node-ups" */
	const char *also;	/* "upses server-upses" */
	const char *set;	/* "Mode=advance", or NULL */
	int number;		/* 2: part is called "node2-ups"; 0: there is one */
};

struct items {
	struct item *list;
	size_t n, cap;
};

/* wizard-shape.c: the standard sites. */

/* NULL if there is none of that name, or behind the last. */
const struct wizard_shape *shape_find(const char *name);
const struct wizard_shape *shape_at(size_t i);
/* How many of it the answers want; arg is the caller's. */
typedef int shape_count(const char *question, void *arg);
/* Its nodes in tree order. */
void shape_items(const struct wizard_shape *, shape_count *, void *arg, struct items *);
/* Does it count its nodes by this question? */
bool shape_counts(const struct wizard_shape *, const char *question);
/* The I-th such question, NULL behind the last. */
const char *shape_question(const struct wizard_shape *, size_t i);

/* What only the wizard wants to know: Network, which is the first; how many servers. */
extern const struct field wizard_fields[];
/* field_check(), and whether Network is one. */
bool wizard_check(const struct field *, const char *text, struct err *);
/* The network that a value of Network means. */
bool wizard_network(const char *text, struct ipv4_net *, struct err *);

/* Does the item take settings from this part? */
bool item_takes(const struct item *, const char *part);
/* "node", 2 -> "node2"; "node-ups", 2 -> "node2-ups"; into buf. */
const char *part_key(const char *part, int number, char *buf, size_t size);

struct wizard {
	const struct wizard_site *site;
	struct { char *key, *value; } *answers;
	size_t answers_n, answers_cap;
	struct items items;
	struct wizard_question *questions;
	size_t n, cap;
	bool has_network;		/* the answer to Network is one: */
	struct ipv4_net network;
	const struct wizard_page **pages;	/* those that ask something */
	size_t pages_n, pages_cap;
	/* made when they are asked for: wizard-build.c */
	struct site *preview;
	unsigned *nodes;		/* the id of each item in it */
	struct findings findings;
};

/* wizard-questions.c */

/* The index of the answer to a question, or -1. */
int wizard_find_answer(const struct wizard *, const char *key);
/* The questions anew, as the answers are now. */
void wizard_rebuild(struct wizard *);
void wizard_clear(struct wizard *);

/* wizard-build.c */

/* The preview is of answers that are no more. */
void wizard_forget(struct wizard *);
/* The question for the name of an item, or NULL. */
const struct wizard_question *wizard_name_question(const struct wizard *,
    const struct item *);

#endif
