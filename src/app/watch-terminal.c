/* watch-terminal - asks one terminal's amcd, again and again; a part of watch */
#include "app/context.h"
#include "app/note.h"
#include "app/proof.h"
#include "app/retired.h"
#include "app/watching.h"
#include "base/i18n.h"
#include "base/interface.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is known of one that something was heard of, or that was asked in vain. */
struct terminal_news {
	struct terminal_status status;	/* its texts are ours, but for "" */
	int64_t confirmed;	/* when it last answered us; 0: never */
	int64_t beacon_at;	/* loop_now() of the last one; 0: none, or it was a farewell */
	unsigned tries;		/* questions in vain since it is silent, or heard again */
	unsigned doubts;	/* questions in vain while its beacons came, in a row */
	bool farewell;		/* its last beacon said that it ends */
};

struct watched_terminal {
	struct watched watched;
	struct exchange *exchange;
	struct terminal_news *news;	/* NULL: nothing yet */
	uint64_t target;	/* a hash of where and how it is asked */
};

static const struct {
	const char *word, *label, *brief;
} states[] = {
	[TERMINAL_UNKNOWN] = { "unknown", N_("not asked yet") },
	[TERMINAL_MASTER] = { "master", N_("Master active") },
	[TERMINAL_NORMAL] = { "normal", N_("Normal operation"), N_("Normal") },
	[TERMINAL_NORMAL_CLUSTER] = { "normal-cluster", N_("Normal operation (cluster)"),
	    N_("Normal, cluster") },
	[TERMINAL_STARTING] = { "starting", N_("Starting") },
	[TERMINAL_SHUTTING_DOWN] = { "shutting-down", N_("Shutting down") },
	[TERMINAL_STOPPED] = { "stopped", N_("Stopped") },
	[TERMINAL_NO_ANSWER] = { "no-answer", N_("No answer") },
	[TERMINAL_REFUSED] = { "refused", N_("Not trusted: another key"), N_("Not trusted") },
};

bool terminal_state_is_well(enum terminal_state s)
{
	return s >= TERMINAL_MASTER && s <= TERMINAL_STARTING;
}

int terminal_state_severity(enum terminal_state s)
{
	return s == TERMINAL_REFUSED ? 3 :
	    s == TERMINAL_UNKNOWN || terminal_state_is_well(s) ? 0 : 2;
}

const char *terminal_state_word(enum terminal_state s)
{
	return states[s].word;
}

const char *terminal_state_label(enum terminal_state s)
{
	return states[s].label;
}

const char *terminal_state_brief(enum terminal_state s)
{
	return states[s].brief ? states[s].brief : states[s].label;
}

static enum terminal_state state_of(const char *word)
{
	enum terminal_state s;

	for (s = TERMINAL_MASTER; word && s <= TERMINAL_STOPPED; s++)
		if (strcmp(states[s].word, word) == 0)
			return s;
	return TERMINAL_NORMAL;
}

static struct watched_terminal *of(const struct watched *x)
{
	return (struct watched_terminal *)x;
}

const struct terminal_status *watched_terminal_status(const struct watched *x)
{
	return &of(x)->news->status;
}

struct terminal_status *watched_terminal_own(struct watched *x)
{
	return of(x)->news ? &of(x)->news->status : NULL;
}

static struct terminal_news *news_of(struct watched_terminal *t)
{
	struct terminal_status *s;

	if (!t->news) {
		t->news = mem_new(struct terminal_news);
		s = &t->news->status;
		s->id = t->watched.id;
		s->error = s->version = s->speaks_from = s->software = s->silent_cards = "";
	}
	return t->news;
}

enum { HELLO_PATH = 140 };

/* In bytes: others may send anything. */
enum { ERROR_MOST = 400, VERSION_MOST = 32, ADDRESS_MOST = 46, SOFTWARE_MOST = 100,
	CARDS_MOST = 200 };

/* Most are empty and take no memory. */
static void hide(const char *shown)
{
	if (*shown)
		free((char *)shown);
}

/* Text of at most size - 1 bytes into what the status shows. */
static void show(const char **shown, const char *text, size_t size)
{
	char cut[ERROR_MOST];

	text_copy(cut, size, text);
	if (strcmp(*shown, cut) == 0)
		return;
	hide(*shown);
	*shown = *cut ? mem_dup(cut) : "";
}

/* The one that says it is master, as it is now, whatever the screen shows; NULL: none does. */
static const struct watched *master_of(struct watching *w)
{
	const struct watched *x = w->master ? watching_find(w, w->master) : NULL;
	const struct terminal_status *s = x && of(x)->news ? &of(x)->news->status : NULL;

	return s && s->state == TERMINAL_MASTER ? x : NULL;
}

static void take_master(struct watching *w, const struct node *n)
{
	w->master = n ? n->id : 0;
	w->master_here = n && interface_has(node_address(n));
}

unsigned watch_master(const struct app *a, bool *here)
{
	bool is = a->watching && master_of(a->watching);

	*here = is && a->watching->master_here;
	return is ? a->watching->master : 0;
}

static void settle(struct watched_terminal *t, enum terminal_state state,
    const char *error)
{
	const struct node *n = site_find(app_site(t->watched.watching->app),
	    t->watched.id);
	struct terminal_news *news = news_of(t);
	struct terminal_status *s = &news->status;
	bool well = terminal_state_is_well(state), was_well = terminal_state_is_well(s->state);
	int64_t now = loop_now();

	if (state != s->state && s->state != TERMINAL_UNKNOWN)
		s->changed = now;
	if (state != s->state && (s->state != TERMINAL_UNKNOWN || !well))
		app_note_node(t->watched.watching->app, s->id, ENTRY_TERMINAL_STATE, well ? 1 : 2,
		    s->state == TERMINAL_UNKNOWN ? "" : states[s->state].word, states[state].word,
		    error);
	if (state != s->state && (s->state != TERMINAL_UNKNOWN || !well))
		watching_tell(t->watched.watching, "%s: %s",
		    n ? node_name(n) : "?", tr(states[state].label));
	s->state = state;
	if (state == TERMINAL_MASTER && !master_of(t->watched.watching))
		take_master(t->watched.watching, n);
	show(&s->error, error, ERROR_MOST);
	if (well) {
		s->at = news->confirmed = now;
		s->silent_since = 0;
		news->farewell = false;
		news->tries = news->doubts = 0;
	} else if (!s->silent_since) {
		s->silent_since = now;
	}
	news->tries += !well;
	watched_heard(&t->watched, well, false);
	if (well || was_well)	/* who is silent, and was, holds nothing that could differ */
		watching_compare(t->watched.watching);
	if (state == TERMINAL_STARTING)
		watch_soon(t->watched.watching->app, t->watched.id);
}

/*
 * Nobody answered. Who refuses connections is a machine without amcd; of one that
 * said that it would end silence is no surprise.
 */
static enum terminal_state silent_state(const struct terminal_news *t, const struct err *e)
{
	bool there = e->os_error == ECONNREFUSED;

	if (e->kind == ERR_REFUSED)
		return TERMINAL_REFUSED;
	if (there && t->farewell && t->status.state == TERMINAL_SHUTTING_DOWN)
		return TERMINAL_SHUTTING_DOWN;
	return there || t->farewell ? TERMINAL_STOPPED : TERMINAL_NO_ANSWER;
}

/*
 * A question was lost, but its beacons come: on a bad line that is no news yet. It is
 * asked again at once, WATCH_DOUBTS times in all.
 */
static bool in_doubt(struct watched_terminal *t, enum terminal_state found)
{
	struct terminal_news *news = news_of(t);

	if (found != TERMINAL_NO_ANSWER || !terminal_state_is_well(news->status.state) ||
	    !news->beacon_at || loop_now() - news->beacon_at > WATCH_BEACON_MS ||
	    ++news->doubts >= WATCH_DOUBTS)
		return false;
	watched_heard(&t->watched, true, false);
	watched_again(&t->watched, WATCH_LEAST_MS);
	return true;
}

/*
 * A beacon from one that we do not get through to, or whom we do not believe. When it is
 * the first in a while it has just come back: it is asked at once. Those that follow make
 * it be asked no more often than others that are silent.
 */
static void look_again(struct watched_terminal *t)
{
	struct terminal_news *news = news_of(t);
	int64_t now = loop_now(), next;

	if (!news->beacon_at || now - news->beacon_at > WATCH_BEACON_MS)
		news->tries = 0;
	next = t->watched.asked_at + (news->tries ? watching_interval(news->tries, false) : 0);
	watched_again(&t->watched, next > now ? (int)(next - now) : 0);
}

static int confirm_ms(const struct watched_terminal *t)
{
	const struct node *n = site_find(app_site(t->watched.watching->app), t->watched.id);

	return n && n->container == IN_CONTROL ? WATCH_CONTROL_MS : WATCH_CONFIRM_MS;
}

void watched_terminal_beacon(struct watched *x, int state, int revision, double clock_ahead)
{
	struct watched_terminal *t = of(x);
	struct terminal_news *news = news_of(t);
	struct terminal_status *s = &news->status;
	int64_t now = loop_now(), left = news->confirmed + confirm_ms(t) - now;

	if (state == TERMINAL_SHUTTING_DOWN || state == TERMINAL_STOPPED) {
		news->farewell = true;	/* it will not answer: its word must do */
		news->beacon_at = 0;
		if ((int)s->state != state)
			settle(t, (enum terminal_state)state, "");
		return;
	}
	if (s->silent_since) {
		look_again(t);
		news->beacon_at = now;
		return;
	}
	news->beacon_at = now;
	if (!news->confirmed || (int)s->state != state || s->revision != revision ||
	    left <= 0) {
		watched_again(x, 0);
		return;
	}
	s->at = now;
	s->clock_known = true;
	s->clock_ahead = clock_ahead;
	watched_again(x, left < WATCH_BEACON_MS ? (int)left : WATCH_BEACON_MS);
}

/* What it says is cut to whole seconds. */
static void note_clock(struct terminal_status *s, const char *utc)
{
	int64_t theirs, now = utc_now();

	s->clock_known = utc && utc_parse(utc, now, &theirs);
	if (s->clock_known)
		s->clock_ahead = (double)(theirs - now) / 1000 + 0.5;
}

/* What it tells of its surroundings; an older amcd tells nothing. */
static void note_facts(struct terminal_status *s, const struct json *j)
{
	const struct json *acts = json_get(j, "hypervisor_acts");
	const char *from = json_get_text(j, "speaks_from");
	const char *software = json_get_text(j, "other_software");
	const char *silent = json_get_text(j, "silent_cards");
	double up = json_get_number(j, "uptime_seconds", -1);

	s->since = up >= 0 ? loop_now() - (int64_t)(up * 1000) : 0;
	s->hypervisor_acts = !acts ? NOT_KNOWN : json_is_yes(acts) ? KNOWN_YES : KNOWN_NO;
	s->software_known = software != NULL;
	show(&s->speaks_from, from ? from : "", ADDRESS_MOST);
	show(&s->software, software ? software : "", SOFTWARE_MOST);
	show(&s->silent_cards, silent ? silent : "", CARDS_MOST);
}

static void answered(const struct response *r, const struct err *e, void *arg)
{
	struct watched_terminal *t = arg;
	struct app *a = t->watched.watching->app;
	const struct terminal *there = node_terminal(site_find(app_site(a), t->watched.id));
	struct err words = { .text = "" };
	const char *product;
	struct json *j = NULL;

	t->exchange = NULL;
	if (!r) {
		enum terminal_state found = silent_state(news_of(t), e);

		if (!in_doubt(t, found))
			settle(t, found, e->text);
		return;
	}
	if (!response_ok(r, &words) ||
	    !(j = json_parse(r->body, r->body_len, &words))) {
		settle(t, TERMINAL_NO_ANSWER, words.text);
		return;
	}
	product = json_get_text(j, "product");
	if (!product || strcmp(product, "amc") != 0) {
		err_set(&words, _("%s: what answers is no amcd"), r->who);
		settle(t, TERMINAL_REFUSED, words.text);
	} else {
		const char *version = json_get_text(j, "version");
		const char *digest = json_get_text(j, "digest");
		struct terminal_status *s = &news_of(t)->status;

		if (there && retired_note(a, there, r->pin))
			watching_tell(t->watched.watching, _("%s: has changed to its next key; amc "
			    "trust makes it the only one in the site"), there->name);
		note_clock(s, json_get_text(j, "time"));
		s->revision = (int)json_get_number(j, "revision", 0);
		s->digest = digest ? strtoull(digest, NULL, 16) : 0;
		show(&s->version, version ? version : "", VERSION_MOST);
		note_facts(s, j);
		settle(t, state_of(json_get_text(j, "state")), "");
	}
	json_free(j);
}

/* Only who proves that he holds the site is told of a terminal's surroundings. */
static void hello_path(const struct site *site, const struct terminal *t, char path[HELLO_PATH])
{
	char at[UTC_SIZE], proof[PROOF_SIZE];
	const char *lines[] = { PROOF_HELLO, at, NULL };

	utc_print(utc_now(), at);
	if (*t->pin && proof_make(site, lines, proof))
		snprintf(path, HELLO_PATH, "/v1/hello?time=%s&proof=%s", at, proof);
	else
		snprintf(path, HELLO_PATH, "/v1/hello");
}

static void ask(struct watched *x)
{
	struct watched_terminal *t = of(x);
	struct app *a = x->watching->app;
	const struct terminal *there = node_terminal(site_find(app_site(a), x->id));
	struct err e = { .text = "" };
	char path[HELLO_PATH];
	const char *pin;
	struct request q = { .method = "GET", .path = path, .timeout_ms = 5000 };
	struct client *client;

	if (!there)	/* it was removed just now, and is about to be dropped here */
		return;
	if (!*there->address) {
		settle(t, TERMINAL_NO_ANSWER, _("has no address"));
		return;
	}
	q.host = there->address;
	q.port = terminal_port(app_site(a), there);
	pin = retired_pins(a, there, &q.pin_next);
	q.pin = *pin ? pin : NULL;
	hello_path(app_site(a), there, path);
	client = app_client(a, &e);
	t->exchange = client ? client_ask(client, &q, answered, t, &e) : NULL;
	if (t->exchange)
		x->asking = true;
	else
		settle(t, TERMINAL_NO_ANSWER, e.text);
}

/* Bytes into a hash (FNV-1a). */
static uint64_t add(uint64_t h, const void *bytes, size_t len)
{
	const unsigned char *p = bytes;

	while (len-- > 0)
		h = (h ^ *p++) * UINT64_C(0x100000001b3);
	return h;
}

/* Another one when the site says another address, port or key; each text with its NUL. */
static uint64_t target_of(struct app *a, const struct terminal *t)
{
	int port = terminal_port(app_site(a), t);
	uint64_t h = add(UINT64_C(0xcbf29ce484222325), &port, sizeof port);

	h = add(h, t->address, strlen(t->address) + 1);
	h = add(h, t->pin, strlen(t->pin) + 1);
	return add(h, t->pin_next, strlen(t->pin_next) + 1);
}

static bool same_target(const struct watched *x, const struct node *n)
{
	return of(x)->target == target_of(x->watching->app, node_terminal(n));
}

static void drop(struct watched *x)
{
	struct watched_terminal *t = of(x);

	client_cancel(t->exchange);
	if (t->news) {
		hide(t->news->status.error);
		hide(t->news->status.version);
		hide(t->news->status.speaks_from);
		hide(t->news->status.software);
		hide(t->news->status.silent_cards);
	}
	free(t->news);
	shelf_give(&x->watching->room, t->watched.place);
}

const struct watched_kind watched_terminal_kind = { ask, same_target, drop };

struct watched *watched_terminal_new(struct watching *w, const struct terminal *terminal)
{
	struct watched_terminal *t;
	unsigned place;

	w->room.size = sizeof *t;
	place = shelf_take(&w->room);
	t = shelf_at(&w->room, place);
	t->watched.place = place;
	t->watched.watching = w;
	t->watched.id = terminal->node.id;
	t->target = target_of(w->app, terminal);
	return &t->watched;
}
