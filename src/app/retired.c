/* retired - keys that terminals have changed from; see retired.h */
#include "app/retired.h"
#include "app/context.h"
#include "base/log.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

bool retired_is(const struct app *a, const struct terminal *t)
{
	const char *old = *t->pin_next ? map_get(&a->retired, t->node.id) : NULL;

	return old && strcmp(old, t->pin) == 0;
}

bool retired_note(struct app *a, const struct terminal *t, const char *pin)
{
	if (!*t->pin_next || strcmp(pin, t->pin_next) != 0 || strcmp(pin, t->pin) == 0 ||
	    retired_is(a, t))
		return false;
	free(map_put(&a->retired, t->node.id, mem_dup(t->pin)));
	if (a->bulletin)	/* a console has no log, but a screen */
		log_notice("%s has changed to its next key: %s is not taken any more", t->name,
		    t->pin);
	return true;
}

const char *retired_pins(const struct app *a, const struct terminal *t, const char **next)
{
	bool is = retired_is(a, t);

	*next = *t->pin_next && !is ? t->pin_next : NULL;
	return is ? t->pin_next : t->pin;
}

void retired_forget(struct app *a)
{
	size_t i = 0;
	void *pin;

	while ((pin = map_each(&a->retired, &i)))
		free(pin);
	map_done(&a->retired);
}
