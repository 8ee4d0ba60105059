/* The conversation with a terminal in linear mode; a part of send */
#include "tui/sending.h"

#include "base/i18n.h"
#include "tui/linear.h"

/* What is known at this step, once. */
static void linear_tell(struct send *s, struct linear *l)
{
	int held = transfer_held_revision(s->transfer);

	if ((int)s->step == s->told && s->step != FAILED)
		return;
	s->told = s->step;
	if (s->step == CONTACTING)
		linear_say(l, "%s: %s", _("Target"), transfer_where(s->transfer));
	if (s->step == CHANGED)
		linear_say(l, "%s: %s", _("Known key"), transfer_known_pin(s->transfer));
	if (s->step == PIN || s->step == CHANGED) {
		linear_say(l, "%s: %s", _("Its name"), transfer_name(s->transfer));
		linear_say(l, "%s: %s", _("Its key"), transfer_pin(s->transfer));
	}
	if (s->failed[0])
		linear_say(l, "%s", s->failed);
	s->failed[0] = '\0';
	if (s->step == READY) {
		linear_say(l, "%s: %d", _("It holds"), held);
		linear_text(l, send_difference(s));
	}
	if (s->step != FAILED)
		linear_say(l, "%s", send_words(s));
}

/* The question of this step; false when it is answered by leaving. */
static bool linear_question(struct send *s, struct linear *l)
{
	const char *labels[] = { tr(send_steps[s->step].button), _("Cancel") };

	if (s->step != PASSWORD) {
		linear_say(l, "  1 %s\n  2 %s", labels[0], labels[1]);
		s->at = linear_choose(l, labels, 2, 1) != 0;
		return s->at == 0;
	}
	if (!linear_password(l, &s->password))
		return false;
	s->at = 0;
	return true;
}

void send_linear(struct view *v, struct linear *l)
{
	struct send *s = (struct send *)v;

	linear_tell(s, l);
	if (s->step == DONE || s->step == FAILED) {
		send_cancel(v);
	} else if (!send_steps[s->step].button) {
		/* what comes of it is told, and asked, the next time round */
		if (!linear_wait(l))
			send_cancel(v);
	} else if (linear_question(s, l)) {
		send_ok(v);
	} else {
		send_cancel(v);
	}
}
