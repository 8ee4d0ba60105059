/*
 * site - the tree of a site's power: network, groups, UPSs, terminals.
 *
 * Every record hangs in one container of one group (groups also in the network
 * or directly in a group); grammar: amc.md b.2. Records keep their address as
 * long as the site lives or until they are removed; what outlives an edit keeps
 * the id. Strings of records live as long as the site.
 *
 * What is not possible in the grammar (R1, R2) is refused here; everything
 * else that can be wrong with a site is for the rules (rules.h).
 */
#ifndef AMC_MODEL_SITE_H
#define AMC_MODEL_SITE_H

#include "model/record.h"

struct site;

/* A new site has its network and nothing else. */
struct site *site_new(void);
void site_free(struct site *);

struct network *site_network(const struct site *);
/* NULL if there is none of that id. */
struct node *site_find(const struct site *, unsigned id);
/* Groups nest at most this deep. */
#define SITE_DEPTH 100
/* Sections are numbered 1..SITE_NUMBER. */
#define SITE_NUMBER 99999999

/* The id of section [KindNUMBER]. */
unsigned site_id(enum kind, unsigned number);
unsigned site_id_number(unsigned id);
enum kind site_id_kind(unsigned id);
/* "Ups3", "Network" */
const char *site_section(unsigned id, char buf[24]);
size_t site_count(const struct site *, enum kind);

/* A node as its kind; NULL when it is another. */
struct group *node_group(const struct node *);
struct ups *node_ups(const struct node *);
struct terminal *node_terminal(const struct node *);
/* Its name ("network" for the root). */
const char *node_name(const struct node *);
/* Its address (of a group: the communication address) and description, or "". */
const char *node_address(const struct node *);
const char *node_description(const struct node *);
/* The first in any of its containers, NULL if nothing is below it. */
struct node *node_child(const struct node *);
/* The first in a container of this node, NULL if empty; then ->next. */
struct node *node_first(const struct node *, enum container);
/* The one before it in its container; NULL: it is the first. */
struct node *node_before(const struct node *);
/* The one behind it below the same parent, in its container or a later one. */
struct node *node_behind(const struct node *);
/*
 * Depth-first, as lists show it (b.2): the group, its power devices, control
 * terminals, linked terminals, linked devices, groups directly below. Start
 * with the node itself; NULL when top's subtree is at its end.
 */
struct node *node_next(const struct node *, const struct node *top);
bool node_is_below(const struct node *, const struct node *top);
int node_depth(const struct node *);
/* Does it come before another of the tree as node_next() goes? */
bool node_is_before(const struct node *, const struct node *);

/* May a record of this kind hang there? The words name R1 or R2. */
bool site_allows(const struct node *parent, enum container, enum kind,
    struct err *);

/*
 * The new record, last in its container, every field at its initial value and
 * named by name; NULL and words when the grammar or the name forbids it. It
 * gets the next id of its kind.
 */
struct node *site_add(struct site *, struct node *parent, enum container,
    enum kind, const char *name, struct err *);
/* The same with a number, for reading files; not yet in the tree. NULL if taken. */
struct node *site_create(struct site *, enum kind, unsigned number);
/* Hangs a node that is in the tree or not yet, last or before another. */
bool site_hang(struct site *, struct node *, struct node *parent, enum container,
    struct node *before, struct err *);
/* With everything below it. */
void site_remove(struct site *, struct node *);
/* The number of this id is never given again, also when the file is read anew. */
void site_keep_number(struct site *, unsigned id);

/*
 * Sets a field from its text and marks it as given. False and words when the
 * text is no value of it; the record is then as it was. An empty text of a
 * field with FIELD_INHERITS makes it inherited again.
 */
bool site_set(struct site *, struct node *, const struct field *, const char *,
    struct err *);
/*
 * Between these, what is set of this record is not looked up among the settings of
 * others each time: for who sets all of it.
 */
void site_gather(struct site *, struct node *);
void site_settle(struct site *);
/* Back to the initial value, not given. */
void site_unset(struct site *, struct node *, const struct field *);
/*
 * The same from another record of that kind whose texts are this site's, with
 * its being given or not. For copies (copy.h).
 */
void site_copy_field(struct site *, struct node *, const struct field *,
    const struct node *from);
/*
 * Counts changes and numbers as if the edits since the mark had never been: all
 * of them were taken back.
 */
struct site_mark {
	unsigned long changes;
	unsigned last[KIND_COUNT];
};
struct site_mark site_mark(const struct site *);
void site_rewind(struct site *, const struct site_mark *);
/* The bit of settings.given that stands for a field. */
uint64_t node_bit(const struct node *, const struct field *);
bool node_gives(const struct node *, const struct field *);

/*
 * The site's own copy of a text, NULL when no record has it. Texts of records
 * that are equal are equal pointers.
 */
const char *site_string(const struct site *, const char *text);

/* The highest number that a node of this kind has or ever had; 0: none. */
unsigned site_last(const struct site *, enum kind);

/* Another site that is equal to this one, but for what hangs nowhere. */
struct site *site_copy(const struct site *);

/* Counts every change since the site was made. */
unsigned long site_changes(const struct site *);

/*
 * The node that a verb names: a unique name, or a path as
 * SSC/SSC_Cluster/@control/SSC_SEIGYO_1 (it may begin at any unique name:
 * SSC_Cluster/@devices), or "network": the site, so that a group of that name is
 * network/network, or named by its path. *c is the container at
 * the end of the path ("SSC/@power"), else IN_ITSELF. c may be NULL when a
 * container is no answer.
 */
struct node *site_lookup(const struct site *, const char *path,
    enum container *c, struct err *);
/* The path of a node, yours to free. */
char *node_path(const struct node *);
/* The same for a person, yours to free: "UPS1 (SSC_SEIGYO_1 / Power devices)". */
char *node_place(const struct node *);

/* Another node of this kind that has this name, or NULL. */
struct node *site_named(const struct site *, enum kind, const char *name,
    const struct node *except);

/* What counts for a UPS or terminal after inheritance. */
const char *ups_community(const struct ups *);
/* For settings and commands; the one for reading where there is no other. */
const char *ups_write_community(const struct ups *);
int terminal_port(const struct site *, const struct terminal *);
/* Where a field's value comes from. */
enum origin { FROM_FILE, FROM_INITIAL, FROM_PARENT };
enum origin node_origin(const struct node *, const struct field *,
    const struct node **from);

#endif
