/*
 * loop - the one loop of a program: descriptors, timers, signals, names.
 *
 * Nothing that is called from it may block. Times are monotonic milliseconds.
 * A watch may be removed from inside its own callback.
 */
#ifndef AMC_BASE_LOOP_H
#define AMC_BASE_LOOP_H

#include "base/err.h"

#include <stdint.h>

struct loop;
struct watch;			/* a descriptor, timer or signal that is watched */

enum { LOOP_READ = 1, LOOP_WRITE = 2 };

typedef void loop_fn(void *arg);
typedef void loop_fd_fn(int fd, unsigned ready, void *arg);

struct loop *loop_new(void);
/* Frees the loop and every watch that is left on it; none is called any more. */
void loop_free(struct loop *);

/* Until loop_stop(). */
void loop_run(struct loop *);
/* What is ready now, waiting at most ms for something (-1: for ever). */
void loop_once(struct loop *, int ms);
void loop_stop(struct loop *);

/* Milliseconds since some moment; never goes back. */
int64_t loop_now(void);

/* Calls fn whenever fd can be read or written, as `events` asks. */
struct watch *loop_fd(struct loop *, int fd, unsigned events, loop_fd_fn *fn,
    void *arg);
/* A descriptor's watch comes before all others that are due: a person waits. */
void loop_first(struct watch *);
/* Once, after ms; loop_again() starts it anew. */
struct watch *loop_after(struct loop *, int ms, loop_fn *fn, void *arg);
void loop_again(struct watch *, int ms);
/* Not before loop_again(). */
void loop_pause(struct watch *);
struct watch *loop_signal(struct loop *, int signo, loop_fn *fn, void *arg);
/* Takes NULL. The descriptor stays open: it is yours. */
void loop_remove(struct watch *);

/*
 * Looks up an address without waiting, in the hosts file and by the servers of
 * resolv.conf as they are now. done is called once with the address,
 * numeric ("192.0.2.1"), or NULL and words; never from inside loop_resolve().
 * A lookup that is no longer wanted is cancelled: done is then not called.
 */
struct lookup;
typedef void loop_resolved(const char *address, const struct err *, void *arg);
struct lookup *loop_resolve(struct loop *, const char *host, loop_resolved *done,
    void *arg);
void loop_resolve_cancel(struct lookup *);
/* Is it no name, but an address already: "192.0.2.1", "fe80::1%eth0"? */
bool loop_is_address(const char *);

#endif
