#include "tui/action.h"

#include "app/watch.h"
#include "base/i18n.h"
#include "tui/bulk.h"
#include "tui/columns.h"
#include "tui/command.h"
#include "tui/discover.h"
#include "tui/edit.h"
#include "tui/events.h"
#include "tui/exchange.h"
#include "tui/fetch.h"
#include "tui/find.h"
#include "tui/help.h"
#include "tui/history.h"
#include "tui/keptview.h"
#include "tui/mainview.h"
#include "tui/narrow.h"
#include "tui/planview.h"
#include "tui/problems.h"
#include "tui/pulldown.h"
#include "tui/rehearse.h"
#include "tui/relocate.h"
#include "tui/settings.h"
#include "tui/shutdown.h"
#include "tui/statistics.h"
#include "tui/tagging.h"
#include "tui/taste.h"
#include "tui/terminals.h"
#include "tui/tryout.h"
#include "tui/wake.h"
#include "tui/wizardview.h"

#include <string.h>

static void step(struct tui *t, enum move move)
{
	if (t->top->type->move)
		t->top->type->move(t->top, move);
}

static void up(struct tui *t) { step(t, MOVE_UP); }
static void down(struct tui *t) { step(t, MOVE_DOWN); }
static void left(struct tui *t) { step(t, MOVE_LEFT); }
static void right(struct tui *t) { step(t, MOVE_RIGHT); }
static void page_up(struct tui *t) { step(t, MOVE_PAGE_UP); }
static void page_down(struct tui *t) { step(t, MOVE_PAGE_DOWN); }
static void home(struct tui *t) { step(t, MOVE_HOME); }
static void end(struct tui *t) { step(t, MOVE_END); }
static void next(struct tui *t) { step(t, MOVE_NEXT); }
static void previous(struct tui *t) { step(t, MOVE_PREVIOUS); }

static void ok(struct tui *t)
{
	if (t->top->type->ok)
		t->top->type->ok(t->top);
}

static void cancel(struct tui *t)
{
	if (t->top->type->cancel)
		t->top->type->cancel(t->top);
}

static void fold(struct tui *t) { mainview_fold(t, true); }
static void unfold(struct tui *t) { mainview_fold(t, false); }
static void menu(struct tui *t) { pulldown_open(t, 0); }

static void refresh(struct tui *t)
{
	watch_refresh(t->app);
	tui_say(t, 0, _("Asking all power devices and terminals"));
}

/* The column whose title was clicked. */
static void sort_by(struct tui *t)
{
	mainview_sort_by(t, (int)t->column);
}

static void redraw(struct tui *t)
{
	(void)t;
	screen_redraw();
}

static const struct action actions[] = {
	{ "wizard", N_("New from wizard"), N_("Wizard"), edit_can_save, wizardview_open },
	{ "new-file", N_("New"), N_("New"), NULL, edit_new_file },
	{ "open", N_("Open"), N_("Open"), NULL, edit_open },
	{ "save", N_("Save settings"), N_("Save"), edit_can_save, edit_save },
	{ "save-as", N_("Save as"), N_("Save as"), edit_can_save, edit_save_as },
	{ "history", N_("History"), N_("History"), history_can_open, history_open },
	{ "import", N_("Import"), N_("Import"), exchange_can_import, exchange_import },
	{ "export", N_("Export"), N_("Export"), NULL, exchange_export },
	{ "reload", N_("Reload"), N_("Reload"), NULL, edit_reload },
	{ "quit", N_("Quit"), N_("Quit"), NULL, edit_quit },

	{ "undo", N_("Undo"), N_("Undo"), edit_can_undo, edit_undo },
	{ "redo", N_("Redo"), N_("Redo"), edit_can_redo, edit_redo },
	{ "create-group", N_("Create power control group"), N_("Group"),
	  edit_can_create_group, edit_create_group },
	{ "group-policy", N_("Register group policy"), N_("Policy"),
	  edit_can_policy, edit_policy },
	{ "add-device-group", N_("Add linked-device group"), N_("Group"),
	  edit_can_add_device_group, edit_add_device_group },
	{ "register", N_("Register new device"), N_("Device"),
	  edit_can_register, edit_register },
	{ "new", N_("New group or device here"), N_("New"), edit_can_new, edit_new },
	{ "edit", N_("Edit registration information"), N_("Edit"),
	  edit_can_edit, edit_edit },
	{ "delete", N_("Delete registration information"), N_("Delete"),
	  bulk_can_delete, bulk_delete },
	{ "copy-settings", N_("Copy settings"), N_("Copy"), edit_can_copy, edit_copy },
	{ "paste-settings", N_("Paste settings"), N_("Paste"), edit_can_paste, edit_paste },
	{ "change-all", N_("Change all tagged"), N_("Change"),
	  bulk_can_change, bulk_change },
	{ "move", N_("Move"), N_("Move"), relocate_can, relocate_open },
	{ "move-up", N_("Move up among its like"), N_("Up"),
	  relocate_can_up, relocate_up },
	{ "move-down", N_("Move down among its like"), N_("Down"),
	  relocate_can_down, relocate_down },
	{ "find", N_("Find"), N_("Find"), NULL, find_open },
	{ "find-next", N_("Find next"), N_("Next"), find_can_go_on, find_next },
	{ "find-previous", N_("Find previous"), N_("Previous"),
	  find_can_go_on, find_previous },

	{ "tag", N_("Tag"), N_("Tag"), NULL, tagging_here },
	{ "tag-range", N_("Tag from the last one to here"), N_("Range"),
	  tagging_can_range, tagging_range },
	{ "tag-subtree", N_("Tag all below"), N_("All"), NULL, tagging_subtree },
	{ "tag-none", N_("Untag all"), N_("Untag"), tagging_can_clear, tagging_clear },

	{ "send", N_("Send settings to control terminal"), N_("Send"),
	  edit_can_send, edit_send },
	{ "send-all", N_("Send to all terminals"), N_("All"), edit_can_send_all, edit_send_all },
	{ "fetch", N_("Fetch from terminal"), N_("Fetch"), fetch_can, fetch_open },
	{ "fetch-revision", N_("Fetch an earlier revision"), N_("Earlier"), fetch_can,
	  fetch_revision_open },
	{ "compare", N_("Compare"), N_("Compare"), NULL, compare_open },
	{ "arm", N_("Arm / disarm"), N_("Arm"), edit_can_save, edit_arm },
	{ "terminals", N_("Terminals"), N_("Terminals"), NULL, terminals_open },
	{ "collect", N_("Collect SNMP settings"), N_("Collect"),
	  bulk_can_collect, bulk_collect },
	{ "take-card", N_("Take the card's values"), N_("Take"),
	  edit_can_take_card, edit_take_card },
	{ "compare-cards", N_("Compare with the cards"), N_("Cards"),
	  settings_can_compare, settings_compare },
	{ "write-settings", N_("Write settings to UPS"), N_("Write"),
	  settings_can_write, settings_write },
	{ "take-cards", N_("Take what the cards keep"), N_("Take"),
	  settings_can_take, settings_take },
	{ "settings-all", N_("All settings, or only those that differ"), N_("All"),
	  settings_is_open, settings_show_all },
	{ "ups-test", N_("Self test"), N_("Test"), command_can, command_test },
	{ "ups-on", N_("UPS output on"), N_("On"), command_can_switch, command_on },
	{ "ups-off", N_("UPS output off"), N_("Off"), command_can_switch, command_off },
	{ "ups-reboot", N_("UPS output off and on again"), N_("Reboot"),
	  command_can_switch, command_reboot },
	{ "ups-command", N_("Other commands to the UPS"), N_("Command"),
	  command_can, command_open },
	{ "notifications", N_("Notifications of the terminal"), N_("Notify"), tryout_can,
	  tryout_open },
	{ "wake", N_("Wake server"), N_("Wake"), wake_can, wake_open },
	{ "shut-down", N_("Shut down server"), N_("Shut down"), shutdown_can, shutdown_open },
	{ "call-off", N_("Call off: servers whose time has not come stay up"), N_("Call off"),
	  shutdown_can_call_off, shutdown_call_off },
	{ "discover", N_("Discover cards"), N_("Discover"), discover_can_open, discover_open },
	{ "discover-tick", N_("Tick this card, or not"), N_("Tick"), discover_is_open,
	  discover_tick },
	{ "discover-all", N_("Tick all cards, or none"), N_("All"), discover_is_open,
	  discover_tick_all },
	{ "rehearse", N_("Rehearse outage"), N_("Rehearse"), rehearse_can, rehearse_open },
	{ "refresh", N_("Ask all now"), N_("Refresh"), NULL, refresh },

	{ "problems", N_("Problems"), N_("Check"), NULL, problems_open },
	{ "fix", N_("Make the offered change"), N_("Mend"), problems_can_fix, problems_fix },
	{ "statistics", N_("Statistics"), N_("Curves"), statistics_can_open, statistics_open },
	{ "statistics-minutes", N_("The last 10 minutes"), N_("Minutes"), statistics_is_open,
	  statistics_minutes },
	{ "statistics-hour", N_("The last hour"), N_("Hour"), statistics_is_open, statistics_hour },
	{ "statistics-day", N_("The last day"), N_("Day"), statistics_is_open, statistics_day },
	{ "statistics-week", N_("The last week"), N_("Week"), statistics_is_open, statistics_week },
	{ "statistics-voltage", N_("Input voltage alone"), N_("Voltage"), statistics_is_open,
	  statistics_voltage },
	{ "statistics-load", N_("Load alone"), N_("Load"), statistics_is_open, statistics_load },
	{ "statistics-charge", N_("Battery charge alone"), N_("Charge"), statistics_is_open,
	  statistics_charge },
	{ "statistics-runtime", N_("Run time alone"), N_("Run time"), statistics_is_open,
	  statistics_runtime },
	{ "statistics-all", N_("All four curves"), N_("All"), statistics_is_open, statistics_all },
	{ "statistics-bars", N_("Bars or curves"), N_("Bars"), statistics_is_open, statistics_bars },
	{ "statistics-export", N_("Export samples as CSV"), N_("Export"), statistics_is_open,
	  statistics_export },
	{ "kept", N_("Kept statistics"), N_("Kept"), keptview_can_open, keptview_open },
	{ "kept-day", N_("The last day"), N_("Day"), keptview_is_open, keptview_day },
	{ "kept-week", N_("The last week"), N_("Week"), keptview_is_open, keptview_week },
	{ "kept-month", N_("The last month"), N_("Month"), keptview_is_open, keptview_month },
	{ "kept-year", N_("The last year"), N_("Year"), keptview_is_open, keptview_year },
	{ "kept-all", N_("Four curves together"), N_("All"), keptview_is_open, keptview_all },
	{ "kept-bars", N_("Bars or curves"), N_("Bars"), keptview_is_open, keptview_bars },
	{ "kept-months", N_("Report by month, or curves"), N_("Report"), keptview_is_open,
	  keptview_report },
	{ "kept-terminal", N_("As another control terminal keeps it"), N_("Terminal"),
	  keptview_is_open, keptview_terminal },
	{ "kept-log-in", N_("Log in at the control terminals"), N_("Log in"), keptview_is_open,
	  keptview_log_in },
	{ "kept-reload", N_("Read the statistics anew"), N_("Anew"), keptview_is_open,
	  keptview_reload },
	{ "kept-export", N_("Export samples as CSV"), N_("Export"), keptview_is_open,
	  keptview_export },
	{ "events", N_("Events"), N_("Events"), NULL, events_open },
	{ "node-events", N_("Events of this node"), N_("Events"), events_can_open_here,
	  events_open_here },
	{ "events-this-node", N_("Only events of this node, or all"), N_("Node"), events_is_open,
	  events_this_node },
	{ "events-severity", N_("All, warnings, or alarms only"), N_("Severity"), events_is_open,
	  events_severity },
	{ "events-waiting", N_("Only what nobody has acknowledged, or all"), N_("Unseen"),
	  events_is_open, events_waiting },
	{ "events-kind", N_("Events of one kind"), N_("Kind"), events_is_open, events_kind },
	{ "events-period", N_("Events of a time"), N_("Period"), events_is_open, events_period },
	{ "events-unfilter", N_("All events again"), N_("All"), events_is_open, events_unfilter },
	{ "events-tag", N_("Tag this event, or not"), N_("Tag"), events_is_open, events_tag },
	{ "events-acknowledge", N_("Acknowledge the tagged events, or this one"), N_("Acknowledge"),
	  events_can_acknowledge, events_acknowledge },
	{ "events-acknowledge-all", N_("Acknowledge all events that are shown"), N_("All"),
	  events_can_acknowledge, events_acknowledge_all },
	{ "events-find", N_("Find in the events"), N_("Find"), events_is_open, events_find },
	{ "events-find-next", N_("Find next"), N_("Next"), events_can_find_next, events_find_next },
	{ "events-find-previous", N_("Find previous"), N_("Previous"), events_can_find_next,
	  events_find_previous },
	{ "events-log-in", N_("Log in at the control terminals"), N_("Log in"), events_can_log_in,
	  events_log_in },
	{ "events-reload", N_("Read the events anew"), N_("Anew"), events_is_open, events_reload },
	{ "plan", N_("Outage plan"), N_("Plan"), NULL, planview_open },
	{ "plan-toggle", N_("Let this power device fail, or not"), N_("Fails"), NULL,
	  planview_toggle },
	{ "plan-all", N_("Let all power devices fail, or none"), N_("All"), NULL, planview_all },
	{ "plan-parallel", N_("Orders one after another, or all at once"), N_("Orders"), NULL,
	  planview_parallel },
	{ "plan-concerned", N_("Only what the outage concerns, or all"), N_("Concerned"), NULL,
	  planview_concerned },
	{ "other-pane", N_("Tree or list"), N_("Pane"), NULL, mainview_other_pane },
	{ "filter", N_("Filter"), N_("Filter"), NULL, narrow_open },
	{ "sort", N_("Sort by the next column"), N_("Sort"), NULL, mainview_sort_next },
	{ "sort-by", N_("Sort by this column"), N_("Sort"), NULL, sort_by },
	{ "reverse", N_("Sort the other way round"), N_("Reverse"),
	  mainview_can_reverse, mainview_reverse },
	{ "columns", N_("Columns"), N_("Columns"), NULL, columns_open },
	{ "zoom", N_("Zoom this pane"), N_("Zoom"), NULL, mainview_zoom },
	{ "border-left", N_("Border to the left"), N_("Left"), mainview_can_border,
	  mainview_border_left },
	{ "border-right", N_("Border to the right"), N_("Right"), mainview_can_border,
	  mainview_border_right },
	{ "fold", N_("Fold"), N_("Fold"), NULL, fold },
	{ "unfold", N_("Unfold"), N_("Unfold"), NULL, unfold },
	{ "toggle", N_("Fold or unfold"), N_("Fold"), NULL, mainview_toggle },
	{ "redraw", N_("Draw the screen anew"), N_("Redraw"), NULL, redraw },

	{ "pause", N_("Pause the live states"), N_("Pause"), NULL, taste_pause },
	{ "theme", N_("Theme"), N_("Theme"), NULL, taste_choose_theme },
	{ "language", N_("Language"), N_("Language"), NULL, taste_choose_language },
	{ "width", N_("Width of ambiguous characters"), N_("Width"), NULL, taste_choose_width },
	{ "mouse", N_("Mouse on or off"), N_("Mouse"), NULL, taste_toggle_mouse },
	{ "copy", N_("Copy to the clipboard"), N_("Copy"), NULL, taste_copy },

	{ "menu", N_("Menu"), N_("Menu"), NULL, menu },
	{ "help", N_("Help on this screen"), N_("Help"), NULL, help_open },
	{ "contents", N_("Contents"), N_("Contents"), NULL, help_contents },
	{ "all-keys", N_("Keys"), N_("Keys"), NULL, help_keys },
	{ "help-find", N_("Find in this text"), N_("Find"), help_is_open, help_find },
	{ "help-find-next", N_("Find next"), N_("Next"), help_can_find_next, help_find_next },
	{ "about", N_("About"), N_("About"), NULL, help_about },

	{ "ok", N_("OK: do it"), N_("OK"), NULL, ok },
	{ "cancel", N_("Cancel, back"), N_("Cancel"), NULL, cancel },
	{ "up", N_("Up"), N_("Up"), NULL, up },
	{ "down", N_("Down"), N_("Down"), NULL, down },
	{ "left", N_("Left"), N_("Left"), NULL, left },
	{ "right", N_("Right"), N_("Right"), NULL, right },
	{ "page-up", N_("Page up"), N_("Page up"), NULL, page_up },
	{ "page-down", N_("Page down"), N_("Page down"), NULL, page_down },
	{ "home", N_("To the beginning"), N_("Home"), NULL, home },
	{ "end", N_("To the end"), N_("End"), NULL, end },
	{ "next", N_("To the next"), N_("Next"), NULL, next },
	{ "previous", N_("To the one before"), N_("Back"), NULL, previous },
};

const struct action *action_find(const char *name)
{
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
		if (strcmp(actions[i].name, name) == 0)
			return &actions[i];
	return NULL;
}

const struct action *action_each(size_t i)
{
	return i < sizeof actions / sizeof *actions ? &actions[i] : NULL;
}

bool action_usable(const struct action *a, struct tui *t, struct err *e)
{
	return !a->usable || a->usable(t, e);
}

void action_run(const struct action *a, struct tui *t)
{
	struct err why;

	if (action_usable(a, t, &why)) {
		a->run(t);
		return;
	}
	screen_beep();
	tui_say(t, 1, "%s", why.text);
}
