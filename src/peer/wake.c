/* wake - the Wake-on-LAN packet; see wake.h */
#include "peer/wake.h"
#include "base/i18n.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void wake_packet(const char *mac, unsigned char packet[WAKE_BYTES])
{
	unsigned char address[6];

	for (size_t i = 0; i < sizeof address; i++)
		address[i] = (unsigned char)strtoul(mac + 3 * i, NULL, 16);
	memset(packet, 0xff, 6);
	for (size_t at = 6; at < WAKE_BYTES; at += sizeof address)
		memcpy(packet + at, address, sizeof address);
}

bool wake_send(const char *mac, const char *address, int port, struct err *e)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	int yes = 1, fd;
	unsigned char packet[WAKE_BYTES];
	bool ok;

	if (inet_pton(AF_INET, address, &to.sin_addr) != 1)
		return err_set(e, _("%s: not an IPv4 address"), address);
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return err_errno(e, address);
	wake_packet(mac, packet);
	setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &yes, sizeof yes);
	ok = sendto(fd, packet, sizeof packet, MSG_NOSIGNAL, (const struct sockaddr *)(void *)&to,
	    sizeof to) == (ssize_t)sizeof packet || err_errno(e, address);
	close(fd);
	return ok;
}
