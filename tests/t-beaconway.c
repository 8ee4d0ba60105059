/* Where beacons go: every interface, every group, and terminals with IPv6. */
#include "app/app.h"
#include "app/beaconway.h"
#include "base/mem.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define IP(a, b, c, d) ((uint32_t)(a) << 24 | (b) << 16 | (c) << 8 | (d))

static const struct interface interfaces[] = {
	{ "eth0", IP(10, 1, 0, 5), IP(255, 255, 255, 0) },
	{ "eth1", IP(10, 2, 3, 4), IP(255, 255, 0, 0) },
	{ "eth1", IP(10, 2, 9, 9), IP(255, 255, 0, 0) },	/* the same network */
	{ "ppp0", IP(10, 3, 0, 1), IP(255, 255, 255, 255) },	/* has no broadcast address */
	{ "lo", IP(127, 0, 0, 1), IP(255, 0, 0, 0) },
};
enum { INTERFACES = sizeof interfaces / sizeof *interfaces };

/* The ways of a site with these lines, separated by blanks. */
static const char *ways(const char *lines, const char *own, size_t n)
{
	static char all[BEACONWAY_MOST * BEACONWAY_SIZE];
	char list[BEACONWAY_MOST][BEACONWAY_SIZE];
	struct app_options o = { .read_only = true };
	struct loop *loop = loop_new();
	struct err e = { .text = "" };
	struct app *a = app_new(loop, &o, &e);
	char *ini = mem_printf("[Network]\nFormat=1\n[Group1]\nName=G\nParent=Network\n%s", lines);
	size_t found;

	assert_true(app_open_text(a, "test.ini", ini, strlen(ini), &e));
	found = beaconway(app_site(a), site_named(app_site(a), KIND_TERMINAL, "ME", NULL), own,
	    interfaces, n, list);
	*all = '\0';
	for (size_t i = 0; i < found; i++) {
		strcat(all, i ? " " : "");
		strcat(all, list[i]);
	}
	app_free(a);
	loop_free(loop);
	free(ini);
	return all;
}

static void test_interfaces(void **state)
{
	(void)state;
	assert_string_equal(ways("", NULL, INTERFACES), "10.1.0.255 10.2.255.255");
	assert_string_equal(ways("", "10.2.3.4", INTERFACES), "10.2.255.255");
	/* an address that no interface has, or none with a network: as it was */
	assert_string_equal(ways("", "127.0.5.1", INTERFACES), "255.255.255.255");
	assert_string_equal(ways("", "fd00::1", INTERFACES), "255.255.255.255");
	assert_string_equal(ways("", NULL, 0), "255.255.255.255");
}

static void test_groups(void **state)
{
	(void)state;
	assert_string_equal(ways("CommunicationAddress=10.9.255.255\n[Group2]\nName=H\n"
	    "Parent=Group1\nCommunicationAddress=10.8.0.7\n[Group3]\nName=I\nParent=Group1\n"
	    "CommunicationAddress=10.9.255.255\n", NULL, INTERFACES), "10.9.255.255 10.8.0.7");
}

static void test_ipv6(void **state)
{
	(void)state;
	assert_string_equal(ways("CommunicationAddress=10.9.255.255\n"
	    "[Terminal1]\nName=ME\nParent=Group1.ControlTerminals\nAddress=fd00::1\n"
	    "[Terminal2]\nName=A\nParent=Group1.ControlTerminals\nAddress=fd00::2\n"
	    "[Terminal3]\nName=B\nParent=Group1.LinkedTerminals\nAddress=10.9.0.3\n"
	    "[Terminal4]\nName=C\nParent=Group1.LinkedTerminals\nAddress=name.example\n", NULL,
	    INTERFACES), "10.9.255.255 fd00::2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_interfaces), cmocka_unit_test(test_groups),
		cmocka_unit_test(test_ipv6),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
