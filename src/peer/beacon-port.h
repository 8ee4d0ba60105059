/*
 * beacon-port - the UDP sockets that beacons go out of and come in by.
 *
 * One for our own address (or all of them), and one for each broadcast address
 * that is listened to: a socket that is bound to a single address gets no
 * broadcasts. What comes in is bounded by the caller's word, not by the sender's.
 */
#ifndef AMC_PEER_BEACON_PORT_H
#define AMC_PEER_BEACON_PORT_H

#include "base/err.h"
#include "base/loop.h"

#include <stddef.h>

struct beacon_port;

/* from is numeric, "192.0.2.7". */
typedef void beacon_heard(const unsigned char *bytes, size_t len, const char *from, void *arg);

/*
 * address: numeric, to send from and listen at; NULL: all. groups: the addresses
 * that beacons are sent to, IPv4 or IPv6, broadcast or of one machine. NULL and words
 * when not even the first socket is to be had; an address of a group that cannot be
 * listened to is no error: what is sent to one machine is heard there. What comes to
 * 255.255.255.255 is heard in any case.
 */
struct beacon_port *beacon_port_new(struct loop *, const char *address, int port,
    const char *const *groups, size_t n, beacon_heard *, void *arg, struct err *);
void beacon_port_free(struct beacon_port *);	/* takes NULL */

/* How many of the groups are numeric; one of them; true: the system took it. */
size_t beacon_port_ways(const struct beacon_port *);
bool beacon_port_send_to(struct beacon_port *, size_t way, const unsigned char *bytes,
    size_t len);
/* To all of the groups; how many took it. */
size_t beacon_port_send(struct beacon_port *, const unsigned char *bytes, size_t len);

#endif
