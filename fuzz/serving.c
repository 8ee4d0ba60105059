/* serving - amcd in a fuzzer's process; see serving.h */
#include "serving.h"
#include "app/beacons.h"
#include "app/service.h"
#include "app/watch.h"
#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "peer/trust.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The linker puts these in the place of the real ones: -Wl,--wrap, in Makefile.am. */
struct server *__wrap_server_new(struct loop *, const struct server_settings *,
    server_handler *, void *, struct err *);
void __wrap_server_free(struct server *);
int __wrap_server_port(const struct server *);
int __wrap_server_connections(const struct server *);
const char *__wrap_server_argument(const struct server_request *, const char *);
bool __wrap_password_matches(const char *, const char *);
void __wrap_watch_start(struct app *);
void __wrap_trapping_start(struct app *, const struct trapping_settings *);
void __wrap_beacons_follow(struct beacons *);
int __wrap_fsync(int);

static struct served {
	server_handler *handler;
	server_admit *admit;
	void *arg;
	size_t max_body;
} served;

static char dir[] = "/tmp/amc-fuzz-XXXXXX";
static char *arguments;		/* "name=value\0...\0" */

void must(int ok, const char *words)
{
	if (ok)
		return;
	fprintf(stderr, "%s\n", words);
	abort();
}

struct server *__wrap_server_new(struct loop *loop, const struct server_settings *set,
    server_handler *handler, void *arg, struct err *e)
{
	(void)loop;
	(void)e;
	served = (struct served){ handler, set->admit, arg, set->max_body };
	return (struct server *)&served;
}

void __wrap_server_free(struct server *s)
{
	(void)s;
}

int __wrap_server_port(const struct server *s)
{
	(void)s;
	return 4000;
}

int __wrap_server_connections(const struct server *s)
{
	(void)s;
	return 1;
}

const char *__wrap_server_argument(const struct server_request *r, const char *name)
{
	size_t n = strlen(name);
	const char *a;

	(void)r;
	for (a = arguments; a && *a; a += strlen(a) + 1)
		if (strncmp(a, name, n) == 0 && (a[n] == '=' || !a[n]))
			return a[n] ? a + n + 1 : "";
	return NULL;
}

bool __wrap_password_matches(const char *password, const char *wanted)
{
	return strcmp(password, wanted) == 0;
}

void __wrap_watch_start(struct app *a)
{
	(void)a;
}

void __wrap_trapping_start(struct app *a, const struct trapping_settings *t)
{
	(void)a;
	(void)t;
}

void __wrap_beacons_follow(struct beacons *b)
{
	(void)b;
}

int __wrap_fsync(int fd)
{
	(void)fd;
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static void tidy(void)
{
	nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void put(const char *name, const char *text)
{
	char *path = mem_printf("%s/%s", dir, name);
	FILE *f = fopen(path, "w");

	must(f && fputs(text, f) >= 0 && fclose(f) == 0, path);
	free(path);
}

void serving_start(const char *site)
{
	struct service_settings set;
	struct err e = { .text = "" };
	char *conf;

	log_init("amcd", LOG_LEVEL_ERROR);
	must(mkdtemp(dir) != NULL, dir);
	atexit(tidy);
	conf = mem_printf("[amcd]\nName = SERVER1\nListen = 127.0.0.1\nTraps = no\n"
	    "Site = %s/ac_e_net.ini\nStateDirectory = %s/state\n"
	    "[passwords]\nViewer = %s\nOperator = %s\n",
	    dir, dir, SERVING_VIEWER, SERVING_OPERATOR);
	put("amcd.conf", conf);
	put("ac_e_net.ini", site);
	free(conf);
	conf = mem_printf("%s/amcd.conf", dir);
	must(service_settings_read(&set, conf, &e), e.text);
	must(service_new(loop_new(), &set, &e) != NULL, e.text);
	service_settings_done(&set);
	free(conf);
}

/* What every client may count on. */
static void check(const struct server_reply *r)
{
	struct err e = { .text = "" };
	struct json *j;

	must(r->status >= 200 && r->status < 600, "no status");
	must(r->status < 400 || r->body, "a failure without words");
	must(!r->body || strlen(r->body) <= r->body_len, "no text");
	must((r->status == 405) == (*r->allow != '\0'), "405 without Allow");
	if (!r->body || r->type)
		return;
	j = json_parse(r->body, r->body_len, &e);
	must(j != NULL, e.text);
	must(r->status < 400 || json_get_text(j, "error"), "no words");
	json_free(j);
}

/* "a=b&c" -> "a=b\0c\0\0" */
static void set_arguments(const char *query)
{
	char *p;

	free(arguments);
	arguments = mem_zero(strlen(query ? query : "") + 2, 1);
	strcpy(arguments, query ? query : "");
	for (p = arguments; *p; p++)
		if (*p == '&')
			*p = '\0';
}

void serving_ask(struct server_request *q, const char *query, struct server_reply *reply)
{
	struct server_request head = *q;
	size_t most = served.max_body;

	set_arguments(query);
	*reply = (struct server_reply){ 0 };
	head.body = "";
	head.body_len = 0;
	if (q->body_len && !served.admit(&head, &most, reply, served.arg)) {
		check(reply);
		return;
	}
	free(reply->body);
	*reply = (struct server_reply){ 0 };
	if (q->body_len > most) {	/* the server's own answer */
		server_refuse(reply, 413, "too long");
		return;
	}
	served.handler(q, reply, served.arg);
	check(reply);
}
