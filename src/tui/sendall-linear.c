/* Sending to all terminals in linear mode; a part of sendall */
#include "tui/sending-all.h"

#include "tui/linear.h"

static void linear_tell(struct sendall *s, struct linear *l)
{
	const struct broadcast_row *rows;
	char words[200];
	size_t n;

	if ((int)s->step == s->told)
		return;
	s->told = s->step;
	rows = broadcast_rows(s->broadcast, &n);
	for (size_t i = 0; i < n && sendall_steps[s->step].go; i++) {
		const struct node *node = site_find(app_site(s->view.tui->app), rows[i].terminal);

		linear_say(l, "  %s %s: %s", sendall_mark(rows[i].state), node ? node_name(node) : "",
		    rows[i].words);
	}
	sendall_words(s, words, sizeof words);
	linear_say(l, "%s", words);
}

/* Which button answers it; LEAVE when it is left. */
static enum button linear_question(struct sendall *s, struct linear *l)
{
	enum button list[BUTTONS];
	const char *labels[BUTTONS];
	int n = (int)sendall_buttons(s, list), which;

	if (s->step != PASSWORD) {
		for (int i = 0; i < n; i++) {
			labels[i] = sendall_button_words(s, list[i]);
			linear_say(l, "  %d %s", i + 1, labels[i]);
		}
		which = linear_choose(l, labels, n, n - 1);
		return which < 0 ? LEAVE : list[which];
	}
	return linear_password(l, &s->password) ? GO : LEAVE;
}

/* All that would become something else; the cursor is on one row only. */
static void linear_differences(const struct sendall *s, struct linear *l)
{
	size_t n;
	const struct broadcast_row *rows = broadcast_rows(s->broadcast, &n);

	for (size_t i = 0; i < n; i++) {
		struct transfer *t = broadcast_transfer(s->broadcast, i);

		if (rows[i].state != BROADCAST_READY)
			continue;
		linear_say(l, "%s", transfer_where(t));
		linear_text(l, transfer_difference(t));
	}
}

void sendall_linear(struct view *v, struct linear *l)
{
	struct sendall *s = (struct sendall *)v;

	enum button b;

	linear_tell(s, l);
	if (s->step == DONE) {
		sendall_cancel(v);
	} else if (!sendall_steps[s->step].go) {
		/* what comes of it is told, and asked, the next time round */
		if (!linear_wait(l))
			tui_close(v);
	} else if ((b = linear_question(s, l)) == DIFFERENCE) {
		linear_differences(s, l);
	} else {
		sendall_press(s, b);
	}
}
