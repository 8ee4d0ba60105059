/* bulk_change(): one setting of all tagged nodes of a kind; see bulk.h */
#include "tui/bulk.h"

#include "app/diff.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/changes.h"
#include "tui/line.h"
#include "tui/mainview.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the questions have told so far; what is tagged cannot change meanwhile. */
static struct {
	enum kind kind;
	const struct field *field;
} now;

/* What belongs to one node alone is not for many. */
static bool is_for_many(const struct field *f)
{
	return !(f->flags & (FIELD_OURS | FIELD_OWN)) && f->type != FIELD_PARENT;
}

/* The fields as they stand on the form; returns how many, at most max. */
static int fields_of(const struct tui *t, enum kind k, const struct field *list[], int max)
{
	const struct layout *l = &t->ui->layouts[k];
	int n = 0;

	for (size_t i = 0; i < l->n && n < max; i++)
		if (l->spots[i].field && is_for_many(l->spots[i].field))
			list[n++] = l->spots[i].field;
	return n;
}

/* What is to be done: the nodes that have another value, and the one they get. */
struct work {
	unsigned *ids;
	size_t n;
	char value[LINE_MAX_BYTES + 1];
};

static void work_free(void *arg)
{
	struct work *w = arg;

	explicit_bzero(w->value, sizeof w->value);
	free(w->ids);
	free(w);
}

static bool change_all(struct tui *t, const struct work *w, struct err *e)
{
	app_act_begin(t->app, tr(now.field->label));
	for (size_t i = 0; i < w->n; i++)
		if (!app_set(t->app, w->ids[i], now.field->key, w->value, e)) {
			app_act_abort(t->app);
			return false;
		}
	app_act_end(t->app);
	return true;
}

static void reviewed(struct tui *t, int which, const char *text, void *arg)
{
	struct work *w = arg;
	struct err e;

	(void)text;
	if (which == 0 && !change_all(t, w, &e))
		ask_message(t, _("Nothing was changed"), e.text);
	else if (which == 0)
		tui_say(t, 0, ngettext("%s changed in %zu node; u undoes it",
		    "%s changed in %zu nodes; u undoes it", w->n), tr(now.field->label), w->n);
}

/* From what to what, before anything is done. */
static void show(struct tui *t, const char *value)
{
	static const char *const labels[] = { N_("Change"), N_("Cancel") };
	struct changes changes = { 0 };
	struct text lines = { 0 };
	struct work *w = mem_new(struct work);
	size_t all, kept = 0;
	char words[300], buf[16];

	text_copy(w->value, sizeof w->value, value);
	w->ids = mainview_chosen(t, now.kind, &all);
	for (size_t i = 0; i < all; i++) {
		const struct node *n = site_find(app_site(t->app), w->ids[i]);
		const char *is = field_text(now.field, n, buf);

		if (strcmp(is, value) == 0)
			continue;
		changes_add_set(&changes, n, now.field, is, value);
		w->ids[kept++] = w->ids[i];
	}
	w->n = kept;
	if (kept == 0) {
		tui_say(t, 1, _("All of them have this value already"));
		work_free(w);
		return;
	}
	snprintf(words, sizeof words, ngettext("%s changes in %zu of %zu nodes:",
	    "%s changes in %zu of %zu nodes:", kept), tr(now.field->label), kept, all);
	changes_show(&changes, &lines);
	changes_open(t, &(struct changes_ask){ .title = _("Change all tagged"),
	    .text = words, .lines = lines.s, .labels = labels, .n = 2,
	    .done = reviewed, .arg = w, .drop = work_free });
	text_done(&lines);
	changes_done(&changes);
}

static void ask_value(struct tui *t, const char *typed, const char *why);

static void value_typed(struct tui *t, int which, const char *text, void *arg)
{
	struct err e;
	int n;

	(void)arg;
	if (which < 0)
		return;
	if (field_check(now.field, text, &n, &e))
		show(t, text);
	else
		ask_value(t, text, e.text);
}

static void value_chosen(struct tui *t, int which, const char *text, void *arg)
{
	(void)text;
	(void)arg;
	if (which >= 0)
		show(t, now.field->choices[which].word);
}

/* What they have now if it is alike, else nothing; yours to free. */
static char *common_value(struct tui *t)
{
	char buf[16], *value = NULL;
	size_t n;
	unsigned *ids = mainview_chosen(t, now.kind, &n);

	for (size_t i = 0; i < n; i++) {
		const char *is = field_text(now.field, site_find(app_site(t->app), ids[i]), buf);

		if (!value)
			value = mem_dup(is);
		else if (strcmp(value, is) != 0)
			*value = '\0';
	}
	free(ids);
	return value ? value : mem_dup("");
}

static void ask_choice_value(struct tui *t, const char *common)
{
	const char *labels[32];
	int n = 0, at = 0;

	for (const struct choice *c = now.field->choices; c->word && n < 32; c++) {
		if (strcmp(c->word, common) == 0)
			at = n;
		labels[n++] = tr(c->label);
	}
	ask_choice(t, tr(now.field->label), labels, n, at, value_chosen, NULL);
}

static void ask_value(struct tui *t, const char *typed, const char *why)
{
	bool secret = now.field->flags & FIELD_SECRET;
	char allowed[200];
	struct text words = { 0 };

	text_printf(&words, _("New value for all (%s):"),
	    field_allowed(now.field, allowed, sizeof allowed));
	if (why)
		text_printf(&words, "\n%s", why);
	ask_text(t, tr(now.field->label), words.s, typed, secret, value_typed, NULL);
	text_done(&words);
}

static void field_chosen(struct tui *t, int which, const char *text, void *arg)
{
	const struct field *list[64];
	char *common;

	(void)text;
	(void)arg;
	if (which < 0 || which >= fields_of(t, now.kind, list, 64))
		return;
	now.field = list[which];
	common = common_value(t);
	if (now.field->type == FIELD_CHOICE)
		ask_choice_value(t, common);
	else
		ask_value(t, now.field->flags & FIELD_SECRET ? "" : common, NULL);
	free(common);
}

static void ask_field(struct tui *t)
{
	const struct field *list[64];
	const char *labels[64];
	int n = fields_of(t, now.kind, list, 64);
	char title[200];
	size_t nodes;

	free(mainview_chosen(t, now.kind, &nodes));
	for (int i = 0; i < n; i++)
		labels[i] = tr(list[i]->label);
	snprintf(title, sizeof title, _("Change in all tagged: %s (%zu)"),
	    tr(kind_label(now.kind)), nodes);
	ask_choice(t, title, labels, n, 0, field_chosen, NULL);
}

/* The kinds of what is tagged; returns how many. */
static int kinds_of(struct tui *t, enum kind kinds[KIND_COUNT])
{
	int found = 0;

	for (int k = KIND_GROUP; k < KIND_COUNT; k++) {
		size_t n;

		free(mainview_chosen(t, k, &n));
		if (n)
			kinds[found++] = k;
	}
	return found;
}

static void kind_chosen(struct tui *t, int which, const char *text, void *arg)
{
	enum kind kinds[KIND_COUNT];

	(void)text;
	(void)arg;
	if (which < 0 || which >= kinds_of(t, kinds))
		return;
	now.kind = kinds[which];
	ask_field(t);
}

bool bulk_can_change(struct tui *t, struct err *e)
{
	if (!app_writable(t->app, e))
		return false;
	return tags_count(&mainview(t)->tags) > 0 ||
	    err_set(e, _("Tag the nodes first: Space tags one, V a range, t all below."));
}

void bulk_change(struct tui *t)
{
	enum kind kinds[KIND_COUNT];
	char words[KIND_COUNT][120];
	const char *labels[KIND_COUNT];
	int n = kinds_of(t, kinds);

	for (int i = 0; i < n; i++) {
		size_t nodes;

		free(mainview_chosen(t, kinds[i], &nodes));
		snprintf(words[i], sizeof words[i], "%s (%zu)", tr(kind_label(kinds[i])), nodes);
		labels[i] = words[i];
	}
	if (n == 1)
		kind_chosen(t, 0, NULL, NULL);
	else
		ask_choice(t, _("Change a setting of which?"), labels, n, 0, kind_chosen, NULL);
}
