/*
 * plant - a control terminal that has kept records for some weeks: plant FOLDER
 * TERMINAL makes events.db and statistics.db in it, as amcd would have.
 *
 * They are of the site of data/samples/demo.ini. Everything is so many days before
 * today, at a fixed time of day, so that a screen of a past day is always the same.
 * TERMINAL, 0 or 1, saw it some seconds sooner or later than the other. Statistics
 * that are there are left alone.
 */
#include "base/mem.h"
#include "base/text.h"
#include "model/reading.h"
#include "model/site.h"
#include "store/eventlog.h"
#include "store/samplelog.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LONG = 70, WEEK = 7 };	/* days */

static const struct planted {
	int days, at;		/* before today; HHMMSS */
	enum entry_kind kind;
	int severity;
	const char *name, *before, *after, *detail, *who, *from, *seen;
	int cause;		/* which row began it, from 1 */
	int only;		/* 1 + the terminal that has it; 0: both */
} events[] = {
	{ 9, 82000, ENTRY_SERVICE, 1, "", "", "", "amcd started", "", "", "", 0, 1 },
	{ 8, 31502, ENTRY_UPS_FLAG, 2, "UPS2", "", "replace-battery", "", "", "", "sato", 0, 0 },
	{ 6, 101500, ENTRY_ACT, 1, "UPS2", "", "test", "", "operator", "127.0.0.1", "", 0, 1 },
	{ 5, 90311, ENTRY_SITE, 1, "SSC-CL-SV1", "6", "7", "", "operator", "127.0.0.1", "", 0, 1 },
	{ 4, 30412, ENTRY_UPS_STATE, 2, "UPS4", "online", "on-battery", "", "", "", "sato", 0, 0 },
	{ 4, 30413, ENTRY_UPS_STATE, 2, "UPS5", "online", "on-battery", "", "", "", "sato", 0, 0 },
	{ 4, 31150, ENTRY_UPS_STATE, 3, "UPS4", "on-battery", "low-battery", "", "", "", "", 5, 0 },
	{ 4, 31244, ENTRY_UPS_STATE, 0, "UPS4", "low-battery", "online", "", "", "", "", 5, 0 },
	{ 4, 31245, ENTRY_UPS_STATE, 0, "UPS5", "on-battery", "online", "", "", "", "", 6, 0 },
	{ 3, 170058, ENTRY_UPS_SILENT, 2, "UPS3", "", "", "192.0.2.13 does not answer SNMP v1; "
	  "check the address, the community and the card's access list", "", "", "", 0, 0 },
	{ 3, 170420, ENTRY_UPS_BACK, 1, "UPS3", "", "", "", "", "", "", 10, 0 },
	{ 3, 223001, ENTRY_TERMINAL_STATE, 2, "BLADE2", "normal", "no-answer", "", "", "", "", 0, 0 },
	{ 3, 223342, ENTRY_TERMINAL_STATE, 1, "BLADE2", "no-answer", "normal", "", "", "", "", 12, 0 },
	{ 3, 234500, ENTRY_SETTING, 1, "UPS1", "110", "108", "UpperVolts kept", "operator",
	  "127.0.0.1", "", 0, 2 },
};

/* "UPS4" and the terminals, as the site numbers them; 0: nobody. */
static unsigned node_of(const char *name)
{
	static const char *const terminals[] = { "SSC-CL-SV1", "SSC-CL-SV2", "BLADE1", "BLADE2",
	    "EXP1", "EXP2" };

	for (unsigned i = 0; i < sizeof terminals / sizeof *terminals; i++)
		if (strcmp(terminals[i], name) == 0)
			return site_id(KIND_TERMINAL, i + 1);
	return strncmp(name, "UPS", 3) == 0 ? site_id(KIND_UPS, (unsigned)atoi(name + 3)) : 0;
}

static time_t time_of(int days, int at)
{
	time_t now = time(NULL);
	struct tm tm;

	localtime_r(&now, &tm);
	tm.tm_mday -= days;
	tm.tm_hour = at / 10000;
	tm.tm_min = at / 100 % 100;
	tm.tm_sec = at % 100;
	tm.tm_isdst = -1;
	return mktime(&tm);
}

static bool plant_events(const char *path, int terminal, struct err *e)
{
	struct eventlog *log = eventlog_open(path, 1 << 24, e);
	int64_t ids[sizeof events / sizeof *events + 1] = { 0 };
	bool ok = log;

	for (size_t i = 0; ok && i < sizeof events / sizeof *events; i++) {
		const struct planted *p = &events[i];
		struct entry x = { .kind = p->kind, .severity = p->severity,
		    .at = (int64_t)time_of(p->days, p->at) * 1000 + terminal * 2500,
		    .cause = ids[p->cause] };

		if (p->only && p->only != terminal + 1)
			continue;
		x.node = node_of(p->name);
		text_copy(x.name, sizeof x.name, p->name);
		text_copy(x.before, sizeof x.before, p->before);
		text_copy(x.after, sizeof x.after, p->after);
		text_copy(x.detail, sizeof x.detail, p->detail);
		text_copy(x.who, sizeof x.who, p->who);
		text_copy(x.origin, sizeof x.origin, p->from);
		ids[i + 1] = eventlog_add(log, &x);
		ok = eventlog_flush(log, e) &&
		    (!*p->seen || eventlog_ack(log, ids[i + 1], p->seen, x.at + 600000, e));
	}
	eventlog_close(log);
	return ok;
}

/* A day of an office: mains that wander, a load that comes in the morning; night of day 4. */
static struct sample sample(unsigned number, int days, int minute, int span)
{
	struct reading r;
	double hour = minute / 60.0;
	bool out = days == 4 && minute >= 184 && minute < 193 && (number == 4 || number == 5);

	reading_clear(&r);
	r.state = out ? UPS_ON_BATTERY : UPS_ONLINE;
	r.input_voltage = out ? 0 : 101 + 2.5 * sin(hour / 24 * 6.2832 + number) + 0.8 * sin(minute * 1.7);
	r.output_voltage = 100;
	r.load_percent = 15 + number + (hour > 8.5 && hour < 19 ? 20 + 6 * sin(hour * 2.1) : 0);
	r.output_watts = r.load_percent * 10;
	r.charge_percent = !out && !(days == 4 && minute >= 193 && minute < 480) ? 100 :
	    out ? 100 - 6 * (minute - 184) : 46 + (minute - 193) * 54 / 287.0;
	r.runtime_seconds = 60 * (2130 - 30 * r.load_percent) / 60;
	r.temperature_celsius = 24 + number % 3 + 2 * sin(hour / 24 * 6.2832 - 2);
	r.battery_voltage = out ? 25.1 : 27.4;
	r.input_frequency = out ? NAN : 50;
	return sample_of(1, time_of(days, 0) + minute * 60, span, &r);
}

/* The card of UPS3 is silent for a while on day 3. */
static bool is_gap(unsigned number, int days, int minute)
{
	return number == 3 && days == 3 && minute >= 1020 && minute < 1100;
}

static bool plant_day(struct samplelog *log, int days, struct err *e)
{
	int step = days <= WEEK ? 2 : 20, end = 1440;
	struct sample *list = mem_zero(6 * 1440, sizeof *list);
	size_t n = 0;
	bool ok, more = true;

	for (unsigned ups = 1; ups <= 6; ups++)
		for (int minute = 0; minute < end; minute += step) {
			if (is_gap(ups, days, minute) || time_of(days, 0) + minute * 60 > time(NULL))
				continue;
			list[n] = sample(ups, days, minute, step * 60);
			list[n++].ups = site_id(KIND_UPS, ups);
		}
	ok = samplelog_add(log, list, n, e);
	while (ok && more)
		ok = samplelog_tend(log, time_of(days - 1, 0), &more, e);
	free(list);
	return ok;
}

static bool plant_samples(const char *path, struct err *e)
{
	struct samplelog *log = samplelog_open(path, 1 << 28, e);
	bool ok = log;

	for (int days = LONG; ok && days >= 0; days--)
		ok = plant_day(log, days, e);
	samplelog_close(log);
	return ok;
}

int main(int argc, char **argv)
{
	char path[4096];
	struct err e = { .text = "" };
	bool ok;

	if (argc != 3) {
		fputs("plant FOLDER TERMINAL\n", stderr);
		return 2;
	}
	snprintf(path, sizeof path, "%s/events.db", argv[1]);
	ok = plant_events(path, atoi(argv[2]), &e);
	snprintf(path, sizeof path, "%s/statistics.db", argv[1]);
	ok = ok && (access(path, F_OK) == 0 || plant_samples(path, &e));
	if (!ok)
		fprintf(stderr, "plant: %s\n", e.text);
	return ok ? 0 : 1;
}
