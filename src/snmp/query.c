/* query - many objects of an agent, whatever it takes; see query.h */
#include "snmp/query.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct query {
	struct agent *agent;
	query_done *done;
	void *arg;
	const char **oids;		/* objects, or columns of a table */
	size_t n;			/* of them */
	struct agent_value *values;

	/* get */
	bool *settled;
	size_t sent[AGENT_BATCH], n_sent;	/* which ones are asked for now */
	size_t limit;			/* of one message, for this query */

	/* table */
	size_t rows;
	char last[OID_SIZE];		/* the last row's index, "" at the start */
};

static struct query *query_new(struct agent *agent, const char *const *oids,
    size_t n, size_t values, query_done *done, void *arg)
{
	struct query *q = mem_new(struct query);

	q->agent = agent;
	q->done = done;
	q->arg = arg;
	q->n = n;
	q->oids = mem_zero(n + 1, sizeof *q->oids);
	memcpy(q->oids, oids, n * sizeof *oids);
	q->values = mem_zero(values + 1, sizeof *q->values);
	q->limit = AGENT_BATCH;
	return q;
}

void query_free(struct query *q)
{
	if (!q)
		return;
	free(q->oids);
	free(q->values);
	free(q->settled);
	free(q);
}

/* The last thing that happens to a query. */
static void end(struct query *q, size_t n, const struct err *e)
{
	struct agent_value *values = q->values;
	query_done *done = q->done;
	void *arg = q->arg;

	q->values = NULL;
	query_free(q);
	done(e ? NULL : values, e ? 0 : n, e, arg);
	free(values);
}

static void settle(struct query *q, size_t i, const struct agent_value *v,
    enum agent_type type)
{
	if (v)
		q->values[i] = *v;
	else
		q->values[i].type = type;
	q->settled[i] = true;
}

/* Settles what the answer gives; how many. Usually it has the order we asked in. */
static size_t match(struct query *q, const struct agent_answer *answer)
{
	size_t matched = 0;

	for (size_t k = 0; k < answer->n; k++) {
		const struct agent_value *v = &answer->values[k];

		for (size_t j = 0; j < q->n_sent; j++) {
			size_t i = q->sent[(k + j) % q->n_sent];

			if (!q->settled[i] && strcmp(q->oids[i], v->oid) == 0) {
				settle(q, i, v, v->type);
				matched++;
				break;
			}
		}
	}
	return matched;
}

/* Nothing was learned: ask for less at a time, or give the last one up. */
static void ask_less(struct query *q, enum agent_type type)
{
	if (q->n_sent > 1)
		q->limit = (q->n_sent + 1) / 2;
	else
		settle(q, q->sent[0], NULL, type);
}

static void get_answered(const struct agent_answer *answer, const struct err *e,
    void *arg);

/* False and words when it cannot be asked; *ended when nothing is left to ask. */
static bool get_next(struct query *q, bool *ended, struct err *e)
{
	const char *oids[AGENT_BATCH];
	size_t most = agent_batch(q->agent);

	if (q->limit < most)
		most = q->limit;
	q->n_sent = 0;
	for (size_t i = 0; i < q->n && q->n_sent < most; i++)
		if (!q->settled[i]) {
			oids[q->n_sent] = q->oids[i];
			q->sent[q->n_sent++] = i;
		}
	*ended = q->n_sent == 0;
	return *ended || agent_ask(q->agent, AGENT_GET, oids, q->n_sent,
	    get_answered, q, e);
}

static void get_answered(const struct agent_answer *answer, const struct err *e,
    void *arg)
{
	struct query *q = arg;
	struct err words;
	bool ended;

	if (!answer) {
		end(q, 0, e);
		return;
	}
	switch (answer->status) {
	case AGENT_DONE:
		if (match(q, answer) == 0)
			ask_less(q, AGENT_ODD);
		break;
	case AGENT_NO_SUCH:
	case AGENT_FAULT: {
		enum agent_type type = answer->status == AGENT_NO_SUCH ?
		    AGENT_MISSING : AGENT_ODD;

		if (answer->index >= 1 && answer->index <= q->n_sent)
			settle(q, q->sent[answer->index - 1], NULL, type);
		else
			ask_less(q, type);
		break;
	}
	case AGENT_TOO_BIG:
		ask_less(q, AGENT_ODD);
		if (q->n_sent > 1)
			agent_limit_batch(q->agent, q->limit);
		break;
	case AGENT_DENIED:
		err_kind(&words, ERR_REFUSED, _("%s refuses to be read: check the "
		    "community and the card's access list"), agent_where(q->agent));
		end(q, 0, &words);
		return;
	}
	if (!get_next(q, &ended, &words))
		end(q, 0, &words);
	else if (ended)
		end(q, q->n, NULL);
}

struct query *query_get(struct agent *agent, const char *const *oids, size_t n,
    query_done *done, void *arg, struct err *e)
{
	struct query *q = query_new(agent, oids, n, n, done, arg);
	bool ended;

	q->settled = mem_zero(n + 1, sizeof *q->settled);
	if (get_next(q, &ended, e) && !ended)
		return q;
	if (n == 0)
		err_set(e, "%s: nothing to ask for", agent_where(agent));
	query_free(q);
	return NULL;
}

static void table_answered(const struct agent_answer *answer, const struct err *e,
    void *arg);

static bool table_next(struct query *q, struct err *e)
{
	char names[QUERY_COLUMNS][2 * OID_SIZE];
	const char *oids[QUERY_COLUMNS];

	for (size_t c = 0; c < q->n; c++) {
		snprintf(names[c], sizeof names[c], "%s%s%s", q->oids[c],
		    *q->last ? "." : "", q->last);
		oids[c] = names[c];
	}
	return agent_ask(q->agent, AGENT_NEXT, oids, q->n, table_answered, q, e);
}

/* The next row from the answer; false when the table is at its end. */
static bool table_row(struct query *q, const struct agent_answer *answer)
{
	struct agent_value *row = q->values + q->rows * q->n;
	const char *index;

	if (answer->status != AGENT_DONE || answer->n < q->n)
		return false;
	index = oid_below(answer->values[0].oid, q->oids[0]);
	if (!index || answer->values[0].type == AGENT_MISSING ||
	    (*q->last && oid_compare(index, q->last) <= 0))
		return false;
	for (size_t c = 0; c < q->n; c++) {
		const char *i = oid_below(answer->values[c].oid, q->oids[c]);

		if (i && strcmp(i, index) == 0)
			row[c] = answer->values[c];
	}
	snprintf(q->last, sizeof q->last, "%s", index);
	return ++q->rows < QUERY_ROWS;
}

static void table_answered(const struct agent_answer *answer, const struct err *e,
    void *arg)
{
	struct query *q = arg;
	struct err words;

	if (!answer)
		end(q, 0, e);
	else if (!table_row(q, answer))
		end(q, q->rows, NULL);
	else if (!table_next(q, &words))
		end(q, 0, &words);
}

struct query *query_table(struct agent *agent, const char *const *columns, size_t n,
    query_done *done, void *arg, struct err *e)
{
	struct query *q;

	if (n < 1 || n > QUERY_COLUMNS) {
		err_set(e, "%s: a table of %zu columns", agent_where(agent), n);
		return NULL;
	}
	q = query_new(agent, columns, n, QUERY_ROWS * n, done, arg);
	if (table_next(q, e))
		return q;
	query_free(q);
	return NULL;
}
