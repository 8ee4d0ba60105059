/* terminal - the steps of a transfer for a verb; see terminal.h */
#include "cli/terminal.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

struct step {
	bool done, ok;
	struct err err;
};

static void stepped(struct transfer *t, const struct err *e, void *arg)
{
	struct step *s = arg;

	(void)t;
	s->done = true;
	s->ok = e == NULL;
	if (e)
		s->err = *e;
}

/* Until the step has ended; each has its own limit. */
static bool finish(struct cli *c, struct step *s, struct err *e)
{
	while (!s->done)
		loop_once(c->loop, -1);
	if (!s->ok && e)
		*e = s->err;
	return s->ok;
}

bool terminal_step(struct cli *c, struct transfer *t, transfer_step *run,
    struct err *e)
{
	struct step s = { .done = false };

	run(t, stepped, &s);
	return finish(c, &s, e);
}

bool terminal_person(void)
{
	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

char *terminal_line(const char *question)
{
	char *line = NULL;
	size_t size = 0;

	printf("%s", question);
	fflush(stdout);
	if (getline(&line, &size, stdin) < 0) {
		free(line);
		return NULL;
	}
	line[strcspn(line, "\r\n")] = '\0';
	return line;
}

static bool yes(const char *question)
{
	char *line = terminal_line(question);
	bool is = line && strcmp(line, "yes") == 0;

	free(line);
	return is;
}

bool terminal_trust(struct cli *c, struct transfer *t, struct err *e)
{
	char *question;
	bool ok;

	if (c->pin)
		return transfer_expect_pin(t, c->pin, e);
	if (transfer_pin_state(t) == PIN_KNOWN)
		return true;
	if (!terminal_person())
		return err_kind(e, ERR_REFUSED,
		    _("%s: first contact: it shows the key %s. If amcd on that machine says the same, give it with --pin."),
		    transfer_where(t), transfer_pin(t));
	question = mem_printf(
	    _("First contact with %s, which calls itself %s.\nIt shows the key %s.\nIs that what amcd says on that machine? (yes/no) "),
	    transfer_where(t), transfer_name(t), transfer_pin(t));
	ok = yes(question);
	free(question);
	if (!ok)
		return err_kind(e, ERR_REFUSED, _("%s: its key was not accepted"),
		    transfer_where(t));
	transfer_accept_pin(t);
	return true;
}

static bool meet(struct cli *c, struct transfer *t, struct err *e)
{
	if (c->timeout_ms)
		transfer_timeout(t, c->timeout_ms);
	return terminal_step(c, t, transfer_contact, e) && terminal_trust(c, t, e);
}

bool terminal_meet(struct cli *c, struct transfer *t, struct err *e)
{
	return meet(c, t, e);
}

static bool put_question(struct cli *c, struct transfer *t, const struct question *q,
    struct err *e)
{
	struct step s = { .done = false };

	transfer_ask(t, q, stepped, &s);
	return finish(c, &s, e);
}

bool terminal_look(struct cli *c, struct transfer *t, const char *password,
    struct err *e)
{
	struct step s = { .done = false };

	transfer_look(t, c->role ? c->role : "operator", password, stepped, &s);
	return finish(c, &s, e);
}

static char *ask_password(const char *role)
{
	struct termios old, quiet;
	char *line = NULL;
	size_t size = 0;
	ssize_t n;

	printf(_("Password of the %s: "), role);
	fflush(stdout);
	tcgetattr(STDIN_FILENO, &old);
	quiet = old;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	n = getline(&line, &size, stdin);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &old);
	printf("\n");
	if (n < 0) {
		free(line);
		return NULL;
	}
	line[strcspn(line, "\r\n")] = '\0';
	return line;
}

char *terminal_password(struct cli *c, struct err *e)
{
	char *password = NULL;

	if (c->password_file)
		return file_first_line(c->password_file, e);
	if (terminal_person())
		password = ask_password(c->role ? c->role : "operator");
	if (!password)
		err_kind(e, ERR_USAGE,
		    _("a password is needed: --password-file FILE (- is standard input)"));
	return password;
}

struct transfer *terminal_named(struct cli *c, const char *name, struct err *e)
{
	static const char empty[] = "[Network]\nFormat=1\n";
	const struct node *n;
	char *host;
	int port;

	if (!app_open(c->app, cli_site_path(c), c->site ? e : NULL)) {
		if (c->site)
			return NULL;
		app_open_text(c->app, "", empty, sizeof empty - 1, NULL);
	}
	n = site_lookup(app_site(c->app), name, NULL, NULL);
	if (n && n->kind == KIND_TERMINAL)
		return transfer_new(c->app, n->id, e);
	if (!cli_split_address(name, 4000, &host, &port, e)) {
		err_at(e, _("%s is no terminal of %s"), name, cli_site_path(c));
		return NULL;
	}
	struct transfer *t = transfer_new_host(c->app, host, port);

	free(host);
	return t;
}

/* A bare word that is no terminal of the site is rather a mistyped one than a host. */
static bool met(struct cli *c, struct transfer *t, const char *name, struct err *e)
{
	const struct node *n;

	if (terminal_meet(c, t, e))
		return true;
	n = site_lookup(app_site(c->app), name, NULL, NULL);
	if (!(n && n->kind == KIND_TERMINAL) && !strpbrk(name, ".:"))
		err_at(e, _("%s is no terminal of %s, and as a host"), name, cli_site_path(c));
	return false;
}

char *terminal_sign_in(struct cli *c, struct transfer *t, const char *name, struct err *e)
{
	bool typed = !c->password_file && terminal_person();
	char *password = typed ? NULL : terminal_password(c, e);

	if (!typed && !password)
		return NULL;
	if (met(c, t, name, e))
		return typed ? terminal_password(c, e) : password;
	if (password)
		explicit_bzero(password, strlen(password));
	free(password);
	return NULL;
}

char *terminal_answer(struct cli *c, const char *name, struct question *q, size_t *len,
    struct err *e)
{
	struct transfer *t = terminal_named(c, name, e);
	char *password, *answer = NULL;

	if (c->role || !q->role)
		q->role = c->role ? c->role : "operator";
	password = t ? terminal_sign_in(c, t, name, e) : NULL;
	q->password = password;
	if (password && put_question(c, t, q, e)) {
		const char *held = transfer_answer(t, len);

		answer = mem_ndup(held, *len);
	}
	if (password)
		explicit_bzero(password, strlen(password));
	free(password);
	transfer_free(t);
	return answer;
}

char *terminal_held(struct cli *c, const char *name, size_t *len, struct err *e)
{
	const char *at = strrchr(name, '@');
	char *terminal = at && at != name ? mem_ndup(name, (size_t)(at - name)) : mem_dup(name);
	struct transfer *t = terminal_named(c, terminal, e);
	char *password = t ? terminal_sign_in(c, t, terminal, e) : NULL, *bytes = NULL;
	const char *held;

	if (t && at && at != name)
		transfer_revision(t, at + 1);
	if (password && terminal_look(c, t, password, e)) {
		held = transfer_held(t, len);
		if (*len)
			bytes = mem_ndup(held, *len);
		else
			err_set(e, _("%s: it has no site yet"), transfer_where(t));
	}
	if (password)
		explicit_bzero(password, strlen(password));
	free(password);
	transfer_free(t);
	free(terminal);
	return bytes;
}
