/* cardgroups - the outlet groups of a simulated UPS; see card.h */
#include "sim/cardstate.h"

enum { ON = 1, OFF, REBOOT, ON_LATER, OFF_LATER, REBOOT_LATER, CANCEL };

void simcard_groups_init(struct simcard *c)
{
	static const int initial[GROUP_DELAYS] = {
		[GROUP_ON_DELAY] = 0, [GROUP_OFF_DELAY] = 90, [GROUP_REBOOT_TIME] = 8,
	};
	int i, j;

	for (i = 0; i < OUTLET_GROUPS; i++) {
		c->groups[i].off_at = c->groups[i].on_at = NEVER;
		for (j = 0; j < GROUP_DELAYS; j++)
			c->groups[i].delays[j] = initial[j];
	}
}

void simcard_groups_settle(struct simcard *c)
{
	struct group *g;

	for (g = c->groups; g < c->groups + OUTLET_GROUPS; g++) {
		if (g->off_at <= c->now) {
			g->off_at = NEVER;
			g->off = true;
		}
		if (g->on_at <= c->now) {
			g->on_at = NEVER;
			g->off = false;
		}
	}
}

int64_t simcard_groups_next(const struct simcard *c)
{
	int64_t t = NEVER;
	const struct group *g;

	for (g = c->groups; g < c->groups + OUTLET_GROUPS; g++) {
		if (g->off_at < t)
			t = g->off_at;
		if (g->on_at < t)
			t = g->on_at;
	}
	return t;
}

bool simcard_group_is_on(const struct simcard *c, int group)
{
	return !c->groups[group].off && (c->output == OUTPUT_ON_LINE ||
	    c->output == OUTPUT_ON_BATTERY);
}

static int64_t after(const struct simcard *c, const struct group *g,
    enum group_delay d)
{
	return g->delays[d] < 0 ? NEVER : c->now + 1000LL * g->delays[d];
}

static void plan_reboot(struct group *g, int64_t off_at)
{
	g->off_at = off_at;
	g->on_at = off_at == NEVER ? NEVER : off_at +
	    1000LL * g->delays[GROUP_REBOOT_TIME];
}

enum command_result simcard_group_command(struct simcard *c, int group, int number,
    bool apply)
{
	struct group *g = &c->groups[group];

	if (number < ON || number > CANCEL)
		return COMMAND_UNKNOWN;
	if (!c->comm)
		return COMMAND_REFUSED;
	if (!apply)
		return COMMAND_DONE;
	g->off_at = g->on_at = NEVER;
	switch (number) {
	case ON:
	case OFF:
		g->off = number == OFF;
		break;
	case REBOOT:
		plan_reboot(g, c->now);
		break;
	case ON_LATER:
		g->on_at = after(c, g, GROUP_ON_DELAY);
		break;
	case OFF_LATER:
		g->off_at = after(c, g, GROUP_OFF_DELAY);
		break;
	case REBOOT_LATER:
		plan_reboot(g, after(c, g, GROUP_OFF_DELAY));
		break;
	}
	simcard_settle(c);
	simcard_look(c);
	return COMMAND_DONE;
}

int simcard_group_delay(const struct simcard *c, int group, enum group_delay d)
{
	return c->groups[group].delays[d];
}

void simcard_set_group_delay(struct simcard *c, int group, enum group_delay d,
    int seconds)
{
	c->groups[group].delays[d] = seconds;
}
