/* watch-pause - the states as they were, for who wants to read them; a part of watch */
#include "app/context.h"
#include "app/watching.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static void *copy(const void *status, size_t size)
{
	return memcpy(mem_zero(1, size), status, size);
}

void watch_pause(struct app *a, bool pause)
{
	struct watching *w = a->watching;
	struct watched *x;
	size_t i = 0;

	if (!w || w->paused == pause)
		return;
	while ((x = map_each(&w->nodes, &i))) {
		free(x->frozen);
		x->frozen = NULL;
		if (!pause || !x->heard)
			continue;
		x->frozen = site_id_kind(x->id) == KIND_UPS ?
		    copy(watched_ups_status(x), sizeof(struct ups_status)) :
		    copy(watched_terminal_status(x), sizeof(struct terminal_status));
	}
	w->paused = pause;
	w->tallied = 0;		/* the tallies are of what is shown */
}
