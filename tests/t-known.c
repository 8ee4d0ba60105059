/*
 * What watching and collecting find out goes into the rules: a simulated card
 * with a battery that is nearly empty and settings that it would not take.
 */
#include "app/known.h"
#include "app/watch.h"
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_reading_is_looked_at,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(what_the_card_takes_is_kept,
		    setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
