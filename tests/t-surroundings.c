/*
 * What terminals tell of themselves becomes findings: R23, R52, R53 and R65, and goes
 * away when they tell otherwise; and what amcd finds on its machine, in a made-up /proc.
 */
#include "app/context.h"
#include "app/surroundings.h"
#include "app/watch.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"
#include "peer/server.h"
#include "peer/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { WAIT_MS = 20000 };

static struct loop *loop;
static struct app *app;
static struct server *server;
static struct identity id;
static char dir[] = "/tmp/amc-known-XXXXXX";
static const char *facts = "";	/* more members of the hello */
static int ahead;		/* s */

static void hello(const struct server_request *q, struct server_reply *r, void *arg)
{
	char at[UTC_SIZE];

	(void)q;
	(void)arg;
	utc_print(utc_now() + ahead * 1000, at);
	r->status = 200;
	r->body = mem_printf("{\"schema\":\"amc.hello.v1\",\"product\":\"amc\",\"version\":\"0.1\","
	    "\"state\":\"normal\",\"revision\":1,\"time\":\"%s\"%s}", at, facts);
	r->body_len = strlen(r->body);
}

static int begin(void **state)
{
	struct app_options o = { .read_only = true };
	struct server_settings net = { .address = "127.63.7.1", .max_body = 100,
		.max_connections = 8, .timeout_s = 10 };
	struct err e = { .text = "" };
	char *ini;

	(void)state;
	strcpy(dir + strlen(dir) - 6, "XXXXXX");
	assert_non_null(mkdtemp(dir));
	loop = loop_new();
	assert_true(identity_open(&id, dir, "T1", &e));
	net.key_pem = id.key_pem;
	net.cert_pem = id.cert_pem;
	server = server_new(loop, &net, hello, NULL, &e);
	assert_non_null(server);
	app = app_new(loop, &o, &e);
	ini = mem_printf("[Network]\nFormat=1\nRevision=1\nTerminalPort=%d\n"
	    "[Group1]\nName=G\nParent=Network\nCommunicationAddress=127.63.7.1\n"
	    "[Terminal1]\nName=T1\nParent=Group1.ControlTerminals\nAddress=127.63.7.1\n"
	    "VirtualMachines=amc\n", server_port(server));
	assert_true(app_open_text(app, "test.ini", ini, strlen(ini), &e));
	free(ini);
	facts = "";
	ahead = 0;
	return 0;
}

static int end(void **state)
{
	char *command = mem_printf("rm -rf %s", dir);

	(void)state;
	app_free(app);
	server_free(server);
	loop_free(loop);
	identity_done(&id);
	assert_int_equal(system(command), 0);
	free(command);
	return 0;
}

/* The message of the finding by this rule, or NULL. */
static const char *found(const char *rule)
{
	const struct findings *l = app_check(app);

	for (size_t i = 0; i < l->n; i++)
		if (l->list[i].live && strcmp(l->list[i].rule, rule) == 0)
			return l->list[i].message;
	return NULL;
}

static void wait_for(const char *rule, bool there)
{
	int64_t stop = loop_now() + WAIT_MS;

	while ((found(rule) != NULL) != there) {
		assert_true(loop_now() < stop);
		watch_soon(app, site_id(KIND_TERMINAL, 1));
		loop_once(loop, 100);
	}
}

static void test_other_software(void **state)
{
	(void)state;
	facts = ",\"other_software\":\"apcupsd, NUT upsmon\"";
	watch_start(app);
	wait_for("R53", true);
	assert_string_equal(found("R53"), "T1 runs other UPS software (apcupsd, NUT upsmon), "
	    "which acts on an outage, too; remove it");
	assert_string_equal(watch_terminal(app, site_id(KIND_TERMINAL, 1))->software,
	    "apcupsd, NUT upsmon");
	watch_pause(app, true);
	facts = ",\"other_software\":\"\"";
	wait_for("R53", true);		/* the screen stands still */
	assert_string_equal(watch_terminal(app, site_id(KIND_TERMINAL, 1))->software,
	    "apcupsd, NUT upsmon");
	watch_pause(app, false);
	wait_for("R53", false);
}

static void test_source_address(void **state)
{
	(void)state;
	facts = ",\"speaks_from\":\"192.0.2.7\"";
	watch_start(app);
	wait_for("R23", true);
	assert_string_equal(found("R23"), "T1 is registered with 127.63.7.1 and speaks to the "
	    "cards from 192.0.2.7; register the one that it uses");
	facts = ",\"speaks_from\":\"127.63.7.1\"";
	wait_for("R23", false);
}

static void test_hypervisor(void **state)
{
	(void)state;
	facts = ",\"hypervisor_acts\":true";
	watch_start(app);
	wait_for("R65", true);
	facts = ",\"hypervisor_acts\":false";
	wait_for("R65", false);
}

static void test_clock(void **state)
{
	(void)state;
	ahead = 100;
	watch_start(app);
	wait_for("R52", true);
	ahead = 0;
	wait_for("R52", false);
}

/* An older amcd tells none of it, a strange one nonsense: nothing is known. */
static void test_nothing(void **state)
{
	const struct terminal_status *s;
	int64_t stop = loop_now() + WAIT_MS;

	(void)state;
	facts = ",\"other_software\":7,\"speaks_from\":null,\"hypervisor_acts\":\"yes\","
	    "\"uptime_seconds\":\"x\"";
	watch_start(app);
	while (!(s = watch_terminal(app, site_id(KIND_TERMINAL, 1))) && loop_now() < stop)
		loop_once(loop, 100);
	assert_non_null(s);
	assert_false(s->software_known);
	assert_string_equal(s->speaks_from, "");
	assert_int_equal(s->since, 0);
	assert_null(found("R53"));
	assert_null(found("R23"));
	assert_null(found("R65"));
}

/* A process of a made-up /proc. */
static void process(int pid, const char *comm, const char *cmdline, size_t len)
{
	char *at = mem_printf("%s/proc/%d", dir, pid), *path;
	struct err e = { .text = "" };

	assert_true(file_mkdirs(at, 0755, &e));
	path = file_join(at, "comm");
	assert_true(file_replace(path, comm, strlen(comm), 0644, &e));
	free(path);
	path = file_join(at, "cmdline");
	assert_true(file_replace(path, cmdline, len, 0644, &e));
	free(path);
	free(at);
}

static struct surroundings *look_around(void)
{
	struct surroundings *s = surroundings_new(app, "T1", dir);
	int64_t stop = loop_now() + WAIT_MS;

	while (!surroundings_other_software(s) && loop_now() < stop)
		loop_once(loop, 10);
	return s;
}

static void test_machine(void **state)
{
	static const char java[] = "/usr/bin/java\0-jar\0/opt/APC/PowerChute/group1/m11.jar";
	struct surroundings *s;
	struct err e = { .text = "" };
	char *unit = mem_printf("%s/etc/systemd/system/multi-user.target.wants", dir), *link;

	(void)state;
	process(1, "systemd\n", "/sbin/init", 11);
	process(20, "upsmonitor\n", "upsmonitor", 11);	/* is not upsmon */
	s = look_around();
	assert_string_equal(surroundings_other_software(s), "");
	assert_int_equal(surroundings_hypervisor(s), KNOWN_NO);
	assert_null(surroundings_speaks_from(s));	/* the site has no card */
	surroundings_free(s);

	for (int pid = 100; pid < 400; pid++)		/* more than one turn's */
		process(pid, "sh\n", "sh", 3);
	process(401, "upsmon\n", "/sbin/upsmon", 13);
	process(402, "upsmon\n", "/sbin/upsmon", 13);
	process(403, "java\n", java, sizeof java);
	assert_true(file_mkdirs(unit, 0755, &e));
	link = file_join(unit, "libvirt-guests.service");
	assert_int_equal(symlink("/lib/systemd/system/libvirt-guests.service", link), 0);
	s = look_around();
	assert_string_equal(surroundings_other_software(s), "NUT upsmon, PowerChute");
	assert_int_equal(surroundings_hypervisor(s), KNOWN_YES);
	surroundings_free(s);
	free(link);
	free(unit);
}

/* Where the processes of others are hidden nothing is known of them. */
static void test_hidden(void **state)
{
	struct surroundings *s;

	(void)state;
	process(401, "apcupsd\n", "apcupsd", 8);
	s = surroundings_new(app, "T1", dir);
	for (int i = 0; i < 20; i++)
		loop_once(loop, 10);
	assert_null(surroundings_other_software(s));
	surroundings_free(s);
}

#define test(t) cmocka_unit_test_setup_teardown(t, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(test_other_software), test(test_source_address), test(test_hypervisor),
		test(test_clock), test(test_nothing), test(test_machine), test(test_hidden),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
