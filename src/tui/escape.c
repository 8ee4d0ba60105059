#include "tui/escape.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

bool escape_known(const char *term)
{
	static const char *const known[] = { "xterm", "tmux", "screen", "rxvt", "alacritty",
		"foot", "kitty", "wezterm", "st-", "konsole", "gnome", "vte", "putty",
		"mlterm", "mintty", "contour" };

	for (size_t i = 0; term && i < sizeof known / sizeof *known; i++)
		if (strncmp(term, known[i], strlen(known[i])) == 0)
			return true;
	return false;
}

static bool is_control(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0);
}

static void add_clean(struct text *t, const char *s)
{
	uint32_t cp;
	size_t n;

	for (; (n = text_next(s, NULL, &cp)) > 0; s += n)
		if (!is_control(cp))
			text_add_len(t, s, n);
}

void escape_title(struct text *t, const char *title)
{
	uint32_t cp;
	size_t n;

	text_add(t, "\033]0;");
	for (; (n = text_next(title, NULL, &cp)) > 0; title += n)
		if (text_char_width(cp) >= 0)
			text_add_len(t, title, n);
	text_add(t, "\007");
}

bool escape_copy(struct text *t, const char *content, const char *term, bool tmux)
{
	struct text clean = { 0 }, osc = { 0 };
	bool fits;

	add_clean(&clean, content);
	fits = clean.len <= ESCAPE_COPY_MAX;
	text_add(&osc, "\033]52;c;");
	if (clean.s)
		text_add_base64(&osc, clean.s, clean.len);
	text_add(&osc, "\007");
	/* tmux takes it itself or passes it on, as it is set up: it gets both */
	if (fits && tmux)
		text_printf(t, "%s\033Ptmux;\033%s\033\\", osc.s, osc.s);
	else if (fits && term && strncmp(term, "screen", 6) == 0)
		text_printf(t, "\033P%s\033\\", osc.s);
	else if (fits)
		text_add(t, osc.s);
	text_done(&osc);
	text_done(&clean);
	return fits;
}

char *escape_one_line(const char *s)
{
	struct text t = { 0 };
	uint32_t cp;
	size_t n;

	for (; (n = text_next(s, NULL, &cp)) > 0; s += n)
		if (cp == '\t' || cp == '\n' || (cp == '\r' && s[1] != '\n'))
			text_add(&t, " ");
		else if (!is_control(cp) && (cp != 0xfffd || n == 3))
			text_add_len(&t, s, n);
	/* the line's end that a copied line brings along is no blank */
	while (t.len && t.s[t.len - 1] == ' ')
		t.s[--t.len] = '\0';
	return text_take(&t);
}
