/* agent - answers SNMP at one UDP address; see agent.h */
#include "sim/agent.h"

#include "base/mem.h"
#include "sim/engine.h"
#include "sim/pdu.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct simagent {
	struct objects all;
	struct communities communities;
	struct stations stations;
	bool logged_in;
	struct engine *engine;		/* NULL: no v3 */
	struct post *post;
	simagent_wake *wake;
	simagent_confirmed *confirmed;
	void *arg;
	int fd;
	struct watch *watch;
	/* how it answers */
	bool alive;
	double latency, jitter, loss;	/* ms, ms, % */
	enum lie lie;
	int64_t silent_until;		/* of loop_now() */
	uint32_t chance;
	struct simagent_counts counts;
};

enum { MAX_MESSAGE = 65536 };

/* From 0 up to 1, never 1. */
static double chance(struct simagent *agent)
{
	uint32_t x = agent->chance;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	agent->chance = x;
	return x / 4294967296.0;
}

static bool is_lost(struct simagent *agent)
{
	return agent->loss > 0 && chance(agent) * 100 < agent->loss;
}

static size_t answer_community(struct simagent *agent, struct tlv_in *in,
    int version, struct tlv_out *out)
{
	struct pdu_terms terms = { .version = version,
		.wrong_types = agent->lie == LIE_TYPE };
	const uint8_t *end = out->at;
	enum access access;
	struct tlv community;
	struct pdu pdu;

	if (!tlv_take(in, VALUE_STRING, &community) || !pdu_read(in, &pdu))
		return 0;
	if (pdu.command == PDU_RESPONSE && agent->confirmed)
		agent->confirmed(agent->arg, pdu.id);
	access = communities_access(&agent->communities, community.bytes,
	    community.len);
	if (access == ACCESS_DISABLED)
		return 0;
	terms.may_write = access_may_write(access, agent->logged_in);
	agent->wake(agent->arg);
	if (agent->lie == LIE_NUMBER)
		pdu.id = (int32_t)(pdu.id + 1);
	if (!pdu_answer(&pdu, &agent->all, &terms, out))
		return 0;
	tlv_bytes(out, VALUE_STRING, community.bytes, community.len);
	tlv_put_number(out, VALUE_INTEGER, version);
	tlv_wrap(out, TLV_SEQUENCE, end);
	return out->full ? 0 : end - out->at;
}

/* The same for a user of v3. */
static bool answer_user(void *arg, const struct pdu *asked, const struct user *user,
    struct tlv_out *out)
{
	struct simagent *agent = arg;
	struct pdu pdu = *asked;
	struct pdu_terms terms = { .version = VERSION_3,
		.wrong_types = agent->lie == LIE_TYPE,
		.may_write = access_may_write(user->access, agent->logged_in) };

	agent->wake(agent->arg);
	if (agent->lie == LIE_NUMBER)
		pdu.id = (int32_t)(pdu.id + 1);
	return pdu_answer(&pdu, &agent->all, &terms, out);
}

static size_t answer(struct simagent *agent, const uint8_t *bytes, size_t len,
    struct tlv_out *out)
{
	struct tlv_in all = { bytes, bytes + len }, rest = all, in;
	int64_t version;

	if (!tlv_enter(&rest, TLV_SEQUENCE, &in) || !tlv_integer(&in, &version))
		return 0;
	if (version == VERSION_1 || version == VERSION_2C)
		return answer_community(agent, &in, version, out);
	if (version != VERSION_3 || !agent->engine)
		return 0;
	all.end = rest.at;
	return engine_answer(agent->engine, &all, &in, answer_user, agent, out);
}

size_t simagent_answer(struct simagent *agent, const uint8_t *bytes, size_t len,
    uint8_t *to, size_t size)
{
	static const uint8_t rubbish[] = { 0x30, 0x82, 0x01, 0x00, 0x02, 0x01,
		0xff, 0x04, 0x7f, 'N', 'O', 'I', 'S', 'E' };
	struct tlv_out out = { to, to + size, false };
	size_t n = answer(agent, bytes, len, &out);

	if (n == 0)
		return 0;
	if (agent->lie == LIE_RUBBISH) {
		memcpy(to, rubbish, sizeof rubbish);
		return sizeof rubbish;
	}
	memmove(to, out.at, n);
	return agent->lie == LIE_CUT ? n / 2 : n;
}

static int delay(struct simagent *agent)
{
	double ms = agent->latency;

	if (agent->jitter > 0)
		ms += (2 * chance(agent) - 1) * agent->jitter;
	return ms < 0 ? 0 : ms + 0.5;
}

static void readable(int fd, unsigned ready, void *arg)
{
	static uint8_t in[MAX_MESSAGE], out[MAX_MESSAGE];
	struct simagent *agent = arg;
	struct sockaddr_in from;
	socklen_t size = sizeof from;
	ssize_t len = recvfrom(fd, in, sizeof in, 0, (struct sockaddr *)&from, &size);
	size_t n;

	(void)ready;
	if (len < 0)
		return;
	agent->counts.asked++;
	if (!simagent_alive(agent) || is_lost(agent) ||
	    !stations_have(&agent->stations, from.sin_addr.s_addr))
		return;
	n = simagent_answer(agent, in, len, out, sizeof out);
	if (n == 0 || is_lost(agent))
		return;
	agent->counts.answered++;
	post_send(agent->post, agent->lie == LIE_SOURCE ? -1 : fd, &from, out, n,
	    delay(agent));
}

void simagent_send(struct simagent *agent, const struct sockaddr_in *to,
    const uint8_t *bytes, size_t len)
{
	if (simagent_alive(agent) && !is_lost(agent))
		post_send(agent->post, agent->fd, to, bytes, len, delay(agent));
}

bool simagent_wrap(struct simagent *agent, const struct user *user, int64_t number,
    struct tlv_out *out, const uint8_t *end)
{
	return agent->engine && engine_wrap(agent->engine, user, number, out, end);
}

struct simagent *simagent_new(struct loop *loop, const struct simagent_setup *setup,
    struct err *e)
{
	struct simagent *agent;
	int fd = post_open(setup->ipv4, setup->port, e);

	if (fd < 0)
		return NULL;
	agent = mem_new(struct simagent);
	agent->all = *setup->objects;
	agent->post = setup->post;
	agent->wake = setup->wake;
	agent->confirmed = setup->confirmed;
	agent->arg = setup->arg;
	agent->alive = true;
	agent->chance = setup->seed | 1;
	if (setup->users)
		agent->engine = engine_new(setup->ipv4, setup->port, setup->users);
	agent->counts.boots = agent->engine ? engine_boots(agent->engine) : 0;
	agent->fd = fd;
	agent->watch = loop_fd(loop, fd, LOOP_READ, readable, agent);
	return agent;
}

void simagent_free(struct simagent *agent)
{
	if (!agent)
		return;
	loop_remove(agent->watch);
	close(agent->fd);
	engine_free(agent->engine);
	communities_done(&agent->communities);
	stations_done(&agent->stations);
	free(agent);
}

void simagent_set_stations(struct simagent *agent, const char *text)
{
	stations_read(&agent->stations, text, NULL);
}

void simagent_set_access(struct simagent *agent, const char *community,
    enum access access)
{
	communities_put(&agent->communities, community, access);
}

void simagent_set_login(struct simagent *agent, bool logged_in)
{
	agent->logged_in = logged_in;
}

void simagent_set_alive(struct simagent *agent, bool alive)
{
	agent->alive = alive;
}

bool simagent_alive(const struct simagent *agent)
{
	return agent->alive && loop_now() >= agent->silent_until;
}

void simagent_set_latency(struct simagent *agent, double ms)
{
	agent->latency = ms;
}

void simagent_set_jitter(struct simagent *agent, double ms)
{
	agent->jitter = ms;
}

void simagent_set_loss(struct simagent *agent, double percent)
{
	agent->loss = percent;
}

void simagent_set_lie(struct simagent *agent, enum lie lie)
{
	agent->lie = lie;
}

void simagent_restart(struct simagent *agent, double ms)
{
	if (agent->engine) {
		engine_restart(agent->engine, ms);
		agent->counts.boots = engine_boots(agent->engine);
	}
	agent->silent_until = loop_now() + ms;
}

const struct simagent_counts *simagent_counts(const struct simagent *agent)
{
	return &agent->counts;
}
