/*
 * Networks and their local broadcast address, as the manual computes it; the
 * interfaces of this machine; how far words are from each other.
 */
#include "model/ipv4.h"
#include "base/distance.h"
#include "base/interface.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* R18's own vector, and what is no network. */
static void test_broadcast(void **state)
{
	static const struct { const char *net, *broadcast; } cases[] = {
		{ "172.16.134.12/255.255.255.0", "172.16.134.255" },
		{ "172.16.134.12/24", "172.16.134.255" },
		{ "10.20.30.40/255.255.252.0", "10.20.31.255" },
		{ "10.20.30.40/30", "10.20.30.43" },
		{ "128.0.0.1/1", "255.255.255.255" },
		{ "10.20.30.40/255.0.255.0", NULL },
		{ "10.20.30.40/0.0.0.0", NULL },
		{ "10.20.30.40/0", NULL }, { "10.20.30.40/31", NULL },
		{ "10.20.30.40/33", NULL }, { "10.20.30.40/", NULL },
		{ "10.20.30.400/24", NULL }, { "10.20.30.40", NULL }, { "", NULL },
		{ "10.20.30.40/24x", NULL }, { "10.20.30.40/-1", NULL }, { "/24", NULL },
		{ "10.20.30.40/99999999999999999999", NULL },
	};
	struct ipv4_net net;
	struct err e;
	char buf[16];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bool ok = ipv4_net_read(cases[i].net, &net, &e);

		if (ok != (cases[i].broadcast != NULL))
			fail_msg("%s is %s", cases[i].net, ok ? "taken" : e.text);
		if (ok)
			assert_string_equal(ipv4_text(ipv4_broadcast(net), buf),
			    cases[i].broadcast);
		else
			assert_non_null(strstr(e.text, "is not an address and a mask such as"));
	}
}

static void test_interfaces(void **state)
{
	struct interface list[64];
	size_t n = interface_list(list, 64);
	bool loopback = false;

	(void)state;
	assert_true(interface_list(list, 1) <= 1);
	n = interface_list(list, 64);
	for (size_t i = 0; i < n; i++) {
		/* loopback comes last */
		assert_true(!loopback || list[i].address >> 24 == 127);
		loopback = loopback || list[i].address >> 24 == 127;
		assert_int_not_equal(list[i].mask, 0);
	}
	assert_true(interface_has("127.0.0.1"));
	assert_true(interface_has("127.44.5.6"));
	assert_false(interface_has("192.0.2.1"));
	assert_false(interface_has("2001:db8::1"));
	assert_false(interface_has("localhost"));
	assert_false(interface_has(""));
}

static void test_carry(void **state)
{
	struct ipv4_net net = { 0x0a010209, 0xffff0000 };

	(void)state;
	assert_int_equal(ipv4_carry(net, 0xac10012e), 0x0a01012e);
	net.mask = 0xfffffff0;
	assert_int_equal(ipv4_carry(net, 0xac10012e), 0x0a01020e);
}

static void test_distance(void **state)
{
	char longest[300];

	(void)state;
	memset(longest, 'a', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	assert_int_equal(distance("", "abc"), 3);
	assert_int_equal(distance("Kitten", "sitting"), 3);
	assert_int_equal(distance("node1.Name", "NODE1.name"), 0);
	assert_int_equal(distance("ab", "ba"), 2);
	assert_int_equal(distance(longest, ""), 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_broadcast),
		cmocka_unit_test(test_carry),
		cmocka_unit_test(test_interfaces),
		cmocka_unit_test(test_distance),
	};

	return cmocka_run_group_tests_name("ipv4", tests, NULL, NULL);
}
