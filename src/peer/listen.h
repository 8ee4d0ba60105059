/*
 * listen - a listening TCP socket, or words that say why there is none.
 */
#ifndef AMC_PEER_LISTEN_H
#define AMC_PEER_LISTEN_H

#include "base/err.h"

/*
 * At a numeric address, NULL for all of IPv6 and IPv4; port 0 takes a free one.
 * The descriptor does not block; -1 and words if it cannot be.
 */
int listen_open(const char *address, int port, struct err *);
/* The port that it got. */
int listen_port(int fd);

#endif
