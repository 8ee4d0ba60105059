/* service-duty - this machine is ordered to go down; a part of service */
#include "app/serving.h"
#include "app/bulletin.h"
#include "app/context.h"
#include "app/note.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* What is told of it */

static const struct {
	const char *act;		/* of the audit log */
	enum entry_kind kind;
	int severity;
} news[] = {
	[DUTY_TAKEN] = { "shutdown", ENTRY_ACT, 2 },
	[DUTY_CANCELLED] = { "shutdown-cancel", ENTRY_ACT, 1 },
	[DUTY_CALLED_OFF] = { "shutdown-off", ENTRY_SERVICE, 2 },
	[DUTY_BEGUN] = { "shutdown-begin", ENTRY_SERVICE, 2 },
	[DUTY_FAILED] = { "shutdown-failed", ENTRY_SERVICE, 3 },
	[DUTY_OVER] = { "shutdown-over", ENTRY_SERVICE, 1 },
};

/* In the log's English; said.h has them in the reader's words. */
static char *words_of(enum duty_news n, const struct duty_order *o, const char *words)
{
	switch (n) {
	case DUTY_TAKEN:
		return mem_printf(N_("goes down in %d s: %s"), o->in, o->why);
	case DUTY_CANCELLED:
		return mem_dup(o->why);
	case DUTY_CALLED_OFF:
		return mem_printf(N_("the shutdown that %s ordered is called off: %s"), o->who,
		    words);
	case DUTY_BEGUN:
		return mem_printf(N_("goes down as %s ordered, by %s"), o->who, words);
	case DUTY_FAILED:
		return !*o->who ? mem_printf(N_("an order that was kept is not carried out: %s"),
		    words) : mem_printf(N_("does not go down as %s ordered: %s"), o->who, words);
	case DUTY_OVER:
		break;
	}
	return mem_printf(N_("runs again after it went down as %s ordered"), o->who);
}

static void told(enum duty_news n, const struct duty_order *o, const char *words, void *arg)
{
	struct service *s = arg;
	struct entry x = { .kind = news[n].kind, .severity = news[n].severity };
	bool ours = x.kind == ENTRY_SERVICE, local = strcmp(o->from, s->name) == 0;
	bool goes = n == DUTY_TAKEN || n == DUTY_BEGUN;
	const char *usual = terminal_state_word(service_usual_state(s));
	const char *down = terminal_state_word(TERMINAL_SHUTTING_DOWN);
	char *detail = words_of(n, o, words);
	const struct terminal *self = service_self(s);

	service_audit(s, &(struct audit_act){ .act = news[n].act,
	    .role = ours ? "amcd" : local ? "operator" : "terminal",
	    .terminal = local ? "" : o->from, .user = o->who,
	    .from = o->address, .before = n == DUTY_TAKEN ? usual : down,
	    .after = goes ? down : usual, .detail = detail });
	x.node = self ? self->node.id : 0;
	text_copy(x.name, sizeof x.name, s->name);
	if (!ours) {
		text_copy(x.after, sizeof x.after, news[n].act);
		text_copy(x.who, sizeof x.who, o->who);
		text_copy(x.origin, sizeof x.origin, o->from);
	}
	text_show(x.detail, sizeof x.detail, detail);
	app_note(s->app, &x);
	if (n == DUTY_BEGUN)
		bulletin_say(LOG_LEVEL_WARNING, "shutdown", "%s", detail);
	free(detail);
	beacons_now(s->beacons);
}

/* Orders */

/* What an order needs besides who gives it. */
static bool may(struct service *s, bool rehearsal, struct err *e)
{
	if (!service_self(s))
		return err_kind(e, ERR_REFUSED, _("%s does not stand in the site that it holds"),
		    s->name);
	/* a rehearsal before it is armed is what it is good for */
	if (!rehearsal && !site_network(app_site(s->app))->armed)
		return err_kind(e, ERR_REFUSED, _("the site that %s holds is not armed: nothing is "
		    "switched there until a site that is armed is sent to it"), s->name);
	return duty_could(s->duty, e);
}

struct json *service_duty_order(struct service *s, struct duty_order *o, bool rehearsal,
    struct err *e)
{
	const struct terminal *self = service_self(s);
	struct json *j;
	char *does;

	o->takes = self ? self->set->shutdown_seconds : 0;
	if (!may(s, rehearsal, e) || (!rehearsal && !duty_take(s->duty, o, e)))
		return NULL;
	j = json_new_object();
	does = duty_does(s->duty);
	json_put_text(j, "schema", "amc.duty.v1");
	json_put_text(j, "name", s->name);
	json_put_bool(j, "rehearsal", rehearsal);
	json_put_int(j, "in", o->in);
	json_put_int(j, "takes", o->takes);
	json_put_text(j, "does", does);
	free(does);
	return j;
}

struct json *service_duty_cancel(struct service *s, const struct duty_order *by, struct err *e)
{
	struct json *j;

	if (!duty_cancel(s->duty, by, e))
		return NULL;
	j = json_new_object();
	json_put_text(j, "schema", "amc.duty.v1");
	json_put_text(j, "name", s->name);
	json_put_bool(j, "rehearsal", false);
	return j;
}

void service_duty_follow(struct service *s)
{
	char *does = duty_does(s->duty);
	struct err e = { .text = "" };
	bool runs = *does;

	free(does);
	if (!duty_order(s->duty))
		return;
	if (!service_self(s))
		err_set(&e, _("%s does not stand in the site that it holds"), s->name);
	else if (!site_network(app_site(s->app))->armed)
		err_set(&e, _("the site is not armed any more"));
	else if (!runs)
		err_set(&e, _("amcd.conf has no Shutdown in [commands] any more"));
	if (*e.text)
		duty_call_off(s->duty, e.text);
}

void service_duty_start(struct service *s, const struct service_settings *o)
{
	s->duty = duty_new(s->app->loop, s->state, o->root ? o->root : "", told, s);
	duty_command(s->duty, &o->shutdown);
	duty_go_on(s->duty);
	service_duty_follow(s);
}

/* Over HTTPS */

static bool get_words(const struct json *j, const char *key, char *to, size_t size,
    struct server_reply *reply)
{
	const char *text = json_get_text(j, key);

	if (!text || (strcmp(key, "who") == 0 && !*text)) {
		server_refuse(reply, 400, _("\"%s\" is needed: a text"), key);
		return false;
	}
	text_show(to, size, text);
	return true;
}

bool service_duty_terms(const struct json *j, int *in, bool *rehearsal,
    struct server_reply *reply)
{
	double s = json_get_number(j, "in", -1);

	*in = s >= 0 && s <= DUTY_IN_MOST ? (int)s : -1;
	if (*in < 0 || *in != s)
		server_refuse(reply, 400, _("\"in\" is needed: seconds from 0 to %d"), DUTY_IN_MOST);
	else if (!json_get_flag(j, "rehearsal", rehearsal))	/* no slip switches anything */
		server_refuse(reply, 400, _("\"rehearsal\" is needed: true or false"));
	else
		return true;
	return false;
}

/* Who orders what, as a control terminal passes it on; false when the reply says why not. */
static bool read_order(struct service *s, const struct server_request *r, bool cancel,
    struct duty_order *o, bool *rehearsal, struct server_reply *reply)
{
	const struct terminal *t = guard_terminal(s->guard, r, true, reply);
	struct err e = { .text = "" };
	struct json *j;
	bool ok;

	*o = (struct duty_order){ .in = 0 };
	*rehearsal = false;
	if (!t)
		return false;
	text_copy(o->from, sizeof o->from, t->name);
	text_copy(o->address, sizeof o->address, r->from);
	j = json_parse(r->body, r->body_len, &e);
	if (!j)
		server_refuse(reply, 400, "%s", e.text);
	ok = j && get_words(j, "who", o->who, sizeof o->who, reply) &&
	    get_words(j, "why", o->why, sizeof o->why, reply) &&
	    (cancel || service_duty_terms(j, &o->in, rehearsal, reply));
	json_free(j);
	return ok;
}

static void audit_refused(struct service *s, const char *act, const struct duty_order *o,
    const char *why)
{
	service_audit(s, &(struct audit_act){ .act = act, .role = "terminal",
	    .terminal = o->from, .user = o->who, .from = o->address, .detail = o->why,
	    .refused = why });
}

static void answer(struct service *s, struct json *j, const char *act, const struct duty_order *o,
    bool rehearsal, const struct err *e, struct server_reply *reply)
{
	if (j) {
		service_answer(reply, j);
		return;
	}
	server_refuse(reply, e->kind == ERR_REFUSED ? 409 : 500, "%s", e->text);
	if (!rehearsal)
		audit_refused(s, act, o, e->text);
}

void service_shutdown(struct service *s, const struct server_request *r,
    struct server_reply *reply)
{
	struct err e = { .text = "" };
	struct duty_order o;
	bool rehearsal;

	if (read_order(s, r, false, &o, &rehearsal, reply))
		answer(s, service_duty_order(s, &o, rehearsal, &e), "shutdown", &o, rehearsal, &e,
		    reply);
}

void service_cancel(struct service *s, const struct server_request *r,
    struct server_reply *reply)
{
	struct err e = { .text = "" };
	struct duty_order o;
	bool rehearsal;

	if (read_order(s, r, true, &o, &rehearsal, reply))
		answer(s, service_duty_cancel(s, &o, &e), "shutdown-cancel", &o, false, &e, reply);
}
