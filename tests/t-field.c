/*
 * The settings of the records: what each takes, what it refuses, and the words
 * it refuses with; and that the tables themselves are sound.
 */
#include "model/record.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DIGITS_64 \
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define PIN "sha256//" "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
#define COLS_64 \
	"0123456789012345678901234567890123456789012345678901234567890123"
#define KANJI_32 \
	"電源制御群電源制御群電源制御群電源制御群電源制御群電源制御群電源"
#define SETTING(kind, key) KIND_ ## kind, key

/* words NULL: the value is taken, and its number is n. */
static const struct {
	enum kind kind;
	const char *key, *value;
	int n;
	const char *words;
} cases[] = {
	/* numbers: every digit counts, and both ends belong to the range */
	{ SETTING(UPS, "ConfirmSeconds"), "0", 0, NULL },
	{ SETTING(UPS, "ConfirmSeconds"), "3600", 3600, NULL },
	{ SETTING(UPS, "ConfirmSeconds"), "060", 60, NULL },
	{ SETTING(UPS, "ConfirmSeconds"), "3601", 0,
	  "Power failure confirmation time: 3601 is not between 0 and 3600 s" },
	{ SETTING(UPS, "ConfirmSeconds"), "-1", 0,
	  "Power failure confirmation time: -1 is not between 0 and 3600 s" },
	{ SETTING(UPS, "ConfirmSeconds"), "", 0,
	  "Power failure confirmation time: \"\" is no whole number between 0 and 3600 s" },
	{ SETTING(UPS, "ConfirmSeconds"), "60 ", 0,
	  "Power failure confirmation time: \"60 \" is no whole number between 0 and 3600 s" },
	{ SETTING(UPS, "ConfirmSeconds"), "60s", 0,
	  "Power failure confirmation time: \"60s\" is no whole number between 0 and 3600 s" },
	{ SETTING(UPS, "ConfirmSeconds"), "0x3c", 0,
	  "Power failure confirmation time: \"0x3c\" is no whole number between 0 and 3600 s" },
	{ SETTING(UPS, "ConfirmSeconds"), "99999999999999999999", 0,
	  "Power failure confirmation time: 99999999999999999999 is not between 0 and 3600 s" },
	{ SETTING(UPS, "ConfirmSeconds"), "4294967356", 0,	/* 60 in 32 bits */
	  "Power failure confirmation time: 4294967356 is not between 0 and 3600 s" },
	{ SETTING(UPS, "ConfirmSeconds"), "+60", 0,
	  "Power failure confirmation time: \"+60\" is no whole number between 0 and 3600 s" },
	{ SETTING(UPS, "TemperatureLow"), "-20", -20, NULL },
	{ SETTING(UPS, "TemperatureLow"), "-21", 0,
	  "Battery temperature, lower: -21 is not between -20 and 100 °C" },
	{ SETTING(UPS, "TemperatureLow"), "-", 0,
	  "Battery temperature, lower: \"-\" is no whole number between -20 and 100 °C" },
	{ SETTING(UPS, "WarmUpOrder"), "", FIELD_NONE, NULL },
	{ SETTING(UPS, "WarmUpOrder"), "99", 99, NULL },
	{ SETTING(UPS, "WarmUpOrder"), "0", 0,
	  "Warm-UP order: 0 is not between 1 and 99" },
	{ SETTING(UPS, "WarmUpSeconds"), "86400", 86400, NULL },
	{ SETTING(UPS, "UpperVolts"), "79", 0,
	  "Allowable voltage, upper: 79 is not between 80 and 300 V" },
	{ SETTING(UPS, "MinimumChargePercent"), "101", 0,
	  "Minimum charge for reboot after recovery: 101 is not between 0 and 100 %" },
	{ SETTING(UPS, "SnmpPort"), "65536", 0,
	  "SNMP port: 65536 is not between 1 and 65535" },
	{ SETTING(GROUP, "SnmpFailConfirmSeconds"), "9", 0,
	  "SNMP failure confirmation time: 9 is not between 10 and 3600 s" },
	{ SETTING(GROUP, "StatisticsMinutes"), "60", 60, NULL },
	{ SETTING(GROUP, "StatisticsMinutes"), "0", 0,
	  "Statistics sampling interval: 0 is not between 1 and 60 min" },
	{ SETTING(GROUP, "RequiredUps"), "16", 16, NULL },
	{ SETTING(GROUP, "RequiredUps"), "17", 0,
	  "Power devices needed: 17 is not between 0 and 16" },
	{ SETTING(TERMINAL, "Port"), "", FIELD_NONE, NULL },
	{ SETTING(TERMINAL, "Port"), "0", 0, "Port: 0 is not between 1 and 65535" },
	{ SETTING(NETWORK, "Format"), "2", 0, "Format: 2 is not between 1 and 1" },
	{ SETTING(NETWORK, "Revision"), "0", 0,
	  "Revision: 0 is not between 1 and 2000000000" },

	/* choices: words as in the file, in any case */
	{ SETTING(UPS, "Recovery"), "control", RECOVERY_CONTROL, NULL },
	{ SETTING(UPS, "Recovery"), "UPS", RECOVERY_UPS, NULL },
	{ SETTING(UPS, "Recovery"), "always", 0,
	  "On power recovery: \"always\" is not none, ups or control" },
	{ SETTING(UPS, "Recovery"), "", 0,
	  "On power recovery: \"\" is not none, ups or control" },
	{ SETTING(UPS, "SnmpVersion"), "2c", SNMP_V2C, NULL },
	{ SETTING(UPS, "SnmpVersion"), "2", 0,
	  "SNMP version: \"2\" is not 1, 2c or 3" },
	{ SETTING(UPS, "BatteryTest"), "12", 12, NULL },
	{ SETTING(UPS, "BatteryTest"), "1", 0, "Automatic battery test pattern: "
	  "\"1\" is not 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 or 12" },
	{ SETTING(UPS, "SnmpPrivProtocol"), "aes-256", 3, NULL },
	{ SETTING(TERMINAL, "Monitor"), "no", 0, NULL },
	{ SETTING(TERMINAL, "Monitor"), "true", 0,
	  "Power monitoring: \"true\" is not no or yes" },
	{ SETTING(TERMINAL, "Mode"), "advance", MODE_ADVANCE, NULL },
	{ SETTING(UPS, "NetworkGear"), "only", GEAR_ONLY, NULL },
	{ SETTING(UPS, "NetworkGear"), "maybe", 0,
	  "Network equipment: \"maybe\" is not no, yes or only" },
	{ SETTING(UPS, "ArrayLinkage"), "yes", 1, NULL },
	{ SETTING(TERMINAL, "Schedule"), "", FIELD_NONE, NULL },
	{ SETTING(TERMINAL, "Schedule"), "平日", FIELD_NONE, NULL },
	{ SETTING(TERMINAL, "VirtualMachines"), "amc", MACHINES_AMC, NULL },
	{ SETTING(TERMINAL, "VirtualMachines"), "both", 0,
	  "Virtual machines: \"both\" is not none, hypervisor or amc" },
	{ SETTING(NETWORK, "ClusterSoftware"), "corosync", 0,
	  "Cluster software: \"corosync\" is not none, clusterpro or pacemaker" },

	/* text: in columns, so 32 Japanese characters are 64 */
	{ SETTING(GROUP, "Name"), "電源グループ1", FIELD_NONE, NULL },
	{ SETTING(GROUP, "Name"), COLS_64, FIELD_NONE, NULL },
	{ SETTING(GROUP, "Name"), KANJI_32, FIELD_NONE, NULL },
	{ SETTING(GROUP, "Name"), KANJI_32 "1", FIELD_NONE,
	  "Name: \"" "電源制御群電源制御群電源制御群電源制御群電源制御群電"
	  "\" is not 1..64 columns of text" },
	{ SETTING(GROUP, "Name"), "", FIELD_NONE,
	  "Name: \"\" is not 1..64 columns of text" },
	{ SETTING(GROUP, "Name"), "a\nb", FIELD_NONE,
	  "Name: \"a?b\" is not 1..64 columns of text" },
	{ SETTING(GROUP, "Name"), "\x95\x5c", FIELD_NONE,
	  "Name: \"?\\\" is not 1..64 columns of text" },
	{ SETTING(GROUP, "Description"), "", FIELD_NONE, NULL },
	{ SETTING(GROUP, "Description"), COLS_64 COLS_64, FIELD_NONE, NULL },
	{ SETTING(GROUP, "Description"), COLS_64 COLS_64 "!", FIELD_NONE,
	  "Description: \"" COLS_64 "0123456789012345\" is not 0..128 columns of text" },

	/* half-width: katakana of one column yes, kanji no */
	{ SETTING(UPS, "Name"), "UPS1", FIELD_NONE, NULL },
	{ SETTING(UPS, "Name"), "ｱｲｳｴｵｶｷｸ", FIELD_NONE, NULL },
	{ SETTING(UPS, "Name"), "ups#1;%\"", FIELD_NONE, NULL },
	{ SETTING(UPS, "Name"), "UPS123456", FIELD_NONE,
	  "Name: \"UPS123456\" is not 1..8 half-width characters" },
	{ SETTING(UPS, "Name"), "電源1", FIELD_NONE,
	  "Name: \"電源1\" is not 1..8 half-width characters" },

	/* ASCII; a secret is not repeated */
	{ SETTING(GROUP, "RecognitionCode"), "0123456789abcde", FIELD_NONE, NULL },
	{ SETTING(GROUP, "RecognitionCode"), "0123456789abcdef", FIELD_NONE,
	  "Communication recognition code: \"0123456789abcdef\" is not 1..15 ASCII characters" },
	{ SETTING(GROUP, "RecognitionCode"), "ｱ", FIELD_NONE,
	  "Communication recognition code: \"ｱ\" is not 1..15 ASCII characters" },
	{ SETTING(GROUP, "SnmpCommunity"), "", FIELD_NONE,
	  "SNMP community name: this is not 1..64 ASCII characters" },
	{ SETTING(UPS, "SnmpCommunity"), "", FIELD_NONE, NULL },
	{ SETTING(UPS, "SnmpWriteCommunity"), "", FIELD_NONE, NULL },
	{ SETTING(GROUP, "SnmpWriteCommunity"), "", FIELD_NONE, NULL },
	{ SETTING(GROUP, "SnmpWriteCommunity"), "\xe6\x9b\xb8", FIELD_NONE,
	  "SNMP community for writing: this is not 0..64 ASCII characters" },
	{ SETTING(UPS, "SnmpAuthPassword"), "", FIELD_NONE, NULL },
	{ SETTING(UPS, "SnmpAuthPassword"), "seven77", FIELD_NONE,
	  "SNMP v3 authentication password: this is not 8..64 ASCII characters" },
	{ SETTING(UPS, "SnmpUser"), "amc operator", FIELD_NONE, NULL },
	{ SETTING(NETWORK, "SiteKey"), DIGITS_64, FIELD_NONE, NULL },
	{ SETTING(NETWORK, "SiteKey"), "abc", FIELD_NONE,
	  "Site key: this is not 64 hexadecimal digits" },

	/* addresses */
	{ SETTING(GROUP, "CommunicationAddress"), "172.16.1.255", FIELD_NONE, NULL },
	{ SETTING(GROUP, "CommunicationAddress"), "172.16.1.256", FIELD_NONE,
	  "Communication IP address: \"172.16.1.256\" is not an IPv4 address such as 172.16.1.255" },
	{ SETTING(GROUP, "CommunicationAddress"), "172.16.01.1", FIELD_NONE,
	  "Communication IP address: \"172.16.01.1\" is not an IPv4 address such as 172.16.1.255" },
	{ SETTING(GROUP, "CommunicationAddress"), "server1", FIELD_NONE,
	  "Communication IP address: \"server1\" is not an IPv4 address such as 172.16.1.255" },
	{ SETTING(UPS, "Address"), "", FIELD_NONE, NULL },
	{ SETTING(UPS, "Address"), "ups-1.example.org", FIELD_NONE, NULL },
	{ SETTING(UPS, "Address"), "fe80::1%eth0", FIELD_NONE, NULL },
	{ SETTING(UPS, "Address"), "::ffff:10.0.0.1", FIELD_NONE, NULL },
	{ SETTING(UPS, "Address"), "1::2::3", FIELD_NONE,
	  "IP address: \"1::2::3\" is not an IP address or a host name" },
	{ SETTING(UPS, "Address"), "172.16.1", FIELD_NONE,
	  "IP address: \"172.16.1\" is not an IP address or a host name" },
	{ SETTING(UPS, "Address"), "-ups", FIELD_NONE,
	  "IP address: \"-ups\" is not an IP address or a host name" },
	{ SETTING(UPS, "Address"), "ups 1", FIELD_NONE,
	  "IP address: \"ups 1\" is not an IP address or a host name" },
	{ SETTING(UPS, "Address"), "a..b", FIELD_NONE,
	  "IP address: \"a..b\" is not an IP address or a host name" },
	{ SETTING(TERMINAL, "MacAddress"), "00:0C:29:ab:cd:ef", FIELD_NONE, NULL },
	{ SETTING(TERMINAL, "MacAddress"), "00:0C:29:ab:cd", FIELD_NONE,
	  "MAC address: \"00:0C:29:ab:cd\" is not six bytes as aa:bb:cc:dd:ee:ff" },
	{ SETTING(TERMINAL, "MacAddress"), "00:0C:29:ab:cd:eg", FIELD_NONE,
	  "MAC address: \"00:0C:29:ab:cd:eg\" is not six bytes as aa:bb:cc:dd:ee:ff" },

	/* dates and pins */
	{ SETTING(UPS, "BatteryReplaced"), "2024-02-29", FIELD_NONE, NULL },
	{ SETTING(UPS, "BatteryReplaced"), "2023-02-29", FIELD_NONE,
	  "Battery replacement date: \"2023-02-29\" is not a date as YYYY-MM-DD" },
	{ SETTING(UPS, "BatteryReplaced"), "2024-4-1", FIELD_NONE,
	  "Battery replacement date: \"2024-4-1\" is not a date as YYYY-MM-DD" },
	{ SETTING(UPS, "BatteryReplaced"), "2024-13-01", FIELD_NONE,
	  "Battery replacement date: \"2024-13-01\" is not a date as YYYY-MM-DD" },
	{ SETTING(UPS, "BatteryReplaced"), "2024-00-10", FIELD_NONE,
	  "Battery replacement date: \"2024-00-10\" is not a date as YYYY-MM-DD" },
	{ SETTING(NETWORK, "Saved"), "2026-11-21T03:42:00Z", FIELD_NONE, NULL },
	{ SETTING(NETWORK, "Saved"), "2026-11-21 03:42:00", FIELD_NONE,
	  "Saved: \"2026-11-21 03:42:00\" is not a time as YYYY-MM-DDTHH:MM:SSZ" },
	{ SETTING(NETWORK, "Saved"), "2026-11-21T24:00:00Z", FIELD_NONE,
	  "Saved: \"2026-11-21T24:00:00Z\" is not a time as YYYY-MM-DDTHH:MM:SSZ" },
	{ SETTING(TERMINAL, "KeyPin"), PIN, FIELD_NONE, NULL },
	{ SETTING(TERMINAL, "KeyPin"), "", FIELD_NONE, NULL },
	{ SETTING(TERMINAL, "KeyPinNext"), PIN, FIELD_NONE, NULL },
	{ SETTING(TERMINAL, "KeyPinNext"), "x", FIELD_NONE,
	  "Next key pin: \"x\" is not sha256// and 44 characters of base64" },
	{ SETTING(TERMINAL, "KeyPin"), "sha256//abc=", FIELD_NONE,
	  "Key pin: \"sha256//abc=\" is not sha256// and 44 characters of base64" },
};

static void each_value_is_judged(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct field *f = field_find(record_fields(cases[i].kind),
		    cases[i].key);
		struct err e = { .text = "" };
		bool ok;
		int n;

		if (!f)
			fail_msg("no %s", cases[i].key);
		ok = field_check(f, cases[i].value, &n, &e);
		if (ok != !cases[i].words)
			fail_msg("%s=%s: %s", f->key, cases[i].value,
			    ok ? "taken" : e.text);
		if (!ok && strcmp(e.text, cases[i].words) != 0)
			fail_msg("%s=%s: got \"%s\"", f->key, cases[i].value,
			    e.text);
		if (ok && n != cases[i].n)
			fail_msg("%s=%s: is %d", f->key, cases[i].value, n);
	}
}

/* A refusal that is cut is still UTF-8: it stands on a screen and in JSON. */
static void long_names_are_not_cut_inside_a_character(void **state)
{
	struct err e = { .text = "" };
	const struct field *f = field_find(group_fields, "Name");
	char name[200] = "";
	int n;

	(void)state;
	while (strlen(name) < 190)
		strcat(name, "電");
	for (; *name; memmove(name, name + 3, strlen(name) - 2)) {
		if (field_check(f, name, &n, &e))
			break;
		assert_int_equal(text_invalid(e.text, strlen(e.text)), -1);
	}
	memset(name, 'x', 78);
	strcpy(name + 78, "電電");
	assert_false(field_check(f, name, &n, &e));
	assert_int_equal(text_invalid(e.text, strlen(e.text)), -1);
}

static void check_row(const struct field *f)
{
	static const int number_of_flags = FIELD_EMPTY | FIELD_OURS;
	char allowed[200];
	int n;

	assert_non_null(f->label);
	assert_non_null(f->help);
	assert_non_null(f->initial);
	if (!*f->label || f->help[strlen(f->help) - 1] != '.')
		fail_msg("%s: its help is a sentence", f->key);
	if (f->type == FIELD_NUMBER && f->min > f->max)
		fail_msg("%s: an empty range", f->key);
	if ((f->type == FIELD_CHOICE) != (f->choices != NULL))
		fail_msg("%s: choices", f->key);
	if (strlen(field_allowed(f, allowed, sizeof allowed)) < 3)
		fail_msg("%s: what is allowed?", f->key);
	/* only a name must be given by a person, all else has its value */
	if (strcmp(f->key, "Name") != 0 && f->type != FIELD_PARENT &&
	    !(f->flags & number_of_flags) && !field_check(f, f->initial, &n, NULL))
		fail_msg("%s: its initial value is refused", f->key);
}

static void the_tables_are_sound(void **state)
{
	enum kind k;

	(void)state;
	for (k = 0; k < KIND_COUNT; k++) {
		const struct field *table = record_fields(k), *f;

		assert_true(field_count(table) < 64);	/* bits of settings.given */
		for (f = table; f->key; f++) {
			check_row(f);
			/* a key is found in any case, and is there once */
			assert_ptr_equal(field_find(table, f->key), f);
			assert_true(f->offset < (f->own ? record_size(k) : record_settings_size(k)));
		}
		assert_null(field_find(table, "NoSuchKey"));
		assert_null(field_find(table, ""));
	}
	assert_ptr_equal(field_find(ups_fields, "CONFIRMseconds"),
	    field_find(ups_fields, "ConfirmSeconds"));
}

/* The keys that other programs rely on, with their initial values. */
static void the_keys_are_those_of_the_format(void **state)
{
	static const struct {
		enum kind kind;
		const char *settings;
	} want[] = {
		{ KIND_NETWORK, "Format=1 Revision=1 Saved= SavedBy= TerminalPort=4000 "
		  "ClusterSoftware=none ClusterShutdown=no ClusterTimeoutSeconds=120 "
		  "SiteKey= Armed=no " },
		{ KIND_GROUP, "Name= Parent= Description= "
		  "CommunicationAddress=255.255.255.255 RecognitionCode=ESMAcnet "
		  "SnmpCommunity=public SnmpWriteCommunity= SnmpFailConfirmSeconds=50 "
		  "SnmpFailAction=0 StatisticsMinutes=1 RequiredUps=0 " },
		{ KIND_UPS, "Name= Parent= Address= SnmpPort=161 SnmpVersion=1 "
		  "SnmpCommunity= SnmpWriteCommunity= SnmpUser= SnmpLevel=authPriv SnmpAuthProtocol=SHA "
		  "SnmpAuthPassword= SnmpPrivProtocol=AES SnmpPrivPassword= "
		  "Profile=auto Description= ConfirmSeconds=60 WarmUpOrder= "
		  "WarmUpSeconds=0 Recovery=ups NetworkGear=no ArrayLinkage=no "
		  "TemperatureHigh=45 TemperatureLow=0 "
		  "BatteryReplaced= GraceSeconds=300 DiskProtectSeconds=60 "
		  "UpperVolts=108 LowerVolts=92 Sensitivity=4 BuzzerTiming=1 "
		  "BuzzerTimerSeconds=0 BatteryTest=2 MinimumChargePercent=0 "
		  "LowBatterySeconds=120 ExhaustSeconds=0 " },
		{ KIND_TERMINAL, "Name= Parent= Address= Port= Description= Mode=ups "
		  "Monitor=yes MacAddress= ClusterMember=no ShutdownSeconds=60 "
		  "Schedule= VirtualMachines=none KeyPin= KeyPinNext= " },
	};
	const struct field *f;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof want / sizeof *want; i++) {
		char rest[1000], *word;

		strcpy(rest, want[i].settings);
		for (word = strtok(rest, " "); word; word = strtok(NULL, " ")) {
			char *eq = strchr(word, '=');

			*eq++ = '\0';
			f = field_find(record_fields(want[i].kind), word);
			if (!f || strcmp(f->key, word) != 0 ||
			    strcmp(f->initial, eq) != 0)
				fail_msg("%s=%s", word, f ? f->initial : "?");
		}
	}
}

static const char *unused(const char *key, enum snmp_version version, enum snmp_level level)
{
	return ups_unused(field_find(ups_fields, key), version, level);
}

static void what_counts_for_snmp(void **state)
{
	(void)state;
	assert_null(unused("SnmpCommunity", SNMP_V2C, LEVEL_PRIV));
	assert_non_null(unused("SnmpUser", SNMP_V1, LEVEL_PRIV));
	assert_non_null(unused("SnmpLevel", SNMP_V2C, LEVEL_PRIV));
	assert_non_null(unused("SnmpPrivPassword", SNMP_V2C, LEVEL_PRIV));
	assert_non_null(unused("SnmpWriteCommunity", SNMP_V3, LEVEL_NONE));
	assert_null(unused("SnmpUser", SNMP_V3, LEVEL_NONE));
	assert_non_null(unused("SnmpAuthPassword", SNMP_V3, LEVEL_NONE));
	assert_null(unused("SnmpAuthProtocol", SNMP_V3, LEVEL_AUTH));
	assert_non_null(unused("SnmpPrivProtocol", SNMP_V3, LEVEL_AUTH));
	assert_null(unused("SnmpPrivPassword", SNMP_V3, LEVEL_PRIV));
	for (const struct field *f = ups_fields; f->key; f++)
		if (strncmp(f->key, "Snmp", 4) != 0)
			assert_null(ups_unused(f, SNMP_V3, LEVEL_NONE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_value_is_judged),
		cmocka_unit_test(long_names_are_not_cut_inside_a_character),
		cmocka_unit_test(the_tables_are_sound),
		cmocka_unit_test(the_keys_are_those_of_the_format),
		cmocka_unit_test(what_counts_for_snmp),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
