/* rest - the text of the site file takes less room while nobody looks; see rest.h */
#include "app/rest.h"
#include "app/context.h"

static void rest(void *arg)
{
	struct app *a = arg;

	loop_pause(a->rest);
	if (a->file)
		sitefile_pack(a->file);
}

void rest_start(struct app *a)
{
	if (!a->rest)
		a->rest = loop_after(a->loop, REST_MS, rest, a);
}

void rest_later(struct app *a)
{
	if (a->rest)
		loop_again(a->rest, REST_MS);
}

void rest_stop(struct app *a)
{
	loop_remove(a->rest);
	a->rest = NULL;
}
