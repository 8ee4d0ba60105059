/* request - a request of ours while it is under way; see request.h */
#include "peer/request.h"
#include "peer/server.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TIMEOUT_MS = 10000 };

/* It stands in a line of its own, and as a word. */
static bool is_line(const char *s, char least)
{
	for (; s && *s; s++)
		if ((unsigned char)*s < (unsigned char)least || *s == 0x7f)
			return false;
	return true;
}

static bool may_ask(const struct request *q, const char *who, struct err *e)
{
	const char *wrong = q->pin && !pin_is_valid(q->pin) ? q->pin :
	    q->pin_next && !pin_is_valid(q->pin_next) ? q->pin_next : NULL;

	if (wrong)
		return err_kind(e, ERR_USAGE, _("%s: %s is no pin; a pin is sha256// and 44 characters"),
		    who, wrong);
	if (q->password && !q->pin)
		return err_kind(e, ERR_REFUSED, _("%s: its key is not known, so no password is sent there; look at its pin and accept it first"),
		    who);
	if (!is_line(q->path, '!'))
		return err_kind(e, ERR_USAGE, _("%s: blanks and control characters stand in no name there"), who);
	if (!is_line(q->if_match, ' '))
		return err_kind(e, ERR_USAGE, _("%s: this is no tag of a site"), who);
	return true;
}

static char *copy(const char *s)
{
	return s ? mem_dup(s) : NULL;
}

bool asked_copy(struct asked *a, const struct request *q, struct err *e)
{
	char *who = mem_printf(strchr(q->host, ':') ? "[%s]:%d" : "%s:%d", q->host,
	    q->port);

	memset(a, 0, sizeof *a);
	if (!may_ask(q, who, e)) {
		free(who);
		return false;
	}
	a->who = who;
	a->method = mem_dup(q->method);
	a->host = mem_dup(q->host);
	a->port = q->port;
	a->path = mem_dup(q->path);
	snprintf(a->pin, sizeof a->pin, "%s", q->pin ? q->pin : "");
	snprintf(a->pin_next, sizeof a->pin_next, "%s", q->pin_next ? q->pin_next : "");
	a->role = copy(q->role);
	a->password = copy(q->password);
	a->if_match = copy(q->if_match);
	if (q->body) {
		a->body = mem_zero(q->body_len + 1, 1);
		memcpy(a->body, q->body, q->body_len);
		a->body_len = q->body_len;
	}
	a->keep = q->keep;
	a->again = q->again || strcmp(q->method, "GET") == 0 || strcmp(q->method, "HEAD") == 0;
	a->timeout_ms = q->timeout_ms > 0 ? q->timeout_ms : TIMEOUT_MS;
	return true;
}

void asked_done(struct asked *a)
{
	if (a->password)
		explicit_bzero(a->password, strlen(a->password));
	if (a->body)
		explicit_bzero(a->body, a->body_len);
	free(a->method);
	free(a->host);
	free(a->path);
	free(a->role);
	free(a->password);
	free(a->if_match);
	free(a->body);
	free(a->who);
}

/* Name and port; a zone ("fe80::1%eth0") is a matter of this machine alone. */
static void add_host(struct text *t, const struct asked *a)
{
	const char *zone = strchr(a->who, '%');
	int n = (int)(zone ? (size_t)(zone - a->who) : strlen(a->who));

	text_printf(t, "Host: %.*s", n, a->who);
	if (zone)
		text_printf(t, "]:%d", a->port);
	text_add(t, "\r\n");
}

static void add_password(struct text *t, const struct asked *a)
{
	char *both = mem_printf("%s:%s", a->role ? a->role : "", a->password);

	text_add(t, "Authorization: Basic ");
	text_add_base64(t, both, strlen(both));
	text_add(t, "\r\n");
	explicit_bzero(both, strlen(both));
	free(both);
}

void asked_head(const struct asked *a, const char *user, bool asks_first, struct text *t)
{
	text_printf(t, "%s %s HTTP/1.1\r\n", a->method, a->path);
	add_host(t, a);
	text_add(t, "User-Agent: amc\r\n");
	if (user)
		text_printf(t, "%s: %s\r\n", SERVER_USER, user);
	if (a->password)
		add_password(t, a);
	if (a->if_match)
		text_printf(t, "If-Match: %s\r\n", a->if_match);
	if (a->body)
		text_printf(t, "Content-Type: application/octet-stream\r\nContent-Length: %zu\r\n%s",
		    a->body_len, asks_first ? "Expect: 100-continue\r\n" : "");
	text_add(t, "\r\n");
}
