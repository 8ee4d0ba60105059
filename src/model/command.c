/* command - what a UPS can be told to do; see command.h */
#include "model/command.h"

#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

#define ON_BATTERY (STATE_BIT(UPS_ON_BATTERY) | STATE_BIT(UPS_LOW_BATTERY))
#define SLEEPS (STATE_BIT(UPS_SLEEPING) | STATE_BIT(UPS_OFF))

const struct command commands[] = {
	{ .word = "test", .label = N_("Self test"),
	  .help = N_("Runs on battery for some seconds and tells whether the battery is good."),
	  .risk = RISK_STRAIN, .result = true, .states = STATE_BIT(UPS_TEST) },
	{ .word = "test-cancel", .label = N_("End the self test"),
	  .help = N_("Back to mains at once."),
	  .result = true },
	{ .word = "calibrate", .label = N_("Calibrate the run time"),
	  .help = N_("Runs on battery until it is nearly empty; for hours after that an outage finds it so."),
	  .risk = RISK_STRAIN, .result = true, .begins = true, .flags = FLAG_CALIBRATING,
	  .states = STATE_BIT(UPS_TEST) },
	{ .word = "calibrate-cancel", .label = N_("End the calibration"),
	  .help = N_("Back to mains at once."),
	  .states = STATE_BIT(UPS_ONLINE), .gone = FLAG_CALIBRATING },
	{ .word = "off", .label = N_("Output off now"),
	  .help = N_("At once and without asking the servers. It stays off until it is turned on."),
	  .risk = RISK_CUT, .states = SLEEPS },
	{ .word = "off-gracefully", .label = N_("Output off after the grace time"),
	  .help = N_("After the power-off grace time; some cards tell the servers first. It stays off until it is turned on."),
	  .risk = RISK_CUT, .states = SLEEPS },
	{ .word = "off-until-mains", .label = N_("Output off until mains return"),
	  .help = N_("On battery only: saves the battery, and comes back with the mains."),
	  .risk = RISK_CUT, .states = SLEEPS },
	{ .word = "on", .label = N_("Output on"),
	  .help = N_("What hangs on it starts, unless it is set otherwise there."),
	  .risk = RISK_SWITCH, .states = STATE_BIT(UPS_ONLINE) | STATE_BIT(UPS_BYPASS) | ON_BATTERY },
	{ .word = "reboot", .label = N_("Output off and on again now"),
	  .help = N_("At once and without asking the servers; on again after the disk protection time, when mains are good."),
	  .risk = RISK_CUT, .states = STATE_BIT(UPS_REBOOTING) | SLEEPS },
	{ .word = "reboot-gracefully", .label = N_("Output off and on again after the grace time"),
	  .help = N_("Off after the power-off grace time, on again after the disk protection time, when mains are good."),
	  .risk = RISK_CUT, .states = STATE_BIT(UPS_REBOOTING) | SLEEPS },
	{ .word = "sleep", .label = N_("Sleep now"),
	  .help = N_("Output off at once for the sleep time that is set in the UPS."),
	  .risk = RISK_CUT, .states = SLEEPS },
	{ .word = "sleep-gracefully", .label = N_("Sleep after the grace time"),
	  .help = N_("Output off after the power-off grace time, for the sleep time that is set in the UPS."),
	  .risk = RISK_CUT, .states = SLEEPS },
	{ .word = "cancel", .label = N_("Take back a switching that is pending"),
	  .help = N_("As long as its delay runs."),
	  .risk = RISK_NONE },
	{ .word = "bypass", .label = N_("To bypass"),
	  .help = N_("Mains go straight through: an outage then reaches the servers."),
	  .risk = RISK_SWITCH, .states = STATE_BIT(UPS_BYPASS) },
	{ .word = "bypass-end", .label = N_("Back from bypass"),
	  .help = N_("The UPS feeds its output again."),
	  .risk = RISK_SWITCH, .states = STATE_BIT(UPS_ONLINE) | ON_BATTERY },
	{ .word = "simulate-failure", .label = N_("Simulate a power failure"),
	  .help = N_("The UPS behaves as in an outage, and so will all that watch it."),
	  .risk = RISK_STRAIN, .states = ON_BATTERY },
	{ .word = "beep", .label = N_("Lamps and beeper"),
	  .help = N_("Shows which one it is, to whoever stands before it."),
	  .risk = RISK_NONE },
	{ .word = "mute", .label = N_("Silence the alarm"),
	  .help = N_("Until the next one."),
	  .risk = RISK_NONE },
	{ .word = "outlet-on", .label = N_("Outlet group on"),
	  .help = N_("What hangs on these outlets starts, unless it is set otherwise there."),
	  .risk = RISK_SWITCH, .outlet = true },
	{ .word = "outlet-off", .label = N_("Outlet group off now"),
	  .help = N_("At once and without asking the servers on these outlets."),
	  .risk = RISK_CUT, .outlet = true },
	{ .word = "outlet-off-gracefully", .label = N_("Outlet group off after its delay"),
	  .help = N_("After the off delay of the outlet group, which stands in the card."),
	  .risk = RISK_CUT, .outlet = true },
	{ .word = "outlet-reboot", .label = N_("Outlet group off and on again"),
	  .help = N_("At once; on again after the reboot duration of the outlet group."),
	  .risk = RISK_CUT, .outlet = true },
	{ .word = NULL }
};

const struct command *command_find(const char *word)
{
	for (const struct command *c = commands; c->word; c++)
		if (strcmp(c->word, word) == 0)
			return c;
	return NULL;
}

bool command_is_seen(const struct command *c)
{
	return c->states || c->flags;
}

bool command_shows(const struct command *c, const struct reading *r)
{
	return (c->states & STATE_BIT(r->state) || c->flags & r->flags) &&
	    !(c->gone & r->flags);
}

static const struct { const char *word, *label; } results[RESULT_COUNT] = {
	[RESULT_NONE] = { "none", N_("there is no result yet") },
	[RESULT_RUNNING] = { "running", N_("under way") },
	[RESULT_PASSED] = { "passed", N_("passed") },
	[RESULT_WARNING] = { "warning", N_("passed with a warning") },
	[RESULT_FAILED] = { "failed", N_("failed") },
	[RESULT_INVALID] = { "invalid", N_("invalid: it could not be made to its end") },
	[RESULT_ABORTED] = { "aborted", N_("ended before it was done") },
	[RESULT_REFUSED] = { "refused", N_("refused by the UPS") },
};

const char *result_word(enum command_result r)
{
	return results[r].word;
}

const char *result_label(enum command_result r)
{
	return results[r].label;
}

bool result_from_word(const char *word, enum command_result *r)
{
	for (int i = 0; i < RESULT_COUNT; i++)
		if (strcmp(results[i].word, word) == 0) {
			*r = (enum command_result)i;
			return true;
		}
	return false;
}

static const struct {
	const char *word, *label;
} ends[] = {
	[COMMAND_PENDING] = { "pending", N_("not over yet") },
	[COMMAND_SHOWN] = { "shown", N_("done") },
	[COMMAND_ACCEPTED] = { "accepted", N_("the card took it") },
	[COMMAND_UNSEEN] = { "unseen", N_("the card took it, but it did not show") },
	[COMMAND_UNSURE] = { "unsure", N_("no answer; it may have been done") },
	[COMMAND_DENIED] = { "denied", N_("not done") },
};

const char *command_end_word(enum command_end end)
{
	return ends[end].word;
}

const char *command_end_label(enum command_end end)
{
	return ends[end].label;
}

bool command_end_from_word(const char *text, enum command_end *end)
{
	size_t len = strcspn(text, ":, ");

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (strlen(ends[i].word) == len && strncmp(ends[i].word, text, len) == 0) {
			*end = (enum command_end)i;
			return true;
		}
	return false;
}

void command_words(const struct command_state *s, char *buf, size_t size)
{
	const char *now = s->known ? tr(state_label(s->reading.state)) : _("not known");

	switch (s->end) {
	case COMMAND_PENDING:
		if (!s->sent)
			snprintf(buf, size, "%s", _("asking the card"));
		else
			snprintf(buf, size, _("the card took it; waiting for it to show, %d of at "
			    "most %d s; now: %s"), s->seconds, s->limit, now);
		break;
	case COMMAND_SHOWN:
		if (s->result != RESULT_NONE)
			snprintf(buf, size, _("%s, after %d s"), tr(result_label(s->result)),
			    s->seconds);
		else if (s->before)
			snprintf(buf, size, _("the card took it; it was so before: %s"), now);
		else
			snprintf(buf, size, _("done; now: %s, after %d s"), now, s->seconds);
		break;
	case COMMAND_ACCEPTED:
		snprintf(buf, size, "%s", _("the card took it; nothing of it can be read"));
		break;
	case COMMAND_UNSEEN:
		snprintf(buf, size, _("the card took it, but in %d s it did not show; now: %s%s%s"),
		    s->limit, now, *s->why ? "; " : "", s->why);
		break;
	case COMMAND_UNSURE:
		snprintf(buf, size, _("no answer came, and in %d s it did not show; now: %s. It may "
		    "have been done, or still be"), s->limit, now);
		break;
	case COMMAND_DENIED:
		snprintf(buf, size, _("not done: %s"), s->why);
		break;
	}
}
