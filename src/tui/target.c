#include "tui/target.h"

#include "base/mem.h"

#include <stddef.h>

struct area {
	const void *owner;
	int y, rows;
	struct target target;
};

static struct area *list;	/* lives as long as the program */
static size_t n, cap;
static const void *owner;

void target_clear(void)
{
	n = 0;
}

bool target_any(void)
{
	return n > 0;
}

void target_owner(const void *who)
{
	owner = who;
}

void target_add(int y, int x, int rows, int cols, enum target_kind kind, unsigned number)
{
	mem_grow(list, n, cap);
	list[n++] = (struct area){ owner, y, rows, { kind, number, x, cols } };
}

const void *target_at(int y, int x, struct target *t)
{
	for (size_t i = n; i-- > 0;) {
		const struct area *a = &list[i];

		if (y >= a->y && y < a->y + a->rows && x >= a->target.x &&
		    x < a->target.x + a->target.cols) {
			*t = a->target;
			return a->owner;
		}
	}
	*t = (struct target){ 0 };
	return NULL;
}
