/* deadlines - many timers of one kind, for little; see deadlines.h */
#include "base/deadlines.h"
#include "base/mem.h"

#include <stdlib.h>

enum { SLOTS = 512 };		/* what is further away than a turn waits for a later one */

struct deadlines {
	struct loop *loop;
	deadline_due *due;
	struct watch *timer;
	struct deadline *slots[SLOTS];
	int64_t visited;		/* the last slot that was looked into */
	int64_t wake;			/* for which one the timer is set; 0: none */
	bool visiting, gone;		/* gone: freed by one that was due */
};

/* Slots are counted without end; this one is over when `at` is reached. */
static int64_t slot_of(int64_t at)
{
	return (at + DEADLINE_SLOT_MS - 1) / DEADLINE_SLOT_MS;
}

static void link_in(struct deadline **head, struct deadline *x)
{
	x->next = *head;
	x->link = head;
	if (x->next)
		x->next->link = &x->next;
	*head = x;
}

bool deadline_is_set(const struct deadline *x)
{
	return x->link != NULL;
}

void deadline_clear(struct deadline *x)
{
	if (!x->link)
		return;
	*x->link = x->next;
	if (x->next)
		x->next->link = x->link;
	x->next = NULL;
	x->link = NULL;
}

static void wake_at(struct deadlines *d, int64_t slot)
{
	int64_t ms = slot * DEADLINE_SLOT_MS - loop_now();

	d->wake = slot;
	loop_again(d->timer, ms > 0 ? (int)ms : 0);
}

void deadline_set(struct deadlines *d, struct deadline *x, int ms)
{
	int64_t slot;

	deadline_clear(x);
	x->at = loop_now() + ms;
	slot = slot_of(x->at);
	if (slot <= d->visited)
		slot = d->visited + 1;
	link_in(&d->slots[slot % SLOTS], x);
	if (!d->wake || slot < d->wake)
		wake_at(d, slot);
}

/* Moves what is due to a list of its own: due() may change any other. */
static void collect(struct deadlines *d, int64_t now, struct deadline **list)
{
	int64_t last = now / DEADLINE_SLOT_MS, slot = d->visited + 1;
	struct deadline *x, *next;

	if (slot <= last - SLOTS)	/* a whole turn and more: each once */
		slot = last - SLOTS + 1;
	for (; slot <= last; slot++)
		for (x = d->slots[slot % SLOTS]; x; x = next) {
			next = x->next;
			if (x->at <= now) {
				deadline_clear(x);
				link_in(list, x);
			}
		}
	if (last > d->visited)
		d->visited = last;
}

static void visit(void *arg)
{
	struct deadlines *d = arg;
	struct deadline *list = NULL, *x;

	d->wake = 0;
	d->visiting = true;
	collect(d, loop_now(), &list);
	while ((x = list)) {
		deadline_clear(x);
		if (!d->gone)
			d->due(x);
	}
	d->visiting = false;
	if (d->gone) {
		deadlines_free(d);
		return;
	}
	for (int64_t i = 1; i <= SLOTS; i++)
		if (d->slots[(d->visited + i) % SLOTS]) {
			wake_at(d, d->visited + i);
			break;
		}
}

struct deadlines *deadlines_new(struct loop *loop, deadline_due *due)
{
	struct deadlines *d = mem_new(struct deadlines);

	d->loop = loop;
	d->due = due;
	d->visited = loop_now() / DEADLINE_SLOT_MS;
	d->timer = loop_after(loop, 0, visit, d);
	loop_pause(d->timer);
	return d;
}

void deadlines_free(struct deadlines *d)
{
	if (!d)
		return;
	d->gone = true;
	if (d->visiting)
		return;
	for (size_t i = 0; i < SLOTS; i++)
		while (d->slots[i])
			deadline_clear(d->slots[i]);
	loop_remove(d->timer);
	free(d);
}
