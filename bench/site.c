/*
 * How long a site of N nodes takes to be read and checked, and to be saved, how
 * long the rules take alone, and the plan of an outage of all its UPSs, beside a
 * bare scan of the same bytes, and a scan with a bare safe write of them:
 * bench-site FOLDER. Repetitions of all are interleaved, so that a machine that
 * slows down does so for all alike; what is printed are medians.
 */
#include "base/conf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/plan.h"
#include "store/sitefile.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS 15
#define CHECK_MS 10	/* what the rules may take for 1000 nodes */

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void die(const char *words)
{
	fprintf(stderr, "bench-site: %s\n", words);
	exit(1);
}

/*
 * Of each ten: a group with two UPSs, of which one is enough, and seven
 * terminals; all keys are common, and the rules find next to nothing.
 */
static void write_site(const char *path, int nodes)
{
	struct text t = { 0 };
	struct err e = { .text = "" };
	int i, g = 0, u = 0, s = 0, k;

	text_printf(&t, "; made to be measured\n[Network]\nFormat=1\nRevision=7\n"
	    "TerminalPort=4000\n");
	for (i = 0; i < nodes; i += 10) {
		/* ten by ten, as sites are: a hundred groups below another */
		g++;
		text_printf(&t, "\n[Group%d]\nName=グループ%d\nParent=", g, g);
		if ((g - 1) % 100 == 0)
			text_add(&t, "Network\n");
		else
			text_printf(&t, "Group%d.LinkedTerminals\n",
			    (g - 1) / 100 * 100 + 1);
		text_printf(&t, "CommunicationAddress=10.255.255.255\n"
		    "RecognitionCode=ESMAcnet\nSnmpCommunity=public\n"
		    "RequiredUps=1\n");
		for (k = 0; k < 2; k++) {
			u++;
			text_printf(&t, "\n[Ups%d]\nName=U%d\nParent=Group%d.PowerDevices\n"
			    "Address=10.%d.%d.%d\nConfirmSeconds=60\nRecovery=ups\n"
			    "GraceSeconds=300\nDescription=電源装置 %d\n", u, u, g,
			    u >> 16, u >> 8 & 255, u & 255, u);
		}
		for (k = 0; k < 7; k++) {
			s++;
			text_printf(&t, "\n[Terminal%d]\nName=server-%d\n"
			    "Parent=Group%d.LinkedTerminals\nAddress=10.%d.%d.%d\n"
			    "ShutdownSeconds=90\nClusterMember=no\n", s, s, g,
			    64 + (s >> 16), s >> 8 & 255, s & 255);
		}
	}
	if (!file_replace(path, t.s, t.len, 0600, &e))
		die(e.text);
	text_done(&t);
}

/* What any reader of such a file must do: every line, and its `=`. */
static size_t scan(const char *s, size_t len)
{
	const char *end = s + len, *nl;
	size_t found = 0;

	for (; s < end; s = nl + 1) {
		nl = memchr(s, '\n', (size_t)(end - s));
		if (!nl)
			break;
		found += memchr(s, '=', (size_t)(nl - s)) != NULL;
	}
	return found;
}

static volatile size_t seen;	/* so that no scan is left out */

static double read_and_scan(const char *path)
{
	double from = now();
	size_t len;
	char *s = file_read(path, SITEFILE_MAX, &len, NULL);

	seen += scan(s, len);
	free(s);
	return now() - from;
}

/* The rules alone, as after every edit in the console. */
static double check(const char *path)
{
	struct findings found = { 0 };
	struct sitefile *f = sitefile_read(path, NULL, NULL);
	double from = now();

	rules_check(sitefile_site(f), &found);
	from = now() - from;
	seen += found.n;
	findings_done(&found);
	sitefile_free(f);
	return from;
}

static double load_and_check(const char *path, size_t *findings)
{
	struct findings found = { 0 };
	double from = now();
	struct sitefile *f = sitefile_read(path, &found, NULL);

	rules_check(sitefile_site(f), &found);
	*findings = found.n;
	findings_done(&found);
	sitefile_free(f);
	return now() - from;
}

/* Writing what was scanned: the least that a safe save does, without history. */
static double scan_and_write(const char *path)
{
	double from = now();
	char *beside = mem_printf("%s.bare", path);
	size_t len;
	char *s = file_read(path, SITEFILE_MAX, &len, NULL);

	seen += scan(s, len);
	file_replace(beside, s, len, 0600, NULL);
	free(s);
	from = now() - from;
	unlink(beside);
	free(beside);
	return from;
}

static double save(const char *path)
{
	struct sitefile *f = sitefile_read(path, NULL, NULL);
	struct site *s = sitefile_site(f);
	struct err e = { .text = "" };
	struct node *n = node_next(&site_network(s)->node, &site_network(s)->node);
	const struct field *field = field_find(group_fields, "Description");
	static int edits;
	char text[20];
	double from;

	snprintf(text, sizeof text, "%d", ++edits);
	site_set(s, n, field, text, NULL);
	from = now();
	if (!sitefile_save(f, NULL, &e))
		die(e.text);
	from = now() - from;
	sitefile_free(f);
	return from;
}

static double foresee(const char *path)
{
	struct sitefile *f = sitefile_read(path, NULL, NULL);
	const struct site *s = sitefile_site(f);
	struct outage o = { 0 };
	struct plan *plan;
	double from;

	seen += outage_add(&o, &site_network(s)->node, IN_ITSELF);
	from = now();
	plan = plan_new(s, &o, NULL, 0);
	from = now() - from;
	seen += plan->down;
	plan_free(plan);
	outage_done(&o);
	sitefile_free(f);
	return from;
}

static double iniparser(const char *path)
{
	double from = now();
	struct err e = { .text = "" };
	struct conf *c = conf_read(path, &e);

	if (!c)
		die(e.text);
	conf_free(c);
	return now() - from;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *list, size_t n)
{
	qsort(list, n, sizeof *list, by_size);
	return list[n / 2];
}

static const int sizes[] = { 100, 1000, 10000, 100000 };
#define SIZES (sizeof sizes / sizeof *sizes)
#define THEIRS 2000	/* nodes for iniparser: 10,000 take it seconds */

int main(int argc, char **argv)
{
	static double scans[SIZES][ROUNDS], loads[SIZES][ROUNDS];
	static double writes[SIZES][ROUNDS], saves[SIZES][ROUNDS];
	static double checks[SIZES][ROUNDS], plans[SIZES][ROUNDS];
	double theirs[3], ours[3], scanned, loaded, checked, written, saved, first = 0, last = 0;
	double planned, plan_first = 0;
	size_t i, r, findings = 0, runs;
	char *paths[SIZES], *small;

	if (argc != 2)
		die("usage: bench-site FOLDER");
	for (i = 0; i < SIZES; i++) {
		paths[i] = mem_printf("%s/site-%d.ini", argv[1], sizes[i]);
		write_site(paths[i], sizes[i]);
	}
	small = mem_printf("%s/small.ini", argv[1]);
	write_site(small, THEIRS);
	for (r = 0; r < ROUNDS; r++)
		for (i = 0; i < SIZES; i++) {
			if (r >= 3 && sizes[i] > 10000)
				continue;
			scans[i][r] = read_and_scan(paths[i]);
			loads[i][r] = load_and_check(paths[i], &findings);
			checks[i][r] = check(paths[i]);
			writes[i][r] = scan_and_write(paths[i]);
			saves[i][r] = save(paths[i]);
			plans[i][r] = foresee(paths[i]);
		}
	for (r = 0; r < 3; r++) {
		theirs[r] = iniparser(small);
		ours[r] = load_and_check(small, &findings);
	}
	printf("# nodes  scan ms  load+check ms  check ms  bare write ms  save ms  plan ms\n");
	for (i = 0; i < SIZES; i++) {
		runs = sizes[i] > 10000 ? 3 : ROUNDS;
		scanned = median(scans[i], runs);
		loaded = median(loads[i], runs);
		checked = median(checks[i], runs);
		written = median(writes[i], runs);
		saved = median(saves[i], runs);
		planned = median(plans[i], runs);
		printf("# %6d %8.3f %14.3f %9.3f %14.3f %8.3f %8.3f\n", sizes[i],
		    scanned, loaded, checked, written, saved, planned);
		if (sizes[i] == 1000)
			printf("ratio check-1000 %.3f 1\n", checked / CHECK_MS);
		if (sizes[i] == 10000) {
			printf("ratio load-check-10000 %.2f 20\n", loaded / scanned);
			printf("ratio save-10000 %.2f 20\n", saved / written);
			printf("ratio plan-10000 %.2f 10\n", planned / scanned);
			printf("ratio plan-linear-100-10000 %.2f 3\n",
			    planned / sizes[i] / plan_first);
		}
		if (i == 0) {
			first = loaded / sizes[i];
			plan_first = planned / sizes[i];
		}
		last = loaded / sizes[i];
	}
	printf("ratio linear-100-100000 %.2f 2\n", last / first);
	printf("# %d nodes: iniparser reads %.1f ms, amc reads and checks %.1f ms\n",
	    THEIRS, median(theirs, 3), median(ours, 3));
	for (i = 0; i < SIZES; i++)
		free(paths[i]);
	free(small);
	return 0;
}
