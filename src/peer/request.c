/* request - a request of ours while it is under way; see request.h */
#include "peer/request.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { TIMEOUT_MS = 10000 };

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

char *asked_url(const struct asked *a, const char *address)
{
	const char *zone = strchr(address, '%');
	int n = (int)(zone ? (size_t)(zone - address) : strlen(address));

	if (!strchr(address, ':'))
		return mem_printf("https://%s:%d%s", address, a->port, a->path);
	return mem_printf("https://[%.*s%s%s]:%d%s", n, address, zone ? "%25" : "",
	    zone ? zone + 1 : "", a->port, a->path);
}

bool header_value(const char *line, size_t len, const char *name, char *out,
    size_t size)
{
	size_t n = strlen(name);

	if (len <= n || strncasecmp(line, name, n) != 0 || line[n] != ':')
		return false;
	for (line += n + 1, len -= n + 1; len > 0 && (*line == ' ' || *line == '\t');
	    line++, len--)
		;
	while (len > 0 && strchr(" \t\r\n", line[len - 1]))
		len--;
	if (len >= size)
		len = 0;	/* none of ours is that long */
	memcpy(out, line, len);
	out[len] = '\0';
	return true;
}
