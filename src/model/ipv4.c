/* ipv4 - an address in its network; see ipv4.h */
#include "model/ipv4.h"
#include "base/i18n.h"
#include "base/text.h"
#include "model/field.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_PREFIX = 30 };

static bool read_mask(const char *text, uint32_t *mask)
{
	char *end;
	unsigned long bits;

	if (strchr(text, '.'))
		return field_ipv4(text, mask) && *mask &&
		    !(~*mask & (~*mask + 1));	/* ones, then zeros */
	if (strspn(text, "0123456789") != strlen(text))
		return false;
	bits = strtoul(text, &end, 10);
	if (end == text || bits < 1 || bits > 32)
		return false;
	*mask = UINT32_MAX << (32 - bits);
	return true;
}

bool ipv4_net_read(const char *text, struct ipv4_net *net, struct err *e)
{
	const char *slash = strchr(text, '/');
	char address[16], shown[60];

	if (slash && slash - text < (long)sizeof address) {
		snprintf(address, sizeof address, "%.*s", (int)(slash - text), text);
		if (field_ipv4(address, &net->address) && read_mask(slash + 1, &net->mask) &&
		    net->mask <= UINT32_MAX << (32 - LONGEST_PREFIX))
			return true;
	}
	text_show(shown, sizeof shown, text);
	return err_set(e, _("\"%s\" is not an address and a mask such as 172.16.134.12/255.255.255.0 or 172.16.134.12/24"),
	    shown);
}

uint32_t ipv4_broadcast(struct ipv4_net net)
{
	return (net.address & net.mask) | ~net.mask;
}

uint32_t ipv4_carry(struct ipv4_net net, uint32_t address)
{
	return (net.address & net.mask) | (address & ~net.mask);
}

const char *ipv4_text(uint32_t a, char buf[16])
{
	snprintf(buf, 16, "%u.%u.%u.%u", a >> 24, a >> 16 & 255, a >> 8 & 255, a & 255);
	return buf;
}
