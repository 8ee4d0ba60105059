/* recording - all that a card has; see recording.h */
#include "app/recording.h"
#include "app/context.h"
#include "app/reach.h"
#include "base/mem.h"
#include "snmp/walk.h"

#include <stdlib.h>
#include <string.h>

struct recording {
	struct walk *walk;
	recording_done *done;
	void *arg;
};

static void walked(const struct walk_found *f, const struct err *e, void *arg)
{
	struct recording *r = arg;
	recording_done *done = r->done;
	void *of = r->arg;

	free(r);	/* the walk goes by itself */
	done(&(struct recorded){ .text = f->text, .len = f->len, .objects = f->objects,
	    .odd = f->odd, .hidden = f->hidden }, e, of);
}

/* What everybody has is no secret. */
static const char *secret(const char *community)
{
	return strcmp(community, "public") && strcmp(community, "private") ? community : NULL;
}

struct recording *recording_start(struct app *a, const struct ups *u, recording_done *done,
    void *arg)
{
	struct recording *r = mem_new(struct recording);
	struct card_target target = reach_target(u, REACH_READ);
	const char *const secrets[WALK_SECRETS] = { secret(ups_community(u)),
		secret(ups_write_community(u)), u->set->snmp_auth_password, u->set->snmp_priv_password };

	r->done = done;
	r->arg = arg;
	r->walk = walk_start(a->loop, &target, secrets, walked, r);
	return r;
}

size_t recording_objects(const struct recording *r)
{
	return walk_objects(r->walk);
}

void recording_stop(struct recording *r, const struct err *e)
{
	walk_stop(r->walk, e);
}
