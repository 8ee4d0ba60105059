/*
 * siting - the inside of site: the tree (site.c) and the settings of its records
 * (site-set.c). Nobody else includes it.
 */
#ifndef AMC_MODEL_SITING_H
#define AMC_MODEL_SITING_H

#include "base/index.h"
#include "base/pool.h"
#include "model/alike.h"
#include "model/site.h"

struct site {
	struct network *network;
	struct shelf records[KIND_COUNT];
	struct index places[KIND_COUNT];	/* number -> place among the records */
	struct alike settings[KIND_COUNT];
	struct pool strings;
	size_t count[KIND_COUNT];
	unsigned last[KIND_COUNT];	/* highest number ever used */
	struct node *initial[KIND_COUNT];	/* with every field at its initial value */
	struct node *gathering;		/* whose settings stand in gathered; or NULL */
	struct record_settings *gathered, *work;	/* as large as those of any kind */
	unsigned long changes;
};

/* Makes the records in initial. */
void site_set_init(struct site *);
void site_set_done(struct site *);

#endif
