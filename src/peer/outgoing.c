/* outgoing - a message to a mail or web server, see outgoing.h */
#include "peer/outgoing.h"
#include "peer/multi.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

enum {
	ANSWER_MAX = 64 * 1024,		/* of a web server; nobody reads it */
	STEPS_MAX = 8 * 1024,
	LINE_MAX_SHOWN = 200,
};

struct outgoing {
	struct loop *loop;
	struct multi *multi;
	struct multi_transfer transfer;
	outgoing_done *done;
	void *arg;

	CURL *easy;
	struct curl_slist *headers, *to, *resolve;
	struct lookup *lookup;
	struct watch *limit;
	bool mail;
	char *host, *who;		/* "HOST:PORT" */
	int timeout_ms;
	char *body;
	size_t body_len, sent, got;
	struct text steps;
	char answer[LINE_MAX_SHOWN];	/* the first line with which it refuses */
	char words[CURL_ERROR_SIZE];
};

static struct outgoing *of(struct multi_transfer *t)
{
	return (struct outgoing *)((char *)t - offsetof(struct outgoing, transfer));
}

static void step(struct outgoing *o, const char *mark, const char *line, size_t len)
{
	char cut[LINE_MAX_SHOWN], shown[LINE_MAX_SHOWN];
	char *copy = mem_ndup(line, len);

	copy[strcspn(copy, "\r\n")] = '\0';
	text_copy(cut, sizeof cut, copy);
	text_show(shown, sizeof shown, cut);
	if (o->steps.len < STEPS_MAX)
		text_printf(&o->steps, "%s %s\n", mark, shown);
	/* of a web server it is the only one */
	if (*mark == '<' && !*o->answer && (!o->mail || *shown >= '4'))
		text_copy(o->answer, sizeof o->answer, shown);
	free(copy);
}

static void clear(char *s, size_t len)
{
	if (s)
		explicit_bzero(s, len);
	free(s);
}

/*
 * At the end of a connection libcurl says QUIT and waits for the answer of a mail
 * server, and this within the call: it must find the connection closed.
 */
static void hang_up(struct outgoing *o)
{
	curl_socket_t fd = o->transfer.fd;

	if (o->easy && (fd >= 0 ||
	    curl_easy_getinfo(o->easy, CURLINFO_ACTIVESOCKET, &fd) == CURLE_OK) && fd >= 0)
		shutdown(fd, SHUT_RDWR);
}

static void outgoing_free(struct outgoing *o)
{
	hang_up(o);
	multi_end(&o->transfer);
	curl_easy_cleanup(o->easy);
	multi_free(o->multi);
	loop_remove(o->limit);
	loop_resolve_cancel(o->lookup);
	for (struct curl_slist *l = o->headers; l; l = l->next)
		explicit_bzero(l->data, strlen(l->data));	/* the token */
	curl_slist_free_all(o->headers);
	curl_slist_free_all(o->to);
	curl_slist_free_all(o->resolve);
	clear(o->body, o->body_len);
	text_done(&o->steps);
	free(o->host);
	free(o->who);
	free(o);
}

void outgoing_cancel(struct outgoing *o)
{
	if (o)
		outgoing_free(o);
}

/* Nothing of it may be touched afterwards. */
static void finish(struct outgoing *o, const struct err *e)
{
	char *steps = text_take(&o->steps);
	outgoing_done *done = o->done;
	void *arg = o->arg;

	outgoing_free(o);
	done(e, steps, arg);
	free(steps);
}

static void too_slow(const struct outgoing *o, struct err *e)
{
	err_kind(e, ERR_UNREACHABLE, _("%s: it was not taken within %g s"), o->who,
	    o->timeout_ms / 1000.0);
}

static void ended(struct multi_transfer *t, CURLcode code)
{
	struct outgoing *o = of(t);
	struct err e = { .text = "" };
	long status = 0;

	curl_easy_getinfo(o->easy, CURLINFO_RESPONSE_CODE, &status);
	if (code == CURLE_OK && (o->mail || (status >= 200 && status < 300))) {
		finish(o, NULL);
		return;
	}
	if (code == CURLE_OK || *o->answer)
		err_kind(&e, ERR_REFUSED, _("%s does not take it: %s"), o->who, o->answer);
	else if (code == CURLE_OPERATION_TIMEDOUT)
		too_slow(o, &e);
	else if (code == CURLE_PEER_FAILED_VERIFICATION)
		err_kind(&e, ERR_REFUSED, _("%s: its certificate is not trusted: %s"), o->who,
		    o->words);
	else
		err_kind(&e, ERR_UNREACHABLE, "%s: %s", o->who,
		    *o->words ? o->words : curl_easy_strerror(code));
	finish(o, &e);
}

static void out_of_time(void *arg)
{
	struct outgoing *o = arg;
	struct err e = { .text = "" };
	double s = o->timeout_ms / 1000.0;

	if (o->lookup)
		err_kind(&e, ERR_UNREACHABLE, _("%s: the name was not found within %g s"), o->who, s);
	else if (!multi_is_connected(&o->transfer))
		err_kind(&e, ERR_UNREACHABLE, _("%s: no connection within %g s"), o->who, s);
	else
		too_slow(o, &e);
	finish(o, &e);
}

/* What may be shown of what we say: never who signs in and with what. */
static bool is_harmless(const char *line, size_t len)
{
	static const char *const words[] = { "EHLO", "HELO", "STARTTLS", "MAIL", "RCPT", "DATA",
		"POST " };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (len >= strlen(words[i]) && strncasecmp(line, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

static int on_debug(CURL *easy, curl_infotype type, char *bytes, size_t len, void *arg)
{
	struct outgoing *o = arg;

	(void)easy;
	if (type == CURLINFO_HEADER_OUT && is_harmless(bytes, len))
		step(o, ">", bytes, len);
	else if (type == CURLINFO_HEADER_OUT && len > 4 && strncasecmp(bytes, "AUTH", 4) == 0)
		step(o, ">", "AUTH ...", 8);
	else if (type == CURLINFO_HEADER_IN && (o->mail ? len > 3 && isdigit((unsigned char)*bytes) :
	    len > 5 && memcmp(bytes, "HTTP/", 5) == 0))
		step(o, "<", bytes, len);
	return 0;
}

static size_t on_answer(char *bytes, size_t size, size_t n, void *arg)
{
	struct outgoing *o = arg;

	(void)bytes;
	o->got += size * n;
	return o->got > ANSWER_MAX ? 0 : size * n;
}

static size_t on_read(char *bytes, size_t size, size_t n, void *arg)
{
	struct outgoing *o = arg;

	n *= size;
	if (n > o->body_len - o->sent)
		n = o->body_len - o->sent;
	memcpy(bytes, o->body + o->sent, n);
	o->sent += n;
	return n;
}

static void put(struct curl_slist **list, char *line)
{
	struct curl_slist *longer = curl_slist_append(*list, line);

	if (!longer)
		abort();
	*list = longer;
	clear(line, strlen(line));
}

static void set_mail(struct outgoing *o, const struct outgoing_request *q)
{
	char *from = mem_printf("<%s>", q->from);

	curl_easy_setopt(o->easy, CURLOPT_USE_SSL, q->starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE);
	curl_easy_setopt(o->easy, CURLOPT_MAIL_FROM, from);
	free(from);
	for (size_t i = 0; i < q->n_to; i++)
		put(&o->to, mem_printf("<%s>", q->to[i]));
	curl_easy_setopt(o->easy, CURLOPT_MAIL_RCPT, o->to);
	curl_easy_setopt(o->easy, CURLOPT_SERVER_RESPONSE_TIMEOUT,
	    (long)(o->timeout_ms + 999) / 1000);
	curl_easy_setopt(o->easy, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(o->easy, CURLOPT_READFUNCTION, on_read);
	curl_easy_setopt(o->easy, CURLOPT_READDATA, o);
	if (q->user) {
		curl_easy_setopt(o->easy, CURLOPT_USERNAME, q->user);
		curl_easy_setopt(o->easy, CURLOPT_PASSWORD, q->password ? q->password : "");
	}
}

static void set_web(struct outgoing *o, const struct outgoing_request *q)
{
	put(&o->headers, mem_dup("Content-Type: application/json; charset=utf-8"));
	put(&o->headers, mem_dup("Expect:"));
	if (q->bearer)
		put(&o->headers, mem_printf("Authorization: Bearer %s", q->bearer));
	curl_easy_setopt(o->easy, CURLOPT_HTTPHEADER, o->headers);
	curl_easy_setopt(o->easy, CURLOPT_POST, 1L);
	curl_easy_setopt(o->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)o->body_len);
	curl_easy_setopt(o->easy, CURLOPT_POSTFIELDS, o->body);
}

static void set_options(struct outgoing *o, const struct outgoing_request *q)
{
	CURL *h = o->easy;

	curl_easy_setopt(h, CURLOPT_URL, q->url);
	curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https,smtp,smtps");
	curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(h, CURLOPT_PROXY, "");
	curl_easy_setopt(h, CURLOPT_USERAGENT, "amcd");
	curl_easy_setopt(h, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (q->ca_file) {
		curl_easy_setopt(h, CURLOPT_CAINFO, q->ca_file);
		curl_easy_setopt(h, CURLOPT_CAPATH, NULL);
	}
	curl_easy_setopt(h, CURLOPT_ERRORBUFFER, o->words);
	curl_easy_setopt(h, CURLOPT_VERBOSE, 1L);	/* into on_debug() only */
	curl_easy_setopt(h, CURLOPT_DEBUGFUNCTION, on_debug);
	curl_easy_setopt(h, CURLOPT_DEBUGDATA, o);
	curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, on_answer);
	curl_easy_setopt(h, CURLOPT_WRITEDATA, o);
	if (o->mail)
		set_mail(o, q);
	else
		set_web(o, q);
}

/* libcurl is given the address: it would look it up itself in a thread, or block. */
static void found(const char *address, const struct err *e, void *arg)
{
	struct outgoing *o = arg;
	const char *port = strrchr(o->who, ':') + 1;
	char *line;

	o->lookup = NULL;
	if (!address) {
		struct err copy = *e;

		finish(o, &copy);
		return;
	}
	line = mem_printf("* %s: %s", o->who, address);
	text_printf(&o->steps, "%s\n", line);
	free(line);
	if (!loop_is_address(o->host)) {
		put(&o->resolve, mem_printf(strchr(address, ':') ? "%s:%s:[%s]" : "%s:%s:%s",
		    o->host, port, address));
		curl_easy_setopt(o->easy, CURLOPT_RESOLVE, o->resolve);
	}
	multi_start(o->multi, &o->transfer, o->easy);
}

/* "HOST" without brackets, and "HOST:PORT"; false when it is none of ours. */
static bool take_apart(const char *url, const char *schemes, char **host, char **who,
    struct err *e)
{
	CURLU *u = curl_url();
	char *scheme = NULL, *name = NULL, *port = NULL, *user = NULL;
	size_t len;
	bool ok;

	ok = u && curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_HOST, &name, 0) == CURLUE_OK && *name &&
	    curl_url_get(u, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_USER, &user, 0) == CURLUE_NO_USER;
	len = ok ? strlen(scheme) : 0;
	for (const char *s = schemes; ok; s += strcspn(s, " ") + 1) {
		if (strncmp(s, scheme, len) == 0 && (s[len] == ' ' || !s[len]))
			break;
		ok = s[strcspn(s, " ")] == ' ';
	}
	if (!ok)
		err_kind(e, ERR_USAGE, _("%s: not a URL without user for %s"), url, schemes);
	if (ok && host) {
		*host = *name == '[' ? mem_ndup(name + 1, strcspn(name + 1, "]")) : mem_dup(name);
		*who = mem_printf("%s:%s", name, port);
	}
	curl_free(scheme);
	curl_free(name);
	curl_free(port);
	curl_free(user);
	curl_url_cleanup(u);
	return ok;
}

bool outgoing_url(const char *url, const char *schemes, struct err *e)
{
	return take_apart(url, schemes, NULL, NULL, e);
}

struct outgoing *outgoing_start(struct loop *loop, const struct outgoing_request *q,
    outgoing_done *done, void *arg, struct err *e)
{
	struct multi *multi;
	struct outgoing *o;
	char *host, *who;

	if (!take_apart(q->url, "http https smtp smtps", &host, &who, e))
		return NULL;
	multi = multi_new(loop, e);
	if (!multi) {
		free(host);
		free(who);
		return NULL;
	}
	o = mem_new(struct outgoing);
	o->loop = loop;
	o->multi = multi;
	o->done = done;
	o->arg = arg;
	o->host = host;
	o->who = who;
	o->mail = strncmp(q->url, "smtp", 4) == 0;
	o->timeout_ms = q->timeout_ms;
	o->body = mem_ndup(q->body, q->body_len);
	o->body_len = q->body_len;
	o->transfer.fd = -1;
	o->transfer.ended = ended;
	o->easy = curl_easy_init();
	if (!o->easy)
		abort();
	set_options(o, q);
	o->limit = loop_after(loop, o->timeout_ms, out_of_time, o);
	o->lookup = loop_resolve(loop, o->host, found, o);
	return o;
}
