/* systemd - the door to libsystemd; see systemd.h */
#include "base/systemd.h"
#include "base/log.h"

#include <stdlib.h>
#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>

static void send_line(enum log_level level, const char *name, const char *line)
{
	sd_journal_send("MESSAGE=%s", line, "PRIORITY=%d", (int)level,
	    "SYSLOG_IDENTIFIER=%s", name, NULL);
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
