/*
 * What keeping the samples of 1000 UPSs costs: a minute of them a time, for four
 * hours, with the upkeep that goes with it. "ratio samples-1000 VALUE LIMIT": the
 * part of one processor, of 0.2 %.
 */
#include "base/mem.h"
#include "store/samplelog.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

enum { UPSES = 1000, MINUTES = 240 };

static double cpu(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	    (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static void fill(struct sample *list, time_t at)
{
	for (unsigned i = 0; i < UPSES; i++) {
		list[i] = (struct sample){ .ups = i + 1, .at = at, .span = 60, .state = UPS_ONLINE };
		for (int v = 0; v < VALUE_COUNT; v++)
			list[i].value[v] = 100 + v + (double)((i * 7 + (unsigned)at / 60 * 13) % 40) / 10;
	}
}

int main(int argc, char **argv)
{
	struct sample *list = mem_zero(UPSES, sizeof *list);
	time_t at = 1790000000 / 3600 * 3600;
	struct err e = { .text = "" };
	struct samplelog *log;
	double begin, part;
	bool more, ok;

	log = argc == 2 ? samplelog_open(argv[1], INT64_C(8) << 30, &e) : NULL;
	ok = log != NULL;
	begin = cpu();
	for (int i = 0; i < MINUTES && ok; i++, at += 60) {
		fill(list, at);
		ok = samplelog_add(log, list, UPSES, &e);
		do
			ok = ok && samplelog_tend(log, at + 60, &more, &e);
		while (ok && more);
	}
	part = (cpu() - begin) / (MINUTES * 60.0);
	samplelog_close(log);
	free(list);
	if (!ok) {
		fprintf(stderr, "bench-records: %s\n", *e.text ? e.text : "usage: bench-records FILE");
		return 1;
	}
	printf("# a minute of 1000 samples: %.1f ms of CPU, %.3f %% of a processor\n",
	    part * 60e3, part * 100);
	printf("ratio samples-1000 %.3f 1\n", part / 0.002);
	return 0;
}
