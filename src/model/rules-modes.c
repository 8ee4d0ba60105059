/* The rules on UPS mode and Advance mode, and on schedules: R7, R56, R57. */
#include "model/rules-check.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>

static const struct choice *mode_choice(int mode)
{
	return field_choice(field_find(terminal_fields, "Mode"), mode);
}

/* The linked terminals that a group's UPSs feed, in each mode. */
struct modes {
	size_t n[2];
};

void check_one_mode(struct check *c)
{
	const struct depend *d = c->depend;
	struct modes *modes = mem_zero(d->n_groups + 1, sizeof *modes), *m;
	const struct terminal *t;
	size_t i, feeder;
	int most;

	for (i = 0; i < d->n_terminals; i++) {
		feeder = d->groups[d->homes[i]].feeder;
		if (feeder != DEPEND_TOP &&
		    d->terminals[i]->node.container == IN_LINKED)
			modes[feeder].n[d->terminals[i]->set->mode]++;
	}
	for (i = 0; i < d->n_terminals; i++) {
		t = d->terminals[i];
		feeder = d->groups[d->homes[i]].feeder;
		if (feeder == DEPEND_TOP || t->node.container != IN_LINKED)
			continue;
		m = &modes[feeder];
		most = m->n[MODE_ADVANCE] > m->n[MODE_UPS] ? MODE_ADVANCE :
		    MODE_UPS;
		if (t->set->mode != most && m->n[most])
			offer_text(report(c, &t->node, "Mode",
			    _("%s is in %s, other linked terminals on %s are in %s; one UPS cannot feed both"),
			    t->name, tr(mode_choice(t->set->mode)->label),
			    depend_feed(d, feeder)->name,
			    tr(mode_choice(most)->label)),
			    mode_choice(most)->word);
	}
	free(modes);
}

/* The first with a schedule among the servers that a group's UPSs feed, by mode. */
struct scheduled {
	const struct terminal *first[2];
};

void check_schedules(struct check *c)
{
	const struct depend *d = c->depend;
	struct scheduled *by = mem_zero(d->n_groups + 1, sizeof *by);
	const struct terminal *t, *first;
	const struct ups *u;
	size_t i, feeder;

	for (i = 0; i < d->n_terminals; i++) {
		t = d->terminals[i];
		feeder = d->groups[d->homes[i]].feeder;
		if (feeder != DEPEND_TOP && *t->set->schedule &&
		    !by[feeder].first[t->set->mode])
			by[feeder].first[t->set->mode] = t;
	}
	for (i = 0; i < d->n_terminals; i++) {
		t = d->terminals[i];
		feeder = d->groups[d->homes[i]].feeder;
		first = feeder == DEPEND_TOP ? NULL : by[feeder].first[t->set->mode];
		if (!first || t->set->schedule == first->set->schedule)
			continue;
		u = depend_feed(d, feeder);
		if (t->set->mode == MODE_UPS)
			offer_text(report(c, &t->node, "Schedule",
			    _("%s has another schedule (%s) than %s (%s) on the same UPS %s, which is switched for both"),
			    t->name, *t->set->schedule ? t->set->schedule : _("none"),
			    first->name, first->set->schedule, u->name),
			    first->set->schedule);
		else if (!*t->set->schedule)
			report(c, &t->node, "Schedule",
			    _("%s has no schedule and shares %s with %s, which has one (%s); in Advance mode each needs its own"),
			    t->name, u->name, first->name, first->set->schedule);
	}
	free(by);
}

void check_wake(struct check *c)
{
	const struct depend *d = c->depend;
	const struct terminal *t;
	bool no_ups;
	size_t i;

	for (i = 0; i < d->n_terminals; i++) {
		t = d->terminals[i];
		no_ups = d->groups[d->homes[i]].feeder == DEPEND_TOP;
		if (*t->mac)
			continue;
		if (*t->set->schedule && (no_ups || t->set->mode == MODE_ADVANCE))
			report(c, &t->node, "MacAddress",
			    _("%s is switched on by the schedule %s, not by a UPS: that needs Wake-on-LAN and its MAC address"),
			    t->name, t->set->schedule);
		else if (t->set->mode == MODE_ADVANCE)
			soften(c, report(c, &t->node, "MacAddress",
			    _("%s is in Advance mode and has no MAC address: nothing can start it"),
			    t->name), SEVERITY_NOTE);
	}
}
