/* record - the four records of a site; see record.h */
#include "model/fielding.h"

const struct choice record_yes_no[] = {
	{ 0, "no", N_("no") },
	{ 1, "yes", N_("yes") },
	{ 0 }
};

static const struct {
	const struct field *fields;
	size_t size, settings_size;
	const char *word, *section, *label;
} kinds[KIND_COUNT] = {
	[KIND_NETWORK] = { network_fields, sizeof(struct network), sizeof(struct record_settings),
		"network", "Network", N_("network") },
	[KIND_GROUP] = { group_fields, sizeof(struct group), sizeof(struct group_settings),
		"group", "Group", N_("Power control group") },
	[KIND_UPS] = { ups_fields, sizeof(struct ups), sizeof(struct ups_settings),
		"ups", "Ups", N_("Power device") },
	[KIND_TERMINAL] = { terminal_fields, sizeof(struct terminal), sizeof(struct terminal_settings),
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

size_t record_settings_size(enum kind k)
{
	return kinds[k].settings_size;
}

const void *record_value(const struct field *f, const void *record)
{
	const struct node *n = record;

	return (const char *)(f->own ? record : (const void *)n->settings) + f->offset;
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
