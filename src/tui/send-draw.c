/* How the conversation with a terminal is drawn; a part of send */
#include "tui/sending.h"

#include "base/i18n.h"
#include "tui/changes.h"
#include "tui/draw.h"

#include <stdio.h>

enum { ROWS = 18 };

static int put_pair(int y, int x, int cols, const char *label, const char *value)
{
	screen_put(y, x, 12, ROLE_LABEL, label);
	return draw_wrapped(y, x + 13, 2, cols - 13, ROLE_DIALOG, value);
}

void send_draw(struct view *v)
{
	const struct send *s = (const struct send *)v;
	const char *name = transfer_name(s->transfer), *pin = transfer_pin(s->transfer);
	int y, x, cols = SEND_COLS - 4, bottom;
	char text[700];

	draw_dialog(ROWS, SEND_COLS, tr(s->title), &y, &x);
	bottom = y + ROWS - 3;
	y += put_pair(y, x, cols, _("Target"), transfer_where(s->transfer));
	if (s->step > CONTACTING && name && *name)
		y += put_pair(y, x, cols, _("Its name"), name);
	if (s->step == CHANGED)
		y += put_pair(y, x, cols, _("Known key"), transfer_known_pin(s->transfer));
	if (s->step > CONTACTING && pin && *pin)
		y += put_pair(y, x, cols, _("Its key"), pin);
	if (s->step > CONTACTING && s->step < READY && *transfer_next_pin(s->transfer))
		y += put_pair(y, x, cols, _("Its next key"), transfer_next_pin(s->transfer));
	if (s->step >= READY && s->step != FAILED) {
		int held = transfer_held_revision(s->transfer);
		int ours = site_network(app_site(v->tui->app))->revision;

		if (held)
			snprintf(text, sizeof text, _("revision %d, this site is revision %d"),
			    held, ours);
		else
			snprintf(text, sizeof text, _("no site; this one is revision %d"), ours);
		y += put_pair(y, x, cols, _("It holds"), text);
		y++;
		changes_draw(y, x, DIFFERENCE_ROWS, cols, send_difference(s), s->top);
		y += DIFFERENCE_ROWS;
	}
	if (s->step == DONE)
		snprintf(text, sizeof text, _("Done: it now holds revision %d."),
		    transfer_sent_revision(s->transfer));
	else
		snprintf(text, sizeof text, "%s", send_words(s));
	y++;
	if (s->step == FAILED || (s->step == PASSWORD && s->failed[0]))
		y += draw_wrapped(y, x, 6, cols, ROLE_ERROR, s->failed);
	if (s->step == FAILED && *transfer_meanwhile(s->transfer)) {
		y += 1 + draw_wrapped(y + 1, x, 1, cols, ROLE_DIALOG, _("What was changed there meanwhile:")) + 1;
		changes_draw(y, x, bottom - y - 1, cols, transfer_meanwhile(s->transfer), 0);
	}
	if (s->step != FAILED)
		y += draw_wrapped(y, x, s->step == CHANGED ? 6 : 3, cols,
		    s->step == DONE ? ROLE_GOOD : s->step == CHANGED ? ROLE_WARNING : ROLE_HINT, text);
	if (send_steps[s->step].button)
		x += draw_button_of(bottom, x, tr(send_steps[s->step].button), s->at == 0, 0) + 2;
	if (s->step != DONE && s->step != FAILED)
		draw_button_of(bottom, x, _("Cancel"), s->at == 1, 1);
	if (s->step == PASSWORD)
		draw_line(y, (screen_cols() - SEND_COLS) / 2 + 2, 40, ROLE_FIELD_NOW,
		    &s->password, true, true);
}
