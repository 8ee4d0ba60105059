/* endpoint - where a program listens; see endpoint.h */
#include "app/endpoint.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

static bool numeric(const char *address)
{
	char *bare = mem_ndup(address, strcspn(address, "%"));	/* fe80::1%eth0 */
	unsigned char a[sizeof(struct in6_addr)];
	bool is = inet_pton(AF_INET, bare, a) == 1 ||
	    inet_pton(AF_INET6, bare, a) == 1;

	free(bare);
	return is;
}

/* The place of the colon before a port; NULL: there is none. */
static const char *port_colon(const char *text)
{
	const char *colon = strrchr(text, ':');

	if (text[0] == '[')
		return colon && !strchr(colon, ']') ? colon : NULL;
	return colon && strchr(text, ':') == colon ? colon : NULL;	/* else IPv6 without */
}

bool endpoint_read(const char *key, const char *text, char **address, int *port,
    struct err *e)
{
	const char *colon = port_colon(text);
	char *end, *host;
	long n;

	*address = NULL;
	if (colon) {
		n = strtol(colon + 1, &end, 10);
		if (*end || n < 1 || n > 65535)
			return err_set(e, _("%s = %s: the port is not between 1 and 65535"), key,
			    text);
		*port = (int)n;
	}
	host = mem_ndup(text, colon ? (size_t)(colon - text) : strlen(text));
	if (host[0] == '[') {	/* [::1]:4000 */
		memmove(host, host + 1, strlen(host));
		host[strcspn(host, "]")] = '\0';
	}
	if (*host && strcmp(host, "*") != 0) {
		if (!numeric(host)) {
			free(host);
			return err_set(e, _("%s = %s: not ADDRESS:PORT with a numeric address"),
			    key, text);
		}
		*address = host;
		return true;
	}
	free(host);
	return true;
}
