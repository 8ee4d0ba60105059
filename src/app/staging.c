/* staging - a site that was sent and does not count yet; see staging.h */
#include "app/staging.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"
#include "peer/trust.h"
#include "store/sitefile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEAD "amc staged site 1"
#define HEAD_MAX 1000		/* bytes before those of the site */
#define STAGING_MS (STAGING_S * INT64_C(1000))

struct staging {
	char *path;
	struct staged now;	/* bytes NULL: nothing */
	struct watch *end;
};

void site_tag(int revision, const char *bytes, size_t len, char tag[80])
{
	char hex[65];

	sha256_hex(bytes, len, hex);
	snprintf(tag, 80, "\"%d-%s\"", revision, hex);
}

static void clear(struct staged *x)
{
	free(x->bytes);
	*x = (struct staged){ .bytes = NULL };
}

void staging_drop(struct staging *g)
{
	loop_pause(g->end);
	if (g->now.bytes)
		unlink(g->path);
	clear(&g->now);
}

static void over(void *arg)
{
	struct staging *g = arg;

	log_notice("revision %d, which %s began to send from %s, is dropped: nobody activated it",
	    g->now.revision, g->now.who, g->now.from);
	staging_drop(g);
}

/* The next line of the head, cut at its end; NULL when there is none. */
static char *next_line(char **at, const char *end)
{
	char *line = *at, *newline = memchr(line, '\n', (size_t)(end - line));

	if (!newline)
		return NULL;
	*newline = '\0';
	*at = newline + 1;
	return line;
}

/* The file as print() made it, or false: whatever is wrong with it, it counts as not there. */
static bool parse(char *text, size_t len, struct staged *x)
{
	const char *end = text + len, *lines[6];
	char *at = text, tag[80];

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		if (!(lines[i] = next_line(&at, end)))
			return false;
	if (strcmp(lines[0], HEAD) != 0)
		return false;
	text_copy(x->tag, sizeof x->tag, lines[1]);
	text_copy(x->replaces, sizeof x->replaces, lines[2]);
	text_copy(x->who, sizeof x->who, lines[3]);
	text_copy(x->from, sizeof x->from, lines[4]);
	x->since = strtoll(lines[5], NULL, 10);
	x->revision = x->tag[0] ? (int)strtol(x->tag + 1, NULL, 10) : 0;
	site_tag(x->revision, at, (size_t)(end - at), tag);
	if (strcmp(tag, x->tag) != 0)
		return false;
	x->len = (size_t)(end - at);
	x->bytes = mem_ndup(at, x->len);
	return true;
}

static char *print(const struct staged *x, size_t *len)
{
	struct text t = { 0 };

	text_printf(&t, HEAD "\n%s\n%s\n%s\n%s\n%lld\n", x->tag, x->replaces, x->who, x->from,
	    (long long)x->since);
	text_add_len(&t, x->bytes, x->len);
	*len = t.len;
	return text_take(&t);
}

/* By the clock on the wall, as a start lies between; one that was set back ends it, too. */
static int64_t time_left(const struct staged *x)
{
	int64_t age = utc_now() - x->since;

	return age < 0 || age > STAGING_MS ? 0 : STAGING_MS - age;
}

static void load(struct staging *g)
{
	size_t len;
	char *text = access(g->path, F_OK) == 0 ?
	    file_read(g->path, SITEFILE_MAX + HEAD_MAX, &len, NULL) : NULL;

	if (text && parse(text, len, &g->now) && time_left(&g->now)) {
		loop_again(g->end, (int)time_left(&g->now));
	} else {
		unlink(g->path);
		clear(&g->now);
	}
	free(text);
}

struct staging *staging_new(struct loop *loop, const char *dir)
{
	struct staging *g = mem_new(struct staging);

	g->path = file_join(dir, "staged");
	g->end = loop_after(loop, 0, over, g);
	loop_pause(g->end);
	load(g);
	return g;
}

void staging_free(struct staging *g)
{
	if (!g)
		return;
	loop_remove(g->end);
	clear(&g->now);
	free(g->path);
	free(g);
}

const struct staged *staging_get(struct staging *g)
{
	return g->now.bytes ? &g->now : NULL;
}

bool staging_put(struct staging *g, const struct staged *x, struct err *e)
{
	struct staged now = *x;
	char *text;
	size_t len;
	bool ok;

	now.since = utc_now();
	/* a line each in the file */
	text_show(now.who, sizeof now.who, x->who);
	text_show(now.from, sizeof now.from, x->from);
	text = print(&now, &len);
	ok = file_replace(g->path, text, len, 0600, e);
	free(text);
	if (!ok)
		return false;
	now.bytes = mem_ndup(x->bytes, x->len);
	clear(&g->now);
	g->now = now;
	loop_again(g->end, (int)STAGING_MS);
	return true;
}
