/*
 * snmpd - net-snmp's agent on a loopback address, with users of SNMPv3, for tests.
 *
 * Each user is named for its protocols: "SHA AES". What it remembers of its starts
 * is in its folder, so that it can be started again as a card would be.
 */
#ifndef AMC_TESTS_SNMPD_H
#define AMC_TESTS_SNMPD_H

#include "program.h"

#include <time.h>

static const char *const snmpd_auths[] = {
	"MD5", "SHA", "SHA-224", "SHA-256", "SHA-384", "SHA-512" };
static const char *const snmpd_privs[] = { "DES", "AES", "AES-192", "AES-256" };

/* auth, priv: the passphrases of all users. */
static inline bool snmpd_configure(struct program *s, const char *auth, const char *priv)
{
	char path[64];
	FILE *f;

	if (!program_place(s, "snmpd"))
		return false;
	snprintf(path, sizeof path, "%s/snmpd.conf", s->folder);
	f = fopen(path, "w");
	if (!f)
		return false;
	fprintf(f, "agentAddress udp:127.0.0.1:%d\nsysDescr a card of v3\n", s->port);
	for (int a = 0; a < 6; a++)
		for (int p = 0; p < 4; p++)
			fprintf(f, "createUser \"%s %s\" %s \"%s\" %s \"%s\"\nrouser \"%s %s\" "
			    "noauth\n", snmpd_auths[a], snmpd_privs[p], snmpd_auths[a], auth,
			    snmpd_privs[p], priv, snmpd_auths[a], snmpd_privs[p]);
	fprintf(f, "createUser plain\nrouser plain noauth\n"
	    "createUser signs SHA \"%s\"\nrouser signs auth\n", auth);
	return fclose(f) == 0;
}

static inline void snmpd_pause(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
}

/* Anything that comes back on its port, within ten seconds. */
static inline bool snmpd_wait(const struct program *s)
{
	/* the search for an engine: GET of nothing, by nobody */
	static const unsigned char search[] = {
		0x30, 0x3a, 2, 1, 3, 0x30, 0x0f, 2, 2, 1, 1, 2, 3, 0, 0xff, 0xe3, 4, 1, 4, 2,
		1, 3, 4, 0x10, 0x30, 0x0e, 4, 0, 2, 1, 0, 2, 1, 0, 4, 0, 4, 0, 4, 0, 0x30,
		0x12, 4, 0, 4, 0, 0xa0, 0x0c, 2, 2, 1, 1, 2, 1, 0, 2, 1, 0, 0x30, 0 };
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)s->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	unsigned char answer[512];
	ssize_t n = -1;

	for (int i = 0; i < 500 && n <= 0; i++) {
		sendto(fd, search, sizeof search, 0, (struct sockaddr *)&a, sizeof a);
		snmpd_pause();
		n = recv(fd, answer, sizeof answer, MSG_DONTWAIT);
	}
	close(fd);
	return n > 0;
}

static inline bool snmpd_run(struct program *s)
{
	char memory[64], log[64];

	snprintf(memory, sizeof memory, "%s/memory", s->folder);
	snprintf(log, sizeof log, "%s/log", s->folder);
	s->pid = fork();
	if (s->pid == 0) {
		setenv("SNMP_PERSISTENT_DIR", memory, 1);
		setenv("SNMPCONFPATH", s->folder, 1);
		setenv("MIBS", "", 1);
		setenv("PATH", "/usr/sbin:/sbin:/usr/bin:/bin", 1);
		execlp("snmpd", "snmpd", "-f", "-Lf", log, NULL);
		_exit(127);
	}
	return snmpd_wait(s);
}

#endif
