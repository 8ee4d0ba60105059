/*
 * serving - amcd in a fuzzer's process: all of it but the network. What the HTTPS
 * server would hand over is handed over here; passwords are compared without the
 * hash; the loop is never run, so nothing is sent.
 */
#ifndef AMC_FUZZ_SERVING_H
#define AMC_FUZZ_SERVING_H

#include "peer/server.h"

/* As control terminal SERVER1 of site (a file's text), in a folder that goes at exit. */
void serving_start(const char *site);

/*
 * With its headers, then with its body, as the server asks: a status and a body that
 * are right for a client, or it aborts. query: what stands behind the "?", or NULL.
 * The reply's body is the caller's.
 */
void serving_ask(struct server_request *, const char *query, struct server_reply *);

/* The right passwords. */
#define SERVING_VIEWER "viewing-only"
#define SERVING_OPERATOR "correct-horse"

void must(int ok, const char *words);

#endif
