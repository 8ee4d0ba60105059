/* utc - points in time as text; see utc.h */
#include "base/utc.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int64_t utc_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

void utc_print(int64_t ms, char out[UTC_SIZE])
{
	time_t at = (time_t)(ms / 1000);
	struct tm tm;

	strftime(out, UTC_SIZE, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&at, &tm));
}

void utc_print_ms(int64_t ms, char out[UTC_SIZE])
{
	size_t z;

	utc_print(ms, out);
	z = strlen(out) - 1;
	snprintf(out + z, UTC_SIZE - z, ".%03dZ", (int)(ms % 1000));
}

/* "-15m" */
static bool before_now(const char *s, int64_t now, int64_t *ms)
{
	static const struct { char unit; int64_t ms; } units[] = {
		{ 's', 1000 }, { 'm', 60000 }, { 'h', 3600000 }, { 'd', 86400000 },
	};
	char *end;
	long n = strtol(s + 1, &end, 10);

	if (!isdigit((unsigned char)s[1]) || n > 100000)
		return false;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (end[0] == units[i].unit && !end[1]) {
			*ms = now - n * units[i].ms;
			return true;
		}
	return false;
}

bool utc_parse(const char *s, int64_t now, int64_t *ms)
{
	struct tm tm = { 0 };
	int thousandths = 0, used = 0;
	const char *end;

	if (*s == '-')
		return before_now(s, now, ms);
	end = strptime(s, "%Y-%m-%d", &tm);
	if (!end)
		return false;
	if (*end) {
		end = strptime(end, "T%H:%M:%S", &tm);
		if (!end)
			return false;
		if (sscanf(end, ".%3d%n", &thousandths, &used) == 1 && used == 4)
			end += used;
		if (strcmp(end, "Z") != 0)
			return false;
	}
	*ms = timegm(&tm) * INT64_C(1000) + thousandths;
	return true;
}
