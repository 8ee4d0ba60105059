/* The rules on linked devices, which as a rule are shared disks: R43, R44, R45. */
#include "model/rules-check.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>

/* A UPS counts its sleep in tenths of an hour. */
#define WARM_UP_STEP 360

static const struct field *recovery_field(void)
{
	return field_find(ups_fields, "Recovery");
}

static const char *recovery_label(int recovery)
{
	return tr(field_choice(recovery_field(), recovery)->label);
}

static void offer_recovery(struct finding *f, int recovery)
{
	offer_text(f, field_choice(recovery_field(), recovery)->word);
}

static void check_container(struct check *c, const struct group *g)
{
	struct tally settings = { 0 };
	const struct node *n;
	const struct ups *u;
	int most;

	for (n = node_first(&g->node, IN_DEVICES); n; n = n->next)
		if (n->kind == KIND_UPS)
			tally_add(&settings,
			    (uintptr_t)node_ups(n)->recovery + 1);
	most = (int)settings.most - 1;
	n = tally_is_mixed(&settings) ? node_first(&g->node, IN_DEVICES) : NULL;
	for (; n; n = n->next) {
		u = node_ups(n);
		if (u && u->recovery != most)
			offer_recovery(report(c, n, "Recovery",
			    _("On power recovery: %s (%s) must be like the other linked devices of %s (%s)"),
			    u->name, recovery_label(u->recovery), g->name,
			    recovery_label(most)), most);
	}
	tally_done(&settings);
}

void check_same_recovery(struct check *c)
{
	size_t i;

	for (i = 0; i < c->depend->n_groups; i++)
		check_container(c, c->depend->groups[i].group);
}

/* A control terminal that is no member of the cluster it looks after. */
static bool has_management_terminal(const struct check *c)
{
	const struct depend *d = c->depend;
	size_t i;

	if (!has_cluster(c))
		return false;
	for (i = 0; i < d->n_terminals; i++)
		if (d->terminals[i]->node.container == IN_CONTROL &&
		    !d->terminals[i]->cluster_member)
			return true;
	return false;
}

/*
 * The groups with control terminals in their reach that have UPSs of their own,
 * one flag a group; yours to free. A linked device over control terminals that
 * have none feeds these servers themselves and is no shared disk.
 */
static bool *fed_controls(const struct depend *d)
{
	bool *fed = mem_zero(d->n_groups + 1, sizeof *fed);
	size_t i;

	for (i = 0; i < d->n_supplies; i++)
		if (d->supplies[i].role == FEEDS_CONTROL)
			fed[d->supplies[i].group] = true;
	for (i = d->n_groups; i-- > 0; )
		if (fed[i] && d->groups[i].parent != DEPEND_TOP)
			fed[d->groups[i].parent] = true;
	return fed;
}

void check_recovery(struct check *c)
{
	const struct depend *d = c->depend;
	bool managed = has_management_terminal(c);
	bool *fed = fed_controls(d);
	const struct supply *s;
	size_t i;

	for (i = 0; i < d->n_supplies; i++) {
		s = &d->supplies[i];
		if (s->role == FEEDS_CONTROL_DISK && fed[s->group] &&
		    !managed && s->ups->recovery == RECOVERY_UPS)
			offer_recovery(report(c, &s->ups->node, "Recovery",
			    _("On power recovery: %s feeds a shared disk of control terminals; it should reboot from the control terminal"),
			    s->ups->name), RECOVERY_CONTROL);
		if (s->role == FEEDS_LINKED_DISK &&
		    s->ups->recovery == RECOVERY_CONTROL)
			offer_recovery(report(c, &s->ups->node, "Recovery",
			    _("On power recovery: %s feeds a shared disk of linked terminals; it should reboot by the UPS"),
			    s->ups->name), RECOVERY_UPS);
	}
	free(fed);
}

void check_warm_up(struct check *c)
{
	const struct ups *u;
	size_t i;

	for (i = 0; i < c->depend->n_supplies; i++) {
		u = c->depend->supplies[i].ups;
		if (u->warm_up % WARM_UP_STEP)
			offer_number(report(c, &u->node, "WarmUpSeconds",
			    _("Warm-UP time: %s has %d s, which is not a multiple of %d s"),
			    u->name, u->warm_up, WARM_UP_STEP),
			    (u->warm_up + WARM_UP_STEP / 2) / WARM_UP_STEP *
			    WARM_UP_STEP);
	}
}
