/*
 * query - many objects of an agent, whatever it takes.
 *
 * A query is as many messages as the agent needs: halves when one is too big,
 * again without the object that a v1 agent has not, again for what an answer
 * left out. Each message settles something or makes the next one smaller, so
 * a query ends, whatever the agent says.
 */
#ifndef AMC_SNMP_QUERY_H
#define AMC_SNMP_QUERY_H

#include "snmp/agent.h"

struct query;

/*
 * Get: n values in the order of the oids. Table: n rows, each as many values
 * as there are columns. Both borrowed. NULL and words when the agent is silent.
 * The query is gone when it is called; the agent may be freed in it.
 */
typedef void query_done(const struct agent_value *values, size_t n,
    const struct err *, void *arg);

/* The oids (not the array) must live until done. NULL when it cannot start. */
struct query *query_get(struct agent *, const char *const *oids, size_t n,
    query_done *, void *arg, struct err *);
/*
 * The same with objects that were coded before, all of them, which must live as
 * long as the query: what is asked for again and again. NULL bindings: not coded.
 */
struct query *query_get_again(struct agent *, const char *const *oids, size_t n,
    const struct bindings *, query_done *, void *arg, struct err *);

#define QUERY_COLUMNS 4
#define QUERY_ROWS 128

/*
 * The rows of the first column, at most QUERY_ROWS; a cell that is not there
 * is AGENT_MISSING. A table that is not there has no rows.
 */
struct query *query_table(struct agent *, const char *const *columns, size_t n,
    query_done *, void *arg, struct err *);

/* Takes NULL. Free its agent first, or at once after: it is still asking. */
void query_free(struct query *);

#endif
