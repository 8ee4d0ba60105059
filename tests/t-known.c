/*
 * What watching and collecting find out goes into the rules: a simulated card
 * with a battery that is nearly empty and settings that it would not take.
 */
#include "app/context.h"
#include "app/known.h"
#include "app/watching.h"
#include "base/file.h"
#include "base/loop.h"
#include "base/mem.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define WAIT_MS 20000

struct world {
	struct loop *loop;
	struct app *app;
	char dir[64], host[32], *site;
	int port;
	pid_t sim;
	bool done;
	struct err err;
};

/* The card of the site, and the line with which it says that it answers. */
static void start_card(struct world *w)
{
	const char *build = getenv("top_builddir");
	char *program = file_join(build ? build : ".", "upssim"), line[64] = "";
	int out[2];
	FILE *f;

	assert_int_equal(pipe(out), 0);
	w->sim = fork();
	if (w->sim == 0) {
		dup2(out[1], STDOUT_FILENO);
		execl(program, program, "--with-parent", "-e",
		    "at 0s UPS1 battery 5", w->site, (char *)NULL);
		_exit(127);
	}
	close(out[1]);
	f = fdopen(out[0], "r");
	assert_non_null(fgets(line, sizeof line, f));
	assert_string_equal(line, "ready\n");
	fclose(f);
	free(program);
}

static int setup(void **state)
{
	struct world *w = mem_new(struct world);
	struct app_options none = { 0 };
	struct err e = { .text = "" };
	char *text;

	*state = w;
	strcpy(w->dir, "/tmp/t-known-XXXXXX");
	assert_non_null(mkdtemp(w->dir));
	/* an address of its own, so that no other test is there */
	snprintf(w->host, sizeof w->host, "127.%d.%d.1",
	    200 + (int)getpid() / 250 % 50, 1 + (int)getpid() % 250);
	w->port = 11610;
	w->site = file_join(w->dir, "site.ini");
	text = mem_printf("[Network]\nFormat=1\n[Group1]\nName=G\nParent=Network\n"
	    "CommunicationAddress=127.255.255.255\n[Ups1]\nName=UPS1\n"
	    "Parent=Group1.PowerDevices\nAddress=%s\nSnmpPort=%d\n"
	    "GraceSeconds=200\n[Terminal1]\nName=C1\n"
	    "Parent=Group1.ControlTerminals\nAddress=127.0.0.2\n",
	    w->host, w->port);
	assert_true(file_replace(w->site, text, strlen(text), 0600, &e));
	free(text);
	start_card(w);
	w->loop = loop_new();
	w->app = app_new(w->loop, &none, &e);
	assert_true(app_open(w->app, w->site, &e));
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;
	char *command = mem_printf("rm -rf %s", w->dir);

	kill(w->sim, SIGTERM);
	waitpid(w->sim, NULL, 0);
	app_free(w->app);
	loop_free(w->loop);
	assert_int_equal(system(command), 0);
	free(command);
	free(w->site);
	free(w);
	return 0;
}

static const struct finding *told(struct world *w, const char *rule)
{
	const struct findings *l = app_check(w->app);
	size_t i;

	for (i = 0; i < l->n; i++)
		if (strcmp(l->list[i].rule, rule) == 0)
			return &l->list[i];
	return NULL;
}

static const struct finding *wait_for(struct world *w, const char *rule)
{
	int64_t end = loop_now() + WAIT_MS;

	while (!told(w, rule) && loop_now() < end)
		loop_once(w->loop, 100);
	return told(w, rule);
}

static void a_reading_is_looked_at(void **state)
{
	struct world *w = *state;
	const struct finding *f;
	struct err e = { .text = "" };

	assert_null(told(w, "R36"));
	watch_start(w->app);
	f = wait_for(w, "R36");
	assert_non_null(f);
	assert_true(f->live);
	assert_int_equal(f->line, 7);
	assert_non_null(strstr(f->message, "UPS1: the battery lasts "));
	assert_non_null(strstr(f->message, "an outage needs 330 s"));

	/* an edit keeps what is known, and what is gone is not told of */
	assert_true(app_set(w->app, f->node, "ConfirmSeconds", "70", &e));
	f = told(w, "R36");
	assert_non_null(strstr(f->message, "an outage needs 340 s"));
	assert_true(app_remove(w->app, f->node, &e));
	assert_null(told(w, "R36"));
}

static void collected(const struct collected *list, size_t n,
    const struct reading *ident, const char *profile, const struct err *e,
    void *arg)
{
	struct world *w = arg;

	(void)list;
	(void)n;
	(void)ident;
	(void)profile;
	w->done = true;
	if (e)
		w->err = *e;
}

static void what_the_card_takes_is_kept(void **state)
{
	struct world *w = *state;
	unsigned id = site_id(KIND_UPS, 1);
	const struct ups *u = node_ups(site_find(app_site(w->app), id));
	const struct finding *f;
	struct err e = { .text = "" };

	assert_null(told(w, "R41"));
	assert_non_null(collect_start(w->app, u, collected, w, &e));
	while (!w->done)
		loop_once(w->loop, 100);
	assert_string_equal(w->err.text, "");
	f = told(w, "R41");
	assert_non_null(f);
	assert_string_equal(f->message, "Power-off grace time: UPS1 takes "
	    "20,180,300,600, and would make 300 of the 200 given");
	assert_true(app_set(w->app, f->fix_node, f->fix_key, f->fix_value, &e));
	assert_null(told(w, "R41"));

	/* at another address there is another card */
	assert_true(app_set(w->app, id, "GraceSeconds", "200", &e));
	assert_non_null(told(w, "R41"));
	assert_true(app_set(w->app, id, "Address", "127.0.0.3", &e));
	assert_null(told(w, "R41"));
	assert_true(app_set(w->app, id, "Address", w->host, &e));
	assert_non_null(told(w, "R41"));
	assert_true(app_reload(w->app, &e));
	assert_null(told(w, "R41"));
}

/* Two more UPSs at the card's address, and two more terminals, of which none answers. */
static void add_more(struct world *w)
{
	unsigned group = site_id(KIND_GROUP, 1), id;
	struct err e = { .text = "" };
	char port[16];

	snprintf(port, sizeof port, "%d", w->port);
	for (int i = 2; i <= 3; i++) {
		id = app_add(w->app, group, IN_POWER, KIND_UPS, i == 2 ? "UPS2" : "UPS3", &e);
		assert_int_equal(id, site_id(KIND_UPS, (unsigned)i));
		assert_true(app_set(w->app, id, "Address", w->host, &e));
		assert_true(app_set(w->app, id, "SnmpPort", port, &e));
		assert_true(app_set(w->app, id, "GraceSeconds", "200", &e));
		id = app_add(w->app, group, IN_CONTROL, KIND_TERMINAL, i == 2 ? "C2" : "C3", &e);
		assert_int_equal(id, site_id(KIND_TERMINAL, (unsigned)i));
		assert_true(app_set(w->app, id, "Address", "127.0.0.2", &e));
	}
}

static void wait_for_all(struct world *w)
{
	int64_t end = loop_now() + WAIT_MS;

	loop_once(w->loop, 0);
	while (!watch_settled(w->app) && loop_now() < end)
		loop_once(w->loop, 100);
	assert_true(watch_settled(w->app));
}

/* Those that answer for the first time while the watching is paused have no state yet. */
static void each_ups_is_known_once(void **state)
{
	struct world *w = *state;
	const struct collected takes = { .field = field_find(ups_fields, "GraceSeconds"),
		.allowed = "300" };
	const struct findings *l;
	size_t count = 0;

	add_more(w);
	watch_start(w->app);
	watch_pause(w->app, true);
	wait_for_all(w);
	for (unsigned i = 1; i <= 3; i++)
		known_collected(w->app, site_id(KIND_UPS, i), w->host, w->port, &takes, 1);
	l = app_check(w->app);
	for (size_t i = 0; i < l->n; i++)
		count += strcmp(l->list[i].rule, "R41") == 0;
	assert_int_equal(count, 3);
}

/* Soon after a look nothing is looked at again, until the wait is over or somebody asks. */
static void what_was_heard_too_soon_is_not_forgotten(void **state)
{
	struct world *w = *state;
	struct terminal_status *s;

	watch_start(w->app);
	wait_for_all(w);
	assert_non_null(wait_for(w, "R36"));
	s = watched_terminal_own(watching_find(w->app->watching, site_id(KIND_TERMINAL, 1)));
	s->silent_since = 0;	/* as if it had answered */
	s->clock_known = true;
	s->clock_ahead = 600;
	w->app->live_next = loop_now() + WAIT_MS;
	app_changed(w->app);
	assert_null(told(w, "R52"));
	known_tick(w->app);
	assert_null(told(w, "R52"));
	known_ask(w->app);
	assert_non_null(told(w, "R52"));

	s->clock_ahead = 0;
	w->app->live_next = loop_now() + WAIT_MS;
	app_changed(w->app);
	assert_non_null(told(w, "R52"));
	w->app->live_next = loop_now();
	known_tick(w->app);
	assert_null(told(w, "R52"));
}

/* A check may come before the watching has followed. */
static void who_was_deleted_is_not_known(void **state)
{
	struct world *w = *state;
	struct err e = { .text = "" };
	unsigned id;

	add_more(w);
	watch_start(w->app);
	wait_for_all(w);
	for (unsigned i = 1; i <= 3; i++) {
		id = site_id(KIND_TERMINAL, i);
		/* as if it had answered */
		watched_terminal_own(watching_find(w->app->watching, id))->silent_since = 0;
		assert_true(app_remove(w->app, id, &e));
	}
	app_check(w->app);
	assert_int_equal(site_count(app_site(w->app), KIND_TERMINAL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_reading_is_looked_at,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(what_the_card_takes_is_kept,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(each_ups_is_known_once, setup, teardown),
		cmocka_unit_test_setup_teardown(what_was_heard_too_soon_is_not_forgotten,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(who_was_deleted_is_not_known, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
