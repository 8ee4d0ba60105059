/* response - what the status of an answer means; see client.h */
#include "peer/client.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static enum err_kind kind_of(int status)
{
	switch (status) {
	case 401: case 403: case 409: case 412: case 423: case 428: case 429:
		return ERR_REFUSED;
	case 422:
		return ERR_SITE;
	default:
		return ERR_FAILED;
	}
}

/* For an answer that brings no words. */
static const char *common_words(int status)
{
	switch (status) {
	case 401:
		return _("wrong role or password");
	case 403:
		return _("this role may not do that");
	case 404:
		return _("it has nothing of that name");
	case 409: case 412:
		return _("it holds another revision by now; look at it again first");
	case 413:
		return _("too long for it");
	case 423:
		return _("locked out for a while after wrong passwords");
	case 429:
		return _("asked too often");
	default:
		return NULL;
	}
}

/*
 * Whoever answers may not be who we think: nothing of it may steer a terminal,
 * and it stands on one line.
 */
static char *one_line(const char *s)
{
	struct text t = { 0 };
	uint32_t cp;
	size_t n;

	for (; (n = text_next(s, NULL, &cp)) > 0; s += n)
		if (text_char_width(cp) < 0)
			text_add(&t, " ");
		else
			text_add_len(&t, s, n);
	return text_take(&t);
}

bool response_ok(const struct response *r, struct err *e)
{
	enum err_kind kind = kind_of(r->status);
	const char *words = NULL;
	struct json *j;
	char *line;

	if (r->status >= 200 && r->status < 300)
		return true;
	j = json_parse(r->body, r->body_len, NULL);
	if (j)
		words = json_get_text(j, "error");
	if (!words || !*words)
		words = common_words(r->status);
	if (words) {
		/* amcd speaks English; its refusals are in our catalogue */
		line = one_line(tr(words));
		err_kind(e, kind, "%s: %s", r->who, line);
		free(line);
	} else {
		err_kind(e, kind, _("%s: answered with HTTP status %d"), r->who,
		    r->status);
	}
	json_free(j);
	if (e && r->status == 429 && r->retry_after > 0) {
		struct err said = *e;

		err_kind(e, kind, _("%s; try again in %d s"), said.text,
		    r->retry_after);
	}
	return false;
}
