/* The fields of power devices; see record.h */
#include "model/fielding.h"

static const struct choice snmp_versions[] = {
	{ SNMP_V1, "1", "v1" },
	{ SNMP_V2C, "2c", "v2c" },
	{ SNMP_V3, "3", "v3" },
	{ 0 }
};

static const struct choice snmp_levels[] = {
	{ LEVEL_NONE, "noAuthNoPriv", "noAuthNoPriv" },
	{ LEVEL_AUTH, "authNoPriv", "authNoPriv" },
	{ LEVEL_PRIV, "authPriv", "authPriv" },
	{ 0 }
};

static const struct choice auth_protocols[] = {
	{ AUTH_MD5, "MD5", "MD5" },
	{ AUTH_SHA, "SHA", "SHA" },
	{ AUTH_SHA224, "SHA-224", "SHA-224" },
	{ AUTH_SHA256, "SHA-256", "SHA-256" },
	{ AUTH_SHA384, "SHA-384", "SHA-384" },
	{ AUTH_SHA512, "SHA-512", "SHA-512" },
	{ 0 }
};

static const struct choice priv_protocols[] = {
	{ PRIV_DES, "DES", "DES" },
	{ PRIV_AES, "AES", "AES" },
	{ PRIV_AES192, "AES-192", "AES-192" },
	{ PRIV_AES256, "AES-256", "AES-256" },
	{ 0 }
};

static const struct choice recoveries[] = {
	{ RECOVERY_NONE, "none", N_("do not reboot") },
	{ RECOVERY_UPS, "ups", N_("reboot by UPS") },
	{ RECOVERY_CONTROL, "control", N_("reboot from control terminal") },
	{ 0 }
};

static const struct choice sensitivities[] = {
	{ 1, "1", N_("auto") },
	{ 2, "2", N_("low") },
	{ 3, "3", N_("medium") },
	{ 4, "4", N_("high") },
	{ 0 }
};

static const struct choice buzzer_timings[] = {
	{ 1, "1", N_("power failure") },
	{ 2, "2", N_("low battery") },
	{ 3, "3", N_("none") },
	{ 0 }
};

/* The numbers of PowerNet-MIB upsAdvTestDiagnosticSchedule. */
static const struct choice battery_tests[] = {
	{ 2, "2", N_("biweekly") },
	{ 3, "3", N_("weekly") },
	{ 4, "4", N_("at start") },
	{ 5, "5", N_("none") },
	{ 6, "6", N_("every 4 weeks") },
	{ 7, "7", N_("every 12 weeks") },
	{ 8, "8", N_("2 weeks after the last test") },
	{ 9, "9", N_("1 week after the last test") },
	{ 10, "10", N_("every 8 weeks") },
	{ 11, "11", N_("every 26 weeks") },
	{ 12, "12", N_("every 52 weeks") },
	{ 0 }
};

static const struct choice network_gear[] = {
	{ GEAR_NONE, "no", N_("no") },
	{ GEAR_TOO, "yes", N_("yes") },
	{ GEAR_ONLY, "only", N_("nothing else") },
	{ 0 }
};

#define RECORD struct ups
#define SETTINGS struct ups_settings
const struct field ups_fields[] = {
	{ .key = "Name", .type = FIELD_HALF_WIDTH, OWN(name), .flags = FIELD_OWN, .min = 1, .max = 8,
	  .initial = "",
	  .label = N_("Name"),
	  .help = N_("1-8 half-width characters, unique (R14): the card stores no more.") },
	{ .key = "Parent", .type = FIELD_PARENT, OWN(node), .initial = "",
	  .flags = FIELD_OURS,
	  .label = N_("Parent"),
	  .help = N_("Where the power device hangs.") },
	{ .key = "Address", .type = FIELD_HOST, OWN(address), .flags = FIELD_OWN | FIELD_EMPTY,
	  .max = 253, .initial = "",
	  .label = N_("IP address"),
	  .help = N_("The address of its SNMP card (R21), unique in the site (R13).") },
	{ .key = "SnmpPort", .type = FIELD_NUMBER, SET(snmp_port),
	  .min = 1, .max = 65535, .initial = "161",
	  .label = N_("SNMP port"),
	  .help = N_("The UDP port on which the card answers; 161 but for simulated cards.") },
	{ .key = "SnmpVersion", .type = FIELD_CHOICE, SET(snmp_version),
	  .choices = snmp_versions, .initial = "1",
	  .label = N_("SNMP version"),
	  .help = N_("v1 is what the oldest cards speak.") },
	{ .key = "SnmpCommunity", .type = FIELD_ASCII, SET(snmp_community),
	  .flags = FIELD_SECRET | FIELD_EMPTY | FIELD_INHERITS, .max = 64,
	  .initial = "",
	  .label = N_("SNMP community name"),
	  .help = N_("As set on the card; empty: the group's.") },
	{ .key = "SnmpWriteCommunity", .type = FIELD_ASCII, SET(snmp_write_community),
	  .flags = FIELD_SECRET | FIELD_EMPTY | FIELD_INHERITS, .max = 64, .initial = "",
	  .label = N_("SNMP community for writing"),
	  .help = N_("For settings and commands, as set on the card with access Write or Write+; empty: the group's, and if that has none, the same as for reading.") },
	{ .key = "SnmpUser", .type = FIELD_ASCII, SET(snmp_user),
	  .flags = FIELD_EMPTY, .max = 32, .initial = "",
	  .label = N_("SNMP v3 user"),
	  .help = N_("The user profile's name on the card, up to 32 characters; blanks are allowed.") },
	{ .key = "SnmpLevel", .type = FIELD_CHOICE, SET(snmp_level),
	  .choices = snmp_levels, .initial = "authPriv",
	  .label = N_("SNMP v3 level"),
	  .help = N_("Whether v3 messages are authenticated and encrypted.") },
	{ .key = "SnmpAuthProtocol", .type = FIELD_CHOICE, SET(snmp_auth_protocol),
	  .choices = auth_protocols, .initial = "SHA",
	  .label = N_("SNMP v3 authentication"),
	  .help = N_("The hash that the card is set to.") },
	{ .key = "SnmpAuthPassword", .type = FIELD_ASCII, SET(snmp_auth_password),
	  .flags = FIELD_SECRET | FIELD_EMPTY, .min = 8, .max = 64, .initial = "",
	  .label = N_("SNMP v3 authentication password"),
	  .help = N_("8-64 characters.") },
	{ .key = "SnmpPrivProtocol", .type = FIELD_CHOICE, SET(snmp_priv_protocol),
	  .choices = priv_protocols, .initial = "AES",
	  .label = N_("SNMP v3 privacy"),
	  .help = N_("The cipher that the card is set to.") },
	{ .key = "SnmpPrivPassword", .type = FIELD_ASCII, SET(snmp_priv_password),
	  .flags = FIELD_SECRET | FIELD_EMPTY, .min = 8, .max = 64, .initial = "",
	  .label = N_("SNMP v3 privacy password"),
	  .help = N_("8-64 characters.") },
	{ .key = "Profile", .type = FIELD_ASCII, SET(profile), .min = 1, .max = 32,
	  .initial = "auto",
	  .label = N_("Card profile"),
	  .help = N_("What kind of card it is: auto finds out, or the name of a profile.") },
	{ .key = "Description", .type = FIELD_TEXT, OWN(description),
	  .flags = FIELD_OWN | FIELD_EMPTY, .max = 128, .initial = "",
	  .label = N_("Description"),
	  .help = N_("Free text, up to 128 columns.") },
	{ .key = "ConfirmSeconds", .type = FIELD_NUMBER, SET(confirm),
	  .min = 0, .max = 3600, .unit = "s", .initial = "60",
	  .label = N_("Power failure confirmation time"),
	  .help = N_("How long mains must be out before it counts as an outage. Control power devices are all alike (R24) and longest: linked disk < linked < control disk < control (R25).") },
	{ .key = "WarmUpOrder", .type = FIELD_NUMBER, SET(warm_up_order),
	  .flags = FIELD_OWN | FIELD_EMPTY, .min = 1, .max = 99, .initial = "",
	  .label = N_("Warm-UP order"),
	  .help = N_("Linked devices: the lowest number starts first when mains return (R42).") },
	{ .key = "WarmUpSeconds", .type = FIELD_NUMBER, SET(warm_up),
	  .min = 0, .max = 86400, .unit = "s", .initial = "0",
	  .label = N_("Warm-UP time"),
	  .help = N_("Linked devices: how much earlier than the servers the disk is started by schedule; a multiple of 360 s (R45).") },
	{ .key = "Recovery", .type = FIELD_CHOICE, SET(recovery),
	  .choices = recoveries, .initial = "ups",
	  .label = N_("On power recovery"),
	  .help = N_("How servers come back when mains return. The same for all linked devices of a container (R43); a shared disk of control terminals: from control terminal (R44).") },
	{ .key = "NetworkGear", .type = FIELD_CHOICE, SET(network_gear),
	  .flags = FIELD_OWN, .choices = network_gear, .initial = "no",
	  .label = N_("Network equipment"),
	  .help = N_("Whether switches and the like are connected to it: none, some, or nothing else. They must outlast the orders, so not at a shared disk's (R59).") },
	{ .key = "ArrayLinkage", .type = FIELD_CHOICE, SET(array_linkage),
	  .flags = FIELD_OWN, .choices = record_yes_no, .initial = "no",
	  .label = N_("iStorage linkage"),
	  .help = N_("Whether the disk array behind it is switched by iStorage linkage; not with a shared disk of control terminals (R48).") },
	{ .key = "TemperatureHigh", .type = FIELD_NUMBER, SET(temperature_high),
	  .min = -20, .max = 100, .unit = "°C", .initial = "45",
	  .label = N_("Battery temperature, upper"),
	  .help = N_("An alarm is raised above it.") },
	{ .key = "TemperatureLow", .type = FIELD_NUMBER, SET(temperature_low),
	  .min = -20, .max = 100, .unit = "°C", .initial = "0",
	  .label = N_("Battery temperature, lower"),
	  .help = N_("An alarm is raised below it.") },
	{ .key = "BatteryReplaced", .type = FIELD_DATE, SET(battery_replaced),
	  .flags = FIELD_OWN | FIELD_EMPTY, .initial = "",
	  .label = N_("Battery replacement date"),
	  .help = N_("The day the battery was replaced last, YYYY-MM-DD.") },
	{ .key = "GraceSeconds", .type = FIELD_NUMBER, SET(grace),
	  .flags = FIELD_IN_CARD, .min = 0, .max = 3600, .unit = "s", .initial = "300",
	  .label = N_("Power-off grace time"),
	  .help = N_("From the order to switch off until the output goes off; longer than the servers' shutdown takes (R38).") },
	{ .key = "DiskProtectSeconds", .type = FIELD_NUMBER, SET(disk_protect),
	  .flags = FIELD_IN_CARD, .min = 0, .max = 3600, .unit = "s", .initial = "60",
	  .label = N_("Disk protection time"),
	  .help = N_("How long the output stays off at least before it returns, so that disks stand still.") },
	{ .key = "UpperVolts", .type = FIELD_NUMBER, SET(upper_volts),
	  .flags = FIELD_IN_CARD, .min = 80, .max = 300, .unit = "V", .initial = "108",
	  .label = N_("Allowable voltage, upper"),
	  .help = N_("Above it the UPS goes on battery.") },
	{ .key = "LowerVolts", .type = FIELD_NUMBER, SET(lower_volts),
	  .flags = FIELD_IN_CARD, .min = 80, .max = 300, .unit = "V", .initial = "92",
	  .label = N_("Allowable voltage, lower"),
	  .help = N_("Below it the UPS goes on battery.") },
	{ .key = "Sensitivity", .type = FIELD_CHOICE, SET(sensitivity),
	  .flags = FIELD_IN_CARD, .choices = sensitivities, .initial = "4",
	  .label = N_("Power failure detection sensitivity"),
	  .help = N_("How small a disturbance of the mains already counts.") },
	{ .key = "BuzzerTiming", .type = FIELD_CHOICE, SET(buzzer_timing),
	  .flags = FIELD_IN_CARD, .choices = buzzer_timings, .initial = "1",
	  .label = N_("Buzzer timing on failure"),
	  .help = N_("When the UPS sounds its alarm.") },
	{ .key = "BuzzerTimerSeconds", .type = FIELD_NUMBER, SET(buzzer_timer),
	  .flags = FIELD_IN_CARD, .min = 0, .max = 3600, .unit = "s", .initial = "0",
	  .label = N_("Buzzer timer on failure"),
	  .help = N_("How long after a power failure the alarm begins.") },
	{ .key = "BatteryTest", .type = FIELD_CHOICE, SET(battery_test),
	  .flags = FIELD_IN_CARD, .choices = battery_tests, .initial = "2",
	  .label = N_("Automatic battery test pattern"),
	  .help = N_("How often the UPS tests its battery; 6 and above on newer cards only.") },
	{ .key = "MinimumChargePercent", .type = FIELD_NUMBER, SET(minimum_charge),
	  .flags = FIELD_IN_CARD, .min = 0, .max = 100, .unit = "%", .initial = "0",
	  .label = N_("Minimum charge for reboot after recovery"),
	  .help = N_("The output returns only when the battery holds this much.") },
	{ .key = "LowBatterySeconds", .type = FIELD_NUMBER, SET(low_battery),
	  .flags = FIELD_IN_CARD, .min = 0, .max = 3600, .unit = "s", .initial = "120",
	  .label = N_("Run time after low battery"),
	  .help = N_("The UPS warns of a low battery when it can run only this long.") },
	{ .key = "ExhaustSeconds", .type = FIELD_NUMBER, SET(exhaust),
	  .flags = FIELD_IN_CARD, .min = 0, .max = 3600, .unit = "s", .initial = "0",
	  .label = N_("Battery discharge time after UPS stop"),
	  .help = N_("How much of the battery is left when the UPS stops; most cards cannot set it.") },
	{ .key = NULL }
};
