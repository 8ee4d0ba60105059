/* herald - what is done at amc, told to the control terminals; see herald.h */
#include "app/herald.h"
#include "app/archive.h"
#include "app/audit.h"
#include "app/context.h"
#include "app/proof.h"
#include "app/records.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_TERMINALS = 64 };

const char *const herald_keys[] = { "proof", "time", "node", "act", "detail", "who", "key",
	"before", "after", NULL };

/* One terminal that is being told. */
struct telling {
	struct herald *herald;
	struct telling *next, **link;
	struct exchange *exchange;
};

struct herald {
	struct telling *list;
	bool idle;
};

static struct herald *herald_of(struct app *a)
{
	if (!a->herald) {
		a->herald = mem_new(struct herald);
		a->herald->idle = true;
	}
	return a->herald;
}

const bool *herald_idle(struct app *a)
{
	return &herald_of(a)->idle;
}

static void forget(struct telling *t)
{
	*t->link = t->next;
	if (t->next)
		t->next->link = t->link;
	t->herald->idle = !t->herald->list;
	free(t);
}

/* Who did not hear of it, or is an older amcd, changes nothing of what was done. */
static void answered(const struct response *r, const struct err *e, void *arg)
{
	(void)r;
	(void)e;
	forget(arg);
}

static void tell(struct app *a, const struct terminal *t, const char *path)
{
	struct herald *h = herald_of(a);
	struct request q = { .method = "POST", .host = t->address,
		.port = terminal_port(app_site(a), t), .path = path, .pin = t->pin,
		.pin_next = *t->pin_next ? t->pin_next : NULL, .timeout_ms = 5000 };
	struct client *client = app_client(a, NULL);
	struct telling *one;

	if (!client)
		return;
	one = mem_new(struct telling);
	one->herald = h;
	one->next = h->list;
	one->link = &h->list;
	if (h->list)
		h->list->link = &one->next;
	h->list = one;
	h->idle = false;
	one->exchange = client_ask(client, &q, answered, one, NULL);
	if (!one->exchange)
		forget(one);
}

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

static char *path_of(const struct site *site, const struct entry *x)
{
	char at[UTC_SIZE], who[sizeof x->who], key[sizeof x->detail];
	const char *words[HERALD_WORDS] = { [HERALD_TIME] = at, [HERALD_NODE] = x->name,
		[HERALD_ACT] = x->after, [HERALD_DETAIL] = x->detail, [HERALD_WHO] = who };

	utc_print_ms(utc_now(), at);
	audit_user(who, sizeof who);
	if (x->kind == ENTRY_SETTING) {
		words[HERALD_ACT] = "write";
		words[HERALD_DETAIL] = entry_setting(x, key, sizeof key);
		words[HERALD_KEY] = key;
		words[HERALD_BEFORE] = x->before;
		words[HERALD_AFTER] = x->after;
	}
	return path_with(site, words);
}

void herald_tell(struct app *a, const struct entry *x)
{
	unsigned ids[MOST_TERMINALS];
	size_t n = archive_terminals(a, ids, MOST_TERMINALS);
	char *path = n ? path_of(app_site(a), x) : NULL;

	for (size_t i = 0; path && i < n; i++) {
		const struct terminal *t = node_terminal(site_find(app_site(a), ids[i]));

		if (*t->pin && *t->address)
			tell(a, t, path);
	}
	free(path);
}

void herald_free(struct herald *h)
{
	while (h && h->list) {
		client_cancel(h->list->exchange);
		forget(h->list);
	}
	free(h);
}
