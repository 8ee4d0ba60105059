/* status - one sweep of all UPSs and terminals, or of cards by their address */
#include "app/status.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/cards.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CLOCK_TOLD 1.5	/* s; what terminals say of their clocks is exact to 0.5 s */

/* A figure, or dashes where the card gives none. */
static const char *figure(double v, int decimals, const char *unit, char buf[24])
{
	if (isnan(v))
		return "-";
	snprintf(buf, 24, "%.*f%s", decimals, v, unit);
	return buf;
}

static void print_cell(const char *text, int cols)
{
	int w = text_width(text);

	printf("%s%*s ", text, w < cols ? cols - w : 0, "");
}

static void print_ups(struct cli *c, const struct ups *u)
{
	const struct ups_status *s = watch_ups(c->app, u->node.id);
	enum ups_state state = watch_ups_state(c->app, u->node.id);
	struct reading none;
	const struct reading *r;
	char buf[24];

	reading_clear(&none);
	r = s && s->known ? &s->reading : &none;
	print_cell(c->address_count ? u->description : u->name, 16);
	print_cell(u->address, 15);
	printf("%s", cli_color(state_severity(state)));
	print_cell(tr(state_label(state)), 12);
	printf("%s", cli_plain());
	printf("%7s ", figure(r->input_voltage, 1, "V", buf));
	printf("%7s ", figure(r->output_voltage, 1, "V", buf));
	printf("%5s ", isnan(r->output_watts) ?
	    figure(r->load_percent, 0, "%", buf) :
	    figure(r->output_watts, 0, "W", buf));
	printf("%5s ", figure(r->charge_percent, 0, "%", buf));
	printf("%7s ", figure(r->runtime_seconds / 60, 0, "min", buf));
	printf("%6s ", figure(r->temperature_celsius, 0, "°C", buf));
	printf("%s %s\n", r->model, s && *s->error ? s->error : "");
}

static void print_terminal(struct cli *c, const struct terminal *t)
{
	const struct terminal_status *s = watch_terminal(c->app, t->node.id);
	enum terminal_state state = s ? s->state : TERMINAL_UNKNOWN;

	print_cell(t->name, 16);
	print_cell(t->address, 15);
	printf("%s", cli_color(terminal_state_severity(state) ? 3 : 0));
	print_cell(tr(terminal_state_label(state)), 28);
	printf("%s", cli_plain());
	if (s && s->revision)
		printf(_("revision %d "), s->revision);
	if (s && *s->software)
		printf(_("also runs %s "), s->software);
	if (s && s->clock_known && fabs(s->clock_ahead) > CLOCK_TOLD)
		printf(_("clock %+.0f s "), s->clock_ahead);
	printf("%s\n", s && *s->error ? s->error : "");
}

static void print(struct cli *c)
{
	const struct node *top = &site_network(app_site(c->app))->node, *n;
	size_t len;
	char *text;

	if (c->json) {
		text = status_print(c->app, c->address_count > 0, NULL, &len);
		fputs(text, stdout);
		free(text);
		fflush(stdout);
		return;
	}
	for (n = top; n; n = node_next(n, top))
		if (n->kind == KIND_UPS)
			print_ups(c, node_ups(n));
		else if (n->kind == KIND_TERMINAL)
			print_terminal(c, node_terminal(n));
	fflush(stdout);
}

/* Did anybody answer, and everybody? */
static int outcome(struct cli *c)
{
	const struct node *top = &site_network(app_site(c->app))->node, *n;
	int silent = 0, well = 0;

	for (n = top; n; n = node_next(n, top)) {
		const struct ups_status *u = watch_ups(c->app, n->id);
		const struct terminal_status *t = watch_terminal(c->app, n->id);

		if (n->kind == KIND_UPS)
			*(u && u->known ? &well : &silent) += 1;
		else if (n->kind == KIND_TERMINAL)
			*(t && terminal_state_is_well(t->state) ? &well : &silent) += 1;
	}
	return !silent ? 0 : well ? ERR_PARTLY : ERR_UNREACHABLE;
}

void cli_sweep(struct cli *c)
{
	int64_t end = loop_now() + (c->timeout_ms ? c->timeout_ms : 15000);

	int64_t now;

	while (!watch_settled(c->app) && (now = loop_now()) < end)
		loop_once(c->loop, (int)(end - now));
}

int verb_status(struct cli *c)
{
	struct err e = { .text = "" };
	int status, faulty;
	bool never = false;

	if (c->address_count && c->argc)
		return cli_usage(c, "status");
	if (c->address_count) {
		if (!cards_site(c, c->addresses, c->address_count, &e))
			return cli_fail(&e);
	} else if (!cli_open(c, c->argc ? c->argv[0] : cli_site_path(c), &status)) {
		return status;
	}
	watch_start(c->app);
	cli_sweep(c);
	print(c);
	while (c->watch && !ferror(stdout)) {
		cli_wait(c, &never, c->timeout_ms ? c->timeout_ms : 8000);
		print(c);
	}
	status = outcome(c);
	watch_stop(c->app);
	/* what could not be understood was not asked */
	faulty = cli_faulty(c->app);
	return status ? status : faulty;
}
