/*
 * Who guesses has to wait: from one address, from many, over IPv6, for a role that
 * does not exist; and who does not guess has not.
 */
#include "app/lockout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static int make(void **state)
{
	*state = lockout_new();
	return 0;
}

static int drop(void **state)
{
	lockout_free(*state);
	return 0;
}

static const char *address(unsigned n)
{
	static char text[40];

	snprintf(text, sizeof text, "127.62.%u.%u", n / 250, n % 250 + 1);
	return text;
}

static void waits_get_longer(void **state)
{
	static const int waits[] = { 0, 0, 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000 };
	struct lockout *l = *state;
	int64_t now = 1000000;

	for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
		assert_int_equal(lockout_failed(l, "10.0.0.1", "operator", now), i + 1);
		assert_int_equal(lockout_wait(l, "10.0.0.1", "operator", now), waits[i]);
		now += waits[i];
		assert_int_equal(lockout_wait(l, "10.0.0.1", "operator", now), 0);
	}
	assert_int_equal(lockout_wait(l, "10.0.0.2", "operator", now), 0);
	lockout_failed(l, "10.0.0.1", "operator", now);
	assert_int_not_equal(lockout_wait(l, "10.0.0.1", "operator", now), 0);
	assert_int_equal(lockout_wait(l, "10.0.0.1", "operator", now + LOCKOUT_FORGET_MS), 0);
	assert_int_equal(lockout_failed(l, "10.0.0.1", "operator", now + LOCKOUT_FORGET_MS), 1);
}

/* Whoever knows the viewer's password gets no more tries at the operator's by it. */
static void one_role_forgives_nothing_of_another(void **state)
{
	struct lockout *l = *state;
	int i;

	for (i = 0; i < 4; i++) {
		lockout_failed(l, "10.0.0.1", "operator", 5000);
		lockout_right(l, "10.0.0.1", "viewer", 5000);
	}
	assert_int_equal(lockout_wait(l, "10.0.0.1", "operator", 5000), 2000);
	assert_int_equal(lockout_wait(l, "10.0.0.1", "viewer", 5000), 0);
	lockout_right(l, "10.0.0.1", "operator", 5000);
	assert_int_equal(lockout_wait(l, "10.0.0.1", "operator", 5000), 0);

	/* nor does it take him out of the count of all addresses */
	for (i = 0; i <= LOCKOUT_ROLE_FREE; i++)
		lockout_failed(l, address(i), "operator", 6000);
	lockout_right(l, "10.0.0.7", "viewer", 6000);
	assert_int_not_equal(lockout_wait(l, "10.0.0.7", "operator", 6000), 0);
	assert_int_equal(lockout_wait(l, "10.0.0.7", "viewer", 6000), 0);
}

/*
 * One guess from each of thousands of addresses: after 20 no faster than from one;
 * the operator where he was before is not held up.
 */
static void many_addresses(void **state)
{
	struct lockout *l = *state;
	int64_t now = 1000000, end = now + 3600000;
	unsigned tried = 0, n = 0;

	lockout_right(l, "10.1.1.1", "operator", now);
	for (; now < end; now += 100, n++)
		if (lockout_wait(l, address(n % 10000), "operator", now) == 0) {
			lockout_failed(l, address(n % 10000), "operator", now);
			tried++;
		}
	assert_in_range(tried, 60, 20 + 6 + 60 + 1);
	assert_int_equal(lockout_wait(l, "10.1.1.1", "operator", now), 0);
	assert_int_not_equal(lockout_wait(l, "10.1.1.2", "operator", now), 0);
	assert_int_equal(lockout_wait(l, "10.1.1.2", "viewer", now), 0);
}

/* A role that is none is held up just as one that is. */
static void unknown_roles_alike(void **state)
{
	static const char *const roles[] = { "operator", "root", "viewer" };
	int64_t waits[3][60];

	for (size_t r = 0; r < 3; r++) {
		struct lockout *l = lockout_new();

		for (unsigned i = 0; i < 60; i++) {
			lockout_failed(l, address(i % 40), roles[r], 1000 + i);
			waits[r][i] = lockout_wait(l, address((i + 1) % 40), roles[r], 1000 + i);
		}
		lockout_free(l);
	}
	assert_memory_equal(waits[0], waits[1], sizeof waits[0]);
	assert_memory_equal(waits[0], waits[2], sizeof waits[0]);
	(void)state;
}

static void ipv6_by_network(void **state)
{
	struct lockout *l = *state;

	lockout_failed(l, "2001:db8:1:2::1", "operator", 1000);
	lockout_failed(l, "2001:db8:1:2:ffff::2", "operator", 1000);
	lockout_failed(l, "2001:db8:1:2:3:4:5:6", "operator", 1000);
	assert_int_equal(lockout_wait(l, "2001:db8:1:2::9", "operator", 1000), 1000);
	assert_int_equal(lockout_wait(l, "2001:db8:1:3::9", "operator", 1000), 0);
	/* a link-local address is one machine's */
	for (int i = 0; i < 3; i++)
		lockout_failed(l, "fe80::1%eth0", "operator", 1000);
	assert_int_equal(lockout_wait(l, "fe80::1%eth0", "operator", 1000), 1000);
	assert_int_equal(lockout_wait(l, "fe80::2%eth0", "operator", 1000), 0);
}

/* More who were right than there is room for: the oldest goes. */
static void room_for_the_trusted(void **state)
{
	struct lockout *l = *state;
	unsigned i;

	for (i = 0; i < LOCKOUT_TRUSTED + 1; i++)
		lockout_right(l, address(i), "operator", 1000 + i);
	for (i = 0; i < LOCKOUT_ROLE_FREE + 1; i++)
		lockout_failed(l, address(500 + i), "operator", 5000);
	assert_int_not_equal(lockout_wait(l, address(0), "operator", 5000), 0);
	assert_int_equal(lockout_wait(l, address(1), "operator", 5000), 0);
	assert_int_equal(lockout_wait(l, address(LOCKOUT_TRUSTED), "operator", 5000), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(waits_get_longer, make, drop),
		cmocka_unit_test_setup_teardown(one_role_forgives_nothing_of_another, make, drop),
		cmocka_unit_test_setup_teardown(many_addresses, make, drop),
		cmocka_unit_test_setup_teardown(unknown_roles_alike, make, drop),
		cmocka_unit_test_setup_teardown(ipv6_by_network, make, drop),
		cmocka_unit_test_setup_teardown(room_for_the_trusted, make, drop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
