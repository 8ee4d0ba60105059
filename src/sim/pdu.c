/* pdu - what an SNMP message asks for; see pdu.h */
#include "sim/pdu.h"

#include <string.h>

enum {
	NO_SUCH_OBJECT = 0x80, NO_SUCH_INSTANCE = 0x81, END_OF_MIB = 0x82,
};
enum { ERROR_TOO_BIG = 1, ERROR_NO_SUCH_NAME = 2, ERROR_BAD_VALUE = 3 };

enum {
	ROOM = 1400,			/* of one datagram for a GETBULK */
	MAX_BINDINGS = 1024,		/* in one question */
	MAX_BODY = 16384,		/* of all bindings of an answer */
};

/* An answer being put together: bindings stand one behind the other. */
struct answer {
	const struct objects *all;
	const struct pdu_terms *terms;
	uint8_t bytes[MAX_BODY];
	size_t len;
	bool full;
	int status;
	int64_t index;
};

bool pdu_read(struct tlv_in *in, struct pdu *p)
{
	struct tlv_in inside;

	if (in->at == in->end)
		return false;
	p->command = *in->at;
	return p->command != PDU_TRAP1 && tlv_enter(in, p->command, &inside) &&
	    tlv_integer(&inside, &p->id) && tlv_integer(&inside, &p->status) &&
	    tlv_integer(&inside, &p->index) &&
	    tlv_enter(&inside, TLV_SEQUENCE, &p->bindings);
}

/* The name of the next binding, and what is written beside it. */
static bool read_binding(struct tlv_in *in, struct oid *o, struct tlv *value)
{
	struct tlv_in inside;
	struct tlv name;

	return tlv_enter(in, TLV_SEQUENCE, &inside) &&
	    tlv_take(&inside, VALUE_OID, &name) && tlv_oid(&name, o) &&
	    tlv_next(&inside, value);
}

/* Can all of them be read? */
static bool are_bindings(struct tlv_in in)
{
	struct oid o;
	struct tlv value;
	int n = 0;

	while (in.at < in.end)
		if (++n > MAX_BINDINGS || !read_binding(&in, &o, &value))
			return false;
	return true;
}

void pdu_put_binding(struct tlv_out *out, const struct oid *o,
    const struct value *v)
{
	const uint8_t *end = out->at;

	tlv_put_value(out, v);
	tlv_put_oid(out, o);
	tlv_wrap(out, TLV_SEQUENCE, end);
}

/* What no manager expects there: text for a number, a number for all else. */
static void falsify(struct value *v)
{
	const bool number = v->type == VALUE_INTEGER || v->type == VALUE_GAUGE ||
	    v->type == VALUE_TICKS || v->type == VALUE_COUNTER;

	v->type = number ? VALUE_STRING : VALUE_INTEGER;
	v->number = -1;
	v->bytes = "?";
	v->len = 1;
}

static void add(struct answer *a, const struct oid *o, struct value *v)
{
	uint8_t one[MAX_BODY];
	struct tlv_out out = { one, one + sizeof one, false };
	size_t len;

	if (a->terms->wrong_types)
		falsify(v);
	pdu_put_binding(&out, o, v);
	len = one + sizeof one - out.at;
	if (out.full || len > sizeof a->bytes - a->len) {
		a->full = true;
		return;
	}
	memcpy(a->bytes + a->len, out.at, len);
	a->len += len;
}

static void add_missing(struct answer *a, const struct oid *o, int exception)
{
	struct value v;

	v.type = exception;
	add(a, o, &v);
}

/* RFC 3584 4.4: what a v1 manager is told instead. */
static int for_version(int version, int status)
{
	if (version != VERSION_1 || status <= SET_GENERAL_ERROR)
		return status;
	switch (status) {
	case SET_NOT_WRITABLE:
	case SET_NO_ACCESS:
		return ERROR_NO_SUCH_NAME;
	case SET_WRONG_TYPE:
	case SET_WRONG_LENGTH:
	case SET_WRONG_VALUE:
	case SET_INCONSISTENT:
		return ERROR_BAD_VALUE;
	default:
		return SET_GENERAL_ERROR;
	}
}

static void fail(struct answer *a, int status, int64_t index)
{
	a->status = for_version(a->terms->version, status);
	a->index = index;
}

/* Can the value of object i be told in this version? v1 has no Counter64. */
static bool can_tell(const struct answer *a, size_t i, struct value *v)
{
	a->all->get(a->all->of, i, v);
	return a->terms->version != VERSION_1 || v->type != VALUE_COUNTER64;
}

/* The object from place i on; false at the end. */
static bool add_from(struct answer *a, size_t i, size_t *found)
{
	struct value v;

	while (i < a->all->n && !can_tell(a, i, &v))
		i++;
	if (i >= a->all->n)
		return false;
	*found = i;
	add(a, &a->all->oids[i], &v);
	return true;
}

static bool add_one(struct answer *a, const struct oid *o, bool next)
{
	struct value v;
	size_t found;
	long i;
	int missing;

	if (next) {
		if (add_from(a, objects_seek(a->all, o, true), &found))
			return true;
		missing = END_OF_MIB;
	} else {
		i = objects_find(a->all, o);
		if (i >= 0 && can_tell(a, i, &v)) {
			add(a, o, &v);
			return true;
		}
		missing = objects_near(a->all, o) ? NO_SUCH_INSTANCE :
		    NO_SUCH_OBJECT;
	}
	if (a->terms->version == VERSION_1)
		return false;
	add_missing(a, o, missing);
	return true;
}

static void do_get(struct answer *a, struct tlv_in in, bool next)
{
	struct oid o;
	struct tlv value;
	int64_t index = 1;

	for (; read_binding(&in, &o, &value); index++)
		if (!add_one(a, &o, next)) {
			fail(a, ERROR_NO_SUCH_NAME, index);
			return;
		}
}

/* Where a column of a GETBULK got to; when it is over, name stays what it was. */
struct column {
	struct oid name;
	size_t next;
};

/* One more row; false when every column is at its end. */
static bool add_row(struct answer *a, struct column *columns, size_t n)
{
	struct column *c;
	bool any = false;

	for (c = columns; c < columns + n && a->len < ROOM; c++) {
		size_t found;

		if (!add_from(a, c->next, &found)) {
			add_missing(a, &c->name, END_OF_MIB);
			continue;
		}
		c->name = a->all->oids[found];
		c->next = found + 1;
		any = true;
	}
	return any;
}

static void do_bulk(struct answer *a, const struct pdu *p)
{
	/* more columns than there is room for cannot be answered anyway */
	struct column columns[ROOM / 8];
	struct tlv_in in = p->bindings;
	int64_t once = p->status, rows = p->index;
	size_t n = 0;
	struct oid o;
	struct tlv value;

	while (read_binding(&in, &o, &value) && a->len < ROOM) {
		if (once > 0) {
			once--;
			add_one(a, &o, true);
			continue;
		}
		if (n == sizeof columns / sizeof *columns)
			break;
		columns[n].name = o;
		columns[n++].next = objects_seek(a->all, &o, true);
	}
	while (n > 0 && rows-- > 0 && a->len < ROOM)
		if (!add_row(a, columns, n))
			break;
}

/* What a SET asks for; the bytes stay the message's. */
static bool value_in(struct value *v, const struct tlv *t)
{
	v->type = t->tag;
	v->number = 0;
	v->bytes = t->bytes;
	v->len = t->len;
	switch (t->tag) {
	case VALUE_INTEGER:
		return tlv_number(t, true, &v->number);
	case VALUE_COUNTER:
	case VALUE_GAUGE:
	case VALUE_TICKS:
	case VALUE_COUNTER64:
		return tlv_number(t, false, &v->number);
	case VALUE_OID:
		return tlv_oid(t, &v->oid);
	}
	return true;
}

/* All of it is looked at (apply false) before any of it is done. */
static bool set_all(struct answer *a, struct tlv_in in, bool apply)
{
	enum set_result result;
	struct oid o;
	struct tlv t;
	struct value v;
	int64_t index = 1;
	long i;

	for (; read_binding(&in, &o, &t); index++) {
		i = objects_find(a->all, &o);
		result = !a->terms->may_write ? SET_NO_ACCESS :
		    i < 0 ? SET_NOT_WRITABLE :
		    !value_in(&v, &t) ? SET_WRONG_TYPE :
		    a->all->set(a->all->of, i, &v, apply);
		if (result != SET_OK) {
			fail(a, result, index);
			return false;
		}
	}
	return true;
}

static void repeat(struct answer *a, struct tlv_in in)
{
	const size_t len = in.end - in.at;

	a->len = 0;
	a->full = len > sizeof a->bytes;
	if (!a->full)
		memcpy(a->bytes, in.at, a->len = len);
}

static bool carry_out(struct answer *a, const struct pdu *p)
{
	switch (p->command) {
	case PDU_GET:
	case PDU_NEXT:
		do_get(a, p->bindings, p->command == PDU_NEXT);
		break;
	case PDU_BULK:
		if (a->terms->version == VERSION_1)
			return false;
		do_bulk(a, p);
		break;
	case PDU_SET:
		if (set_all(a, p->bindings, false))
			set_all(a, p->bindings, true);
		repeat(a, p->bindings);
		break;
	default:
		return false;
	}
	if (a->status)
		repeat(a, p->bindings);
	return true;
}

void pdu_wrap(struct tlv_out *out, const uint8_t *end, uint8_t command,
    int64_t id, int64_t status, int64_t index)
{
	tlv_wrap(out, TLV_SEQUENCE, end);
	tlv_put_number(out, VALUE_INTEGER, index);
	tlv_put_number(out, VALUE_INTEGER, status);
	tlv_put_number(out, VALUE_INTEGER, id);
	tlv_wrap(out, command, end);
}

bool pdu_answer(const struct pdu *p, const struct objects *all,
    const struct pdu_terms *terms, struct tlv_out *out)
{
	struct answer a;
	const uint8_t *end = out->at;

	a.all = all;
	a.terms = terms;
	a.len = 0;
	a.full = false;
	a.status = 0;
	a.index = 0;
	if (!are_bindings(p->bindings) || !carry_out(&a, p))
		return false;
	if (a.full) {
		a.len = 0;
		a.status = ERROR_TOO_BIG;
		a.index = 0;
	}
	tlv_raw(out, a.bytes, a.len);
	pdu_wrap(out, end, PDU_RESPONSE, p->id, a.status, a.index);
	return true;
}
