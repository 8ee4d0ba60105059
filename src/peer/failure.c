/* failure - why a request came to nothing, in words; see failure.h */
#include "peer/failure.h"
#include "base/i18n.h"

#include <errno.h>
#include <string.h>

static bool no_connection(const struct circumstances *c, struct err *e)
{
	switch (c->os_error) {
	case ECONNREFUSED:
		return err_kind(e, ERR_UNREACHABLE, _("%s: the machine is there, but nothing listens on this port; is amcd running?"),
		    c->who);
	case EHOSTUNREACH: case ENETUNREACH:
		return err_kind(e, ERR_UNREACHABLE, _("%s: no way there (%s); is it switched on, and is the network up?"),
		    c->who, strerror(c->os_error));
	default:
		return err_kind(e, ERR_UNREACHABLE, _("%s: no connection: %s"),
		    c->who, c->os_error ? strerror(c->os_error) : c->detail);
	}
}

static bool no_tls(const struct circumstances *c, struct err *e)
{
	if (c->first == FIRST_END)
		return err_kind(e, ERR_UNREACHABLE, _("%s: closed the connection before a word was said; is it an amcd, and not too busy?"),
		    c->who);
	/* TLS begins with a handshake (22) or an alert (21) */
	if (c->first >= 0 && c->first != 22 && c->first != 21)
		return err_kind(e, ERR_UNREACHABLE, _("%s: answers, but not with TLS; another program listens there"),
		    c->who);
	return err_kind(e, ERR_UNREACHABLE, _("%s: no TLS 1.3 connection came about (%s)"),
	    c->who, c->detail);
}

static bool words(enum failure failure, const struct circumstances *c, struct err *e)
{
	switch (failure) {
	case FAILURE_NO_NAME:
		return err_kind(e, ERR_UNREACHABLE, _("%s: the name was not found within %g s; does the name service work?"),
		    c->who, c->seconds);
	case FAILURE_NO_CONNECTION:
		return no_connection(c, e);
	case FAILURE_AWAY:
		return err_kind(e, ERR_UNREACHABLE, _("%s: no connection within %g s; is it switched on, and is the address right?"),
		    c->who, c->seconds);
	case FAILURE_SILENT:
		return err_kind(e, ERR_UNREACHABLE, _("%s: connected, but has not answered for %g s"),
		    c->who, c->seconds);
	case FAILURE_SLOW:
		return err_kind(e, ERR_UNREACHABLE, _("%s: began to answer, but was not done within %g s"),
		    c->who, c->seconds);
	case FAILURE_NO_TLS:
		return no_tls(c, e);
	case FAILURE_KEY:
		return err_kind(e, ERR_REFUSED, _("%s: shows the key %s, pinned is %s: refused. Either this terminal was installed anew, or somebody stands between"),
		    c->who, *c->shown ? c->shown : "?", c->pinned);
	case FAILURE_NO_HTTP:
		return err_kind(e, ERR_UNREACHABLE, _("%s: speaks TLS, but not HTTP; another program listens there"),
		    c->who);
	case FAILURE_CUT_OFF:
		return err_kind(e, ERR_UNREACHABLE, _("%s: closed the connection before its answer was complete"),
		    c->who);
	case FAILURE_TOO_LONG:
		return err_kind(e, ERR_FAILED, _("%s: its answer is longer than an amcd's ever is; broken off"),
		    c->who);
	case FAILURE_OTHER:
		break;
	}
	return err_kind(e, ERR_UNREACHABLE, "%s: %s", c->who, c->detail);
}

bool failure_words(enum failure failure, const struct circumstances *c,
    struct err *e)
{
	words(failure, c, e);
	if (e)
		e->os_error = c->os_error;
	return false;
}
