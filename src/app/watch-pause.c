/* watch-pause - the states as they were, for who wants to read them; a part of watch */
#include "app/context.h"
#include "app/watching.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static void *copy_ups(const struct ups_status *status)
{
	return memcpy(mem_new(struct ups_status), status, sizeof *status);
}

/* In one piece with its texts. */
static void *copy_terminal(const struct terminal_status *status)
{
	const char *texts[] = { status->error, status->version, status->speaks_from,
		status->software, status->silent_cards };
	enum { TEXTS = sizeof texts / sizeof *texts };
	struct terminal_status *copy;
	size_t size = 0, i;
	char *text;

	for (i = 0; i < TEXTS; i++)
		size += strlen(texts[i]) + 1;
	copy = mem_zero(1, sizeof *copy + size);
	*copy = *status;
	text = (char *)(copy + 1);
	for (i = 0; i < TEXTS; i++) {
		text = stpcpy(text, texts[i]) + 1;
		texts[i] = text - strlen(texts[i]) - 1;
	}
	copy->error = texts[0];
	copy->version = texts[1];
	copy->speaks_from = texts[2];
	copy->software = texts[3];
	copy->silent_cards = texts[4];
	return copy;
}

void watch_pause(struct app *a, bool pause)
{
	struct watching *w = a->watching;
	struct watched *x;
	size_t i = 0;

	if (!w || w->paused == pause)
		return;
	while ((x = watching_each(w, &i))) {
		free(map_remove(&w->frozen, x->id));
		if (!pause || !x->heard)
			continue;
		map_put(&w->frozen, x->id, site_id_kind(x->id) == KIND_UPS ?
		    (void *)copy_ups(watched_ups_status(x)) :
		    copy_terminal(watched_terminal_status(x)));
	}
	if (!pause)
		map_done(&w->frozen);
	w->paused = pause;
	w->tallied = 0;		/* the tallies are of what is shown */
}
