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

/* Of the last ones: the same again, also later, is no new one. */
static bool was_told(struct service *s, const char *const words[HERALD_WORDS])
{
	char proof[PROOF_SIZE];

	first_proof(s, words, proof);
	for (size_t i = 0; i < SERVICE_ORDERS; i++)
		if (strcmp(s->orders[i], proof) == 0)
			return true;
	text_copy(s->orders[s->next_order], sizeof *s->orders, proof);
	s->next_order = (s->next_order + 1) % SERVICE_ORDERS;
	return false;
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

static void note(struct service *s, const struct server_request *r,
    const char *const words[HERALD_WORDS])
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
	app_note(s->app, &x);
	free(detail);
	detail = mem_printf("%s: %s", x.name, x.detail);
	service_audit(s, &(struct audit_act){ .act = setting ? "setting" : "order",
	    .role = "site-key", .user = x.who, .from = r->from, .before = x.before,
	    .after = x.after, .detail = detail });
	free(detail);
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
	struct json *j;

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
	if (!was_told(s, words))
		note(s, r, words);
	j = json_new_object();
	json_put_text(j, "schema", HERALD_WHAT);
	service_answer(reply, j);
}
