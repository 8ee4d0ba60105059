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
	size_t error = strlen(status->error) + 1, version = strlen(status->version) + 1;
	struct terminal_status *copy = mem_zero(1, sizeof *copy + error + version);
	char *text = (char *)(copy + 1);

	*copy = *status;
	copy->error = memcpy(text, status->error, error);
	copy->version = memcpy(text + error, status->version, version);
	return copy;
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
		    copy_ups(watched_ups_status(x)) :
		    copy_terminal(watched_terminal_status(x));
	}
	w->paused = pause;
	w->tallied = 0;		/* the tallies are of what is shown */
}
