/* facts - what is known beyond the settings; see facts.h */
#include "model/facts.h"

void facts_put_ups(struct facts *f, unsigned id, const struct ups_facts *u)
{
	map_put(&f->ups, id, (void *)u);
}

void facts_put_terminal(struct facts *f, unsigned id,
    const struct terminal_facts *t)
{
	map_put(&f->terminals, id, (void *)t);
}

const struct ups_facts *facts_ups(const struct facts *f, unsigned id)
{
	return f ? map_get(&f->ups, id) : NULL;
}

const struct terminal_facts *facts_terminal(const struct facts *f, unsigned id)
{
	return f ? map_get(&f->terminals, id) : NULL;
}

void facts_done(struct facts *f)
{
	map_done(&f->ups);
	map_done(&f->terminals);
}
