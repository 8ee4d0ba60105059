/* How sending to all terminals is drawn; a part of sendall */
#include "tui/sending-all.h"

#include "base/i18n.h"
#include "base/text.h"
#include "tui/draw.h"

#include <stdio.h>

static enum role role_of(enum broadcast_state state)
{
	switch (state) {
	case BROADCAST_FAILED: case BROADCAST_STRANGER:
		return ROLE_ERROR;
	case BROADCAST_AWAY: case BROADCAST_SPARED:
		return ROLE_WARNING;
	case BROADCAST_SENT: case BROADCAST_ALIKE:
		return ROLE_GOOD;
	default:
		return ROLE_TEXT;
	}
}

const char *sendall_mark(enum broadcast_state state)
{
	switch (state) {
	case BROADCAST_FAILED: case BROADCAST_STRANGER:
		return "!";
	case BROADCAST_AWAY: case BROADCAST_SPARED:
		return "-";
	case BROADCAST_SENT: case BROADCAST_ALIKE:
		return "=";
	case BROADCAST_READY:
		return "~";
	case BROADCAST_STAGED:
		return "+";
	default:
		return " ";
	}
}

void sendall_words(const struct sendall *s, char *buf, size_t size)
{
	const struct broadcast *b = s->broadcast;
	size_t n, done = broadcast_count(b, BROADCAST_SENT) + broadcast_count(b, BROADCAST_ALIKE);

	if (s->step != DONE) {
		snprintf(buf, size, "%s", tr(sendall_steps[s->step].words));
		return;
	}
	broadcast_rows(b, &n);
	if (!done)
		snprintf(buf, size, _("Nothing was sent: all hold what they held."));
	else if (done < n)
		snprintf(buf, size, _("Partly done: %zu of %zu hold this site; the others hold what they held."),
		    done, n);
	else
		snprintf(buf, size, ngettext("Done: %zu terminal holds this site.",
		    "Done: all %zu terminals hold this site.", n), n);
}

static bool all_done(const struct sendall *s)
{
	size_t n;

	broadcast_rows(s->broadcast, &n);
	return broadcast_count(s->broadcast, BROADCAST_SENT) +
	    broadcast_count(s->broadcast, BROADCAST_ALIKE) == n;
}

int sendall_window(void)
{
	return screen_rows() - 11;
}

static void draw_rows(const struct sendall *s, int y, int x, int cols)
{
	size_t n;
	const struct broadcast_row *rows = broadcast_rows(s->broadcast, &n);
	int name = cols / 4;

	for (int i = 0; i < sendall_window() && s->top + i < (int)n; i++) {
		const struct broadcast_row *r = &rows[s->top + i];
		const struct node *node = site_find(app_site(s->view.tui->app), r->terminal);

		bool here = s->top + i == s->row;

		if (here)
			screen_fill(y + i, x, 1, cols, ROLE_SELECTED);
		screen_put(y + i, x, 1, here ? ROLE_SELECTED : role_of(r->state), sendall_mark(r->state));
		draw_label(y + i, x + 2, name, here ? ROLE_SELECTED : ROLE_GROUP,
		    node ? node_name(node) : "");
		draw_label(y + i, x + name + 3, cols - name - 3,
		    here ? ROLE_SELECTED : role_of(r->state), r->words);
	}
}

/* Those of the row under the cursor, where they do not fit into it. */
static void draw_row_words(const struct sendall *s, int y, int x, int cols)
{
	size_t n;
	const struct broadcast_row *rows = broadcast_rows(s->broadcast, &n);
	const struct broadcast_row *r = s->row < (int)n ? &rows[s->row] : NULL;

	if (r && text_width(r->words) > cols - cols / 4 - 3)
		draw_wrapped(y, x, 2, cols, role_of(r->state), r->words);
}

static void draw_buttons(const struct sendall *s, int y, int x)
{
	enum button list[BUTTONS];
	size_t n = sendall_buttons(s, list);

	for (size_t i = 0; i < n; i++)
		x += draw_button_of(y, x, sendall_button_words(s, list[i]), s->at == (int)i,
		    (unsigned)list[i]) + 2;
}

void sendall_draw(struct view *v)
{
	const struct sendall *s = (const struct sendall *)v;
	int cols = screen_cols() - 4, y = 2, x = 2;
	char words[200];

	screen_fill(1, 0, screen_rows() - 3, screen_cols(), ROLE_TEXT);
	screen_box(1, 0, screen_rows() - 3, screen_cols(), ROLE_FOCUS, _("Send to all terminals"));
	draw_rows(s, y, x, cols);
	y += sendall_window() + 1;
	sendall_words(s, words, sizeof words);
	y += draw_wrapped(y, x, 2, cols, s->step == DONE ?
	    all_done(s) ? ROLE_GOOD : ROLE_WARNING : ROLE_HINT, words);
	if (s->step == PASSWORD)
		draw_line(y, x, 40, ROLE_FIELD_NOW, &s->password, true, true);
	else
		draw_row_words(s, y, x, cols);
	draw_buttons(s, screen_rows() - 4, x);
}
