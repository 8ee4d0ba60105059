/*
 * Sending a site: a real amcd service and a real transfer on one loop. Whatever
 * goes wrong has its own words and kind, and the terminal's site stays whole.
 */
#include "app/service.h"
#include "app/transfer.h"
#include "base/conf.h"
#include "base/file.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/mem.h"
#include "peer/trust.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#define HOST "127.0.0.1"
#define PASSWORD "correct-horse"

/* A terminal with its service, and an operator with the site file open. */
struct world {
	struct loop *loop;
	char dir[64], *conf, *site, *held, *home;
	int port;
	struct service_settings settings;
	struct service *service;
	struct app *app;
	unsigned id;
	struct transfer *transfer;
	bool done;
	struct err err;		/* of the step that ended last; kind 0: it went well */
};

static int free_port(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof a;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof a), 0);
	getsockname(fd, (struct sockaddr *)&a, &len);
	close(fd);
	return ntohs(a.sin_port);
}

static void write_file(const char *path, const char *fmt, ...)
{
	va_list ap;
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	va_start(ap, fmt);
	vfprintf(f, fmt, ap);
	va_end(ap);
	fclose(f);
}

static void serve(struct world *w)
{
	struct err e = { .text = "" };

	assert_true(service_settings_read(&w->settings, w->conf, &e));
	w->service = service_new(w->loop, &w->settings, &e);
	assert_string_equal(e.text, "");
	assert_non_null(w->service);
}

static int setup(void **state)
{
	struct world *w = mem_new(struct world);
	struct app_options none = { 0 };
	struct err e = { .text = "" };
	char *hash = password_hash(PASSWORD, &e);

	*state = w;
	w->loop = loop_new();
	strcpy(w->dir, "/tmp/t-transfer-XXXXXX");
	assert_non_null(mkdtemp(w->dir));
	w->conf = file_join(w->dir, "amcd.conf");
	w->site = file_join(w->dir, "site.ini");
	w->held = file_join(w->dir, "held.ini");
	w->home = file_join(w->dir, "home");
	setenv("XDG_STATE_HOME", w->dir, 1);
	w->port = free_port();
	write_file(w->conf, "[amcd]\nName = S1\nListen = %s:%d\nSite = %s\n"
	    "StateDirectory = %s\n", HOST, w->port, w->held, w->home);
	assert_true(conf_set(w->conf, "passwords", "Operator", hash, &e));
	free(hash);
	/* a linked terminal, so that the service asks no cards */
	write_file(w->site, "[Network]\nFormat=1\n[Group1]\nName=G\nParent=Network\n"
	    "CommunicationAddress=127.255.255.255\n[Terminal1]\nName=C1\n"
	    "Parent=Group1.ControlTerminals\nAddress=127.0.0.2\n[Terminal2]\n"
	    "Name=S1\nParent=Group1.LinkedTerminals\nAddress=%s\nPort=%d\n",
	    HOST, w->port);
	serve(w);
	w->app = app_new(w->loop, &none, &e);
	assert_true(app_open(w->app, w->site, &e));
	w->id = site_id(KIND_TERMINAL, 2);
	w->transfer = transfer_new(w->app, w->id, &e);
	assert_non_null(w->transfer);
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;
	char *command = mem_printf("rm -rf %s", w->dir);

	transfer_free(w->transfer);
	app_free(w->app);
	service_free(w->service);
	service_settings_done(&w->settings);
	loop_free(w->loop);
	assert_int_equal(system(command), 0);
	free(command);
	free(w->conf);
	free(w->site);
	free(w->held);
	free(w->home);
	free(w);
	return 0;
}

static void stepped(struct transfer *t, const struct err *e, void *arg)
{
	struct world *w = arg;

	(void)t;
	w->done = true;
	w->err = e ? *e : (struct err){ .text = "" };
}

static bool finish(struct world *w)
{
	int64_t end = loop_now() + 20000;

	while (!w->done && loop_now() < end)
		loop_once(w->loop, 100);
	assert_true(w->done);
	w->done = false;
	return !*w->err.text;
}

static bool contact(struct world *w)
{
	transfer_contact(w->transfer, stepped, w);
	return finish(w);
}

static bool look(struct world *w, const char *password)
{
	transfer_look(w->transfer, "operator", password, stepped, w);
	return finish(w);
}

static bool send_it(struct world *w)
{
	transfer_send(w->transfer, stepped, w);
	return finish(w);
}

static bool all_steps(struct world *w)
{
	if (!contact(w))
		return false;
	if (transfer_pin_state(w->transfer) == PIN_NEW)
		transfer_accept_pin(w->transfer);
	return look(w, PASSWORD) && send_it(w);
}

static void anew(struct world *w)
{
	transfer_free(w->transfer);
	w->transfer = transfer_new(w->app, w->id, &w->err);
	assert_non_null(w->transfer);
}

static char *held(struct world *w)
{
	size_t len;

	return file_read(w->held, 1 << 20, &len, NULL);
}

static void says(struct world *w, enum err_kind kind, const char *words)
{
	if (!strstr(w->err.text, words))
		fail_msg("\"%s\" is not in \"%s\"", words, w->err.text);
	assert_int_equal(w->err.kind, kind);
}

static void test_sends(void **state)
{
	struct world *w = *state;
	char *there, *ours;
	size_t len;

	assert_true(contact(w));
	assert_int_equal(transfer_pin_state(w->transfer), PIN_NEW);
	assert_string_equal(transfer_pin(w->transfer), service_pin(w->service));
	assert_false(look(w, PASSWORD));
	says(w, ERR_REFUSED, "not known yet");
	transfer_accept_pin(w->transfer);
	assert_true(look(w, PASSWORD));
	assert_int_equal(transfer_held_revision(w->transfer), 0);
	assert_true(send_it(w));
	there = held(w);
	ours = file_read(w->site, 1 << 20, &len, NULL);
	assert_string_equal(there, ours);
	assert_non_null(strstr(ours, transfer_pin(w->transfer)));
	free(there);
	free(ours);
}

static void test_wrong_password(void **state)
{
	struct world *w = *state;

	assert_true(contact(w));
	transfer_accept_pin(w->transfer);
	assert_false(look(w, "wrong-horse"));
	says(w, ERR_REFUSED, "the password is wrong");
	assert_false(look(w, "wrong-horse"));
	assert_false(look(w, "wrong-horse"));
	assert_false(look(w, PASSWORD));
	says(w, ERR_REFUSED, "too many wrong passwords");
	assert_int_not_equal(access(w->held, F_OK), 0);
}

static void test_changed_key(void **state)
{
	struct world *w = *state;
	char *key = file_join(w->home, "key.pem"), *cert = file_join(w->home, "cert.pem");
	char *before, *after;

	assert_true(all_steps(w));
	before = held(w);
	service_free(w->service);
	service_settings_done(&w->settings);
	unlink(key);
	unlink(cert);
	serve(w);
	anew(w);
	assert_false(contact(w));
	assert_int_equal(transfer_pin_state(w->transfer), PIN_CHANGED);
	says(w, ERR_REFUSED, "another key than before");
	assert_false(look(w, PASSWORD));	/* no password goes there */
	after = held(w);
	assert_string_equal(before, after);
	/* it was replaced, says the operator */
	anew(w);
	contact(w);
	transfer_accept_pin(w->transfer);
	assert_true(look(w, PASSWORD));
	assert_string_equal(node_terminal(site_find(app_site(w->app), w->id))->pin,
	    transfer_pin(w->transfer));
	anew(w);
	assert_true(contact(w));
	assert_int_equal(transfer_pin_state(w->transfer), PIN_KNOWN);
	free(before);
	free(after);
	free(key);
	free(cert);
}

static void test_stale(void **state)
{
	struct world *w = *state, other = *w;
	struct app_options none = { 0 };
	struct err e = { .text = "" };
	char *there;

	assert_true(all_steps(w));
	assert_true(app_set(w->app, w->id, "ShutdownSeconds", "77", &e));
	assert_true(app_save(w->app, &e));
	anew(w);
	assert_true(contact(w));
	assert_true(look(w, PASSWORD));
	assert_non_null(strstr(transfer_difference(w->transfer),
	    "Shutdown time 60 s -> 77 s"));
	/* now somebody else is faster */
	other.app = app_new(w->loop, &none, &e);
	assert_true(app_open(other.app, w->site, &e));
	assert_true(app_set(other.app, w->id, "ShutdownSeconds", "99", &e));
	assert_true(app_save(other.app, &e));
	other.transfer = transfer_new(other.app, w->id, &e);
	assert_true(all_steps(&other));
	transfer_free(other.transfer);
	app_free(other.app);
	assert_false(send_it(w));
	says(w, ERR_REFUSED, "revision 4, sent by ");
	assert_non_null(strstr(transfer_meanwhile(w->transfer), "Shutdown time 60 s -> 99 s"));
	there = held(w);
	assert_non_null(strstr(there, "ShutdownSeconds=99"));
	free(there);
}

static void test_errors_in_site(void **state)
{
	struct world *w = *state;
	struct err e = { .text = "" };
	unsigned group;

	assert_true(contact(w));
	transfer_accept_pin(w->transfer);
	/* another communication address than in the first group: R16 */
	group = app_add(w->app, site_id(KIND_NETWORK, 1), IN_ITSELF, KIND_GROUP,
	    "H", &e);
	assert_int_not_equal(group, 0);
	assert_true(app_save(w->app, &e));
	assert_true(look(w, PASSWORD));
	assert_false(send_it(w));
	says(w, ERR_SITE, "is not sent");
	assert_true(app_remove(w->app, group, &e));
	assert_false(send_it(w));
	says(w, ERR_FAILED, "save first");
	assert_int_not_equal(access(w->held, F_OK), 0);
}

static void test_away(void **state)
{
	struct world *w = *state;

	service_free(w->service);
	w->service = NULL;
	assert_false(contact(w));
	says(w, ERR_UNREACHABLE, "nothing listens");
}

/* Something else on the terminal's port. */
static int listener(struct world *w)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)w->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;

	service_free(w->service);
	w->service = NULL;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof a), 0);
	assert_int_equal(listen(fd, 5), 0);
	return fd;
}

static void test_hung(void **state)
{
	struct world *w = *state;
	int fd = listener(w);	/* connections are made, nobody answers */

	transfer_timeout(w->transfer, 500);
	assert_false(contact(w));
	says(w, ERR_UNREACHABLE, "connected, but");
	close(fd);
}

static void say_hello(int fd, unsigned ready, void *arg)
{
	static const char words[] = "220 mail.example.org ESMTP\r\n";
	int c = accept(fd, NULL, NULL);

	(void)ready;
	(void)arg;
	if (c >= 0 && send(c, words, sizeof words - 1, MSG_NOSIGNAL) < 0)
		close(c);
}

static void test_not_tls(void **state)
{
	struct world *w = *state;
	int fd = listener(w);
	struct watch *watch = loop_fd(w->loop, fd, LOOP_READ, say_hello, NULL);

	assert_false(contact(w));
	says(w, ERR_UNREACHABLE, "TLS");
	loop_remove(watch);
	close(fd);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_sends), TEST(test_wrong_password), TEST(test_changed_key),
		TEST(test_stale), TEST(test_errors_in_site), TEST(test_away),
		TEST(test_hung), TEST(test_not_tls),
	};

	log_init("t-transfer", LOG_LEVEL_ERROR);
	return cmocka_run_group_tests_name("transfer", tests, NULL, NULL);
}
