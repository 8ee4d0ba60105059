/* herald - what is done at amc, told to the control terminals; see herald.h */
#include "app/herald.h"
#include "app/archive.h"
#include "app/audit.h"
#include "app/context.h"
#include "app/note.h"
#include "app/proof.h"
#include "app/records.h"
#include "app/retired.h"
#include "app/untold.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"
#include "peer/trust.h"

#include <stdlib.h>
#include <string.h>

enum {
	MOST_TERMINALS = 64,
	MOST_KEPT = 2 * UNTOLD_MAX,
	LATE_MS = 10 * 60 * 1000,	/* until then the first proof is good, clocks differ */
};

const char *const herald_keys[] = { "proof", "time", "node", "act", "detail", "who", "key",
	"before", "after", "done", "id", NULL };

/* What one terminal has to hear, one after the other. */
struct line {
	struct line *next;
	struct herald *herald;
	unsigned terminal;
	struct untold *first;
	struct exchange *exchange;	/* the first is being told */
	bool stuck;			/* not before the next try */
	bool said;			/* to the operator: it has not heard of it */
};

struct herald {
	struct app *app;
	struct line *lines;
	struct watch *again;
	struct text news;
	size_t kept;			/* of those that wait: that have a file */
	bool idle;
	bool keyless, stranger, unkept;	/* the operator knows it */
};

static void go(struct line *);

static const struct terminal *terminal_of(const struct line *l)
{
	return node_terminal(site_find(app_site(l->herald->app), l->terminal));
}

static void look_idle(struct herald *h)
{
	h->idle = true;
	for (struct line *l = h->lines; l; l = l->next)
		h->idle = h->idle && !l->exchange;
}

static void add_news(struct herald *h, char *words)
{
	text_printf(&h->news, "%s%s", h->news.len ? "; " : "", words);
	free(words);
}

/* Words */

char *herald_lines(const char *const words[HERALD_WORDS])
{
	struct text t = { 0 };

	for (int i = HERALD_TIME; i < HERALD_WORDS; i++) {
		if (!words[i])
			continue;
		text_add(&t, t.len ? "\n" : "");
		if (i >= HERALD_KEY)
			text_printf(&t, "%s=", herald_keys[i]);
		text_add(&t, words[i]);
	}
	return text_take(&t);
}

/* The path with all of it; yours. NULL without a SiteKey. */
static char *path_with(const struct site *site, const char *words[HERALD_WORDS])
{
	char *lines = herald_lines(words), *list[HERALD_WORDS], *path = NULL, proof[PROOF_SIZE];
	const char *over[] = { HERALD_WHAT, lines, NULL };
	size_t n = 0;

	if (proof_make(site, over, proof)) {
		words[HERALD_PROOF] = proof;
		for (int i = 0; i < HERALD_WORDS; i++)
			if (words[i])
				list[n++] = mem_printf("%s=%s", herald_keys[i], words[i]);
		path = records_path(HERALD_PATH, herald_keys, list, n, NULL);
		while (n > 0)
			free(list[--n]);
	}
	free(lines);
	return path;
}

static char *path_of(const struct site *site, const struct untold *u)
{
	const char *words[HERALD_WORDS];
	int64_t now = utc_now(), done = 0;
	char at[UTC_SIZE];

	memcpy(words, u->words, sizeof words);
	if (utc_parse(words[HERALD_TIME], now, &done) && now - done > LATE_MS) {
		utc_print_ms(now, at);
		words[HERALD_DONE] = words[HERALD_TIME];
		words[HERALD_TIME] = at;
	}
	return path_with(site, words);
}

/* Telling */

/* What this program cannot leave to the next one. */
static void say_unkept(struct line *l)
{
	const struct terminal *t = terminal_of(l);
	const struct untold *u = l->first;

	while (u && !u->trouble)
		u = u->next;
	if (!u || !t || l->herald->unkept)
		return;
	add_news(l->herald, mem_printf(_("%s is told only while this program runs, as it cannot be "
	    "kept: %s"), t->name, u->trouble));
	l->herald->unkept = true;
}

/* Not now: somebody has to know, and it is tried again. */
static void get_stuck(struct line *l, const char *why)
{
	const struct terminal *t = terminal_of(l);

	l->stuck = true;
	if (!l->said && t)
		add_news(l->herald, mem_printf(_("%s is told later what was done here: %s"), t->name,
		    why));
	l->said = true;
	say_unkept(l);
	loop_again(l->herald->again, HERALD_AGAIN_MS);
}

static void first_is_over(struct line *l)
{
	struct untold *u = l->first;
	const struct terminal *t = terminal_of(l);

	l->first = u->next;
	l->herald->kept -= u->path != NULL;
	untold_over(u);
	if (!l->first && l->said && t) {
		add_news(l->herald, mem_printf(_("%s was told now what was done here"), t->name));
		l->said = false;
	}
}

static void answered(const struct response *r, const struct err *e, void *arg)
{
	struct line *l = arg;
	struct err why = { .text = "" };
	bool ok = r && response_ok(r, &why);

	l->exchange = NULL;
	/* an older amcd knows nothing of it, and never will of this one */
	if (ok || (r && (r->status == 400 || r->status == 404 || r->status == 405)))
		first_is_over(l);
	else
		get_stuck(l, r ? why.text : e->text);
	go(l);
	look_idle(l->herald);
}

static void go(struct line *l)
{
	struct app *a = l->herald->app;
	const struct terminal *t = terminal_of(l);
	struct request q = { .method = "POST", .timeout_ms = 5000, .keep = true, .again = true };
	struct client *client = app_client(a, NULL);
	struct err e = { .text = "" };
	char *path;

	/* by another program that runs at the same time */
	while (l->first && !l->exchange && untold_is_gone(l->first))
		first_is_over(l);
	if (!l->first || l->exchange || l->stuck || !t || !*t->pin || !client)
		return;
	path = path_of(app_site(a), l->first);
	if (!path)
		return;
	q.host = t->address;
	q.port = terminal_port(app_site(a), t);
	q.path = path;
	q.pin = retired_pins(a, t, &q.pin_next);
	l->exchange = client_ask(client, &q, answered, l, &e);
	if (!l->exchange)
		get_stuck(l, e.text);
	free(path);
	look_idle(l->herald);
}

static void try_again(void *arg)
{
	struct herald *h = arg;

	for (struct line *l = h->lines; l; l = l->next) {
		l->stuck = false;
		go(l);
	}
}

static struct line *line_to(struct herald *h, unsigned terminal)
{
	struct line *l = h->lines;

	while (l && l->terminal != terminal)
		l = l->next;
	if (!l) {
		l = mem_new(struct line);
		*l = (struct line){ .next = h->lines, .herald = h, .terminal = terminal };
		h->lines = l;
	}
	return l;
}

static void put(struct herald *h, struct untold *u)
{
	struct line *l = line_to(h, u->terminal);
	struct untold **last = &l->first;

	while (*last)
		last = &(*last)->next;
	u->next = NULL;
	*last = u;
	h->kept += u->path != NULL;
}

/* To the operator, and into what his console remembers. */
static void say_damaged(struct herald *h, char *words)
{
	app_note_node(h->app, 0, ENTRY_SERVICE, 2, NULL, NULL, words);
	add_news(h, words);
}

/* What was left behind comes before whatever is new. */
static struct herald *herald_of(struct app *a)
{
	struct untold *list, *next;
	struct herald *h = a->herald;
	char *damaged;

	if (h)
		return h;
	h = a->herald = mem_new(struct herald);
	h->app = a;
	h->idle = true;
	h->again = loop_after(a->loop, HERALD_AGAIN_MS, try_again, h);
	loop_pause(h->again);
	if (!a->file || !*site_network(app_site(a))->site_key)
		return h;
	untold_read(app_site(a), &list, &damaged);
	for (; list; list = next) {
		next = list->next;
		put(h, list);
		/* by the program that left it */
		line_to(h, list->terminal)->said = true;
	}
	if (damaged)
		say_damaged(h, damaged);
	return h;
}

void herald_catch_up(struct app *a)
{
	struct herald *h = herald_of(a);

	for (struct line *l = h->lines; l; l = l->next)
		go(l);
}

void herald_follow(struct app *a)
{
	if (!a->herald)
		return;
	herald_free(a->herald);
	a->herald = NULL;
	herald_catch_up(a);
}

/* Is there somebody who can never hear of it? Once is enough. */
static void say_who_cannot(struct herald *h, const unsigned *ids, size_t n, bool keyed)
{
	struct text names = { 0 };

	for (size_t i = 0; i < n; i++) {
		const struct terminal *t = node_terminal(site_find(app_site(h->app), ids[i]));

		if (!*t->pin)
			text_printf(&names, "%s%s", names.len ? ", " : "", t->name);
	}
	if (n && !keyed && !h->keyless)
		add_news(h, mem_dup(_("no terminal hears of what is done here: the site has no "
		    "SiteKey")));
	else if (keyed && names.len && !h->stranger)
		add_news(h, mem_printf(_("%s: not told what is done here, as its key is not known "
		    "(amc trust)"), names.s));
	h->keyless = h->keyless || !keyed;
	h->stranger = h->stranger || names.len;
	text_done(&names);
}

static void tell_all(struct herald *h, const char *const words[HERALD_WORDS])
{
	struct app *a = h->app;
	unsigned ids[MOST_TERMINALS];
	size_t n = archive_terminals(a, ids, MOST_TERMINALS);
	bool keyed = *site_network(app_site(a))->site_key;
	struct line *l;

	say_who_cannot(h, ids, n, keyed);
	for (size_t i = 0; keyed && i < n; i++) {
		const struct terminal *t = node_terminal(site_find(app_site(a), ids[i]));

		if (!*t->pin || !*t->address)
			continue;
		put(h, untold_new(app_site(a), ids[i], words, h->kept < MOST_KEPT));
		l = line_to(h, ids[i]);
		go(l);
		if (l->stuck)
			say_unkept(l);
	}
}

void herald_tell(struct app *a, const struct entry *x)
{
	char at[UTC_SIZE], who[sizeof x->who], key[sizeof x->detail], id[ENTRY_TOLD];
	const char *words[HERALD_WORDS] = { [HERALD_TIME] = at, [HERALD_NODE] = x->name,
		[HERALD_ACT] = x->after, [HERALD_DETAIL] = x->detail, [HERALD_WHO] = who,
		[HERALD_ID] = id };

	utc_print_ms(utc_now(), at);
	audit_user(who, sizeof who);
	random_hex(id, sizeof id / 2);
	if (x->kind == ENTRY_SETTING) {
		words[HERALD_ACT] = "write";
		words[HERALD_DETAIL] = entry_setting(x, key, sizeof key);
		words[HERALD_KEY] = key;
		words[HERALD_BEFORE] = x->before;
		words[HERALD_AFTER] = x->after;
	}
	tell_all(herald_of(a), words);
}

/* Ending */

bool herald_idle(const struct app *a)
{
	return !a->herald || a->herald->idle;
}

char *herald_whom(const struct app *a)
{
	struct text t = { 0 };

	for (struct line *l = a->herald ? a->herald->lines : NULL; l; l = l->next)
		if (l->exchange && terminal_of(l))
			text_printf(&t, "%s%s", t.len ? ", " : "", terminal_of(l)->name);
	return text_take(&t);
}

void herald_leave(struct app *a)
{
	struct herald *h = a->herald;

	for (struct line *l = h ? h->lines : NULL; l; l = l->next) {
		if (!l->exchange)
			continue;
		client_cancel(l->exchange);
		l->exchange = NULL;
		get_stuck(l, _("it has not answered yet"));
	}
	if (h)
		h->idle = true;
}

char *herald_news(struct app *a)
{
	return a->herald && a->herald->news.len ? text_take(&a->herald->news) : NULL;
}

static void end(struct herald *h, void over(struct untold *))
{
	struct untold *u;
	struct line *l;

	while (h && (l = h->lines)) {
		h->lines = l->next;
		client_cancel(l->exchange);
		while ((u = l->first)) {
			l->first = u->next;
			over(u);
		}
		free(l);
	}
}

void herald_forget(struct app *a)
{
	end(a->herald, untold_over);
}

void herald_free(struct herald *h)
{
	if (!h)
		return;
	end(h, untold_free);
	loop_remove(h->again);
	text_done(&h->news);
	free(h);
}
