/*
 * rules - what a site must be like: R1.. of amc.md section d.
 *
 * Pure: a site goes in, findings come out. What makes a file unreadable or
 * impossible in the grammar (R1, R2) is found when it is loaded
 * (store/sitefile.h) and told with the same numbers. Some rules need more than
 * the site: readings, what a card takes, a server's clock. They are asked with
 * facts (facts.h), and are silent about what is not known.
 */
#ifndef AMC_MODEL_RULES_H
#define AMC_MODEL_RULES_H

#include "model/facts.h"
#include "model/site.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE };

struct finding {
	const char *rule;		/* "R25"; "" for a fault of the file itself */
	enum severity severity;
	unsigned node;			/* id */
	const struct field *field;	/* NULL: the node as a whole */
	long line;	/* in the file, where its reader knows it; else 0 */
	bool live;	/* from facts: it can come and go without an edit */
	char *message;
	/* the smallest change that mends it; fix_node 0: none is known */
	unsigned fix_node;
	const char *fix_key;		/* a setting of it; NULL: it is moved */
	char *fix_value;
	unsigned fix_parent;		/* where to */
	enum container fix_container;
	char *fix_group;		/* into a new group of this name there; or NULL */
};

/* Who says it; a rule can have several. */
enum source {
	SAYS_SSC = 1,		/* the guide to a clustered SigmaSystemCenter */
	SAYS_DIAGRAMS = 2,	/* the diagrams of multi-server configurations */
	SAYS_GUIDE = 4,		/* the system guide of CLUSTERPRO */
	SAYS_HYPERV = 8,	/* the Hyper-V power management guide */
	SAYS_OPTION = 16,	/* the help of the multi-server option */
	SAYS_CARD = 32,		/* the setup card of the power management pack */
	SAYS_AMC = 64,		/* no document: it follows from how things work */
};

/*
 * One row a rule, ended by a NULL number. R1 and R2 are told by the loader and
 * have no check.
 */
struct check;
struct rule {
	const char *number;
	enum severity severity;		/* as a rule: R27 can be milder */
	void (*check)(struct check *);	/* the site alone; or NULL */
	void (*live)(struct check *);	/* with facts; or NULL */
	unsigned sources;		/* enum source */
	const char *words;		/* what must be: N_() */
	const char *reason;		/* why: N_() */
};
extern const struct rule rules[];

/* "CLUSTERPRO system guide", N_(); NULL behind the last. bit goes 1, 2, 4, ... */
const char *source_label(unsigned bit);

/* NULL if there is none of that number. */
const struct rule *rule_find(const char *number);

/* { 0 } is an empty list. */
struct findings {
	struct finding *list;
	size_t n, cap;
	size_t count[3];		/* by severity */
};

/* Adds what is wrong with the site, in tree order; n log n at most. */
void rules_check(const struct site *, struct findings *);
/* The same with the rules that need facts, and with these only. */
void rules_check_live(const struct site *, const struct facts *,
    struct findings *);
/* Drops all behind the first n. */
void findings_cut(struct findings *, size_t n);
void findings_done(struct findings *);

/* Adds one; message is printf's. For rules and for the loading of files. */
struct finding *findings_add(struct findings *, const char *rule, enum severity,
    unsigned node, const struct field *, const char *fmt, ...)
	__attribute__((format(printf, 6, 7)));
/* Offers the change that mends f. */
void finding_fix(struct finding *, unsigned node, const char *key,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/*
 * Offers to move a node to another place, or, with the name of a group, into the
 * same container of a new group that is made there.
 */
void finding_move(struct finding *, const struct node *, const struct node *parent,
    enum container, const char *group);

/* "error", "warning", "note": N_(), but not translated in what scripts read. */
const char *severity_word(enum severity);

#endif
