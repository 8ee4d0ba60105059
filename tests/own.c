/* own - a site that lives beside a console; see own.h */
#include "own.h"
#include "console.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Until it has done what it was told. */
static bool is_done(FILE *own)
{
	char line[200];

	while (fgets(line, sizeof line, own))
		if (strcmp(line, "done\n") == 0)
			return true;
	return false;
}

FILE *own_start(const char *terminals, const char *with)
{
	FILE *own;
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		return NULL;
	fflush(NULL);
	if (fork() == 0) {
		dup2(ends[1], 0);
		dup2(ends[1], 1);
		execlp(getenv("SCREENS_OWN"), "site-of-its-own.sh", console_dir(), terminals, with,
		    NULL);
		_exit(127);
	}
	close(ends[1]);
	own = fdopen(ends[0], "r+");
	if (is_done(own))
		return own;
	fclose(own);
	return NULL;
}

bool own_tell(FILE *own, const char *command)
{
	fprintf(own, "%s\n", command);
	fflush(own);
	return is_done(own);
}
