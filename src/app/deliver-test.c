/* deliver-test - a test through one channel; see deliver-test.h */
#include "app/deliver-test.h"
#include "app/deliver.h"
#include "base/utc.h"

struct test {
	bool ended, ok;
	struct text *steps;
	struct err *err;
};

static void ended(const struct err *e, const char *steps, void *arg)
{
	struct test *t = arg;

	t->ended = true;
	t->ok = !e;
	text_add(t->steps, steps);
	if (e)
		*t->err = *e;
}

bool deliver_test(const char *conf, const char *terminal, const char *channel,
    struct text *steps, struct err *e)
{
	struct message m = { .at = utc_now(), .test = true };
	struct test t = { .steps = steps, .err = e };
	struct channels channels;
	const struct channel *c;
	struct loop *loop;

	if (!channels_read(&channels, conf, e))
		return false;
	loop = loop_new();
	c = channels_find(&channels, channel, e);
	if (c && deliver(loop, c, &m, terminal, ended, &t, e))
		while (!t.ended)
			loop_once(loop, -1);
	loop_free(loop);
	channels_done(&channels);
	return t.ok;
}
