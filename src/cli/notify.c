/* notify - the notifications of a terminal: how they are, and a test */
#include "app/tryout.h"
#include "base/i18n.h"
#include "cli/cli.h"
#include "cli/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct step {
	bool done;
	struct err err;
};

static void stepped(struct tryout *t, const struct err *e, void *arg)
{
	struct step *s = arg;

	(void)t;
	s->done = true;
	if (e)
		s->err = *e;
}

/* One channel of amc.notifications.v1. */
static void print_channel(const struct json *j)
{
	const char *name = json_get_text(j, "channel"), *via = json_get_text(j, "via"),
	    *error = json_get_text(j, "error"), *sent = json_get_text(j, "last_sent");

	printf("%-12s %-9s ", name ? name : "", via ? via : "");
	printf(_("sent %.0f, waiting %.0f, given up %.0f"), json_get_number(j, "sent", 0),
	    json_get_number(j, "waiting", 0), json_get_number(j, "dropped", 0));
	if (sent)
		printf(_("; last %s"), sent);
	if (error)
		printf("%s; %s%s", cli_color(2), error, cli_plain());
	putchar('\n');
}

static void print_list(const struct cli *c, const struct tryout *t)
{
	const struct json *channels = tryout_channels(t);
	char *text;

	if (c->json) {
		text = json_print(tryout_told(t));
		fputs(text, stdout);
		free(text);
		return;
	}
	if (!json_count(channels))
		printf(_("%s has no channels for notifications\n"), c->argv[0]);
	for (size_t i = 0; i < json_count(channels); i++)
		print_channel(json_at(channels, i));
}

static int run(struct cli *c, struct tryout *t)
{
	const char *channel = c->argc == 2 ? c->argv[1] : NULL;
	struct step s = { .done = false };

	if (channel)
		tryout_test(t, channel, stepped, &s);
	else
		tryout_look(t, stepped, &s);
	while (!s.done)
		loop_once(c->loop, -1);
	if (!channel && !*s.err.text)
		print_list(c, t);
	else
		fputs(tryout_steps(t), stdout);
	if (*s.err.text)
		return cli_fail(&s.err);
	if (channel)
		printf(_("%s: a test was sent\n"), channel);
	return 0;
}

int verb_notify(struct cli *c)
{
	struct err e = { .text = "" };
	struct transfer *x = terminal_named(c, c->argv[0], &e);
	char *password = x ? terminal_sign_in(c, x, c->argv[0], &e) : NULL;
	struct tryout *t;
	int status;

	if (!password) {
		status = cli_fail(&e);
	} else {
		t = tryout_new(c->app, x, c->role ? c->role : "operator", password);
		status = run(c, t);
		tryout_free(t);
	}
	if (password)
		explicit_bzero(password, strlen(password));
	free(password);
	transfer_free(x);
	return status;
}
