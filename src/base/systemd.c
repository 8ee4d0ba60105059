/* systemd - the door to libsystemd; see systemd.h */
#include "base/systemd.h"
#include "base/log.h"
#include "base/mem.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <systemd/sd-bus.h>
#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>
#include <time.h>
#include <unistd.h>

enum { FIELDS = 16 };

static void send_line(enum log_level level, const char *name, const char *line,
    const struct log_about *about)
{
	struct iovec v[FIELDS];
	char *own[FIELDS];
	int n = 0;

	own[n++] = mem_printf("MESSAGE=%s", line);
	own[n++] = mem_printf("PRIORITY=%d", (int)level);
	own[n++] = mem_printf("SYSLOG_IDENTIFIER=%s", name);
	if (about && about->id)
		own[n++] = mem_printf("MESSAGE_ID=%s", about->id);
	for (size_t i = 0; about && i < about->n && n < FIELDS; i++)
		own[n++] = mem_printf("%s=%s", about->fields[i].name, about->fields[i].value);
	for (int i = 0; i < n; i++)
		v[i] = (struct iovec){ own[i], strlen(own[i]) };
	sd_journal_sendv(v, n);
	while (n > 0)
		free(own[--n]);
}

void systemd_take_log(void)
{
	/* systemd sets it when standard error is the journal */
	log_take(getenv("JOURNAL_STREAM") ? send_line : NULL);
}

void systemd_notify(const char *state)
{
	sd_notify(0, state);
}

void systemd_notify_reloading(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	/* the time is what Type=notify-reload asks for, from systemd 253 on */
	sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%" PRId64,
	    ts.tv_sec * INT64_C(1000000) + ts.tv_nsec / 1000);
}

bool systemd_machine_stops(void)
{
	sd_bus *bus = NULL;
	char *state = NULL;
	bool stops = false;

	if (sd_bus_open_system(&bus) < 0)
		return false;
	sd_bus_set_method_call_timeout(bus, 500000);
	if (sd_bus_get_property_string(bus, "org.freedesktop.systemd1", "/org/freedesktop/systemd1",
	    "org.freedesktop.systemd1.Manager", "SystemState", NULL, &state) >= 0)
		stops = strcmp(state, "stopping") == 0;
	free(state);
	sd_bus_close_unref(bus);
	return stops;
}

int systemd_watchdog_ms(void)
{
	uint64_t us = 0;

	if (sd_watchdog_enabled(0, &us) <= 0)
		return 0;
	return us / 1000 > INT32_MAX ? INT32_MAX : us < 1000 ? 1 : (int)(us / 1000);
}

size_t systemd_inherited(int *fds, size_t max)
{
	int n = sd_listen_fds(1), i;	/* they are close-on-exec from here on */
	size_t got = 0;

	for (i = 0; i < n; i++)
		if (got < max)
			fds[got++] = SD_LISTEN_FDS_START + i;
		else
			close(SD_LISTEN_FDS_START + i);
	return got;
}

void systemd_keep(int fd, const char *name)
{
	char words[100];

	snprintf(words, sizeof words, "FDSTOREREMOVE=1\nFDNAME=%s", name);
	sd_notify(0, words);
	snprintf(words, sizeof words, "FDSTORE=1\nFDNAME=%s", name);
	sd_pid_notify_with_fds(0, 0, words, &fd, 1);
}

void systemd_succeed(char *const *argv, int fd)
{
	char pid[24];

	snprintf(pid, sizeof pid, "%ld", (long)getpid());
	setenv("LISTEN_PID", pid, 1);
	setenv("LISTEN_FDS", "1", 1);
	unsetenv("LISTEN_FDNAMES");
	/* the copy stays open; what had its number before, and fd itself, do not */
	if (fd == SD_LISTEN_FDS_START)
		fcntl(fd, F_SETFD, 0);
	else if (dup2(fd, SD_LISTEN_FDS_START) < 0)
		return;
	execvp(argv[0], argv);
}
