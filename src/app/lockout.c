/* lockout - how long somebody who guesses passwords has to wait; see lockout.h */
#include "app/lockout.h"
#include "base/mem.h"
#include "base/text.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VIEWER, OPERATOR, OTHER, ROLES };

struct tries {
	unsigned failures;
	int64_t last;		/* failure */
};

/* Who tries for one role from one address. */
struct person {
	char from[64];		/* "" of a free place */
	int role;
	struct tries tries;
	int64_t right;		/* when a right password came last; of trusted */
};

struct lockout {
	struct person guessing[LOCKOUT_ADDRESSES], trusted[LOCKOUT_TRUSTED];
	struct tries roles[ROLES];
};

struct lockout *lockout_new(void)
{
	return mem_new(struct lockout);
}

void lockout_free(struct lockout *l)
{
	free(l);
}

/* The network of an IPv6 address; a link-local one stays, it is of one wire. */
static void key_of(const char *from, char key[64])
{
	struct in6_addr a;

	text_copy(key, 64, from);
	if (inet_pton(AF_INET6, from, &a) != 1 || IN6_IS_ADDR_LOOPBACK(&a))
		return;
	memset(a.s6_addr + 8, 0, 8);
	inet_ntop(AF_INET6, &a, key, 60);
	strcat(key, "/64");
}

static int role_index(const char *role)
{
	return strcmp(role, "viewer") == 0 ? VIEWER :
	    strcmp(role, "operator") == 0 ? OPERATOR : OTHER;
}

static bool is(const struct person *p, const char *key, int role)
{
	return p->role == role && strcmp(p->from, key) == 0;
}

static const struct person *find(const struct person *list, size_t n, const char *key, int role)
{
	for (size_t i = 0; i < n; i++)
		if (is(&list[i], key, role))
			return &list[i];
	return NULL;
}

static bool forgotten(const struct tries *t, int64_t now)
{
	return now - t->last >= LOCKOUT_FORGET_MS;
}

static int64_t wait_of(const struct tries *t, unsigned allowed, int64_t now)
{
	int64_t wait = 1000;

	if (t->failures <= allowed || forgotten(t, now))
		return 0;
	for (unsigned i = allowed + 1; i < t->failures && wait < LOCKOUT_LONGEST_MS; i++)
		wait *= 2;
	if (wait > LOCKOUT_LONGEST_MS)
		wait = LOCKOUT_LONGEST_MS;
	return t->last + wait > now ? t->last + wait - now : 0;
}

int64_t lockout_wait(const struct lockout *l, const char *from, const char *name, int64_t now)
{
	int role = role_index(name);
	int64_t here = 0, everywhere = 0;
	const struct person *p;
	char key[64];

	key_of(from, key);
	p = find(l->guessing, LOCKOUT_ADDRESSES, key, role);
	if (p)
		here = wait_of(&p->tries, LOCKOUT_FREE, now);
	if (!find(l->trusted, LOCKOUT_TRUSTED, key, role))
		everywhere = wait_of(&l->roles[role], LOCKOUT_ROLE_FREE, now);
	return here > everywhere ? here : everywhere;
}

static void count(struct tries *t, int64_t now)
{
	if (forgotten(t, now))
		t->failures = 0;
	t->failures++;
	t->last = now;
}

unsigned lockout_failed(struct lockout *l, const char *from, const char *name, int64_t now)
{
	struct person *p, *end = l->guessing + LOCKOUT_ADDRESSES, *oldest = l->guessing;
	int role = role_index(name);
	char key[64];

	key_of(from, key);
	for (p = l->guessing; p < end && !is(p, key, role); p++)
		if (p->tries.last < oldest->tries.last)
			oldest = p;
	if (p == end) {
		p = oldest;
		*p = (struct person){ .role = role };
		text_copy(p->from, sizeof p->from, key);
	}
	count(&p->tries, now);
	count(&l->roles[role], now);
	return p->tries.failures;
}

void lockout_right(struct lockout *l, const char *from, const char *name, int64_t now)
{
	struct person *p, *end = l->guessing + LOCKOUT_ADDRESSES, *oldest = l->trusted;
	int role = role_index(name);
	char key[64];

	key_of(from, key);
	for (p = l->guessing; p < end; p++)
		if (is(p, key, role))
			*p = (struct person){ .role = 0 };
	end = l->trusted + LOCKOUT_TRUSTED;
	for (p = l->trusted; p < end && !is(p, key, role); p++)
		if (p->right < oldest->right)
			oldest = p;
	if (p == end) {
		p = oldest;
		*p = (struct person){ .role = role };
		text_copy(p->from, sizeof p->from, key);
	}
	p->right = now;
}
