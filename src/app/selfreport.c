/* selfreport - how the amcd of this machine is; see selfreport.h */
#include "app/selfreport.h"
#include "app/watch.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/local.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE_MS 5000

static int number(const struct json *j, const char *key)
{
	return j ? (int)json_get_number(j, key, 0) : 0;
}

static const char *text(const struct json *j, const char *key)
{
	const char *s = json_get_text(j, key);

	return s ? s : "";
}

static const char *label_of(const char *word)
{
	for (enum terminal_state s = TERMINAL_UNKNOWN; s <= TERMINAL_REFUSED; s++)
		if (strcmp(terminal_state_word(s), word) == 0)
			return tr(terminal_state_label(s));
	return word;
}

/* "2 days 03:04:05" */
static const char *duration(int s, char buf[60])
{
	if (s >= 86400)
		snprintf(buf, 60, ngettext("%d day %02d:%02d:%02d", "%d days %02d:%02d:%02d",
		    s / 86400), s / 86400, s / 3600 % 24, s / 60 % 60, s % 60);
	else
		snprintf(buf, 60, "%02d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
	return buf;
}

static void print_site(const struct json *j)
{
	const struct json *ups = json_get(j, "ups"), *terminals = json_get(j, "terminals");

	if (number(j, "revision"))
		printf(_("Site: %s, revision %d\n"), text(j, "site"), number(j, "revision"));
	else
		printf(_("Site: %s, none yet\n"), text(j, "site"));
	if (strcmp(text(j, "role"), "control") != 0)
		return;		/* it asks nobody */
	printf(_("Power devices: %d of %d answer\n"), number(ups, "well"), number(ups, "total"));
	printf(_("Terminals: %d of %d are well\n"), number(terminals, "well"),
	    number(terminals, "total"));
}

static void print_traffic(const struct json *j)
{
	const struct json *b = json_get(j, "beacons"), *member;
	const char *key;

	printf(_("Connections: %d\n"), number(j, "connections"));
	printf(_("Beacons: %d good"), number(b, "good"));
	for (size_t i = 0; b && (member = json_member(b, i, &key)); i++)
		if (strcmp(key, "good") != 0 && json_number(member, 0) > 0)
			printf(", %.0f %s", json_number(member, 0), key);
	printf("\n");
}

/* What this machine was ordered to do. */
static void print_order(const struct json *o)
{
	const char *why = text(o, "why");

	if (!o || !*text(o, "from"))
		return;
	if (json_is_yes(json_get(o, "begun")))
		printf(_("Goes down now, as %s ordered from %s"), text(o, "who"), text(o, "from"));
	else
		printf(_("Goes down in %d s, as %s ordered from %s"), number(o, "in_seconds"),
		    text(o, "who"), text(o, "from"));
	printf("%s%s\n", *why ? ": " : "", why);
}

static void print_errors(const struct json *j)
{
	const struct json *list = json_get(j, "errors");

	if (*text(j, "trouble"))
		printf(_("Events and statistics cannot be kept: %s\n"), text(j, "trouble"));
	if (list && json_count(list))
		printf(_("Last warnings and errors:\n"));
	for (size_t i = 0; list && i < json_count(list); i++) {
		const struct json *one = json_at(list, i);

		printf("  %s  %s", text(one, "time"), text(one, "message"));
		if (number(one, "times") > 1)
			printf(ngettext(" (%d time)",
		    " (%d times)", (unsigned long)number(one, "times")), number(one, "times"));
		printf("\n");
	}
}

static void print(const struct json *j)
{
	const char *role = text(j, "role"), *address = text(j, "address");
	char since[60];

	printf("%s: %s, %s\n", text(j, "name"), strcmp(role, "control") == 0 ?
	    _("control terminal") : strcmp(role, "linked") == 0 ? _("linked terminal") :
	    _("not in the site that it holds"), label_of(text(j, "state")));
	printf(_("amcd %s, for %s, at %s port %d\n"), text(j, "version"),
	    duration(number(j, "uptime_seconds"), since), *address ? address : "*",
	    number(j, "port"));
	print_order(json_get(j, "order"));
	printf(_("Key: %s\n"), text(j, "pin"));
	print_site(j);
	print_traffic(j);
	print_errors(j);
}

bool selfreport_print(const struct service_settings *s, bool json, struct err *e)
{
	char *path = service_local_path(s->state), *bytes;
	struct json *j;
	size_t len;
	bool ok;

	bytes = local_ask(path, PATIENCE_MS, &len, e);
	free(path);
	if (!bytes)
		return err_at(e, _("no amcd runs with these settings that you may ask"));
	j = json_parse(bytes, len, e);
	ok = j != NULL;
	if (ok && json)
		fwrite(bytes, 1, len, stdout);
	else if (ok)
		print(j);
	json_free(j);
	free(bytes);
	return ok;
}
