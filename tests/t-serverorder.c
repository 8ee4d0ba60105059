/*
 * Orders to servers and a rehearsed outage, over a control terminal that is played here:
 * whatever it answers, or does not, each row ends with what is known of it; and whoever
 * is told may end all of it at once.
 */
#include "tests/peer.h"

#include "app/rehearsal.h"

static struct app *app;
static struct transfer *transfer;
static struct serverorder *order;
static struct rehearsal *rehearsal;
static int port;

/* What the control terminal answers: to the order, and to each look; the last again. */
static struct { int status; const char *body; } given, looks[4];
static size_t n_looks, looked;
static char asked[600], path[100];

/* What was told. */
static int told;
static bool met, over;
static struct err error;

#define ID "0123456789abcdef0123456789abcdef"
#define TAKEN "{\"schema\":\"amc.order.v1\",\"id\":\"" ID "\"}"
#define ORDER(done, rows) "{\"schema\":\"amc.order.v1\",\"done\":" done ",\"terminals\":[" rows "]}"
#define ROW(name, end, takes) "{\"name\":\"" name "\",\"end\":\"" end "\",\"in\":10,\"takes\":" takes \
	",\"does\":\"/bin/down\",\"error\":null}"

static void answer(struct server_reply *r, int status, const char *body)
{
	r->status = status;
	r->body = mem_dup(body);
	r->body_len = strlen(body);
}

static void play(const struct server_request *q, struct server_reply *r, void *arg)
{
	(void)arg;
	if (strcmp(q->path, "/v1/hello") == 0) {
		answer(r, 200, "{\"product\":\"amc\",\"name\":\"C1\"}");
	} else if (strcmp(q->method, "POST") == 0) {
		snprintf(asked, sizeof asked, "%s", q->body);
		snprintf(path, sizeof path, "%s", q->path);
		assert_string_equal(q->role, "operator");
		assert_string_equal(q->password, "secret");
		answer(r, given.status, given.body);
	} else {
		assert_string_equal(q->path, "/v1/servers/order");
		assert_string_equal(server_argument(q, "id"), ID);
		answer(r, looks[looked].status, looks[looked].body);
		looked += looked + 1 < n_looks;
	}
}

static struct server *listen_at(int at)
{
	struct server_settings set = { .address = "127.0.0.1", .port = at, .key_pem = id.key_pem,
		.cert_pem = id.cert_pem, .max_body = MAX_BODY, .max_connections = 20, .timeout_s = 20 };
	struct err e;
	struct server *s = server_new(loop, &set, play, NULL, &e);

	if (!s)
		fail_msg("%s", e.text);
	return s;
}

static void open_site(void)
{
	char *text = mem_printf("[Network]\nFormat=1\nArmed=yes\n"
	    "[Group1]\nName=G\nParent=Network\n"
	    "[Ups1]\nName=U1\nParent=Group1.PowerDevices\nAddress=127.0.0.1\nSnmpPort=1\n"
	    "[Terminal1]\nName=C1\nParent=Group1.ControlTerminals\nAddress=127.0.0.1\nPort=%d\n"
	    "KeyPin=%s\n[Terminal2]\nName=L1\nParent=Group1.LinkedTerminals\nAddress=127.0.0.2\n"
	    "ClusterMember=yes\n[Terminal3]\nName=L2\nParent=Group1.LinkedTerminals\n"
	    "Address=127.0.0.3\nClusterMember=yes\n", port, id.pin);
	struct err e = { .text = "" };

	if (!app_open_text(app, "site.ini", text, strlen(text), &e))
		fail_msg("%s", e.text);
	free(text);
}

static void contacted(struct transfer *t, const struct err *e, void *arg)
{
	(void)t;
	(void)arg;
	if (e)
		fail_msg("%s", e->text);
	met = true;
}

static void until(const bool *done)
{
	int64_t end = loop_now() + DEADLINE_MS;

	while (!*done && loop_now() < end)
		loop_once(loop, 100);
	assert_true(*done);
}

static void meet(void)
{
	struct err e;

	transfer = transfer_new(app, site_id(KIND_TERMINAL, 1), &e);
	met = false;
	transfer_contact(transfer, contacted, NULL);
	until(&met);
}

static int set(void **state)
{
	struct app_options none = { 0 };
	struct err e;

	(void)state;
	loop = loop_new();
	server = listen_at(0);
	port = server_port(server);
	app = app_new(loop, &none, &e);
	assert_non_null(app);
	open_site();
	meet();
	given.status = 202;
	given.body = TAKEN;
	looked = 0;
	n_looks = 0;
	*asked = *path = '\0';
	told = 0;
	over = false;
	error = (struct err){ .text = "" };
	return 0;
}

static int unset(void **state)
{
	(void)state;
	rehearsal_free(rehearsal);
	rehearsal = NULL;
	serverorder_free(order);
	order = NULL;
	transfer_free(transfer);
	app_free(app);
	server_free(server);
	loop_free(loop);
	return 0;
}

static void look(int status, const char *body)
{
	looks[n_looks].status = status;
	looks[n_looks++].body = body;
}

static void heard(struct serverorder *s, const struct err *e, void *arg)
{
	(void)arg;
	assert_false(over);	/* the last time is the last */
	told++;
	if (e)
		error = *e;
	over = serverorder_over(s);
}

static void begin(enum order_deed deed, size_t n, serverorder_told *tell)
{
	const unsigned ids[] = { site_id(KIND_TERMINAL, 2), site_id(KIND_TERMINAL, 3) };
	struct err e = { .text = "" };

	order = serverorder_start(app, transfer, "secret", deed, ids, n, 10, tell, NULL, &e);
	if (!order)
		fail_msg("%s", e.text);
	assert_int_equal(told, 0);
}

static const struct order_row *row(size_t i)
{
	size_t n;
	const struct order_row *list = serverorder_rows(order, &n);

	assert_true(i < n);
	return &list[i];
}

static void is(size_t i, enum order_end end, const char *words)
{
	char buf[700];

	order_words(row(i), ORDER_SHUTDOWN, buf, sizeof buf);
	assert_int_equal(row(i)->end, end);
	if (!strstr(buf, words))
		fail_msg("\"%s\" has no \"%s\"", buf, words);
}

static void goes_its_way(void **state)
{
	(void)state;
	look(200, ORDER("false", ROW("L1", "pending", "null")));
	look(200, ORDER("false", ROW("L1", "taken", "60") "," ROW("L2", "pending", "null")));
	look(200, ORDER("true", ROW("l1", "taken", "60") ",{\"name\":\"L2\",\"end\":\"refused\","
	    "\"error\":\"too late\\u001b[31m\"}"));
	begin(ORDER_SHUTDOWN, 2, heard);
	until(&over);
	assert_string_equal(error.text, "");
	assert_int_equal(told, 2);	/* at L1, and at the end */
	assert_string_equal(path, "/v1/servers/shutdown");
	assert_non_null(strstr(asked, "\"rehearsal\": false"));
	assert_non_null(strstr(asked, "\"in\": 10"));
	assert_non_null(strstr(asked, "\"L2\""));
	is(0, ORDER_TAKEN, "goes down in 10 s: runs /bin/down");
	assert_int_equal(row(0)->takes, 60);
	is(1, ORDER_REFUSED, "refused: too late");
	assert_null(strchr(row(1)->why, 0x1b));
}

static void called_off(void **state)
{
	(void)state;
	look(200, ORDER("true", ROW("L1", "taken", "null")));
	begin(ORDER_CANCEL, 1, heard);
	until(&over);
	assert_string_equal(path, "/v1/servers/cancel");
	assert_null(strstr(asked, "rehearsal"));
	assert_int_equal(row(0)->end, ORDER_TAKEN);
}

static void refused_whole(void **state)
{
	(void)state;
	given.status = 409;
	given.body = "{\"error\":\"not armed\"}";
	begin(ORDER_SHUTDOWN, 2, heard);
	until(&over);
	assert_int_equal(error.kind, ERR_REFUSED);
	assert_non_null(strstr(error.text, "not armed"));
	is(0, ORDER_UNREACHED, "it was not passed on");
	is(1, ORDER_UNREACHED, "it was not passed on");
	assert_int_equal(told, 1);
}

/* Of another program, or of one that has forgotten it. */
static void answers_wrongly(void **state)
{
	static const struct { int status; const char *order, *look, *words, *row; } cases[] = {
		{ 202, "[]", NULL, "is no order", "not passed on" },
		{ 202, "{\"id\":\"7&x=1\"}", NULL, "is no order", "not passed on" },
		{ 202, "rubbish", NULL, "", "not passed on" },
		{ 202, TAKEN, "{}", "is no order", "what became of it is not known" },
		{ 202, TAKEN, "rubbish", "", "what became of it is not known" },
		{ 202, TAKEN, ORDER("true", ROW("L2", "taken", "1")), NULL, "what became of it is not known" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		given.status = cases[i].status;
		given.body = cases[i].order;
		looks[0].status = 200;
		looks[0].body = cases[i].look;
		over = false;
		told = 0;
		*error.text = '\0';
		begin(ORDER_SHUTDOWN, 1, heard);
		until(&over);
		is(0, ORDER_UNREACHED, cases[i].row);
		assert_true(cases[i].words ? *error.text && strstr(error.text, cases[i].words) :
		    !*error.text);
		serverorder_free(order);
	}
	looks[0].status = 404;
	looks[0].body = "{\"error\":\"there is no such order\"}";
	over = false;
	told = 0;
	begin(ORDER_SHUTDOWN, 1, heard);
	until(&over);
	assert_non_null(strstr(error.text, "there is no such order"));
	is(0, ORDER_UNREACHED, "what became of it is not known");
}

/* It is away for a moment, after it took the order. */
static void line_is_bad(void **state)
{
	int64_t end = loop_now() + DEADLINE_MS;

	(void)state;
	look(200, ORDER("false", ROW("L1", "pending", "null")));
	look(200, ORDER("true", ROW("L1", "taken", "60")));
	begin(ORDER_SHUTDOWN, 1, heard);
	while (!looked && loop_now() < end)
		loop_once(loop, 100);
	server_free(server);
	server = NULL;
	/* one look in vain */
	for (end = loop_now() + 400; loop_now() < end; )
		loop_once(loop, 50);
	assert_false(serverorder_over(order));
	server = listen_at(port);
	until(&over);
	is(0, ORDER_TAKEN, "");
	assert_string_equal(error.text, "");
}

static void nobody_there(void **state)
{
	(void)state;
	server_free(server);
	server = NULL;
	begin(ORDER_SHUTDOWN, 1, heard);
	until(&over);
	assert_int_equal(error.kind, ERR_UNREACHABLE);
	is(0, ORDER_UNREACHED, "it was not passed on");
}

/* Whoever is told ends it, and the transfer with it. */
static void end_all(struct serverorder *s, const struct err *e, void *arg)
{
	(void)e;
	(void)arg;
	told++;
	serverorder_free(s);
	order = NULL;
	transfer_free(transfer);
	transfer = NULL;
	over = true;
}

static void ended_while_told(void **state)
{
	(void)state;
	look(200, ORDER("false", ROW("L1", "taken", "60") "," ROW("L2", "pending", "null")));
	begin(ORDER_SHUTDOWN, 2, end_all);
	until(&over);
	meet();
	given.status = 500;
	over = false;
	told = 0;
	begin(ORDER_SHUTDOWN, 2, end_all);
	until(&over);
}

/* At every moment; and the transfer is good for another one. */
static void ended_at_any_time(void **state)
{
	(void)state;
	look(200, ORDER("false", ROW("L1", "pending", "null")));
	for (int turns = 0; turns < 40; turns++) {
		begin(ORDER_SHUTDOWN, 1, heard);
		for (int i = 0; i < turns; i++)
			loop_once(loop, 2);
		serverorder_free(order);
		order = NULL;
		assert_int_equal(told, 0);
	}
	looks[0].body = ORDER("true", ROW("L1", "taken", "60"));
	begin(ORDER_SHUTDOWN, 1, heard);
	until(&over);
	is(0, ORDER_TAKEN, "");
}

static void only_what_is_allowed(void **state)
{
	const unsigned ids[] = { site_id(KIND_TERMINAL, 2) };
	struct err e = { .text = "" };

	(void)state;
	assert_true(app_set(app, site_network(app_site(app))->node.id, "Armed", "no", &e));
	assert_null(serverorder_start(app, transfer, "secret", ORDER_SHUTDOWN, ids, 1, 10, heard, NULL,
	    &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	assert_non_null(strstr(e.text, "not armed"));
	assert_true(serverorder_allowed(app, ORDER_CANCEL, &e));
	assert_true(serverorder_allowed(app, ORDER_REHEARSE, &e));
	assert_int_equal(serverorder_via(app, &e), site_id(KIND_TERMINAL, 1));
}

static void who_is_hit(void **state)
{
	static const struct { unsigned n, of[3]; int in; const char *words; } cases[] = {
		{ 1, { 2 }, 10, "1 server goes down: L1 (G).\nL1 is a member of the cluster: what it runs "
		    "goes to the others.\nIt can be called off for 10 s. The outputs of the UPSs are not "
		    "switched." },
		{ 2, { 2, 3 }, 0, "2 servers go down: L1 (G), L2 (G).\nL1, L2 are all members of the "
		    "cluster: the cluster stops.\nIt begins at once and cannot be called off. The outputs of "
		    "the UPSs are not switched." },
		{ 1, { 1 }, 1, "1 server goes down: C1 (G).\nC1 is a control terminal: the UPSs are not "
		    "watched by it then. No other control terminal is left to watch them.\nIt can be called "
		    "off for 1 s. The outputs of the UPSs are not switched." },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		unsigned ids[3];
		struct text t = { 0 };

		for (unsigned k = 0; k < cases[i].n; k++)
			ids[k] = site_id(KIND_TERMINAL, cases[i].of[k]);
		serverorder_words(app, ids, cases[i].n, cases[i].in, &t);
		assert_string_equal(t.s, cases[i].words);
		text_done(&t);
	}
}

static void hear_rehearsal(struct rehearsal *r, void *arg)
{
	(void)arg;
	told++;
	over = rehearsal_over(r);
}

static void rehearse(rehearsal_told *tell)
{
	struct outage o = { 0 };
	struct err e = { .text = "" };

	outage_set(&o, site_id(KIND_UPS, 1), true);
	rehearsal = rehearsal_start(app, &o, transfer, "secret", tell, NULL, &e);
	outage_done(&o);
	if (!rehearsal)
		fail_msg("%s", e.text);
	assert_int_equal(told, 0);
}

static void judged(const char *name, enum rehearsal_end end, const char *words)
{
	const struct rehearsal_row *list;
	size_t n, i = 0;

	list = rehearsal_rows(rehearsal, &n);
	while (i < n && strcmp(node_name(site_find(app_site(app), list[i].node)), name) != 0)
		i++;
	assert_true(i < n);
	assert_int_equal(list[i].end, end);
	if (!strstr(list[i].words, words))
		fail_msg("\"%s\" has no \"%s\"", list[i].words, words);
}

static void verdicts(void **state)
{
	(void)state;
	look(200, ORDER("true", ROW("C1", "taken", "60") "," ROW("L1", "taken", "61")
	    ",{\"name\":\"L2\",\"end\":\"unreached\",\"error\":\"nobody there\"}"));
	rehearse(hear_rehearsal);
	until(&over);
	assert_non_null(strstr(asked, "\"rehearsal\": true"));
	assert_null(rehearsal_error(rehearsal));
	assert_null(rehearsal_note(rehearsal));
	judged("C1", REHEARSAL_GOOD, "would run /bin/down; takes 60 s, as the plan counts");
	judged("L1", REHEARSAL_DOUBTFUL, "takes 61 s there, the plan counts 60 s");
	judged("L2", REHEARSAL_FAILS, "nobody there");
	judged("U1", REHEARSAL_FAILS, "127.0.0.1:1 refuses");
}

static void nobody_to_rehearse_with(void **state)
{
	(void)state;
	given.status = 401;
	given.body = "{\"error\":\"the password is wrong\"}";
	rehearse(hear_rehearsal);
	until(&over);
	assert_int_equal(rehearsal_error(rehearsal)->kind, ERR_REFUSED);
	judged("L1", REHEARSAL_FAILS, "it was not passed on");
}

static void nothing_to_rehearse(void **state)
{
	struct outage o = { 0 };
	struct err e = { .text = "" };

	(void)state;
	assert_null(rehearsal_start(app, &o, transfer, "secret", hear_rehearsal, NULL, &e));
	assert_string_equal(e.text, "in this outage nothing would be ordered");
}

static void end_rehearsal(struct rehearsal *r, void *arg)
{
	(void)arg;
	if (++told < 2)
		return;
	rehearsal_free(r);
	rehearsal = NULL;
	over = true;
}

static void rehearsal_ended_while_told(void **state)
{
	(void)state;
	look(200, ORDER("true", ROW("C1", "taken", "60")));
	rehearse(end_rehearsal);
	until(&over);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set, unset)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(goes_its_way), TEST(called_off), TEST(refused_whole), TEST(answers_wrongly),
		TEST(line_is_bad), TEST(nobody_there), TEST(ended_while_told),
		TEST(ended_at_any_time), TEST(only_what_is_allowed), TEST(who_is_hit),
		TEST(verdicts), TEST(nobody_to_rehearse_with), TEST(nothing_to_rehearse),
		TEST(rehearsal_ended_while_told),
	};

	setenv("LANGUAGE", "", 1);
	return cmocka_run_group_tests(tests, with_identity, without_identity);
}
