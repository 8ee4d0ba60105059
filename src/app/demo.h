/*
 * demo - a simulated site: real upssim cards and real amcd terminals on
 * loopback addresses, in a private folder, without root.
 *
 * A keeper process is the parent of all of them. It ends them and removes the
 * folder when the demo is ended or when the process that started it dies, in
 * whatever way.
 */
#ifndef AMC_APP_DEMO_H
#define AMC_APP_DEMO_H

#include "app/app.h"

struct demo;

/* What the operator of every simulated terminal types. */
#define DEMO_PASSWORD "demodemo"

/*
 * Starts everything and opens the site in app. One UPS loses its mains after
 * 20 s and gets it back 40 s later.
 */
struct demo *demo_start(struct app *, struct err *);
/* Ends all and waits until nothing is left. Takes NULL. */
void demo_end(struct demo *);

#endif
