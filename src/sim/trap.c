/* trap - traps and informs on their way; see trap.h */
#include "sim/trap.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "sim/pdu.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES = 3, PATIENCE = 1000, MAX_TRAP = 2048 };

struct receiver {
	struct sockaddr_in to;
	int version;
	bool inform;
	char community[64];		/* of v3: the user's name */
	const struct user *user;
};

/* An inform that nobody confirmed yet. */
struct inform {
	struct traps *traps;
	struct simagent *agent;		/* NULL: this place is free */
	const struct receiver *receiver;
	int64_t number;
	int tries;
	struct watch *timer;
	size_t len;
	uint8_t bytes[MAX_TRAP];
};

struct traps {
	struct loop *loop;
	struct receiver **receivers;
	size_t n, cap;
	struct inform **informs;
	size_t n_informs, informs_cap;
	uint32_t number;
};

struct traps *traps_new(struct loop *loop)
{
	struct traps *t = mem_new(struct traps);

	t->loop = loop;
	return t;
}

void traps_free(struct traps *t)
{
	size_t i;

	if (!t)
		return;
	for (i = 0; i < t->n_informs; i++) {
		loop_remove(t->informs[i]->timer);
		free(t->informs[i]);
	}
	for (i = 0; i < t->n; i++)
		free(t->receivers[i]);
	free(t->informs);
	free(t->receivers);
	free(t);
}

bool traps_any(const struct traps *t)
{
	return t->n > 0;
}

static bool read_address(struct sockaddr_in *to, const char *s)
{
	char host[INET_ADDRSTRLEN], rest;
	int port;

	to->sin_family = AF_INET;
	if (sscanf(s, "%15[0-9.]:%d%c", host, &port, &rest) != 2 || port < 1 ||
	    port > 65535 || inet_pton(AF_INET, host, &to->sin_addr) != 1)
		return false;
	to->sin_port = htons(port);
	return true;
}

static bool read_version(struct receiver *r, const char *word, struct err *e)
{
	r->inform = strcmp(word, "inform") == 0;
	if (strcmp(word, "v1") == 0)
		r->version = VERSION_1;
	else if (strcmp(word, "v2c") == 0 || r->inform)
		r->version = VERSION_2C;
	else if (strcmp(word, "v3") == 0)
		r->version = VERSION_3;
	else
		return err_set(e, _("\"%s\" is none of v1, v2c, inform, v3"), word);
	return true;
}

static bool read_receiver(struct receiver *r, const char *text,
    const struct users *users, struct err *e)
{
	char address[32] = "", version[8] = "v2c";

	strcpy(r->community, "public");
	if (sscanf(text, "%31[^,],%7[^,],%63[^\n]", address, version,
	    r->community) < 1 || !read_address(&r->to, address))
		return err_set(e, _("a receiver is as 127.0.0.1:1162,v2c,public, not "
		    "\"%s\""), text);
	if (!read_version(r, version, e))
		return false;
	if (r->version != VERSION_3)
		return true;
	r->user = users ? users_find(users, r->community, strlen(r->community)) : NULL;
	return r->user || err_set(e, _("%s is none of the users of --v3-users"),
	    r->community);
}

bool traps_add(struct traps *t, const char *text, const struct users *users,
    struct err *e)
{
	struct receiver *r = mem_new(struct receiver);

	if (!read_receiver(r, text, users, e)) {
		free(r);
		return false;
	}
	mem_grow(t->receivers, t->n, t->cap);
	t->receivers[t->n++] = r;
	return true;
}

static void put_text(struct tlv_out *out, const char *oid, const char *text)
{
	struct oid o;
	struct value v = { .type = VALUE_STRING, .bytes = text, .len = strlen(text) };

	oid_parse(&o, oid);
	pdu_put_binding(out, &o, &v);
}

static void put_number(struct tlv_out *out, const char *oid, enum type type,
    int64_t n)
{
	struct oid o;
	struct value v = { .type = type, .number = n };

	oid_parse(&o, oid);
	pdu_put_binding(out, &o, &v);
}

static void put_args(struct tlv_out *out, const struct trap *trap)
{
	if (trap->number)
		put_text(out, "1.3.6.1.4.1.318.2.3.3.0", trap->text);
}

/* RFC 1157 4.1.6 */
static void put_trap1(struct tlv_out *out, const struct trap *trap)
{
	enum { COLD_START = 0, SPECIFIC = 6 };
	const uint8_t *end = out->at;
	struct in_addr a = { 0 };
	struct oid enterprise;

	inet_pton(AF_INET, trap->ipv4, &a);
	oid_parse(&enterprise, "1.3.6.1.4.1.318");
	put_args(out, trap);
	tlv_wrap(out, TLV_SEQUENCE, end);
	tlv_put_unsigned(out, VALUE_TICKS, (uint32_t)(trap->uptime / 10));
	tlv_put_number(out, VALUE_INTEGER, trap->number);
	tlv_put_number(out, VALUE_INTEGER, trap->number ? SPECIFIC : COLD_START);
	tlv_bytes(out, VALUE_ADDRESS, &a, sizeof a);
	tlv_put_oid(out, &enterprise);
	tlv_wrap(out, PDU_TRAP1, end);
}

/* RFC 3416 4.2.6 */
static void put_trap2(struct tlv_out *out, const struct trap *trap, uint8_t command,
    int64_t id)
{
	const uint8_t *end = out->at;
	struct value v = { .type = VALUE_OID };
	struct oid o;
	char name[64] = "1.3.6.1.6.3.1.1.5.1";

	if (trap->number)
		snprintf(name, sizeof name, "1.3.6.1.4.1.318.0.%d", trap->number);
	put_args(out, trap);
	oid_parse(&v.oid, name);
	oid_parse(&o, "1.3.6.1.6.3.1.1.4.1.0");
	pdu_put_binding(out, &o, &v);
	put_number(out, "1.3.6.1.2.1.1.3.0", VALUE_TICKS, trap->uptime / 10);
	pdu_wrap(out, end, command, id, 0, 0);
}

/* The whole message, to the end of the buffer. */
static bool put_message(struct tlv_out *out, const struct receiver *r,
    struct simagent *agent, const struct trap *trap, int64_t id)
{
	const uint8_t *end = out->at;

	if (r->version == VERSION_1)
		put_trap1(out, trap);
	else
		put_trap2(out, trap, r->inform ? PDU_INFORM : PDU_TRAP2, id);
	if (r->version == VERSION_3)
		return simagent_wrap(agent, r->user, id, out, end);
	tlv_bytes(out, VALUE_STRING, r->community, strlen(r->community));
	tlv_put_number(out, VALUE_INTEGER, r->version);
	tlv_wrap(out, TLV_SEQUENCE, end);
	return !out->full;
}

static void end_inform(struct inform *i)
{
	loop_remove(i->timer);
	i->timer = NULL;
	i->agent = NULL;
}

static void say(void *arg)
{
	struct inform *i = arg;

	if (i->tries == TRIES) {
		end_inform(i);
		return;
	}
	i->tries++;
	simagent_send(i->agent, &i->receiver->to, i->bytes, i->len);
	if (i->timer)
		loop_again(i->timer, PATIENCE);
	else
		i->timer = loop_after(i->traps->loop, PATIENCE, say, i);
}

static struct inform *free_place(struct traps *t)
{
	size_t i;

	for (i = 0; i < t->n_informs; i++)
		if (!t->informs[i]->agent)
			return t->informs[i];
	mem_grow(t->informs, t->n_informs, t->informs_cap);
	return t->informs[t->n_informs++] = mem_new(struct inform);
}

void traps_send(struct traps *t, struct simagent *agent, const struct trap *trap)
{
	uint8_t bytes[MAX_TRAP];
	struct inform *inform;
	size_t i;

	for (i = 0; i < t->n; i++) {
		const struct receiver *r = t->receivers[i];
		struct tlv_out out = { bytes, bytes + sizeof bytes, false };
		const int64_t id = ++t->number & INT32_MAX;
		size_t len;

		if (!put_message(&out, r, agent, trap, id))
			continue;
		len = bytes + sizeof bytes - out.at;
		if (!r->inform) {
			simagent_send(agent, &r->to, out.at, len);
			continue;
		}
		inform = free_place(t);
		inform->traps = t;
		inform->agent = agent;
		inform->receiver = r;
		inform->number = id;
		inform->tries = 0;
		inform->len = len;
		memcpy(inform->bytes, out.at, len);
		say(inform);
	}
}

void traps_confirmed(struct traps *t, int64_t number)
{
	size_t i;

	for (i = 0; i < t->n_informs; i++)
		if (t->informs[i]->agent && t->informs[i]->number == number)
			end_inform(t->informs[i]);
}
