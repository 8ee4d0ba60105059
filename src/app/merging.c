/* merging - the file was changed underneath; see merging.h */
#include "app/merging.h"
#include "app/context.h"
#include "app/history.h"
#include "app/rest.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/outcome.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The three sites; base is what was read, theirs what is there now. */
struct sides {
	struct sitefile *base, *theirs;
	struct findings found;	/* in theirs */
	struct site *merged;	/* NULL when that is not possible */
};

static void sides_done(struct sides *s)
{
	sitefile_free(s->base);
	sitefile_free(s->theirs);
	findings_done(&s->found);
	site_free(s->merged);
}

static bool look(struct app *a, struct sides *s, struct merging *m, struct err *e)
{
	size_t len, i;
	const char *was = sitefile_original(a->file, &len);

	rest_later(a);
	s->theirs = sitefile_read(app_path(a), &s->found, e);
	if (!s->theirs)
		return false;
	s->base = sitefile_parse(app_path(a), mem_ndup(was, len), len, NULL);
	diff_sites(sitefile_site(s->base), sitefile_site(s->theirs), &m->theirs);
	diff_sites(sitefile_site(s->base), app_site(a), &m->mine);
	for (i = 0; !m->fault && sitefile_faulty(s->theirs) && i < s->found.n; i++)
		if (s->found.list[i].severity == SEVERITY_ERROR)
			m->fault = mem_printf("%s:%ld: %s", app_path(a),
			    s->found.list[i].line, s->found.list[i].message);
	if (!m->fault)
		s->merged = merge_sites(sitefile_site(s->base), app_site(a),
		    sitefile_site(s->theirs), &m->conflicts);
	m->possible = s->merged != NULL;
	return true;
}

bool merging_look(struct app *a, struct merging *m, struct err *e)
{
	struct sides s = { 0 };
	bool ok = look(a, &s, m, e);

	sides_done(&s);
	return ok;
}

void merging_done(struct merging *m)
{
	changes_done(&m->theirs);
	changes_done(&m->mine);
	conflicts_done(&m->conflicts);
	free(m->fault);
	*m = (struct merging){ 0 };
}

bool app_merge(struct app *a, struct err *e)
{
	struct sides s = { 0 };
	struct merging m = { 0 };
	struct proposal p = { 0 };
	bool ok = app_writable(a, e);

	ok = ok && look(a, &s, &m, e);
	if (ok && m.fault)
		ok = err_kind(e, ERR_SITE, "%s", m.fault);
	else if (ok && !m.possible)
		ok = err_kind(e, ERR_REFUSED, _("both changed the same"));
	if (ok) {
		p.bytes = sitefile_print_as(s.theirs, s.merged, &p.len, e);
		s.merged = NULL;
		ok = p.bytes != NULL;
	}
	if (ok) {	/* the file that was looked at, not one that came since */
		app_take_file(a, s.theirs, &s.found);
		s.theirs = NULL;
		s.found = (struct findings){ 0 };
		ok = app_take(a, _("merged"), &p, e);
	}
	proposal_done(&p);
	merging_done(&m);
	sides_done(&s);
	return ok;
}

/* The file as its own revision of that number, or from its history; NULL and words. */
static struct sitefile *read_revision(struct app *a, int revision, struct err *e)
{
	char number[16], *path;
	struct sitefile *f = NULL;

	if (site_network(app_site(a))->revision == revision)
		return sitefile_read(app_path(a), NULL, e);
	snprintf(number, sizeof number, "%d", revision);
	path = revision_path(app_path(a), number);
	if (access(path, F_OK) < 0)
		err_set(e, _("%s: there is no revision %d any more: name the file that the copy was made of"),
		    app_path(a), revision);
	else
		f = sitefile_read(path, NULL, e);
	free(path);
	return f;
}

/* A file to merge with must be understood as a whole. */
static bool whole(struct sitefile *f, struct err *e)
{
	return f && (!sitefile_faulty(f) ||
	    err_kind(e, ERR_SITE, _("%s: it has faults"), sitefile_path(f)));
}

bool merge_propose(struct app *a, const char *copy, const char *base,
    struct proposal *p, struct conflicts *conflicts, struct err *e)
{
	struct sitefile *mine = sitefile_read(copy, NULL, e), *was = NULL;
	struct site *merged = NULL;

	if (whole(mine, e))
		was = base ? sitefile_read(base, NULL, e) : read_revision(a,
		    site_network(sitefile_site(mine))->revision, e);
	if (whole(was, e)) {
		merged = merge_sites(sitefile_site(was), sitefile_site(mine),
		    app_site(a), conflicts);
		if (!merged)
			err_kind(e, ERR_REFUSED, _("both changed the same"));
	}
	sitefile_free(mine);
	sitefile_free(was);
	return merged && proposal_site(a, merged, p, e);
}

void conflicts_print(const struct conflicts *l, struct text *out)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		const struct conflict *c = &l->list[i];

		if (c->words)
			text_printf(out, "! %s: %s\n", c->path, c->words);
		else if (c->field->flags & FIELD_SECRET)
			text_printf(out, _("! %s: both changed %s\n"), c->path,
			    c->field->key);
		else
			text_printf(out, _("! %s: %s here %s, in the file %s\n"),
			    c->path, c->field->key, *c->mine ? c->mine : "\"\"",
			    *c->theirs ? c->theirs : "\"\"");
	}
}

void conflicts_show(const struct conflicts *l, struct text *out)
{
	char mine[200], theirs[200];

	for (size_t i = 0; i < l->n; i++) {
		const struct conflict *c = &l->list[i];

		if (c->words) {
			text_printf(out, "! %s: %s\n", c->place, c->words);
		} else if (c->field->flags & FIELD_SECRET) {
			text_printf(out, _("! %s: both changed %s\n"), c->place,
			    tr(c->field->label));
		} else {
			outcome_value(c->field, c->mine, mine, sizeof mine);
			outcome_value(c->field, c->theirs, theirs, sizeof theirs);
			text_printf(out, _("! %s: %s here %s, in the file %s\n"), c->place,
			    tr(c->field->label), mine, theirs);
		}
	}
}
