/* agent - one SNMP agent to ask; the door to net-snmp */
#include "snmp/agent.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <net-snmp/library/large_fd_set.h>

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* What became of the message, as net-snmp told heard(). */
enum heard { NOTHING, ANSWER, SILENCE, FAILURE };

struct agent {
	struct loop *loop;
	char *where, *address, *community;
	int port, version, timeout_ms, retries;
	size_t batch;

	void *session;		/* NULL: opened with the next message */
	int fd;
	struct watch *readable, *timer;

	/* the message that is out */
	agent_done *done;	/* NULL: none */
	void *arg;
	int request;
	int64_t deadline;	/* should net-snmp forget it */
	enum heard heard;
	struct agent_answer answer;
	struct agent_value *values;
};

/*
 * init_snmp() is not called: v1 and v2c need none of it, and it would look for
 * MIBs, snmp.conf, certificates and persistent state on the host. What sessions
 * need is set up by snmp_sess_init().
 */
static void library_init(void)
{
	static bool ready;

	if (ready)
		return;
	ready = true;
	netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DONT_READ_CONFIGS, 1);
	netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DONT_PERSIST_STATE, 1);
	/* without any handler it writes to stderr: on the console's screen */
	netsnmp_register_loghandler(NETSNMP_LOGHANDLER_NONE, LOG_DEBUG);
}

struct agent *agent_new(struct loop *loop, const struct agent_target *t)
{
	struct agent *a = mem_new(struct agent);

	a->loop = loop;
	a->where = mem_printf(strchr(t->name, ':') ? "[%s]:%d" : "%s:%d", t->name,
	    t->port);
	a->address = mem_dup(t->address);
	a->community = mem_dup(t->community);
	a->port = t->port;
	a->version = t->version;
	a->timeout_ms = t->timeout_ms;
	a->retries = t->retries;
	a->batch = AGENT_BATCH;
	return a;
}

/* What net-snmp still waits for is forgotten: it does not call heard() here. */
static void session_close(struct agent *a)
{
	loop_remove(a->readable);
	loop_remove(a->timer);
	a->readable = a->timer = NULL;
	if (a->session)
		snmp_sess_close(a->session);
	a->session = NULL;
}

void agent_free(struct agent *a)
{
	if (!a)
		return;
	session_close(a);
	free(a->values);
	free(a->where);
	free(a->address);
	explicit_bzero(a->community, strlen(a->community));
	free(a->community);
	free(a);
}

const char *agent_where(const struct agent *a)
{
	return a->where;
}

size_t agent_batch(const struct agent *a)
{
	return a->batch;
}

void agent_limit_batch(struct agent *a, size_t n)
{
	a->batch = n < 1 ? 1 : n < AGENT_BATCH ? n : AGENT_BATCH;
}

/* Bytes of a card into text: to the first NUL, no control characters, trimmed. */
static void take_text(struct agent_value *v, const unsigned char *bytes, size_t len)
{
	const char *s = len ? (const char *)bytes : "", *end = s + strnlen(s, len);
	size_t at = 0;
	uint32_t cp;

	while (s < end && *s == ' ')
		s++;
	while (s < end && at + 4 < sizeof v->text) {
		s += text_next(s, end, &cp);
		if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0xfffd)
			cp = '?';
		at += text_put(v->text + at, cp);
	}
	while (at > 0 && v->text[at - 1] == ' ')
		at--;
	v->text[at] = '\0';
	v->type = AGENT_TEXT;
}

static bool oid_text(char *buf, const oid *id, size_t len)
{
	size_t at = 0;

	for (size_t i = 0; i < len; i++) {
		int n = snprintf(buf + at, OID_SIZE - at, i ? ".%lu" : "%lu",
		    (unsigned long)id[i]);

		if (n < 0 || (size_t)n >= OID_SIZE - at) {
			buf[0] = '\0';
			return false;
		}
		at += (size_t)n;
	}
	return len > 0;
}

static void take_value(struct agent_value *v, const netsnmp_variable_list *vb)
{
	v->type = AGENT_ODD;
	if (!oid_text(v->oid, vb->name, vb->name_length))
		return;
	switch (vb->type) {
	case SNMP_NOSUCHOBJECT:
	case SNMP_NOSUCHINSTANCE:
	case SNMP_ENDOFMIBVIEW:
		v->type = AGENT_MISSING;
		break;
	case ASN_INTEGER:
		v->number = *vb->val.integer;
		v->type = AGENT_INTEGER;
		break;
	case ASN_GAUGE:		/* and ASN_UNSIGNED */
	case ASN_COUNTER:
		v->number = (int64_t)(*vb->val.integer & 0xffffffffL);
		v->type = AGENT_UNSIGNED;
		break;
	case ASN_TIMETICKS:
		v->number = (int64_t)(*vb->val.integer & 0xffffffffL);
		v->type = AGENT_TICKS;
		break;
	case ASN_OCTET_STR:
		take_text(v, vb->val.string, vb->val_len);
		break;
	case ASN_OBJECT_ID:
		if (oid_text(v->text, vb->val.objid, vb->val_len / sizeof(oid)))
			v->type = AGENT_OID;
		break;
	}
}

static void take_answer(struct agent *a, const netsnmp_pdu *pdu)
{
	const netsnmp_variable_list *vb;
	size_t n = 0;

	a->answer = (struct agent_answer){
		.status = pdu->errstat == SNMP_ERR_NOERROR ? AGENT_DONE :
		    pdu->errstat == SNMP_ERR_NOSUCHNAME ? AGENT_NO_SUCH :
		    pdu->errstat == SNMP_ERR_TOOBIG ? AGENT_TOO_BIG :
		    pdu->errstat == SNMP_ERR_AUTHORIZATIONERROR ? AGENT_DENIED :
		    AGENT_FAULT,
		.index = pdu->errindex > 0 ? (size_t)pdu->errindex : 0,
	};
	if (a->answer.status != AGENT_DONE)
		return;
	free(a->values);
	a->values = mem_zero(AGENT_BATCH, sizeof *a->values);
	for (vb = pdu->variables; vb && n < AGENT_BATCH; vb = vb->next_variable)
		take_value(&a->values[n++], vb);
	a->answer.n = n;
}

/* net-snmp is in the middle of things here: only note what it says. */
static int heard(int operation, netsnmp_session *session, int request,
    netsnmp_pdu *pdu, void *arg)
{
	struct agent *a = arg;

	(void)session;
	if (!a->done || request != a->request)
		return 1;
	switch (operation) {
	case NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE:
		if (pdu && pdu->command == SNMP_MSG_RESPONSE) {
			take_answer(a, pdu);
			a->heard = ANSWER;
		}
		break;
	case NETSNMP_CALLBACK_OP_TIMED_OUT:
		a->heard = SILENCE;
		break;
	case NETSNMP_CALLBACK_OP_SEND_FAILED:
	case NETSNMP_CALLBACK_OP_SEC_ERROR:
		a->heard = FAILURE;
		break;
	}	/* RESEND, CONNECT and DISCONNECT tell of no end */
	return 1;
}

/* Calls done, as the last thing: the agent may be gone afterwards. */
static void finish(struct agent *a, const struct err *e)
{
	struct agent_value *values = a->values;
	struct agent_answer answer = a->answer;
	agent_done *done = a->done;

	a->done = NULL;
	a->values = NULL;
	if (a->timer)
		loop_pause(a->timer);
	answer.values = values;
	done(e ? NULL : &answer, e, a->arg);
	free(values);
}

static void fail(struct agent *a, int error)
{
	struct err e;

	session_close(a);
	if (error == ECONNREFUSED)
		err_kind(&e, ERR_UNREACHABLE, _("%s refuses: nothing listens on UDP port %d; "
		    "check the address, the port and that SNMP is enabled on the card"),
		    a->where, a->port);
	else if (error)
		err_kind(&e, ERR_UNREACHABLE, _("%s cannot be reached: %s; check the "
		    "address and the network"), a->where, strerror(error));
	else
		err_kind(&e, ERR_UNREACHABLE, _("%s does not answer SNMP %s; check the "
		    "address, the community and the card's access list"), a->where,
		    a->version == 1 ? "v1" : "v2c");
	finish(a, &e);
}

/* Sets the timer for what net-snmp wants to do next with the message. */
static void wait_on(struct agent *a)
{
	struct timeval tv = { 0, 0 };
	netsnmp_large_fd_set set;
	int fds = 0, block = 1, ms;

	netsnmp_large_fd_set_init(&set, a->fd + 1);
	snmp_sess_select_info2(a->session, &fds, &set, &tv, &block);
	netsnmp_large_fd_set_cleanup(&set);
	ms = block ? a->timeout_ms : (int)(tv.tv_sec * 1000 + tv.tv_usec / 1000 + 1);
	loop_again(a->timer, ms < 5 ? 5 : ms);
}

static void look(struct agent *a)
{
	if (!a->done)
		return;
	if (a->heard == ANSWER)
		finish(a, NULL);
	else if (a->heard != NOTHING || loop_now() > a->deadline)
		fail(a, 0);
	else
		wait_on(a);
}

static int pending_error(int fd)
{
	socklen_t len = sizeof(int);
	int error = 0;

	return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len) < 0 ? errno : error;
}

static void on_readable(int fd, unsigned ready, void *arg)
{
	struct agent *a = arg;
	int error = pending_error(fd);
	netsnmp_large_fd_set set;

	(void)ready;
	if (error) {	/* "port unreachable" came back */
		if (a->done)
			fail(a, error);
		return;
	}
	netsnmp_large_fd_set_init(&set, fd + 1);
	netsnmp_large_fd_setfd(fd, &set);
	snmp_sess_read2(a->session, &set);
	netsnmp_large_fd_set_cleanup(&set);
	look(a);
}

static void on_timer(void *arg)
{
	struct agent *a = arg;

	snmp_sess_timeout(a->session);
	look(a);
}

/* A connected socket hears of "port unreachable", and only from this agent. */
static bool connect_to(int fd, const char *address, int port)
{
	struct addrinfo hints = { .ai_socktype = SOCK_DGRAM,
		.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV }, *list = NULL;
	char service[16];
	bool ok;

	snprintf(service, sizeof service, "%d", port);
	if (getaddrinfo(address, service, &hints, &list)) {
		errno = EADDRNOTAVAIL;
		return false;
	}
	ok = connect(fd, list->ai_addr, list->ai_addrlen) == 0 &&
	    fcntl(fd, F_SETFL, O_NONBLOCK) == 0;
	freeaddrinfo(list);
	return ok;
}

static bool session_open(struct agent *a, struct err *e)
{
	bool six = strchr(a->address, ':') != NULL;
	char *peer = mem_printf(six ? "udp6:[%s]:%d" : "udp:%s:%d", a->address, a->port);
	netsnmp_session s;

	library_init();
	snmp_sess_init(&s);
	s.version = a->version == 1 ? SNMP_VERSION_1 : SNMP_VERSION_2c;
	s.peername = peer;
	s.community = (u_char *)a->community;
	s.community_len = strlen(a->community);
	s.timeout = a->timeout_ms * 1000L;
	s.retries = a->retries;
	s.callback = heard;
	s.callback_magic = a;
	a->session = snmp_sess_open(&s);
	free(peer);
	if (!a->session)
		return err_kind(e, ERR_UNREACHABLE, _("%s: no SNMP session: %s"), a->where,
		    snmp_api_errstring(s.s_snmp_errno));
	a->fd = snmp_sess_transport(a->session)->sock;
	if (!connect_to(a->fd, a->address, a->port)) {
		err_kind(e, ERR_UNREACHABLE, _("%s cannot be reached: %s; check the "
		    "address and the network"), a->where, strerror(errno));
		session_close(a);
		return false;
	}
	a->readable = loop_fd(a->loop, a->fd, LOOP_READ, on_readable, a);
	a->timer = loop_after(a->loop, a->timeout_ms, on_timer, a);
	return true;
}

static bool add_object(netsnmp_pdu *pdu, const char *text)
{
	oid id[MAX_OID_LEN];
	size_t n = 0;
	char *end;

	if (!oid_valid(text))
		return false;
	for (;; text = end + 1) {
		id[n++] = (oid)strtoul(text, &end, 10);
		if (!*end)
			return snmp_add_null_var(pdu, id, n) != NULL;
	}
}

bool agent_ask(struct agent *a, enum agent_verb verb, const char *const *oids,
    size_t n, agent_done *done, void *arg, struct err *e)
{
	netsnmp_pdu *pdu;

	if (a->done)
		return err_set(e, _("%s: a question is being asked already"), a->where);
	if (!a->session && !session_open(a, e))
		return false;
	pdu = snmp_pdu_create(verb == AGENT_GET ? SNMP_MSG_GET : SNMP_MSG_GETNEXT);
	for (size_t i = 0; i < n; i++)
		if (!add_object(pdu, oids[i])) {
			snmp_free_pdu(pdu);
			return err_set(e, _("%s: not an object identifier: %s"), a->where,
			    oids[i]);
		}
	a->heard = NOTHING;
	a->deadline = loop_now() + (int64_t)a->timeout_ms * (a->retries + 2) + 1000;
	pending_error(a->fd);	/* of an older message: clear it */
	errno = 0;
	a->request = snmp_sess_async_send(a->session, pdu, NULL, NULL);
	if (!a->request) {
		int error = errno;

		snmp_free_pdu(pdu);
		session_close(a);
		return err_kind(e, ERR_UNREACHABLE, _("%s cannot be reached: %s; check the "
		    "address and the network"), a->where,
		    error ? strerror(error) : _("the message cannot be sent"));
	}
	a->done = done;
	a->arg = arg;
	wait_on(a);
	return true;
}
