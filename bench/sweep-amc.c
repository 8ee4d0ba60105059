/*
 * amc's own watching: a site with these cards, all asked at once, again and
 * again, as the console does when r is typed. Or, with "changes COMMAND [TRAPS]"
 * behind SWEEPS: COMMAND takes the mains from all of them while they are watched as
 * ever, and it prints after how long the median and the last of them were seen
 * without. Their traps are listened for at TRAPS, ADDRESS:PORT.
 */
#include "sweep.h"

#include "app/app.h"
#include "app/context.h"
#include "app/trapping.h"
#include "app/watching.h"
#include "base/loop.h"
#include "base/text.h"

#include <math.h>

static struct loop *loop;
static struct app *app;
static const struct watched *all[CARDS];
static unsigned failures[CARDS];

static bool open_site(void)
{
	struct text ini = { 0 };
	struct err e;
	bool ok;

	text_add(&ini, "[Network]\nFormat=1\n[Group1]\nName=G\nParent=Network\n");
	for (int i = 0; i < job.n; i++) {
		char address[INET_ADDRSTRLEN];

		inet_ntop(AF_INET, &job.cards[i].sin_addr, address, sizeof address);
		text_printf(&ini, "[Ups%d]\nName=U%d\nParent=Group1.PowerDevices\nAddress=%s\n"
		    "SnmpPort=%d\nSnmpVersion=2c\nSnmpCommunity=public\n", i + 1, i + 1,
		    address, ntohs(job.cards[i].sin_port));
	}
	ok = app_open_text(app, "sweep", ini.s, ini.len, &e);
	if (!ok)
		fprintf(stderr, "%s\n", e.text);
	text_done(&ini);
	return ok;
}

static bool find_cards(void)
{
	const struct node *top = &site_network(app_site(app))->node, *n;
	int found = 0;

	for (n = top; n; n = node_next(n, top))
		if (n->kind == KIND_UPS)
			all[found++] = map_get(&app->watching->nodes, n->id);
	return found == job.n;
}

static bool is_over(int i, int64_t since, bool *lives)
{
	const struct ups_status *s = watched_ups_status(all[i]);

	*lives = s->known && s->at >= since && !s->silent_since;
	return *lives || all[i]->failures > failures[i];
}

/* Until each card has answered or failed; each is looked at as often as it takes. */
static int wait_for_all(int64_t since, double begin, double *last)
{
	int next = 0, answered = 0;
	bool lives;

	*last = begin;
	while (next < job.n) {
		loop_once(loop, 1000);
		if (!is_over(next, since, &lives))
			continue;
		for (; next < job.n && is_over(next, since, &lives); next++)
			if (lives) {
				answered++;
				*last = now_ms();
			}
	}
	return answered;
}

static void run(double ms)
{
	for (double end = now_ms() + ms; now_ms() < end;)
		loop_once(loop, 20);
}

/* SEEN median_ms last_ms */
static int changes(const char *command, const char *at)
{
	struct trapping_settings traps = { 0 };
	static double seen[CARDS];
	double begin, end;
	struct err e;
	int n = 0;

	watch_start(app);
	if (!find_cards() || (at && !trapping_settings_read(&traps, at, &e)))
		return 1;
	if (at)
		trapping_start(app, &traps);
	trapping_settings_done(&traps);
	run(2.5 * WATCH_MS);		/* they have their places in the interval */
	begin = now_ms();
	if (system(command) != 0)
		return 1;
	for (end = begin + 3 * WATCH_MS; n < job.n && now_ms() < end;) {
		loop_once(loop, 20);
		n = 0;
		for (int i = 0; i < job.n; i++) {
			if (!seen[i] && watched_ups_status(all[i])->reading.state == UPS_ON_BATTERY)
				seen[i] = now_ms() - begin;
			n += seen[i] > 0;
		}
	}
	qsort(seen, (size_t)job.n, sizeof *seen, by_size);
	printf("seen %.0f %.0f\n", seen[job.n / 2], n == job.n ? seen[job.n - 1] : INFINITY);
	return 0;
}

int main(int argc, char **argv)
{
	struct err e;
	long kb, total = 0;

	if (!read_job(argc, argv))
		return 2;
	loop = loop_new();
	app = app_new(loop, &(struct app_options){ .profiles = NULL }, &e);
	if (!app || !open_site()) {
		fprintf(stderr, "%s\n", e.text);
		return 1;
	}
	if (argc > 5 && strcmp(argv[4], "changes") == 0)
		return changes(argv[5], argc > 6 ? argv[6] : NULL);
	kb = own_kb();
	for (int s = 0; s < job.sweeps; s++) {
		double begin, used, last;
		int64_t since = loop_now();

		while (loop_now() == since)	/* so that no older answer counts */
			;
		begin = now_ms();
		used = cpu_ms();
		since = loop_now();
		if (s > 0) {
			watch_refresh(app);
		} else {
			watch_start(app);
			if (!find_cards())
				return 1;
		}
		for (int i = 0; i < job.n; i++)
			failures[i] = all[i]->failures;
		total += wait_for_all(since, begin, &last);
		note(s, begin, last, used);
	}
	report("amc", own_kb() - kb, total);
	app_free(app);
	loop_free(loop);
	return 0;
}
