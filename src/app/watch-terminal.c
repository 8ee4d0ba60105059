/* watch-terminal - asks one terminal's amcd, again and again; a part of watch */
#include "app/context.h"
#include "app/note.h"
#include "app/watching.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct watched_terminal {
	struct watched watched;
	struct terminal_status status;
	struct exchange *exchange;
	/* what status shows; NULL for "", as with most */
	char *error, *version, *speaks_from, *software;
	char *address, *pin, *pin_next;	/* copies of what the site says */
	int port;
	int64_t confirmed;	/* when it last answered us; 0: never */
	bool farewell;		/* its last beacon said that it ends */
	int64_t beacon_at;	/* loop_now() of the last one; 0: none, or it was a farewell */
	unsigned tries;		/* questions in vain since it is silent, or heard again */
	unsigned doubts;	/* questions in vain while its beacons came, in a row */
};

static const struct {
	const char *word, *label;
} states[] = {
	[TERMINAL_UNKNOWN] = { "unknown", N_("not asked yet") },
	[TERMINAL_MASTER] = { "master", N_("Master active") },
	[TERMINAL_NORMAL] = { "normal", N_("Normal operation") },
	[TERMINAL_NORMAL_CLUSTER] = { "normal-cluster", N_("Normal operation (cluster)") },
	[TERMINAL_STARTING] = { "starting", N_("Starting") },
	[TERMINAL_SHUTTING_DOWN] = { "shutting-down", N_("Shutting down") },
	[TERMINAL_STOPPED] = { "stopped", N_("Stopped") },
	[TERMINAL_NO_ANSWER] = { "no-answer", N_("No answer") },
	[TERMINAL_REFUSED] = { "refused", N_("Not trusted: another key") },
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
	return &of(x)->status;
}

struct terminal_status *watched_terminal_own(struct watched *x)
{
	return &of(x)->status;
}

/* In bytes: others may send anything. */
enum { ERROR_MOST = 200, VERSION_MOST = 32, ADDRESS_MOST = 46, SOFTWARE_MOST = 100 };

/* Text of at most size - 1 bytes into what the status shows. */
static void show(const char **shown, char **own, const char *text, size_t size)
{
	char cut[ERROR_MOST];

	text_copy(cut, size, text);
	if (strcmp(*shown, cut) == 0)
		return;
	free(*own);
	*own = *cut ? mem_dup(cut) : NULL;
	*shown = *own ? *own : "";
}

static void settle(struct watched_terminal *t, enum terminal_state state,
    const char *error)
{
	const struct node *n = site_find(app_site(t->watched.watching->app),
	    t->watched.id);
	struct terminal_status *s = &t->status;
	bool well = terminal_state_is_well(state);
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
	show(&s->error, &t->error, error, ERROR_MOST);
	if (well) {
		s->at = t->confirmed = now;
		s->silent_since = 0;
		t->farewell = false;
		t->tries = t->doubts = 0;
	} else if (!s->silent_since) {
		s->silent_since = now;
	}
	t->tries += !well;
	watched_heard(&t->watched, well, false);
	watching_compare(t->watched.watching);
	if (state == TERMINAL_STARTING)
		watch_soon(t->watched.watching->app, t->watched.id);
}

/*
 * Nobody answered. Who refuses connections is a machine without amcd; of one that
 * said that it would end silence is no surprise.
 */
static enum terminal_state silent_state(const struct watched_terminal *t, const struct err *e)
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
	if (found != TERMINAL_NO_ANSWER || !terminal_state_is_well(t->status.state) ||
	    !t->beacon_at || loop_now() - t->beacon_at > WATCH_BEACON_MS ||
	    ++t->doubts >= WATCH_DOUBTS)
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
	int64_t now = loop_now(), next;

	if (!t->beacon_at || now - t->beacon_at > WATCH_BEACON_MS)
		t->tries = 0;
	next = t->watched.asked_at + (t->tries ? watching_interval(t->tries, false) : 0);
	watched_again(&t->watched, next > now ? (int)(next - now) : 0);
}

void watched_terminal_beacon(struct watched *x, int state, int revision, double clock_ahead)
{
	struct watched_terminal *t = of(x);
	struct terminal_status *s = &t->status;
	int64_t now = loop_now(), left = t->confirmed + WATCH_CONFIRM_MS - now;

	if (state == TERMINAL_SHUTTING_DOWN || state == TERMINAL_STOPPED) {
		t->farewell = true;	/* it will not answer: its word must do */
		t->beacon_at = 0;
		if ((int)s->state != state)
			settle(t, (enum terminal_state)state, "");
		return;
	}
	if (s->silent_since) {
		look_again(t);
		t->beacon_at = now;
		return;
	}
	t->beacon_at = now;
	if (!t->confirmed || (int)s->state != state || s->revision != revision ||
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
static void note_facts(struct watched_terminal *t, const struct json *j)
{
	const struct json *acts = json_get(j, "hypervisor_acts");
	const char *from = json_get_text(j, "speaks_from");
	const char *software = json_get_text(j, "other_software");
	double up = json_get_number(j, "uptime_seconds", -1);
	struct terminal_status *s = &t->status;

	s->since = up >= 0 ? loop_now() - (int64_t)(up * 1000) : 0;
	s->hypervisor_acts = !acts ? NOT_KNOWN : json_is_yes(acts) ? KNOWN_YES : KNOWN_NO;
	s->software_known = software != NULL;
	show(&s->speaks_from, &t->speaks_from, from ? from : "", ADDRESS_MOST);
	show(&s->software, &t->software, software ? software : "", SOFTWARE_MOST);
}

static void answered(const struct response *r, const struct err *e, void *arg)
{
	struct watched_terminal *t = arg;
	struct err words = { .text = "" };
	const char *product;
	struct json *j = NULL;

	t->exchange = NULL;
	if (!r) {
		enum terminal_state found = silent_state(t, e);

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

		note_clock(&t->status, json_get_text(j, "time"));
		t->status.revision = (int)json_get_number(j, "revision", 0);
		t->status.digest = digest ? strtoull(digest, NULL, 16) : 0;
		show(&t->status.version, &t->version, version ? version : "", VERSION_MOST);
		note_facts(t, j);
		settle(t, state_of(json_get_text(j, "state")), "");
	}
	json_free(j);
}

static void ask(void *arg)
{
	struct watched_terminal *t = arg;
	struct err e = { .text = "" };
	struct request q = { .method = "GET", .host = t->address,
		.port = t->port, .path = "/v1/hello",
		.pin = *t->pin ? t->pin : NULL,
		.pin_next = *t->pin_next ? t->pin_next : NULL, .timeout_ms = 5000 };
	struct client *client;

	if (!*t->address) {
		settle(t, TERMINAL_NO_ANSWER, _("has no address"));
		return;
	}
	client = app_client(t->watched.watching->app, &e);
	t->exchange = client ? client_ask(client, &q, answered, t, &e) : NULL;
	if (t->exchange)
		t->watched.asking = true;
	else
		settle(t, TERMINAL_NO_ANSWER, e.text);
}

static bool same_target(const struct watched *x, const struct node *n)
{
	const struct watched_terminal *t = of(x);
	const struct terminal *now = node_terminal(n);

	return strcmp(t->address, now->address) == 0 &&
	    strcmp(t->pin, now->pin) == 0 && strcmp(t->pin_next, now->pin_next) == 0 &&
	    t->port == terminal_port(app_site(x->watching->app), now);
}

static void drop(struct watched *x)
{
	struct watched_terminal *t = of(x);

	client_cancel(t->exchange);
	free(t->address);
	free(t->pin);
	free(t->pin_next);
	free(t->error);
	free(t->version);
	free(t->speaks_from);
	free(t->software);
}

struct watched *watched_terminal_new(struct watching *w,
    const struct terminal *terminal)
{
	struct watched_terminal *t = mem_new(struct watched_terminal);

	t->watched.watching = w;
	t->watched.ask = ask;
	t->watched.same_target = same_target;
	t->watched.drop = drop;
	t->status.id = terminal->node.id;
	t->status.error = t->status.version = t->status.speaks_from = t->status.software = "";
	t->address = mem_dup(terminal->address);
	t->pin = mem_dup(terminal->pin);
	t->pin_next = mem_dup(terminal->pin_next);
	t->port = terminal_port(app_site(w->app), terminal);
	return &t->watched;
}
