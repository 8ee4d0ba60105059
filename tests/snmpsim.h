/*
 * snmpsim - recorded cards served by snmpsimd on a loopback port, for tests.
 *
 * Each record answers to its file's name, without .snmprec, as community.
 */
#ifndef AMC_TESTS_SNMPSIM_H
#define AMC_TESTS_SNMPSIM_H

#include "program.h"
#include "base/file.h"
#include "base/mem.h"

#include <pwd.h>
#include <sys/stat.h>

/* Its folder, with a copy of the records; it does not want to be root. */
static inline bool snmpsim_folder(struct program *s, char *const *files, size_t n,
    const struct passwd *user)
{
	static const char *const dirs[] = { "", "/records", "/cache" };
	bool ok = true;

	if (!program_place(s, "snmpsim"))
		return false;
	for (int i = 0; i < 3 && ok; i++) {
		char *to = mem_printf("%s%s", s->folder, dirs[i]);

		ok = (i == 0 || mkdir(to, 0700) == 0) &&
		    (!user || chown(to, user->pw_uid, user->pw_gid) == 0);
		free(to);
	}
	for (size_t i = 0; i < n && ok; i++) {
		char *to = mem_printf("%s/records/%s", s->folder, file_name(files[i]));
		size_t len;
		char *bytes = file_read(files[i], 1 << 20, &len, NULL);

		ok = bytes && file_replace(to, bytes, len, 0600, NULL) &&
		    (!user || chown(to, user->pw_uid, user->pw_gid) == 0);
		free(to);
		free(bytes);
	}
	return ok;
}

/* It answers some seconds later: the records are indexed first. */
static inline bool snmpsim_start(struct program *s, char *const *files, size_t n)
{
	const struct passwd *user = geteuid() == 0 ? getpwnam("nobody") : NULL;
	char *data, *cache, *end, *log;

	if (!snmpsim_folder(s, files, n, user))
		return false;
	data = mem_printf("--data-dir=%s/records", s->folder);
	cache = mem_printf("--cache-dir=%s/cache", s->folder);
	end = mem_printf("--agent-udpv4-endpoint=127.0.0.1:%d", s->port);
	log = mem_printf("--logging-method=file:%s/log", s->folder);
	s->pid = fork();
	if (s->pid == 0) {
		if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr))
			_exit(1);
		execlp("snmpsimd", "snmpsimd", data, cache, end, log,
		    user ? "--process-user=nobody" : NULL, "--process-group=nogroup", NULL);
		_exit(127);
	}
	free(data);
	free(cache);
	free(end);
	free(log);
	return s->pid > 0;
}

static inline bool snmpsim_runs(struct program *s)
{
	if (s->pid > 0 && waitpid(s->pid, NULL, WNOHANG) != 0)
		s->pid = 0;
	return s->pid > 0;
}

#endif
