/* Many timers in one: each comes once, never early, and can be taken back by another. */
#include "base/deadlines.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MANY = 3000 };

struct waiting {
	struct deadline deadline;
	int64_t wanted;
	unsigned came, early;
	struct waiting *takes_back;
	struct deadlines *frees;
};

static struct loop *loop;
static unsigned total;

static void due(struct deadline *d)
{
	struct waiting *w = (struct waiting *)d;

	w->came++;
	total++;
	w->early += loop_now() < w->wanted;
	if (w->takes_back)
		deadline_clear(&w->takes_back->deadline);
	if (w->frees)
		deadlines_free(w->frees);
}

static void set(struct deadlines *d, struct waiting *w, int ms)
{
	w->wanted = loop_now() + ms;
	deadline_set(d, &w->deadline, ms);
}

static void run(int ms)
{
	int64_t end = loop_now() + ms;

	while (loop_now() < end)
		loop_once(loop, 10);
}

static void each_comes_once(void **state)
{
	struct deadlines *d;
	struct waiting *all = mem_zero(MANY, sizeof *all);
	int64_t end = loop_now() + 10000;

	(void)state;
	loop = loop_new();
	d = deadlines_new(loop, due);
	total = 0;
	for (int i = 0; i < MANY; i++)
		set(d, &all[i], i * 7 % 400);
	for (int i = 0; i < MANY; i += 3)
		deadline_clear(&all[i].deadline);
	for (int i = 1; i < MANY; i += 3)
		set(d, &all[i], 100);	/* anew */
	while (total < MANY - MANY / 3 && loop_now() < end)
		loop_once(loop, 10);
	run(50);
	for (int i = 0; i < MANY; i++) {
		assert_int_equal(all[i].came, i % 3 != 0);
		assert_int_equal(all[i].early, 0);
		assert_false(deadline_is_set(&all[i].deadline));
	}
	deadlines_free(d);
	loop_free(loop);
	free(all);
}

/* Further away than the wheel goes round, beside one that comes soon. */
static void later_turns(void **state)
{
	struct waiting soon = { .came = 0 }, late = { .came = 0 };
	int64_t end = loop_now() + 10000;
	struct deadlines *d;

	(void)state;
	loop = loop_new();
	d = deadlines_new(loop, due);
	set(d, &late, 512 * DEADLINE_SLOT_MS + 40);	/* in the same slot */
	set(d, &soon, 40);
	while (!soon.came && loop_now() < end)
		loop_once(loop, 50);
	assert_int_equal(late.came, 0);
	while (!late.came && loop_now() < end)
		loop_once(loop, 50);
	assert_int_equal(late.came, 1);
	assert_int_equal(soon.came + soon.early + late.early, 1);
	assert_true(loop_now() - late.wanted < 1000);
	deadlines_free(d);
	loop_free(loop);
}

static void taken_back_in_between(void **state)
{
	struct waiting a = { .came = 0 }, b = { .takes_back = &a };
	struct deadlines *d;

	(void)state;
	loop = loop_new();
	d = deadlines_new(loop, due);
	a.takes_back = &b;		/* whoever comes first */
	set(d, &a, 20);
	set(d, &b, 20);
	run(100);
	assert_int_equal(a.came + b.came, 1);
	/* all of them are freed by the first */
	a = (struct waiting){ .frees = d };
	b = (struct waiting){ .frees = d };
	set(d, &a, 20);
	set(d, &b, 20);
	run(100);
	assert_int_equal(a.came + b.came, 1);
	loop_free(loop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_comes_once),
		cmocka_unit_test(later_turns),
		cmocka_unit_test(taken_back_in_between),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
