/*
 * multi - libcurl's transfers on the loop. For peer/outgoing.c alone: the door to libcurl.
 */
#ifndef AMC_PEER_MULTI_H
#define AMC_PEER_MULTI_H

#include "base/err.h"
#include "base/loop.h"

#include <curl/curl.h>
#include <stdbool.h>

#include "peer/curl-lazy.h"

struct multi;

/* The place of an easy handle on the loop; a member of the caller's struct. */
struct multi_transfer {
	/* Called once, when it has ended; it may end others and free the multi. */
	void (*ended)(struct multi_transfer *, CURLcode);
	int fd;			/* its socket, -1 if none */
	/* multi's own */
	struct multi *multi;	/* NULL: not started */
	CURL *easy;
	struct watch *ready;
};

struct multi *multi_new(struct loop *, struct err *);
/* What is under way must have been ended. Takes NULL. */
void multi_free(struct multi *);

/* The easy handle stays the caller's; its CURLOPT_PRIVATE is taken. */
void multi_start(struct multi *, struct multi_transfer *, CURL *easy);
/* Off the loop: nothing will call it any more. Does nothing when it was not started. */
void multi_end(struct multi_transfer *);

/* The system knows it surely; libcurl tells it differently from version to version. */
bool multi_is_connected(const struct multi_transfer *);

#endif
