/* tryout - the notifications of a terminal; see tryout.h */
#include "app/tryout.h"
#include "base/i18n.h"
#include "base/loop.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define POLL_MS 300

struct tryout {
	struct app *app;
	struct transfer *transfer;
	char *role, *password;
	struct json *told;
	char *channel;		/* that is tried, or NULL */
	struct text steps;
	struct watch *again;
	tryout_done *done;
	void *arg;
};

const struct json *tryout_told(const struct tryout *t)
{
	return t->told;
}

const struct json *tryout_channels(const struct tryout *t)
{
	return t->told ? json_get(t->told, "channels") : NULL;
}

const char *tryout_steps(const struct tryout *t)
{
	return t->steps.s ? t->steps.s : "";
}

static void ask(struct tryout *t, const char *method, const char *path, const char *body,
    transfer_done *answered)
{
	struct question q = { .method = method, .path = path, .role = t->role,
		.password = t->password, .body = body };

	transfer_ask(t->transfer, &q, answered, t);
}

static const struct json *test_of(const struct tryout *t)
{
	const struct json *list = tryout_channels(t);

	for (size_t i = 0; list && i < json_count(list); i++) {
		const char *name = json_get_text(json_at(list, i), "channel");

		if (name && text_equal_fold(name, t->channel))
			return json_get(json_at(list, i), "test");
	}
	return NULL;
}

static void keep_steps(struct tryout *t, const struct json *test)
{
	const struct json *steps = json_get(test, "steps");
	char buf[24], shown[300];

	for (size_t i = 0; steps && i < json_count(steps); i++) {
		const char *line = json_word(json_at(steps, i), buf);

		text_show(shown, sizeof shown, line ? line : "");
		text_printf(&t->steps, "%s\n", shown);
	}
}

/* What was answered is a test that has ended, or it is asked for again. */
static void judge(struct tryout *t)
{
	const struct json *test = test_of(t);
	const char *why;
	struct err e = { .text = "" };

	if (test && !json_is_yes(json_get(test, "ended"))) {
		loop_again(t->again, POLL_MS);
		return;
	}
	if (!test) {
		err_set(&e, _("%s: it was restarted, what became of the test is not known"),
		    t->channel);
	} else {
		keep_steps(t, test);
		why = json_get_text(test, "error");
		if (!json_is_yes(json_get(test, "ok")))
			err_set(&e, "%s: %s", t->channel, why ? why : "");
	}
	t->done(t, *e.text ? &e : NULL, t->arg);
}

static void looked(struct transfer *x, const struct err *e, void *arg)
{
	struct tryout *t = arg;
	struct err why = { .text = "" };
	struct json *j = NULL;
	const char *answer;
	size_t len = 0;

	if (!e) {
		answer = transfer_answer(x, &len);
		j = json_parse(answer, len, &why);
	}
	if (j && (!json_get(j, "channels") || !json_holds_list(json_get(j, "channels")))) {
		json_free(j);
		j = NULL;
		err_set(&why, _("%s: what was answered are no notifications"), transfer_where(x));
	}
	if (j) {
		json_free(t->told);
		t->told = j;
	}
	if (j && t->channel)
		judge(t);
	else
		t->done(t, e ? e : j ? NULL : &why, t->arg);
}

static void look(void *arg)
{
	ask(arg, "GET", "/v1/notifications", NULL, looked);
}

static void begun(struct transfer *x, const struct err *e, void *arg)
{
	struct tryout *t = arg;

	(void)x;
	if (e)
		t->done(t, e, t->arg);
	else
		loop_again(t->again, POLL_MS);
}

void tryout_look(struct tryout *t, tryout_done *done, void *arg)
{
	free(t->channel);
	t->channel = NULL;
	t->done = done;
	t->arg = arg;
	look(t);
}

void tryout_test(struct tryout *t, const char *channel, tryout_done *done, void *arg)
{
	struct json *j = json_new_object();
	char *body;

	free(t->channel);
	t->channel = mem_dup(channel);
	text_done(&t->steps);
	t->done = done;
	t->arg = arg;
	json_put_text(j, "channel", channel);
	body = json_print(j);
	json_free(j);
	ask(t, "POST", "/v1/notifications/test", body, begun);
	free(body);
}

struct tryout *tryout_new(struct app *a, struct transfer *x, const char *role,
    const char *password)
{
	struct tryout *t = mem_new(struct tryout);

	t->app = a;
	t->transfer = x;
	t->role = mem_dup(role);
	t->password = mem_dup(password);
	t->again = loop_after(app_loop(a), POLL_MS, look, t);
	loop_pause(t->again);
	return t;
}

void tryout_free(struct tryout *t)
{
	if (!t)
		return;
	loop_remove(t->again);
	explicit_bzero(t->password, strlen(t->password));
	free(t->password);
	free(t->role);
	free(t->channel);
	json_free(t->told);
	text_done(&t->steps);
	free(t);
}
