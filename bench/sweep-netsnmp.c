/*
 * What net-snmp gives: a session for each card, all asked asynchronously, their
 * sockets in one epoll. Timeouts are looked for every 20 ms.
 */
#include "sweep.h"

#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <net-snmp/library/large_fd_set.h>
#include <sys/epoll.h>

struct card {
	void *session;
	int fd;
	bool busy;
	long values[OBJECTS];
};

static struct card *cards;
static oid names[OBJECTS][MAX_OID_LEN];
static size_t name_len[OBJECTS];
static int out;
static long total;
static double last;

static int heard(int operation, netsnmp_session *s, int request, netsnmp_pdu *pdu, void *arg)
{
	struct card *c = arg;
	int i = 0;

	(void)s;
	(void)request;
	if (operation == NETSNMP_CALLBACK_OP_RESEND)
		return 1;
	c->busy = false;
	out--;
	if (operation != NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE)
		return 1;
	total++;
	last = now_ms();
	for (netsnmp_variable_list *v = pdu->variables; v && i < OBJECTS; v = v->next_variable, i++)
		if (v->type == ASN_INTEGER || v->type == ASN_GAUGE || v->type == ASN_TIMETICKS)
			c->values[i] = *v->val.integer;
	return 1;
}

static void ask(struct card *c)
{
	netsnmp_pdu *pdu = snmp_pdu_create(SNMP_MSG_GET);

	for (int i = 0; i < job.n_objects; i++)
		snmp_add_null_var(pdu, names[i], name_len[i]);
	if (snmp_sess_async_send(c->session, pdu, heard, c)) {
		c->busy = true;
		out++;
	} else {
		snmp_free_pdu(pdu);
	}
}

static void open_card(struct card *c, const struct sockaddr_in *a, int epoll)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = c };
	char peer[64], text[INET_ADDRSTRLEN];
	netsnmp_session s;

	inet_ntop(AF_INET, &a->sin_addr, text, sizeof text);
	snprintf(peer, sizeof peer, "udp:%s:%d", text, ntohs(a->sin_port));
	snmp_sess_init(&s);
	s.peername = peer;
	s.version = SNMP_VERSION_2c;
	s.community = (u_char *)"public";
	s.community_len = 6;
	s.timeout = WAIT_MS * 1000L;
	s.retries = TRIES - 1;
	c->session = snmp_sess_open(&s);
	if (!c->session)
		exit(1);
	c->fd = snmp_sess_transport(c->session)->sock;
	epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &event);
}

static void wait_for_all(int epoll)
{
	netsnmp_large_fd_set set;
	struct epoll_event events[128];
	double looked = now_ms();

	netsnmp_large_fd_set_init(&set, job.n + 64);
	while (out > 0) {
		int n = epoll_wait(epoll, events, 128, 20);

		for (int i = 0; i < n; i++) {
			struct card *c = events[i].data.ptr;

			NETSNMP_LARGE_FD_ZERO(&set);
			NETSNMP_LARGE_FD_SET(c->fd, &set);
			snmp_sess_read2(c->session, &set);
		}
		if (now_ms() - looked < 20)
			continue;
		looked = now_ms();
		for (int i = 0; i < job.n; i++)
			if (cards[i].busy)
				snmp_sess_timeout(cards[i].session);
	}
	netsnmp_large_fd_set_cleanup(&set);
}

int main(int argc, char **argv)
{
	int epoll = epoll_create1(0);
	long kb = own_kb();

	if (!read_job(argc, argv))
		return 2;
	netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DONT_PERSIST_STATE, 1);
	netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DONT_READ_CONFIGS, 1);
	setenv("MIBS", "", 1);
	init_snmp("sweep");
	for (int i = 0; i < job.n_objects; i++) {
		name_len[i] = MAX_OID_LEN;
		if (!read_objid(job.objects[i], names[i], &name_len[i]))
			return 2;
	}
	kb = own_kb();
	cards = calloc((size_t)job.n, sizeof *cards);
	for (int i = 0; i < job.n; i++)
		open_card(&cards[i], &job.cards[i], epoll);
	for (int s = 0; s < job.sweeps; s++) {
		double begin = now_ms(), used = cpu_ms();

		last = begin;
		for (int i = 0; i < job.n; i++)
			ask(&cards[i]);
		wait_for_all(epoll);
		note(s, begin, last, used);
	}
	report("net-snmp", own_kb() - kb, total);
	return 0;
}
