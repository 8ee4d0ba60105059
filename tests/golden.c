/*
 * golden - keys in, screen out: golden NAME.keys...; prints TAP.
 *
 * For each NAME.keys the console is started four times, in English and in
 * Japanese, with 80x24 and with 132x43, and several files run side by side; the
 * keys are pressed, and the screen is compared with what stands in NAME.screen beside it: first the text, then one
 * letter a cell for its role, then the cursor. REGEN=1 writes NAME.screen;
 * SCREENS_SHOTS=FOLDER puts what is seen there instead, without masks (doc/paint.py).
 * tests/screens/README tells the words of a .keys file.
 *
 * The environment names SCREENS_SITE, the site file that is opened, SCREENS_OUTAGE,
 * the one for "site outage", SCREENS_CHANGED and SCREENS_ARMED likewise, SCREENS_UI, a
 * folder whose theme gives each role of tests/screens/roles its own colours, and
 * SCREENS_ROLES, that list. tests/own.h tells the rest.
 */
#include "console.h"
#include "own.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <regex.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	VARIANTS = 4,
	STILL_MS = 1500,	/* a screen that is accepted has not changed for so long */
	WRONG_MS = 6000,	/* nor one that is not what it should be */
	SHOT_MS = 500,		/* ages are not masked and grow by the second */
	MASKS = 24,
	AT_ONCE = 8,		/* files; most of their time they wait */
	SKIPPED = 77,
};

static const struct variant { const char *language; int rows, cols; } variants[VARIANTS] = {
	{ "en", 24, 80 }, { "ja", 24, 80 }, { "en", 43, 132 }, { "ja", 43, 132 },
};

/* What is another at each run, with the blanks behind it: they grow together. */
static const char *const always_masked[] = {
	/* with the master behind it, where he was heard of by then */
	"polled .*$", "[^· ]+に確認.*$",
	"([0-9]+(d|h|m|日|時間|分) ?)?[0-9]+(s|秒|m|分|h|時間)( ago|前)? *",
	"[0-9]{2}:[0-9]{2}(:[0-9]{2})?",
	"20[0-9]{2}-[0-9]{2}-[0-9]{2}",
	"sha256//[^ │]*",
	"V [▁▂▃▄▅▆▇█ ]*[▁▂▃▄▅▆▇█][▁▂▃▄▅▆▇█ ]*",	/* the curve behind a voltage */
};

static char letters[64];	/* of the roles, in the order of SCREENS_ROLES */

struct run {
	const struct variant *v;
	struct vt vt;
	regex_t masks[MASKS];
	int masks_n;
	bool started;
	const char *site;	/* NULL: SCREENS_SITE; "": none */
	bool silent;		/* nobody answers there */
	const char *args[8];
	int args_n;
	bool halted;		/* the console is stopped */
	bool skip;		/* what it needs is not here */
	FILE *helper;		/* the shell of tests/site-of-its-own.sh, or NULL */
	char words[200];	/* what went wrong */
};

static bool read_letters(void)
{
	size_t len;
	char *s = file_read(getenv("SCREENS_ROLES"), 1 << 16, &len, NULL), *line = s;
	int n = 0;

	/* "a name" */
	while (line && *line && n < (int)sizeof letters - 1) {
		letters[n++] = line[0];
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	free(s);
	return n > 0;
}

/* The theme of SCREENS_UI: foreground and background tell the number of a role. */
static char role_at(struct vt *t, int y, int x)
{
	VTermScreenCell c = vt_cell(t, y, x);
	size_t at;

	if (c.chars[0] == (uint32_t)-1 && x > 0)	/* it has no colours of its own */
		c = vt_cell(t, y, x - 1);
	if (VTERM_COLOR_IS_DEFAULT_FG(&c.fg) && VTERM_COLOR_IS_DEFAULT_BG(&c.bg))
		return letters[0];
	if (!VTERM_COLOR_IS_INDEXED(&c.fg) || !VTERM_COLOR_IS_INDEXED(&c.bg))
		return '?';
	at = c.fg.indexed.idx + 8u * c.bg.indexed.idx;
	return at < strlen(letters) ? letters[at] : '?';
}

/* A row as text with the column of each byte; the right half of a wide one is none. */
static size_t row_text(struct vt *t, int y, char *text, int *column)
{
	size_t len = 0;

	for (int x = 0; x < t->cols; x++) {
		VTermScreenCell c = vt_cell(t, y, x);
		size_t from = len;

		if (c.chars[0] == (uint32_t)-1)
			continue;
		if (!c.chars[0])
			text[len++] = ' ';
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && c.chars[i]; i++)
			len += text_put(text + len, c.chars[i]);
		while (from < len)
			column[from++] = x;
	}
	text[len] = '\0';
	column[len] = t->cols;
	return len;
}

/* What the masks match becomes ~, one for each column. The role of all is that of the first. */
static void mask(const struct run *r, char *text, int *column, int *role_from)
{
	for (int i = 0; i < r->masks_n; i++) {
		regmatch_t m;
		size_t at = 0;

		while (regexec(&r->masks[i], text + at, 1, &m, at ? REG_NOTBOL : 0) == 0 &&
		    m.rm_eo > m.rm_so) {
			size_t so = at + (size_t)m.rm_so, eo = at + (size_t)m.rm_eo;
			int first = column[so], cols = column[eo] - first;
			size_t rest = strlen(text + eo) + 1;

			memmove(text + so + cols, text + eo, rest);
			memmove(column + so + cols, column + eo, rest * sizeof *column);
			memset(text + so, '~', (size_t)cols);
			for (int x = 0; x < cols; x++)
				column[so + (size_t)x] = first + x;
			for (int x = 0; x < cols; x++)
				role_from[first + x] = role_from[first];
			at = so + (size_t)cols;
		}
	}
}

static void trim(struct text *to, char *row, char blank)
{
	size_t len = strlen(row);

	while (len && row[len - 1] == blank)
		len--;
	text_add_len(to, row, len);
	text_add(to, "\n");
}

/*
 * The farm is where there was room, in 127.1NN.50. and 127.1NN.51.: the NN are made
 * zeroes, also where something lies over one end of the address.
 */
static void hide_net(char *text)
{
	static const char *const digits = "0123456789";

	for (char *s = text; (s = strstr(s, "127.1")); s += 5)
		for (int i = 5; i < 7 && s[i] && strchr(digits, s[i]); i++)
			s[i] = '0';
	for (char *s = text; (s = strstr(s, ".5")); s += 2)
		for (int i = 1; i < 3 && s - i >= text && strchr(digits, s[-i]) &&
		    (s[2] == '0' || s[2] == '1') && s[3] == '.'; i++)
			s[-i] = '0';
}

/* The screen as NAME.screen has it. */
static char *picture(struct run *r)
{
	struct vt *t = &r->vt;
	struct text s = { 0 };
	char text[8192];
	static int column[8192], role_from[500][500];

	text_printf(&s, "== %s %dx%d\n", r->v->language, r->v->cols, r->v->rows);
	for (int y = 0; y < t->rows; y++) {
		for (int x = 0; x < t->cols; x++)
			role_from[y][x] = x;
		row_text(t, y, text, column);
		mask(r, text, column, role_from[y]);
		hide_net(text);
		trim(&s, text, ' ');
	}
	text_add(&s, "-- roles\n");
	for (int y = 0; y < t->rows; y++) {
		for (int x = 0; x < t->cols; x++)
			text[x] = role_at(t, y, role_from[y][x]);
		text[t->cols] = '\0';
		trim(&s, text, letters[0]);
	}
	text_printf(&s, "-- cursor %d,%d %s\n", t->cursor.row, t->cursor.col,
	    t->cursor_visible ? "shown" : "hidden");
	return text_take(&s);
}

static bool live(struct vt *t)
{
	return vt_has(t, _("Normal ON")) && !vt_has(t, _("not asked yet"));
}

static bool begin(struct run *r)
{
	const char *words[16] = { "--ui", getenv("SCREENS_UI") };
	int n = 2;

	if (r->started)
		return true;
	r->started = true;
	for (int i = 0; i < r->args_n; i++)
		words[n++] = r->args[i];
	words[n] = "ac_e_net.ini";
	if (!r->helper && !(r->site && !*r->site) && !console_sample(r->site ? r->site : getenv("SCREENS_SITE")))
		return false;
	if (!console_start(&r->vt, r->v->rows, r->v->cols, words) ||
	    !vt_wait_text(&r->vt, "F10", CONSOLE_MS))
		return false;
	/* what the keys meet is the same each time: all of the farm has answered */
	VT_UNTIL(&r->vt, CONSOLE_MS, r->silent || live(&r->vt));
	return r->silent || live(&r->vt);
}

static bool add_mask(struct run *r, const char *pattern)
{
	if (r->masks_n < MASKS &&
	    regcomp(&r->masks[r->masks_n], pattern, REG_EXTENDED) == 0) {
		r->masks_n++;
		return true;
	}
	snprintf(r->words, sizeof r->words, "mask %s cannot be used", pattern);
	return false;
}

/* The name of this machine stands in what it has saved. */
static bool mask_host(struct run *r)
{
	char host[256] = "", pattern[300];

	gethostname(host, sizeof host - 1);
	snprintf(pattern, sizeof pattern, "\\<%.250s\\> *", host);
	return !*host || add_mask(r, pattern);
}

static bool press_all(struct run *r, char *line)
{
	char *rest, *key = strtok_r(line, " ", &rest);

	for (; key; key = strtok_r(NULL, " ", &rest)) {
		char *star = strlen(key) > 1 ? strchr(key, '*') : NULL;
		int times = star ? atoi(star + 1) : 1;

		if (star)
			*star = '\0';
		while (times-- > 0)
			if (!console_press(&r->vt, key)) {
				snprintf(r->words, sizeof r->words, "there is no key %s", key);
				return false;
			}
	}
	return true;
}

static bool missing(struct run *r, const char *what)
{
	snprintf(r->words, sizeof r->words, "waited in vain: %s", what);
	return false;
}

/* A site of its own, which the screen may change; it ends when we do. */
static bool start_helper(struct run *r, char *with)
{
	char *card = strchr(with, ' ');
	char *own = file_join(console_dir(), "own.ini");

	if (card)
		*card++ = '\0';
	r->helper = own_start(with, card);
	r->silent = true;
	r->site = own;		/* for as long as we run */
	return (r->helper && console_sample(own)) || missing(r, "tests/site-of-its-own.sh");
}

/* A command beside the console: what somebody else does. */
static bool tell_helper(struct run *r, const char *command)
{
	if (!r->helper)
		return missing(r, "site own");
	return own_tell(r->helper, command) || missing(r, command);
}

/* The console's clock, not that of who answers: +0 x8 is eight times as fast. */
static bool fake_clock(struct run *r, const char *how)
{
	const char *fake = getenv("SCREENS_FAKETIME");

	r->skip = !fake || !*fake;
	return !r->skip && setenv("LD_PRELOAD", fake, 1) == 0 && setenv("FAKETIME", how, 1) == 0 &&
	    setenv("FAKETIME_DISABLE_SHM", "1", 1) == 0;
}

/* None, a variant of the farm, or a file. */
static void choose_site(struct run *r, const char *which)
{
	static const struct { const char *word, *variable; } farms[] = {
		{ "outage", "SCREENS_OUTAGE" }, { "changed", "SCREENS_CHANGED" },
		{ "armed", "SCREENS_ARMED" },
	};

	r->silent = true;
	r->site = strcmp(which, "none") == 0 ? "" : which;
	for (size_t i = 0; i < sizeof farms / sizeof *farms; i++)
		if (strcmp(farms[i].word, which) == 0) {
			r->silent = false;
			r->site = getenv(farms[i].variable);
		}
}

/* Words with %s or %d in them; whatever stands there. */
static bool has_filled(struct vt *t, const char *words)
{
	bool has = true;

	while (has && *words) {
		size_t len = strcspn(words, "%");
		char *part = mem_ndup(words, len);

		has = !len || vt_has(t, part);
		free(part);
		words += len;
		words += *words && words[1] ? 2 : *words != '\0';
	}
	return has;
}

/* One line of a .keys file; it is changed. */
static bool step(struct run *r, char *line)
{
	char *rest = strchr(line, ' ');

	if (!*line || *line == '#')
		return true;
	rest = rest ? rest + 1 : line + strlen(line);
	if (strncmp(line, "clock ", 6) == 0) {
		return fake_clock(r, rest);
	} else if (strncmp(line, "site own ", 9) == 0) {
		return start_helper(r, line + 9);
	} else if (strncmp(line, "run ", 4) == 0) {
		return tell_helper(r, rest);
	} else if (strncmp(line, "site ", 5) == 0) {
		choose_site(r, rest);
	} else if (strncmp(line, "args ", 5) == 0) {
		for (char *s = strtok(rest, " "); s && r->args_n < 8; s = strtok(NULL, " "))
			r->args[r->args_n++] = s;
	} else if (strncmp(line, "mask ", 5) == 0) {
		/* a picture has none, as with those that are always masked */
		return getenv("SCREENS_SHOTS") || add_mask(r, rest);
	} else if (!begin(r)) {
		return missing(r, "the first screen");
	} else if (strncmp(line, "type ", 5) == 0) {
		vt_type(&r->vt, rest);
	} else if (strncmp(line, "wait ", 5) == 0) {
		VT_UNTIL(&r->vt, CONSOLE_MS, has_filled(&r->vt, tr(rest)));
		return has_filled(&r->vt, tr(rest)) || missing(r, rest);
	} else if (strncmp(line, "halt ", 5) == 0) {
		/* what is seen for a moment only stays: the console is stopped */
		VT_UNTIL(&r->vt, CONSOLE_MS, has_filled(&r->vt, tr(rest)));
		kill(r->vt.pid, SIGSTOP);
		r->halted = true;
		return has_filled(&r->vt, tr(rest)) || missing(r, rest);
	} else if (strncmp(line, "gone ", 5) == 0) {
		VT_UNTIL(&r->vt, CONSOLE_MS, !vt_has(&r->vt, tr(rest)));
		return !vt_has(&r->vt, tr(rest)) || missing(r, line);
	} else {
		return press_all(r, line);
	}
	return true;
}

/*
 * Looks until the screen is the wanted one, or, if it does not become that, until
 * it has been still.
 */
static char *settle(struct run *r, const char *wanted, int still_ms)
{
	long end = vt_clock() + CONSOLE_MS, since = vt_clock();
	char *now = picture(r), *next;

	while (!(wanted && strcmp(now, wanted) == 0) && !r->vt.eof && vt_clock() < end &&
	    vt_clock() - since < still_ms) {
		vt_before(&r->vt, vt_clock() + 20);
		next = picture(r);
		/* the mark of a row that has just changed goes by itself */
		if (strcmp(now, next) != 0 || (!r->halted && strstr(next, "│›")))
			since = vt_clock();
		free(now);
		now = next;
	}
	return now;
}

/* In a process of its own; the exit status tells whether it is as wanted. */
static int run_variant(const char *keys, const char *wanted, const struct variant *v,
    const char *result)
{
	struct run r = { .v = v };
	bool shots = getenv("SCREENS_SHOTS") != NULL;
	bool regen = getenv("REGEN") != NULL || shots, ok = true;
	char *copy = mem_dup(keys), *line = copy, *got;
	struct err e;

	if (!console_open("screens"))
		return 2;
	console_language(v->language);
	i18n_init();
	for (size_t i = 0; !shots && i < sizeof always_masked / sizeof *always_masked; i++)
		ok = ok && add_mask(&r, always_masked[i]);
	ok = ok && (shots || mask_host(&r));
	while (ok && line) {
		char *next = strchr(line, '\n');

		if (next)
			*next++ = '\0';
		ok = step(&r, line);
		line = next;
	}
	if (r.skip) {
		if (r.helper)
			fclose(r.helper);
		console_close();
		free(copy);
		return SKIPPED;
	}
	ok = ok && begin(&r);
	got = settle(&r, wanted, shots ? SHOT_MS : regen ? STILL_MS : WRONG_MS);
	if (!ok)
		fprintf(stderr, "# %s\n", r.words);
	if (console_broken(&r.vt)) {
		fprintf(stderr, "# %s\n", console_broken(&r.vt));
		ok = false;
	}
	ok = file_replace(result, got, strlen(got), 0644, &e) && ok &&
	    (regen || (wanted && strcmp(got, wanted) == 0));
	vt_close(&r.vt);
	if (r.helper) {
		fclose(r.helper);
		wait(NULL);
	}
	console_close();
	free(got);
	free(copy);
	return ok ? 0 : 1;
}

/* The part of NAME.screen that is of this variant, to be freed, or NULL. */
static char *section(const char *screens, const struct variant *v)
{
	char *head = mem_printf("== %s %dx%d\n", v->language, v->cols, v->rows);
	const char *from = screens ? strstr(screens, head) : NULL;
	const char *end = from ? strstr(from + 1, "\n== ") : NULL;
	char *part = !from ? NULL : end ? mem_printf("%.*s\n", (int)(end - from), from) :
	    mem_dup(from);

	free(head);
	return part;
}

static void show_difference(const char *wanted, const char *result)
{
	char *old = mem_printf("%s.wanted", result), *command;
	struct err e;

	if (wanted && file_replace(old, wanted, strlen(wanted), 0644, &e)) {
		command = mem_printf("diff -u '%s' '%s' | sed 's/^/# /' >&2", old, result);
		if (system(command) != 0)
			fprintf(stderr, "# %s\n", result);
		free(command);
		unlink(old);
	} else {
		fprintf(stderr, "# there is none yet: REGEN=1 tests/screens.sh\n");
	}
	free(old);
}

static char *beside(const char *path, const char *ending)
{
	return mem_printf("%.*s%s", (int)(strlen(path) - strlen(".keys")), path, ending);
}

/* One NAME.keys while its variants run. */
struct job {
	char *base, *screen_path, *keys, *screens;
	char *results[VARIANTS], *wanted[VARIANTS];
	pid_t pids[VARIANTS];
};

/* All variants at once. */
static void begin_job(struct job *j, const char *path)
{
	const char *shots = getenv("SCREENS_SHOTS");
	size_t len;

	*j = (struct job){ .base = beside(file_name(path), ""),
	    .screen_path = beside(path, ".screen"), .keys = file_read(path, 1 << 16, &len, NULL) };
	j->screens = file_read(j->screen_path, 1 << 22, &len, NULL);
	for (int i = 0; i < VARIANTS; i++) {
		const struct variant *v = &variants[i];

		j->results[i] = mem_printf("%s%s%s.%s-%dx%d", shots ? shots : "",
		    shots ? "/" : "", j->base, v->language, v->cols, v->rows);
		j->wanted[i] = section(j->screens, v);
		fflush(NULL);
		j->pids[i] = fork();
		if (j->pids[i] == 0)
			_exit(j->keys ? run_variant(j->keys, j->wanted[i], v, j->results[i]) : 2);
	}
}

/* Tells of one variant, and adds what was seen to all. What differs stays in the folder. */
static bool end_variant(struct job *j, int i, int n, struct text *all)
{
	const struct variant *v = &variants[i];
	bool accept = getenv("REGEN") || getenv("SCREENS_SHOTS"), skipped;
	int status = -1;
	size_t len;
	char *got;

	waitpid(j->pids[i], &status, 0);
	skipped = WIFEXITED(status) && WEXITSTATUS(status) == SKIPPED;
	printf("%s %d - %s %s %dx%d%s\n", status && !skipped ? "not ok" : "ok", n, j->base,
	    v->language, v->cols, v->rows, skipped ? " # SKIP no faketime here" : "");
	if (status && !skipped && !accept)
		show_difference(j->wanted[i], j->results[i]);
	got = file_read(j->results[i], 1 << 20, &len, NULL);
	text_add(all, got ? got : "");
	free(got);
	if (!getenv("SCREENS_SHOTS") && (!status || accept))
		unlink(j->results[i]);
	free(j->results[i]);
	free(j->wanted[i]);
	return status == 0 || (skipped && !accept);
}

/* How many variants were not as wanted; n counts them all. */
static int end_job(struct job *j, int *n)
{
	struct text all = { 0 };
	struct err e;
	int bad = 0;

	for (int i = 0; i < VARIANTS; i++)
		bad += !end_variant(j, i, ++*n, &all);
	if (getenv("REGEN") && !bad && !file_replace(j->screen_path, all.s, all.len, 0644, &e))
		fprintf(stderr, "# %s\n", e.text);
	text_done(&all);
	free(j->screens);
	free(j->keys);
	free(j->base);
	free(j->screen_path);
	return bad;
}

int main(int argc, char **argv)
{
	static struct job jobs[AT_ONCE];
	int n = 0, bad = 0;

	if (!getenv("SCREENS_SITE") || !getenv("SCREENS_UI") || !getenv("SCREENS_ROLES") ||
	    !read_letters()) {
		fprintf(stderr, "golden is started by tests/screens.sh\n");
		return 2;
	}
	printf("1..%d\n", (argc - 1) * VARIANTS);
	for (int i = 1; i < argc + AT_ONCE; i++) {
		if (i > AT_ONCE && i - AT_ONCE < argc)
			bad += end_job(&jobs[i % AT_ONCE], &n);
		if (i < argc)
			begin_job(&jobs[i % AT_ONCE], argv[i]);
	}
	return bad != 0;
}
