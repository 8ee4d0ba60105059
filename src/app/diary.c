/* diary - what this console has seen happen; see diary.h */
#include "app/diary.h"
#include "app/context.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"

#include <stdlib.h>

struct diary {
	struct entry *ring;	/* the one with id n is at (n - 1) % DIARY_MAX */
	size_t n, cap;		/* how many there are room and entries for */
	int64_t last;		/* id of the newest */
	unsigned long changes;
};

void diary_start(struct app *a)
{
	if (a->diary)
		return;
	a->diary = mem_new(struct diary);
}

void diary_free(struct diary *d)
{
	if (!d)
		return;
	free(d->ring);
	free(d);
}

void diary_add(struct diary *d, const struct entry *given)
{
	struct entry *x;

	if (d->n < DIARY_MAX) {
		mem_grow(d->ring, d->n, d->cap);
		d->n++;
	}
	x = &d->ring[d->last % DIARY_MAX];
	*x = *given;
	x->id = ++d->last;
	x->at = utc_now();
	d->changes++;
}

size_t diary_count(const struct app *a)
{
	return a->diary ? a->diary->n : 0;
}

const struct entry *diary_at(const struct app *a, size_t i)
{
	const struct diary *d = a->diary;

	return &d->ring[(size_t)(d->last - 1 - (int64_t)i) % DIARY_MAX];
}

unsigned long diary_changes(const struct app *a)
{
	return a->diary ? a->diary->changes : 0;
}

bool diary_acknowledge(struct app *a, int64_t id, const char *who, struct err *e)
{
	struct diary *d = a->diary;
	struct entry *x;

	if (!d || id < 1 || id > d->last || id <= d->last - (int64_t)d->n)
		return err_set(e, _("the event is no longer kept"));
	x = &d->ring[(id - 1) % DIARY_MAX];
	if (!x->acked_at) {
		x->acked_at = utc_now();
		text_copy(x->acked_by, sizeof x->acked_by, who);
		d->changes++;
	}
	return true;
}
