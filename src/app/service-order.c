/*
 * service-order - what an operator did at amc, for the events of this terminal; a part
 * of service. herald.h tells it.
 */
#include "app/serving.h"
#include "app/context.h"
#include "app/herald.h"
#include "app/note.h"
#include "app/proof.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* The proof that it had, or would have had, when it was told as it was done. */
static void first_proof(struct service *s, const char *const given[HERALD_WORDS],
    char proof[PROOF_SIZE])
{
	const char *words[HERALD_WORDS], *over[] = { HERALD_WHAT, NULL, NULL };
	char *lines;

	memcpy(words, given, sizeof words);
	if (words[HERALD_DONE])
		words[HERALD_TIME] = words[HERALD_DONE];
	words[HERALD_DONE] = NULL;
	over[1] = lines = herald_lines(words);
	if (!proof_make(app_site(s->app), over, proof))
		*proof = '\0';
	free(lines);
}

/* The id that its teller gave it; of an older one what stays the same when it is told again. */
static void id_of(struct service *s, const char *const words[HERALD_WORDS], char id[ENTRY_TOLD])
{
	char proof[PROOF_SIZE];

	if (words[HERALD_ID]) {
		text_copy(id, ENTRY_TOLD, words[HERALD_ID]);
		return;
	}
	first_proof(s, words, proof);
	text_copy(id, ENTRY_TOLD, proof);
}

/* Of the last ones that are in all logs: the same again is no new one. */
static bool is_done(const struct service *s, const char *id)
{
	for (size_t i = 0; i < SERVICE_ORDERS; i++)
		if (strcmp(s->orders[i], id) == 0)
			return true;
	return false;
}

static void done(struct service *s, const char *id)
{
	text_copy(s->orders[s->next_order], sizeof *s->orders, id);
	s->next_order = (s->next_order + 1) % SERVICE_ORDERS;
}

/* What became of it, and of what is told late when it was done. */
static char *detail_of(const char *const words[HERALD_WORDS])
{
	char detail[sizeof ((struct entry *)0)->detail - 60];

	text_copy(detail, sizeof detail, words[HERALD_DETAIL]);
	return mem_printf("%s%s%s%s%s", words[HERALD_KEY] ? words[HERALD_KEY] : "",
	    words[HERALD_KEY] ? " " : "", detail, words[HERALD_DONE] ? ", done " : "",
	    words[HERALD_DONE] ? words[HERALD_DONE] : "");
}

static struct entry entry_of(struct service *s, const struct server_request *r,
    const char *const words[HERALD_WORDS], const char *id)
{
	bool setting = words[HERALD_KEY];
	struct entry x = { .kind = setting ? ENTRY_SETTING : ENTRY_ACT, .severity = 1 };
	const struct site *site = app_site(s->app);
	const struct node *n = site_named(site, KIND_UPS, words[HERALD_NODE], NULL);
	char *detail = detail_of(words);

	if (!n)
		n = site_named(site, KIND_TERMINAL, words[HERALD_NODE], NULL);
	x.node = n ? n->id : 0;
	text_show(x.name, sizeof x.name, words[HERALD_NODE]);
	text_show(x.before, sizeof x.before, words[HERALD_BEFORE] ? words[HERALD_BEFORE] : "");
	text_show(x.after, sizeof x.after, words[setting ? HERALD_AFTER : HERALD_ACT]);
	text_show(x.detail, sizeof x.detail, detail);
	text_show(x.who, sizeof x.who, words[HERALD_WHO]);
	text_copy(x.origin, sizeof x.origin, r->from);
	text_copy(x.told, sizeof x.told, id);
	free(detail);
	return x;
}

/* By an amcd that was killed before it could answer. */
static bool is_audited(const struct service *s, const char *id)
{
	struct audit_filter f = { .text = id, .max = 1 };
	struct json *list = json_new_array();
	bool more, is;

	is = audit_read(s->state, &f, list, &more, NULL) && json_count(list);
	json_free(list);
	return is;
}

static void audit(struct service *s, const struct entry *x)
{
	char *detail = mem_printf("%s: %s", x->name, x->detail);

	service_audit(s, &(struct audit_act){ .act = x->kind == ENTRY_SETTING ? "setting" : "order",
	    .role = "site-key", .user = x->who, .from = x->origin, .before = x->before,
	    .after = x->after, .detail = detail, .id = x->told });
	free(detail);
}

/*
 * Into the event log, then into the audit log, once, however often it is told and whenever
 * we are killed: whoever tells it does so until he hears that both have it. False and words:
 * not yet.
 */
static bool keep(struct service *s, const struct entry *x, struct err *e)
{
	bool noted;

	if (is_done(s, x->told))
		return true;
	noted = s->recorder && recorder_was_told(s->recorder, x->told);
	if (!noted)
		app_note(s->app, x);
	if (s->recorder && !recorder_keep(s->recorder, e))
		return false;
	if (!noted || !is_audited(s, x->told))
		audit(s, x);
	done(s, x->told);
	return true;
}

static bool is_id(const char *word)
{
	return strlen(word) == ENTRY_TOLD - 1 &&
	    strspn(word, "0123456789abcdef") == ENTRY_TOLD - 1;
}

/* What is told, by its name; false when the reply says what is missing or wrong. */
static bool read_words(const struct server_request *r, const char *words[HERALD_WORDS],
    struct server_reply *reply)
{
	for (int i = 0; i < HERALD_WORDS; i++) {
		bool optional = i >= HERALD_KEY && !(i == HERALD_AFTER && words[HERALD_KEY]);

		words[i] = server_argument(r, herald_keys[i]);
		if (!words[i] && !optional) {
			server_refuse(reply, 400, _("%s= is missing"), herald_keys[i]);
			return false;
		}
		/* or the proof of one order would be that of another */
		if (words[i] && strchr(words[i], '\n')) {
			server_refuse(reply, 400, _("%s=: more than one line"), herald_keys[i]);
			return false;
		}
	}
	if (words[HERALD_ID] && !is_id(words[HERALD_ID])) {
		server_refuse(reply, 400, _("%s=: not %d digits of 0 to 9 and a to f"),
		    herald_keys[HERALD_ID], ENTRY_TOLD - 1);
		return false;
	}
	return true;
}

static bool is_proven(struct service *s, const char *const words[HERALD_WORDS])
{
	char *lines = herald_lines(words);
	const char *over[] = { HERALD_WHAT, lines, NULL };
	bool ok = proof_fits(app_site(s->app), over, words[HERALD_PROOF]);

	free(lines);
	return ok;
}

void service_order(struct service *s, const struct server_request *r, struct server_reply *reply)
{
	const char *words[HERALD_WORDS];
	char id[ENTRY_TOLD];
	struct entry x;
	struct json *j;
	struct err e;

	if (!read_words(r, words, reply))
		return;
	if (!is_proven(s, words)) {
		server_refuse(reply, 403, _("no proof that this comes from who holds the site's key"));
		return;
	}
	if (!proof_is_fresh(words[HERALD_TIME])) {
		server_refuse(reply, 403, _("%s: the clocks differ by more than an hour"),
		    words[HERALD_TIME]);
		return;
	}
	id_of(s, words, id);
	x = entry_of(s, r, words, id);
	if (!keep(s, &x, &e)) {
		server_refuse(reply, 503, _("events and statistics cannot be kept: %s"), e.text);
		return;
	}
	j = json_new_object();
	json_put_text(j, "schema", HERALD_WHAT);
	service_answer(reply, j);
}
