/*
 * Any bytes as a request to amcd: the first line is who asks (n, v, o, g, c or l: nobody,
 * viewer, operator, one who guesses, a control or a linked terminal), the method and the path with its arguments,
 * the second If-Match, the rest the body. Every answer is a document with words,
 * only who may gets more than hello, and nothing changes the site.
 */
#include "serving.h"
#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define PIN_CONTROL "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
#define PIN_LINKED "sha256//BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA="

static const char site[] =
"[Network]\nFormat=1\nRevision=7\nArmed=yes\n"
"[Group1]\nName=G\nParent=Network\nCommunicationAddress=127.255.255.255\n"
"[Ups1]\nName=UPS1\nParent=Group1.PowerDevices\nAddress=127.0.0.9\n"
"[Terminal1]\nName=SERVER1\nParent=Group1.ControlTerminals\nAddress=127.0.0.1\n"
"[Terminal2]\nName=SERVER2\nParent=Group1.ControlTerminals\nAddress=127.0.0.2\nKeyPin=" PIN_CONTROL "\n"
"[Terminal3]\nName=SERVER3\nParent=Group1.LinkedTerminals\nAddress=127.0.0.3\nKeyPin=" PIN_LINKED "\n";

/* The next line, ended with a NUL; *rest behind it. */
static char *line(char **rest)
{
	char *s = *rest;

	*rest += strcspn(s, "\n");
	if (**rest)
		*(*rest)++ = '\0';
	return s;
}

static char *word(char **rest)
{
	char *s = *rest;

	*rest += strcspn(s, " ");
	if (**rest)
		*(*rest)++ = '\0';
	return s;
}

static void be(struct server_request *q, char who)
{
	static unsigned guesses;
	static char from[40];

	q->from = "127.0.0.2";
	q->role = q->password = q->pin = q->user = "";
	if (who == 'v') {
		q->role = "viewer";
		q->password = SERVING_VIEWER;
	} else if (who == 'o') {
		q->role = "operator";
		q->password = SERVING_OPERATOR;
	} else if (who == 'c' || who == 'l') {
		q->pin = who == 'c' ? PIN_CONTROL : PIN_LINKED;
	} else if (who == 'g') {
		q->role = "operator";
		q->password = "guess";
		snprintf(from, sizeof from, "127.1.%u.%u", guesses / 250 % 250, 1 + guesses % 250);
		guesses++;
		q->from = from;
	}
}

static void check(const struct server_request *q, char who, const struct server_reply *r)
{
	bool hello = strcmp(q->path, "/v1/hello") == 0;

	must(r->status >= 300 || (who && strchr("vocl", who)) || hello, "without a password or a key");
	must(r->status >= 300 || (strcmp(q->path, "/v1/shutdown") != 0 &&
	    strcmp(q->path, "/v1/cancel") != 0) || who == 'c', "an order from no control terminal");
	must(strcmp(q->path, "/v1/shutdown") != 0 || r->status >= 300, "obeyed without a command");
	must(strncmp(q->path, "/v1/servers/", 12) != 0 || r->status >= 300 || who == 'o' ||
	    strcmp(q->method, "GET") == 0, "servers ordered by no operator");
	must(strcmp(q->path, "/v1/site") != 0 || r->status >= 300 || who == 'o', "a viewer has the site");
	must(strcmp(q->method, "PUT") != 0 || r->status >= 300, "put without the right tag");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool started;
	char *text = mem_ndup((const char *)data, size), *rest = text, *first, *query, who;
	struct server_request q = { .method = "" };
	struct server_reply reply;

	if (!started)
		serving_start(site);
	started = true;
	first = line(&rest);
	who = *word(&first);
	q.method = word(&first);
	query = strchr(first, '?');
	if (query)
		*query++ = '\0';
	q.path = first;
	q.if_match = line(&rest);
	q.body = rest;
	q.body_len = size - (size_t)(rest - text);
	be(&q, who);
	serving_ask(&q, query, &reply);
	check(&q, who, &reply);
	free(reply.body);
	free(text);
	return 0;
}
