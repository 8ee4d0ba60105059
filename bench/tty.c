/*
 * bench-tty - what a full-screen program costs, seen from its terminal.
 *
 *   bench-tty [-e TEXT] [-k COUNT] [-f KEYS -t TEXT] [-i SECONDS] [-s STARTS]
 *       ROWSxCOLS PROGRAM WORD...
 *
 * prints lines "NAME VALUE": start (ms to the last byte of the first screen, on
 * which TEXT is, median of STARTS), key (ms from a key to the last byte of the
 * settled screen, median of COUNT), key_cpu and key_cpu_99 (ms of CPU a key, of the
 * process, with all that it does meanwhile), key_own (without what it does in as long
 * a time when no key is pressed, median), idle_cpu (ms a second), idle_bytes (a
 * second), rss (kB, at the end). The keys are Down and Up in turn; with -f,
 * after KEYS have been typed and TEXT was seen, a letter and Backspace. missed is how
 * many changed nothing.
 */
#include "vt.h"

#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { QUIET_MS = 30 };

static struct vt vt;

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double quantile(double *v, int n, double q)
{
	qsort(v, (size_t)n, sizeof *v, compare);
	return v[(int)(q * (n - 1) + 0.5)];
}

/* ms of CPU that the program has used */
static double cpu(void)
{
	char path[64];
	unsigned long long ns = 0;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/schedstat", vt.pid);
	f = fopen(path, "r");
	if (f) {
		if (fscanf(f, "%llu", &ns) != 1)
			ns = 0;
		fclose(f);
	}
	return (double)ns / 1e6;
}

static long rss(void)
{
	char path[64], line[200];
	long kb = 0;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/status", vt.pid);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof line, f))
		if (sscanf(line, "VmRSS: %ld", &kb) == 1)
			break;
	if (f)
		fclose(f);
	return kb;
}

/* Reads until it is quiet; when the last bytes were there, or 0 if none came in ms. */
static double settled(int ms, long *bytes)
{
	double last = 0;

	for (;;) {
		struct pollfd p = { .fd = vt.fd, .events = POLLIN };
		int ready = poll(&p, 1, last ? QUIET_MS : ms);
		double at = now();
		int n = ready > 0 ? vt_pump(&vt, 0) : 0;

		if (n <= 0)
			return last;
		last = at;
		if (bytes)
			*bytes += n;
	}
}

static double start(int rows, int cols, char **argv, const char *expect)
{
	double from = now(), at = 0, last;

	if (vt_start(&vt, rows, cols, argv) < 0)
		exit(1);
	do {
		last = settled(5000, NULL);
		at = last ? last : at;
	} while (last && expect && !vt_has(&vt, expect));
	if (!at || (expect && !vt_has(&vt, expect))) {
		fprintf(stderr, "bench-tty: %s: no first screen\n", argv[0]);
		exit(1);
	}
	return at - from;
}

/* Types to where letters are taken. */
static void go_to_field(const char *keys, const char *expect)
{
	for (; *keys; keys++) {
		char key[2] = { *keys };

		vt_type(&vt, key);
		settled(500, NULL);
	}
	if (expect && !vt_wait_text(&vt, expect, 5000)) {
		fprintf(stderr, "bench-tty: no %s\n", expect);
		exit(1);
	}
}

static void press(bool typing, bool second)
{
	if (typing)
		vt_type(&vt, second ? "\177" : "x");
	else
		vt_key(&vt, second ? VTERM_KEY_UP : VTERM_KEY_DOWN);
}

static void measure_keys(int count, bool typing)
{
	double *took = calloc((size_t)count, sizeof *took);
	double *used = calloc((size_t)count, sizeof *used);
	double *own = calloc((size_t)count, sizeof *own);
	int n = 0, missed = 0;

	for (int i = 0; i < count; i++) {
		double from, cpu_from, at, until, cpu_until;

		while (settled(20, NULL) > 0)
			continue;
		cpu_from = cpu();
		from = now();
		press(typing, i % 2);
		at = settled(500, NULL);
		if (at) {
			until = now();
			cpu_until = cpu();
			settled(QUIET_MS, NULL);
			took[n] = at - from;
			used[n] = cpu_until - cpu_from;
			own[n] = used[n] - (cpu() - cpu_until) * (until - from) / (now() - until);
			n++;
		} else {
			missed++;
		}
	}
	if (n)
		printf("key %.3f\nkey_cpu %.3f\nkey_cpu_99 %.3f\nkey_own %.3f\nmissed %d\n",
		    quantile(took, n, 0.5), quantile(used, n, 0.5), quantile(used, n, 0.99),
		    quantile(own, n, 0.5), missed);
	free(took);
	free(used);
	free(own);
}

static void measure_idle(double seconds)
{
	double from = now(), cpu_from = cpu();
	long bytes = 0;

	while (now() - from < seconds * 1e3)
		settled(100, &bytes);
	seconds = (now() - from) / 1e3;
	printf("idle_cpu %.3f\nidle_bytes %.1f\n", (cpu() - cpu_from) / seconds,
	    (double)bytes / seconds);
}

int main(int argc, char **argv)
{
	int rows, cols, count = 0, starts = 5, c;
	double idle = 0, took[100];
	const char *expect = NULL, *keys = NULL, *there = NULL;

	while ((c = getopt(argc, argv, "+e:k:f:t:i:s:")) != -1) {
		switch (c) {
		case 'e': expect = optarg; break;
		case 'k': count = atoi(optarg); break;
		case 'f': keys = optarg; break;
		case 't': there = optarg; break;
		case 'i': idle = atof(optarg); break;
		case 's': starts = atoi(optarg); break;
		default: return 2;
		}
	}
	if (argc - optind < 2 || sscanf(argv[optind], "%dx%d", &rows, &cols) != 2 ||
	    starts < 1 || starts > 100)
		return 2;
	for (int i = 0; i < starts; i++) {
		if (i)
			vt_close(&vt);
		took[i] = start(rows, cols, argv + optind + 1, expect);
	}
	printf("start %.2f\n", quantile(took, starts, 0.5));
	if (keys)
		go_to_field(keys, there);
	if (count > 0)
		measure_keys(count, keys);
	if (idle > 0)
		measure_idle(idle);
	printf("rss %ld\n", rss());	/* what comes after the first screen is in it */
	vt_close(&vt);
	return 0;
}
