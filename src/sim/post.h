/*
 * post - datagrams on their way: sent at once, or after a while.
 *
 * One for a farm, so that latency costs one timer however many cards there are.
 * What a full socket does not take is lost, as on any network.
 */
#ifndef AMC_SIM_POST_H
#define AMC_SIM_POST_H

#include "base/loop.h"

#include <netinet/in.h>
#include <stddef.h>

struct post;

struct post *post_new(struct loop *);
/* What is still on its way is lost. */
void post_free(struct post *);

/* From fd, which must stay open; -1: from whatever address the system gives. The bytes are copied. */
void post_send(struct post *, int fd, const struct sockaddr_in *to, const void *bytes,
    size_t len, int after_ms);

/* A socket at this address, not blocking; -1 and words. */
int post_open(const char *ipv4, int port, struct err *);

#endif
