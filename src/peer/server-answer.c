/* server-answer - what amcd answers, as HTTP; see https.h */
#include "peer/https.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void server_refuse(struct server_reply *r, int status, const char *fmt, ...)
{
	struct json *j = json_new_object();
	char *words;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&words, fmt, ap) < 0)
		abort();
	va_end(ap);
	json_put_text(j, "error", words);
	free(r->body);
	r->body = json_print(j);
	r->body_len = strlen(r->body);
	r->type = NULL;
	r->status = status;
	json_free(j);
	free(words);
}

static void header(struct MHD_Response *m, const char *name, const char *value)
{
	if (MHD_add_response_header(m, name, value) != MHD_YES)
		log_warning(_("an answer goes without its %s: %s"), name, value);
}

enum MHD_Result https_answer(struct MHD_Connection *connection, struct server_reply *r)
{
	struct link *k = https_link_of(connection);
	struct MHD_Response *m;
	enum MHD_Result ok;
	char number[20];

	https_patience(k, loop_now(), r->body_len);
	m = MHD_create_response_from_buffer(r->body ? r->body_len : 0, r->body,
	    r->body ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
	if (!m) {
		free(r->body);
		return MHD_NO;
	}
	header(m, "Cache-Control", "no-store");
	header(m, "X-Content-Type-Options", "nosniff");
	if (k->server->drained)
		header(m, "Connection", "close");
	if (r->body)
		header(m, "Content-Type", r->type ? r->type : "application/json");
	if (*r->etag)
		header(m, "ETag", r->etag);
	if (*r->allow)
		header(m, "Allow", r->allow);
	if (r->status == 401)
		header(m, "WWW-Authenticate", "Basic realm=\"amc\", charset=\"UTF-8\"");
	if (r->retry_after > 0) {
		snprintf(number, sizeof number, "%d", r->retry_after);
		header(m, "Retry-After", number);
	}
	ok = MHD_queue_response(connection, (unsigned)r->status, m);
	https_answering(k, true);
	MHD_destroy_response(m);
	return ok;
}
