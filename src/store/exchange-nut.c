/* UPSs as sections of NUT's ups.conf; a part of exchange */
#include "store/exchange-nut.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static const struct nut_word versions[] = {
	{ "1", "v1" }, { "2c", "v2c" }, { "3", "v3" }, { 0 }
};
static const struct nut_word levels[] = {
	{ "noAuthNoPriv", "noAuthNoPriv" }, { "authNoPriv", "authNoPriv" },
	{ "authPriv", "authPriv" }, { 0 }
};
static const struct nut_word auths[] = {
	{ "MD5", "MD5" }, { "SHA", "SHA" }, { "SHA-224", NULL }, { "SHA-256", "SHA256" },
	{ "SHA-384", "SHA384" }, { "SHA-512", "SHA512" }, { 0 }
};
static const struct nut_word privs[] = {
	{ "DES", "DES" }, { "AES", "AES" }, { "AES-192", "AES192" },
	{ "AES-256", "AES256" }, { 0 }
};

const struct nut_argument nut_arguments[] = {
	{ "snmp_version", "SnmpVersion", versions, "1", false },
	{ "community", "SnmpCommunity", NULL, NULL, false },
	{ "secName", "SnmpUser", NULL, NULL, true },
	{ "secLevel", "SnmpLevel", levels, "noAuthNoPriv", true },
	{ "authProtocol", "SnmpAuthProtocol", auths, "MD5", true },
	{ "authPassword", "SnmpAuthPassword", NULL, NULL, true },
	{ "privProtocol", "SnmpPrivProtocol", privs, "DES", true },
	{ "privPassword", "SnmpPrivPassword", NULL, NULL, true },
	{ "desc", "Description", NULL, NULL, false },
};

_Static_assert(sizeof nut_arguments / sizeof *nut_arguments == NUT_ARGUMENTS,
    "as many as a section that is read has room for");

static const char *nut_word(const struct nut_word *w, const char *ours)
{
	for (; w->ours; w++)
		if (strcmp(w->ours, ours) == 0)
			return w->nut;
	return NULL;
}

/* A line "key = value"; NUT takes what is no plain word in quotes. */
static void put(struct text *out, const char *key, const char *value)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789._:-[]";

	text_printf(out, "\t%s = ", key);
	if (*value && strspn(value, plain) == strlen(value)) {
		text_printf(out, "%s\n", value);
		return;
	}
	text_add(out, "\"");
	for (; *value; value++)
		text_printf(out, "%s%c", *value == '"' || *value == '\\' ? "\\" : "",
		    *value);
	text_add(out, "\"\n");
}

/* A section may be named by these only; another name's characters become _. */
static char *section_of(const struct ups *u, const struct text *so_far)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789._-";
	struct text name = { 0 };
	char *line;
	const char *s = u->name;
	uint32_t cp;
	size_t len;
	bool taken;

	for (; *s; s += len) {
		len = text_next(s, NULL, &cp);
		text_add(&name, cp < 0x80 && strchr(plain, (int)cp) ? "" : "_");
		if (cp < 0x80 && strchr(plain, (int)cp))
			text_add_len(&name, s, 1);
	}
	for (;;) {
		line = mem_printf("[%s]\n", name.s ? name.s : "");
		taken = so_far->s && strstr(so_far->s, line);
		free(line);
		if (!taken)
			return text_take(&name);
		text_add(&name, "_");
	}
}

static void put_port(struct text *out, const struct ups *u)
{
	char *port;

	if (strchr(u->address, ':'))	/* as net-snmp has IPv6 */
		port = mem_printf("udp6:[%s]:%d", u->address, u->set->snmp_port);
	else if (u->set->snmp_port != 161)
		port = mem_printf("%s:%d", u->address, u->set->snmp_port);
	else
		port = mem_dup(u->address);
	put(out, "port", port);
	free(port);
}

static void put_argument(struct text *out, const struct ups *u, const struct nut_argument *a,
    bool secrets, struct text *notes)
{
	const struct field *f = field_find(ups_fields, a->key);
	bool community = strcmp(a->nut, "community") == 0;
	char buf[16];
	const char *text = community ? ups_community(u) : field_text(f, u, buf);
	const char *word = a->words ? nut_word(a->words, text) : text;

	if (a->v3 != (u->set->snmp_version == SNMP_V3) && (a->v3 || community))
		return;
	/* below the level that they are for */
	if ((strncmp(a->nut, "priv", 4) == 0 && u->set->snmp_level < 2) ||
	    (strncmp(a->nut, "auth", 4) == 0 && u->set->snmp_level < 1))
		return;
	if (!word) {
		text_printf(out, "\t# %s: snmp-ups has no %s\n", a->nut, text);
		text_printf(notes, _("%s: NUT knows no %s %s\n"), u->name, a->key, text);
	} else if (f->flags & FIELD_SECRET && !secrets) {
		text_printf(out, "\t# %s: a secret, left out\n", a->nut);
	} else if (*word) {
		put(out, a->nut, word);
	}
}

static void put_section(struct text *out, const struct ups *u,
    const struct exchange_out *o, struct text *notes)
{
	char *section = section_of(u, out);
	size_t i;

	text_printf(out, "\n[%s]\n", section);
	if (strcmp(section, u->name) != 0)
		text_printf(notes, _("%s is [%s] in the file: NUT allows no other name\n"),
		    u->name, section);
	put(out, "driver", NUT_DRIVER);
	put_port(out, u);
	for (i = 0; i < NUT_ARGUMENTS; i++)
		put_argument(out, u, &nut_arguments[i], o->secrets, notes);
	free(section);
}

void exchange_print_nut(const struct site *s, const struct exchange_out *o,
    struct text *out, struct text *notes)
{
	const struct node *top = &site_network(s)->node, *n;
	const struct ups *u;

	text_add(out, "# The power devices of an amc site, for NUT's driver snmp-ups.\n");
	for (n = top; n; n = node_next(n, top)) {
		u = node_ups(n);
		if (u && *u->address)
			put_section(out, u, o, notes);
		else if (u)
			text_printf(notes, _("%s has no address and was left out\n"), u->name);
	}
}
