/* The keys that a terminal shows, and which of them is trusted; a part of transfer */
#include "app/transferring.h"
#include "app/pins.h"
#include "app/retired.h"
#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

/* Has it changed from the key that is known? */
static bool has_retired(const struct transfer *t)
{
	const struct terminal *there = transfer_terminal(t);

	return there && *t->known_next && retired_is(t->app, there);
}

enum pin_state transfer_pin_state(const struct transfer *t)
{
	if (!*t->known)
		return PIN_NEW;
	if (strcmp(t->known_next, t->pin) == 0)
		return PIN_KNOWN;
	return strcmp(t->known, t->pin) == 0 && !has_retired(t) ? PIN_KNOWN : PIN_CHANGED;
}

const char *transfer_pin(const struct transfer *t)
{
	return t->pin;
}

const char *transfer_known_pin(const struct transfer *t)
{
	return t->known;
}

const char *transfer_known_next_pin(const struct transfer *t)
{
	return t->known_next;
}

/* A line of the file is written only where there is something else to say. */
static bool set_pin(struct transfer *t, const char *key, const char *before, const char *pin)
{
	return strcmp(before, pin) == 0 || app_set(t->app, t->terminal, key, pin, NULL);
}

/* Into the site, or into the file of pins; true when they are others than before. */
static bool keep_pins(struct transfer *t, const char *pin, const char *next)
{
	const struct terminal *had = transfer_terminal(t);
	bool clean = !app_modified(t->app), ok;

	if (strcmp(t->known, pin) == 0 && strcmp(t->known_next, next) == 0)
		return false;
	text_copy(t->known, sizeof t->known, pin);
	text_copy(t->known_next, sizeof t->known_next, next);
	if (!t->terminal) {
		pins_keep(t->host, t->port, pin, next);
		return true;
	}
	if (!had)	/* it was deleted meanwhile */
		return false;
	/* sending the site distributes the trust: the pins stand in it */
	app_act_begin(t->app, _("Key of a terminal"));
	ok = set_pin(t, "KeyPin", had->pin, pin) && set_pin(t, "KeyPinNext", had->pin_next, next);
	app_act_end(t->app);
	if (ok && clean && !t->save_later)
		app_save(t->app, NULL);
	return ok;
}

void transfer_accept_pin(struct transfer *t)
{
	t->accepted = true;
	keep_pins(t, t->pin, t->next);
}

void transfer_save_later(struct transfer *t)
{
	t->save_later = true;
}

const char *transfer_next_pin(const struct transfer *t)
{
	return t->next;
}

bool transfer_learn(struct transfer *t)
{
	return transfer_pin_state(t) == PIN_KNOWN && keep_pins(t, t->pin, t->next);
}

bool transfer_expect_pin(struct transfer *t, const char *pin, struct err *e)
{
	if (strcmp(pin, t->pin) != 0)
		return err_kind(e, ERR_REFUSED,
		    _("%s shows the key %s, not %s. Nothing was sent."),
		    t->where, t->pin, pin);
	if (transfer_pin_state(t) == PIN_NEW)
		transfer_accept_pin(t);
	return true;
}

const char *transfer_trusted_pin(const struct transfer *t)
{
	if (has_retired(t))
		return t->known_next;
	return *t->known ? t->known : t->accepted ? t->pin : NULL;
}

/* It may change its key between two steps of ours. */
const char *transfer_trusted_next(const struct transfer *t)
{
	return *t->known_next ? t->known_next : NULL;
}
