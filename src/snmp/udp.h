/*
 * udp - a few sockets for any number of correspondents.
 *
 * Datagrams go out and come in by the batch. What the network reports of one
 * that was sent ("port unreachable", "no route") comes to failed() with its
 * destination. Nothing here knows SNMP.
 */
#ifndef AMC_SNMP_UDP_H
#define AMC_SNMP_UDP_H

#include "base/err.h"
#include "base/loop.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/uio.h>

struct udp;

struct udp_address {
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} u;
};

/* From numeric words, with a scope if need be ("fe80::1%eth0"). False: it is none. */
bool udp_address(struct udp_address *, const char *address, int port);
bool udp_address_equal(const struct udp_address *, const struct udp_address *);
/* The same whatever the ports are. */
bool udp_host_equal(const struct udp_address *, const struct udp_address *);

/*
 * cut: it was longer than UDP_ROOM, and these are its first bytes. The bytes
 * are ours until the function returns, and may be written to.
 */
#define UDP_ROOM 8192
typedef void udp_heard(const struct udp_address *from, unsigned char *bytes, size_t len,
    bool cut, void *arg);
/* bytes: the beginning of what was sent, as far as the network quotes it. */
typedef void udp_failed(const struct udp_address *to, unsigned char *bytes, size_t len,
    int error, void *arg);

struct udp *udp_new(struct loop *, udp_heard *, udp_failed *, void *arg);
/* Takes NULL. Also from inside heard or failed. */
void udp_free(struct udp *);

struct udp_packet {
	const struct udp_address *to;
	struct iovec pieces[2];
	int error;		/* set by udp_send(): errno, or 0 */
};

#define UDP_BATCH 64
/*
 * At most UDP_BATCH. Calls nothing. outstanding: how many are waiting for an
 * answer; when they are many, the sockets share the receiving.
 */
void udp_send(struct udp *, struct udp_packet *, size_t n, size_t outstanding);

#endif
