/* Settings of a card, or of another UPS, into the site; a part of cards */
#include "app/cards.h"
#include "base/i18n.h"

static bool set_like(struct app *a, const struct node *pattern, unsigned id, struct err *e)
{
	char buf[16];

	for (const struct field *f = ups_fields; f->key; f++)
		if (f->flags & FIELD_IN_CARD &&
		    !app_set(a, id, f->key, field_text(f, pattern, buf), e))
			return false;
	return true;
}

bool cards_like(struct app *a, unsigned pattern, const unsigned *ids, size_t n,
    struct err *e)
{
	const struct node *from = site_find(app_site(a), pattern);
	bool ok = node_ups(from) || err_set(e, _("the node is gone"));

	app_act_begin(a, _("copy the settings kept in the UPS"));
	for (size_t i = 0; i < n && ok; i++)
		ok = ids[i] == pattern || set_like(a, from, ids[i], e);
	if (ok)
		app_act_end(a);
	else
		app_act_abort(a);
	return ok;
}

/* Also what only differs and was not written is an offer. */
static bool is_offered(const struct outcome *o)
{
	int n;

	return outcome_offers(o) || (o->kind == OUTCOME_DIFFERS && *o->kept &&
	    field_check(o->field, o->kept, &n, NULL));
}

size_t cards_offered(const struct cards *c)
{
	size_t n = 0;

	for (size_t i = 0; i < cards_count(c); i++)
		for (size_t k = 0; k < cards_at(c, i)->n; k++)
			n += is_offered(&cards_at(c, i)->list[k]);
	return n;
}

int cards_take(struct cards *c, struct err *e)
{
	struct app *a = cards_app(c);
	int taken = 0;

	app_act_begin(a, _("take the cards' values"));
	for (size_t i = 0; i < cards_count(c); i++) {
		const struct cards_one *one = cards_at(c, i);

		for (size_t k = 0; k < one->n; k++) {
			const struct outcome *o = &one->list[k];

			if (!is_offered(o))
				continue;
			if (!app_set(a, one->id, o->field->key, o->kept, e)) {
				app_act_abort(a);
				return -1;
			}
			taken++;
		}
	}
	app_act_end(a);
	cards_compare(c);
	return taken;
}
