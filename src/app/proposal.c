/* proposal - what the whole site would become; see proposal.h */
#include "app/proposal.h"
#include "app/context.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* The first thing that keeps bytes from being a site. */
static bool first_fault(const char *name, const struct findings *found, struct err *e)
{
	size_t i;

	for (i = 0; i < found->n; i++)
		if (found->list[i].severity == SEVERITY_ERROR)
			return err_kind(e, ERR_SITE, "%s:%ld: error: %s", name,
			    found->list[i].line, found->list[i].message);
	return err_kind(e, ERR_SITE, _("%s: it has faults"), name);
}

bool proposal_site(struct app *a, struct site *wanted, struct proposal *p,
    struct err *e)
{
	const struct site *now = app_site(a);
	enum kind k;

	for (k = KIND_GROUP; k < KIND_COUNT; k++)
		if (site_last(now, k) > site_last(wanted, k))
			site_keep_number(wanted, site_id(k, site_last(now, k)));
	diff_sites(now, wanted, &p->changes);
	free(p->bytes);
	p->bytes = sitefile_print_as(a->file, wanted, &p->len, e);
	return p->bytes != NULL;
}

static void keep_pins(struct site *wanted, const struct site *now)
{
	const struct field *pin = field_find(terminal_fields, "KeyPin");
	const struct field *next = field_find(terminal_fields, "KeyPinNext");
	const struct node *top = &site_network(now)->node, *n;

	for (n = top; n; n = node_next(n, top)) {
		const struct terminal *here = node_terminal(n);
		struct node *there = here ? site_find(wanted, n->id) : NULL;

		if (there && *here->pin && !*node_terminal(there)->pin &&
		    strcmp(here->address, node_terminal(there)->address) == 0) {
			site_set(wanted, there, pin, here->pin, NULL);
			site_set(wanted, there, next, here->pin_next, NULL);
		}
	}
}

static bool propose(struct app *a, const char *name, const char *bytes, size_t len,
    bool pins, struct proposal *p, struct err *e)
{
	struct findings found = { 0 };
	struct sitefile *f = sitefile_parse(name, mem_ndup(bytes, len), len, &found);
	const struct site *now = app_site(a);
	enum kind k;
	bool ok = !sitefile_faulty(f) || first_fault(name, &found, e);

	for (k = KIND_GROUP; ok && k < KIND_COUNT; k++)
		if (site_last(now, k) > site_last(sitefile_site(f), k))
			site_keep_number(sitefile_site(f), site_id(k, site_last(now, k)));
	if (ok && pins) {
		keep_pins(sitefile_site(f), now);
		p->revision = site_network(sitefile_site(f))->revision;
	}
	if (ok) {
		diff_sites(now, sitefile_site(f), &p->changes);
		free(p->bytes);
		p->bytes = sitefile_print(f, &p->len, e);
		ok = p->bytes != NULL;
	}
	findings_done(&found);
	sitefile_free(f);
	return ok;
}

bool proposal_text(struct app *a, const char *name, const char *bytes, size_t len,
    struct proposal *p, struct err *e)
{
	return propose(a, name, bytes, len, false, p, e);
}

bool proposal_held(struct app *a, const char *name, const char *bytes, size_t len,
    struct proposal *p, struct err *e)
{
	return propose(a, name, bytes, len, true, p, e);
}

void proposal_done(struct proposal *p)
{
	if (p->bytes)	/* there may be secrets in it */
		explicit_bzero(p->bytes, p->len);
	free(p->bytes);
	changes_done(&p->changes);
	text_done(&p->notes);
	*p = (struct proposal){ 0 };
}

static void content_done(void *content)
{
	sitefile_content_free(content);
}

/* Is it what there is already? Then there is nothing to undo. */
static bool is_now(struct app *a, const struct proposal *p)
{
	size_t len;
	char *now = app_text(a, &len, NULL);
	bool same = now && len == p->len && memcmp(now, p->bytes, len) == 0;

	free(now);
	return same;
}

bool app_take(struct app *a, const char *label, const struct proposal *p,
    struct err *e)
{
	struct findings found = { 0 };
	struct sitefile_content *content;

	if (!app_writable(a, e))
		return false;
	if (is_now(a, p))
		return true;
	content = sitefile_content(a->file, p->bytes, p->len, &found, e);
	if (!content) {
		findings_done(&found);
		return false;
	}
	sitefile_swap(a->file, content);
	/* else what comes of it would look older than what it was made of */
	if (p->revision)
		sitefile_surpass(a->file, p->revision);
	journal_replaced(a->journal, label, content, content_done);
	app_found(a, &found);
	watch_sync(a);
	app_changed(a);
	return true;
}
