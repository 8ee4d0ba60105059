/*
 * listen - a listening TCP socket, or words that say why there is none.
 */
#ifndef AMC_PEER_LISTEN_H
#define AMC_PEER_LISTEN_H

#include "base/err.h"

#include <stddef.h>

/*
 * At a numeric address, NULL for all of IPv6 and IPv4; port 0 takes a free one.
 * The descriptor does not block; -1 and words if it cannot be.
 */
int listen_open(const char *address, int port, struct err *);
/*
 * Of sockets that were inherited the one that listens at just that address and
 * port, made fit for the loop; -1: none does.
 */
int listen_take(const int *fds, size_t n, const char *address, int port);
/* The port that it got. */
int listen_port(int fd);

#endif
