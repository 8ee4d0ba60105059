/* journal - what was edited, to be undone; see journal.h */
#include "app/journal.h"
#include "base/mem.h"

#include <assert.h>
#include <stdlib.h>

#define DEPTH 8			/* acts within acts */
#define NEVER ((size_t)-1)	/* no number of acts leads back to what was saved */

struct step {
	struct copy *before, *after;
};

struct act {
	char *label;
	struct step *steps;
	size_t n, cap;
	void *whole;		/* instead of steps; or NULL */
	void (*whole_done)(void *);
};

struct journal {
	struct act *acts;
	size_t n, cap;
	size_t done;		/* so many of them count; the rest was undone */
	size_t saved;		/* `done` when it was saved */
	size_t saved_most;	/* acts before this have been in a saved file */
	struct act open;
	struct { size_t steps; struct site_mark mark; } begun[DEPTH];
	int depth;
};

struct journal *journal_new(void)
{
	return mem_new(struct journal);
}

static void act_done(struct act *a)
{
	while (a->n > 0) {
		a->n--;
		free(a->steps[a->n].before);
		free(a->steps[a->n].after);
	}
	if (a->whole)
		a->whole_done(a->whole);
	free(a->steps);
	free(a->label);
	*a = (struct act){ 0 };
}

static void forget_undone(struct journal *j)
{
	while (j->n > j->done)
		act_done(&j->acts[--j->n]);
	if (j->saved != NEVER && j->saved > j->done)
		j->saved = NEVER;
	if (j->saved_most > j->done)
		j->saved_most = j->done;
}

void journal_free(struct journal *j)
{
	if (!j)
		return;
	act_done(&j->open);
	j->done = 0;
	forget_undone(j);
	free(j->acts);
	free(j);
}

void journal_begin(struct journal *j, const struct site *s, const char *label)
{
	assert(j->depth < DEPTH);
	j->begun[j->depth].steps = j->open.n;
	j->begun[j->depth].mark = site_mark(s);
	if (j->depth++ == 0)
		j->open.label = mem_dup(label ? label : "");
}

bool journal_is_open(const struct journal *j)
{
	return j->depth > 0;
}

static void keep(struct journal *j, struct act act)
{
	forget_undone(j);
	mem_grow(j->acts, j->n, j->cap);
	j->acts[j->n++] = act;
	j->done = j->n;
}

bool journal_end(struct journal *j)
{
	assert(j->depth > 0);
	if (--j->depth > 0)
		return false;
	if (j->open.n == 0) {
		act_done(&j->open);
		return false;
	}
	keep(j, j->open);
	j->open = (struct act){ 0 };
	return true;
}

void journal_replaced(struct journal *j, const char *label, void *whole,
    void (*done)(void *))
{
	assert(j->depth == 0);
	keep(j, (struct act){ .label = mem_dup(label), .whole = whole,
		.whole_done = done });
}

void *journal_undo_whole(const struct journal *j)
{
	return j->done > 0 ? j->acts[j->done - 1].whole : NULL;
}

void *journal_redo_whole(const struct journal *j)
{
	return j->done < j->n ? j->acts[j->done].whole : NULL;
}

bool journal_undoes_saved(const struct journal *j)
{
	return j->done <= j->saved_most;
}

void journal_step(struct journal *j, struct copy *before, struct copy *after)
{
	assert(j->depth > 0);
	mem_grow(j->open.steps, j->open.n, j->open.cap);
	j->open.steps[j->open.n++] = (struct step){ before, after };
}

static void put(struct site *s, const struct copy *want, const struct copy *other)
{
	if (want)
		copy_put(want, s);
	else
		site_remove(s, site_find(s, copy_id(other)));
}

void journal_abort(struct journal *j, struct site *s)
{
	struct act *a = &j->open;

	assert(j->depth > 0);
	j->depth--;
	while (a->n > j->begun[j->depth].steps) {
		struct step *step = &a->steps[--a->n];

		put(s, step->before, step->after);
		free(step->before);
		free(step->after);
	}
	site_rewind(s, &j->begun[j->depth].mark);
	if (j->depth == 0)
		act_done(a);
}

/* The node that step is about, if it is there and not the network: its id. */
static unsigned node_of(const struct step *step, const struct site *s)
{
	unsigned id = copy_id(step->after ? step->after : step->before);

	return site_id_kind(id) != KIND_NETWORK && site_find(s, id) ? id : 0;
}

const char *journal_undo_label(const struct journal *j)
{
	return j->done > 0 ? j->acts[j->done - 1].label : NULL;
}

const char *journal_redo_label(const struct journal *j)
{
	return j->done < j->n ? j->acts[j->done].label : NULL;
}

unsigned journal_undo(struct journal *j, struct site *s)
{
	const struct act *a = &j->acts[--j->done];
	unsigned about = 0;

	for (size_t i = a->n; i-- > 0; )
		put(s, a->steps[i].before, a->steps[i].after);
	/* a number that others have seen is not given to another node */
	for (size_t i = 0; i < a->n && j->done < j->saved_most; i++)
		if (!a->steps[i].before)
			site_keep_number(s, copy_id(a->steps[i].after));
	for (size_t i = a->n; i-- > 0 && !about; )
		about = node_of(&a->steps[i], s);
	return about;
}

unsigned journal_redo(struct journal *j, struct site *s)
{
	const struct act *a = &j->acts[j->done++];
	unsigned about = 0;

	for (size_t i = 0; i < a->n; i++)
		put(s, a->steps[i].after, a->steps[i].before);
	for (size_t i = 0; i < a->n && !about; i++)
		about = node_of(&a->steps[i], s);
	return about;
}

void journal_saved(struct journal *j)
{
	j->saved = j->done;
	if (j->saved_most < j->done)
		j->saved_most = j->done;
}

bool journal_modified(const struct journal *j)
{
	return j->done != j->saved;
}
