#include "tui/draw.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What does not begin a line, and what does not end one, in Japanese. */
static bool holds_on(const char *s, size_t at)
{
	static const char never_first[] = "、。，．・：；？！）」』】］｝〕〉》ーぁぃぅぇぉっゃゅょ"
	    "ァィゥェォッャュョ々％";
	static const char never_last[] = "（「『【［｛〔〈《";
	char here[4] = "", before[4] = "";

	memcpy(here, s + at, 3);
	if (at >= 3)
		memcpy(before, s + at - 3, 3);
	return strstr(never_first, here) || (*before && strstr(never_last, before));
}

size_t draw_break(const char *s, int cols, size_t *skip)
{
	const char *nl = strchr(s, '\n');
	size_t fit = text_fit(s, cols), cut;

	*skip = 0;
	if (nl && (size_t)(nl - s) <= fit) {
		*skip = 1;
		return (size_t)(nl - s);
	}
	if (!s[fit])
		return fit;
	cut = fit;
	/* at a blank, or between two characters that are no ASCII: no blanks there */
	while (cut > 0 && s[cut] != ' ' &&
	    !((unsigned char)s[cut] >= 0xe3 && (unsigned char)s[cut - 1] >= 0x80 &&
	    !holds_on(s, cut)))
		cut--;
	if (cut == 0) {
		if (fit == 0) {
			uint32_t cp;

			fit = text_next(s, NULL, &cp);
		}
		return fit;
	}
	while (s[cut + *skip] == ' ')
		++*skip;
	return cut;
}

static int wrapped(int y, int x, int rows, int cols, enum role role, const char *text, bool mark)
{
	int n = 0;

	while (*text && (rows == 0 || n < rows)) {
		size_t skip, len = draw_break(text, cols, &skip);
		bool cut = mark && n == rows - 1 && text[len + skip];

		if (rows) {
			char *part = mem_ndup(text, len);
			int used = screen_put(y + n, x, cut ? cols - 1 : cols, role, part);

			if (cut)
				screen_put(y + n, x + used, 1, role, shape(SHAPE_MORE));
			free(part);
		}
		text += len + skip;
		n++;
	}
	return n;
}

int draw_wrapped(int y, int x, int rows, int cols, enum role role, const char *text)
{
	return wrapped(y, x, rows, cols, role, text, true);
}

void draw_more(int y, int x, int rows, int top, int n)
{
	if (top > 0)
		screen_put(y, x, 1, ROLE_HINT, shape(SHAPE_ABOVE));
	if (top + rows < n)
		screen_put(y + rows - 1, x, 1, ROLE_HINT, shape(SHAPE_BELOW));
}

void draw_scrolled(int y, int x, int rows, int cols, enum role role,
    const char *text, int top)
{
	int all = draw_wrapped(0, 0, 0, cols - 1, role, text);

	for (int i = 0; i < top && *text; i++) {
		size_t skip, len = draw_break(text, cols - 1, &skip);

		text += len + skip;
	}
	wrapped(y, x, rows, cols - 1, role, text, false);
	draw_more(y, x + cols - 1, rows, top, all);
}

int draw_scroll(int top, int by, int rows, int cols, const char *text)
{
	int most = draw_wrapped(0, 0, 0, cols - 1, ROLE_TEXT, text) - rows;

	top += by;
	if (top > most)
		top = most;
	return top < 0 ? 0 : top;
}

void draw_line(int y, int x, int cols, enum role role, const struct line *l,
    bool hidden, bool now)
{
	struct line at_home = *l;
	int cursor, used = 0;
	size_t from;

	if (!now && !hidden) {
		draw_cut_padded(y, x, cols, role, l->s);
		return;
	}
	if (!now)
		at_home.at = 0;
	from = line_window(&at_home, cols, hidden, &cursor);
	if (hidden) {
		for (const char *s = l->s + from; *s && used < cols; used++) {
			uint32_t cp;

			s += text_next(s, NULL, &cp);
			screen_put(y, x + used, 1, role, shape(SHAPE_HIDDEN));
		}
	} else {
		used = screen_put(y, x, cols, role, l->s + from);
	}
	screen_fill(y, x + used, 1, cols - used, role);
	if (now)
		screen_cursor(y, x + cursor, true);
}

int draw_button_cols(const char *label)
{
	return text_width(label) + 4;
}

int draw_button(int y, int x, const char *label, bool now)
{
	char text[120];

	snprintf(text, sizeof text, now ? "[ %s ]" : "< %s >", label);
	if (now)
		screen_cursor(y, x + 2, false);
	return screen_put(y, x, screen_cols() - x, now ? ROLE_BUTTON_NOW : ROLE_BUTTON, text);
}

int draw_button_of(int y, int x, const char *label, bool now, unsigned n)
{
	int cols = draw_button(y, x, label, now);

	target_add(y, x, 1, cols, TARGET_BUTTON, n);
	return cols;
}

int draw_shortened(int y, int x, int cols, enum role role, const char *text)
{
	int used = screen_put(y, x, cols - 1, role, text);

	screen_put(y, x + used, 1, role, shape(SHAPE_MORE));
	return used;
}

/* A column takes a byte at least: most texts need not be measured. No room, no mark. */
static bool is_longer(const char *text, int cols)
{
	return cols > 0 && strlen(text) > (size_t)cols && text_width(text) > cols;
}

int draw_cut(int y, int x, int cols, enum role role, const char *text)
{
	return is_longer(text, cols) ? draw_shortened(y, x, cols, role, text) + 1 :
	    screen_put(y, x, cols, role, text);
}

int draw_cut_padded(int y, int x, int cols, enum role role, const char *text)
{
	bool longer = is_longer(text, cols);
	int used = draw_cut(y, x, cols, role, text);

	screen_fill(y, x + used, 1, cols - used, role);
	return used - longer;
}

void draw_label(int y, int x, int cols, enum role role, const char *text)
{
	int tail = cols / 3, over = text_width(text) - cols, used;

	if (over <= 0) {
		screen_pad(y, x, cols, role, text);
		return;
	}
	used = draw_shortened(y, x, cols - tail, role, text) + 1;
	text += text_fit(text, text_width(text) - tail);
	/* never half of a wide character, nor the last one */
	while (text_width(text) > tail) {
		uint32_t cp;

		text += text_next(text, NULL, &cp);
	}
	screen_pad(y, x + used, cols - used, role, text);
}

void draw_bar(int y, int x, int cols, enum role role, double percent)
{
	static const char *const part[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
	int eighths = percent <= 0 ? 0 : percent >= 100 ? cols * 8 :
	    (int)(percent * cols * 8 / 100 + 0.5);

	for (int i = 0; i < cols; i++)
		screen_put(y, x + i, 1, role, i < eighths / 8 ? shape(SHAPE_FULL) :
		    i == eighths / 8 && eighths % 8 ? part[eighths % 8] : shape(SHAPE_EMPTY));
}

int draw_step(int at, int n, int page, enum move move)
{
	switch (move) {
	case MOVE_UP:		at--; break;
	case MOVE_DOWN:		at++; break;
	case MOVE_PAGE_UP:	at -= page; break;
	case MOVE_PAGE_DOWN:	at += page; break;
	case MOVE_HOME:		at = 0; break;
	case MOVE_END:		at = n - 1; break;
	default:		break;
	}
	return at < 0 || !n ? 0 : at >= n ? n - 1 : at;
}

int draw_window(int top, int at, int rows, int n)
{
	if (at < top)
		top = at;
	if (at >= top + rows)
		top = at - rows + 1;
	if (top > n - rows)
		top = n - rows;
	return top < 0 ? 0 : top;
}

void draw_dialog(int rows, int cols, const char *title, int *y, int *x)
{
	int top = (screen_rows() - rows) / 2, left = (screen_cols() - cols) / 2;

	screen_fill(top, left, rows, cols, ROLE_DIALOG);
	screen_box(top, left, rows, cols, ROLE_DIALOG, title);
	target_add(top, left, rows, cols, TARGET_BOX, 0);
	*y = top + 1;
	*x = left + 2;
}

void draw_too_small(void)
{
	char text[200];

	snprintf(text, sizeof text,
	    _("The console needs %dx%d characters. This terminal has %dx%d: make it larger, or Ctrl-C to quit."),
	    SCREEN_MIN_COLS, SCREEN_MIN_ROWS, screen_cols(), screen_rows());
	draw_wrapped(0, 0, screen_rows(), screen_cols(), ROLE_TEXT, text);
}

const char *draw_duration(int64_t s, char *buf, size_t size)
{
	if (s < 0)
		s = 0;
	if (s < 60)
		snprintf(buf, size, _("%ds"), (int)s);
	else if (s < 3600)
		snprintf(buf, size, _("%dm %02ds"), (int)(s / 60), (int)(s % 60));
	else if (s < 86400)
		snprintf(buf, size, _("%dh %02dm"), (int)(s / 3600), (int)(s / 60 % 60));
	else
		snprintf(buf, size, _("%dd %dh"), (int)(s / 86400), (int)(s / 3600 % 24));
	return buf;
}
