/* serverorder - telling servers to go down; see serverorder.h */
#include "app/serverorder.h"
#include "app/audit.h"
#include "app/context.h"
#include "app/diary.h"
#include "app/operate.h"
#include "app/said.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum {
	FIRST_MS = 50,		/* most servers answer at once */
	POLL_MS = 200,
	AGAIN_MS = 1000,	/* after a question that got no answer */
	PATIENCE_MS = 30000,	/* without an answer, of one that has taken the order */
	ID_SIZE = 33,
};

struct serverorder {
	struct app *app;
	struct transfer *transfer;
	char *password;
	enum order_deed deed;
	int in;
	struct order_row *rows;
	char **names;		/* of the terminals, as they were when it was given */
	size_t n;
	char id[ID_SIZE];	/* "": it was not given yet */
	struct watch *next;
	bool asking;		/* a step of the transfer is ours */
	bool over;
	int64_t heard;		/* loop_now() of the last answer */
	serverorder_told *told;
	void *arg;
};

static const char *const whys[] = {
	[ORDER_SHUTDOWN] = N_("ordered at amc"),
	[ORDER_CANCEL] = N_("called off at amc"),
	[ORDER_REHEARSE] = N_("rehearsed at amc"),
};

bool serverorder_allowed(const struct app *a, enum order_deed deed, struct err *e)
{
	switch (deed) {
	case ORDER_SHUTDOWN:
		return operate_may_switch(a, e);
	case ORDER_CANCEL:
		return app_writable(a, e);
	default:
		return true;
	}
}

/* Telling */

/*
 * Into the console's own memory alone: the control terminal that passes the order on
 * has the same in its events and its audit log, with who gave it. Told to all of them
 * by herald.h it would stand there a second time.
 */
static void note(const struct serverorder *s, const struct order_row *r, const char *name)
{
	struct entry x = { .kind = ENTRY_ACT, .node = r->terminal,
		.severity = s->deed == ORDER_CANCEL && r->end == ORDER_TAKEN ? 1 : 2 };

	if (!s->app->diary || s->deed == ORDER_REHEARSE)
		return;
	text_copy(x.name, sizeof x.name, name);
	text_copy(x.after, sizeof x.after, s->deed == ORDER_CANCEL ? "order-cancel" : "order-shutdown");
	text_copy(x.detail, sizeof x.detail, *r->why ? r->why : whys[s->deed]);
	diary_add(s->app->diary, &x);
}

static void end_row(struct serverorder *s, size_t i, enum order_end end)
{
	s->rows[i].end = end;
	if (end != ORDER_PENDING)
		note(s, &s->rows[i], s->names[i]);
}

/* Of another program: what cannot be shown is not, and sentences of ours are in our words. */
static void say_again(char *to, size_t size, const char *said)
{
	struct text words = { 0 };

	if (said)
		said_add(said, &words);
	text_show(to, size, words.s ? words.s : "");
	text_done(&words);
}

/* Nothing is touched behind it: whoever is told may have freed us. */
static void tell(struct serverorder *s, const struct err *e)
{
	s->told(s, e, s->arg);
}

/* Nothing more will be known; words, or NULL, of the control terminal itself. */
static void finish(struct serverorder *s, const struct err *e)
{
	/* one that got no answer may have been given all the same */
	bool given = *s->id || (e && e->kind == ERR_UNREACHABLE && !e->os_error);
	struct err words;

	s->over = true;
	for (size_t i = 0; i < s->n; i++) {
		struct order_row *r = &s->rows[i];

		if (r->end != ORDER_PENDING)
			continue;
		text_copy(r->why, sizeof r->why, given ? _("what became of it is not known") :
		    _("it was not passed on"));
		end_row(s, i, ORDER_UNREACHED);
	}
	if (e) {
		words = *e;
		say_again(words.text, sizeof words.text, e->text);
	}
	tell(s, e ? &words : NULL);
}

/* Reading */

static enum order_end end_of(const struct json *j)
{
	const char *word = json_get_text(j, "end");

	for (int end = ORDER_TAKEN; word && end <= ORDER_UNREACHED; end++)
		if (strcmp(order_end_word((enum order_end)end), word) == 0)
			return (enum order_end)end;
	return ORDER_PENDING;
}

static int seconds_of(const struct json *j, const char *key)
{
	double n = json_get_number(j, key, -1);

	return n >= 0 && n < 1e6 ? (int)n : -1;
}

/* What is told of one terminal; is it new? */
static bool take_row(struct serverorder *s, const struct json *j)
{
	const char *name = json_get_text(j, "name");
	enum order_end end = end_of(j);
	bool is_new = false;

	for (size_t i = 0; name && end != ORDER_PENDING && i < s->n; i++) {
		struct order_row *r = &s->rows[i];

		if (r->end != ORDER_PENDING || strcmp(s->names[i], name) != 0)
			continue;
		r->in = seconds_of(j, "in");
		r->takes = seconds_of(j, "takes");
		say_again(r->does, sizeof r->does, json_get_text(j, "does"));
		say_again(r->why, sizeof r->why, json_get_text(j, "error"));
		end_row(s, i, end);
		is_new = true;
	}
	return is_new;
}

/* An answer as JSON; NULL and words. */
static struct json *answer_of(struct transfer *x, struct err *e)
{
	size_t len;
	const char *answer = transfer_answer(x, &len);

	return json_parse(answer, len, e);
}

static bool is_id(const char *id)
{
	return id && strlen(id) == ID_SIZE - 1 &&
	    strspn(id, "0123456789abcdef") == ID_SIZE - 1;
}

static void ask(struct serverorder *s, const char *method, const char *path, const char *body,
    transfer_done *answered)
{
	struct question q = { .method = method, .path = path, .role = "operator",
		.password = s->password, .body = body };

	s->asking = true;
	transfer_ask(s->transfer, &q, answered, s);
}

static void looked(struct transfer *x, const struct err *e, void *arg)
{
	struct serverorder *s = arg;
	struct err why = { .text = "" };
	struct json *j;
	const struct json *list;
	bool is_new = false;

	s->asking = false;
	if (e && e->kind == ERR_UNREACHABLE && loop_now() - s->heard < PATIENCE_MS) {
		loop_again(s->next, AGAIN_MS);
		return;
	}
	j = e ? NULL : answer_of(x, &why);
	list = j ? json_get(j, "terminals") : NULL;
	if (!list || !json_holds_list(list)) {
		if (!e && !*why.text)
			err_set(&why, _("%s: what was answered is no order"), transfer_where(x));
		json_free(j);
		finish(s, e ? e : &why);
		return;
	}
	s->heard = loop_now();
	for (size_t i = 0; i < json_count(list); i++)
		is_new |= take_row(s, json_at(list, i));
	s->over = json_is_yes(json_get(j, "done"));
	json_free(j);
	if (s->over)
		finish(s, NULL);
	else {
		loop_again(s->next, POLL_MS);
		if (is_new)
			tell(s, NULL);
	}
}

static void given(struct transfer *x, const struct err *e, void *arg)
{
	struct serverorder *s = arg;
	struct err why = { .text = "" };
	struct json *j;
	const char *id;

	s->asking = false;
	if (e) {
		finish(s, e);
		return;
	}
	j = answer_of(x, &why);
	id = j ? json_get_text(j, "id") : NULL;
	if (is_id(id)) {
		text_copy(s->id, sizeof s->id, id);
		s->heard = loop_now();
		loop_again(s->next, FIRST_MS);
	} else if (!*why.text) {
		err_set(&why, _("%s: what was answered is no order"), transfer_where(x));
	}
	json_free(j);
	if (*why.text)
		finish(s, &why);
}

/* Asking */

static void give(struct serverorder *s)
{
	struct json *j = json_new_object(), *list = json_new_array();
	char user[100], *body;

	for (size_t i = 0; i < s->n; i++)
		json_add_text(list, s->names[i]);
	json_put(j, "terminals", list);
	audit_user(user, sizeof user);
	json_put_text(j, "user", user);
	/* for the log of each server, in the language of logs; said.h has it in the reader's */
	json_put_text(j, "why", whys[s->deed]);
	if (s->deed != ORDER_CANCEL) {
		json_put_int(j, "in", s->in);
		json_put_bool(j, "rehearsal", s->deed == ORDER_REHEARSE);
	}
	body = json_print(j);
	json_free(j);
	ask(s, "POST", s->deed == ORDER_CANCEL ? "/v1/servers/cancel" : "/v1/servers/shutdown", body,
	    given);
	free(body);
}

static void look(struct serverorder *s)
{
	char *path = mem_printf("/v1/servers/order?id=%s", s->id);

	ask(s, "GET", path, NULL, looked);
	free(path);
}

/* path and body are copied; what is asked may be over, and we gone, when it returns. */
static void go_on(void *arg)
{
	struct serverorder *s = arg;

	if (*s->id)
		look(s);
	else
		give(s);
}

struct serverorder *serverorder_start(struct app *a, struct transfer *x, const char *password,
    enum order_deed deed, const unsigned *terminals, size_t n, int in, serverorder_told *told,
    void *arg, struct err *e)
{
	struct serverorder *s;

	if (!serverorder_allowed(a, deed, e))
		return NULL;
	s = mem_new(struct serverorder);
	*s = (struct serverorder){ .app = a, .transfer = x, .password = mem_dup(password),
		.deed = deed, .in = in, .told = told, .arg = arg,
		.rows = mem_zero(n + 1, sizeof *s->rows),
		.names = mem_zero(n + 1, sizeof *s->names) };
	for (size_t i = 0; i < n; i++) {
		const struct terminal *t = node_terminal(site_find(app_site(a), terminals[i]));

		if (!t)
			continue;
		s->rows[s->n] = (struct order_row){ .terminal = terminals[i], .in = -1, .takes = -1 };
		s->names[s->n++] = mem_dup(t->name);
	}
	/* from the loop, so that nobody is told before he has what we return */
	s->next = loop_after(app_loop(a), 0, go_on, s);
	return s;
}

const struct order_row *serverorder_rows(const struct serverorder *s, size_t *n)
{
	*n = s->n;
	return s->rows;
}

bool serverorder_over(const struct serverorder *s)
{
	return s->over;
}

void serverorder_free(struct serverorder *s)
{
	if (!s)
		return;
	if (s->asking)
		transfer_stop(s->transfer);
	loop_remove(s->next);
	explicit_bzero(s->password, strlen(s->password));
	free(s->password);
	for (size_t i = 0; i < s->n; i++)
		free(s->names[i]);
	free(s->names);
	free(s->rows);
	free(s);
}
