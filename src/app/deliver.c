/* deliver - brings one message to one channel; see deliver.h */
#include "app/deliver.h"
#include "app/deliver-mail.h"
#include "app/mail.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/spawn.h"
#include "base/utc.h"

#include <stdlib.h>
#include <string.h>

#define MAIL_MORE_MS 2000	/* that amcd mail has to say why it gave up */
#define NODES_SHOWN 100		/* in the environment of a command */

struct delivery {
	struct outgoing *outgoing;	/* one of them */
	struct spawn *spawn;
	deliver_done *done;
	void *arg;
};

/* Both doors tell it in the same way. */
static void ended(const struct err *e, const char *steps, void *arg)
{
	struct delivery d = *(struct delivery *)arg;

	free(arg);
	d.done(e, steps, d.arg);
}

struct outgoing *deliver_outgoing(struct loop *loop, const struct channel *c, const char *body,
    size_t len, deliver_done *done, void *arg, struct err *e)
{
	struct outgoing_request q = { .url = c->url, .starttls = c->starttls,
		.ca_file = c->ca_file, .user = c->user, .from = c->from,
		.to = (const char *const *)c->to.list, .n_to = c->to.n, .body = body,
		.body_len = len, .timeout_ms = c->timeout_ms };
	struct outgoing *o;
	char *secret = NULL;

	if (c->secret_file && !(secret = file_first_line(c->secret_file, e)))
		return NULL;
	if (c->via == VIA_SMTP)
		q.password = secret;
	else
		q.bearer = secret;
	o = outgoing_start(loop, &q, done, arg, e);
	if (secret)
		explicit_bzero(secret, strlen(secret));
	free(secret);
	return o;
}

/*
 * What amcd mail said: steps, and as the last line why it failed. One that was ended
 * for taking too long said nothing.
 */
static void mailed(const struct err *e, const char *said, void *arg)
{
	const char *words = strstr(said, DELIVER_FAILED);
	struct err why = e ? *e : (struct err){ .text = "" };
	char *steps = mem_ndup(said, words ? (size_t)(words - said) : strlen(said));

	if (e && words) {
		words += strlen(DELIVER_FAILED);
		text_copy(why.text, sizeof why.text, words);
		why.text[strcspn(why.text, "\n")] = '\0';
	}
	ended(e ? &why : NULL, steps, arg);
	free(steps);
}

struct list {
	char **list;
	size_t n, cap;
};

static void put(struct list *l, char *s)
{
	mem_grow(l->list, l->n, l->cap);
	l->list[l->n++] = s;
}

static void list_done(struct list *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->list[i]);
	free(l->list);
}

/* What a command is told besides its input; a name a line in AMC_NODES. */
static void environment(struct list *env, const struct message *m, const char *terminal)
{
	struct text nodes = { 0 }, subject = { 0 };
	char at[UTC_SIZE];

	for (size_t i = 0; i < m->n && i < NODES_SHOWN; i++)
		text_printf(&nodes, "%s%s", i ? "\n" : "", m->items[i].name);
	message_subject(m, terminal, &subject);
	utc_print(m->at, at);
	put(env, mem_dup("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"));
	put(env, mem_dup("LC_ALL=C.UTF-8"));
	put(env, mem_printf("AMC_EVENT=%s", message_event(m)));
	put(env, mem_printf("AMC_SEVERITY=%d", message_severity(m)));
	put(env, mem_printf("AMC_NODE=%s", m->n ? m->items[0].name : ""));
	put(env, mem_printf("AMC_NODES=%s", nodes.s ? nodes.s : ""));
	put(env, mem_printf("AMC_SUBJECT=%s", subject.s));
	put(env, mem_printf("AMC_TERMINAL=%s", terminal));
	put(env, mem_printf("AMC_TIME=%s", at));
	put(env, NULL);
	text_done(&nodes);
	text_done(&subject);
}

static void start_spawn(struct loop *loop, const struct channel *c, const struct message *m,
    const char *terminal, const char *body, size_t len, struct delivery *d, struct err *e)
{
	struct list argv = { 0 }, env = { 0 };
	struct spawn_request q = { .input = body, .input_len = len, .timeout_ms = c->timeout_ms };

	for (size_t i = 0; i < c->command.n; i++)
		put(&argv, mem_dup(c->command.list[i]));
	if (c->via == VIA_SMTP) {
		put(&argv, mem_dup("/proc/self/exe"));
		put(&argv, mem_dup("-c"));
		put(&argv, mem_dup(c->conf));
		put(&argv, mem_dup("mail"));
		put(&argv, mem_dup(c->name));
		q.timeout_ms += MAIL_MORE_MS;
	}
	if (c->via == VIA_SENDMAIL) {
		put(&argv, mem_dup("-f"));
		put(&argv, mem_dup(c->from));
		put(&argv, mem_dup("--"));
	}
	for (size_t i = 0; c->via == VIA_SENDMAIL && i < c->to.n; i++)
		put(&argv, mem_dup(c->to.list[i]));
	put(&argv, NULL);
	environment(&env, m, terminal);
	q.argv = (const char *const *)argv.list;
	q.env = (const char *const *)env.list;
	d->spawn = spawn_start(loop, &q, c->via == VIA_SMTP ? mailed : ended, d, e);
	list_done(&argv);
	list_done(&env);
}

/* What is sent, in the language of the channel. */
static void print(const struct message *m, const struct channel *c, const char *terminal,
    struct text *t)
{
	struct json *j;
	char *text;

	if (c->via == VIA_SMTP || c->via == VIA_SENDMAIL) {
		mail_print(m, c, terminal, c->via == VIA_SMTP, t);
		return;
	}
	j = message_json(m, terminal);
	text = json_print(j);
	text_add(t, text);
	free(text);
	json_free(j);
}

struct delivery *deliver(struct loop *loop, const struct channel *c, const struct message *m,
    const char *terminal, deliver_done *done, void *arg, struct err *e)
{
	struct delivery *d = mem_new(struct delivery);
	struct text body = { 0 };

	d->done = done;
	d->arg = arg;
	i18n_language(c->language);
	print(m, c, terminal, &body);
	if (c->via == VIA_WEBHOOK)
		d->outgoing = deliver_outgoing(loop, c, body.s, body.len, ended, d, e);
	else
		start_spawn(loop, c, m, terminal, body.s, body.len, d, e);
	i18n_language(NULL);
	text_done(&body);
	if (d->outgoing || d->spawn)
		return d;
	free(d);
	return NULL;
}

void deliver_cancel(struct delivery *d)
{
	if (!d)
		return;
	outgoing_cancel(d->outgoing);
	spawn_cancel(d->spawn);
	free(d);
}
