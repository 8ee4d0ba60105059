/*
 * A monkey at the keyboard: random keys, words, pastes, mouse reports, broken bytes
 * and sizes, from a seed. The console must not crash nor leak (under ASan), break no
 * cell, still answer in the end, and touch the site file only by saving it.
 *
 *   t-monkey [SECONDS [SEED]]      or MONKEY_SECONDS and MONKEY_SEED; 5 s, seed 1
 *
 * It can do no harm: it has no network, and can write in its own folder only.
 */
#include "cage.h"
#include "console.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

#include <dirent.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	REMEMBERED = 60,	/* what it did last, told when something goes wrong */
	KEYS_MAX = 200,
	QUIET_MS = 15,
	REPAIR_MS = 5000,	/* a screen that was caught half drawn is whole by then */
};

static struct vt vt;
static bool running, caged;
static uint64_t state;
static char *keys[KEYS_MAX];
static unsigned keys_n;
static char done[REMEMBERED][64];
static unsigned long deeds, starts, sizes;

/* xorshift64*: the same on every machine */
static unsigned any(unsigned below)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (unsigned)(state * 0x2545f4914f6cdd1dULL >> 33) % below;
}

/* Where it is, of one that goes on. */
static void whereabouts(void)
{
	static const char *const of[] = { "stat", "wchan", "syscall" };
	char path[40], line[400];

	for (size_t i = 0; vt.pid > 0 && i < sizeof of / sizeof *of; i++) {
		FILE *f;

		snprintf(path, sizeof path, "/proc/%d/%s", (int)vt.pid, of[i]);
		f = fopen(path, "r");
		if (f && fgets(line, sizeof line, f))
			fprintf(stderr, "# %s: %.*s\n", of[i], (int)strcspn(line, "\n"), line);
		if (f)
			fclose(f);
	}
}

static bool trouble(const char *words)
{
	unsigned long from = deeds > REMEMBERED ? deeds - REMEMBERED : 0;

	fprintf(stderr, "# %s, after:\n", words);
	for (unsigned long i = from; i < deeds; i++)
		fprintf(stderr, "#   %s\n", done[i % REMEMBERED]);
	whereabouts();
	console_show(&vt);
	return false;
}

static void note(const char *what, const char *detail)
{
	snprintf(done[deeds++ % REMEMBERED], sizeof done[0], "%s %.50s", what, detail);
}

/* Every key that means something somewhere. */
static bool read_keys(void)
{
	char *path = mem_printf("%s/ui/keys.xml", getenv("top_srcdir") ? getenv("top_srcdir") : ".");
	size_t len;
	char *bytes = file_read(path, 1 << 20, &len, NULL), *s = bytes;

	while (s && (s = strstr(s, "<key name=\"")) && keys_n < KEYS_MAX) {
		s += strlen("<key name=\"");
		keys[keys_n] = mem_printf("%.*s", (int)strcspn(s, "\""), s);
		/* without a cage no path can be typed */
		if (!caged && strcmp(keys[keys_n], "/") == 0)
			free(keys[keys_n]);
		else
			keys_n++;
	}
	free(bytes);
	free(path);
	return keys_n > 0;
}

static void type_words(bool paste)
{
	static const char *const pieces[] = { "0", "1", "9", "127.0.50.1", "-1", "99999", "UPS1",
		"a", "Z", " ", "電源", "グループ", "が", "e\u0301", "ﾃｽﾄ", "①", "👨‍👩‍👧", "\u200b",
		"=", "\"", "%", ";", "&", "<", "\\", ",", "\t", "y", "n", "ac_e_net.ini",
		"../x", "/etc/x", "x.xml", "x.csv" };
	struct text t = { 0 };
	unsigned n = 1 + any(paste ? 40 : 6);

	while (n-- > 0) {
		const char *piece = pieces[any(sizeof pieces / sizeof *pieces)];

		if (caged || !strchr(piece, '/'))
			text_add(&t, piece);
		if (paste && any(8) == 0)
			text_add(&t, "\r\n");
	}
	note(paste ? "paste" : "type", t.len ? t.s : "");
	if (paste)
		vt_type(&vt, "\33[200~");
	vt_type(&vt, t.len ? t.s : "");
	if (paste && any(10))	/* now and then the end is lost */
		vt_type(&vt, "\33[201~");
	text_done(&t);
}

static void mouse(void)
{
	static const unsigned buttons[] = { 0, 0, 0, 1, 2, 64, 65, 32, 35, 4, 16 };
	char report[64];
	unsigned button = buttons[any(sizeof buttons / sizeof *buttons)];
	unsigned x = 1 + any((unsigned)vt.cols + 2), y = 1 + any((unsigned)vt.rows + 2);

	snprintf(report, sizeof report, "\33[<%u;%u;%u%c", button, x, y, any(3) ? 'M' : 'm');
	note("mouse", report + 2);
	vt_type(&vt, report);
	if (button == 0 && any(2)) {	/* a click, or a double one */
		snprintf(report, sizeof report, "\33[<0;%u;%um\33[<0;%u;%uM", x, y, x, y);
		vt_type(&vt, any(2) ? report : strchr(report + 1, '\33'));
	}
}

static void broken_bytes(void)
{
	static const char *const bad[] = { "\33[", "\33O", "\33[<", "\33[1;", "\33]0;x\7", "\33P1\33\\",
		"\xff", "\xc3", "\xe3\x81", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\1", "\2", "\36",
		"\33[M !!", "\33[200~", "\33[201~", "\33[I", "\33[O", "\33[99~", "\33\33\33", "\177" };
	unsigned i = any(sizeof bad / sizeof *bad);
	char number[16];

	snprintf(number, sizeof number, "%u", i);
	note("bytes", number);
	vt_type(&vt, bad[i]);
}

static void resize(void)
{
	static const int usual[][2] = { { 24, 80 }, { 24, 80 }, { 43, 132 }, { 30, 100 }, { 24, 300 } };
	int rows, cols;
	char size[40];

	if (any(4)) {
		unsigned i = any(sizeof usual / sizeof *usual);

		rows = usual[i][0];
		cols = usual[i][1];
	} else {
		rows = 1 + (int)any(70);
		cols = 2 + (int)any(199);	/* libvterm dies of a wide character in one */
	}
	sizes++;
	snprintf(size, sizeof size, "%dx%d", cols, rows);
	note("size", size);
	vt_resize(&vt, rows, cols);
}

static void act(void)
{
	unsigned what = any(100);

	if (what < 60) {
		const char *key = keys[any(keys_n)];

		note("key", key);
		if (strcmp(key, "Esc") == 0)
			vt_type(&vt, "\33");	/* not alone for long */
		else
			console_press(&vt, key);
	} else if (what < 74) {
		type_words(false);
	} else if (what < 80) {
		type_words(true);
	} else if (what < 88) {
		mouse();
	} else if (what < 93) {
		broken_bytes();
	} else if (what < 98) {
		resize();
	} else {
		note("Ctrl", what == 98 ? "Z" : "C");
		vt_type(&vt, what == 98 ? "\32" : "\3");
	}
}

static bool start(void)
{
	starts++;
	note("start", "");
	/*
	 * A terminal reads all the time; what we have not read yet the kernel would throw away at
	 * Ctrl-C and Ctrl-Z, once the console has given the settings back.
	 */
	vt.keeps_output = true;
	running = console_started(&vt, 24, 80);
	return running || trouble("there is no first screen");
}

/* What the sanitizers wrote. */
static bool no_reports(void)
{
	DIR *dir = opendir(console_dir());
	struct dirent *d;
	bool ok = true;

	while (dir && (d = readdir(dir)))
		if (strncmp(d->d_name, "san.", 4) == 0) {
			char *path = file_join(console_dir(), d->d_name);
			size_t len;
			char *bytes = file_read(path, 1 << 20, &len, NULL);

			fprintf(stderr, "%s\n", bytes ? bytes : path);
			free(bytes);
			free(path);
			ok = false;
		}
	closedir(dir);
	return ok;
}

static bool given_back(void)
{
	char left[60], words[100];

	if (vt_restored(&vt, CONSOLE_MS))
		return true;
	snprintf(words, sizeof words, "it left %s behind", vt_left(&vt, left, sizeof left));
	return trouble(words);
}

/* Has it ended? It may, but only as one who was told to. */
static bool look_after(void)
{
	char words[80];
	int status;
	pid_t pid = waitpid(vt.pid, &status, WNOHANG | WUNTRACED);

	if (pid == vt.pid && WIFSTOPPED(status)) {
		kill(vt.pid, SIGCONT);
	} else if (pid == vt.pid) {
		vt.pid = 0;
		while (vt_pump(&vt, 0) > 0)
			continue;
		if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
			no_reports();
			snprintf(words, sizeof words, "it ended with %s %d", WIFEXITED(status) ?
			    "status" : "signal", WIFEXITED(status) ? WEXITSTATUS(status) :
			    WTERMSIG(status));
			return trouble(words);
		}
		if (!given_back())
			return false;
		vt_close(&vt);
		running = false;
	}
	return true;
}

static const char *broken(void)
{
	const char *words = console_broken(&vt);

	/* below the smallest size there is one sentence */
	return words && strstr(words, "box") && (vt.rows < 24 || vt.cols < 80) ? NULL : words;
}

static bool settle(void)
{
	while (vt_pump(&vt, QUIET_MS) > 0)
		continue;
	if (vt.eof || !vt.altscreen)	/* it ends, or is stopped */
		return true;
	VT_UNTIL(&vt, REPAIR_MS, !broken() || vt.eof || !vt.altscreen);
	return !broken() || vt.eof || !vt.altscreen || trouble(broken());
}

/* Until time is up or something is wrong. */
static bool play(long end)
{
	bool ok = true;

	while (ok && vt_clock() < end) {
		if (!running && !start())
			return false;
		for (unsigned n = 1 + any(8); n > 0; n--)
			act();
		ok = settle() && look_after();
	}
	return ok;
}

static char *console_text(struct vt *t)
{
	struct text all = { 0 };
	char row[4096];

	for (int y = 0; y < t->rows; y++)
		text_printf(&all, "%s\n", vt_row(t, y, row, sizeof row));
	return text_take(&all);
}

static bool other_than(const char *before)
{
	char *now = console_text(&vt);
	bool other = strcmp(before, now) != 0;

	free(now);
	return other;
}

/* One that was stopped goes on, and one that was asked to end is started anew. */
static bool is_there(void)
{
	long end = vt_clock() + CONSOLE_MS;

	do {
		settle();
		if (!look_after() || (!running && !start()))
			return false;
	} while (!vt.altscreen && vt_clock() < end);
	return vt.altscreen || trouble("it neither ends nor shows a screen");
}

/* A screen that is another one after F1 is one that answers. */
static bool answers(void)
{
	char *before;
	bool ok;

	if (!is_there())
		return false;
	vt_resize(&vt, 24, 80);
	vt_type(&vt, "\33[201~");
	/* a form that was changed asks whether it may be left so */
	for (int i = 0; i < 8; i++) {
		console_escape(&vt);
		vt_type(&vt, "y");
	}
	console_escape(&vt);
	console_escape(&vt);
	if (!is_there())
		return false;
	before = console_text(&vt);
	vt_key(&vt, VTERM_KEY_FUNCTION(1));
	VT_UNTIL(&vt, CONSOLE_MS, other_than(before));
	ok = other_than(before);
	free(before);
	return ok || trouble("F1 does nothing in the end");
}

static bool leaves(void)
{
	/* what is not saved is asked about: Discard, in whatever language */
	static const char *const ways[] = { "q", "d", "\t\r", "\t\t\r", "\33[C\r" };

	console_escape(&vt);
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		vt_type(&vt, ways[i]);
		if (vt_wait_exit(&vt, i + 1 == sizeof ways / sizeof *ways ? CONSOLE_MS : 2000) == 0)
			return given_back();
		if (!vt.pid)
			break;
	}
	return trouble("it does not end, or not well");
}

static int revision(const char *bytes)
{
	const char *s = bytes ? strstr(bytes, "\nRevision=") : NULL;

	return s ? atoi(s + strlen("\nRevision=")) : -1;
}

/* As it was, or saved, and then whole. */
static bool file_is_good(const char *was)
{
	char *now = console_bytes();
	char *command = mem_printf("'%s/amc' show '%s' >/dev/null", getenv("top_builddir") ?
	    getenv("top_builddir") : ".", console_site());
	bool same = now && strcmp(was, now) == 0;
	bool ok = same || (revision(now) > revision(was) && system(command) == 0);

	if (!ok)
		fprintf(stderr, "# the site file:\n%s\n", now ? now : "(none)");
	else
		fprintf(stderr, "# the site file was %s\n", same ? "not saved" : "saved");
	free(command);
	free(now);
	return ok;
}

static void sanitizers_report_to(const char *variable)
{
	const char *old = getenv(variable);
	char *options = mem_printf("%s%slog_path=%s/san", old ? old : "", old && *old ? ":" : "",
	    console_dir());

	setenv(variable, options, 1);
	free(options);
}

static bool tell(int n, bool ok, const char *words)
{
	printf("%sok %d - %s\n", ok ? "" : "not ", n, words);
	return ok;
}

static long number(int argc, char **argv, int i, const char *variable, long other)
{
	const char *s = argc > i ? argv[i] : getenv(variable);

	return s && *s ? atol(s) : other;
}

/* In a process of its own, as there is no way out of the cage. */
static int run(long seconds, long seed)
{
	bool ok;
	char *was;

	printf("1..5\n");
	if (!cage_network()) {
		for (int i = 1; i <= 5; i++)
			printf("ok %d # SKIP there is no network namespace to lock it in\n", i);
		return 0;
	}
	caged = cage_folder(console_dir());
	sanitizers_report_to("ASAN_OPTIONS");
	sanitizers_report_to("UBSAN_OPTIONS");
	was = console_bytes();
	state = (uint64_t)seed * 0x9e3779b97f4a7c15ULL + 1;
	ok = tell(1, read_keys() && play(vt_clock() + seconds * 1000), "no crash, no broken cell");
	fprintf(stderr, "# seed %ld, %ld s: %lu deeds, %lu sizes, %lu starts%s\n", seed, seconds,
	    deeds, sizes, starts, caged ? "" : ", no paths");
	ok &= tell(2, ok && answers(), "it answers in the end");
	ok &= tell(3, ok && leaves(), "it ends, and the terminal is as it was");
	ok &= tell(4, file_is_good(was), "the site file is as it was, or was saved whole");
	ok &= tell(5, no_reports(), "the sanitizers have nothing to say");
	while (keys_n > 0)
		free(keys[--keys_n]);
	free(was);
	if (vt.vt)
		vt_close(&vt);
	return !ok;
}

int main(int argc, char **argv)
{
	long seconds = number(argc, argv, 1, "MONKEY_SECONDS", 5);
	long seed = number(argc, argv, 2, "MONKEY_SEED", 1);
	int status = -1;
	pid_t pid;

	if (!console_open("t-monkey") || !console_sample("demo.ini"))
		return 1;
	pid = fork();
	if (pid == 0)
		exit(run(seconds, seed));
	waitpid(pid, &status, 0);
	console_close();
	return status != 0;
}
