/* model - which kinds of card there are; see model.h */
#include "sim/model.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "sim/phases.h"
#include "sim/powernet.h"
#include "sim/upsmib.h"

#include <stdlib.h>
#include <string.h>

static const char *const model_words[MODELS] = {
	[MODEL_SMART] = "smart", [MODEL_SYMMETRA] = "symmetra",
	[MODEL_RFC1628] = "rfc1628",
};

bool model_parse(enum model *m, const char *word, struct err *e)
{
	int i;

	for (i = 0; i < MODELS; i++)
		if (strcmp(model_words[i], word) == 0) {
			*m = i;
			return true;
		}
	return err_set(e, _("\"%s\" is no model; smart, symmetra and rfc1628 are"), word);
}

/* Two sets as one: b stands between the first `from` of a and the others. */
struct joined {
	struct objects a, b;
	size_t from;
};

static void get_joined(void *of, size_t i, struct value *v)
{
	const struct joined *j = of;

	if (i < j->from)
		j->a.get(j->a.of, i, v);
	else if (i < j->from + j->b.n)
		j->b.get(j->b.of, i - j->from, v);
	else
		j->a.get(j->a.of, i - j->b.n, v);
}

static enum set_result set_joined(void *of, size_t i, const struct value *v, bool apply)
{
	const struct joined *j = of;

	if (i < j->from)
		return j->a.set(j->a.of, i, v, apply);
	if (i < j->from + j->b.n)
		return j->b.set(j->b.of, i - j->from, v, apply);
	return j->a.set(j->a.of, i - j->b.n, v, apply);
}

static void join(struct objects *all, const struct objects *a, const struct objects *b)
{
	struct joined *j = mem_new(struct joined);
	struct oid *oids = mem_zero(a->n + b->n, sizeof *oids);

	j->a = *a;
	j->b = *b;
	j->from = objects_seek(a, &b->oids[0], false);
	memcpy(oids, a->oids, j->from * sizeof *oids);
	memcpy(oids + j->from, b->oids, b->n * sizeof *oids);
	memcpy(oids + j->from + b->n, a->oids + j->from,
	    (a->n - j->from) * sizeof *oids);
	*all = (struct objects){ oids, a->n + b->n, j, get_joined, set_joined };
}

void model_objects(enum model m, struct objects *all, struct simcard *card)
{
	struct objects one, three;

	if (m == MODEL_RFC1628) {
		upsmib_objects(all, card);
	} else if (m == MODEL_SYMMETRA) {
		powernet_objects(&one, card);
		phases_objects(&three, card);
		join(all, &one, &three);
	} else {
		powernet_objects(all, card);
	}
}

void model_done(enum model m, struct objects *all)
{
	if (m != MODEL_SYMMETRA)
		return;
	free((void *)all->oids);
	free(all->of);
}
