/* deliver-mail - the process that brings one mail to its server; see deliver-mail.h */
#include "app/deliver-mail.h"

#include <stdio.h>

struct mailing {
	bool ended, ok;
	struct err *err;
};

static void ended(const struct err *e, const char *steps, void *arg)
{
	struct mailing *m = arg;

	fputs(steps, stdout);
	m->ended = true;
	m->ok = !e;
	if (e)
		*m->err = *e;
}

static void read_all(struct text *t)
{
	char buf[4096];
	size_t n;

	while ((n = fread(buf, 1, sizeof buf, stdin)) > 0)
		text_add_len(t, buf, n);
}

int deliver_mail(const char *conf, const char *channel)
{
	struct err e = { .text = "" };
	struct mailing m = { .err = &e };
	struct channels channels = { 0 };
	const struct channel *c = NULL;
	struct loop *loop = loop_new();
	struct text mail = { 0 };

	if (channels_read(&channels, conf, &e))
		c = channels_find(&channels, channel, &e);
	if (c && c->via != VIA_SMTP)
		err_set(&e, "%s: Via = %s", channel, channel_via_word(c->via));
	read_all(&mail);
	if (!*e.text && deliver_outgoing(loop, c, mail.s ? mail.s : "", mail.len, ended, &m, &e))
		while (!m.ended)
			loop_once(loop, -1);
	if (!m.ok)
		printf(DELIVER_FAILED "%s\n", e.text);
	text_done(&mail);
	channels_done(&channels);
	loop_free(loop);
	return m.ok ? 0 : 1;
}
