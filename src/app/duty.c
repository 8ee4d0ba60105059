/* duty - an order to go down that this machine has taken; see duty.h */
#include "app/duty-file.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/spawn.h"
#include "base/text.h"
#include "base/utc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * That a failure waits until it is told: when the machine goes down the command is ended
 * as we are, and that is none.
 */
#define FAILED_MS 1000

struct duty {
	char *path, *root;
	duty_told *told;
	void *arg;
	struct words command;
	bool has;		/* there is an order */
	bool resting;		/* we end */
	struct duty_kept kept;
	struct err damaged;	/* what was read at the start; "" if nothing was wrong */
	char failed[sizeof ((struct err *)0)->text];
	struct loop *loop;
	struct watch *timer;	/* it begins, has failed, or should have gone down */
	struct spawn *spawn;
};

const struct duty_order *duty_order(const struct duty *d)
{
	return d->has ? &d->kept.order : NULL;
}

char *duty_does(const struct duty *d)
{
	return words_join(&d->command);
}

void duty_command(struct duty *d, const struct words *command)
{
	words_done(&d->command);
	words_add(&d->command, command);
}

static int64_t patience_ms(const struct duty *d)
{
	return (d->kept.order.takes + DUTY_PATIENCE_S) * INT64_C(1000);
}

static int patience_left(const struct duty *d)
{
	int64_t gone = loop_now() - d->kept.begun;

	return gone < 0 || gone > patience_ms(d) ? 0 : (int)(patience_ms(d) - gone);
}

/* It is no more; told when nothing of it is left. */
static void over(struct duty *d, enum duty_news news, const char *words)
{
	struct duty_order was = d->kept.order;
	struct err e = { .text = "" };

	loop_pause(d->timer);
	d->has = false;
	d->kept = (struct duty_kept){ .at = 0 };
	d->failed[0] = '\0';
	if (!duty_remove(d->path, &e))
		log_error("an order that is over cannot be removed, and the next start of amcd "
		    "would find it: %s", e.text);
	d->told(news, &was, words, d->arg);
}

/* The command */

/* What it is told: who ordered it, why, and over which control terminal. */
static void environment(const struct duty *d, struct words *env)
{
	const struct duty_order *o = &d->kept.order;

	words_put(env, mem_dup(SPAWN_PATH));
	words_put(env, mem_dup(SPAWN_LOCALE));
	words_put(env, mem_printf("AMC_WHO=%s", o->who));
	words_put(env, mem_printf("AMC_WHY=%s", o->why));
	words_put(env, mem_printf("AMC_FROM=%s", o->from));
}

/* One that ended well has told the machine to go down: is it still here in a while? */
static void ended(const struct err *e, const char *said, void *arg)
{
	struct duty *d = arg;

	d->spawn = NULL;
	if (d->resting)
		return;
	if (e) {
		text_copy(d->failed, sizeof d->failed, e->text);
		loop_again(d->timer, FAILED_MS);
		return;
	}
	log_info("the command has ended, and the machine goes down: %s", said);
	loop_again(d->timer, patience_left(d));
}

/*
 * Who comes after us must know that it has begun. On a full disk that cannot be written,
 * and an outage does not wait: then nothing is left that could be begun again.
 */
static bool mark(struct duty *d, struct err *e)
{
	struct err why = { .text = "" };

	if (duty_write(d->path, &d->kept, &why))
		return true;
	log_warning("that the shutdown begins is not kept over a restart: %s", why.text);
	return duty_remove(d->path, e);
}

static void run(struct duty *d)
{
	struct err e = { .text = "" };
	struct words env = { 0 };
	struct spawn_request q = { .argv = (const char *const *)d->command.list,
		.timeout_ms = (int)patience_ms(d), .stays = true };
	char *does = duty_does(d);

	d->kept.begun = loop_now();
	if (!words_can_run(&d->command, "Shutdown", &e) || !mark(d, &e)) {
		over(d, DUTY_FAILED, e.text);
		free(does);
		return;
	}
	d->told(DUTY_BEGUN, &d->kept.order, does, d->arg);
	free(does);
	environment(d, &env);
	q.env = (const char *const *)env.list;
	d->spawn = spawn_start(d->loop, &q, ended, d, &e);
	words_done(&env);
	if (!d->spawn)
		over(d, DUTY_FAILED, e.text);
}

static void due(void *arg)
{
	struct duty *d = arg;
	char words[200];

	if (d->resting || !d->has)
		return;
	if (!d->kept.begun) {
		run(d);
	} else if (*d->failed) {
		text_copy(words, sizeof words, d->failed);
		over(d, DUTY_FAILED, words);
	} else {
		snprintf(words, sizeof words, _("it began %d s ago, and the machine still runs"),
		    (int)((loop_now() - d->kept.begun) / 1000));
		over(d, DUTY_FAILED, words);
	}
}

/* Orders */

bool duty_could(const struct duty *d, struct err *e)
{
	struct err why = { .text = "" };
	char boot[BOOT_ID];

	if (d->has && d->kept.begun)
		return err_kind(e, ERR_REFUSED, _("it is going down already, ordered by %s"),
		    d->kept.order.who);
	if (d->has)
		return err_kind(e, ERR_REFUSED,
		    _("it is ordered to go down already, by %s; that can be called off"),
		    d->kept.order.who);
	if (d->resting)
		return err_kind(e, ERR_REFUSED, _("its amcd is just ending: try again"));
	if (!d->command.n)
		return err_kind(e, ERR_REFUSED, _("it is not told how to go down: its amcd.conf "
		    "needs Shutdown = /usr/bin/systemctl poweroff -i in [commands]"));
	if (!words_can_run(&d->command, "Shutdown", &why) || !duty_boot(d->root, boot, &why) ||
	    !file_could_replace(d->path, &why))
		return err_kind(e, ERR_REFUSED, "%s", why.text);
	return true;
}

bool duty_take(struct duty *d, const struct duty_order *o, struct err *e)
{
	struct duty_kept k = { .order = *o, .at = utc_now(),
		.due = loop_now() + o->in * INT64_C(1000) };

	if (!duty_could(d, e) || !duty_boot(d->root, k.boot, e))
		return false;
	if (!duty_write(d->path, &k, e)) {
		duty_remove(d->path, NULL);
		return false;
	}
	d->kept = k;
	d->has = true;
	d->told(DUTY_TAKEN, &d->kept.order, "", d->arg);
	loop_again(d->timer, o->in * 1000);
	return true;
}

bool duty_cancel(struct duty *d, const struct duty_order *by, struct err *e)
{
	struct err why = { .text = "" };

	if (!d->has)
		return err_kind(e, ERR_REFUSED,
		    _("it is not ordered to go down: there is nothing to call off"));
	if (d->kept.begun)
		return err_kind(e, ERR_REFUSED, _("too late: it began to go down %d s ago"),
		    (int)((loop_now() - d->kept.begun) / 1000));
	/* nobody is told that it is called off while it could come back */
	if (!duty_remove(d->path, &why))
		return err_set(e, "%s", why.text);
	text_copy(d->kept.order.who, sizeof d->kept.order.who, by->who);
	text_copy(d->kept.order.why, sizeof d->kept.order.why, by->why);
	text_copy(d->kept.order.from, sizeof d->kept.order.from, by->from);
	text_copy(d->kept.order.address, sizeof d->kept.order.address, by->address);
	over(d, DUTY_CANCELLED, "");
	return true;
}

void duty_call_off(struct duty *d, const char *words)
{
	if (d->has && !d->kept.begun)
		over(d, DUTY_CALLED_OFF, words);
}

struct json *duty_json(const struct duty *d)
{
	int64_t left = d->has && !d->kept.begun ? d->kept.due - loop_now() : 0;
	struct json *j;

	if (!d->has)
		return NULL;
	j = json_new_object();
	json_put_int(j, "in_seconds", left > 0 ? (left + 999) / 1000 : 0);
	json_put_text(j, "who", d->kept.order.who);
	json_put_text(j, "why", d->kept.order.why);
	json_put_text(j, "from", d->kept.order.from);
	json_put_bool(j, "begun", d->kept.begun != 0);
	return j;
}

/* Over a restart */

struct duty *duty_new(struct loop *loop, const char *state, const char *root, duty_told *told,
    void *arg)
{
	struct duty *d = mem_new(struct duty);

	d->loop = loop;
	d->path = file_join(state, "duty");
	d->root = mem_dup(root);
	d->told = told;
	d->arg = arg;
	d->timer = loop_after(loop, 0, due, d);
	loop_pause(d->timer);
	d->has = duty_read(d->path, &d->kept, &d->damaged);
	return d;
}

/* One that cannot be read is kept for who wants to know what was in it. */
static void put_aside(struct duty *d)
{
	char *to = mem_printf("%s.damaged", d->path);
	struct duty_order none = { .in = 0 };

	if (rename(d->path, to) != 0)
		duty_remove(d->path, NULL);
	d->told(DUTY_FAILED, &none, d->damaged.text, d->arg);
	free(to);
}

void duty_go_on(struct duty *d)
{
	int64_t now = loop_now(), left = d->kept.due - now;
	struct err e = { .text = "" };
	char boot[BOOT_ID];

	if (*d->damaged.text)
		put_aside(d);
	if (!d->has)
		return;
	if (!duty_boot(d->root, boot, &e)) {
		over(d, DUTY_CALLED_OFF, e.text);
	} else if (strcmp(boot, d->kept.boot) != 0) {
		over(d, d->kept.begun ? DUTY_OVER : DUTY_CALLED_OFF,
		    _("the machine was started anew before its time came"));
	} else if (d->kept.begun) {
		log_notice("the shutdown that %s ordered had begun before this start, and is not "
		    "begun again", d->kept.order.who);
		loop_again(d->timer, patience_left(d));
	} else if (left < -DUTY_LATE_S * 1000) {
		over(d, DUTY_CALLED_OFF, _("no amcd ran when its time came"));
	} else if (left > d->kept.order.in * 1000) {	/* the clock of another time namespace */
		over(d, DUTY_CALLED_OFF, _("its time cannot be told"));
	} else {
		loop_again(d->timer, left < 0 ? 0 : (int)left);
	}
}

void duty_rest(struct duty *d)
{
	if (!d)
		return;
	d->resting = true;
	loop_pause(d->timer);
}

void duty_free(struct duty *d)
{
	if (!d)
		return;
	loop_remove(d->timer);
	spawn_leave(d->spawn);
	words_done(&d->command);
	free(d->path);
	free(d->root);
	free(d);
}
