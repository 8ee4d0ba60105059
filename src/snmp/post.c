/* post - what all agents of a loop share; see post.h */
#include "snmp/post.h"
#include "snmp/wire.h"
#include "base/map.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/*
 * A number is the parcel's, and the sending in the last bits. Those of parcels
 * begin somewhere, so that nobody guesses them; all numbers have four bytes in
 * BER, however it is coded.
 */
enum { TRY_BITS = 3, FIRST = 0x01000000 >> TRY_BITS, LAST = 0x7fffffff >> TRY_BITS };
_Static_assert(POST_TRIES == 1 << TRY_BITS, "a try has its bits");

struct post {
	struct post *next;
	struct loop *loop;
	unsigned users;
	struct udp *udp;
	struct deadlines *deadlines;
	struct map out;			/* number -> struct parcel * */
	uint32_t last;			/* the number that was given last */
	struct parcel *leaving, **end;	/* in the order of asking */
	struct watch *leave;
};

static struct post *posts;		/* one for each loop that has agents */

static void heard(const struct udp_address *from, unsigned char *bytes, size_t len,
    bool cut, void *arg);
static void failed(const struct udp_address *to, unsigned char *bytes, size_t len,
    int error, void *arg);
static void late(struct deadline *);
static void leave(void *arg);

static struct post *post_new(struct loop *loop)
{
	struct post *p = mem_new(struct post);
	uint32_t begin = 0;

	p->loop = loop;
	p->udp = udp_new(loop, heard, failed, p);
	p->deadlines = deadlines_new(loop, late);
	p->leave = loop_after(loop, 0, leave, p);
	loop_pause(p->leave);
	p->end = &p->leaving;
	if (getrandom(&begin, sizeof begin, GRND_NONBLOCK) < 0)
		begin = (uint32_t)loop_now();
	p->last = FIRST + begin % (LAST - FIRST);
	p->next = posts;
	posts = p;
	return p;
}

struct post *post_of(struct loop *loop)
{
	struct post *p = posts;

	while (p && p->loop != loop)
		p = p->next;
	if (!p)
		p = post_new(loop);
	p->users++;
	return p;
}

void post_leave(struct post *p)
{
	struct post **at = &posts;

	if (--p->users > 0)
		return;
	while (*at != p)
		at = &(*at)->next;
	*at = p->next;
	loop_remove(p->leave);
	deadlines_free(p->deadlines);
	udp_free(p->udp);
	map_done(&p->out);
	free(p);
}

static void unlink_leaving(struct parcel *x)
{
	if (!x->link)
		return;
	*x->link = x->next;
	if (x->next)
		x->next->link = x->link;
	else
		x->post->end = x->link;
	x->next = NULL;
	x->link = NULL;
}

void post_take_back(struct parcel *x)
{
	if (!x->number)
		return;
	unlink_leaving(x);
	deadline_clear(&x->deadline);
	map_remove(&x->post->out, x->number);
	x->number = 0;
}

uint32_t post_number(struct parcel *x, unsigned try)
{
	struct post *p = x->post;

	while (!x->number) {
		p->last = p->last < LAST ? p->last + 1 : FIRST;
		if (map_get(&p->out, p->last))
			continue;
		x->number = p->last;
		map_put(&p->out, x->number, x);
	}
	return x->number << TRY_BITS | (try & (POST_TRIES - 1));
}

void post_send(struct parcel *x, int ms)
{
	struct post *p = x->post;

	deadline_set(p->deadlines, &x->deadline, ms);
	if (x->link)
		return;
	if (!p->leaving)
		loop_again(p->leave, 0);
	x->link = p->end;
	*p->end = x;
	p->end = &x->next;
}

/* Tells of what could not be sent, when nothing is being walked through any more. */
static void tell_failures(struct post *p, const uint32_t *numbers,
    const struct udp_packet *packets, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct parcel *x = packets[i].error ? map_get(&p->out, numbers[i]) : NULL;

		if (x)
			x->type->failed(x, packets[i].error);
	}
}

static void leave_batch(struct post *p)
{
	struct udp_packet packets[UDP_BATCH];
	uint32_t numbers[UDP_BATCH];
	size_t n = 0;

	while (p->leaving && n < UDP_BATCH) {
		struct parcel *x = p->leaving;

		packets[n].to = &x->to;
		memcpy(packets[n].pieces, x->pieces, sizeof x->pieces);
		numbers[n++] = x->number;
		unlink_leaving(x);
	}
	udp_send(p->udp, packets, n, p->out.n);
	tell_failures(p, numbers, packets, n);
}

static void leave(void *arg)
{
	struct post *p = arg;

	p->users++;		/* failures may free the last agent */
	leave_batch(p);
	if (p->leaving)
		loop_again(p->leave, 0);	/* answers come in between */
	post_leave(p);
}

/* When the number cannot be read: a quotation or a message that was cut off. */
static struct parcel *only_one_at(const struct post *p, const struct udp_address *a)
{
	struct parcel *x, *found = NULL;
	size_t i = 0;

	while ((x = map_each(&p->out, &i)))
		if (udp_address_equal(&x->to, a)) {
			if (found)
				return NULL;
			found = x;
		}
	return found;
}

static struct parcel *find(const struct post *p, const struct udp_address *a,
    unsigned char *bytes, size_t len, unsigned *try)
{
	uint32_t number = 0;
	struct parcel *x;

	*try = 0;
	if (!wire_number(bytes, len, &number))
		return only_one_at(p, a);
	*try = number & (POST_TRIES - 1);
	x = map_get(&p->out, number >> TRY_BITS);
	return x && udp_address_equal(&x->to, a) ? x : NULL;
}

static void heard(const struct udp_address *from, unsigned char *bytes, size_t len,
    bool cut, void *arg)
{
	unsigned try;
	struct parcel *x = find(arg, from, bytes, len, &try);

	if (x)
		x->type->heard(x, bytes, len, cut, try);
}

static void failed(const struct udp_address *to, unsigned char *bytes, size_t len,
    int error, void *arg)
{
	unsigned try;
	struct parcel *x = find(arg, to, bytes, len, &try);

	if (x)
		x->type->failed(x, error);
}

static void late(struct deadline *d)
{
	struct parcel *x = (struct parcel *)(void *)((char *)d -
	    offsetof(struct parcel, deadline));

	x->type->late(x);
}
