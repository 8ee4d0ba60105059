/* access - who may do what with a card; see access.h */
#include "sim/access.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const words[] = {
	[ACCESS_DISABLED] = "disabled", [ACCESS_READ] = "read",
	[ACCESS_WRITE] = "write", [ACCESS_WRITE_ALWAYS] = "write+",
};

bool access_parse(enum access *a, const char *word, struct err *e)
{
	size_t i;

	for (i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i], word) == 0) {
			*a = i;
			return true;
		}
	return err_set(e, _("\"%s\" is no access; disabled, read, write and write+ "
	    "are"), word);
}

bool access_may_write(enum access a, bool logged_in)
{
	return a == ACCESS_WRITE_ALWAYS || (a == ACCESS_WRITE && !logged_in);
}

void communities_put(struct communities *c, const char *name, enum access access)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (strcmp(c->all[i].name, name) == 0) {
			c->all[i].access = access;
			return;
		}
	mem_grow(c->all, c->n, c->cap);
	c->all[c->n].name = mem_dup(name);
	c->all[c->n].len = strlen(name);
	c->all[c->n++].access = access;
}

enum access communities_access(const struct communities *c, const void *name,
    size_t len)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (c->all[i].len == len && memcmp(c->all[i].name, name, len) == 0)
			return c->all[i].access;
	return ACCESS_DISABLED;
}

void communities_done(struct communities *c)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		free(c->all[i].name);
	free(c->all);
	memset(c, 0, sizeof *c);
}

bool stations_read(struct stations *s, const char *text, struct err *e)
{
	struct stations found = { 0 };
	bool all = strcmp(text, "all") == 0;

	for (const char *at = text; !all; at++) {
		size_t len = strcspn(at, ",");
		char one[INET_ADDRSTRLEN];
		struct in_addr address;

		snprintf(one, sizeof one, "%.*s", (int)len, at);
		if (len >= sizeof one || inet_pton(AF_INET, one, &address) != 1) {
			stations_done(&found);
			return err_set(e, _("\"%s\" is not all, nor addresses with commas"), text);
		}
		mem_grow(found.all, found.n, found.cap);
		found.all[found.n++] = address.s_addr;
		at += len;
		if (!*at)
			break;
	}
	stations_done(s);
	*s = found;
	return true;
}

bool stations_have(const struct stations *s, uint32_t address)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->all[i] == address)
			return true;
	return s->n == 0;
}

void stations_done(struct stations *s)
{
	free(s->all);
	*s = (struct stations){ 0 };
}

bool access_parse_pair(const char *text, char name[64], enum access *access,
    struct err *e)
{
	const char *parting = strrchr(text, '=');

	if (!parting)
		parting = strrchr(text, ' ');
	if (!parting || parting == text || parting - text >= 64)
		return err_set(e, _("\"%s\" is not as public=read"), text);
	memcpy(name, text, parting - text);
	name[parting - text] = '\0';
	return access_parse(access, parting + 1, e);
}
