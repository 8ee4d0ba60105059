/*
 * A person builds the CLUSTERPRO systems with and without a management terminal from
 * an empty file, with the keyboard alone. Each is then the sample: the same tree, and
 * every setting of it. (SSC is built by tests/keyboard.sh.)
 */
#include "console-steps.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

/* The samples' 172.16.1. is another's network: here it is on loopback. */
#define NET "127.77.1."

static void often(const char *key, int times)
{
	while (times-- > 0)
		press(key);
}

/* What stood in the field goes. */
static void fill(const char *value)
{
	vt_type(&vt, value);
}

/* The cursor onto a node that is there. */
static void to(const char *name)
{
	press("Home");
	press("/");
	see("Part of a name");
	vt_type(&vt, CTRL_U);
	vt_type(&vt, name);
	press("Enter");
	gone("Part of a name");
}

static void done(void)
{
	press("F2");
	gone("< Cancel >");
}

static void group(const char *name)
{
	press("g");
	see("New: Power control group");
	fill(name);
	often("Down", 4);
	fill(NET "255");
	done();
}

/* Confirmation time, how it comes back and the Warm-UP order where they are not usual. */
static void ups(const char *name, const char *host, const char *confirm,
    const char *recovery, const char *order)
{
	press("d");
	see("New: Power device");
	fill(name);
	press("Down");
	fill(NET);
	fill(host);
	often("Down", 3);
	fill(confirm);
	press("Down");
	fill(recovery);
	press("Down");
	fill(order);
	done();
}

static void usual_ups(const char *name, const char *host)
{
	ups(name, host, "", "", "");
}

static void terminal(const char *name, const char *host, bool member)
{
	press("d");
	see("New: Terminal");
	fill(name);
	press("Down");
	fill(NET);
	fill(host);
	often("Down", 6);
	fill(member ? "y" : "");
	done();
}

static void begin(void)
{
	unlink(console_site());
	assert_true(console_started(&vt, 24, 80));
	see("Nothing here yet");
	/* the cluster software: of the network itself */
	press("F4");
	see("Cluster software");
	often("Down", 2);
	fill("C");
	press("Down");
	fill("y");
	press("Down");
	fill("120");
	done();
}

/* The settings of a file, without what tells who saved it when, and which number is whose. */
static char *settings(const char *path, const char *to_file)
{
	return mem_printf("'%s/amc' show --json '%s' | sed 's/127\\.77\\.1\\./172.16.1./' | "
	    "grep -vE '\"(id|Revision|Saved|SavedBy|SiteKey|Last[A-Za-z]*)\": ' > '%s/%s'",
	    getenv("top_builddir") ? getenv("top_builddir") : ".", path, console_dir(), to_file);
}

static void equals(const char *sample)
{
	char *path = mem_printf("%s/data/samples/%s", getenv("top_srcdir") ?
	    getenv("top_srcdir") : ".", sample);
	char *wanted = settings(path, "wanted"), *got = settings(console_site(), "got");
	char *compare = mem_printf("cd '%s' && test -s got && diff wanted got >&2", console_dir());

	press("Ctrl-S");
	see("Saved as revision");
	assert_int_equal(system(wanted), 0);
	assert_int_equal(system(got), 0);
	assert_int_equal(system(compare), 0);
	press("q");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
	free(path);
	free(wanted);
	free(got);
	free(compare);
}

/* (A): the manual's procedure for a system with a management terminal */
static void test_management_terminal(void **state)
{
	static const struct { const char *group, *ups, *ups_host, *server, *host; } nodes[] = {
		{ "CLUSTER1", "UPS3", "13", "CLUS1", "20" },
		{ "CLUSTER2", "UPS4", "14", "CLUS2", "21" },
		{ "CLUSTER3", "UPS5", "15", "CLUS3", "22" },
		{ "CLUSTER4", "UPS6", "16", "CLUS4", "23" },
	};

	(void)state;
	begin();
	group("電源制御1");
	press("Down");	/* Power devices */
	usual_ups("UPS1", "7");
	often("Down", 2);	/* UPS1, Control terminals */
	terminal("SERVER2", "117", false);
	press("Home");
	group("電源制御2");
	often("Down", 4);	/* Linked devices */
	ups("UPS2", "12", "30", "", "1");
	for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++) {
		to("電源制御2");
		group(nodes[i].group);
		press("Down");
		usual_ups(nodes[i].ups, nodes[i].ups_host);
		often("Down", 3);	/* UPS, Control terminals, Linked terminals */
		terminal(nodes[i].server, nodes[i].host, true);
	}
	equals("management-terminal.ini");
}

/* (B): without one, three control terminals are nodes of the cluster, too */
static void test_no_management_terminal(void **state)
{
	static const struct { const char *group, *ups, *ups_host, *server, *host; bool control; }
	nodes[] = {
		{ "SEIGYO1", "UPS1", "1", "SEIGYO-SV1", "117", true },
		{ "SEIGYO2", "UPS2", "2", "SEIGYO-SV2", "118", true },
		{ "SEIGYO3", "UPS3", "3", "SEIGYO-SV3", "119", true },
		{ "RENDOU1", "UPS5", "5", "RENDOU-SV1", "120", false },
		{ "RENDOU2", "UPS6", "6", "RENDOU-SV2", "121", false },
	};

	(void)state;
	begin();
	group("Cluster1");
	often("Down", 4);	/* Linked devices */
	ups("UPS4", "4", "30", "c", "1");
	for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++) {
		to("Cluster1");
		if (nodes[i].control)
			often("Down", 2);	/* Control terminals */
		group(nodes[i].group);
		press("Down");
		usual_ups(nodes[i].ups, nodes[i].ups_host);
		often("Down", nodes[i].control ? 2 : 3);
		terminal(nodes[i].server, nodes[i].host, true);
	}
	equals("no-management-terminal.ini");
}

static int open_all(void **state)
{
	(void)state;
	return console_open("t-console-builds") ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_management_terminal, steps_end),
		cmocka_unit_test_teardown(test_no_management_terminal, steps_end),
	};

	return cmocka_run_group_tests_name("console-builds", tests, open_all, steps_close);
}
