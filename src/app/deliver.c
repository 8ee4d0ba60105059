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

/* What a command is told besides its input; a name a line in AMC_NODES. */
static void environment(struct words *env, const struct message *m, const char *terminal)
{
	struct text nodes = { 0 }, subject = { 0 };
	char at[UTC_SIZE];

	for (size_t i = 0; i < m->n && i < NODES_SHOWN; i++)
		text_printf(&nodes, "%s%s", i ? "\n" : "", m->items[i].name);
	message_subject(m, terminal, &subject);
	utc_print(m->at, at);
	words_put(env, mem_dup(SPAWN_PATH));
	words_put(env, mem_dup(SPAWN_LOCALE));
	words_put(env, mem_printf("AMC_EVENT=%s", message_event(m)));
	words_put(env, mem_printf("AMC_SEVERITY=%d", message_severity(m)));
	words_put(env, mem_printf("AMC_NODE=%s", m->n ? m->items[0].name : ""));
	words_put(env, mem_printf("AMC_NODES=%s", nodes.s ? nodes.s : ""));
	words_put(env, mem_printf("AMC_SUBJECT=%s", subject.s));
	words_put(env, mem_printf("AMC_TERMINAL=%s", terminal));
	words_put(env, mem_printf("AMC_TIME=%s", at));
	text_done(&nodes);
	text_done(&subject);
}

static void start_spawn(struct loop *loop, const struct channel *c, const struct message *m,
    const char *terminal, const char *body, size_t len, struct delivery *d, struct err *e)
{
	struct words argv = { 0 }, env = { 0 };
	struct spawn_request q = { .input = body, .input_len = len, .timeout_ms = c->timeout_ms };

	words_add(&argv, &c->command);
	if (c->via == VIA_SMTP) {
		words_put(&argv, mem_dup("/proc/self/exe"));
		words_put(&argv, mem_dup("-c"));
		words_put(&argv, mem_dup(c->conf));
		words_put(&argv, mem_dup("mail"));
		words_put(&argv, mem_dup(c->name));
		q.timeout_ms += MAIL_MORE_MS;
	}
	if (c->via == VIA_SENDMAIL) {
		words_put(&argv, mem_dup("-f"));
		words_put(&argv, mem_dup(c->from));
		words_put(&argv, mem_dup("--"));
	}
	if (c->via == VIA_SENDMAIL)
		words_add(&argv, &c->to);
	environment(&env, m, terminal);
	q.argv = (const char *const *)argv.list;
	q.env = (const char *const *)env.list;
	d->spawn = spawn_start(loop, &q, c->via == VIA_SMTP ? mailed : ended, d, e);
	words_done(&argv);
	words_done(&env);
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
