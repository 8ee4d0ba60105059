/* service-notify - notifications over HTTPS: how they are, and a test; a part of service */
#include "app/serving.h"
#include "app/status.h"
#include "base/i18n.h"

void service_notifications(struct service *s, const struct server_request *r,
    struct server_reply *reply)
{
	struct json *j;

	if (!guard_admits(s->guard, r, ROLE_VIEWER, reply))
		return;
	j = json_new_object();
	json_put_text(j, "schema", "amc.notifications.v1");
	status_put_time(j);
	json_put_text(j, "name", s->name);
	json_put(j, "channels", notifier_json(s->notifier));
	service_answer(reply, j);
}

/* {"channel": "mail"} */
void service_notify_test(struct service *s, const struct server_request *r,
    struct server_reply *reply)
{
	struct err e = { .text = "" };
	struct json *asked, *j;
	const char *channel;
	int number = 0;

	if (!guard_admits(s->guard, r, ROLE_OPERATOR, reply))
		return;
	asked = json_parse(r->body, r->body_len, &e);
	channel = asked ? json_get_text(asked, "channel") : NULL;
	if (!channel)
		server_refuse(reply, 400, _("{\"channel\": \"NAME\"} is needed%s%s"),
		    *e.text ? ": " : "", e.text);
	else if (!s->notifier)
		server_refuse(reply, 404, _("%s has no channels for notifications"), s->name);
	else if (!(number = notifier_test(s->notifier, channel, &e)))
		server_refuse(reply, e.kind == ERR_USAGE ? 404 : 409, "%s", e.text);
	json_free(asked);
	if (!number)
		return;
	j = json_new_object();
	json_put_text(j, "schema", "amc.notify-test.v1");
	json_put_int(j, "test", number);
	service_answer(reply, j);
	reply->status = 202;
}
