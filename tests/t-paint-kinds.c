/*
 * Painting on terminals that are hardly seen any more, or never were: each lacks one
 * capability, or has one quirk, in a terminfo entry of the test's own. What comes out is
 * read by a model of that terminal (model.h), and compared with what ncurses shows in
 * libvterm. Those that paint.c does not do are ncurses' (tui/painting.h): they are here too.
 */
#include "drawing.h"
#include "model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { ROUNDS = 12, WAIT_MS = 20000, ROWS = 24, COLS = 80 };

static struct vt ours, theirs;
static struct model model;
static char dir[] = "/tmp/t-paint-kinds.XXXXXX";

static void read_model(char *bytes, size_t len)
{
	model_read(&model, bytes, len);
}

static void tell(struct vt *t, const char *what, bool on)
{
	vt_type(t, what);
	VT_UNTIL(t, WAIT_MS, vt_mode(t, DRAWING_MARK) == on || t->eof);
	assert_false(t->eof);
	assert_int_equal(vt_mode(t, DRAWING_MARK), on);
}

/* What is compared of a terminal. */
enum compare {
	LOOKS = 1,		/* attributes */
	COLOURS = 2,
	NOT_THE_END = 4,	/* its last two cells cannot be written */
	NOT_UNSURE = 8,		/* but not the characters with widths of its own, and their neighbours */
	NOT_TILDES = 16,
};

static int colour_of(const VTermColor *c)
{
	return VTERM_COLOR_IS_INDEXED(c) && !VTERM_COLOR_IS_DEFAULT_FG(c) &&
	    !VTERM_COLOR_IS_DEFAULT_BG(c) ? c->indexed.idx : -1;
}

static bool is_unsure(uint32_t what, uint32_t mark)
{
	return what == 0x2661 || what > 0x1f000 || mark;
}

static bool same_look(const struct model_cell *a, const VTermScreenCell *b, unsigned what)
{
	unsigned look = (b->attrs.bold ? MODEL_BOLD : 0) |
	    (b->attrs.underline ? MODEL_UNDERLINE : 0) | (b->attrs.reverse ? MODEL_REVERSE : 0);

	/* of a blank nobody sees whether it is bold */
	if (a->what == ' ')
		look = (look & ~(unsigned)MODEL_BOLD) | (a->look & MODEL_BOLD);
	if (what & LOOKS && a->look != look)
		return false;
	return !(what & COLOURS) || (a->bg == colour_of(&b->bg) &&
	    (a->what == ' ' || a->fg == colour_of(&b->fg)));
}

static bool same_cell(int y, int x, unsigned what)
{
	const struct model_cell *a = model_at(&model, y, x);
	VTermScreenCell b = vt_cell(&theirs, y, x), before = vt_cell(&theirs, y, x ? x - 1 : 0);
	uint32_t shown = b.chars[0] ? b.chars[0] : ' ';

	if (what & NOT_THE_END && y == ROWS - 1 && x >= COLS - 2)
		return true;
	if (what & NOT_UNSURE && (is_unsure(shown, b.chars[1]) ||
	    is_unsure(before.chars[0], before.chars[1])))
		return true;
	if (shown == (uint32_t)-1 || !a->what)
		return shown == (uint32_t)-1 && !a->what;
	/* what could wrap is none (paint.c) */
	if (x == COLS - 1 && a->what == '?')
		return true;
	return (a->what == shown || (what & NOT_TILDES && shown == '~')) &&
	    same_look(a, &b, what);
}

static void same_screens(const char *kind, int round, unsigned what)
{
	for (int y = 0; y < ROWS; y++)
		for (int x = 0; x < COLS; x++)
			if (!same_cell(y, x, what)) {
				const struct model_cell *a = model_at(&model, y, x);
				VTermScreenCell b = vt_cell(&theirs, y, x);

				fail_msg("%s, round %d: %d,%d is U+%04X, look %u, colours %d %d; by ncurses U+%04X %d%d%d %d %d",
				    kind, round, y, x, a->what, a->look, a->fg, a->bg, b.chars[0],
				    b.attrs.bold, b.attrs.underline, b.attrs.reverse,
				    colour_of(&b.fg), colour_of(&b.bg));
			}
	if (model.wrong[0])
		fail_msg("%s, round %d: %s", kind, round, model.wrong);
	assert_int_equal(model.y, theirs.cursor.row);
	assert_int_equal(model.x, theirs.cursor.col);
}

/* Draws on ours, which is kind, and by ncurses on another, which is like it. */
static void play(const char *kind, unsigned quirks, const char *like, bool colours, unsigned what)
{
	bool on = false;

	model_start(&model, quirks, ROWS, COLS);
	ours.tap = read_model;
	setenv("TERM", kind, 1);
	assert_int_equal(drawing_start(&ours, ROWS, COLS, "paint", colours), 0);
	setenv("TERM", like, 1);
	assert_int_equal(drawing_start(&theirs, ROWS, COLS, "curses", colours), 0);
	for (int i = 0; i < ROUNDS; i++) {
		const char *key = i % 6 == 2 ? "l" : i % 6 == 4 ? "s" : "d";

		on = !on;
		tell(&ours, key, on);
		tell(&theirs, key, on);
		same_screens(kind, i, what);
	}
	assert_true(drawing_end(&ours, WAIT_MS));
	assert_true(drawing_end(&theirs, WAIT_MS));
	model_end(&model);
}

/* All that a terminal of the model has; each kind is this but for one thing. */
static const char whole[] =
    "whole|all of the model,am,bce,msgr,xenl,cols#80,lines#24,colors#8,pairs#64,"
    "cup=\\E[%i%p1%d;%p2%dH,home=\\E[H,clear=\\E[H\\E[2J,el=\\E[K,ed=\\E[J,cr=\\r,"
    "cud1=\\n,ind=\\n,cub1=\\b,cuu1=\\E[A,cuf1=\\E[C,bold=\\E[1m,smul=\\E[4m,"
    "rmul=\\E[24m,rev=\\E[7m,smso=\\E[7m,rmso=\\E[27m,smam=\\E[?7h,rmam=\\E[?7l,sgr0=\\E[m,op=\\E[39;49m,"
    "setaf=\\E[3%p1%dm,setab=\\E[4%p1%dm,civis=\\E[?25l,cnorm=\\E[?25h,bel=^G,\n";

static const struct kind {
	const char *name, *entry;	/* what it has instead */
	unsigned quirks, what;
} kinds[] = {
	{ "whole", NULL, 0, LOOKS | COLOURS },
	{ "wraps", "xenl@", MODEL_WRAPS, LOOKS | COLOURS | NOT_THE_END },
	{ "stops", "am@,xenl@", MODEL_STOPS, LOOKS | COLOURS },
	{ "nobce", "bce@", MODEL_NO_BCE, LOOKS | COLOURS },
	{ "nomsgr", "msgr@", MODEL_SMEARS, LOOKS | COLOURS },
	{ "noel", "el@,ed@", 0, LOOKS | COLOURS },
	{ "ech", "ech=\\E[%p1%dX", 0, LOOKS | COLOURS },
	{ "echnobce", "bce@,ech=\\E[%p1%dX", MODEL_NO_BCE, LOOKS | COLOURS },
	{ "noclear", "clear@,el@,ed@", 0, LOOKS | COLOURS },
	/* a pause behind everything, which is NULs */
	{ "pauses", "cup=\\E[%i%p1%d;%p2%dH$<5/>,bold=\\E[1m$<2/>,smul=\\E[4m$<2/>,"
	    "rev=\\E[7m$<2/>,sgr0=\\E[m$<2/>,setaf=\\E[3%p1%dm$<2/>,setab=\\E[4%p1%dm$<2/>",
	    0, LOOKS | COLOURS },
	{ "waits", "npc,cup=\\E[%i%p1%d;%p2%dH$<1/>", 0, LOOKS | COLOURS },
	{ "cookies", "xmc#1", MODEL_COOKIES, 0 },
	{ "notilde", "hz", MODEL_NO_TILDE, LOOKS | COLOURS | NOT_TILDES },
	{ "unlike", "msgr", MODEL_UNLIKE, LOOKS | COLOURS | NOT_UNSURE },
	{ "underlines", "ul", MODEL_OLD_UNDERLINE, LOOKS | COLOURS },
	{ "fewpairs", "pairs#8", 0, LOOKS },
	{ "fewcolours", "colors#4,pairs#64", 0, LOOKS },
	{ "noop", "op@", 0, LOOKS },
	{ "noattrs", "bold@,smul@,rmul@,rev@,smso@,rmso@", 0, COLOURS },
};

static void each_kind(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const struct kind *k = &kinds[i];
		bool coloured = k->what & COLOURS;

		for (int ground = 0; ground < 2; ground++)
			play(k->name, k->quirks, coloured ? "xterm" : "vt100", ground, k->what);
	}
}

/* With red, green and blue for colours: 8 to 255 would be nearly black. */
static void direct_colours(void **state)
{
	(void)state;
	play("direct", MODEL_DIRECT, "xterm", false, LOOKS | COLOURS);
	play("direct", MODEL_DIRECT, "xterm", true, LOOKS | COLOURS);
}

static int make_entries(void **state)
{
	char path[100], command[200];
	FILE *f;

	(void)state;
	if (!mkdtemp(dir))
		return -1;
	snprintf(path, sizeof path, "%s/kinds.ti", dir);
	f = fopen(path, "w");
	if (!f)
		return -1;
	fputs(whole, f);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i].entry)
			fprintf(f, "%s|of the model but for one thing,%s,use=whole,\n", kinds[i].name, kinds[i].entry);
	fputs("direct|of the model but for its colours,RGB,AX,E3=\\E[3J,colors#0x1000000,pairs#0x10000,"
	    "setaf=\\E[%?%p1%{8}%<%t3%p1%d%e38;5;%p1%d%;m,"
	    "setab=\\E[%?%p1%{8}%<%t4%p1%d%e48;5;%p1%d%;m,use=whole,\n", f);
	fclose(f);
	snprintf(command, sizeof command, "tic -x -o %s %s", dir, path);
	setenv("TERMINFO", dir, 1);
	return system(command) == 0 ? 0 : -1;
}

static int remove_entries(void **state)
{
	char command[100];

	(void)state;
	snprintf(command, sizeof command, "rm -rf %s", dir);
	return system(command);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind),
		cmocka_unit_test(direct_colours),
	};
	int rc = drawing_main(argc, argv);

	return rc >= 0 ? rc :
	    cmocka_run_group_tests_name("paint-kinds", tests, make_entries, remove_entries);
}
