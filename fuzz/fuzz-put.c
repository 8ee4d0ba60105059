/*
 * Any bytes as the site that an operator sends. It is taken to the byte, with the
 * tag that it then has, or refused with a reason, and the old one is still there.
 */
#include "serving.h"
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ask(const char *method, const char *tag, const char *body, size_t len,
    struct server_reply *r)
{
	struct server_request q = { .method = method, .path = "/v1/site", .from = "127.0.0.2",
		.if_match = tag, .role = "operator", .password = SERVING_OPERATOR,
		.pin = "", .user = "",
		.body = body, .body_len = len };

	serving_ask(&q, NULL, r);
}

static bool same(const struct server_reply *a, const char *bytes, size_t len)
{
	return a->body_len == len && memcmp(a->body, bytes, len) == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool started;
	char *body = mem_ndup((const char *)data, size);
	struct server_reply before, put, after;

	if (!started)
		serving_start("[Network]\nFormat=1\n");
	started = true;
	ask("GET", "", "", 0, &before);
	must(before.status == 200, "the old site cannot be had");
	ask("PUT", before.etag, body, size, &put);
	ask("GET", "", "", 0, &after);
	must(after.status == 200, "the site cannot be had");
	if (put.status == 200) {
		must(same(&after, body, size), "another site than was sent");
		must(strcmp(after.etag, put.etag) == 0, "another tag than was told");
	} else {
		must(put.status == 422, "neither taken nor refused for its errors");
		must(same(&after, before.body, before.body_len), "a refused site left something");
		must(strcmp(after.etag, before.etag) == 0, "a refused site changed the tag");
	}
	free(before.body);
	free(put.body);
	free(after.body);
	free(body);
	return 0;
}
