/*
 * farming - the parts of a farm, for farm.c, farm-words.c and farm-state.c
 * alone; everybody else knows it by farm.h.
 */
#ifndef AMC_SIM_FARMING_H
#define AMC_SIM_FARMING_H

#include "sim/farm.h"

#include "base/map.h"
#include "base/pool.h"
#include "base/script.h"
#include "sim/agent.h"
#include "sim/alert.h"
#include "sim/card.h"
#include "sim/trap.h"

struct unit {
	struct farm *farm;
	const char *name;		/* the pool's */
	char *address, *ipv4;
	alerts alerts;			/* what was last told */
	bool restarted;			/* has yet to be told */
	struct simcard *card;		/* or: */
	struct replay *replay;
	enum model model;
	struct objects objects;
	struct simagent *agent;
};

struct farm {
	struct loop *loop;
	struct farm_terms terms;
	int64_t began;
	struct post *post;
	struct unit **units;
	size_t n, cap;
	struct pool names;
	struct map by_name;
	struct script script;
	struct watch *timer;		/* for its next line */
	struct traps *traps;
	struct watch *heart;		/* only with receivers: else nobody sees what cards do */
};

/* NULL if none is named so. */
struct unit *farm_find(const struct farm *, const char *name, size_t len);

/* All cards live until now. */
void farm_live(struct farm *);

/* farm-traps.c: this card tells what happens to it. */
void farm_listen(struct unit *);
void farm_restarts(struct unit *);

/* farm-words.c: does what a line says, as at that moment; out, e may be NULL. */
bool farm_run(struct farm *, const char *line, int64_t at, struct text *out,
    struct err *);
/* Whether it could. */
bool farm_check(struct farm *, const char *line, struct err *);

/* farm-state.c */
void farm_tell(struct farm *, int64_t at, struct text *out);
void farm_tell_json(struct farm *, int64_t at, struct text *out);

#endif
