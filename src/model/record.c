/* record - the four records of a site and their fields; see record.h */
#include "model/record.h"
#include "base/i18n.h"

#define AT(member) .offset = offsetof(RECORD, member)

static const struct choice yes_no[] = {
	{ 0, "no", N_("no") },
	{ 1, "yes", N_("yes") },
	{ 0 }
};

static const struct choice cluster_software[] = {
	{ CLUSTER_NONE, "none", N_("none") },
	{ CLUSTER_CLUSTERPRO, "clusterpro", "CLUSTERPRO" },
	{ CLUSTER_PACEMAKER, "pacemaker", "Pacemaker" },
	{ 0 }
};

static const struct choice fail_actions[] = {
	{ 0, "0", N_("keep running") },
	{ 1, "1", N_("shut down") },
	{ 0 }
};

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

static const struct choice modes[] = {
	{ MODE_UPS, "ups", N_("UPS mode") },
	{ MODE_ADVANCE, "advance", N_("Advance mode (Wake-on-LAN)") },
	{ 0 }
};

static const struct choice network_gear[] = {
	{ GEAR_NONE, "no", N_("no") },
	{ GEAR_TOO, "yes", N_("yes") },
	{ GEAR_ONLY, "only", N_("nothing else") },
	{ 0 }
};

static const struct choice machines[] = {
	{ MACHINES_NONE, "none", N_("none") },
	{ MACHINES_HYPERVISOR, "hypervisor", N_("by its hypervisor") },
	{ MACHINES_AMC, "amc", N_("by amc") },
	{ 0 }
};

#define RECORD struct network
const struct field network_fields[] = {
	{ .key = "Format", .type = FIELD_NUMBER, AT(format), .flags = FIELD_OURS,
	  .min = 1, .max = 1, .initial = "1",
	  .label = N_("Format"),
	  .help = N_("The version of the file's format.") },
	{ .key = "Revision", .type = FIELD_NUMBER, AT(revision),
	  .flags = FIELD_OURS | FIELD_STAMP,
	  .min = 1, .max = 2000000000, .initial = "1",
	  .label = N_("Revision"),
	  .help = N_("Goes up by one at every save that changed something.") },
	{ .key = "Saved", .type = FIELD_TIME, AT(saved),
	  .flags = FIELD_OURS | FIELD_STAMP | FIELD_EMPTY, .initial = "",
	  .label = N_("Saved"),
	  .help = N_("When it was saved last, in UTC.") },
	{ .key = "SavedBy", .type = FIELD_TEXT, AT(saved_by),
	  .flags = FIELD_OURS | FIELD_STAMP | FIELD_EMPTY, .max = 64, .initial = "",
	  .label = N_("Saved by"),
	  .help = N_("The machine it was saved on.") },
	{ .key = "TerminalPort", .type = FIELD_NUMBER, AT(terminal_port),
	  .min = 1, .max = 65535, .initial = "4000",
	  .label = N_("Communication port number"),
	  .help = N_("The port on which the terminals talk to each other; the same on every server (R20).") },
	{ .key = "ClusterSoftware", .type = FIELD_CHOICE, AT(cluster_software),
	  .choices = cluster_software, .initial = "none",
	  .label = N_("Cluster software"),
	  .help = N_("What forms the servers into a cluster. CLUSTERPRO allows only short plain names (R19).") },
	{ .key = "ClusterShutdown", .type = FIELD_CHOICE, AT(cluster_shutdown),
	  .choices = yes_no, .initial = "no",
	  .label = N_("Cluster shutdown on outage"),
	  .help = N_("Whether the cluster is stopped as a whole before its servers are shut down.") },
	{ .key = "ClusterTimeoutSeconds", .type = FIELD_NUMBER, AT(cluster_timeout),
	  .min = 0, .max = 3600, .unit = "s", .initial = "120",
	  .label = N_("Cluster shutdown timeout"),
	  .help = N_("How long the cluster may take to stop before the servers are shut down anyway. Measure it; about 120 s right after installation (R30).") },
	{ .key = "SiteKey", .type = FIELD_HEX, AT(site_key),
	  .flags = FIELD_OURS | FIELD_SECRET | FIELD_EMPTY, .max = 64, .initial = "",
	  .label = N_("Site key"),
	  .help = N_("Authenticates the beacons of the terminals. Made with the site.") },
	{ .key = "Armed", .type = FIELD_CHOICE, AT(armed), .choices = yes_no,
	  .initial = "no",
	  .label = N_("Armed"),
	  .help = N_("While a site is not armed everything runs and nothing is switched.") },
	{ .key = "LastGroup", .type = FIELD_NUMBER, AT(last_group), .flags = FIELD_OURS,
	  .min = 0, .max = 2000000000, .initial = "0",
	  .label = N_("Last group number"),
	  .help = N_("The highest number a removed group had: numbers are never used again.") },
	{ .key = "LastUps", .type = FIELD_NUMBER, AT(last_ups), .flags = FIELD_OURS,
	  .min = 0, .max = 2000000000, .initial = "0",
	  .label = N_("Last power device number"),
	  .help = N_("The highest number a removed power device had: numbers are never used again.") },
	{ .key = "LastTerminal", .type = FIELD_NUMBER, AT(last_terminal),
	  .flags = FIELD_OURS, .min = 0, .max = 2000000000, .initial = "0",
	  .label = N_("Last terminal number"),
	  .help = N_("The highest number a removed terminal had: numbers are never used again.") },
	{ .key = NULL }
};
#undef RECORD

#define RECORD struct group
const struct field group_fields[] = {
	{ .key = "Name", .type = FIELD_TEXT, AT(name), .flags = FIELD_OWN, .min = 1, .max = 64,
	  .initial = "",
	  .label = N_("Name"),
	  .help = N_("The group's name, 1-64 columns, unique in the whole site (R3).") },
	{ .key = "Parent", .type = FIELD_PARENT, AT(node), .initial = "",
	  .flags = FIELD_OURS,
	  .label = N_("Parent"),
	  .help = N_("Where the group hangs.") },
	{ .key = "Description", .type = FIELD_TEXT, AT(description),
	  .flags = FIELD_OWN | FIELD_EMPTY, .max = 128, .initial = "",
	  .label = N_("Description"),
	  .help = N_("Free text, up to 128 columns.") },
	{ .key = "CommunicationAddress", .type = FIELD_IPV4,
	  AT(communication_address), .flags = FIELD_SAME,
	  .initial = "255.255.255.255",
	  .label = N_("Communication IP address"),
	  .help = N_("The local broadcast address that reaches the control terminals, or with a single control terminal its own address (R17). The same in all groups (R16).") },
	{ .key = "RecognitionCode", .type = FIELD_ASCII, AT(recognition_code),
	  .flags = FIELD_SAME, .min = 1, .max = 15, .initial = "ESMAcnet",
	  .label = N_("Communication recognition code"),
	  .help = N_("Tells sites on one network apart: up to 15 characters, the same in all groups (R15). It is no secret.") },
	{ .key = "SnmpCommunity", .type = FIELD_ASCII, AT(snmp_community),
	  .flags = FIELD_SECRET | FIELD_OFFERED, .min = 1, .max = 64,
	  .initial = "public",
	  .label = N_("SNMP community name"),
	  .help = N_("What the UPS cards of this group ask for, unless a power device has its own.") },
	{ .key = "SnmpWriteCommunity", .type = FIELD_ASCII, AT(snmp_write_community),
	  .flags = FIELD_SECRET | FIELD_EMPTY | FIELD_OFFERED, .max = 64, .initial = "",
	  .label = N_("SNMP community for writing"),
	  .help = N_("What the UPS cards of this group ask of who writes settings and gives commands (access Write or Write+); empty: the same as for reading.") },
	{ .key = "SnmpFailConfirmSeconds", .type = FIELD_NUMBER,
	  AT(snmp_fail_confirm), .flags = FIELD_OFFERED, .min = 10, .max = 3600, .unit = "s", .initial = "50",
	  .label = N_("SNMP failure confirmation time"),
	  .help = N_("How long a card must be silent before it counts as lost.") },
	{ .key = "SnmpFailAction", .type = FIELD_CHOICE, AT(snmp_fail_action),
	  .flags = FIELD_OFFERED, .choices = fail_actions, .initial = "0",
	  .label = N_("On SNMP failure during an outage"),
	  .help = N_("What becomes of the connected servers when a card is lost during a confirmed outage (R68).") },
	{ .key = "StatisticsMinutes", .type = FIELD_NUMBER, AT(statistics_minutes),
	  .flags = FIELD_OFFERED, .min = 1, .max = 60, .unit = "min", .initial = "1",
	  .label = N_("Statistics sampling interval"),
	  .help = N_("How often the readings of the power devices are kept, for a week (R69).") },
	{ .key = "RequiredUps", .type = FIELD_NUMBER, AT(required_ups),
	  .min = 0, .max = 16, .initial = "0",
	  .label = N_("Power devices needed"),
	  .help = N_("Redundancy: how many of the group's power devices its servers need; 0 means all of them.") },
	{ .key = NULL }
};
#undef RECORD

#define RECORD struct ups
const struct field ups_fields[] = {
	{ .key = "Name", .type = FIELD_HALF_WIDTH, AT(name), .flags = FIELD_OWN, .min = 1, .max = 8,
	  .initial = "",
	  .label = N_("Name"),
	  .help = N_("1-8 half-width characters, unique (R14): the card stores no more.") },
	{ .key = "Parent", .type = FIELD_PARENT, AT(node), .initial = "",
	  .flags = FIELD_OURS,
	  .label = N_("Parent"),
	  .help = N_("Where the power device hangs.") },
	{ .key = "Address", .type = FIELD_HOST, AT(address), .flags = FIELD_OWN | FIELD_EMPTY,
	  .max = 253, .initial = "",
	  .label = N_("IP address"),
	  .help = N_("The address of its SNMP card (R21), unique in the site (R13).") },
	{ .key = "SnmpPort", .type = FIELD_NUMBER, AT(snmp_port),
	  .min = 1, .max = 65535, .initial = "161",
	  .label = N_("SNMP port"),
	  .help = N_("The UDP port on which the card answers; 161 but for simulated cards.") },
	{ .key = "SnmpVersion", .type = FIELD_CHOICE, AT(snmp_version),
	  .choices = snmp_versions, .initial = "1",
	  .label = N_("SNMP version"),
	  .help = N_("v1 is what the oldest cards speak.") },
	{ .key = "SnmpCommunity", .type = FIELD_ASCII, AT(snmp_community),
	  .flags = FIELD_SECRET | FIELD_EMPTY | FIELD_INHERITS, .max = 64,
	  .initial = "",
	  .label = N_("SNMP community name"),
	  .help = N_("As set on the card; empty: the group's.") },
	{ .key = "SnmpWriteCommunity", .type = FIELD_ASCII, AT(snmp_write_community),
	  .flags = FIELD_SECRET | FIELD_EMPTY | FIELD_INHERITS, .max = 64, .initial = "",
	  .label = N_("SNMP community for writing"),
	  .help = N_("For settings and commands, as set on the card with access Write or Write+; empty: the group's, and if that has none, the same as for reading.") },
	{ .key = "SnmpUser", .type = FIELD_ASCII, AT(snmp_user),
	  .flags = FIELD_EMPTY, .max = 32, .initial = "",
	  .label = N_("SNMP v3 user"),
	  .help = N_("The user profile's name on the card, up to 32 characters; blanks are allowed.") },
	{ .key = "SnmpLevel", .type = FIELD_CHOICE, AT(snmp_level),
	  .choices = snmp_levels, .initial = "authPriv",
	  .label = N_("SNMP v3 level"),
	  .help = N_("Whether v3 messages are authenticated and encrypted.") },
	{ .key = "SnmpAuthProtocol", .type = FIELD_CHOICE, AT(snmp_auth_protocol),
	  .choices = auth_protocols, .initial = "SHA",
	  .label = N_("SNMP v3 authentication"),
	  .help = N_("The hash that the card is set to.") },
	{ .key = "SnmpAuthPassword", .type = FIELD_ASCII, AT(snmp_auth_password),
	  .flags = FIELD_SECRET | FIELD_EMPTY, .min = 8, .max = 64, .initial = "",
	  .label = N_("SNMP v3 authentication password"),
	  .help = N_("8-64 characters.") },
	{ .key = "SnmpPrivProtocol", .type = FIELD_CHOICE, AT(snmp_priv_protocol),
	  .choices = priv_protocols, .initial = "AES",
	  .label = N_("SNMP v3 privacy"),
	  .help = N_("The cipher that the card is set to.") },
	{ .key = "SnmpPrivPassword", .type = FIELD_ASCII, AT(snmp_priv_password),
	  .flags = FIELD_SECRET | FIELD_EMPTY, .min = 8, .max = 64, .initial = "",
	  .label = N_("SNMP v3 privacy password"),
	  .help = N_("8-64 characters.") },
	{ .key = "Profile", .type = FIELD_ASCII, AT(profile), .min = 1, .max = 32,
	  .initial = "auto",
	  .label = N_("Card profile"),
	  .help = N_("What kind of card it is: auto finds out, or the name of a profile.") },
	{ .key = "Description", .type = FIELD_TEXT, AT(description),
	  .flags = FIELD_OWN | FIELD_EMPTY, .max = 128, .initial = "",
	  .label = N_("Description"),
	  .help = N_("Free text, up to 128 columns.") },
	{ .key = "ConfirmSeconds", .type = FIELD_NUMBER, AT(confirm),
	  .min = 0, .max = 3600, .unit = "s", .initial = "60",
	  .label = N_("Power failure confirmation time"),
	  .help = N_("How long mains must be out before it counts as an outage. Control power devices are all alike (R24) and longest: linked disk < linked < control disk < control (R25).") },
	{ .key = "WarmUpOrder", .type = FIELD_NUMBER, AT(warm_up_order),
	  .flags = FIELD_OWN | FIELD_EMPTY, .min = 1, .max = 99, .initial = "",
	  .label = N_("Warm-UP order"),
	  .help = N_("Linked devices: the lowest number starts first when mains return (R42).") },
	{ .key = "WarmUpSeconds", .type = FIELD_NUMBER, AT(warm_up),
	  .min = 0, .max = 86400, .unit = "s", .initial = "0",
	  .label = N_("Warm-UP time"),
	  .help = N_("Linked devices: how much earlier than the servers the disk is started by schedule; a multiple of 360 s (R45).") },
	{ .key = "Recovery", .type = FIELD_CHOICE, AT(recovery),
	  .choices = recoveries, .initial = "ups",
	  .label = N_("On power recovery"),
	  .help = N_("How servers come back when mains return. The same for all linked devices of a container (R43); a shared disk of control terminals: from control terminal (R44).") },
	{ .key = "NetworkGear", .type = FIELD_CHOICE, AT(network_gear),
	  .flags = FIELD_OWN, .choices = network_gear, .initial = "no",
	  .label = N_("Network equipment"),
	  .help = N_("Whether switches and the like are connected to it: none, some, or nothing else. They must outlast the orders, so not at a shared disk's (R59).") },
	{ .key = "ArrayLinkage", .type = FIELD_CHOICE, AT(array_linkage),
	  .flags = FIELD_OWN, .choices = yes_no, .initial = "no",
	  .label = N_("iStorage linkage"),
	  .help = N_("Whether the disk array behind it is switched by iStorage linkage; not with a shared disk of control terminals (R48).") },
	{ .key = "TemperatureHigh", .type = FIELD_NUMBER, AT(temperature_high),
	  .min = -20, .max = 100, .unit = "°C", .initial = "45",
	  .label = N_("Battery temperature, upper"),
	  .help = N_("An alarm is raised above it.") },
	{ .key = "TemperatureLow", .type = FIELD_NUMBER, AT(temperature_low),
	  .min = -20, .max = 100, .unit = "°C", .initial = "0",
	  .label = N_("Battery temperature, lower"),
	  .help = N_("An alarm is raised below it.") },
	{ .key = "BatteryReplaced", .type = FIELD_DATE, AT(battery_replaced),
	  .flags = FIELD_OWN | FIELD_EMPTY, .initial = "",
	  .label = N_("Battery replacement date"),
	  .help = N_("The day the battery was replaced last, YYYY-MM-DD.") },
	{ .key = "GraceSeconds", .type = FIELD_NUMBER, AT(grace),
	  .flags = FIELD_IN_CARD, .min = 0, .max = 3600, .unit = "s", .initial = "300",
	  .label = N_("Power-off grace time"),
	  .help = N_("From the order to switch off until the output goes off; longer than the servers' shutdown takes (R38).") },
	{ .key = "DiskProtectSeconds", .type = FIELD_NUMBER, AT(disk_protect),
	  .flags = FIELD_IN_CARD, .min = 0, .max = 3600, .unit = "s", .initial = "60",
	  .label = N_("Disk protection time"),
	  .help = N_("How long the output stays off at least before it returns, so that disks stand still.") },
	{ .key = "UpperVolts", .type = FIELD_NUMBER, AT(upper_volts),
	  .flags = FIELD_IN_CARD, .min = 80, .max = 300, .unit = "V", .initial = "108",
	  .label = N_("Allowable voltage, upper"),
	  .help = N_("Above it the UPS goes on battery.") },
	{ .key = "LowerVolts", .type = FIELD_NUMBER, AT(lower_volts),
	  .flags = FIELD_IN_CARD, .min = 80, .max = 300, .unit = "V", .initial = "92",
	  .label = N_("Allowable voltage, lower"),
	  .help = N_("Below it the UPS goes on battery.") },
	{ .key = "Sensitivity", .type = FIELD_CHOICE, AT(sensitivity),
	  .flags = FIELD_IN_CARD, .choices = sensitivities, .initial = "4",
	  .label = N_("Power failure detection sensitivity"),
	  .help = N_("How small a disturbance of the mains already counts.") },
	{ .key = "BuzzerTiming", .type = FIELD_CHOICE, AT(buzzer_timing),
	  .flags = FIELD_IN_CARD, .choices = buzzer_timings, .initial = "1",
	  .label = N_("Buzzer timing on failure"),
	  .help = N_("When the UPS sounds its alarm.") },
	{ .key = "BuzzerTimerSeconds", .type = FIELD_NUMBER, AT(buzzer_timer),
	  .flags = FIELD_IN_CARD, .min = 0, .max = 3600, .unit = "s", .initial = "0",
	  .label = N_("Buzzer timer on failure"),
	  .help = N_("How long after a power failure the alarm begins.") },
	{ .key = "BatteryTest", .type = FIELD_CHOICE, AT(battery_test),
	  .flags = FIELD_IN_CARD, .choices = battery_tests, .initial = "2",
	  .label = N_("Automatic battery test pattern"),
	  .help = N_("How often the UPS tests its battery; 6 and above on newer cards only.") },
	{ .key = "MinimumChargePercent", .type = FIELD_NUMBER, AT(minimum_charge),
	  .flags = FIELD_IN_CARD, .min = 0, .max = 100, .unit = "%", .initial = "0",
	  .label = N_("Minimum charge for reboot after recovery"),
	  .help = N_("The output returns only when the battery holds this much.") },
	{ .key = "LowBatterySeconds", .type = FIELD_NUMBER, AT(low_battery),
	  .flags = FIELD_IN_CARD, .min = 0, .max = 3600, .unit = "s", .initial = "120",
	  .label = N_("Run time after low battery"),
	  .help = N_("The UPS warns of a low battery when it can run only this long.") },
	{ .key = "ExhaustSeconds", .type = FIELD_NUMBER, AT(exhaust),
	  .flags = FIELD_IN_CARD, .min = 0, .max = 3600, .unit = "s", .initial = "0",
	  .label = N_("Battery discharge time after UPS stop"),
	  .help = N_("How much of the battery is left when the UPS stops; most cards cannot set it.") },
	{ .key = NULL }
};
#undef RECORD

#define RECORD struct terminal
const struct field terminal_fields[] = {
	{ .key = "Name", .type = FIELD_TEXT, AT(name), .flags = FIELD_OWN, .min = 1, .max = 64,
	  .initial = "",
	  .label = N_("Server name"),
	  .help = N_("The server's name, 1-64 columns, unique among the terminals.") },
	{ .key = "Parent", .type = FIELD_PARENT, AT(node), .initial = "",
	  .flags = FIELD_OURS,
	  .label = N_("Parent"),
	  .help = N_("Where the terminal hangs.") },
	{ .key = "Address", .type = FIELD_HOST, AT(address), .flags = FIELD_OWN | FIELD_EMPTY,
	  .max = 253, .initial = "",
	  .label = N_("IP address"),
	  .help = N_("The address it uses towards the UPS cards (R23), unique in the site (R13).") },
	{ .key = "Port", .type = FIELD_NUMBER, AT(port),
	  .flags = FIELD_EMPTY | FIELD_INHERITS, .min = 1, .max = 65535,
	  .initial = "",
	  .label = N_("Port"),
	  .help = N_("Where its amcd listens; empty: the site's communication port.") },
	{ .key = "Description", .type = FIELD_TEXT, AT(description),
	  .flags = FIELD_OWN | FIELD_EMPTY, .max = 128, .initial = "",
	  .label = N_("Description"),
	  .help = N_("Free text, up to 128 columns.") },
	{ .key = "Mode", .type = FIELD_CHOICE, AT(mode), .choices = modes,
	  .initial = "ups",
	  .label = N_("Operation mode"),
	  .help = N_("UPS mode: its power is switched by a UPS. Advance mode: it is started by Wake-on-LAN.") },
	{ .key = "Monitor", .type = FIELD_CHOICE, AT(monitor), .choices = yes_no,
	  .initial = "yes",
	  .label = N_("Power monitoring"),
	  .help = N_("Whether the mains are watched for it; no where the supply is uninterruptible anyway.") },
	{ .key = "MacAddress", .type = FIELD_MAC, AT(mac), .flags = FIELD_OWN | FIELD_EMPTY,
	  .initial = "",
	  .label = N_("MAC address"),
	  .help = N_("aa:bb:cc:dd:ee:ff; needed to start it by Wake-on-LAN (R57).") },
	{ .key = "ClusterMember", .type = FIELD_CHOICE, AT(cluster_member),
	  .choices = yes_no, .initial = "no",
	  .label = N_("Cluster member"),
	  .help = N_("Whether it is a node of the site's cluster.") },
	{ .key = "ShutdownSeconds", .type = FIELD_NUMBER, AT(shutdown_seconds),
	  .min = 0, .max = 3600, .unit = "s", .initial = "60",
	  .label = N_("Shutdown time"),
	  .help = N_("How long its operating system takes to shut down. Measure it, and add a margin (R38).") },
	{ .key = "Schedule", .type = FIELD_TEXT, AT(schedule),
	  .flags = FIELD_EMPTY, .max = 64, .initial = "",
	  .label = N_("Schedule"),
	  .help = N_("The name of the schedule by which it is switched on and off; empty: by none. In UPS mode the same for all servers of a UPS (R56).") },
	{ .key = "VirtualMachines", .type = FIELD_CHOICE, AT(machines),
	  .choices = machines, .initial = "none",
	  .label = N_("Virtual machines"),
	  .help = N_("Who starts and stops the virtual machines on it: its hypervisor or amc, never both (R65).") },
	{ .key = "KeyPin", .type = FIELD_PIN, AT(pin), .flags = FIELD_OWN | FIELD_EMPTY,
	  .initial = "",
	  .label = N_("Key pin"),
	  .help = N_("sha256// and the hash of the terminal's public key; learned at the first contact.") },
	{ .key = "KeyPinNext", .type = FIELD_PIN, AT(pin_next), .flags = FIELD_OWN | FIELD_EMPTY,
	  .initial = "",
	  .label = N_("Next key pin"),
	  .help = N_("The pin of the key that the terminal is going to have, learned from it (amc trust): both count until it changes to it.") },
	{ .key = NULL }
};
#undef RECORD

static const struct {
	const struct field *fields;
	size_t size;
	const char *word, *section, *label;
} kinds[KIND_COUNT] = {
	[KIND_NETWORK] = { network_fields, sizeof(struct network),
		"network", "Network", N_("network") },
	[KIND_GROUP] = { group_fields, sizeof(struct group),
		"group", "Group", N_("Power control group") },
	[KIND_UPS] = { ups_fields, sizeof(struct ups),
		"ups", "Ups", N_("Power device") },
	[KIND_TERMINAL] = { terminal_fields, sizeof(struct terminal),
		"terminal", "Terminal", N_("Terminal") },
};

static const struct {
	const char *word, *key, *label;
} containers[IN_COUNT] = {
	[IN_POWER] = { "@power", "PowerDevices", N_("Power devices") },
	[IN_CONTROL] = { "@control", "ControlTerminals", N_("Control terminals") },
	[IN_LINKED] = { "@linked", "LinkedTerminals", N_("Linked terminals") },
	[IN_DEVICES] = { "@devices", "LinkedDevices", N_("Linked devices") },
	[IN_ITSELF] = { "", "", "" },
};

const struct field *record_fields(enum kind k)
{
	return kinds[k].fields;
}

size_t record_size(enum kind k)
{
	return kinds[k].size;
}

const char *kind_word(enum kind k)
{
	return kinds[k].word;
}

const char *kind_section(enum kind k)
{
	return kinds[k].section;
}

const char *kind_label(enum kind k)
{
	return kinds[k].label;
}

const char *container_word(enum container c)
{
	return containers[c].word;
}

const char *container_key(enum container c)
{
	return containers[c].key;
}

const char *container_label(enum container c)
{
	return containers[c].label;
}
