/* The fields of terminals; see record.h */
#include "model/fielding.h"

static const struct choice modes[] = {
	{ MODE_UPS, "ups", N_("UPS mode") },
	{ MODE_ADVANCE, "advance", N_("Advance mode (Wake-on-LAN)") },
	{ 0 }
};

static const struct choice machines[] = {
	{ MACHINES_NONE, "none", N_("none") },
	{ MACHINES_HYPERVISOR, "hypervisor", N_("by its hypervisor") },
	{ MACHINES_AMC, "amc", N_("by amc") },
	{ 0 }
};

#define RECORD struct terminal
#define SETTINGS struct terminal_settings
const struct field terminal_fields[] = {
	{ .key = "Name", .type = FIELD_TEXT, OWN(name), .flags = FIELD_OWN, .min = 1, .max = 64,
	  .initial = "",
	  .label = N_("Server name"),
	  .help = N_("The server's name, 1-64 columns, unique among the terminals.") },
	{ .key = "Parent", .type = FIELD_PARENT, OWN(node), .initial = "",
	  .flags = FIELD_OURS,
	  .label = N_("Parent"),
	  .help = N_("Where the terminal hangs.") },
	{ .key = "Address", .type = FIELD_HOST, OWN(address), .flags = FIELD_OWN | FIELD_EMPTY,
	  .max = 253, .initial = "",
	  .label = N_("IP address"),
	  .help = N_("The address it uses towards the UPS cards (R23), unique in the site (R13).") },
	{ .key = "Port", .type = FIELD_NUMBER, SET(port),
	  .flags = FIELD_EMPTY | FIELD_INHERITS, .min = 1, .max = 65535,
	  .initial = "",
	  .label = N_("Port"),
	  .help = N_("Where its amcd listens; empty: the site's communication port.") },
	{ .key = "Description", .type = FIELD_TEXT, OWN(description),
	  .flags = FIELD_OWN | FIELD_EMPTY, .max = 128, .initial = "",
	  .label = N_("Description"),
	  .help = N_("Free text, up to 128 columns.") },
	{ .key = "Mode", .type = FIELD_CHOICE, SET(mode), .choices = modes,
	  .initial = "ups",
	  .label = N_("Operation mode"),
	  .help = N_("UPS mode: its power is switched by a UPS. Advance mode: it is started by Wake-on-LAN.") },
	{ .key = "Monitor", .type = FIELD_CHOICE, SET(monitor), .choices = record_yes_no,
	  .initial = "yes",
	  .label = N_("Power monitoring"),
	  .help = N_("Whether the mains are watched for it; no where the supply is uninterruptible anyway.") },
	{ .key = "MacAddress", .type = FIELD_MAC, OWN(mac), .flags = FIELD_OWN | FIELD_EMPTY,
	  .initial = "",
	  .label = N_("MAC address"),
	  .help = N_("aa:bb:cc:dd:ee:ff; needed to start it by Wake-on-LAN (R57).") },
	{ .key = "ClusterMember", .type = FIELD_CHOICE, SET(cluster_member),
	  .choices = record_yes_no, .initial = "no",
	  .label = N_("Cluster member"),
	  .help = N_("Whether it is a node of the site's cluster.") },
	{ .key = "ShutdownSeconds", .type = FIELD_NUMBER, SET(shutdown_seconds),
	  .min = 0, .max = 3600, .unit = "s", .initial = "60",
	  .label = N_("Shutdown time"),
	  .help = N_("How long its operating system takes to shut down. Measure it, and add a margin (R38).") },
	{ .key = "Schedule", .type = FIELD_TEXT, SET(schedule),
	  .flags = FIELD_EMPTY, .max = 64, .initial = "",
	  .label = N_("Schedule"),
	  .help = N_("The name of the schedule by which it is switched on and off; empty: by none. In UPS mode the same for all servers of a UPS (R56).") },
	{ .key = "VirtualMachines", .type = FIELD_CHOICE, SET(machines),
	  .choices = machines, .initial = "none",
	  .label = N_("Virtual machines"),
	  .help = N_("Who starts and stops the virtual machines on it: its hypervisor or amc, never both (R65).") },
	{ .key = "KeyPin", .type = FIELD_PIN, OWN(pin), .flags = FIELD_OWN | FIELD_EMPTY,
	  .initial = "",
	  .label = N_("Key pin"),
	  .help = N_("sha256// and the hash of the terminal's public key; learned at the first contact.") },
	{ .key = "KeyPinNext", .type = FIELD_PIN, OWN(pin_next), .flags = FIELD_OWN | FIELD_EMPTY,
	  .initial = "",
	  .label = N_("Next key pin"),
	  .help = N_("The pin of the key that the terminal is going to have, learned from it (amc trust): both count until it changes to it.") },
	{ .key = NULL }
};
