/*
 * Recorded cards, served by snmpsim, are read as others read them: what NUT and
 * apcupsd say of the same records is the second opinion. AMC_CARDS names the
 * folder: NAME.snmprec, nut/NAME.txt, apcupsd/NAME.txt.
 */
#include "snmp/card.h"
#include "snmp/profile.h"
#include "base/file.h"
#include "base/mem.h"
#include "snmpsim.h"

#include <glob.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *cards;	/* the folder */
static glob_t records;
static struct program sim;
static struct loop *loop;
static struct profiles *profiles;

/* One answer of a card. */
struct answer {
	bool there;
	struct reading r;
	struct err e;
	char profile[40];
	struct card_setting settings[16];
	size_t n_settings;
};

static void took_reading(const struct reading *r, const struct err *e, void *arg)
{
	struct answer *a = arg;

	a->there = true;
	if (r)
		a->r = *r;
	else
		a->e = *e;
}

static void took_settings(const struct card_setting *s, size_t n,
    const struct reading *ident, const struct err *e, void *arg)
{
	struct answer *a = arg;

	a->there = true;
	if (!s) {
		a->e = *e;
		return;
	}
	a->r = *ident;
	a->n_settings = n < 16 ? n : 16;
	memcpy(a->settings, s, a->n_settings * sizeof *s);
}

static void wait_for(struct answer *a)
{
	int64_t end = loop_now() + 20000;

	while (!a->there && loop_now() < end)
		loop_once(loop, 100);
	assert_true(a->there);
}

static struct card *card_for(const char *name, int version)
{
	return card_new(loop, profiles, &(struct card_target){ .host = "127.0.0.1",
	    .port = sim.port, .version = version, .community = name, .profile = "auto",
	    .timeout_ms = 1500, .retries = 1 });
}

/* Reads it twice: what was learned the first time must not change the second. */
static struct answer ask(const char *name, int version)
{
	struct card *c = card_for(name, version);
	struct answer first = { .there = false }, second = { .there = false };

	assert_true(card_read(c, took_reading, &first, &first.e));
	assert_false(card_read(c, took_reading, &second, &second.e));
	assert_non_null(strstr(second.e.text, "being asked already"));
	wait_for(&first);
	snprintf(first.profile, sizeof first.profile, "%s",
	    card_profile(c) ? card_profile(c) : "");
	if (*first.profile) {
		assert_true(card_read(c, took_reading, &second, &second.e));
		wait_for(&second);
		assert_memory_equal(&first.r, &second.r, sizeof first.r);
	}
	card_free(c);
	return first;
}

static char *slurp(const char *sub, const char *name, const char *suffix)
{
	char *path = mem_printf("%s/%s%s%s", cards, sub, name, suffix);
	struct err e;
	size_t len;
	char *text = file_read(path, 1 << 20, &len, &e);

	free(path);
	return text ? text : mem_dup("");
}

/* What stands behind `key` at the start of a line; false if no line has it. */
static bool line_value(const char *text, const char *key, char *buf, size_t size)
{
	size_t len = strlen(key), n;

	for (; text && *text; text = (text = strchr(text, '\n')) ? text + 1 : NULL) {
		if (strncmp(text, key, len))
			continue;
		text += len;
		n = strcspn(text, "\r\n");
		while (n > 0 && text[n - 1] == ' ')
			n--;
		snprintf(buf, size, "%.*s", (int)n, text);
		return true;
	}
	return false;
}

static bool record_has(const char *record, const char *oid)
{
	char key[80], value[200];

	snprintf(key, sizeof key, "%s|", oid);
	return line_value(record, key, value, sizeof value);
}

static unsigned compared;

static void same_number(const char *card, const char *what, const char *oracle,
    const char *text, double factor, double ours, double within)
{
	double theirs = strtod(text, NULL) * factor;

	if (theirs > 1e8 || theirs < -100)	/* "none" taken for a number */
		return;
	compared++;
	if (isnan(ours) || fabs(ours - theirs) > within)
		fail_msg("%s: %s is %g, %s says %g", card, what, ours, oracle, theirs);
}

static void same_text(const char *card, const char *what, const char *oracle,
    const char *theirs, const char *ours)
{
	compared++;
	if (strcmp(ours, theirs))
		fail_msg("%s: %s is \"%s\", %s says \"%s\"", card, what, ours, oracle, theirs);
}

static void agrees(const char *name, const struct answer *a, const char *record)
{
	/* RFC 1628 tells whole minutes */
	bool apc = strcmp(a->profile, "apc") == 0;
	double minute = apc ? 1 : 60;
	char *nut = slurp("nut/", name, ".txt"), *apcupsd = slurp("apcupsd/", name, ".txt");
	/* of three phases apcupsd takes the mean, we the highest */
	const char *load = record_has(record, "1.3.6.1.2.1.33.1.4.4.1.5.2") ? "-" : "LOADPCT  : ";
	const char *temperature = strstr(nut, "ups.temperature: ") ? "ups.temperature: " :
	    "battery.temperature: ";
	const struct {
		const char *what;
		double ours;
		const char *nut;
		double nut_within;
		const char *apcupsd;
		double apcupsd_factor, apcupsd_within;
	} numbers[] = {
		{ "charge", a->r.charge_percent,
		    "battery.charge: ", .06, "BCHARGE  : ", 1, .06 },
		{ "run time", a->r.runtime_seconds,
		    "battery.runtime: ", minute, "TIMELEFT : ", 60, 60 },
		{ "input voltage", a->r.input_voltage,
		    "input.voltage: ", .06, "LINEV    : ", 1, .06 },
		{ "output voltage", a->r.output_voltage,
		    "output.voltage: ", .06, "OUTPUTV  : ", 1, .06 },
		{ "load", a->r.load_percent, "ups.load: ", .06, load, 1, .06 },
		{ "temperature", a->r.temperature_celsius, temperature, .06,
		    "ITEMP    : ", 1, .06 },
	};
	char text[200];

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		if (line_value(nut, numbers[i].nut, text, sizeof text))
			same_number(name, numbers[i].what, "NUT", text, 1, numbers[i].ours,
			    numbers[i].nut_within);
		if (line_value(apcupsd, numbers[i].apcupsd, text, sizeof text))
			same_number(name, numbers[i].what, "apcupsd", text,
			    numbers[i].apcupsd_factor, numbers[i].ours,
			    numbers[i].apcupsd_within);
	}
	/* where both have it from the same tree */
	if (apc || record_has(record, "1.3.6.1.2.1.33.1.1.2.0")) {
		if (line_value(nut, "ups.model: ", text, sizeof text))
			same_text(name, "model", "NUT", text, a->r.model);
		if (line_value(apcupsd, "MODEL    : ", text, sizeof text))
			same_text(name, "model", "apcupsd", text, a->r.model);
	}
	if (apc) {
		if (line_value(nut, "ups.serial: ", text, sizeof text))
			same_text(name, "serial", "NUT", text, a->r.serial);
		if (line_value(apcupsd, "SERIALNO : ", text, sizeof text))
			same_text(name, "serial", "apcupsd", text, a->r.serial);
	}
	if (line_value(nut, "ups.status: ", text, sizeof text) && *text)
		same_text(name, "state", "NUT", strcmp(text, "OL") == 0 ? "online" : text,
		    state_word(a->r.state));
	if (line_value(apcupsd, "STATUS   : ", text, sizeof text) && *text)
		same_text(name, "state", "apcupsd", strcmp(text, "ONLINE") == 0 ? "online" : text,
		    state_word(a->r.state));
	free(nut);
	free(apcupsd);
}

static char *record_name(size_t i)
{
	const char *file = file_name(records.gl_pathv[i]);

	return mem_ndup(file, strlen(file) - strlen(".snmprec"));
}

/* Whose tree is in a record: the makers' own before the UPS-MIB. */
static const char *profile_of(const char *record, const char *sysoid)
{
	static const struct { const char *oid, *profile; } trees[] = {
		{ "1.3.6.1.4.1.318.1.1.1.1.1.1.0", "apc" },
		{ "1.3.6.1.4.1.3808.1.1.1.4.1.1.0", "cyberpower" },
		{ "1.3.6.1.4.1.705.1.7.3.0", "mge" },
		{ "1.3.6.1.4.1.534.1.4.5.0", "eaton-xups" },
		{ "1.3.6.1.2.1.33.1.4.1.0", "rfc1628" },
	};
	bool apc = strncmp(sysoid, "1.3.6.1.4.1.318.", 16) == 0;
	bool huawei = strncmp(sysoid, "1.3.6.1.4.1.2011.", 17) == 0;

	for (size_t i = 0; i < sizeof trees / sizeof *trees; i++)
		if (record_has(record, trees[i].oid))
			return apc && i > 0 ? "" : i == 4 && huawei ? "huawei-small" :
			    trees[i].profile;
	return "";
}

static void every_card(void **state)
{
	(void)state;
	for (size_t i = 0; i < records.gl_pathc; i++) {
		char *name = record_name(i), *record = slurp("", name, ".snmprec");
		char sysoid[100] = "";
		struct answer two = ask(name, 2), one = ask(name, 1);
		const char *want;

		line_value(record, "1.3.6.1.2.1.1.2.0|6|", sysoid, sizeof sysoid);
		want = profile_of(record, sysoid);
		assert_string_equal(two.profile, want);
		assert_string_equal(one.profile, want);
		if (*want) {
			assert_memory_equal(&one.r, &two.r, sizeof one.r);
			agrees(name, &two, record);
		} else {
			assert_string_equal(one.e.text, two.e.text);
			assert_non_null(strstr(two.e.text, " answers"));
			assert_non_null(strstr(two.e.text, sysoid));
		}
		free(record);
		free(name);
	}
	print_message("# %u values compared\n", compared);
	assert_true(compared > 100);
}

static const struct card_setting *setting(const struct answer *a, const char *field)
{
	for (size_t i = 0; i < a->n_settings; i++)
		if (strcmp(a->settings[i].field, field) == 0)
			return &a->settings[i];
	fail_msg("no setting %s", field);
	return NULL;
}

/* The text of the record's table that is about this setting. */
static void record_allowed(const char *record, const char *oid, char *buf, size_t size)
{
	char key[100], named[100] = "";
	int row = 0;

	do {
		snprintf(key, sizeof key, "1.3.6.1.4.1.318.1.1.1.5.2.16.1.2.%d|6|", ++row);
		assert_true(line_value(record, key, named, sizeof named));
	} while (strcmp(named, oid));
	snprintf(key, sizeof key, "1.3.6.1.4.1.318.1.1.1.5.2.16.1.3.%d|4|", row);
	assert_true(line_value(record, key, buf, size));
}

/* The values of a card as apcupsd and NUT have them. */
static void settings_agree(const char *name, const struct answer *a)
{
	static const struct {
		const char *field, *apcupsd;
		double factor;
		const char *nut;
	} same[] = {
		/* DWAKE of apcupsd shows ticks, NUT's delays are three times the truth */
		{ "GraceSeconds", "DSHUTD   : ", 1, "-" },
		{ "LowBatterySeconds", "DLOWBATT : ", 60, "battery.runtime.low: " },
		{ "UpperVolts", "HITRANS  : ", 1, "input.transfer.high: " },
		{ "LowerVolts", "LOTRANS  : ", 1, "input.transfer.low: " },
		{ "MinimumChargePercent", "RETPCT   : ", 1, "battery.charge.restart: " },
	};
	char *nut = slurp("nut/", name, ".txt"), *apcupsd = slurp("apcupsd/", name, ".txt");
	char text[200];

	for (size_t k = 0; k < sizeof same / sizeof *same; k++) {
		double ours = strtod(setting(a, same[k].field)->value, NULL);

		if (line_value(nut, same[k].nut, text, sizeof text))
			same_number(name, same[k].field, "NUT", text, 1, ours, 0.1);
		if (line_value(apcupsd, same[k].apcupsd, text, sizeof text))
			same_number(name, same[k].field, "apcupsd", text, same[k].factor,
			    ours, 0.1);
	}
	if (line_value(nut, "input.sensitivity: ", text, sizeof text))
		same_text(name, "sensitivity", "NUT", text,
		    strcmp(setting(a, "Sensitivity")->value, "4") ? "not 4" : "high");
	if (line_value(nut, "ups.serial: ", text, sizeof text))
		same_text(name, "serial", "NUT", text, a->r.serial);
	free(nut);
	free(apcupsd);
}

/* The same numbers, ours parted by commas and in seconds. */
static void same_list(const char *ours, const char *theirs, int factor)
{
	static const char digits[] = "0123456789";

	while (*ours) {
		theirs += strcspn(theirs, digits);
		assert_int_equal(atoi(ours), atoi(theirs) * factor);
		ours += strspn(ours, digits);
		theirs += strspn(theirs, digits);
		ours += *ours == ',';
	}
	assert_int_equal(theirs[strcspn(theirs, digits)], 0);
}

/* What may be set is what the record's table says. */
static void allowed_agree(const char *record, const struct answer *a)
{
	static const struct {
		const char *field, *leaf;
		int factor;
	} lists[] = {
		{ "GraceSeconds", "10", 1 }, { "DiskProtectSeconds", "9", 1 },
		{ "UpperVolts", "2", 1 }, { "LowerVolts", "3", 1 },
		{ "BuzzerTimerSeconds", "5", 1 }, { "MinimumChargePercent", "6", 1 },
		{ "LowBatterySeconds", "8", 60 },
	};
	char oid[80], text[200];

	for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
		snprintf(oid, sizeof oid, "1.3.6.1.4.1.318.1.1.1.5.2.%s", lists[k].leaf);
		record_allowed(record, oid, text, sizeof text);
		same_list(setting(a, lists[k].field)->allowed, text, lists[k].factor);
	}
	record_allowed(record, "1.3.6.1.4.1.318.1.1.1.5.2.14", text, sizeof text);
	if (strcmp(text, "Not Configurable") == 0) {
		assert_string_equal(setting(a, "ExhaustSeconds")->value, "");
		assert_string_equal(setting(a, "ExhaustSeconds")->allowed, "");
	}
}

static void settings_of_cards(void **state)
{
	unsigned seen = 0;

	(void)state;
	for (size_t i = 0; i < records.gl_pathc; i++) {
		char *name = record_name(i), *record = slurp("", name, ".snmprec");
		bool has = record_has(record, "1.3.6.1.4.1.318.1.1.1.5.2.10.0");

		for (int version = 1; has && version <= 2; version++) {
			struct card *c = card_for(name, version);
			struct answer a = { .there = false };

			assert_true(card_read_settings(c, took_settings, &a, &a.e));
			wait_for(&a);
			card_free(c);
			assert_string_equal(a.e.text, "");
			settings_agree(name, &a);
			allowed_agree(record, &a);
			seen++;
		}
		free(record);
		free(name);
	}
	assert_true(seen >= 2);
}

/* A card that falls silent has words; when it is back it is found again. */
static void lost_and_found(void **state)
{
	struct answer a = { .there = false };
	struct card *c;
	char *name;

	(void)state;
	name = record_name(0);
	c = card_for(name, 2);
	assert_true(card_read(c, took_reading, &a, &a.e));
	wait_for(&a);
	assert_string_equal(a.e.text, "");
	assert_non_null(card_profile(c));
	kill(sim.pid, SIGSTOP);
	a = (struct answer){ .there = false };
	assert_true(card_read(c, took_reading, &a, &a.e));
	wait_for(&a);
	kill(sim.pid, SIGCONT);
	assert_int_equal(a.e.kind, ERR_UNREACHABLE);
	assert_null(card_profile(c));
	a = (struct answer){ .there = false };
	assert_true(card_read(c, took_reading, &a, &a.e));
	wait_for(&a);
	assert_string_equal(a.e.text, "");
	assert_non_null(card_profile(c));
	card_free(c);
	free(name);
}

/* Until it answers: it indexes the records first. */
static bool simulator_answers(void)
{
	int64_t end = loop_now() + 30000;
	char *name = record_name(0);
	bool answers = false;

	while (!answers && loop_now() < end && snmpsim_runs(&sim)) {
		struct answer a = { .there = false };
		struct card *c = card_for(name, 2);

		if (card_read(c, took_reading, &a, &a.e))
			while (!a.there)
				loop_once(loop, 100);
		answers = a.e.kind != ERR_UNREACHABLE;
		card_free(c);
		if (!answers)	/* refused at once: give it time */
			loop_once(loop, 100);
	}
	free(name);
	return answers;
}

static int setup(void **state)
{
	char *pattern = mem_printf("%s/*.snmprec", cards);
	struct err e;
	bool ok;

	(void)state;
	ok = glob(pattern, 0, NULL, &records) == 0;
	free(pattern);
	loop = loop_new();
	profiles = profiles_load(NULL, &e);
	return ok && profiles && snmpsim_start(&sim, records.gl_pathv, records.gl_pathc) &&
	    simulator_answers() ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	program_done(&sim);
	profiles_free(profiles);
	loop_free(loop);
	globfree(&records);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_card),
		cmocka_unit_test(settings_of_cards),
		cmocka_unit_test(lost_and_found),
	};

	cards = getenv("AMC_CARDS");
	if (!cards || !*cards || !program_is_there("snmpsimd")) {
		puts("1..0 # SKIP AMC_CARDS names no folder, or snmpsimd is missing");
		return 0;
	}
	return cmocka_run_group_tests(tests, setup, teardown);
}
