/*
 * sweep - what the three pollers of bench/sweep.sh share: whom to ask and for
 * what, clocks, and the line that each prints.
 *
 *   PROGRAM CARDS OBJECTS SWEEPS
 *
 * CARDS is a file of ADDRESS:PORT, OBJECTS one of object identifiers, a line
 * each. What is silent for WAIT_MS three times is given up; it must stand behind
 * those that live.
 */
#ifndef AMC_BENCH_SWEEP_H
#define AMC_BENCH_SWEEP_H

#include <arpa/inet.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { CARDS = 10000, OBJECTS = 64, SWEEPS = 1000, WAIT_MS = 1000, TRIES = 3 };

static struct {
	struct sockaddr_in cards[CARDS];
	int n;
	char objects[OBJECTS][128];
	int n_objects, sweeps;
} job;

static inline double clock_ms(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static inline double now_ms(void)
{
	return clock_ms(CLOCK_MONOTONIC);
}

static inline double cpu_ms(void)
{
	return clock_ms(CLOCK_PROCESS_CPUTIME_ID);
}

/* Memory that is this process's own now: not the pages of libraries. */
static inline long own_kb(void)
{
	FILE *f = fopen("/proc/self/smaps_rollup", "r");
	char line[200];
	long kb = 0, n;

	while (f && fgets(line, sizeof line, f))
		if (sscanf(line, "Private_Dirty: %ld kB", &n) == 1)
			kb += n;
	if (f)
		fclose(f);
	return kb;
}

/* From the start of the program to the last answer of the first sweep. */
static double started, cold;
/* Of each sweep: until the last card that lives has answered; CPU until all is over. */
static double wall[SWEEPS], cpu[SWEEPS];

static inline bool read_job(int argc, char **argv)
{
	char line[200], *colon;
	FILE *f;

	started = now_ms();
	if (argc < 4)
		return false;
	f = fopen(argv[1], "r");
	while (f && job.n < CARDS && fgets(line, sizeof line, f)) {
		struct sockaddr_in *a = &job.cards[job.n];

		colon = strchr(line, ':');
		if (!colon)
			continue;
		*colon = '\0';
		a->sin_family = AF_INET;
		a->sin_port = htons((uint16_t)atoi(colon + 1));
		job.n += inet_pton(AF_INET, line, &a->sin_addr) == 1;
	}
	if (f)
		fclose(f);
	f = fopen(argv[2], "r");
	while (f && job.n_objects < OBJECTS && fgets(line, sizeof line, f)) {
		line[strcspn(line, "\n")] = '\0';
		if (*line)
			snprintf(job.objects[job.n_objects++], 128, "%.127s", line);
	}
	if (f)
		fclose(f);
	job.sweeps = atoi(argv[3]);
	return job.n > 0 && job.n_objects > 0 && job.sweeps > 0 && job.sweeps <= SWEEPS;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* A sweep is over. */
static inline void note(int sweep, double begin, double last, double cpu_before)
{
	if (sweep == 0)
		cold = last - started;
	wall[sweep] = last - begin;
	cpu[sweep] = cpu_ms() - cpu_before;
}

/* The first is cold: it is told by itself. The median of the others. */
static inline double warm(double *list, int n)
{
	if (n == 1)
		return list[0];
	qsort(list + 1, (size_t)n - 1, sizeof *list, by_size);
	return list[1 + (n - 1) / 2];
}

/* NAME cold_ms wall_ms cpu_us kb_per_card answered */
static inline void report(const char *name, long kb, long answered)
{
	printf("%s %.2f %.2f %.2f %.2f %ld\n", name, cold, warm(wall, job.sweeps),
	    warm(cpu, job.sweeps) * 1e3 / job.n, (double)kb / job.n, answered);
}

#endif
