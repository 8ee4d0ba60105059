/* agent - answers SNMP at one UDP address; see agent.h */
#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <net-snmp/library/large_fd_set.h>

#include "sim/agent.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct simagent {
	struct objects all;
	const struct simagent_terms *terms;
	simagent_wake *wake;
	void *arg;
	bool alive;
	int fd;
	void *session;			/* net-snmp's */
	struct watch *watch;
};

/* An answer being put together. */
struct answer {
	netsnmp_pdu *pdu;
	netsnmp_variable_list *last;
	size_t size;			/* about so many bytes */
};

enum { ROOM = 1400 };			/* of one datagram for a GETBULK */

/*
 * Not init_snmp(): it would look for MIBs, settings and certificates of the
 * host and make folders for them. What is left out is only needed for v3.
 */
static void start_library(void)
{
	static bool started;
	netsnmp_session first;

	if (started)
		return;
	started = true;
	netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID,
	    NETSNMP_DS_LIB_DONT_READ_CONFIGS, 1);
	netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID,
	    NETSNMP_DS_LIB_DONT_PERSIST_STATE, 1);
	snmp_sess_init(&first);
	netsnmp_register_loghandler(NETSNMP_LOGHANDLER_NONE, LOG_DEBUG);
}

static void oid_in(struct oid *o, const netsnmp_variable_list *v)
{
	size_t i;

	o->n = v->name_length;
	for (i = 0; i < v->name_length; i++)
		o->sub[i] = v->name[i];
}

static size_t oid_out(oid name[MAX_OID_LEN], const struct oid *o)
{
	unsigned i;

	for (i = 0; i < o->n; i++)
		name[i] = o->sub[i];
	return o->n;
}

static void add(struct answer *a, const oid *name, size_t n, int type,
    const void *bytes, size_t len)
{
	netsnmp_variable_list **at = a->last ? &a->last->next_variable :
	    &a->pdu->variables;

	a->last = snmp_varlist_add_variable(at, name, n, type, bytes, len);
	a->size += 8 + n * 3 / 2 + len;
}

static void add_value(struct answer *a, const struct oid *o,
    const struct value *v)
{
	oid name[MAX_OID_LEN], words[MAX_OID_LEN];
	size_t n = oid_out(name, o);
	struct counter64 wide;
	long number = v->number;

	switch (v->type) {
	case VALUE_STRING:
	case VALUE_ADDRESS:
	case VALUE_OPAQUE:
		add(a, name, n, v->type, v->bytes, v->len);
		break;
	case VALUE_OID:
		add(a, name, n, v->type, words,
		    oid_out(words, &v->oid) * sizeof *words);
		break;
	case VALUE_COUNTER64:
		wide.high = (uint64_t)v->number >> 32;
		wide.low = (uint64_t)v->number & UINT32_MAX;
		add(a, name, n, v->type, &wide, sizeof wide);
		break;
	case VALUE_NULL:
		add(a, name, n, v->type, NULL, 0);
		break;
	default:
		add(a, name, n, v->type, &number, sizeof number);
	}
}

/* What a SET asks for; the bytes stay the message's. */
static void value_in(struct value *v, const netsnmp_variable_list *asked)
{
	v->type = asked->type;
	v->number = 0;
	v->bytes = asked->val.string;
	v->len = asked->val_len;
	if (asked->type == ASN_INTEGER || asked->type == ASN_TIMETICKS ||
	    asked->type == ASN_GAUGE || asked->type == ASN_COUNTER)
		v->number = *asked->val.integer;
}

/* RFC 3584 4.4: what a v1 manager is told instead. */
static long for_version(long version, long status)
{
	if (version != SNMP_VERSION_1 || status <= SNMP_ERR_GENERR)
		return status;
	switch (status) {
	case SNMP_ERR_NOTWRITABLE:
	case SNMP_ERR_NOACCESS:
		return SNMP_ERR_NOSUCHNAME;
	case SNMP_ERR_WRONGTYPE:
	case SNMP_ERR_WRONGLENGTH:
	case SNMP_ERR_WRONGVALUE:
		return SNMP_ERR_BADVALUE;
	default:
		return SNMP_ERR_GENERR;
	}
}

static void fail(struct answer *a, long status, long index)
{
	a->pdu->errstat = for_version(a->pdu->version, status);
	a->pdu->errindex = index;
}

/* Can the value of object i be told in this version? v1 has no Counter64. */
static bool can_tell(struct simagent *agent, long version, size_t i,
    struct value *v)
{
	agent->all.get(agent->all.of, i, v);
	return version != SNMP_VERSION_1 || v->type != VALUE_COUNTER64;
}

/* The object behind the asked one; false at the end. */
static bool add_next(struct simagent *agent, struct answer *a,
    const struct oid *asked, struct oid *found)
{
	size_t i = objects_seek(&agent->all, asked, true);
	struct value v;

	while (i < agent->all.n && !can_tell(agent, a->pdu->version, i, &v))
		i++;
	if (i == agent->all.n)
		return false;
	*found = agent->all.oids[i];
	add_value(a, found, &v);
	return true;
}

static bool add_one(struct simagent *agent, struct answer *a,
    const netsnmp_variable_list *asked, bool next)
{
	struct oid o, found;
	struct value v;
	long i;
	int missing;

	oid_in(&o, asked);
	if (next) {
		if (add_next(agent, a, &o, &found))
			return true;
		missing = SNMP_ENDOFMIBVIEW;
	} else {
		i = objects_find(&agent->all, &o);
		if (i >= 0 && can_tell(agent, a->pdu->version, i, &v)) {
			add_value(a, &o, &v);
			return true;
		}
		missing = objects_near(&agent->all, &o) ? SNMP_NOSUCHINSTANCE :
		    SNMP_NOSUCHOBJECT;
	}
	if (a->pdu->version == SNMP_VERSION_1)
		return false;
	add(a, asked->name, asked->name_length, missing, NULL, 0);
	return true;
}

static void do_get(struct simagent *agent, struct answer *a,
    const netsnmp_pdu *request, bool next)
{
	const netsnmp_variable_list *asked;
	long index = 1;

	for (asked = request->variables; asked; asked = asked->next_variable) {
		if (!add_one(agent, a, asked, next)) {
			fail(a, SNMP_ERR_NOSUCHNAME, index);
			return;
		}
		index++;
	}
}

/* One more row of a GETBULK: where each column got to stands in at. */
static bool add_row(struct simagent *agent, struct answer *a, struct oid *at,
    size_t columns)
{
	oid name[MAX_OID_LEN];
	bool any = false;
	size_t i, n;

	for (i = 0; i < columns && a->size < ROOM; i++) {
		if (add_next(agent, a, &at[i], &at[i])) {
			any = true;
			continue;
		}
		n = oid_out(name, &at[i]);
		add(a, name, n, SNMP_ENDOFMIBVIEW, NULL, 0);
	}
	return any;
}

static void do_bulk(struct simagent *agent, struct answer *a,
    const netsnmp_pdu *request)
{
	const netsnmp_variable_list *asked = request->variables;
	long once = request->non_repeaters, rows = request->max_repetitions;
	struct oid *at = NULL;
	size_t columns = 0, room = 0;

	for (; asked && once > 0; once--, asked = asked->next_variable)
		add_one(agent, a, asked, true);
	for (; asked; asked = asked->next_variable) {
		mem_grow(at, columns, room);
		oid_in(&at[columns++], asked);
	}
	while (columns && rows-- > 0 && a->size < ROOM)
		if (!add_row(agent, a, at, columns))
			break;
	free(at);
}

/* All of it is looked at (apply false) before any of it is done. */
static bool set_all(struct simagent *agent, struct answer *a,
    const netsnmp_pdu *request, bool apply)
{
	const netsnmp_variable_list *asked;
	enum set_result result;
	struct oid o;
	struct value v;
	long i, index = 1;

	for (asked = request->variables; asked; asked = asked->next_variable) {
		oid_in(&o, asked);
		value_in(&v, asked);
		i = objects_find(&agent->all, &o);
		result = i < 0 ? SET_NOT_WRITABLE :
		    agent->all.set(agent->all.of, i, &v, apply);
		if (result != SET_OK) {
			fail(a, result, index);
			return false;
		}
		index++;
	}
	return true;
}

static bool is_word(const char *word, const netsnmp_pdu *request)
{
	return strlen(word) == request->community_len &&
	    memcmp(word, request->community, request->community_len) == 0;
}

static bool may_ask(const struct simagent *agent, const netsnmp_pdu *request)
{
	if (request->version != SNMP_VERSION_1 &&
	    request->version != SNMP_VERSION_2c)
		return false;
	if (is_word(agent->terms->write, request))
		return true;
	return request->command != SNMP_MSG_SET &&
	    is_word(agent->terms->read, request);
}

static void take_variables_of(struct answer *a, const netsnmp_pdu *request)
{
	snmp_free_varbind(a->pdu->variables);
	a->pdu->variables = snmp_clone_varbind(request->variables);
	a->last = NULL;
}

static bool make_answer(struct simagent *agent, struct answer *a,
    const netsnmp_pdu *request)
{
	switch (request->command) {
	case SNMP_MSG_GET:
	case SNMP_MSG_GETNEXT:
		do_get(agent, a, request, request->command == SNMP_MSG_GETNEXT);
		break;
	case SNMP_MSG_GETBULK:
		if (request->version == SNMP_VERSION_1)
			return false;
		do_bulk(agent, a, request);
		break;
	case SNMP_MSG_SET:
		if (set_all(agent, a, request, false))
			set_all(agent, a, request, true);
		take_variables_of(a, request);
		break;
	default:
		return false;
	}
	if (a->pdu->errstat)
		take_variables_of(a, request);
	return true;
}

static netsnmp_pdu *answer_to(netsnmp_pdu *request)
{
	netsnmp_pdu *pdu = snmp_clone_pdu(request);

	if (!pdu)
		abort();		/* out of memory is the end */
	snmp_free_varbind(pdu->variables);
	pdu->variables = NULL;
	pdu->command = SNMP_MSG_RESPONSE;
	pdu->errstat = pdu->errindex = 0;
	return pdu;
}

static int received(int operation, netsnmp_session *session, int id,
    netsnmp_pdu *request, void *arg)
{
	struct simagent *agent = arg;
	struct answer a = { NULL };

	(void)session;
	(void)id;
	if (operation != NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE ||
	    !agent->alive || !may_ask(agent, request))
		return 1;
	agent->wake(agent->arg);
	a.pdu = answer_to(request);
	if (!make_answer(agent, &a, request)) {
		snmp_free_pdu(a.pdu);
		return 1;
	}
	if (snmp_sess_send(agent->session, a.pdu))
		return 1;
	/* it did not fit into a message */
	snmp_free_varbind(a.pdu->variables);
	a.pdu->variables = NULL;
	fail(&a, SNMP_ERR_TOOBIG, 0);
	if (!snmp_sess_send(agent->session, a.pdu))
		snmp_free_pdu(a.pdu);
	return 1;
}

static void readable(int fd, unsigned ready, void *arg)
{
	static netsnmp_large_fd_set set;
	struct simagent *agent = arg;

	(void)ready;
	if (!set.lfs_setptr) {
		netsnmp_large_fd_set_init(&set, FD_SETSIZE);
		NETSNMP_LARGE_FD_ZERO(&set);
	}
	NETSNMP_LARGE_FD_SET(fd, &set);
	snmp_sess_read2(agent->session, &set);
	NETSNMP_LARGE_FD_CLR(fd, &set);
}

struct simagent *simagent_new(struct loop *loop, const char *ipv4, int port,
    const struct objects *all, const struct simagent_terms *terms,
    simagent_wake *wake, void *arg, struct err *e)
{
	struct simagent *agent;
	netsnmp_transport *transport;
	netsnmp_session session;
	char where[64];

	start_library();
	snprintf(where, sizeof where, "udp:%s:%d", ipv4, port);
	errno = 0;
	transport = netsnmp_transport_open_server("upssim", where);
	if (!transport) {
		err_set(e, "%s:%d: %s", ipv4, port, errno ? strerror(errno) :
		    _("the address cannot be opened"));
		return NULL;
	}
	agent = mem_new(struct simagent);
	agent->all = *all;
	agent->terms = terms;
	agent->wake = wake;
	agent->arg = arg;
	agent->alive = true;
	agent->fd = transport->sock;

	snmp_sess_init(&session);
	session.version = SNMP_DEFAULT_VERSION;
	session.callback = received;
	session.callback_magic = agent;
	session.isAuthoritative = SNMP_SESS_UNKNOWNAUTH;
	agent->session = snmp_sess_add(&session, transport, NULL, NULL);
	if (!agent->session) {
		err_set(e, _("%s:%d: net-snmp makes no session of it"), ipv4, port);
		free(agent);		/* the transport went with the session */
		return NULL;
	}
	agent->watch = loop_fd(loop, agent->fd, LOOP_READ, readable, agent);
	return agent;
}

void simagent_free(struct simagent *agent)
{
	if (!agent)
		return;
	loop_remove(agent->watch);
	snmp_sess_close(agent->session);
	free(agent);
}

void simagent_set_alive(struct simagent *agent, bool alive)
{
	agent->alive = alive;
}

bool simagent_alive(const struct simagent *agent)
{
	return agent->alive;
}
