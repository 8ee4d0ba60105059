/* The details of what is selected, below the list. */
#include "tui/mainview.h"

#include "base/i18n.h"
#include "base/text.h"
#include "model/counted.h"
#include "model/depend.h"
#include "tui/draw.h"
#include "tui/statistics.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SPARK_LEAST = 4 };	/* cells of a curve that tells something */

/* Adds "label value" when there is a value. */
static void add(struct text *t, const char *label, double v, const char *fmt_unit,
    int digits)
{
	if (!isnan(v))
		text_printf(t, "%s%s%s%.*f%s", t->len ? "  " : "", label, *label ? " " : "",
		    digits, v, fmt_unit);
}

static void add_words(struct text *t, const char *label, const char *words)
{
	if (*words)
		text_printf(t, "%s%s%s%s", t->len ? "  " : "", label, *label ? " " : "", words);
}

/* How many bytes of it make a line: what belongs together is parted by two blanks. */
static size_t line_of(const char *s, int cols)
{
	size_t cut = text_fit(s, cols);

	if (!s[cut])
		return cut;
	while (cut > 0 && strncmp(s + cut, "  ", 2) != 0)
		cut--;
	return cut;
}

/* Goes on in the next line where there is one, else ends in a mark. */
static int put_text(const struct pane_box *b, int line, enum role role, struct text *t)
{
	const char *s = t->s ? t->s : "";
	size_t len;

	while (*s && line < b->rows - 1 && (len = line_of(s, b->cols - 2)) > 0) {
		screen_put(b->y + line++, b->x + 1, text_width(s) - text_width(s + len), role, s);
		s += len + strspn(s + len, " ");
	}
	if (*s && line < b->rows)
		draw_cut(b->y + line++, b->x + 1, b->cols - 2, role, s);
	text_done(t);
	return line;
}

static int charge_line(const struct pane_box *b, const struct reading *r, enum role role)
{
	char text[100], time[40];
	int x = b->x + 1, cells = b->cols > 70 ? 32 : 16;

	x += screen_put(b->y, x, 20, role, _("charge")) + 1;
	if (isnan(r->charge_percent)) {
		screen_put(b->y, x, 20, ROLE_OLD, _("not told"));
		return 1;
	}
	draw_bar(b->y, x, cells, role == ROLE_OLD ? role : r->charge_percent < 20 ?
	    ROLE_ALARM : r->charge_percent < 50 ? ROLE_WARNING : ROLE_GOOD,
	    r->charge_percent);
	snprintf(text, sizeof text, "%.0f%%", r->charge_percent);
	x += cells + 1;
	x += screen_put(b->y, x, 5, role, text) + 2;
	if (!isnan(r->runtime_seconds)) {
		snprintf(text, sizeof text, "%s %s", _("runtime"),
		    draw_duration((int64_t)r->runtime_seconds, time, sizeof time));
		screen_put(b->y, x, b->x + b->cols - x, role, text);
	}
	return 1;
}

static void flags_text(const struct reading *r, struct text *t)
{
	for (unsigned bit = 1; flag_label(bit); bit <<= 1)
		if (r->flags & bit)
			text_printf(t, "%s%s", t->len ? ", " : "", tr(flag_label(bit)));
}

static int width(const struct text *t)
{
	return t->s ? text_width(t->s) : 0;
}

/* What comes in and goes out; the curve between them has the room that is left. */
static int power_line(const struct mainview *m, const struct pane_box *b, int line,
    const struct node *n, enum role role)
{
	const struct reading *r = &watch_ups(m->view.tui->app, n->id)->reading;
	struct text in = { 0 }, rest = { 0 }, more = { 0 };
	int cells = b->cols > 70 ? 30 : 10, room;

	add(&in, _("in"), r->input_voltage, "V", 1);
	add(&rest, _("load"), r->load_percent, "%", 0);
	add(&rest, "", r->output_watts, "W", 0);
	add(&rest, _("batt"), r->battery_voltage, "V", 1);
	add(&rest, "", r->temperature_celsius, "°C", 0);
	add(&more, _("out"), r->output_voltage, "V", 1);
	add(&more, "", r->input_frequency, "Hz", 1);
	room = b->cols - 2 - width(&in) - width(&rest) - 3;
	if (more.len && width(&more) + 2 + SPARK_LEAST <= room) {
		add_words(&rest, "", more.s);
		room -= width(&more) + 2;
	}
	text_done(&more);
	if (cells > room)
		cells = room;
	if (cells >= SPARK_LEAST) {
		char *spark = statistics_spark(m->view.tui->app, n->id, cells);

		text_printf(&in, " %s", spark);
		free(spark);
	}
	add_words(&in, "", rest.s ? rest.s : "");
	text_done(&rest);
	return put_text(b, line, role, &in);
}

/* Without mains: when that counts as an outage (R29), and for whom. */
static int outage_line(const struct pane_box *b, int line, const struct ups *ups,
    const struct ups_status *u)
{
	const struct terminal *next = NULL;
	enum ups_state state = u->reading.state;
	int left = (int)(ups->set->confirm - watch_on_battery(u));
	struct text t = { 0 };
	size_t servers = 0;
	char words[COUNTED_MAX];

	if (u->silent_since || (state != UPS_ON_BATTERY && state != UPS_LOW_BATTERY))
		return line;
	while ((next = depend_next_terminal(ups, next)))
		servers++;
	if (left > 0 && state == UPS_ON_BATTERY)
		text_printf(&t, _("confirm %d s: outage in %d:%02d"),
		    ups->set->confirm, left / 60, left % 60);
	else
		text_add(&t, _("counts as an outage"));
	if (servers)
		text_printf(&t, _(", hits %s"), counted_nodes(KIND_TERMINAL, servers, words));
	return put_text(b, line, ROLE_ALARM, &t);
}

static void ups_details(const struct mainview *m, const struct pane_box *b,
    const struct node *n)
{
	struct tui *tui = m->view.tui;
	const struct ups_status *u = watch_ups(tui->app, n->id);
	enum role role = ROLE_TEXT;
	struct text t = { 0 }, ident = { 0 };
	char state[200] = "", time[40];
	int line = 0;

	cell_state(tui->app, n, state, sizeof state, &role);
	if (!u || !u->known) {
		text_add(&t, state);
		line = put_text(b, line, role, &t);
		if (u && u->error[0])
			draw_wrapped(b->y + line, b->x + 1, b->rows - line, b->cols - 2,
			    ROLE_WARNING, u->error);
		return;
	}
	if (role != ROLE_OLD)
		role = watch_ups_stale(tui->app, n->id) ||
		    watch_ups_state(tui->app, n->id) == UPS_COMM_LOST ? ROLE_OLD : ROLE_TEXT;
	line = charge_line(b, &u->reading, role);
	line = power_line(m, b, line, n, role);
	line = outage_line(b, line, node_ups(n), u);
	text_printf(&t, "%s", state);
	flags_text(&u->reading, &t);
	if (u->silent_since)
		add_words(&t, _("was"), tr(state_label(u->reading.state)));
	add_words(&t, _("read"), draw_duration((loop_now() - u->at) / 1000, time, sizeof time));
	text_add(&t, _(" ago"));
	if (u->error[0] && u->silent_since) {
		line = put_text(b, line, role, &t);
		draw_wrapped(b->y + line, b->x + 1, b->rows - line, b->cols - 2, ROLE_WARNING,
		    u->error);
		return;
	}
	add_words(&ident, _("serial"), u->reading.serial);
	add_words(&ident, _("firmware"), u->reading.firmware);
	add_words(&ident, _("profile"), u->profile);
	/* where they are too long for the last line, they begin behind the state */
	if (ident.len && line + 2 == b->rows && text_width(ident.s) > b->cols - 2) {
		add_words(&t, "", ident.s);
		text_done(&ident);
	}
	line = put_text(b, line, role, &t);
	put_text(b, line, u->silent_since ? ROLE_WARNING : role, &ident);
}

static void terminal_details(const struct mainview *m, const struct pane_box *b,
    const struct node *n)
{
	struct tui *tui = m->view.tui;
	const struct terminal *term = node_terminal(n);
	const struct terminal_status *s = watch_terminal(tui->app, n->id);
	int ours = site_network(app_site(tui->app))->revision;
	enum role role = ROLE_TEXT;
	struct text t = { 0 };
	char state[200] = "";
	int line = 0;

	cell_state(tui->app, n, state, sizeof state, &role);
	text_add(&t, state);
	line = put_text(b, line, role, &t);
	text_printf(&t, _("port %d"), terminal_port(app_site(tui->app), term));
	if (s && s->revision)
		text_printf(&t, s->revision == ours ? _("  holds revision %d, as this file") :
		    _("  holds revision %d, this file is %d"), s->revision, ours);
	if (s)
		add_words(&t, "amcd", s->version);
	if (*term->pin)
		add_words(&t, "", _("key known"));
	text_printf(&t, _("  shutdown takes %d s"), term->set->shutdown_seconds);
	line = put_text(b, line, ROLE_TEXT, &t);
	cell_terminal_facts(tui->app, n, &t, &role);
	line = put_text(b, line, role, &t);
	if (s && s->error[0])
		draw_wrapped(b->y + line, b->x + 1, b->rows - line, b->cols - 2,
		    ROLE_WARNING, s->error);
}

static void group_details(const struct mainview *m, const struct pane_box *b,
    const struct node *n)
{
	struct app *app = m->view.tui->app;
	char words[3][COUNTED_MAX];
	struct text t = { 0 };
	struct row row;
	int line = 0;

	rows_find(&m->rows, (struct place){ n->id, IN_ITSELF }, &row);
	text_printf(&t, _("%s, %s, %s below"),
	    counted_nodes(KIND_GROUP, (size_t)rows_below(&m->rows, &row, KIND_GROUP), words[0]),
	    counted_nodes(KIND_UPS, (size_t)rows_below(&m->rows, &row, KIND_UPS), words[1]),
	    counted_nodes(KIND_TERMINAL, (size_t)rows_below(&m->rows, &row, KIND_TERMINAL),
	    words[2]));
	line = put_text(b, line, ROLE_TEXT, &t);
	if (n->kind == KIND_NETWORK) {
		const struct network *net = site_network(app_site(app));

		text_add(&t, app_path(app) ? app_path(app) : "");
		line = put_text(b, line, ROLE_TEXT, &t);
		text_printf(&t, _("revision %d"), net->revision);
		add_words(&t, _("saved"), net->saved);
		add_words(&t, _("by"), net->saved_by);
		line = put_text(b, line, ROLE_TEXT, &t);
		text_add(&t, net->armed ? _("armed: power devices and terminals may be switched") :
		    _("not armed: everything runs, nothing is switched"));
		put_text(b, line, ROLE_TEXT, &t);
	} else {
		const struct group *g = node_group(n);

		add_words(&t, _("communication address"), g->set->communication_address);
		line = put_text(b, line, ROLE_TEXT, &t);
		add_words(&t, _("recognition code"), g->set->recognition_code);
		put_text(b, line, ROLE_TEXT, &t);
	}
}

static void container_details(const struct pane_box *b, enum container c)
{
	static const char *const what[] = {
		[IN_POWER] = N_("UPSs that feed the terminals of this group."),
		[IN_CONTROL] = N_("Terminals that control power and order shutdowns, and groups of them."),
		[IN_LINKED] = N_("Terminals whose power is controlled, and groups of them."),
		[IN_DEVICES] = N_("UPSs of shared disks and the like, on which all terminals of this group depend."),
	};

	draw_wrapped(b->y, b->x + 1, b->rows, b->cols - 2, ROLE_HINT, _(what[c]));
}

static void title(const struct pane_box *b, const struct node *n, enum container c,
    const struct ups_status *u)
{
	struct text t = { 0 };
	const char *description = node_description(n);

	text_printf(&t, " %s", n->parent ? node_name(n) : _("network"));
	if (c != IN_ITSELF)
		text_printf(&t, " / %s", tr(container_label(c)));
	else {
		if (u && u->known && u->reading.model[0])
			text_printf(&t, " · %s", u->reading.model);
		if (*description)
			text_printf(&t, " · %s", description);
	}
	text_add(&t, " ");
	draw_cut(b->y - 1, b->x + 1, b->cols - 2, ROLE_HEAD, t.s);
	text_done(&t);
}

void details_draw(const struct mainview *m, const struct pane_box *b)
{
	struct tui *t = m->view.tui;
	struct place p = mainview_place(t);
	const struct node *n = site_find(app_site(t->app), p.id);

	if (!n || b->cols <= 0)
		return;
	title(b, n, p.container, watch_ups(t->app, n->id));
	if (p.container != IN_ITSELF)
		container_details(b, p.container);
	else if (n->kind == KIND_UPS)
		ups_details(m, b, n);
	else if (n->kind == KIND_TERMINAL)
		terminal_details(m, b, n);
	else
		group_details(m, b, n);
}
