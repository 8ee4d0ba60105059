/* What there is to say of the kept statistics; a part of keptview */
#include "tui/keeping.h"

#include "app/archive.h"
#include "base/i18n.h"
#include "tui/draw.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static const char *const live[] = {
	[KEPT_DAY] = N_("last day"), [KEPT_WEEK] = N_("last week"), [KEPT_MONTH] = N_("last month"),
	[KEPT_YEAR] = N_("last year"),
};

/* "last day", or which one it was. */
static const char *period_words(const struct keptview *x, char *buf, size_t size)
{
	time_t s = (time_t)(x->from / 1000);
	char date[40];
	struct tm tm;

	localtime_r(&s, &tm);
	switch (x->period) {
	case KEPT_YEAR:	strftime(date, sizeof date, "%Y", &tm); break;
	case KEPT_MONTH:	strftime(date, sizeof date, "%Y-%m", &tm); break;
	default:	strftime(date, sizeof date, "%Y-%m-%d", &tm); break;
	}
	snprintf(buf, size, x->period == KEPT_WEEK ? _("week from %s") : "%s", date);
	return x->back ? buf : tr(live[x->period]);
}

void keptview_title(const struct keptview *x, char *buf, size_t size)
{
	const struct node *n = site_find(app_site(x->view.tui->app), x->ups);
	const struct node *who = site_find(app_site(x->view.tui->app), kept_terminal(x->kept));
	const char *name = n ? node_name(n) : "?";
	char when[80];

	if (x->report)
		snprintf(buf, size, _("Report by month: %s"), name);
	else
		snprintf(buf, size, _("Kept statistics: %s, %s"), name,
		    period_words(x, when, sizeof when));
	if (who)
		snprintf(buf + strlen(buf), size - strlen(buf), " · %s", node_name(who));
}

/* What there is to say: who is asked, why there is nothing, how long it was on battery. */
enum role keptview_words(const struct keptview *x, struct text *t)
{
	int64_t known, battery;
	char a[40], b[40];

	kept_seconds(x->kept, &known, &battery);
	if (*kept_error(x->kept)) {
		text_add(t, kept_error(x->kept));
		text_printf(t, " · %s", _("Esc goes back to what this console has seen."));
		return ROLE_WARNING;
	}
	if (!archive_role(x->view.tui->app) && !kept_terminal(x->kept)) {
		text_add(t, _("Nobody is logged in: l asks for the password."));
		return ROLE_NOTE;
	}
	if (kept_busy(x->kept))
		text_add(t, _("asking…"));
	else if (x->report)
		text_add(t, _("Months are UTC. Voltages are those while there were mains."));
	else if (!known)
		text_add(t, _("Nothing is known of this time."));
	else
		text_printf(t, _("known: %s, on battery: %s"), draw_duration(known, a, sizeof a),
		    draw_duration(battery, b, sizeof b));
	return ROLE_HINT;
}
