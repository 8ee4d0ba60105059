/*
 * wake - the Wake-on-LAN packet that starts a server (R57).
 */
#ifndef AMC_PEER_WAKE_H
#define AMC_PEER_WAKE_H

#include "base/err.h"

#include <stddef.h>

/* Where such packets usually go: the discard service. */
#define WAKE_PORT 9
#define WAKE_BYTES 102

/* Six bytes of 0xff, then the address "aa:bb:cc:dd:ee:ff" 16 times (AMD's Magic Packet). */
void wake_packet(const char *mac, unsigned char packet[WAKE_BYTES]);

/*
 * One packet to an IPv4 address, by UDP, as a rule a broadcast address. There is no
 * answer to it. False and words when the system did not take it.
 */
bool wake_send(const char *mac, const char *address, int port, struct err *);

#endif
