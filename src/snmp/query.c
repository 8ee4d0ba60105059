/* query - many objects of an agent, whatever it takes; see query.h */
#include "snmp/query.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/pool.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A get that takes several messages. */
struct parts {
	struct agent_value *values;
	bool *settled;
	size_t sent[AGENT_BATCH], n_sent;	/* which ones are asked for now */
	size_t limit;			/* of one message, for this query */
};

struct query {
	struct agent *agent;
	query_done *done;
	void *arg;
	const char **oids;		/* objects, or columns of a table */
	size_t n;			/* of them */
	struct pool texts;		/* of values that are kept */

	/* get */
	struct parts *parts;		/* NULL: all are asked for in one message */

	/* table */
	struct agent_value *cells;
	size_t rows;
	char (*names)[2 * OID_SIZE];	/* that are asked for now */
	char last[OID_SIZE];		/* the last row's index, "" at the start */
};

static struct query *query_new(struct agent *agent, const char *const *oids,
    size_t n, query_done *done, void *arg)
{
	struct query *q = mem_new(struct query);

	q->agent = agent;
	q->done = done;
	q->arg = arg;
	q->n = n;
	q->oids = mem_zero(n + 1, sizeof *q->oids);
	memcpy(q->oids, oids, n * sizeof *oids);
	return q;
}

void query_free(struct query *q)
{
	if (!q)
		return;
	if (q->parts) {
		free(q->parts->values);
		free(q->parts->settled);
	}
	free(q->parts);
	free(q->oids);
	free(q->cells);
	free(q->names);
	pool_done(&q->texts);
	free(q);
}

/* The last thing that happens to a query. NULL values: words. */
static void end(struct query *q, const struct agent_value *values, size_t n,
    const struct err *e)
{
	q->done(values, n, e, q->arg);
	query_free(q);
}

/* An answer goes away; its values are kept until the query ends. */
static void keep(struct query *q, struct agent_value *to, const struct agent_value *v)
{
	*to = *v;
	to->oid = pool_put(&q->texts, v->oid);
	to->text = pool_put(&q->texts, v->text);
}

static void settle(struct query *q, size_t i, const struct agent_value *v,
    enum agent_type type)
{
	if (v)
		keep(q, &q->parts->values[i], v);
	else
		q->parts->values[i] = (struct agent_value){ .oid = q->oids[i],
			.type = type, .text = "" };
	q->parts->settled[i] = true;
}

/* Settles what the answer gives; how many. Usually it has the order we asked in. */
static size_t match(struct query *q, const struct agent_answer *answer)
{
	struct parts *p = q->parts;
	size_t matched = 0;

	for (size_t k = 0; k < answer->n; k++) {
		const struct agent_value *v = &answer->values[k];

		for (size_t j = 0; j < p->n_sent; j++) {
			size_t i = p->sent[(k + j) % p->n_sent];

			if (!p->settled[i] && strcmp(q->oids[i], v->oid) == 0) {
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
	struct parts *p = q->parts;

	if (p->n_sent > 1)
		p->limit = (p->n_sent + 1) / 2;
	else
		settle(q, p->sent[0], NULL, type);
}

static void get_answered(const struct agent_answer *answer, const struct err *e,
    void *arg);

/* False and words when it cannot be asked; *ended when nothing is left to ask. */
static bool get_next(struct query *q, bool *ended, struct err *e)
{
	const char *oids[AGENT_BATCH];
	size_t most = agent_batch(q->agent);
	struct parts *p = q->parts;

	if (p->limit < most)
		most = p->limit;
	p->n_sent = 0;
	for (size_t i = 0; i < q->n && p->n_sent < most; i++)
		if (!p->settled[i]) {
			oids[p->n_sent] = q->oids[i];
			p->sent[p->n_sent++] = i;
		}
	*ended = p->n_sent == 0;
	return *ended || agent_ask(q->agent, AGENT_GET, oids, p->n_sent,
	    get_answered, q, e);
}

/* From here on it takes several messages. */
static void part(struct query *q)
{
	struct parts *p = mem_new(struct parts);

	p->values = mem_zero(q->n + 1, sizeof *p->values);
	p->settled = mem_zero(q->n + 1, sizeof *p->settled);
	p->limit = AGENT_BATCH;
	while (p->n_sent < q->n && p->n_sent < AGENT_BATCH) {
		p->sent[p->n_sent] = p->n_sent;
		p->n_sent++;
	}
	q->parts = p;
}

/* All that was asked for, in our order: nearly always, and then nothing is copied. */
static bool is_whole(const struct query *q, const struct agent_answer *answer)
{
	if (q->parts || answer->status != AGENT_DONE || answer->n != q->n)
		return false;
	for (size_t i = 0; i < q->n; i++)
		if (answer->values[i].oid != q->oids[i])
			return false;
	return true;
}

/* Words when the answer ends it. */
static bool take_answer(struct query *q, const struct agent_answer *answer, struct err *e)
{
	struct parts *p = q->parts;
	enum agent_type type = answer->status == AGENT_NO_SUCH ? AGENT_MISSING : AGENT_ODD;

	switch (answer->status) {
	case AGENT_DONE:
		if (match(q, answer) == 0)
			ask_less(q, AGENT_ODD);
		break;
	case AGENT_NO_SUCH:
	case AGENT_FAULT:
		if (answer->index >= 1 && answer->index <= p->n_sent)
			settle(q, p->sent[answer->index - 1], NULL, type);
		else
			ask_less(q, type);
		break;
	case AGENT_TOO_BIG:
		ask_less(q, AGENT_ODD);
		if (p->n_sent > 1)
			agent_limit_batch(q->agent, p->limit);
		break;
	case AGENT_DENIED:
		return err_kind(e, ERR_REFUSED, _("%s refuses to be read: check the "
		    "community, or the user and the level of SNMP v3, and the card's "
		    "access list"), agent_where(q->agent));
	}
	return true;
}

static void get_answered(const struct agent_answer *answer, const struct err *e,
    void *arg)
{
	struct query *q = arg;
	struct err words;
	bool ended = false;

	if (!answer) {
		end(q, NULL, 0, e);
		return;
	}
	if (is_whole(q, answer)) {
		end(q, answer->values, answer->n, NULL);
		return;
	}
	if (!q->parts)
		part(q);
	if (!take_answer(q, answer, &words) || !get_next(q, &ended, &words))
		end(q, NULL, 0, &words);
	else if (ended)
		end(q, q->parts->values, q->n, NULL);
}

struct query *query_get_again(struct agent *agent, const char *const *oids, size_t n,
    const struct bindings *b, query_done *done, void *arg, struct err *e)
{
	struct query *q = query_new(agent, oids, n, done, arg);
	bool ended;

	if (n == 0) {
		err_set(e, "%s: nothing to ask for", agent_where(agent));
	} else if (n > agent_batch(agent)) {
		part(q);
		if (get_next(q, &ended, e))
			return q;
	} else if (b ? agent_ask_again(agent, AGENT_GET, b, get_answered, q, e) :
	    agent_ask(agent, AGENT_GET, q->oids, n, get_answered, q, e)) {
		return q;
	}
	query_free(q);
	return NULL;
}

struct query *query_get(struct agent *agent, const char *const *oids, size_t n,
    query_done *done, void *arg, struct err *e)
{
	return query_get_again(agent, oids, n, NULL, done, arg, e);
}

static void table_answered(const struct agent_answer *answer, const struct err *e,
    void *arg);

static bool table_next(struct query *q, struct err *e)
{
	const char *oids[QUERY_COLUMNS];

	for (size_t c = 0; c < q->n; c++) {
		snprintf(q->names[c], sizeof q->names[c], "%s%s%s", q->oids[c],
		    *q->last ? "." : "", q->last);
		oids[c] = q->names[c];
	}
	return agent_ask(q->agent, AGENT_NEXT, oids, q->n, table_answered, q, e);
}

/* The next row from the answer; false when the table is at its end. */
static bool table_row(struct query *q, const struct agent_answer *answer)
{
	struct agent_value *row = q->cells + q->rows * q->n;
	const char *index;

	if (answer->status != AGENT_DONE || answer->n < q->n)
		return false;
	index = oid_below(answer->values[0].oid, q->oids[0]);
	if (!index || strlen(index) >= sizeof q->last || answer->values[0].type == AGENT_MISSING ||
	    (*q->last && oid_compare(index, q->last) <= 0))
		return false;
	for (size_t c = 0; c < q->n; c++) {
		const char *i = oid_below(answer->values[c].oid, q->oids[c]);

		if (i && strcmp(i, index) == 0)
			keep(q, &row[c], &answer->values[c]);
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
		end(q, NULL, 0, e);
	else if (!table_row(q, answer))
		end(q, q->cells, q->rows, NULL);
	else if (!table_next(q, &words))
		end(q, NULL, 0, &words);
}

struct query *query_table(struct agent *agent, const char *const *columns, size_t n,
    query_done *done, void *arg, struct err *e)
{
	struct query *q;

	if (n < 1 || n > QUERY_COLUMNS) {
		err_set(e, "%s: a table of %zu columns", agent_where(agent), n);
		return NULL;
	}
	q = query_new(agent, columns, n, done, arg);
	q->cells = mem_zero(QUERY_ROWS * n, sizeof *q->cells);
	for (size_t i = 0; i < QUERY_ROWS * n; i++)
		q->cells[i] = (struct agent_value){ .oid = "", .text = "" };
	q->names = mem_zero(n, sizeof *q->names);
	if (table_next(q, e))
		return q;
	query_free(q);
	return NULL;
}
