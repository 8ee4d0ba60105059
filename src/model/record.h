/*
 * record - the four records of a site and their fields.
 *
 * What a node hardly ever has alike with others (its name, its address) stands in
 * its record. All else is in its settings, which records with equal ones share:
 * read them as u->set->confirm, each time, as an edit gives the record others; only
 * site-set.c writes them (alike.h).
 *
 * To add a setting: a member here, a row in the table of the same struct
 * (record-network.c, record-ups.c, record-terminal.c), a line in ui/forms.xml, a case
 * in tests/t-field.c.
 */
#ifndef AMC_MODEL_RECORD_H
#define AMC_MODEL_RECORD_H

#include "model/field.h"

/* The kinds of node. */
enum kind { KIND_NETWORK, KIND_GROUP, KIND_UPS, KIND_TERMINAL, KIND_COUNT };

/* Where a node hangs in its parent, in the order that lists show (b.1). */
enum container {
	IN_POWER,		/* power devices 電源装置 */
	IN_CONTROL,		/* control terminals 制御端末 */
	IN_LINKED,		/* linked terminals 連動端末 */
	IN_DEVICES,		/* linked devices 連動装置 */
	IN_ITSELF,		/* directly: groups under a group or the network */
	IN_COUNT
};

/* How settings begin, those of the network too, which has no others. */
struct record_settings {
	uint64_t given;		/* bit I: the file or an operator gave field I */
};

/* What the tree needs of every record; its first member. Only site writes it. */
struct node {
	unsigned id;		/* never changes, is never used again; 0 is none */
	unsigned char kind, container;
	struct node *parent;	/* NULL: the network, or not in the tree */
	struct node *next;	/* in the same container; NULL: it is the last */
	struct node *prev;	/* the first has the last one: node_before() */
	const struct record_settings *settings;
};

/* The node, and its settings as those of its kind. */
#define NODE_SET(kind_settings) \
	union { \
		struct node node; \
		struct { \
			char links[offsetof(struct node, settings)]; \
			const kind_settings *set; \
		}; \
	}

enum cluster_software { CLUSTER_NONE, CLUSTER_CLUSTERPRO, CLUSTER_PACEMAKER };

struct network {
	struct node node;
	int format, revision;
	const char *saved, *saved_by;
	int terminal_port;
	int cluster_software, cluster_shutdown, cluster_timeout;	/* s */
	const char *site_key;
	int armed;
	int last_group, last_ups, last_terminal;
	struct node *first;	/* of its groups */
};

struct group_settings {
	struct record_settings head;
	const char *communication_address, *recognition_code;
	const char *snmp_community, *snmp_write_community;
	int snmp_fail_confirm;		/* s */
	int snmp_fail_action;
	int statistics_minutes;
	int required_ups;
};

struct group {
	NODE_SET(struct group_settings);
	const char *name, *description;
	struct node *first[IN_COUNT];
};

enum snmp_version { SNMP_V1 = 1, SNMP_V2C = 2, SNMP_V3 = 3 };
enum snmp_level { LEVEL_NONE, LEVEL_AUTH, LEVEL_PRIV };
enum snmp_auth { AUTH_MD5, AUTH_SHA, AUTH_SHA224, AUTH_SHA256, AUTH_SHA384, AUTH_SHA512 };
enum snmp_priv { PRIV_DES, PRIV_AES, PRIV_AES192, PRIV_AES256 };
enum recovery { RECOVERY_NONE, RECOVERY_UPS, RECOVERY_CONTROL };
/* Network equipment at a UPS: none, beside its servers or disks, nothing else. */
enum network_gear { GEAR_NONE, GEAR_TOO, GEAR_ONLY };

struct ups_settings {
	struct record_settings head;
	int snmp_port, snmp_version;
	const char *snmp_community, *snmp_write_community;
	const char *snmp_user;
	int snmp_level, snmp_auth_protocol, snmp_priv_protocol;
	const char *snmp_auth_password, *snmp_priv_password;
	const char *profile;
	int confirm;			/* s */
	int warm_up_order, warm_up;	/* s */
	int recovery;
	int network_gear, array_linkage;
	int temperature_high, temperature_low;	/* degrees Celsius */
	const char *battery_replaced;
	/* kept in the UPS */
	int grace, disk_protect;	/* s */
	int upper_volts, lower_volts;
	int sensitivity, buzzer_timing, buzzer_timer;
	int battery_test;
	int minimum_charge;		/* % */
	int low_battery, exhaust;	/* s */
};

struct ups {
	NODE_SET(struct ups_settings);
	const char *name, *address, *description;
};

enum terminal_mode { MODE_UPS, MODE_ADVANCE };
/* Who starts and stops the virtual machines on a terminal. */
enum machines { MACHINES_NONE, MACHINES_HYPERVISOR, MACHINES_AMC };

struct terminal_settings {
	struct record_settings head;
	int mode, monitor;
	int cluster_member;
	int shutdown_seconds;
	const char *schedule;		/* its name */
	int port;			/* FIELD_NONE: the network's */
	int machines;
};

struct terminal {
	NODE_SET(struct terminal_settings);
	const char *name, *address, *description;
	const char *mac;
	const char *pin, *pin_next;	/* either is its key */
};

extern const struct field network_fields[], group_fields[], ups_fields[],
	terminal_fields[];

/*
 * Why a field of ups_fields does not count when the card is asked with this version
 * and, for v3, at this level (RFC 3414): N_(), or NULL when it counts. unused.c
 */
const char *ups_unused(const struct field *, enum snmp_version, enum snmp_level);

/* The table of a kind. */
const struct field *record_fields(enum kind);
/* The size of a kind's struct, and of its settings. */
size_t record_size(enum kind);
size_t record_settings_size(enum kind);
/* Where a record has the value of a field. */
const void *record_value(const struct field *, const void *record);
/* "group", "ups": as verbs take it. */
const char *kind_word(enum kind);
/* "Group", "Ups": the section's name without its number. */
const char *kind_section(enum kind);
/* "Power control group", "Power device": N_(). */
const char *kind_label(enum kind);

/* "@power", "@control", "@linked", "@devices", "" for IN_ITSELF. */
const char *container_word(enum container);
/* "PowerDevices" ...: as Parent= has it. */
const char *container_key(enum container);
/* "Power devices" ...: N_(). */
const char *container_label(enum container);

#endif
